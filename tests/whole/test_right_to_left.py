"""Each layout in Hebrew, as another program reads its pages: what stands at the right of what."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pikepdf
import pytest

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from tests.shared.once import made_once, made_together
from tests.shared.pages import Glyph, glyphs
from tests.shared.project import DESIGNS, copy_project
from tests.shared.right_to_left import add_phrases, write_sample

EDITIONS = {
    "booklet": ("screen", "office"),
    "sheet": ("screen", "large-print"),
    "trifold": ("screen", "press"),
    "zine": ("screen", "office"),
}
# PDFium takes brackets among Hebrew for mirrored ones, so they are left out here.
TELEPHONE, OTHER = "213-6376", "444-6969"

# layout: page, and what stands on it from the right to the left
ORDERS = [
    ("alert", 1, ["שיפוט", "2027"]),
    ("alert", 2, ["בדקו", "התקשרו"]),
    ("booklet", 8, [TELEPHONE, OTHER]),
    ("brief", 1, ["הפחתת", "נזקים"]),
    ("brief", 2, ["ראשון", "הצוות"]),
    ("brochure", 1, [TELEPHONE, "שיפוט"]),
    ("brochure", 2, ["5min", "30min", "60min"]),
    ("card", 2, ["Office", ":"]),
    ("half-sheet", 2, [TELEPHONE, OTHER]),
    ("palm-card", 2, ["Office", TELEPHONE]),
    ("postcard", 2, ["אנחנו", "הם"]),
    ("poster", 1, ["מספר", "אנחנו"]),
    ("poster", 1, [TELEPHONE, "Office"]),
    ("schedule", 1, ["יוםב׳", "יוםג׳"]),
    ("schedule-sheet", 1, ["יוםב׳", "יוםג׳"]),
    ("sheet", 2, ["שיפוט", "לכל"]),
    ("steps", 1, ["בדקו", "התקשרו", "הביאו"]),
    ("sticker", 1, ["Coalition", TELEPHONE]),
    ("trifold", 1, ["אנחנו", TELEPHONE, "למה"]),
    ("trifold", 2, ["שיפוט", "מספר", "כל"]),
    ("wallet-fold", 1, ["מספר", "צעד", TELEPHONE, "000"]),
    ("wallet-fold", 2, ["בדקו", "התקשרו", "הביאו", "חכו"]),
]


# Of layouts with all kinds of lines: Arabic joins its letters, and has signs over and under them.
ARABIC = ("brief", "brochure", "sheet", "steps")


def _prepare(root: Path) -> None:
    copy_project(root)
    for language in ("he", "ar"):
        add_phrases(root, language)


def _build(root: Path, part: str) -> None:
    layout, _, language = part.rpartition("-")
    worker = BuildWorker(BatchOptions(str(root), str(root / "output")))
    name = write_sample(root, layout, language)
    report = worker.do(Job(name, EDITIONS.get(layout, ("screen",))))
    assert not report.failed, report.problems


FileOf = Callable[..., Path]


@pytest.fixture
def piece(tmp_path_factory: pytest.TempPathFactory) -> FileOf:
    """Return what gives a file of a layout's sample in Hebrew or Arabic; whoever asks makes it."""
    root = made_once(tmp_path_factory, "hebrew", _prepare)

    def file(layout: str, edition: str = "screen", language: str = "he") -> Path:
        part = f"{layout}-{language}"
        made_together(tmp_path_factory, "hebrew", [part], partial(_build, root))
        return root / f"output/{edition}/{part}.pdf"

    return file


def pages(pdf: Path) -> list[list[Glyph]]:
    return glyphs(pdf)


