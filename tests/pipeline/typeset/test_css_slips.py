"""CSS that is valid and does nothing on paper: told at its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Stylesheet
from hrcpub.pipeline.typeset import lay_out
from hrcpub.problems import HrcpubError, Problem
from tests.shared.css_pages import make_root, page

# CSS: what is told, at which line and column of it.
IDLE = {
    "p { margin: 0 }\n/* p { margin: 1pt }": ("comment", 2, 1),
    "p { margin: 0;\nb { margin: 1pt }": ("{", 1, 3),
    "/* { */ p { margin: 0": ("{", 1, 11),
    "@media screen { p { margin: 0 } }": ("screen", 1, 1),
    "a:hover { margin: 0 }": (":hover", 1, 2),
    "p a:focus-within { margin: 0 }": (":focus-within", 1, 4),
    "p::before { content: counter(pge) }": ("pge", 1, 30),
    "p::before { content: counters(pge, '.') }": ("pge", 1, 31),
    "a::after { content: target-counter(attr(href), pge) }": ("pge", 1, 48),
    "p { margin-left: var(--nope) }": ("--nope", 1, 22),
    "@page { @top-left { content: string(nope) } }": ("nope", 1, 37),
    "@page { @top-left { content: element(nope) } }": ("nope", 1, 38),
}
RIGHT = (
    "@media print, screen { p { margin: 0 } } @media all { p { margin: 0 } }",
    "/* { @media screen counter(x) :hover */ p::before { content: '{ /* counter(x)' }",
    "p { counter-reset: x 3 y } p::before { content: counter(x) counter(y) counter(page) }",
    "p { string-set: t content() } @page { @top-left { content: string(t, first) } }",
    "b { position: running(top) } @page { @top-right { content: element(top) } }",
    "a::after { content: target-counter(attr(href), page) target-text(attr(href)) }",
    "html { --a: 3pt; --b:4pt } p { margin: var(--a) var( --b ) var(--nope, 3pt) }",
    "p { margin-left: var(--made) }",
    "table { margin-left: var(--nope) }",  # it applies to nothing here
    "p::before { content: counter(made) }",  # by the template
    "",
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("slips"))


def told(root: Path, css: str) -> list[Problem]:
    html = page(
        '<p style="counter-increment: made; --made: 3pt">x <a href="#y">y</a> <b id="y">z</b></p>'
    )
    sheets = (*html.stylesheets, Stylesheet("own.css", css))
    try:
        pages = lay_out(replace(html, stylesheets=sheets), Project(Sources(root), ParsedCache()))
    except HrcpubError as error:
        return [problem for problem in error.problems if problem.code == "css-idle"]
    return [problem for problem in pages.problems if problem.code == "css-idle"]


@pytest.mark.parametrize(("css", "said"), IDLE.items())
def test_css_that_does_nothing_is_told_at_its_place(
    root: Path, css: str, said: tuple[str, int, int]
) -> None:
    (problem,) = told(root, css)
    assert problem.is_error
    assert problem.source is not None
    assert (problem.source.path, problem.source.line, problem.source.column) == (
        "own.css",
        *said[1:],
    )
    assert said[0] in problem.message


@pytest.mark.parametrize("css", RIGHT)
def test_css_with_an_effect_is_no_problem(root: Path, css: str) -> None:
    assert told(root, css) == []


def test_a_variable_that_nothing_sets_is_told_once(root: Path) -> None:
    html = page("<p>x</p>")
    sheets = (*html.stylesheets, Stylesheet("own.css", "p { margin-left: var(--nope) }"))
    pages = lay_out(replace(html, stylesheets=sheets), Project(Sources(root), ParsedCache()))
    assert [problem.code for problem in pages.problems] == ["css-idle"]


def test_each_document_of_a_stylesheet_is_told(root: Path) -> None:
    cache = ParsedCache()
    for text in ("x", "y", "y"):
        html = page(f"<p>{text}</p><p>z</p>")
        sheets = (*html.stylesheets, Stylesheet("own.css", "p { margin-left: var(--nope) }"))
        pages = lay_out(replace(html, stylesheets=sheets), Project(Sources(root), cache))
        assert [problem.code for problem in pages.problems] == ["css-idle"]
