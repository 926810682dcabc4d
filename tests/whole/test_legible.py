"""What readers need of every finished page, on both families of paper, by PDFium's eyes.

The build has checks of its own for most of this. They look at boxes before there is a file; here
the file is looked at, with nothing of theirs. So each finds the other's slips.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.shared.measures import (
    black_of,
    contrast,
    drawn,
    gap,
    is_display,
    is_in_counter,
    rows,
    share,
    telephone_sizes,
    text_size,
    title_rows,
)
from tests.shared.pages import glyphs
from tests.shared.project import LARGER, PIECES, Design, read_yaml


class Floors(NamedTuple):
    """The least sizes of a kind of piece, in points."""

    text: float
    contacts: float
    small: float  # of all there is: a colophon, who prints it
    display: float


SHEETS = Floors(12, 10.5, 7, 24)
PALM = Floors(10.5, 9, 6.5, 18)
CARDS = Floors(8.5, 8, 6.5, 16)
# What pieces do not reach yet, and what they must not fall under. A row goes when it is reached.
OWED = {
    ("text", "principles"): 10.75,
    ("text", "why-harm-reduction"): 10.75,
    ("text", "contact-card"): 7,
    ("text", "principles-card"): 8,
    ("text", "why-folder"): 10.5,
    ("text", "what-postcard"): 7.5,
    ("text", "why-in-short"): 10.25,
    ("text", "harm-reduction"): 11.75,
    ("text", "kit-stickers"): 8,
    ("text", "where-sheet"): 10.5,
    ("contacts", "principles"): 9.5,
    ("contacts", "why-harm-reduction"): 9.5,
    ("contacts", "principles-card"): 8,
    ("contacts", "why-in-short"): 9.5,
    ("contacts", "harm-reduction"): 9.5,
    ("display", "why-in-short"): 16.5,
    ("display", "harm-reduction"): 23,
    ("display", "kit-stickers"): 12.9,
    ("display", "overdose-wallet"): 16.3,
    ("display", "where-sheet"): 16.5,
}
# The largest of a title's lines over its smallest, and the gap between two of them over what the
# lower one rises.
EVEN, WIDEST = 2.3, 0.36
# Fewer gaps would leave the foot of these empty; of the postcard a name is kept whole.
TORN = {"why-folder": (EVEN, 0.8), "harm-reduction": (EVEN, 0.5), "what-postcard": (EVEN, 0.55)}
FAR = 15.5  # points that letters need for each metre that they are read from


TITLED = [name for name, piece in PIECES.items() if "title" in piece.written["words"]]


# Of the module: so pytest takes all tests of one file after each other, which is drawn once.
@pytest.fixture(scope="module", params=["letter", pytest.param("a4", marks=pytest.mark.slow)])
def output(request: pytest.FixtureRequest) -> Path:
    """Return the finished pieces for each family of paper."""
    folder = request.getfixturevalue("built" if request.param == "letter" else "built_a4")
    assert isinstance(folder, Path)
    return folder


@pytest.fixture(scope="module", params=PIECES)
def name(request: pytest.FixtureRequest) -> str:
    """Return the name of each piece."""
    return str(request.param)


@pytest.fixture
def pdf(output: Path, name: str) -> Path:
    """Return its file for the screen, which has the form of all that is printed."""
    return output / "screen" / f"{name}.pdf"


def floors_of(design: Design) -> Floors:
    """Return a piece's floors, by how wide a hand it takes."""
    shorter = min(design.trim)
    return CARDS if shorter < 180 else PALM if shorter <= 288 else SHEETS


def assert_reached(what: str, name: str, size: float, floor: float) -> None:
    assert size >= OWED.get((what, name), floor) - 0.01


def test_text_is_large_enough(pdf: Path, name: str) -> None:
    pages, floors = glyphs(pdf), floors_of(PIECES[name].design)
    assert sum(map(len, pages)) > 150
    assert_reached("text", name, text_size(pages), floors.text)
    assert_reached("small", name, min(g.size for page in pages for g in page), floors.small)


