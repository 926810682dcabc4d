"""Lengths and sizes as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcpub.units import (
    PAPER_SIZES,
    POINTS_PER_UNIT,
    Size,
    css,
    dimensions,
    pdf_number,
    points,
    size,
)

LENGTHS = {
    "1 in": 72,
    "0.125 in": 9,
    "3.5in": 252,
    "25.4 mm": 72,
    "2.54 cm": 72,
    "27 pt": 27,
    " 13.5  pt ": 13.5,
    "0 mm": 0,
    ".5 in": 36,
    "1/8 in": 9,
    "8 1/2 in": 612,
    '0.125"': 9,
}
NO_LENGTHS = [
    "", "3", "3.5", "in", "3 px", "3 em", "-3 mm", "+3 mm", "3,5 mm", "1/0 in", "8 1 in",
    "1e3 pt", "3 mm 4", "3 IN", "3 inches", "nan pt", "inf pt", "3 in x 4 in",
]  # fmt: skip
SIZES = {
    "8.5 in x 11 in": Size(612, 792),
    "3.5in×2in": Size(252, 144),
    "2 in x 3.5 in": Size(144, 252),
    "25.4 mm x 2.54 cm": Size(72, 72),
    '8.5" x 11"': Size(612, 792),
    "letter": Size(612, 792),
    "Letter landscape": Size(792, 612),
    "half letter": Size(396, 612),
    "A5": Size(148 * 72 / 25.4, 210 * 72 / 25.4),
    "DL": Size(99 * 72 / 25.4, 210 * 72 / 25.4),
}
NO_SIZES = [
    "",
    "latter",
    "landscape",
    "8.5 x 11",
    "8.5 in",
    "8.5 in x",
    "x 11 in",
    "1 in x 2 in x 3 in",
]
CSS = {
    0: "0pt",
    -0.00001: "0pt",
    0.00004: "0pt",
    0.0001: "0.0001pt",
    27: "27pt",
    13.5: "13.5pt",
    612.12345: "612.1235pt",
    1234.5678: "1234.5678pt",
    100: "100pt",
    -9: "-9pt",
    1e6: "1000000pt",
}


@pytest.mark.parametrize("text", LENGTHS)
def test_a_length_is_told_in_points(text: str) -> None:
    assert points(text) == pytest.approx(LENGTHS[text], abs=1e-9)


@pytest.mark.parametrize("text", NO_LENGTHS)
def test_what_is_no_length_is_refused_and_quoted(text: str) -> None:
    with pytest.raises(ValueError, match="is not a length") as caught:
        points(text)
    assert f'"{text}"' in str(caught.value)


@pytest.mark.parametrize("text", SIZES)
def test_a_size_is_width_then_height(text: str) -> None:
    assert size(text) == pytest.approx(SIZES[text])


@pytest.mark.parametrize("text", NO_SIZES)
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a"):
        size(text)


@pytest.mark.parametrize("length", CSS)
def test_css_gets_four_decimals_and_no_more(length: float) -> None:
    assert css(length) == CSS[length]


def test_paper_sizes_are_those_of_the_standards() -> None:
    assert PAPER_SIZES["letter"] == Size(8.5 * 72, 11 * 72)
    assert PAPER_SIZES["a4"] == pytest.approx((595.2756, 841.8898), abs=1e-4)  # ISO 216


@given(st.decimals(0, 5000, places=3), st.sampled_from(sorted(POINTS_PER_UNIT)))
def test_any_length_that_is_written_comes_back(number: Decimal, unit: str) -> None:
    assert points(f"{number} {unit}") == pytest.approx(float(number) * POINTS_PER_UNIT[unit])


@given(st.floats(-1e5, 1e5))
def test_css_is_never_off_by_a_ten_thousandth(length: float) -> None:
    text = css(length)
    assert text.endswith("pt")
    assert "e" not in text
    assert float(text[:-2]) == pytest.approx(length, abs=0.00006)


@given(st.text(max_size=20))
def test_any_other_text_is_a_value_error_and_nothing_else(text: str) -> None:
    for read in (points, size):
        try:
            read(text)
        except ValueError:
            continue


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(1.0, 4, "1"), (-1e-5, 4, "0"), (-2.50004, 4, "-2.5"), (0.12346, 5, "0.12346")],
)
def test_numbers_are_brief_in_a_pdf(value: float, decimals: int, text: str) -> None:
    assert pdf_number(value, decimals) == text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("letter", "8.5 x 11 in"),
        ("A4", "210 x 297 mm"),
        ("55 mm x 85 mm", "55 x 85 mm"),
        ("2 in x 3.5 in", "2 x 3.5 in"),
        ("half-letter", "5.5 x 8.5 in"),
        ("74.25 mm x 105 mm", "74.25 x 105 mm"),
        ("1.25 in x 2.5 in", "1.25 x 2.5 in"),
        ("5 in x 10 in", "5 x 10 in"),
        ("12.125 in x 7.063 in", "12.125 x 7.063 in"),
    ],
)
def test_a_size_is_shown_in_the_unit_in_which_it_is_a_round_one(written: str, shown: str) -> None:
    assert dimensions(size(written)) == shown
