"""Every letter is on a page and inside the safe area, or somebody is told."""

from __future__ import annotations

import inspect
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from hrcpub.cache import Shelf
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.sources import Sources
from hrcpub.stages import Html, Stylesheet
from hrcpub.typeset import accounting, typeset
from hrcpub.typeset.engine import load
from hrcpub.units import Size

CSS = """
    @font-face { font-family: "HRC Gothic"; src: url(/fonts/gothic.ttf) }
    @page { size: 200pt 200pt; margin: 20pt 20pt 0 }
    * { margin: 0; padding: 0 }
    html { font: 10pt/12pt "HRC Gothic" }
    .side { position: relative; height: 160pt; break-after: page }
    .side:last-child { break-after: auto }
"""
LONG = "Many words that take more room than there is in this place. " * 12
PLACE = Source("materials/piece.yaml", 7, 3)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("accounting")
    (root / "fonts").mkdir()
    gothic = ROOT / "fonts/league-gothic/LeagueGothic-Regular.ttf"
    shutil.copy(gothic, root / "fonts" / "gothic.ttf")
    return root


def problems(
    root: Path, body: str, sides: int = 1, words: tuple[tuple[str, Source], ...] = ()
) -> list[Problem]:
    html = Html(
        text=f"<!doctype html><html lang=en><title>Page</title><body>{body}",
        stylesheets=(Stylesheet("layout.css", CSS),),
        base=".",
        words=words,
        families=frozenset({"HRC Gothic"}),
        sides=sides,
        trim=Size(200, 200),
        bleed=0,
        safe=9,
    )
    try:
        return list(typeset(html, Sources(root), Shelf()).problems)
    except HrcpubError as error:
        return list(error.problems)


@pytest.mark.parametrize(
    "body",
    [
        "<section class=side>Words</section>",
        f"<section class=side>{LONG[:300]}</section>",
        "<section class=side><div style='position: absolute; bottom: 0'>Foot</div></section>",
        "<section class=side><div style='float: left'>Words</div></section>",
        "<section class=side>soft\u00adhy\u00adphens and  spaces\n\n kept</section>",
        "<section class=side><ol><li>Marked</ol></section>",
        "<section class=side><b style='font-size: 1pt'> </b></section>",
    ],
)
def test_a_page_with_all_its_letters_is_right(root: Path, body: str) -> None:
    assert problems(root, body) == []


@pytest.mark.parametrize(
    "style",
    [
        "position: absolute; top: 0; left: 0; width: 100pt; height: 30pt; overflow: hidden",
        "position: absolute; top: 100pt; width: 100pt",
        "float: left; width: 60pt",
        "height: 150pt; columns: 2; width: 100pt",
        "display: none",
    ],
)
def test_text_that_is_not_on_the_page_is_told(root: Path, style: str) -> None:
    body = f'<section class="side"><div style="{style}">{LONG}</div></section>'
    codes = {problem.code for problem in problems(root, body)}
    assert codes & {"text-lost", "text-outside", "page-count"}


def test_text_that_is_lost_is_told_with_the_place_where_it_was_written(root: Path) -> None:
    kept = ("Kept words", Source("materials/piece.yaml", 3, 3))
    body = f"<section class=side>Kept words<p style='display: none'>{LONG}</section>"
    (problem,) = problems(root, body, words=(kept, (LONG, PLACE)))
    letters = len("".join(LONG.split()))
    assert problem.code == "text-lost"
    assert problem.message.startswith(f"{letters} letters")
    assert problem.source == PLACE


@pytest.mark.parametrize(("pages", "sides"), [(1, 2), (2, 1), (3, 2)])
def test_too_few_or_too_many_pages_are_told(root: Path, pages: int, sides: int) -> None:
    body = "<section class=side>Words</section>" * pages
    (problem,) = problems(root, body, sides)
    assert problem.code == "page-count"
    assert problem.message == f"this takes {pages} pages; the layout has {sides}"


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
    (problem,) = problems(root, body)
    assert problem.code == "text-outside"
    assert problem.source == Source(page=1)
    assert "«HHH»" in problem.message
    if over:
        amount = float(problem.message.split("runs ")[1].split()[0])
        assert amount == pytest.approx(float(over), abs=1)


@pytest.mark.parametrize("place", ["left: -10pt", "right: -10pt", "top: -10pt"])
def test_text_that_touches_the_safe_area_is_right(root: Path, place: str) -> None:
    body = f'<section class=side><p style="position: absolute; {place}">HHH</p></section>'
    assert problems(root, body) == []


def test_a_word_wider_than_the_page_is_told(root: Path) -> None:
    body = f"<section class=side>{'W' * 80}</section>"
    assert [problem.code for problem in problems(root, body)] == ["text-outside"]


def test_a_huge_letters_bearings_may_reach_further_than_its_ink(root: Path) -> None:
    """Its ink is on the margin; the letter's own white begins before that."""
    huge = "font-size: 180pt; line-height: 150pt; margin-left: -14pt; width: 160pt"
    assert problems(root, f'<section class=side><p style="{huge}">I</p></section>') == []
    ink_out = huge.replace("-14pt", "-30pt")
    found = problems(root, f'<section class=side><p style="{ink_out}">I</p></section>')
    assert [problem.code for problem in found] == ["text-outside"]


def test_the_private_names_that_accounting_leans_on_are_still_weasyprints(root: Path) -> None:
    """When this fails after an upgrade, accounting must be looked at before anything is trusted."""
    weasyprint = load(root)
    document = weasyprint.HTML(
        string="<html><body><p>Words<p style='position: absolute'>More<ol><li>Item"
    ).render()
    assert document._html.etree_element.find("body") is not None
    page = document.pages[0]
    boxes, placeholders, todo = [], 0, [page._page_box]
    while todo:
        box = todo.pop()
        if hasattr(box, "_box"):
            placeholders += 1
            box = box._box
        boxes.append(box)
        todo += getattr(box, "children", ())
    assert placeholders >= 1, "absolute boxes have no placeholder any more"
    found = [box for box in boxes if getattr(box, "text", None) is not None]
    assert "".join(sorted(box.text for box in found if "::marker" not in box.element_tag)) == (
        "ItemMoreWords"
    )
    assert any("::marker" in box.element_tag for box in found)
    for box in found:
        for name in ("position_x", "position_y", "width", "baseline"):
            assert isinstance(getattr(box, name), int | float), name
        assert box.style["font_size"] > 0
        for name in ("reactivate", "deactivate", "get_first_line"):
            assert callable(getattr(box.pango_layout, name)), name
    assert "_page_box" in inspect.getsource(accounting), "this test looks at the wrong file"