def test_telephones_are_large_enough(pdf: Path, name: str) -> None:
    floors = floors_of(PIECES[name].design)
    for link in PIECES[name].telephones:
        sizes = telephone_sizes(glyphs(pdf), link)
        assert sizes, f"{link} is on no page"
        assert_reached("contacts", name, min(sizes), floors.contacts)


def test_display_is_large_enough(pdf: Path, name: str) -> None:
    sizes = [g.size for page in glyphs(pdf) for g in page if is_display(g)]
    assert sizes
    assert_reached("display", name, min(sizes), floors_of(PIECES[name].design).display)


def test_large_print_is_large(output: Path, name: str) -> None:
    letters = [g for page in glyphs(output / "large-print" / f"{name}.pdf") for g in page]
    assert min(g.size for g in letters) >= 18 - 0.01
    assert min(g.size for g in letters if is_display(g)) >= 30 - 0.01


@pytest.mark.parametrize("name", TITLED, indirect=True)
def test_a_title_is_even_and_not_torn(pdf: Path, name: str) -> None:
    """But for a first word that is the picture, and for lines in the room that its tail leaves."""
    words = PIECES[name].written["words"]["title"]
    title, (even, widest) = title_rows(pdf, words), TORN.get(name, (EVEN, WIDEST))
    assert title, "the title is on no page"
    rest = title[1:] if len(title) > 1 and title[0].text == words.split()[0] else title
    sizes = [row.size for row in rest]
    assert max(sizes) / min(sizes) <= even
    for upper, lower in itertools.pairwise(title):
        room = gap(upper, lower)
        assert room > 1, f"{upper.text} touches {lower.text}"
        assert room / min(upper.rise, lower.rise) <= widest or is_in_counter(lower, title[0])


def test_every_row_stands_out_from_what_is_behind_it(pdf: Path) -> None:
    found = [
        (row.text, round(contrast(pdf, number, row), 1))
        for number, page in enumerate(glyphs(pdf))
        for row in rows(page)
    ]
    assert len(found) > 5
    assert [(text, value) for text, value in found if value < 7] == []


def test_display_has_its_colour_on_the_page(pdf: Path) -> None:
    """Neither thin nor a blot: a third to three quarters of a line's box, and of a page not half.

    Of a line in the paper's colour on black, it is black that is left.
    """
    for number, page in enumerate(glyphs(pdf)):
        display = rows(letter for letter in page if is_display(letter))
        for row in (row for row in display if len(row.letters) > 2):  # a numeral is no line
            assert 0.3 < black_of(pdf, number, row) < 0.75, row.text
        assert 0.04 < share(drawn(pdf)[number]) < 0.5


def far_of(layout: str) -> float:
    """Return from how many metres a layout says that it is read; 0 where from no distance."""
    said = read_yaml(f"layouts/{layout}/layout.yaml")
    if "far" in said:
        return float(re.sub(r"[^\d.]", "", str(said["far"])))
    words = re.search(r"from (two|three) metres", said["about"])
    return {"two": 2.0, "three": 3.0}[words[1]] if words else 0.0


SEEN = [name for name, piece in PIECES.items() if far_of(piece.design.layout)]


@pytest.mark.parametrize("name", SEEN, indirect=True)
def test_what_is_read_from_far_has_the_size_for_it(pdf: Path, name: str) -> None:
    piece = PIECES[name]
    least = FAR * far_of(piece.design.layout)
    title = title_rows(pdf, piece.written["words"]["title"])
    assert min(row.size for row in title) >= least
    for link in piece.telephones:
        assert max(telephone_sizes(glyphs(pdf), link)) >= least


def test_what_is_larger_than_an_offices_paper_is_read_from_far() -> None:
    assert set(LARGER) <= set(SEEN)


@pytest.mark.parametrize(("what", "name"), OWED)
def test_what_is_owed_is_a_piece_of_today(what: str, name: str) -> None:
    floors = floors_of(PIECES[name].design)
    assert OWED[what, name] < getattr(floors, what)
