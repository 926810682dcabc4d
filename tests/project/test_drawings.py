"""Words in drawings, and what of a drawing would not be drawn: told at its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.typeset import lay_out
from hrcpub.problems import Problem
from tests.shared.css_pages import make_root, page, problems

BOX = '<rect width="9" height="9"/>'
WORDED = {
    "<text>Open</text>": "Open",
    '<text font-family="HRC Gothic" y="9"><tspan>Open</tspan> on <a>Monday</a></text>': "Open on",
    '<text><textPath href="#p">Open</textPath></text>': "Open",
    '<text y="999">Open</text>': "Open",
    "<defs><text>Open</text></defs>": "Open",
    "<switch><text>Open</text></switch>": "Open",
    "<g><g><text> Open </text></g></g>": "Open",
    "<flowRoot><flowPara>Open</flowPara></flowRoot>": "Open",
    '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">Open</div></foreignObject>': "Open",
    '<a href="#x">Open</a>': "Open",
}
MISDRAWN = {
    f"<switch><g>{BOX}</g><g>{BOX}</g></switch>": "switch",
    '<use href="other.svg#a"/>': "use",
    '<foreignObject><hr xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>': "foreignObject",
}
RIGHT = (
    "<title>Open</title><desc>words</desc><style>rect { fill: red }</style>",
    "<metadata><who>Somebody</who></metadata>",
    "<text> </text>",
    f'<g id="a">{BOX}</g><use href="#a"/>',
    f'<switch><foreignObject requiredExtensions="x"><p></p></foreignObject><g>{BOX}</g></switch>',
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("drawings"))


def svg(inner: str, lines: str = "") -> str:
    size = 'viewBox="0 0 9 9" width="9" height="9"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{lines}{inner}{BOX}</svg>'


def of_file(
    root: Path, data: bytes, body: str = '<p><img src="/a.svg" alt="a"></p>'
) -> list[Problem]:
    (root / "a.svg").write_bytes(data)
    return problems(root, page(body), ParsedCache())


def of_template(root: Path, inner: str) -> list[Problem]:
    (root / "made").mkdir(exist_ok=True)
    body = f"<p>x</p>\n{svg(inner)}"
    (root / "made" / "layout.html").write_text(body, encoding="utf-8")
    html = replace(page(body), base="made", template="made/layout.html")
    return [*lay_out(html, Project(Sources(root), ParsedCache())).problems]


@pytest.mark.parametrize(("inner", "words"), WORDED.items())
def test_words_in_a_file_are_told_at_their_line(root: Path, inner: str, words: str) -> None:
    (problem,) = of_file(root, svg(inner, lines="\n\n").encode())
    assert (problem.code, problem.is_error) == ("svg-words", True)
    assert problem.source is not None
    assert (problem.source.path, problem.source.line) == ("a.svg", 3)
    assert words in problem.message


@pytest.mark.parametrize(("inner", "words"), WORDED.items())
def test_words_in_a_templates_drawing_are_told(root: Path, inner: str, words: str) -> None:
    told = [problem for problem in of_template(root, inner) if problem.code == "svg-words"]
    assert [str(problem.source)[:18] for problem in told] == ["made/layout.html:2"]
    assert words in told[0].message


@pytest.mark.parametrize(("inner", "name"), MISDRAWN.items())
def test_what_would_be_drawn_wrong_is_told(root: Path, inner: str, name: str) -> None:
    for told in (of_file(root, svg(inner).encode()), of_template(root, inner)):
        assert [problem.code for problem in told] == ["svg-ignored"]
        assert name in told[0].message


@pytest.mark.parametrize("inner", RIGHT)
def test_a_drawing_without_words_is_right(root: Path, inner: str) -> None:
    assert of_file(root, svg(inner).encode()) == []
    assert of_template(root, inner) == []


def test_each_of_several_words_has_its_place(root: Path) -> None:
    inner = "<text>One</text>\n<text>Two</text>"
    for told in (of_file(root, svg(inner).encode()), of_template(root, inner)):
        lines = [problem.source.line for problem in told if problem.source and problem.source.line]
        assert [problem.message[-5:] for problem in told] == ["«One»", "«Two»"]
        assert lines[1] == lines[0] + 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_the_encoding_hides_no_words(root: Path, encoding: str) -> None:
    data = svg("<text>Öffnet</text>").encode(encoding)
    assert [problem.code for problem in of_file(root, data)] == ["svg-words"]


def test_an_entity_hides_no_words(root: Path) -> None:
    data = '<!DOCTYPE svg [<!ENTITY w "Open">]>' + svg("<text>&w;</text>")
    assert [problem.code for problem in of_file(root, data.encode())] == ["svg-words"]


@pytest.mark.parametrize(
    "body",
    [
        '<div style="background: url(/a.svg); height: 20pt"></div>',
        '<ul><li style="list-style: url(/a.svg) inside">x</li></ul>',
        '<p style="border: 9pt solid; border-image: url(/a.svg) 3">x</p>',
    ],
)
def test_words_are_found_wherever_css_draws_them(root: Path, body: str) -> None:
    told = of_file(root, svg("<text>Open</text>").encode(), body)
    assert [problem.code for problem in told] == ["svg-words"]


def test_a_broken_drawing_is_told_at_its_line(root: Path) -> None:
    told = of_file(root, b"<svg>\n<g></svg>")
    assert [(p.code, str(p.source)) for p in told] == [("svg-broken", "a.svg:2:6")]
