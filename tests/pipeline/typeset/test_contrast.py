"""Words in a colour that is not seen are told, on a screen and where paper has its colour."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import AuthorText, Typeset
from hrcpub.pipeline.typeset import lay_out
from hrcpub.pipeline.typeset.screen_colour import WHITE, over
from hrcpub.problems import Severity, Source
from hrcpub.project.colours import contrast
from tests.shared.css_pages import make_root, page

WORDS = "Words that are read"
PLACE = Source("materials/piece.yaml", 7, 3)
PAPERS = ("#ffe14a", "#ffffff", "#000040")
BLACK = (0.0, 0.0, 0.0)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("contrast"))


def laid(root: Path, style: str, around: str = "") -> Typeset:
    body = f"<section class=side style='{around}'><p style='{style}'>{WORDS}</section>"
    html = page(body, words=(AuthorText(WORDS, "words.lead", PLACE),))
    return lay_out(replace(html, papers=PAPERS), Project(Sources(root), ParsedCache()))


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast(WHITE.rgb, BLACK) == pytest.approx(21)
    assert contrast(BLACK, BLACK) == 1
    grey = (0x76 / 255,) * 3  # the lightest grey that has 4.5 on white
    assert contrast(grey, WHITE.rgb) == pytest.approx(4.54, abs=0.01)
    assert over(BLACK, 0.25, WHITE.rgb) == (0.75, 0.75, 0.75)


def test_faint_words_are_told_once_with_their_slot_and_their_contrast(root: Path) -> None:
    (problem,) = laid(root, "color: #808080; width: 60pt").problems  # on two lines
    assert (problem.code, problem.severity) == ("text-contrast", Severity.WARNING)
    assert problem.source == replace(PLACE, page=1)
    assert problem.message.startswith('"words.lead" is hard to read')
    assert problem.message.endswith("its contrast is only 3 to 1")


@pytest.mark.parametrize(
    ("style", "around"),
    [
        ("color: #ffffff", "background: #000040"),  # light on a dark paper
        ("color: #ffe14a", "background: #000040"),
        ("color: #ffff90", "background: #000040"),  # printed, but not on what it was meant for
        ("color: #000040; background: #ffe14a", ""),  # both are the paper's
        ("color: #000040; background: #fff", "background: #000"),
    ],
)
def test_words_that_only_the_papers_colour_shows_are_lost_where_it_is_not_printed(
    root: Path, style: str, around: str
) -> None:
    pages = laid(root, style, around)
    assert pages.problems == ()
    (problem,) = pages.unprinted
    assert (problem.code, problem.source) == ("text-paper-coloured", replace(PLACE, page=1))
    assert '"words.lead" would be invisible where the paper' in problem.message


@pytest.mark.parametrize(
    ("style", "around"),
    [
        ("color: #141414", ""),
        ("color: #ffe14a", "background: #141414"),  # the paper shines through the black
        ("color: #ffffff; background: #600", ""),
        ("color: #141414; background: #fff", "background: #000040"),
    ],
)
def test_words_that_black_shows_are_right_on_every_paper(
    root: Path, style: str, around: str
) -> None:
    pages = laid(root, style, around)
    assert (pages.problems, pages.unprinted) == ((), ())


def test_words_that_are_lost_everywhere_are_told_once(root: Path) -> None:
    pages = laid(root, "color: #ffe14a")
    assert [problem.code for problem in pages.problems] == ["text-hidden"]
    assert pages.unprinted == ()


@pytest.mark.parametrize(
    ("style", "codes"),
    [
        ("background: linear-gradient(#000, #222)", ["text-hidden"]),
        ("background: linear-gradient(to right, #000, transparent 60%)", ["text-hidden"]),
        ("background: radial-gradient(circle at 0 50%, #000, transparent 80%)", ["text-hidden"]),
        ("background: repeating-linear-gradient(90deg, #000, #444 9pt)", ["text-hidden"]),
        ("background: linear-gradient(#0000, #0000), linear-gradient(#000, #000)", ["text-hidden"]),
        ("background: linear-gradient(#777, #777)", ["text-contrast"]),
        ("background: linear-gradient(#fff, #ddd)", []),
        ("background: linear-gradient(to left, #000, transparent 30%)", []),
        ("background: linear-gradient(to top, #000, transparent 30%); height: 60pt", []),
        ("background: radial-gradient(circle at 100% 50%, #000, transparent 40%)", []),
        ("background: linear-gradient(#000, #222); color: #fff", []),
    ],
)  # fmt: skip
def test_words_on_a_gradient_are_judged_by_its_colour_under_them(
    root: Path, style: str, codes: list[str]
) -> None:
    assert [problem.code for problem in laid(root, style).problems] == codes


@pytest.mark.parametrize(
    ("box", "codes"),
    [
        ("left: 0; width: 300pt", ["text-hidden"]),
        ("left: 40pt; width: 300pt", ["text-hidden"]),  # under their end alone
        ("left: 0; width: 12pt", ["text-hidden"]),  # under their first letter
        ("left: 250pt; width: 50pt", []),  # beside them
        ("left: 0; width: 300pt; transform: rotate(0.5deg)", ["text-hidden"]),
    ],
)
def test_words_that_are_lost_at_some_place_are_found(
    root: Path, box: str, codes: list[str]
) -> None:
    assert [problem.code for problem in over_black(root, box).problems] == codes


def over_black(root: Path, box: str) -> Typeset:
    """Lay words out over a black box that is not around them."""
    ground = (
        f"<div style='position: absolute; top: 0; height: 90pt; background: #000; {box}'></div>"
    )
    body = f"<section class=side>{ground}<p style='position: relative'>{WORDS}</section>"
    html = page(body, words=(AuthorText(WORDS, "words.lead", PLACE),))
    return lay_out(html, Project(Sources(root), ParsedCache()))


def test_the_order_of_painting_is_found_once_and_only_where_it_counts(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words are judged on screens and on coloured paper, and may be covered."""
    over_black(root, "")  # hrcpub itself loads WeasyPrint
    from weasyprint.stacking import StackingContext

    order, asked = StackingContext.from_page, []
    counted = staticmethod(lambda box: asked.append(box) or order(box))
    monkeypatch.setattr(StackingContext, "from_page", counted)
    over_black(root, "left: 0; width: 300pt")
    assert len(asked) == 1
    laid(root, "color: #777; background: #888; padding: 3pt", "background: #ffe14a")
    assert len(asked) == 1, "the boxes around words are under them"


@pytest.mark.parametrize(
    ("colour", "codes"),
    [
        ("device-cmyk(0 0 0 1)", []),
        ("device-cmyk(0 0 0 0)", ["text-hidden"]),
        ("color(srgb-linear 0 0 0)", []),
        ("color(display-p3 0 0 0)", []),
        ("color(rec2020 1 1 1)", ["text-hidden"]),
    ],
)
def test_colours_in_any_space_are_judged(root: Path, colour: str, codes: list[str]) -> None:
    told = laid(root, f"color: {colour}", "background: #fff").problems
    assert [problem.code for problem in told] == codes
