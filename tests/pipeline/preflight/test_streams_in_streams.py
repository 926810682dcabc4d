"""A form, a pattern's cell, a glyph: what happens in a stream stays in it."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from hrcpub.pipeline.preflight.page.marks import Mark, PaintedImage, PaintedPath, PaintedText
from tests.shared.streams import checked, form, helvetica, one_page, pattern

WORDS = b"/F 20 Tf %b BT 100 100 Td (AAAA) Tj %b (BBBB) Tj 0 g 0 -40 Td (CCCC) Tj ET"
INSIDE = {
    "a pattern": (b"/Pattern cs /P scn", b""),
    "a form": (b"/X Do", b""),
    "a glyph": (b"", b"/D 5 Tf 0 Tz (A) Tj 100 Tz /F 20 Tf"),
}
CELLS = {
    "a path": b"1 0 0 rg 0 0 5 5 re f",
    "a text": b"1 0 0 rg BT /F 5 Tf 1 1 Td (x) Tj ET",
    "a text that clips": b"1 0 0 rg BT 7 Tr /F 5 Tf 1 1 Td (x) Tj",
    "a state that is not restored": b"q q BT /F 5 Tf 3 Tr 9 Tz 1 0 0 1 90 90 Tm 2 0 0 2 0 0 cm",
    "a path that is not painted": b"0 0 m 5 5 l W",
    "a layer that is not closed": b"/Span BMC /Span BMC BX",
}


def marks(content: bytes, cell: bytes = b"", glyph: bytes = b"0 0 d0") -> list[Mark]:
    """Return what stands on a page that has a font, a form, a pattern and a font of drawings."""
    pdf = pikepdf.new()
    fonts = Dictionary(F=helvetica(pdf))
    own = Dictionary(Font=fonts)
    drawings = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 1000, 1000]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(A=pdf.make_stream(glyph)),
        Encoding=Dictionary(Differences=Array([65, Name.A])),
        FirstChar=65,
        LastChar=65,
        Widths=Array([500]),
        Resources=own,
    )
    stencil = pdf.make_indirect(
        pikepdf.Stream(
            pdf,
            b"\0",
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=1,
            Height=1,
            ImageMask=True,
            BitsPerComponent=1,
        )
    )
    data = one_page(
        pdf,
        content,
        {
            "Font": Dictionary(F=fonts.F, D=pdf.make_indirect(drawings)),
            "Pattern": Dictionary(P=pattern(pdf, cell, own)),
            "XObject": Dictionary(X=form(pdf, cell, (0, 0, 9, 9), Resources=own), S=stencil),
        },
    )
    return checked(data).marks


def texts(found: list[Mark]) -> dict[str, tuple[float, ...]]:
    """Return where the words of the page itself stand, to a tenth of a point."""
    return {
        mark.painted.words: tuple(round(edge, 1) for edge in mark.box)
        for mark in found
        if isinstance(mark.painted, PaintedText) and len(mark.painted.words) == 4
    }


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
@pytest.mark.parametrize("inside", INSIDE.values(), ids=INSIDE)
def test_what_happens_in_a_stream_stays_in_it(inside: tuple[bytes, bytes], cell: bytes) -> None:
    plain = texts(marks(WORDS % (b"", b"")))
    assert len(plain) == 3
    assert texts(marks(WORDS % inside, cell, b"0 0 d0 " + cell)) == plain


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_a_text_clip_outlives_the_cell_of_its_pattern(cell: bytes) -> None:
    content = b"/Pattern cs /P scn BT 7 Tr /F 20 Tf 100 100 Td (A) Tj 4 Tr (B) Tj ET"
    ground = marks(content + b" 0 g 0 0 300 300 re f", cell)[-1]
    assert isinstance(ground.painted, PaintedPath)
    assert [round(edge) for edge in ground.box] == [100, 100, 120, 112]


@pytest.mark.parametrize("draw", [b"/S Do", b"BI /W 1 /H 1 /IM true /BPC 1 ID \0 EI"])
def test_the_pattern_of_a_stencil_is_looked_into(draw: bytes) -> None:
    found = marks(b"/Pattern cs /P scn q 100 0 0 100 50 50 cm " + draw + b" Q", CELLS["a path"])
    assert [(type(mark.painted), mark.is_pattern) for mark in found] == [
        (PaintedImage, False),
        (PaintedPath, True),
    ]
    assert found[1].state.fill_space.kind == "DeviceRGB"
