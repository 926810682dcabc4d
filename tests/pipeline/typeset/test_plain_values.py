"""Values that are found at once are those that WeasyPrint finds."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from hrcpub.pipeline.typeset.engine import load
from hrcpub.pipeline.typeset.shared_styles import Shelf
from tests.shared.boxes import own
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


def found(css: Any) -> list[dict[str, Any]]:
    """Return all values of elements of each class, in which one of each class is."""
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
    return [{name: repr(style[name]) for name in names} for style in styles]


def test_values_are_those_of_weasyprint(css: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = found(css)
    look_up = own(css.ComputedStyle.__missing__, "look_up")
    monkeypatch.setattr(css.ComputedStyle, "__missing__", look_up)
    assert len(ours) > 2 * len(CLASSES) ** 2 > 200
    assert ours == found(css)


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
