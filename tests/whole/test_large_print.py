"""The large-print edition: the same words, nothing under 18 pt, read by a screen reader."""

from __future__ import annotations

import functools
from pathlib import Path

import pikepdf
import pytest

from hrcpub.files.sources import Sources
from hrcpub.project.layout import layout_names, read_layout
from tests.judges import tools
from tests.shared.pages import glyphs
from tests.shared.project import MATERIALS, PIECES, ROOT

WANTED = 18.0  # points: what clear-print guides call large


@pytest.fixture(scope="module")
def files(built: Path) -> dict[str, Path]:
    """Return each material's large-print file."""
    return {name: built / "large-print" / f"{name}.pdf" for name in MATERIALS}


@pytest.mark.parametrize("name", MATERIALS)
def test_no_letter_is_under_18_pt(files: dict[str, Path], name: str) -> None:
    sizes = [size for page in text_sizes(files[name]) for size in page]

    assert len(sizes) > 12
    assert min(sizes) >= WANTED - 0.01


def text_sizes(path: Path) -> list[list[float]]:
    """Return the size of each text that has ink, page by page, in points."""
    found = []
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            sizes, size, scale = [], 0.0, 0.75  # WeasyPrint draws in CSS pixels
            for step in pikepdf.parse_content_stream(page):
                if str(step.operator) == "Tf":
                    size = float(step.operands[1])
                elif str(step.operator) == "TJ" and len(step.operands[0]) > 2:
                    sizes.append(size * scale)
            found.append(sizes)
    return found


@functools.cache
def words_of_titles() -> set[str]:
    """Return the words of all layouts' titles."""
    sources = Sources(ROOT)
    titles = [read_layout(sources, layout).title for layout in layout_names(sources)]
    return {word for title in titles for word in title.split()}


@pytest.mark.parametrize("name", MATERIALS)
def test_it_has_every_word_of_the_screen_edition(
    built: Path, files: dict[str, Path], name: str
) -> None:
    def words(path: Path) -> set[str]:
        # A line may end after a dash, which has no space then, and within a long word.
        text = tools.text(path).replace("—", "— ").replace("\u00ad\n", "")
        return {word.rstrip(",") for word in text.split()}

    # The sheet's colophon and imprint, and where a card's stamp goes.
    own = {"side", "of", "1", "2", "Distributed", "by", "Postage", "·", "November", "2026"}
    own |= {"Turn", "over", "Distribuido", "por", "noviembre", "de"}
    # In large print each site has its days in words, and a table its heads before a colon.
    own |= {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Minutes"}
    missing = words(built / "screen" / f"{name}.pdf") - words(files[name])

    assert missing - own <= words_of_titles()


def test_whom_to_call_stands_on_one_page(files: dict[str, Path]) -> None:
    for name in ("contact-card", "principles", "harm-reduction"):
        pages = [page.count("Tel: ") for page in tools.text(files[name]).split("\f")]
        assert [count for count in pages if count] == [3], name


@pytest.mark.parametrize(("name", "head"), [("two-please", "Pockets"), ("carry-naloxone", "What")])
def test_a_head_is_clear_of_what_is_said_under_the_cover(
    files: dict[str, Path], name: str, head: str
) -> None:
    """A head belongs to the figure below it, and not to the words above."""
    drawn = glyphs(files[name])[0]
    large = [glyph for glyph in drawn if "Gothic" in glyph.font]
    words = "".join(glyph.text for glyph in large)
    assert head in words
    top = large[words.index(head)].ink[3]
    above = min(glyph.y for glyph in drawn if "Gothic" not in glyph.font and glyph.y > top)
    assert above - top > 1.5 * WANTED


def test_every_page_says_of_which_piece_it_is(files: dict[str, Path]) -> None:
    for name, path in files.items():
        pages, piece = tools.text(path).split("\f")[:-1], PIECES[name]
        assert pages
        said = f"{piece.written['code']}, {piece.revision}"
        # A piece in two languages says it in each.
        ways = (said, said.replace("Revision", "Revisión"))
        assert all(any(way in page for way in ways) for page in pages), name


@pytest.mark.slow
def test_office_laser_printers_get_no_grey_behind_the_words(files: dict[str, Path]) -> None:
    for path in files.values():
        for page in tools.drawn_by_poppler(path, fineness=1):
            assert page.getpixel((3, 3)) in (255, (255, 255, 255))


@pytest.mark.parametrize("name", MATERIALS)
def test_page_numbers_are_artifacts_and_hang_in_no_tree(files: dict[str, Path], name: str) -> None:
    with pikepdf.open(files[name]) as pdf:
        numbers = 0
        for page in pdf.pages:
            for step in pikepdf.parse_content_stream(page):
                if str(step.operator) == "BDC" and str(step.operands[0]) == "/Artifact":
                    kind = str(step.operands[1].Type)
                    assert kind in ("/Pagination", "/Layout")  # the latter are ornaments
                    numbers += kind == "/Pagination"
        kinds = [element.S for element in elements(pdf.Root.StructTreeRoot)]
    assert numbers >= len(pdf_pages(files[name]))
    assert "/H1" in kinds


def pdf_pages(path: Path) -> list[object]:
    """Return a file's pages."""
    return list(tools.boxes(path))


def elements(root: pikepdf.Object) -> list[pikepdf.Object]:
    """Return the structure elements under a root."""
    found: list[pikepdf.Object] = []
    todo = [root]
    while todo:
        element = todo.pop()
        if not isinstance(element, pikepdf.Dictionary):
            continue
        if "/S" in element:
            found.append(element)
        kids = element.get("/K")
        todo += list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return found
