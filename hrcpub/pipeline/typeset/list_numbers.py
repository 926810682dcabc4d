"""HTML's `start`, `value`, `reversed`, `type`, and a picture's `width` and `height`, to CSS.

WeasyPrint 70 passes over them, unless it is to take all of HTML's old presentation. As CSS they
have no specificity, as HTML says: any rule of a stylesheet is stronger. Only `type` is stronger
than those, since the design system takes the numbers from all lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from hrcpub.patterns import pattern

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

HINT = "data-hrcpub-hint"  # on an element with hints: which of the rules is its own
_NUMBER = pattern(r"\s*[+-]?\d{1,9}\s*")
_LENGTH = pattern(r"\s*(\d+(?:\.\d+)?)\s*(%|px)?\s*")
_NUMERALS = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_BULLETS = {"disc", "circle", "square"}
_LISTS = ("ol", "ul", "li")


def is_understood(tag: str, attribute: str, value: str) -> bool:
    """Return whether the value of one of these attributes is one that it can have."""
    if attribute in ("start", "value") and tag in _LISTS:
        return bool(_NUMBER.fullmatch(value))
    if attribute == "type" and tag in _LISTS:
        return _style(value) is not None
    if attribute in ("width", "height") and tag == "img":
        return bool(_LENGTH.fullmatch(value))
    return True


def hinted(root: Element) -> str | None:
    """Mark the elements that have hints; return the rules for them, None when there are none."""
    rules: dict[str, int] = {}
    for element in root.iter():
        if element.tag in _HINTS and (css := "".join(_HINTS[element.tag](element))):
            element.set(HINT, str(rules.setdefault(css, len(rules))))
    if not rules:
        return None
    return "".join(f':where([{HINT}="{number}"]){{{css}}}' for css, number in rules.items())


def unheeded(root: Element, made: Mapping[Element, str]) -> Iterator[tuple[str, str, str]]:
    """Yield tag, attribute and value of those that set a number which is not on the page.

    `made` is what CSS made before the words of each element: a list that counts in its own way, or
    shows no numbers, does not heed HTML's.
    """
    for listing in root.iter("ol"):
        by: tuple[str, str] | None = next(
            (
                (name, listing.get(name, ""))
                for name in ("start", "reversed")
                if name in listing.attrib
            ),
            None,
        )
        tag = "ol"
        for item, number in _numbered(listing):
            if "value" in item.attrib:
                tag, by = "li", ("value", item.get("value", ""))
            if by and not _shows(made.get(item, ""), number):
                yield tag, *by
                break


def _numbered(listing: Element) -> Iterator[tuple[Element, int]]:
    """Yield the items of a list with their numbers, as HTML counts them."""
    items = [child for child in listing if child.tag == "li"]
    start, step = listing.get("start", ""), -1 if "reversed" in listing.attrib else 1
    number = int(start) if _NUMBER.fullmatch(start) else len(items) if step < 0 else 1
    for item in items:
        if _NUMBER.fullmatch(value := item.get("value", "")):
            number = int(value)
        yield item, number
        number += step


def _shows(text: str, number: int) -> bool:
    """Return whether a text has a number; one in letters, or in Roman numerals, is believed."""
    digits = re.search(r"-?\d+", text)
    return int(digits[0]) == number if digits else bool(text.strip())


def _ol(element: Element) -> Iterator[str]:
    yield from _list(element)
    start, is_reversed = element.get("start", ""), "reversed" in element.attrib
    items = [child for child in element if child.tag == "li"]
    if _NUMBER.fullmatch(start) or is_reversed:
        first = int(start) if _NUMBER.fullmatch(start) else len(items)
        yield f"counter-reset:list-item {first + 1 if is_reversed else first - 1};"
    if is_reversed:
        for item in items:
            item.set("data-hrcpub-down", "")


def _li(element: Element) -> Iterator[str]:
    yield from _list(element)
    value = element.get("value", "")
    if _NUMBER.fullmatch(value):
        yield f"counter-set:list-item {int(value)};counter-increment:none;"
    elif "data-hrcpub-down" in element.attrib:
        yield "counter-increment:list-item -1;"


def _list(element: Element) -> Iterator[str]:
    if style := _style(element.get("type", "")):
        yield f"list-style-type:{style}!important;"


def _style(kind: str) -> str | None:
    return _NUMERALS.get(kind) or (kind.lower() if kind.lower() in _BULLETS else None)


def _picture(element: Element) -> Iterator[str]:
    for name in ("width", "height"):
        if match := _LENGTH.fullmatch(element.get(name, "")):
            yield f"{name}:{match[1]}{match[2] or 'px'};"


_HINTS = {"ol": _ol, "ul": _list, "li": _li, "img": _picture}
