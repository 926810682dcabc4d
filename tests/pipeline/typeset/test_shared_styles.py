"""Styles that are shared between documents are those that WeasyPrint would work out for each."""

from __future__ import annotations

import contextlib
import logging
import random
from pathlib import Path
from typing import Any

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Html, Stylesheet
from hrcpub.pipeline.typeset import cascades, lay_out, shared_styles, tree
from hrcpub.pipeline.typeset.engine import load
from hrcpub.pipeline.typeset.shared_styles import Shelf
from hrcpub.units import Size
from tests.shared.project import ROOT

CSS = """
    @layer quiet { p { color: grey; text-indent: 1em } }
    :root { --wide: 20pt; font: 10pt/1.2 sans-serif }
    p { color: black; margin: 0 calc(2 * var(--wide)) }
    p + p { border-top: 1pt solid; padding: 1ex }
    p:first-child::first-letter { font-size: 2em }
    .note::before { content: "Note" attr(id); color: red }
    li::marker { color: blue }
    table { border-collapse: collapse; padding: 3pt }
    [lang=es] { font-style: italic }
    em { text-decoration: underline } strong { all: initial }
"""
BODY = """
    <p id=a>One <em>two <strong>three</strong></em></p><p class=note>Four</p><p class=note>Five</p>
    <ul><li>six<li style="--wide: 3pt; color: green">seven <span lang=es>ocho</span></ul>
    <table><tr><td>nine</table><a name=b style="width: 3em">ten</a>
    <svg width="10" height="5" viewBox="0 0 10 5"><path d="M0 0"/></svg>
"""


def styles_of(body: str, sheet: Any) -> dict[tuple[int, str | None], dict[str, Any]]:
    """Return all values of the styles of a body, by the number of the element and its part."""
    from weasyprint.css import get_all_computed_styles
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.css.targets import TargetCollector

    html = load(ROOT).HTML(string=body, base_url=str(ROOT))
    found = get_all_computed_styles(
        html, [sheet], font_config=FONTS[0], target_collector=TargetCollector()
    )
    parts = (None, "before", "after", "marker", "first-letter", "first-line", "footnote-call")
    styles = {
        (number, part): found(element, part)
        for number, element in enumerate(html.etree_element.iter())
        for part in parts
    }
    return {
        key: {name: repr(style[name]) for name in INITIAL_VALUES}
        for key, style in styles.items()
        if style is not None
    }


FONTS: list[Any] = []
SELECTORS = (".a", ".b", ".c", "div", ".a .b", ".b::before", "div > .c", ".a::first-line", "#x")


@pytest.fixture(scope="module")
def sheet() -> Any:
    weasyprint = load(ROOT)
    from weasyprint.text.fonts import FontConfiguration

    FONTS[:] = [FontConfiguration()]
    return weasyprint.CSS(string=CSS, font_config=FONTS[0])


def test_styles_from_a_shelf_are_those_of_weasyprint(sheet: Any) -> None:
    fresh, shelf = styles_of(BODY, sheet), Shelf()
    assert len(fresh) > 25
    assert {part for _, part in fresh} >= {None, "before", "first-letter", "marker"}
    for _ in range(3):
        with shelf.lent([]):
            assert styles_of(BODY, sheet) == fresh
        assert shelf.kept


DECLARED = (
    *("color: red", "color: blue !important", "margin: 2pt", "margin-left: 1em", "width: 5pt"),
    *("margin-inline-start: 3pt", "--wide: 4pt", "padding: var(--wide)", "font: 8pt/2 serif"),
    *("font-size: 2em", "all: initial !important", "line-height: 1", "direction: rtl"),
)


@pytest.mark.slow(but=["8", "11"])
@pytest.mark.usefixtures("sheet")
@pytest.mark.parametrize("seed", range(12))
def test_what_elements_declare_wins_as_weasyprint_says(seed: int) -> None:
    chance = random.Random(seed)

    def some() -> str:
        return "; ".join(chance.sample(DECLARED, chance.randint(0, 4)))

    def body(depth: int) -> str:
        name, inner = chance.choice("abc"), body(depth - 1) if depth else "word"
        own = some() if chance.random() < 0.6 else ""
        style = f' style="{own}"' if own else ""
        return f"<div class={name}{style}>{inner}</div>" * chance.randint(1, 2)

    rules = (f"{chance.choice(SELECTORS)} {{ {some()} }}" for _ in range(12))
    sheet = load(ROOT).CSS(string="\n".join(rules), font_config=FONTS[0])
    shelf = Shelf()
    for _ in range(4):
        page = body(4)
        alone = styles_of(page, sheet)
        with shelf.lent([]):
            assert styles_of(page, sheet) == alone
    assert shelf.kept


