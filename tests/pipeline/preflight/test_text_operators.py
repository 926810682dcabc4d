"""Operators of text, one small stream at a time: which letters are shown, and where."""

from __future__ import annotations

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from hrcpub.pipeline.preflight.page.marks import PaintedText
from hrcpub.units import Rect
from tests.shared.press_files import composite_font
from tests.shared.streams import SIDE, checked, one_page

NEAR = 0.6  # points: PDFium draws in pixels of half a point


def downwards(pdf: pikepdf.Pdf) -> dict[str, object]:
    """Return a font that is written from top to bottom."""
    made = composite_font(pdf)
    made.Encoding = Name("/Identity-V")
    return {"Font": Dictionary(F=made)}


def drawn(data: bytes) -> Rect:
    """Return the box of a page's ink, as PDFium draws it."""
    document = pypdfium2.PdfDocument(data)
    picture = document[0].render(scale=2, grayscale=True).to_pil()
    document.close()
    left, top, right, bottom = picture.point(lambda level: 255 * (level < 128)).getbbox()
    return Rect(left / 2, SIDE - bottom / 2, right / 2, SIDE - top / 2)


@pytest.mark.parametrize(
    "shown",
    [
        b"<00240025> Tj",
        b"8 Tc <00240025> Tj",
        b"-8 Tc <00240025> Tj",
        b"50 Tz <00240025> Tj",
        b"10 Ts <00240025> Tj",
        b"[<0024> 500 <0025> -500 (\\000\\046)] TJ",
        b"<0024> Tj <0025> Tj",
    ],
)
def test_letters_below_each_other_stand_where_pdfium_draws_them(shown: bytes) -> None:
    pdf = pikepdf.new()
    data = one_page(pdf, b"BT /F 40 Tf 150 250 Td " + shown + b" ET", downwards(pdf))
    boxes = [mark.box for mark in checked(data).marks]
    ours = Rect(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )
    assert tuple(ours) == pytest.approx(tuple(drawn(data)), abs=NEAR)


def test_letters_below_each_other_are_drawn_one_by_one() -> None:
    pdf = pikepdf.new()
    data = one_page(pdf, b"BT /F 10 Tf 50 Tz 2 Ts [<0024> 500 <0025>] TJ ET", downwards(pdf))
    (mark,) = checked(data).marks
    assert isinstance(mark.painted, PaintedText)
    # Half of 0.4 em to the left, 0.88 em down, and each an em below the one before.
    places = [(36, -1.0, 2 - 8.8), (37, -1.0, 2 - 8.8 - 15)]
    for glyph, place in zip(mark.painted.glyphs, places, strict=True):
        assert glyph == pytest.approx(place)


def test_nothing_is_shown_of_strings_without_letters() -> None:
    """Glyph 398 is the space."""
    pdf = pikepdf.new()
    data = one_page(pdf, b"BT /F 40 Tf <> Tj [] TJ <018e> Tj ET", downwards(pdf))
    assert checked(data).marks == []


@pytest.mark.parametrize("shown", [b"<0024> TJ", b"(\\000\\044) TJ"])
def test_a_string_in_the_place_of_a_list_is_shown(shown: bytes) -> None:
    pdf = pikepdf.new()
    fonts = {"Font": Dictionary(F=composite_font(pdf))}
    (mark,) = checked(one_page(pdf, b"BT /F 40 Tf " + shown + b" ET", fonts)).marks
    assert isinstance(mark.painted, PaintedText)
    assert mark.painted.codes == [36]


def drawings(pdf: pikepdf.Pdf, procedures: object) -> dict[str, object]:
    """Return a font whose letters are drawn, an em wide."""
    made = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        FontBBox=Array([0, 0, 1000, 1000]),
        Encoding=Dictionary(Differences=Array([65, Name.box])),
        FirstChar=65,
        LastChar=65,
        Widths=Array([1000]),
        CharProcs=procedures,
    )
    return {"Font": Dictionary(F=pdf.make_indirect(made))}


@pytest.mark.parametrize(("letters", "count"), [(2, 2), (3000, 2000)])
def test_of_letters_that_are_drawn_some_thousands_are_looked_into(letters: int, count: int) -> None:
    pdf = pikepdf.new()
    box = pdf.make_indirect(Stream(pdf, b"1000 0 d0 0 0 900 900 re f"))
    content = b"BT /F .1 Tf 10 10 Td (%b) Tj ET" % (b"A" * letters)
    page = checked(one_page(pdf, content, drawings(pdf, Dictionary(box=box))))
    assert len(page.marks) == count
    assert page.marks[1].box.left == pytest.approx(10.1)


def test_letters_that_nothing_draws_are_no_ink() -> None:
    for procedures in (Array([]), Dictionary(), Dictionary(box=Dictionary())):
        pdf = pikepdf.new()
        content = b"BT /F 10 Tf (A) Tj ET"
        assert checked(one_page(pdf, content, drawings(pdf, procedures))).marks == []
