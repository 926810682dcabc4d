"""Letters of two lines that touch are told, with the letters; boxes that overlap are not."""

from __future__ import annotations

from dataclasses import replace
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


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("touching"))


def told(root: Path, lines: list[str], leading: str, more: str = "") -> list[Problem]:
    style = f"font-size: 30pt; line-height: {leading}; margin-top: 20pt; {more}"
    body = f"<section class=side><p style='{style}'>{'<br>'.join(lines)}</p></section>"
    html = page(body, words=tuple(AuthorText(line, "words.title", PLACE) for line in lines))
    return list(lay_out(html, Project(Sources(root), ParsedCache())).problems)


@pytest.mark.parametrize(
    ("lines", "leading", "letters"),
    [
        (["Bring", "HHHHH"], "25pt", "«H» of «HHHHH» meets «g» of «Bring»"),  # a tail
        (["HHHHH", "ÉÉÉÉ"], "25pt", "«É» of «ÉÉÉÉ» meets «H» of «HHHHH»"),  # an accent
        (["ygyg", "ÅÅÅÅ"], "31pt", "«Å» of «ÅÅÅÅ» meets «y» of «ygyg»"),  # both
        (["Bring", "HHHHH"], "28pt", "«H» of «HHHHH» meets «g» of «Bring»"),  # by a hair
    ],
)
def test_letters_that_touch_are_named_with_their_slot(
    root: Path, lines: list[str], leading: str, letters: str
) -> None:
    (problem,) = told(root, lines, leading)
    assert (problem.code, problem.source) == ("text-touching", replace(PLACE, page=1))
    assert problem.message == f'"words.title" touches the line above: {letters}'


@pytest.mark.parametrize(
    ("lines", "leading"),
    [
        (["Bring", "HHHHH"], "29pt"),
        (["ygyg", "ÅÅÅÅ"], "40pt"),
        (["HHHHHHg", "HHHHHH."], "25pt"),  # what is under the tail is low
    ],
)
def test_letters_that_do_not_touch_may_stand_as_near_as_the_designer_likes(
    root: Path, lines: list[str], leading: str
) -> None:
    assert told(root, lines, leading) == []


def test_letters_that_are_meant_to_touch_may(root: Path) -> None:
    body = "<section class=side data-may=overlap><p style='font: 30pt/25pt HRC Gothic;"
    body += "margin-top: 20pt'>Bring<br>HHHHH</p></section>"
    assert lay_out(page(body), Project(Sources(root), ParsedCache())).problems == ()


def test_turned_lines_are_judged_as_they_stand_on_the_page(root: Path) -> None:
    (problem,) = told(root, ["Bring", "HHHHH"], "25pt", "transform: rotate(20deg); margin: 40pt")
    assert problem.code == "text-touching"
    assert told(root, ["Bring", "HHHHH"], "32pt", "transform: rotate(20deg); margin: 40pt") == []