def test_the_next_document_takes_what_it_finds(sheet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf, made = Shelf(), []
    with_attributes = cascades.with_attributes
    monkeypatch.setattr(
        shared_styles,
        "with_attributes",
        lambda *of: made.append(of[1].tag) or with_attributes(*of),
    )
    with shelf.lent([]):
        styles_of(BODY, sheet)
    assert len(made) > 10
    made.clear()
    with shelf.lent([]):
        styles_of(BODY + "<p style='color: pink'>", sheet)
    assert made == ["p"]


def test_other_stylesheets_find_an_empty_shelf(sheet: Any) -> None:
    shelf = Shelf()
    with shelf.lent([]):
        styles_of(BODY, sheet)
    other = load(ROOT).CSS(string="p { color: tan }", font_config=FONTS[0])
    alone = styles_of(BODY, other)
    with shelf.lent([]):
        assert styles_of(BODY, other) == alone


def test_a_shelf_is_emptied_by_a_warning_by_a_failure_and_when_it_is_full(
    sheet: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, records = Shelf(), list[logging.LogRecord]()
    with shelf.lent(records):
        styles_of(BODY, sheet)
        records.append(logging.makeLogRecord({}))
    assert not shelf.kept
    with contextlib.suppress(KeyError), shelf.lent(records):
        styles_of(BODY, sheet)
        raise KeyError
    assert not shelf.kept
    monkeypatch.setattr(shared_styles, "_MOST", 5)
    with shelf.lent(records):
        styles_of(BODY, sheet)
    assert not shelf.kept


def html(body: str, css: str) -> Html:
    return Html(
        text=f"<!doctype html><html lang=en><title>Page</title><body>{body}",
        stylesheets=(Stylesheet("layout.css", css),),
        base=".",
        words=(),
        families=frozenset(),
        sides=1,
        trim=Size(200, 200),
        bleed=0,
        safe=9,
    )


PAGE = "@page { size: 200pt 200pt; margin: 20pt } @page wide { size: 400pt 200pt }\n"


def laid(project: Project, body: str, css: str) -> tuple[list[tuple[str, float]], list[str]]:
    """Return the texts of a page with their left edges, and what is wrong with it."""
    pages = lay_out(html(body, PAGE + css), project)
    texts = [(text.text, text.left) for text in tree.pages(pages.document)[0].texts]
    return texts, [problem.message for problem in pages.problems]


@pytest.mark.parametrize(
    ("css", "bodies"),
    [
        # What is wrong with a declaration is logged when it is read, and when it is worked out.
        ("", ["<p style='colour: red'>a</p>"] * 2),
        ("p { color: var(--none) }", ["<p>a</p>"] * 2),
        # Lengths that are shares of the first page.
        ("p { margin-left: 10vw } .wide { page: wide }", ["<p>a", "<p class=wide>a", "<p>a"]),
        # WeasyPrint gives these to the page, and writes over them.
        ("html { overflow: hidden } p { margin-left: 90vw }", ["<p>abc"] * 2),
        ("body { overflow: hidden }", ["<p>a", "<p>b"]),
        ("html { display: none }", ["<p>a"] * 2),
        # It gives notes and markers a style of their own.
        (".n { float: footnote } ", ["<p>a<span class=n>b</span>"] * 2),
        ("li { list-style-position: inside }", ["<ul><li>a<li>b</ul>", "<ul><li>c</ul>"]),
        ("p::first-letter { font-size: 2em; position: relative }", ["<p>ab", "<p>cd"]),
        ("p::first-line { letter-spacing: 2pt }", ["<p>ab", "<p>cd"]),
    ],
)
def test_a_document_is_laid_out_as_the_first_of_its_stylesheets(
    css: str, bodies: list[str], tmp_path: Path
) -> None:
    project = Project(Sources(tmp_path))
    for body in bodies:
        assert laid(project, body, css) == laid(Project(Sources(tmp_path)), body, css)


def test_lengths_of_the_first_page_are_worked_out_for_each_document(tmp_path: Path) -> None:
    css = "p { margin-left: 10vw } .wide { page: wide }"
    project = Project(Sources(tmp_path))
    lefts = [laid(project, body, css)[0][0][1] for body in ("<p>a", "<p class=wide>a", "<p>a")]
    assert lefts[0] == lefts[2] != lefts[1]
