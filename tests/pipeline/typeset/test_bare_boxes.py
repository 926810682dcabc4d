"""Margins and backgrounds in which nothing is are passed over, and all others are drawn."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from hrcpub.pipeline.typeset import bare_boxes
from hrcpub.pipeline.typeset.engine import load
from hrcpub.pipeline.typeset.shared_styles import Shelf
from tests.shared.boxes import boxes_of, own, told
from tests.shared.project import ROOT

load(ROOT)

DOT = "url(data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==)"  # noqa: E501
PAGE = "@page { size: 200pt 100pt; margin: 20pt } div { height: 9pt }"
BOXES = {
    "a page number": "@page { @bottom-center { content: counter(page) '/' counter(pages) } }",
    "a corner": "@page { @top-left-corner { content: 'x' } }",
    "the other pages": "@page :first { @top-right { content: 'first' } } "
    "@page :nth(2) { @left-middle { content: 'second'; background: red } }",
    "an empty text": "@page { @top-right { content: ''; background: red; width: 9pt } }",
    "no text": "@page { @top-right { content: none; background: red } }",
    "a colour": "div { background: tan }",
    "a clear colour": "div { background: rgb(0 0 0 / 0) }",
    "the colour of words": "div { color: blue; background: currentcolor }",
    "a gradient": "div { background: linear-gradient(red, blue) }",
    "a picture": f"div {{ background-image: {DOT} }}",
    "a picture for a border": f"div {{ border: 3pt solid; border-image: {DOT} 1 }}",
    "a mask": f"div {{ mask-border-source: {DOT} }}",
    "a shadow": "div { box-shadow: 2pt 2pt black }",
    "hidden": "div { visibility: hidden; background: tan }",
    "round": "div { border-radius: 3pt } p { border-radius: 10% / 20%; background: tan }",
    "the body": "body { background: tan }",
    "the page": "@page { background: tan }",
    "cells": "table, tr { background: tan } td { background: red }",
}
BODY = "<div>One</div><p>Two<table><tr><td>three<td>four</table><p style='break-before: page'>Five"


def laid(rule: str, shelf: Shelf | None = None) -> Any:
    weasyprint = load(ROOT)
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    sheet = weasyprint.CSS(string=PAGE + rule, font_config=fonts)
    page = weasyprint.HTML(string=f"<html lang=en><title>Page</title>{BODY}", base_url=str(ROOT))
    with (shelf or Shelf()).lent([]):
        return page.render(stylesheets=[sheet], font_config=fonts)


def put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, within in (("make_margin_boxes", "make"), ("layout_box_backgrounds", "lay_out")):
        for having in HAVING[name]:
            module = importlib.import_module(f"weasyprint.layout{having}")
            monkeypatch.setattr(module, name, own(getattr(module, name), within))


HAVING = {"make_margin_boxes": ("", ".page"), "layout_box_backgrounds": (".background",)}


def test_every_module_of_weasyprint_has_ours() -> None:
    for name, modules in HAVING.items():
        for having in modules:
            function = getattr(importlib.import_module(f"weasyprint.layout{having}"), name)
            assert function.__module__ == bare_boxes.__name__


def backgrounds(document: Any) -> list[str]:
    found = [vars(box).get("background") for box in boxes_of(document) if "style" in vars(box)]
    return [
        repr(one and (one.color, len(one.layers), one.layers[0].painting_area)) for one in found
    ]


@pytest.mark.slow(but=["cells", "a picture", "the page"])
@pytest.mark.parametrize("name", BOXES)
def test_pages_are_those_of_weasyprint(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = laid(BOXES[name])
    put_back(monkeypatch)
    theirs = laid(BOXES[name])
    assert told(ours) == told(theirs)
    assert backgrounds(ours) == backgrounds(theirs)
    assert ours.write_pdf() == theirs.write_pdf()


@pytest.mark.parametrize("rule", ["", BOXES["a page number"], BOXES["a colour"]])
def test_nothing_is_made_of_what_is_bare(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    colours = importlib.import_module("weasyprint.draw.color")
    get_color, asked = colours.get_color, list[str]()
    monkeypatch.setattr(
        colours, "get_color", lambda style, name: asked.append(name) or get_color(style, name)
    )
    margin = importlib.import_module("weasyprint.formatting_structure.boxes").MarginBox
    begin, margins = margin.__init__, list[str]()
    monkeypatch.setattr(
        margin, "__init__", lambda box, *of: margins.append(of[0]) or begin(box, *of)
    )
    document = laid(rule)
    assert asked.count("background_color") < len(boxes_of(document))  # once for each style
    assert bool(margins) == ("counter" in rule)
