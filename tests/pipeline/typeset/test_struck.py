"""A line through words is told, where it is painted over them; a rule under their tails is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import AuthorText
from hrcpub.pipeline.typeset import lay_out
from hrcpub.problems import Problem, Source
from tests.shared.css_pages import make_root, page

PLACE = Source("materials/piece.yaml", 7, 3)
WORDS = "Call us happily"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("struck"))


def told(root: Path, rule: str, words: str = "") -> list[Problem]:
    """Return what is said of words of 20 pt, whose baseline is some 16 pt under the page's head."""
    text = f"<p style='font-size: 20pt; line-height: 20pt; {words}'>{WORDS}</p>"
    return told_of(root, f"{text}<div style='{rule}'></div>")


def told_of(root: Path, body: str) -> list[Problem]:
    """Return what is said of a side with `WORDS` in it."""
    side = f"<section class=side style='position: relative'>{body}</section>"
    html = page(side, words=(AuthorText(WORDS, "words.title", PLACE),))
    laid = lay_out(html, Project(Sources(root), ParsedCache()))
    return [*laid.problems, *(overset.problem for overset in laid.oversets)]


ACROSS = "position: absolute; left: 0; width: 200pt; height: 30pt;"


@pytest.mark.parametrize(
    "rule",
    [
        f"{ACROSS} top: 11pt; border-top: 1.5pt solid",
        f"{ACROSS} top: -20pt; border-bottom: 1.5pt solid",
        "position: absolute; top: 0; left: 20pt; height: 30pt; border-left: 2pt dashed",
        "margin-top: -9pt; border-top: 1.5pt solid; position: relative",
    ],
)
def test_a_line_through_words_is_told(rule: str, root: Path) -> None:
    (problem,) = [problem for problem in told(root, rule) if problem.is_error]
    assert (problem.code, problem.source and problem.source.line) == ("text-covered", 7)
    assert problem.message.startswith('"words.title" is covered by a line')


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (f"{ACROSS} top: 17pt; border-top: 1.5pt solid", ""),  # under the line, through tails
        (f"{ACROSS} top: 11pt; border-top: 1.5pt solid transparent", ""),
        (f"{ACROSS} top: 11pt; border-top: 0 solid", ""),
        (f"{ACROSS} top: 11pt; border-top: 1.5pt solid", "position: relative; z-index: 1"),
        ("border-top: 1.5pt solid", ""),
        ("", "border: 2pt solid; padding: 1pt"),
    ],
)
def test_a_line_beside_or_under_words_is_not(rule: str, words: str, root: Path) -> None:
    assert [problem.code for problem in told(root, rule, words) if problem.is_error] == []


def test_a_line_is_not_taken_for_one_like_it(root: Path) -> None:
    # Both are of one style: the first is painted before the words, the second lies below them.
    rule = "<div style='position: relative; height: 11pt; border-bottom: 1.5pt solid'></div>"
    words = "<p style='position: relative; font-size: 20pt; line-height: 20pt; margin: {}'>{}</p>"
    before, after = words.format("-12.5pt 0 0", WORDS), words.format("0 0 -19pt", WORDS)
    assert "text-covered" not in [problem.code for problem in told_of(root, rule + before + rule)]
    assert "text-covered" in [problem.code for problem in told_of(root, after + rule)]
