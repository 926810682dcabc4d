"""What rules and an element itself declare, to what wins: cascades, as WeasyPrint has them.

Private names of WeasyPrint are used here; `test_shared_styles.py` fails when one of them changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import TYPE_CHECKING, Any

from hrcpub.pipeline.typeset.matched_rules import Rules

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SVG = "{http://www.w3.org/2000/svg}svg"
# The attributes that WeasyPrint takes declarations from (`find_style_attributes`), by elements.
_DECLARING = ("style", "lang", "id")
_DECLARING_OF = {"a": (*_DECLARING, "name"), _SVG: (*_DECLARING, "width", "height")}

Cascade = dict[str, tuple[Any, Any]]  # properties to values and weights


def declaring(element: Element) -> tuple[str | None, ...] | None:
    """Return the attributes by which an element declares something itself; None: it does not."""
    if not (given := element.attrib):
        return None
    values = tuple(map(given.get, _DECLARING_OF.get(element.tag, _DECLARING)))
    return (element.tag, *values) if any(values) else None


def cascades_of(
    declared: Iterable[tuple[str | None, str, Any, Any]],
) -> dict[str | None, Cascade]:
    """Return the declarations that win for an element, and for each of its pseudo-elements."""
    cascades: dict[str | None, Cascade] = {None: {}}
    for pseudo, name, value, weight in declared:
        cascade = cascades.setdefault(pseudo, {})
        if name not in cascade or cascade[name][1] <= weight:
            cascade[name] = value, weight
    return cascades


def with_attributes(
    ruled: dict[str | None, Cascade], element: Element, base_url: str
) -> dict[str | None, Cascade]:
    """Return what wins for an element of what it declares itself, and what rules do.

    WeasyPrint takes what an element declares first; of what weighs the same the last one wins.
    """
    if declaring(element) is None:
        return ruled
    own = cascades_of(_by_attributes(element, base_url))[None]
    for name, declared in ruled[None].items():
        if name not in own or own[name][1] <= declared[1]:
            own[name] = declared
    return {**ruled, None: own}


def _by_attributes(element: Element, base_url: str) -> Iterator[tuple[None, str, Any, Any]]:
    """Yield what an element declares itself: None, a property, its value and weight."""
    from xml.etree.ElementTree import Element

    from weasyprint import css

    alone = Element(element.tag, element.attrib)
    for specificity, _, declared, base in css.find_style_attributes(alone, False, base_url):
        for name, value, importance in css.preprocess_declarations(base, declared):
            precedence = css.declaration_precedence("author", importance)
            yield None, name, value, (precedence, inf, specificity)


def by_rules(
    sheets: Sequence[Any], matches: Sequence[Rules]
) -> Iterator[tuple[str | None, str, Any, Any]]:
    """Yield what rules declare: for a pseudo-element, a property, its value and weight."""
    from weasyprint.css import declaration_precedence

    for (sheet, origin, of_sheet), rules in zip(sheets, matches, strict=True):
        for of_rule, _, pseudo, (declarations, layer) in rules:
            order = inf if layer is None else sheet.layers.index(layer)
            for name, value, importance in declarations:
                precedence = declaration_precedence(origin, importance)
                yield pseudo, name, value, (precedence, order, of_sheet or of_rule)