def lines(page: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return a page's letters by line, from left to right."""
    found: dict[tuple[float, float], list[Glyph]] = {}
    for glyph in page:
        found.setdefault((round(glyph.y), round(glyph.size, 1)), []).append(glyph)
    return [sorted(line, key=lambda glyph: glyph.x) for line in found.values()]


def has_letter(glyph: Glyph, first: str) -> bool:
    """Return whether it is a letter of the script of another."""
    return first <= glyph.text < chr(ord(first) + 0x50)


def has_hebrew(line: Iterable[Glyph]) -> bool:
    return any(has_letter(glyph, "\u05d0") for glyph in line)


def places(page: list[Glyph], words: str) -> list[tuple[float, float, float]]:
    """Return each place of some words, read in their own direction: left, right and size.

    The largest is first.
    """
    is_hebrew = any("\u0590" < letter < "\u0600" for letter in words)
    found = []
    for line in lines(page):
        read = line[::-1] if is_hebrew else line
        text = "".join(glyph.text for glyph in read)
        at = text.find(words)
        if at >= 0 and len(text) == len(read):
            part = read[at : at + len(words)]
            edges = [edge for glyph in part for edge in (glyph.ink[0], glyph.ink[2])]
            found.append((min(edges), max(edges), part[0].size))
    return sorted(found, key=lambda place: -place[2])


@pytest.mark.slow(
    but=[
        "card-2-words7",
        "half-sheet-2-words8",
        "sheet-2-words15",
        "trifold-1-words18",
        "trifold-2-words19",
    ]
)
@pytest.mark.parametrize(("layout", "number", "words"), ORDERS)
def test_a_page_is_read_from_the_right(
    piece: FileOf, layout: str, number: int, words: list[str]
) -> None:
    page = pages(piece(layout))[number - 1]
    found = [places(page, said) for said in words]
    assert all(found), [said for said, place in zip(words, found, strict=True) if not place]
    for first, second in itertools.pairwise(found):
        assert first[0][0] > second[0][1] - 1, words


# layout: what stands from the right to the left on the first sheet that an office prints
SHEETS = {"booklet": ["עונה", "למה"], "zine": ["מספר", "שיפוט"]}


@pytest.mark.slow
@pytest.mark.parametrize("layout", SHEETS)
def test_covers_are_left_of_their_spines(piece: FileOf, layout: str) -> None:
    sheet = pages(piece(layout, "office"))[0]
    back, cover = (places(sheet, said)[0] for said in SHEETS[layout])
    assert cover[1] < back[0]


# layout: where the margin is at the right of its first page's title, or of its cover's
MARGINS = {
    "alert": 373.5,
    "booklet": 372.5,
    "brief": 586,
    "brochure": 372,
    "card": 130.5,
    "half-sheet": 373.2,
    "palm-card": 269.6,
    "postcard": 414,
    "poster": 756,
    "schedule": 756,
    "schedule-sheet": 585,
    "sheet": 586,
    "steps": 586.5,
    "sticker": 204,
    "trifold": 245.2,
    "wallet-fold": 130,
    "zine": 175.5,
}


@pytest.mark.slow(but=["card", "half-sheet", "sheet", "trifold"])
@pytest.mark.parametrize("layout", DESIGNS)
def test_titles_begin_at_the_right_margin(piece: FileOf, layout: str) -> None:
    """Their ink meets it to a hair, as that of other languages meets the left one."""
    display = (line for line in lines(pages(piece(layout))[0]) if has_hebrew(line))
    largest = max(display, key=lambda line: line[0].size)
    edge = max(glyph.ink[2] for glyph in largest)
    assert edge == pytest.approx(MARGINS[layout], abs=0.2)


@pytest.mark.slow(but=["sheet"])
@pytest.mark.parametrize("layout", ARABIC)
def test_arabic_begins_there_too(piece: FileOf, layout: str) -> None:
    page = pages(piece(layout, language="ar"))[0]
    largest = max((glyph for glyph in page if has_letter(glyph, "\u0620")), key=lambda g: g.size)
    edges = [glyph.ink[2] for glyph in page if glyph.size == largest.size]
    # Its steps are larger, and so its margins other by a hair.
    assert max(edges) == pytest.approx(MARGINS[layout], abs=1.5)


@pytest.mark.slow
def test_telephones_are_read_from_the_left(piece: FileOf) -> None:
    found = 0
    for layout in DESIGNS:
        for page in pages(piece(layout)):
            said = ["".join(glyph.text for glyph in line) for line in lines(page)]
            numbers = [text for text in said if TELEPHONE in text]
            assert all(re.search(rf"\W212\W{TELEPHONE}", text) for text in numbers)
            found += len(numbers)
    assert found > 20


@pytest.mark.slow
def test_pages_of_a_booklet_have_their_numbers_outside(piece: FileOf) -> None:
    inner = pages(piece("booklet"))[1:-1]
    numbers = [places(page, str(number)) for number, page in enumerate(inner, 2)]
    middle = DESIGNS["booklet"].trim.width / 2
    assert [place[-1][0] > middle for place in numbers] == [True, False] * 3


def test_viewers_are_told_to_begin_at_the_right(piece: FileOf) -> None:
    for layout, editions in (("sheet", ("screen", "large-print")), ("trifold", ("press",))):
        for edition in editions:
            with pikepdf.open(piece(layout, edition)) as pdf:
                assert pdf.Root.ViewerPreferences.Direction == "/R2L"


def test_the_foot_of_large_print_changes_sides(piece: FileOf) -> None:
    page = pages(piece("sheet", "large-print"))[0]
    foot = min(lines(page), key=lambda line: line[0].y)
    assert "".join(glyph.text for glyph in foot).startswith("1/3")
    assert foot[0].ink[0] < 100
    assert "".join(glyph.text for glyph in foot).endswith("S1")
    assert foot[-1].ink[2] > DESIGNS["sheet"].trim.width - 100


@pytest.mark.parametrize("layout", DESIGNS)
def test_every_layout_has_its_orders(layout: str) -> None:
    assert layout in {*SHEETS, *(known for known, _, _ in ORDERS)}
