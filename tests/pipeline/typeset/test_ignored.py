"""HTML that has no effect on paper: honoured, or told at its line in the template."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.typeset import lay_out, tree
from hrcpub.problems import Problem
from tests.shared.css_pages import make_root, page, problems

LIST = "<style>li {{ margin-left: 30pt }}</style><{} <li>a</li><li>b</li><li>c</li></{}>"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("ignored"))


def laid(root: Path, body: str) -> tuple[list[str], list[tuple[float, float]]]:
    """Return the texts that CSS made, and the sizes of pictures in pixels."""
    pages = lay_out(page(body), Project(Sources(root), ParsedCache()))
    assert not [str(problem.message) for problem in pages.problems]
    first = tree.pages(pages.document)[0]
    made = [text.text.strip() for text in first.texts if not text.is_written]
    return made, [(picture.box.width, picture.box.height) for picture in first.pictures]


@pytest.mark.parametrize(
    ("tag", "attributes", "numbers"),
    [
        ("ol", ">", "1. 2. 3."),
        ("ol", 'start="3">', "3. 4. 5."),
        ("ol", 'start="-1">', "-1. 0. 1."),
        ("ol", "reversed>", "3. 2. 1."),
        ("ol", 'reversed start="9">', "9. 8. 7."),
        ("ol", 'type="a">', "a. b. c."),
        ("ol", 'type="I" start="4">', "IV. V. VI."),
        ("ol", '><li value="7">x</li>', "7. 8. 9. 10."),
        ("ol", 'reversed><li value="7">x</li>', "7. 6. 5. 4."),
        ("ol", '><li type="A">x</li>', "A. 2. 3. 4."),
        ("ul", 'type="1">', "1. 2. 3."),
    ],
)
def test_lists_are_numbered_as_html_says(
    root: Path, tag: str, attributes: str, numbers: str
) -> None:
    assert laid(root, LIST.format(f"{tag} {attributes}", tag))[0] == numbers.split()


OWN = "li { list-style: none; counter-increment: n } li::before { content: counter(n) }"


@pytest.mark.parametrize(
    ("style", "listing", "attribute"),
    [
        ("ol { list-style: none }", '<ol start="3"><li>a</li></ol>', "start"),
        ("ol { list-style: none }", "<ol reversed><li>a</li><li>b</li></ol>", "reversed"),
        ("ol { list-style: none }", '<ol><li value="4">a</li></ol>', "value"),
        (OWN, '<ol start="3"><li>a</li></ol>', "start"),
        ("ol { counter-reset: list-item 6 }", '<ol start="3"><li>a</li></ol>', "start"),
        (OWN, '<ol><li>a</li><li value="4">b</li></ol>', "value"),
        (OWN, '<ol style="counter-reset: n 2" start="3"><li>a</li><li>b</li></ol>', None),
        (OWN, "<ol><li>a</li></ol>", None),
        ("ol { list-style: none }", '<ol type="A" start="3"><li>a</li></ol>', None),
        ("ol { list-style: lower-roman }", '<ol start="3"><li>a</li></ol>', None),
        ("ol { list-style: '(' }", '<ol start="1"><li>a</li></ol>', None),
    ],
)
def test_a_list_that_does_not_heed_its_numbers_is_told(
    root: Path, style: str, listing: str, attribute: str | None
) -> None:
    body = f"<style>li {{ margin-left: 30pt }} {style}</style>{listing}"
    told = of_template(root, body)
    assert [problem.message.partition("=")[0] for problem in told] == [attribute] * bool(attribute)


def test_a_lists_type_is_stronger_than_a_stylesheet(root: Path) -> None:
    made = laid(root, '<style>ol { list-style: none }</style><ol type="A"><li>a</li></ol>')[0]
    assert made == ["A."]


def test_a_list_in_a_reversed_list_counts_up(root: Path) -> None:
    body = "<ol reversed><li>a<ol><li>x</li><li>y</li></ol></li><li>b</li></ol>"
    assert laid(root, f"<style>ol {{ margin-left: 20pt }}</style>{body}")[0] == [
        "2.",
        "1.",
        "2.",
        "1.",
    ]


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="40" height="10"', (40, 10)),
        ('width="30"', (30, 30)),
        ('width="30" style="width: 20px"', (20, 20)),
        ('width="50%"', (106.67, 106.67)),
    ],
)
def test_a_picture_has_the_size_of_its_attributes(
    root: Path, attributes: str, size: tuple[float, float]
) -> None:
    drawn = laid(root, f'<p><img src="/dot.png" alt="A dot" {attributes}></p>')[1]
    assert drawn == [pytest.approx(size, abs=0.01)]


IGNORED = {
    '<p align="center">x</p>': "text-align",
    '<table><tr><td width="9">x</td></tr></table>': "width",
    '<table bgcolor="red"><tr><td>x</td></tr></table>': "background",
    '<table><tr valign="top"><td>x</td></tr></table>': "vertical-align",
    '<p>a<br clear="all">b</p>': "clear",
    '<hr size="3">': "CSS",
    '<font color="red">x</font>': "CSS",
    '<iframe srcdoc="words"></iframe>': "template",
    "<video>x</video>": "picture",
    "<canvas>x</canvas>": "picture",
    '<p><input value="x"></p>': "border",
    "<p><select><option>x</option></select></p>": "border",
    "<template>x</template>": "template",
    "<p><ruby>x<rt>y</rt></ruby></p>": "brackets",
    "<math><mn>1</mn></math>": "text",
    '<object data="/dot.png"></object>': "<img>",
    '<p><img src="/dot.png" alt="x" srcset="/dot.png 2x"></p>': "src",
    '<p><img src="/dot.png" alt="x" width="2in"></p>': "pixels",
    '<ol start="three"><li>x</li></ol>': "whole number",
    '<ol type="roman"><li>x</li></ol>': "list-style-type",
    '<p start="3">x</p>': "counter-reset",
    '<p aria-label="x">y</p>': "element",
    "<p><bdi>x</bdi></p>": "dir",
    '<p clas="x">y</p>': "spelling",
    "<sapn>x</sapn>": "spelling",
}


def of_template(root: Path, body: str, code: str = "html-ignored") -> list[Problem]:
    (root / "made").mkdir(exist_ok=True)
    (root / "made" / "layout.html").write_text(f"{{# <p align> #}}\n{body}", encoding="utf-8")
    html = replace(page(body), base="made", template="made/layout.html")
    pages = lay_out(html, Project(Sources(root), ParsedCache()))
    return [problem for problem in pages.problems if problem.code == code]


@pytest.mark.parametrize(("body", "way_out"), IGNORED.items())
def test_what_has_no_effect_is_told_at_its_line(root: Path, body: str, way_out: str) -> None:
    found = of_template(root, body)
    assert found
    assert all(problem.is_error for problem in found)
    places = {(problem.source.path, problem.source.line) for problem in found if problem.source}
    assert places == {("made/layout.html", 2)}
    assert any(way_out in (problem.hint or "") for problem in found)


def test_what_jinja_puts_together_is_told_of_its_template(root: Path) -> None:
    html = replace(page('<p align="left">x</p>'), template="made/none.html", base="made")
    (root / "made").mkdir(exist_ok=True)
    (root / "made" / "none.html").write_text("{{ paragraph }}", encoding="utf-8")
    (root / "made" / "layout.html").unlink(missing_ok=True)
    pages = lay_out(html, Project(Sources(root), ParsedCache()))
    assert [(p.code, str(p.source)) for p in pages.problems] == [("html-ignored", "made/none.html")]


@pytest.mark.parametrize(
    "body",
    [
        '<p id="a" class="b" title="c" data-x="y" lang="es" translate="no">x</p>',
        '<p><a href="#a" target="_blank" rel="noopener">x</a> <time datetime="2026">x</time></p>',
        '<table><tr><td colspan="2" rowspan="1">x</td></tr></table>',
        '<p><svg width="9" height="9" viewBox="0 0 9 9" fill="red"><title>A</title></svg>x</p>',
        "<details><summary>x</summary>y</details>",
        "<p><my-box>x</my-box></p>",
    ],
)
def test_what_has_an_effect_is_no_problem(root: Path, body: str) -> None:
    assert problems(root, page(body), ParsedCache()) == []


@pytest.mark.parametrize(
    ("picture", "is_wrong"),
    [
        ('<img src="/dot.png">', True),
        ('<img\n src="/dot.png" title="alt">', True),
        ('<img src="/dot.png" alt="A dot">', False),
        ('<img src="/dot.png" alt="">', False),
        ('<img src="/dot.png" alt>', False),
    ],
)
def test_a_picture_says_what_it_shows_or_that_it_shows_nothing(
    root: Path, picture: str, is_wrong: bool
) -> None:
    told = of_template(root, f'<p><img alt="A" src="/dot.png">{picture}</p>', "image-alt")
    assert [str(problem.source) for problem in told] == ["made/layout.html:2:32"] * is_wrong
    assert all('alt=""' in (problem.hint or "") for problem in told)
