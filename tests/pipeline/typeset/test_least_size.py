"""Words that are printed smaller than their format allows are told, whatever made them small."""

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
from hrcpub.project.layout.formats import Format
from tests.shared.css_pages import make_root, page

WORDS = "Words that are read"
PLACE = Source("materials/piece.yaml", 7, 3)
SHEET = Format("sheet", 9.5, 7.0)
FLOORS = Format("sheet", 7.0, 5.0, text=12.0, contacts=10.5, display=24.0)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("sizes"))


def told(
    root: Path, body: str, format: Format | None = SHEET, role: str = "", display: str = ""
) -> tuple[Problem, ...]:
    words = (AuthorText(WORDS, "lead", PLACE, role),)
    html = replace(page(f"<section class=side>{body}</section>", words=words), display=display)
    return lay_out(replace(html, format=format), Project(Sources(root), ParsedCache())).problems


@pytest.mark.parametrize(
    ("body", "size"),
    [
        (f"<p style='font-size: 9pt'>{WORDS}</p>", "9"),
        (f"<p style='font-size: 1pt'>{WORDS}</p>", "1"),
        (f"<p style='transform: scale(0.7)'>{WORDS}</p>", "7"),
        (f"<div style='transform: scale(0.9)'><p style='transform: scale(0.9)'>{WORDS}</p></div>",
         "8.1"),
        (f"<p style='transform: scale(0.5, 1)'>{WORDS}</p>", "5"),  # squeezed
        (f"<p data-may='small' style='font-size: 6pt'>{WORDS}</p>", "6"),
    ],
)  # fmt: skip
def test_words_under_the_least_size_are_told_with_the_size_they_would_have(
    root: Path, body: str, size: str
) -> None:
    (problem,) = told(root, body)
    assert (problem.code, problem.source) == ("text-too-small", replace(PLACE, page=1))
    assert problem.message.startswith(f'"lead" would be printed in {size} pt, from «{WORDS}»')
    assert problem.message.endswith(f"is {7 if 'small' in body else 9.5} pt")


@pytest.mark.parametrize(
    "body",
    [
        f"<p style='font-size: 9.46pt'>{WORDS}</p>",  # rounded
        f"<p data-may='small' style='font-size: 7pt'>{WORDS}</p>",
        f"<p style='font-size: 5pt; transform: scale(2)'>{WORDS}</p>",
        f"<p style='transform: rotate(30deg); margin: 40pt'>{WORDS}</p>",
        f"{WORDS}<span style='font-size: 1pt'> </span>",
    ],
)
def test_words_of_that_size_on_the_page_are_right(root: Path, body: str) -> None:
    assert told(root, body) == ()


def test_a_templates_own_words_are_told_by_what_they_say(root: Path) -> None:
    (problem,) = told(root, f"<p>{WORDS}</p><p style='font-size: 4pt'>Our own words")
    assert problem.message.startswith("«Our own words» would be printed in 4 pt")


def test_a_paper_that_is_no_piece_has_no_least_size(root: Path) -> None:
    assert told(root, f"<p style='font-size: 2pt'>{WORDS}</p>", None) == ()


@pytest.mark.parametrize(
    ("role", "size", "floor"),
    [
        ("text", "11.9", "12"),
        ("text", "12", None),
        ("text", "6.9", "small"),  # under the least of all, which is told once
        ("contacts", "10.4", "10.5"),
        ("contacts", "10.5", None),
        ("display", "23", "24"),
        ("display", "24", None),
        ("", "7", None),
        ("print", "7", None),
    ],
)
def test_what_words_are_for_has_a_floor_of_its_own(
    root: Path, role: str, size: str, floor: str | None
) -> None:
    display = "HRC Gothic" if role == "display" else "another"
    marked = "data-may=small" if role == "print" else ""
    body = f"<p {marked} style='font-size: {size}pt'>{WORDS}</p>"
    problems = told(root, body, FLOORS, "text" if role == "print" else role, display)
    code = "text-too-small" if floor == "small" else "text-small"
    assert [problem.code for problem in problems] == ([code] if floor else [])
    if code == "text-small" and problems:
        assert problems[0].source == replace(PLACE, page=1)
        assert problems[0].message.endswith(f"such words need {floor} pt here")
