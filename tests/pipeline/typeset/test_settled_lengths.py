"""The lengths that are kept with a style are those that WeasyPrint works out for each box."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import pytest

from hrcpub.pipeline.typeset import settled_lengths
from hrcpub.pipeline.typeset.engine import load
from hrcpub.pipeline.typeset.shared_styles import Shelf
from tests.shared.boxes import own
from tests.shared.project import ROOT

NAMES = ("resolve_percentages", "resolve_radii_percentages")

load(ROOT)


def modules() -> list[Any]:
    layout = importlib.import_module("weasyprint.layout")
    names = [found.name for found in pkgutil.iter_modules(layout.__path__)]
    return [importlib.import_module(f"weasyprint.layout.{name}") for name in names]


@pytest.mark.parametrize("name", NAMES)
def test_every_module_of_weasyprint_has_ours(name: str) -> None:
    having = [module for module in modules() if hasattr(module, name)]
    assert {vars(module)[name].__module__ for module in having} == {settled_lengths.__name__}
    assert len(having) > (8 if name == NAMES[0] else 1)


def theirs(name: str) -> Any:
    """Return WeasyPrint's own function, which ours has in its closure."""
    ours = getattr(importlib.import_module("weasyprint.layout.percent"), name)
    return own(ours, "resolve" if name == NAMES[0] else "resolve_radii")


CSS = """
.px { margin: 3pt 4px; padding: 1em; border: 2px solid; width: 20pt; max-height: 9pt }
.auto { margin: auto; min-width: 0 } .none { max-width: none; height: auto; min-height: auto }
.border { box-sizing: border-box; padding: 4pt; width: 30pt; height: 3pt; max-width: 10pt }
.padding { box-sizing: padding-box; padding: 4pt; min-width: 30pt; border: 1pt solid }
.share { width: 50%; margin: 3pt } .up { margin-top: 10% } .down { max-height: 50% }
.calc { padding-left: calc(10% + 2pt) } .sum { padding-left: calc(10px + 2pt) }
.collapse { border-collapse: collapse; border: 3pt solid }
.round { border-radius: 3pt } .oval { border-top-left-radius: 10% 0 } .corner { border-radius: 0 }
"""
CLASSES = [rule.split(" {")[0] for rule in CSS.replace("} .", "}\n.").split("\n.")[1:]]


class Box:
    """A box that has been laid out but for its lengths."""

    remove_decoration_sides = frozenset({"top"})

    def __init__(self, style: Any) -> None:
        self.style = style

    def border_width(self) -> float:
        return 200.0

    border_height = border_width


def resolved(resolve: Any, style: Any, *around: Any) -> dict[str, Any]:
    box = Box(style)
    resolve(box, *around)
    return vars(box)


@pytest.fixture(scope="module")
def styles() -> dict[str, Any]:
    """Return the styles of a body with an element of each class, and of what is bare in it."""
    from weasyprint import CSS as Sheet
    from weasyprint import HTML
    from weasyprint.css import get_all_computed_styles
    from weasyprint.css.targets import TargetCollector
    from weasyprint.text.fonts import FontConfiguration

    html = HTML(string="".join(f"<div class={name}>a</div>" for name in CLASSES))
    with Shelf().lent([]):
        found = get_all_computed_styles(
            html,
            [Sheet(string=CSS)],
            font_config=FontConfiguration(),
            target_collector=TargetCollector(),
        )
    those = {element.get("class"): found(element) for element in html.etree_element.iter("div")}
    return those | {f"in {name}": style.anonymous_style for name, style in those.items()}


@pytest.mark.parametrize("around", [(300.0, 200.0), (150.0, "auto"), (80.0, 7.0)])
def test_lengths_are_those_of_weasyprint(styles: dict[str, Any], around: Any) -> None:
    assert len(styles) == 2 * len(CLASSES) > 20
    for style in styles.values():
        for _ in range(2):
            ours = vars(importlib.import_module("weasyprint.layout.percent"))[NAMES[0]]
            assert resolved(ours, style, around) == resolved(theirs(NAMES[0]), style, around)
            ours = vars(importlib.import_module("weasyprint.layout.percent"))[NAMES[1]]
            assert resolved(ours, style) == resolved(theirs(NAMES[1]), style)


def test_lengths_are_kept_where_they_are_no_shares(styles: dict[str, Any]) -> None:
    resolve = vars(importlib.import_module("weasyprint.layout.percent"))[NAMES[0]]
    for style in styles.values():
        resolve(Box(style), (10, 10))
    kept = {name for name in styles if styles[name].hrcpub_lengths}
    assert set(CLASSES) - kept == {"share", "up", "down", "calc", "collapse"}
    assert styles.keys() - set(CLASSES) - kept == {"in collapse"}


def test_a_placeholder_hands_them_on(styles: dict[str, Any]) -> None:
    from weasyprint.layout.absolute import AbsolutePlaceholder
    from weasyprint.layout.background import resolve_radii_percentages
    from weasyprint.layout.block import resolve_percentages

    box = Box(styles["px"])
    resolve_percentages(AbsolutePlaceholder(box), (10, 10))
    resolve_radii_percentages(AbsolutePlaceholder(box))
    assert (vars(box)["margin_top"], vars(box)["border_top_left_radius"]) == (4, (0, 0))


def test_a_copy_that_weasyprint_changes_is_asked_anew(styles: dict[str, Any]) -> None:
    from weasyprint.css.properties import Dimension

    resolve = vars(importlib.import_module("weasyprint.layout.percent"))[NAMES[0]]
    for style in (styles["px"], styles["in px"]):
        assert resolved(resolve, style, (10, 10))["width"] != 77
        copy = style.copy()
        resolve(Box(copy), (10, 10))
        copy["width"] = Dimension(77, "px")
        assert resolved(resolve, copy, (10, 10))["width"] == 77
