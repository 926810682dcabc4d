"""Values of styles that nobody has declared, and where a box is, found without detours.

WeasyPrint 70 looks for what may be said of each property of each element (a variable, arithmetic, a
logical property) before it takes the parent's value or the initial one, though most are declared
nowhere. A new style begins with the initial values that others were asked for. And WeasyPrint asks
five questions of a box, over and over, to know whether it is in normal flow.

Private names of WeasyPrint are used here; `test_plain_values.py` fails when one of them changes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from hrcpub.pipeline.typeset.cascades import Cascade
from hrcpub.pipeline.typeset.shared_styles import is_shared

if TYPE_CHECKING:
    from weasyprint.css import AnonymousStyle, ComputedStyle, Style

# What depends on more than the parent, whatever is declared.
_ENTANGLED = ("text_decoration_", "page", "position", "float", "display", "__")


class _FlowBox(Protocol):
    """What is used of a box."""

    style: Style


def find_plain_values() -> None:
    """Let WeasyPrint take plain values at once. Once for the process."""
    from weasyprint.css import ComputedStyle

    look_up, inherited, initial, physical = ComputedStyle.__missing__, *_plain()
    is_physical = _asked_once(_logical(physical))
    asked: dict[str, Any] = {}  # initial values, by the names that some style was asked for
    begin = ComputedStyle.__init__

    def found(style: ComputedStyle, name: str) -> object:
        if name not in style.cascaded:
            if name in inherited and style.parent_style is not None:
                value = style[name] = style.parent_style[name]
                return value
            if name in initial and (name not in physical or is_physical(style)):
                value = style[name] = asked[name] = initial[name]
                return value
        return look_up(style, name)

    def begin_filled(
        style: ComputedStyle,
        parent: Style | None,
        cascaded: Cascade,
        pseudo: str | None,
        *rest: object,
    ) -> None:
        begin(style, parent, cascaded, pseudo, *rest)
        # Of first lines and letters WeasyPrint takes over whatever is there.
        if pseudo is None and is_physical(style):
            style.update(asked)
            for name in cascaded.keys() & asked.keys():
                del style[name]

    ComputedStyle.__init__, ComputedStyle.__missing__ = begin_filled, found
    _find_values_of_anonymous()
    _ask_flow_once()


def _find_values_of_anonymous() -> None:
    """Let the styles of boxes without an element begin with initial values, too."""
    from weasyprint.css import AnonymousStyle, properties

    begin, look_up = AnonymousStyle.__init__, AnonymousStyle.__missing__
    inherited = properties.INHERITED
    initial = {
        name: value
        for name, value in properties.INITIAL_VALUES.items()
        if name not in inherited | properties.INITIAL_NOT_COMPUTED
        and name != "page"
        and not name.startswith(("text_decoration_", "__"))
    }
    asked: dict[str, Any] = {}

    def begin_filled(style: AnonymousStyle, parent: Style) -> None:
        begin(style, parent)
        style.update(asked)

    def found(style: AnonymousStyle, name: str) -> object:
        if name in inherited:
            value = style[name] = style.parent_style[name]
        elif name in initial:
            value = style[name] = asked[name] = initial[name]
        else:
            value = look_up(style, name)
        return value

    AnonymousStyle.__init__, AnonymousStyle.__missing__ = begin_filled, found


def _plain() -> tuple[frozenset[str], dict[str, Any], frozenset[str]]:
    """Return the properties that are inherited, the initial values of others, and the physical."""
    from weasyprint.css import computed_values, functions, properties

    values, physical = properties.INITIAL_VALUES, frozenset(computed_values.PHYSICAL_FUNCTIONS)
    plain = [name for name in values if not name.startswith(_ENTANGLED)]
    inherited = frozenset(plain) & properties.INHERITED - physical
    initial = {
        name: values[name]
        for name in plain
        if name not in properties.INHERITED | properties.INITIAL_NOT_COMPUTED
        and not functions.check_math(values[name])
    }
    return inherited, initial, physical


def _logical(physical: frozenset[str]) -> frozenset[str]:
    """Return the logical properties that may stand for physical ones."""
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS

    ways = ("ltr", "rtl")
    return frozenset(
        PHYSICAL_FUNCTIONS[name](block="ttb", inline=w) for name in physical for w in ways
    )


def _asked_once(logical: frozenset[str]) -> Callable[[ComputedStyle], bool]:
    """Return a function that says whether a style declares nothing logical, which it remembers."""
    from weasyprint.css import ComputedStyle

    ComputedStyle.hrcpub_is_physical = None  # not asked yet

    def is_physical(style: ComputedStyle) -> bool:
        known: bool | None = style.hrcpub_is_physical
        if known is None:
            known = style.hrcpub_is_physical = logical.isdisjoint(style.cascaded)
        return known

    return is_physical


def _ask_flow_once() -> None:
    """Let a style that documents share remember whether its boxes are in normal flow."""
    from weasyprint.css import Style
    from weasyprint.formatting_structure.boxes import Box

    Style.hrcpub_is_in_flow = None
    ask = Box.is_in_normal_flow

    def is_in_normal_flow(box: _FlowBox) -> bool:
        style = box.style
        known: bool | None = style.hrcpub_is_in_flow
        if known is None:
            known = bool(ask(box))
            if is_shared(style):
                style.hrcpub_is_in_flow = known
        return known

    Box.is_in_normal_flow = is_in_normal_flow
