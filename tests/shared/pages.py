"""PDFs as PDFium sees them: texts, pictures and ink, by a program that we did not write."""

from __future__ import annotations

import ctypes
import math
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as raw
import pytest
from PIL import Image


class Ink(NamedTuple):
    """Where a page's dark ink lies, in points from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


def texts(pdf: bytes | Path) -> list[str]:
    """Return the text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def links(pdf: Path) -> set[str]:
    """Return what a file's links open."""
    with pikepdf.open(pdf) as opened:
        return {
            str(note.A.URI)
            for page in opened.pages
            for note in page.get("/Annots", ())
            if note.Subtype == "/Link" and "/A" in note and "/URI" in note.A
        }


def pictures(pdf: bytes | Path, scale: float = 2.0) -> list[Image.Image]:
    """Return each page as a picture, `scale` pixels to the point."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        drawn = [page.render(scale=scale).to_pil() for page in document]
    finally:
        document.close()
    # To convert what is in RGB already would copy each of its pixels.
    return [page if page.mode == "RGB" else page.convert("RGB") for page in drawn]


def ink(picture: Image.Image, scale: float = 2.0, darker_than: int = 90) -> Ink | None:
    """Return the box of everything dark on a picture of a page, None when nothing is."""
    box = picture.convert("L").point(lambda level: 255 if level < darker_than else 0).getbbox()
    return Ink(*(edge / scale for edge in box)) if box else None


def frame(picture: Image.Image, width: int) -> list[Image.Image]:
    """Return the four strips along a picture's edges."""
    right, foot = picture.size
    return [
        picture.crop((0, 0, right, width)),
        picture.crop((0, foot - width, right, foot)),
        picture.crop((0, 0, width, foot)),
        picture.crop((right - width, 0, right, foot)),
    ]


def pixel(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    """Return the levels of a colour picture's pixel."""
    levels = picture.getpixel((x, y))
    assert isinstance(levels, tuple)
    return levels


def colours(picture: Image.Image) -> set[tuple[int, ...]]:
    """Return all that a colour picture's pixels are."""
    counts = picture.getcolors(picture.width * picture.height)
    return {colour for _, colour in counts if isinstance(colour, tuple)}


def level(plate: Image.Image, x: int, y: int) -> float:
    """Return the level of a pixel, on a picture of one channel."""
    only = plate.getpixel((x, y))
    assert isinstance(only, float | int)
    return only


def highest(plate: Image.Image) -> float:
    """Return the highest level on a picture of one channel."""
    most = plate.getextrema()[1]
    assert isinstance(most, float | int)
    return most


class Glyph(NamedTuple):
    """One drawn character: its font, its size and where its pen stands, y upwards from the foot."""

    text: str
    font: str
    size: float
    x: float
    y: float
    ink: tuple[float, float, float, float]  # its edges: left, bottom, right, top


def glyphs(pdf: bytes | Path) -> list[list[Glyph]]:
    """Return what each page draws with ink, in the order in which it is drawn; only to be read.

    A file that many tests read is read once, for as long as it is the same.
    """
    if isinstance(pdf, bytes):
        return _glyphs_of(pdf)
    stat = pdf.stat()
    return _kept(pdf, stat.st_ino, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=60)
def _kept(pdf: Path, *_stamp: int) -> list[list[Glyph]]:
    return _glyphs_of(pdf)


def _glyphs_of(pdf: bytes | Path) -> list[list[Glyph]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_glyphs(page.get_textpage()) for page in document]
    finally:
        document.close()


def _glyphs(page: pypdfium2.PdfTextPage) -> list[Glyph]:
    found = []
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    for index in range(page.count_chars()):
        text = chr(raw.FPDFText_GetUnicode(page, index))
        if text.isspace() or raw.FPDFText_IsGenerated(page, index):
            continue
        raw.FPDFText_GetFontInfo(page, index, name, 128, flags)
        raw.FPDFText_GetCharOrigin(page, index, x, y)
        raw.FPDFText_GetMatrix(page, index, matrix)
        size = raw.FPDFText_GetFontSize(page, index) * math.hypot(matrix.a, matrix.b)
        edges = page.get_charbox(index)
        found.append(Glyph(text, name.value.decode(), size, x.value, y.value, edges))
    return found


PACKAGES = {
    "pdftotext": "poppler-utils",
    "pdffonts": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "qpdf": "qpdf",
    "gs": "ghostscript",
    "unzip": "unzip",
}


def judge(program: str, *arguments: object) -> str:
    """Return what another program says of a file; fail when it is missing, or finds fault."""
    if shutil.which(program) is None:
        pytest.fail(
            f"{program} is missing: apt-get install {PACKAGES[program]} (or: make setup-dev)"
        )
    command = [program, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stdout}{done.stderr}"
    return done.stdout


def read_aloud(pdf: Path) -> list[str]:
    """Return each page's text as it is drawn, line by line, by poppler."""
    return judge("pdftotext", "-raw", pdf, "-").removesuffix("\f").split("\f")
