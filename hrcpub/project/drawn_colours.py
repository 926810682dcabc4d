"""An SVG drawing to the colours that it is painted in, and to the same drawing in others.

Colours stand in attributes (`fill="#123"`), in styles and in stylesheets; a shape for which nothing
says a colour is black (SVG 1.1 §11.3). What only cuts or dims others, a `clipPath` or a `mask`, has
no colours of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from hrcpub.patterns import pattern
from hrcpub.project.drawings import SVG, local_name


class PaintedColour(NamedTuple):
    """A colour of the screen: three levels, 0 to 255."""

    red: int
    green: int
    blue: int

    @property
    def is_white(self) -> bool:
        """Whether it is white, or cannot be told from it."""
        return min(self) >= 255 - _ALIKE

    def is_like(self, other: PaintedColour) -> bool:
        """Whether nobody can tell it from another: some programs write two blacks."""
        return all(abs(a - b) <= _ALIKE for a, b in zip(self, other, strict=True))

    @property
    def darkness(self) -> float:
        """How dark it is as a grey: 0 is white, 1 is black (ITU-R BT.601)."""
        return 1 - (0.299 * self.red + 0.587 * self.green + 0.114 * self.blue) / 255


Recolour = Callable[[PaintedColour], str]

BLACK = PaintedColour(0, 0, 0)
_ALIKE = 16  # levels

_PAINTS = pattern(r"(?<![\w-])(?P<name>fill|stroke|color)\s*:\s*(?P<value>[^;}!\"]+)")
_CURRENT = pattern("currentcolor", re.IGNORECASE)
_NO_COLOUR = pattern(r"none|inherit|initial|transparent|currentcolor|context-\w+", re.IGNORECASE)
_UNPAINTED = ("clipPath", "mask", "linearGradient", "radialGradient", "pattern", "filter")
_SHAPES = ("path", "rect", "circle", "ellipse", "polygon", "polyline")
_SPACED = pattern(r"rgb\(\s*(\d+%?)\s+(\d+%?)\s+(\d+%?)\s*\)")  # as CSS 4 writes it
# A number of SVG (1.1 §4.2). Exponents of three digits would be more than a float holds.
_NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?"
_BOX = pattern(r"[\s,]+".join([rf"([+-]?{_NUMBER})"] * 4))
_LENGTH = pattern(rf"({_NUMBER}) *(px|pt|pc|mm|cm|in|)")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}


def painted(root: Element) -> tuple[PaintedColour, ...]:
    """Return the colours that a drawing is painted in; raise ValueError for one that is none."""
    values = [paint for element in _painting(root) for paint in _paints(element)]
    has_current = any(_CURRENT.fullmatch(value) for _, value in values)
    colours = [
        read_colour(value)
        for name, value in values
        if not _NO_COLOUR.fullmatch(value) and (name != "color" or has_current)
    ]
    if _is_black_somewhere(root) or (has_current and not any(n == "color" for n, _ in values)):
        colours.append(BLACK)
    return tuple(dict.fromkeys(colours))


def are_flat(colours: tuple[PaintedColour, ...], of: PaintedColour | None = None) -> bool:
    """Return whether colours are white and one other; with `of`, whether they are white and that.

    Without `of` there must be another.
    """
    inks = [colour for colour in colours if not colour.is_white]
    ink = of or next(iter(inks), None)
    return ink is not None and all(colour.is_like(ink) for colour in inks)


def uneven(root: Element) -> Element | None:
    """Return the first element that is painted with more than a colour: a gradient, a picture."""
    for element in _painting(root):
        values = (value for _, value in _paints(element))
        if local_name(element) == "image" or any(value.startswith("url(") for value in values):
            return element
    return None


def depth(root: Element) -> int:
    """Return how many elements of a drawing are within each other at most."""
    deepest, level = 0, [root]
    while level:
        deepest += 1
        level = [child for element in level for child in element]
    return deepest


def recolour(root: Element, change: Recolour) -> None:
    """Replace every colour of a drawing by what `change` makes of it."""

    def changed(value: str) -> str:
        value = value.strip()
        return value if _NO_COLOUR.fullmatch(value) else change(read_colour(value))

    def restyled(match: re.Match[str]) -> str:
        return f"{match['name']}:{changed(match['value'])}"

    for element in _painting(root):
        for name in ("fill", "stroke", "color"):
            if name in element.attrib:
                element.set(name, changed(element.attrib[name]))
        if "style" in element.attrib:
            element.set("style", _PAINTS.sub(restyled, element.attrib["style"]))
        if local_name(element) == "style" and element.text:
            element.text = _PAINTS.sub(restyled, element.text)
    for name in ("fill", "color"):  # of what nothing says a colour for
        root.attrib.setdefault(name, change(BLACK))


def shown(root: Element) -> tuple[float, float, float, float] | None:
    """Return left, top, width and height of what a drawing shows, in its units; None: not said."""
    if match := _BOX.fullmatch(root.get("viewBox", "").strip()):
        x, y, wide, high = map(float, match.groups())
        if min(wide, high) > 0:
            return (x, y, wide, high)
    sides = [_LENGTH.fullmatch(root.get(name, "").strip()) for name in ("width", "height")]
    width, height = (_PIXELS[side[2]] * float(side[1]) if side else 0.0 for side in sides)
    return (0.0, 0.0, width, height) if min(width, height) > 0 else None


def inner(root: Element) -> Element:
    """Return a group of all that is in a drawing, with what the drawing says of all of it."""
    group = Element(f"{SVG}g", {key: root.attrib[key] for key in root.attrib if key in _OF_ALL})
    group.extend(root)
    return group


_OF_ALL = (
    *("fill", "stroke", "color", "style", "class", "fill-rule", "fill-opacity", "opacity"),
    *("stroke-width", "stroke-linejoin", "stroke-linecap", "stroke-miterlimit", "clip-rule"),
)


def read_colour(value: str) -> PaintedColour:
    """Return a colour as CSS writes it; raise ValueError, with what was written, for all else."""
    from PIL import ImageColor

    spaced = _SPACED.fullmatch(value)
    try:
        levels = ImageColor.getrgb(f"rgb({','.join(spaced.groups())})" if spaced else value)
    except ValueError:
        raise ValueError(value) from None
    return PaintedColour(*levels[:3])


def _painting(root: Element) -> Iterator[Element]:
    """Yield the elements that may paint or say in what colour, in their order."""
    todo = [root]
    while todo:
        element = todo.pop()
        if local_name(element) not in _UNPAINTED:
            yield element
            todo += reversed(element)


def _paints(element: Element) -> Iterator[tuple[str, str]]:
    """Yield the colours that an element says, each with what it colours."""
    for name in ("fill", "stroke", "color"):
        if name in element.attrib:
            yield name, element.attrib[name].strip()
    rules = element.text if local_name(element) == "style" else element.get("style")
    for match in _PAINTS.finditer(rules or ""):
        yield match["name"], match["value"].strip()


def _is_black_somewhere(root: Element) -> bool:
    """Return whether a shape is black because nothing gives it a colour.

    Stylesheets are taken to colour all that has a class or an id, and each `use` what it copies.
    """
    all_of_it = [element for element in _painting(root) if local_name(element)]
    has_sheet = any(local_name(element) == "style" for element in all_of_it)
    copies = [element for element in all_of_it if local_name(element) == "use"]
    are_copies_filled = any(name == "fill" for copy in copies for name, _ in _paints(copy))
    todo = [(root, False)]
    while todo:
        element, is_filled = todo.pop()
        name = local_name(element)
        is_filled |= any(paint == "fill" for paint, _ in _paints(element) if name != "style")
        is_filled |= has_sheet and bool(element.get("class") or element.get("id"))
        is_filled |= are_copies_filled and name in ("defs", "symbol")
        if name in _SHAPES and not is_filled:
            return True
        if name not in _UNPAINTED:
            todo += [(child, is_filled) for child in element]
    return False
