"""Values that are found at once are those that WeasyPrint finds."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable
from typing import Any

import pytest

from hrcpub.pipeline.typeset.engine import load
from hrcpub.pipeline.typeset.shared_styles import Shelf
from tests.shared.boxes import own, told
from tests.shared.project import ROOT

CSS = """
    :root { --wide: 3pt; font-size: 12pt } body { margin: 0; direction: rtl }
    .logical { margin-inline-start: 3pt; padding-block: 1em; border-inline-end: 1pt solid red }
    .variable { padding-left: var(--wide); width: calc(2 * var(--wide)); color: var(--nothing) }
    .said { margin: inherit; padding: initial; color: inherit; font-size: 2em; line-height: 1.5 }
    .under { text-decoration: underline; border: 2pt dotted; border-radius: 50% }
    .apart { position: absolute; top: 1pt } .floated { float: left } .hidden { display: none }
    .run { position: running(head) } .note { float: footnote } .named { page: other }
    .before::before { content: "a"; position: relative } .grid { display: inline-grid }
"""
CLASSES = [
    part.split()[0] for part in CSS.replace("::before", "").split(".")[1:] if part[0].isalpha()
]


@pytest.fixture(scope="module")
def css() -> Any:
    load(ROOT)
    return importlib.import_module("weasyprint.css")


@pytest.fixture
def stock(css: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what gives WeasyPrint's styles their own methods back."""
    names = {"__init__": "begin", "__missing__": "look_up"}
    theirs = [
        (kind, method, own(getattr(kind, method), name))
        for kind in (css.ComputedStyle, css.AnonymousStyle)
        for method, name in names.items()
    ]

    def give_back() -> None:
        for kind, method, stock in theirs:
            monkeypatch.setattr(kind, method, stock)

    return give_back


def found(css: Any, seed: int) -> list[dict[str, Any]]:
    """Return all values of elements of each class, in which one of each class is.

    They are asked for in some order, which may be another for each element.
    """
    from weasyprint import CSS as Sheet
    from weasyprint import HTML
    from weasyprint.css.targets import TargetCollector
    from weasyprint.text.fonts import FontConfiguration

    inner = "".join(f"<p class={name}>a<b>b</b></p>" for name in CLASSES)
    html = HTML(string="".join(f"<div class={name}>{inner}</div>" for name in CLASSES))
    with Shelf().lent([]):
        style_for = css.get_all_computed_styles(
            html,
            [Sheet(string=CSS)],
            font_config=FontConfiguration(),
            target_collector=TargetCollector(),
        )
    known = importlib.import_module("weasyprint.css.properties").INITIAL_VALUES
    names = [name for name in known if not name.startswith(("border_block", "border_inline"))]
    elements = [one for one in html.etree_element.iter() if one.tag not in ("head", "meta")]
    styles = [style_for(element) for element in elements]
    styles += [style.anonymous_style for style in styles]
    chance = random.Random(seed)
    for style in styles:
        for name in chance.sample(names, chance.randint(0, len(names))):
            style[name]
    return [{name: repr(style[name]) for name in names} for style in styles]


@pytest.mark.slow(but=["0"])
@pytest.mark.parametrize("seed", range(4))
def test_values_are_those_of_weasyprint(css: Any, stock: Callable[[], None], seed: int) -> None:
    ours = found(css, seed)
    stock()
    assert len(ours) > 2 * len(CLASSES) ** 2 > 200
    assert ours == found(css, seed)


def test_first_lines_and_letters_take_over_what_is_declared(stock: Callable[[], None]) -> None:
    text = """<style>p { margin: 9pt; background: lime; border: 1pt solid; text-indent: 3pt }
        p::first-line { color: red } p::first-letter { font-size: 2em; padding: 1pt }</style>
        <p>Some <b>words</b> of a paragraph<p style="width: 40pt">and of another one"""
    ours = told(load(ROOT).HTML(string=text).render())
    stock()
    assert told(load(ROOT).HTML(string=text).render()) == ours


def test_a_new_style_has_what_others_were_asked_for(css: Any) -> None:
    parent = css.InitialStyle(None)
    made = [css.ComputedStyle(parent, {}, None, parent, None, None, {})]
    made[0]["z_index"], made[0]["color"]
    made += [css.ComputedStyle(parent, {}, part, parent, None, None, {}) for part in (None, "a")]
    declared = {"z_index": (3, (0, 0, 0))}
    made.append(css.ComputedStyle(parent, declared, None, parent, None, None, {}))
    assert ["z_index" in style for style in made] == [True, True, False, False]
    assert "color" not in made[1]


def test_boxes_are_in_flow_where_weasyprint_says_so(css: Any) -> None:
    from weasyprint import CSS as Sheet
    from weasyprint import HTML

    boxes = importlib.import_module("weasyprint.formatting_structure.boxes")
    ours = boxes.Box.is_in_normal_flow
    theirs = own(ours, "ask")
    html = HTML(string="".join(f"<p class={name}>a<b>b</b></p>" for name in CLASSES))
    with Shelf().lent([]):
        document = html.render(stylesheets=[Sheet(string=CSS)])
    laid = [box for page in document.pages for box in page._page_box.descendants()]
    assert {ours(box) for box in laid} == {True, False}
    for box in laid:
        assert ours(box) == ours(box) == theirs(box)
