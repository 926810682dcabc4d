"""PDFs whose words and lines stand exactly where a test says: in Libre Franklin, embedded whole."""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from tests.shared.project import ROOT

FACE = ROOT / "fonts/libre-franklin/LibreFranklin-Regular.ttf"
WIDTH, HEIGHT = 300, 400  # points


@functools.cache
def _widths() -> tuple[float, ...]:
    font: Any = TTFont(FACE)
    cmap, advances, unit = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    letters = (bytes([code]).decode("cp1252", "replace") for code in range(32, 256))
    glyphs = (cmap.get(ord(letter), ".notdef") for letter in letters)
    return tuple(round(advances[glyph][0] * 1000 / unit, 3) for glyph in glyphs)


def typed(text: str, x: float, y: float, size: float = 9.5) -> str:
    """Return the operators of a line; `y` is its baseline, downwards from the page's head."""
    data = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return f"BT /F {size} Tf {x} {HEIGHT - y} Td ({data.decode('latin-1')}) Tj ET"


def lines(*texts: str, x: float = 20, y: float = 30, size: float = 9.5, lead: float = 12) -> str:
    """Return the operators of lines one under the other."""
    return "\n".join(typed(text, x, y + lead * n, size) for n, text in enumerate(texts))


def stroke(x: float, y: float, x_end: float, y_end: float, width: float = 0.5) -> str:
    """Return the operators of a black line; `y` downwards."""
    return f"{width} w {x} {HEIGHT - y} m {x_end} {HEIGHT - y_end} l S"


def typed_pdf(
    *pages: str | Sequence[str], size: tuple[float, float] = (WIDTH, HEIGHT), mark: str = ""
) -> bytes:
    """Return a file of pages by their operators. `mark` is what no reader sees of it."""
    pdf = pikepdf.new()
    face = pdf.make_indirect(pikepdf.Stream(pdf, FACE.read_bytes()))
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name.LibreFranklin,
        Flags=32,
        FontBBox=[0, -300, 1000, 1000],
        ItalicAngle=0,
        Ascent=966,
        Descent=-246,
        CapHeight=742,
        StemV=80,
        FontFile2=face,
    )
    font = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name.LibreFranklin,
            Encoding=Name.WinAnsiEncoding,
            FirstChar=32,
            LastChar=255,
            Widths=Array(list(_widths())),
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )
    for page in pages:
        content = page if isinstance(page, str) else "\n".join(page)
        made = pdf.add_blank_page(page_size=size)
        made.Contents = pikepdf.Stream(pdf, content.encode("latin-1"))
        made.Resources = Dictionary(Font=Dictionary(F=font))
    if mark:
        pdf.docinfo["/Mark"] = mark
    file = io.BytesIO()
    pdf.save(file, deterministic_id=True)
    return file.getvalue()
