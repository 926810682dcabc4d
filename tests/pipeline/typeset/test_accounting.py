"""Every word is on a page, and where it is not, its writer is told which, where and how many."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import AuthorText
from hrcpub.pipeline.typeset import lay_out
from hrcpub.problems import Problem, Source
from tests.shared.css_pages import make_root, page, problems

LONG = "Many words that take more room than there is in this place. " * 12
PLACE = Source("materials/piece.yaml", 7, 3)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("accounting"))


def one_problem(
    root: Path, body: str, words: tuple[AuthorText, ...] = (), sides: int = 1
) -> Problem:
    (problem,) = problems(root, page(body, sides, words), ParsedCache())
    return problem


def test_text_that_is_lost_is_told_with_its_slot_and_the_place_where_it_was_written(
    root: Path,
) -> None:
    kept = AuthorText("Kept words", "words.title", Source("materials/piece.yaml", 3, 3))
    lost = AuthorText(LONG.strip(), "words.lead", PLACE)
    body = f"<section class=side>Kept words<p style='display: none'>{LONG}</section>"
    problem = one_problem(root, body, (kept, lost))
    letters = len("".join(LONG.split()))
    assert problem.code == "text-lost"
    assert problem.source == PLACE
    assert problem.message.startswith(f'144 words of "words.lead" ({letters} letters) would not')
    assert problem.hint.startswith("cut 144 words")


def test_the_words_from_which_on_text_is_lost_are_quoted(root: Path) -> None:
    words = [f"word{number}" for number in range(400)]
    body = f"<section class=side><div style='height: 100pt'>{' '.join(words)}</div></section>"
    pages = lay_out(page(body), Project(Sources(root)))
    lost = next(
        overset.problem for overset in pages.oversets if overset.problem.code == "text-lost"
    )
    shown = {
        word
        for laid_out in pages.document.pages
        for box in laid_out._page_box.descendants()
        for word in getattr(box, "text", "").split()
    }
    first = next(word for word in words if word not in shown)
    assert f"from «{first} " in lost.message
    assert lost.message.startswith(f"{400 - words.index(first)} words")


def test_what_is_over_is_told_in_lines_mm_and_words(root: Path) -> None:
    said = AuthorText("One Two Three four five", "words.lead", PLACE)
    lines = "One<br>Two<br>Three four five"
    body = f"<section class=side><p data-panel='front' style='height: 24pt'>{lines}</p></section>"
    problem = one_problem(root, body, (said,))
    assert problem.code == "text-overset"
    assert problem.source == Source("materials/piece.yaml", 7, 3, page=1)
    assert problem.message.startswith('"words.lead" is 1 line, ')
    assert 'too long for the panel "front", from «Three four five»' in problem.message
    assert problem.hint == "cut about 3 words"
    mm = float(problem.message.split("1 line, ")[1].split(" mm")[0])
    assert 8 < mm * 72 / 25.4 < 12  # its baseline, in a line of 12 pt


def test_a_text_that_stands_twice_is_told_of_where_it_is_lost(root: Path) -> None:
    twice = "<p>The same words</p><p style='display: none'>The same words</p>"
    assert one_problem(root, f"<section class=side>{twice}</section>").code == "text-lost"


@pytest.mark.parametrize(("pages", "sides"), [(1, 2), (2, 1), (3, 2)])
def test_too_few_or_too_many_pages_are_told(root: Path, pages: int, sides: int) -> None:
    problem = one_problem(root, "<section class=side>Words</section>" * pages, sides=sides)
    assert problem.code == "page-count"
    pages_words = "1 page" if pages == 1 else f"{pages} pages"
    assert problem.message == f"this takes {pages_words}, but the layout has {sides}"


OUTSIDE = [
    ("left: -13pt", "2.0"),
    ("right: -13pt", "2.0"),
    ("top: -24pt", None),
    ("bottom: -24pt", None),
]


@pytest.mark.parametrize(("place", "over"), OUTSIDE)
def test_text_too_near_to_the_trim_is_told(root: Path, place: str, over: str | None) -> None:
    """The safe area begins 9 pt inside the trim, 11 pt outside the margins."""
    body = f'<section class=side><p style="position: absolute; {place}">HHH</p></section>'
    problem = one_problem(root, body)
    assert problem.code == "text-outside"
    assert problem.source == Source(page=1)
    assert "«HHH»" in problem.message
    if over:
        mm = float(problem.message.split(" is ")[1].split(" mm")[0])
        assert mm * 72 / 25.4 == pytest.approx(float(over), abs=1)


@pytest.mark.parametrize("place", ["left: -10pt", "right: -10pt", "top: -10pt"])
def test_text_that_touches_the_safe_area_is_right(root: Path, place: str) -> None:
    body = f'<section class=side><p style="position: absolute; {place}">HHH</p></section>'
    assert problems(root, page(body), ParsedCache()) == []


def test_a_huge_letters_bearings_may_reach_further_than_its_ink(root: Path) -> None:
    """Its ink is on the margin; the letter's own white begins before that."""
    huge = "font-size: 180pt; line-height: 150pt; margin-left: -14pt; width: 160pt"
    body = f'<section class=side><p style="{huge}">I</p></section>'
    assert problems(root, page(body), ParsedCache()) == []
    ink_out = body.replace("-14pt", "-30pt")
    assert one_problem(root, ink_out).code == "text-outside"


def test_one_text_is_told_of_once(root: Path) -> None:
    """Overset text also lies on what comes next; the cause is told, not what follows from it."""
    lines = "<br>".join(["First line", "Second line", "Third line"])
    body = (
        f"<section class=side><p style='height: 12pt'>{lines}</p><p>What comes next</p></section>"
    )
    assert one_problem(root, body).code == "text-overset"
