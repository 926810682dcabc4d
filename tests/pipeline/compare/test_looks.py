"""Looks: what a reader sees differs, and how a program smooths edges does not."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pikepdf
import pytest
from PIL import ImageChops

from hrcpub.pipeline.compare import compare, in_short
from hrcpub.pipeline.compare.looks import THRESHOLD, differing_pixels
from tests.judges.tools import drawn_by_poppler
from tests.shared.filled_form import fill_in
from tests.shared.pages import highest, pictures
from tests.shared.typed import HEIGHT, WIDTH, lines, stroke, typed, typed_pdf

DPI = 144
TEXT = lines("Call (212) 213-6376", "from 9.30 to 17.15", "or write to us", size=9.5)


def beyond(one: bytes, two: bytes) -> list[float]:
    """Return by how much the pictures of two files' pages differ, each where it does most."""
    pairs = zip(pictures(one), pictures(two), strict=True)
    return [highest(differing_pixels(first, second)) for first, second in pairs]


def test_the_same_bytes_and_the_same_pages_are_the_same() -> None:
    one = typed_pdf([TEXT, stroke(20, 90, 200, 90)])
    assert compare(one, one).is_same
    other = typed_pdf([TEXT, stroke(20, 90, 200, 90)], mark="made by another program")
    assert one != other
    assert compare(one, other).is_same


def test_what_was_filled_into_a_form_is_seen() -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(typed_pdf(TEXT))) as pdf:
        fill_in(pdf, 40, 20)
        pdf.save(file)
    found = compare(typed_pdf(TEXT), file.getvalue())
    assert [look.kind for look in found.pages[0].looks] == ["drawn"]


@pytest.mark.parametrize(
    ("was", "now"),
    [("1", "7"), (".", ","), ("l", "1"), ("3", "8"), ("5", "6"), ("0", "8"), (":", ";")],
)
def test_a_letter_that_is_another_is_seen_wherever_it_lies(was: str, now: str) -> None:
    """By its look alone, as if it were a shape. At 9.5 pt, in 36 places of the pixels."""
    # A pixel is half a point. Each place has a page, with no more paper than it needs.
    places = [(10 + at % 6 / 12, HEIGHT - 20 + at // 6 / 12) for at in range(36)]
    one, two = (
        typed_pdf(*(typed(f"555{sign}", x, y) for x, y in places), size=(50, 40))
        for sign in (was, now)
    )
    seen = dict(zip(places, beyond(one, two), strict=True))
    assert [place for place, most in seen.items() if most < THRESHOLD] == []


@pytest.mark.parametrize("width", [0, 0.25, 0.5, 1])
def test_a_hairline_that_is_lost_is_seen_wherever_it_lies(width: float) -> None:
    for place in range(8):
        y = 90 + place / 16
        one = typed_pdf([TEXT, stroke(20, y, 200, y, width)])
        found = compare(one, typed_pdf(TEXT))
        assert not found.is_same, (width, y)
        (look,) = found.pages[0].looks
        assert look.kind == "drawn"
        assert look.box[0] <= 22
        assert look.box[2] >= 198
        assert look.box[1] <= y <= look.box[3]


def test_a_colour_of_the_same_lightness_is_seen() -> None:
    def page(red: float, green: float, blue: float) -> bytes:
        return typed_pdf(f"{red} {green} {blue} rg 50 50 100 100 re f")

    one, other = (0.97, 0.65, 0.74), (0.56, 0.83, 0.73)
    greys = [0.3 * red + 0.59 * green + 0.11 * blue for red, green, blue in (one, other)]
    assert abs(greys[0] - greys[1]) < 0.04
    assert in_short(compare(page(*one), page(*other))) == "looks, page 1"


def test_what_lies_a_part_of_a_pixel_beside_is_the_same() -> None:
    for by in (0.02, 0.05, 0.1):
        moved = lines("Call (212) 213-6376", "from 9.30 to 17.15", "or write to us", x=20 + by)
        assert compare(typed_pdf(TEXT), typed_pdf(moved)).is_same, by


def test_poppler_and_pdfium_differ_by_less_than_a_comma_for_a_stop(tmp_path: Path) -> None:
    """What two programs make of the same letters, and what the smallest change makes of them."""
    said, path = "Call (212) 213-6376 from 9.30", tmp_path / "a.pdf"
    texts = [typed(said, 20 + n / 7, 40 + 12 * n + n / 5) for n in range(25)]
    path.write_bytes(typed_pdf(texts))
    (drawn,), (other,) = pictures(path.read_bytes()), drawn_by_poppler(path, DPI, fineness=1)
    size = min(drawn.width, other.width), min(drawn.height, other.height)
    one, two = drawn.crop((0, 0, *size)), other.crop((0, 0, *size))
    plain = ImageChops.difference(one, two).convert("L").histogram()
    assert sum(plain[THRESHOLD:]) > 300, "pixel by pixel they are two pictures"
    assert sum(differing_pixels(one, two).histogram()[THRESHOLD:]) == 0


def test_a_page_of_another_size_is_told_as_that() -> None:
    found = compare(typed_pdf(TEXT), typed_pdf(TEXT, size=(WIDTH, HEIGHT + 20)))
    assert [look.kind for look in found.pages[0].looks] == ["size"]


def test_a_wall_of_paper_is_looked_at_in_parts() -> None:
    """A banner of 5 m² would be a picture of 60 million pixels; a band of it is in memory."""
    size = (6000, 3000)
    one = typed_pdf("0 g 100 100 200 40 re f", size=size)
    two = typed_pdf("0 g 100 100 200 40 re f 5800 2900 20 20 re f", size=size)
    tracemalloc.start()
    found = compare(one, two)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    (look,) = found.pages[0].looks
    assert 5780 < look.box[0] < 5801
    assert 70 < look.box[1] < 81
    assert most < 120e6


def test_what_lies_near_together_is_one_place_and_what_is_far_apart_is_two() -> None:
    near = [TEXT, stroke(20, 200, 40, 200), stroke(44, 205, 60, 205)]
    far = [TEXT, stroke(20, 200, 40, 200), stroke(120, 300, 160, 300)]
    assert len(compare(typed_pdf(TEXT), typed_pdf(near)).pages[0].looks) == 1
    assert len(compare(typed_pdf(TEXT), typed_pdf(far)).pages[0].looks) == 2
