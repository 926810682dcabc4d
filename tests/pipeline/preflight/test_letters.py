"""The letters of fonts, measured once: what is shared, what is not, and how a line is measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from hrcpub.pipeline.preflight.page.bounded import Budget
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage
from hrcpub.pipeline.preflight.page.fonts import PdfFont
from hrcpub.pipeline.preflight.page.letters import (
    FontLetters,
    KeyedSource,
    is_listed,
    keyed_letters,
    listed_widths,
)
from hrcpub.pipeline.preflight.page.marks import PaintedText
from hrcpub.pipeline.preflight.page.steps import measured
from tests.shared.press_files import composite_font
from tests.shared.project import ROOT
from tests.shared.streams import checked, one_page

PROGRAM = (ROOT / "fonts/league-gothic/LeagueGothic-Regular.ttf").read_bytes()
OTHER = (ROOT / "fonts/libre-franklin/LibreFranklin-Regular.ttf").read_bytes()
SOURCE = KeyedSource(PROGRAM, False, None, True, b"[ 36 [ 400 ] ]", 0.5)


def letters(**changes: Any) -> FontLetters:
    return keyed_letters(SOURCE._replace(**changes))


def test_fonts_that_say_the_same_share_their_letters() -> None:
    again = KeyedSource(bytes(bytearray(PROGRAM)), False, None, True, b"[ 36 [ 400 ] ]", 0.5)
    assert keyed_letters(again) is letters()


@pytest.mark.parametrize(
    ("changes", "is_other"),
    [
        ({"program": OTHER}, lambda one, two: one.extent(36) != two.extent(36)),
        ({"program": None}, lambda one, two: (one.face, two.face) == (letters().face, None)),
        ({"glyphs": b"\0\1" * 40}, lambda one, two: one.extent(36) != two.extent(36)),
        ({"widths": b"[ 36 [ 300 ] ]"}, lambda one, two: one.width(36) > two.width(36)),
        ({"widths": ((36, 0.3),)}, lambda one, two: one.width(36) > two.width(36)),
        ({"default": 0.25}, lambda one, two: one.width(37) > two.width(37)),
        ({"is_cff": True}, lambda one, two: two.face is None),
    ],
    ids=["program", "no program", "glyphs", "widths", "widths that were read", "default", "CFF"],
)
def test_a_font_that_differs_in_anything_has_its_own(
    changes: dict[str, object], is_other: Callable[[FontLetters, FontLetters], bool]
) -> None:
    assert is_other(letters(), letters(**changes))


def test_letters_that_are_missing_are_known_where_codes_are_glyphs() -> None:
    told, untold = letters(), letters(is_identical=False)
    for one in (told, untold):
        assert one.extent(0) == one.extent(0)
    assert (told.missing, untold.missing) == ({0}, set())


def test_two_files_with_one_font_share_it_and_a_large_font_is_not_kept() -> None:
    files = [checked(one_page(pdf := pikepdf.new(), SHOWN, fonts(pdf))) for _ in range(2)]
    first, second = (text(page).font for page in files)
    assert first is not second
    assert first.letters is second.letters
    large = PROGRAM + bytes(1 << 18)
    assert letters(program=large) is not letters(program=large)


SHOWN = b"BT /F 10 Tf 50 50 Td [<00240025>-500<0024>] TJ ET"


def fonts(pdf: pikepdf.Pdf) -> dict[str, object]:
    return {"Font": Dictionary(F=composite_font(pdf))}


def text(page: CheckedPage) -> PaintedText:
    (shown,) = (mark.painted for mark in page.marks)
    assert isinstance(shown, PaintedText)
    return shown


WIDTHS: list[list[Any]] = [
    [],
    [3, [500, 600.5, 0], 10, 12, 700],
    [1, 1, 250, 1, [300, 400], 70000, 70001, 0.5],
    [5, []],
    [4, [-100, 2.25]],
    [2, 1, 300],  # nothing is between 2 and 1
    [1, 400_000, 5],  # more than there are codes
]
ODD_WIDTHS: list[list[Any]] = [
    [Name.One, [500]],
    [1, [Name.Wide]],
    [1, [[500]]],
    [1.5, [500]],
    [-1, [500]],
    [1, 2],
    [[500]],
    [1, [500], 2],
]


@pytest.mark.parametrize("listed", [*WIDTHS, *ODD_WIDTHS])
def test_widths_that_are_read_in_one_step_are_what_they_are_one_by_one(listed: list[Any]) -> None:
    array = Array(listed)
    written = array.unparse(resolved=True)
    assert is_listed(written) is (listed in WIDTHS)
    font = widths_of(array)
    # An object of its own in the list is written as where it is.
    pdf = pikepdf.new()
    apart = [pdf.make_indirect(Array(item)) if isinstance(item, list) else item for item in listed]
    other = widths_of(Array(apart))
    asked = range(20) if listed not in WIDTHS else {*listed_widths(written), *range(20)}
    for code in asked:
        assert other.letters.width(code) == font.letters.width(code)


def widths_of(array: pikepdf.Array) -> PdfFont:
    inner = Dictionary(Subtype=Name.CIDFontType2, W=array, DW=777)
    font = Dictionary(
        Subtype=Name.Type0, Encoding=Name("/Identity-H"), DescendantFonts=Array([inner])
    )
    return PdfFont(font, Budget())


LINES = st.lists(
    st.one_of(
        st.lists(st.integers(36, 60), max_size=3),
        st.sampled_from([0.0, -120.0, 14.0, 2.5, 1000.0]),
    ),
    max_size=12,
)


def written(items: Sequence[list[int] | float], *, plainly: bool) -> bytes:
    """Return an array for TJ, its strings in hexadecimal or in parentheses."""
    parts = [b"<>" if plainly else b"()"]
    for item in items:
        if isinstance(item, float):
            parts.append(b"%g" % item)
        else:
            data = b"".join(code.to_bytes(2, "big") for code in item)
            octal = b"".join(b"\\%03o" % byte for byte in data)
            parts.append(b"<" + data.hex().encode() + b">" if plainly else b"(" + octal + b")")
    return b"[" + b" ".join(parts) + b"] TJ "


STATES = [b"", b"1.5 Tc ", b"50 Tz 3 Ts ", b"/F -12 Tf "]


@given(LINES, st.sampled_from(STATES))
def test_a_line_is_the_same_however_it_is_written(
    items: list[list[int] | float], state: bytes
) -> None:
    content = b"BT /F 10 Tf 50 150 Td " + state + b"%s(\\000\\044) Tj ET"
    lines = []
    for plainly in (True, False):
        shown = content % written(items, plainly=plainly)
        pdf = pikepdf.new()
        page = checked(one_page(pdf, shown, fonts(pdf)))
        lines.append([(mark.painted, mark.box) for mark in page.marks])
    assert len(lines[0]) == len(lines[1])
    for (one, box), (other, place) in zip(*lines, strict=True):
        assert one.codes == other.codes
        assert box == pytest.approx(place)
        for glyph, same in zip(one.glyphs, other.glyphs, strict=True):
            assert glyph == pytest.approx(same)


@pytest.mark.parametrize(
    "strings", [b"<00 24>", b"<0 024>", b"<0024\n0025>", b"<0024> -120 40 <0025>"]
)
def test_white_space_in_a_string_and_numbers_in_a_row_change_nothing(strings: bytes) -> None:
    """What has a string in parentheses is read in another way. Programs break long ones."""
    shown = []
    for begin in (b"[<>", b"[()"):
        content = b"BT /F 10 Tf 50 150 Td %b%b<0026>] TJ ET" % (begin, strings)
        page = checked(one_page(pdf := pikepdf.new(), content, fonts(pdf)))
        shown.append(text(page).glyphs)
    assert shown[0] == [(code, pytest.approx(x), y) for code, x, y in shown[1]]
    assert len(shown[0]) > 1


def test_a_line_reaches_as_far_as_its_letters_ink() -> None:
    steps = [
        (10.0, 1.0, 8.0, -0.2, 0.7, 1),
        (-30.0, float("inf"), float("-inf"), float("inf"), float("-inf"), -1),
        (5.0, -2.0, 4.0, 0.0, 0.5, 2),
        (4.0, float("inf"), float("-inf"), float("inf"), float("-inf"), 32),
    ]
    assert measured(steps) == (-11.0, (-22.0, 8.0, -0.2, 0.7))
    assert measured(steps[3:]) == (4.0, None)
    assert measured([]) == (0.0, None)


def test_a_size_without_bounds_breaks_nothing() -> None:
    for size in (b"9" * 400, b"-" + b"9" * 400, b"0"):
        pdf = pikepdf.new()
        shown = SHOWN.replace(b"10 Tf", size + b" Tf")
        page = checked(one_page(pdf, shown, fonts(pdf)))
        assert all(mark.box.width >= 0 for mark in page.marks)
