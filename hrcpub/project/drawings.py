"""An SVG drawing to Problems: words in it, and what WeasyPrint would draw wrong or not at all.

Why words are refused: nothing holds them to the page. WeasyPrint 70 sets them in whatever font is
at hand, cuts them off at the drawing's edge, and draws no `foreignObject` and no flowed text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from hrcpub.problems import Problem, Source

SVG = "{http://www.w3.org/2000/svg}"
# In small letters, as the parser of HTML writes most of them.
_WORDED = frozenset(("text", "textarea", "flowroot", "flowpara", "a", "foreignobject"))
_UNSAID = frozenset(("title", "desc", "metadata", "style", "script"))  # no letters of the drawing
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
_SHOWN = 40  # characters of a text that a message quotes


class Fault(NamedTuple):
    """What is wrong with an element of a drawing."""

    element: Element
    words: str | None  # None: it holds no words, and is drawn wrong


def of_file(data: bytes, path: str) -> list[Problem]:
    """Return what is wrong with a file, if it is a drawing."""
    if not path.lower().endswith(".svg") and not data.lstrip().startswith(b"<"):
        return []
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        line, column = error.position
        reason = expat.ErrorString(error.code)
        return [svg_broken(reason, _place(data, path, (line, column + 1)))]
    if not (wrong := list(faults(root))):
        return []
    elements = list(root.iter())
    places = _starts(data)
    return [
        problem(fault, _place(data, path, places[elements.index(fault.element)])) for fault in wrong
    ]


def faults(root: Element) -> Iterator[Fault]:
    """Yield what is wrong in a drawing, in its order."""
    todo = [root]
    while todo:
        element = todo.pop()
        name = local_name(element)
        if name in _UNSAID:
            continue
        if name.lower() in _WORDED and (words := " ".join(_words(element).split())):
            yield Fault(element, words)
            continue
        if _is_misdrawn(element, name):
            yield Fault(element, None)
        todo += reversed(element)


def local_name(element: Element) -> str:
    """Return an element's name without its namespace; "" for a comment."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _words(element: Element) -> str:
    """Return the letters in an element."""
    if local_name(element) in _UNSAID:
        return ""
    inner = (f"{_words(child)} {child.tail or ''}" for child in element)
    return " ".join((element.text or "", *inner)) if local_name(element) else ""


def _is_misdrawn(element: Element, name: str) -> bool:
    """Return whether an element without words is drawn otherwise than it says."""
    if name == "foreignObject":
        # One for another program (Illustrator's own data) is meant to be skipped.
        return "requiredExtensions" not in element.attrib and len(element) > 0
    if name == "switch":  # all of its choices would be drawn
        return sum(local_name(choice) not in ("foreignObject", "") for choice in element) > 1
    address = next((element.get(key, "") for key in _HREF if key in element.attrib), "#")
    return name == "use" and not address.startswith("#")  # nothing of another file is drawn


def _starts(data: bytes) -> Sequence[tuple[int, int]]:
    """Return line and column, from 1, of each element's start tag."""
    starts: list[tuple[int, int]] = []
    parser = expat.ParserCreate()

    def start(_name: str, _attributes: object) -> None:
        starts.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    parser.StartElementHandler = start
    parser.Parse(data, True)
    return starts


def _place(data: bytes, path: str, start: tuple[int, int]) -> Source:
    lines = data.decode("utf-8", "replace").split("\n")
    quote = lines[start[0] - 1].rstrip("\r") if start[0] <= len(lines) else None
    return Source(path, *start, quote=quote)


def problem(fault: Fault, place: Source) -> Problem:
    """Return the Problem of what is wrong in a drawing."""
    if fault.words is None:
        return svg_ignored(local_name(fault.element), place)
    return svg_words(fault.words, place)


def svg_broken(reason: str, place: Source) -> Problem:
    """A drawing cannot be read: its file is damaged, cut short, or not SVG.

    Fix: save it again as plain SVG, from the program that made it.
    """
    what = f"this drawing cannot be read: {reason}"
    return Problem("svg-broken", what, place, "save it again as plain SVG")


def svg_words(words: str, place: Source) -> Problem:
    """A drawing has words in it. They might be set in another font, cut off, or not drawn at all.

    Fix: turn them into outlines in the program that made the drawing (Inkscape: Path > Object to
    Path; Illustrator: Type > Create Outlines), and give the picture an `alt` that says them. Or
    take them out of the drawing and set them as HTML beside or over it. If they are left over and
    not to be seen, delete them.
    """
    said = words if len(words) <= _SHOWN else words[:_SHOWN].rpartition(" ")[0] + "…"
    return Problem(
        "svg-words",
        f"this drawing has words in it: «{said}»",
        place,
        "turn them into outlines and say them in the picture's alt, or set them as HTML",
    )


def svg_ignored(name: str, place: Source) -> Problem:
    """A part of a drawing would not be drawn, or not as it is meant.

    Fix: save the drawing as plain SVG. `<foreignObject>` (HTML in a drawing) and a `<use>` of
    another file are not drawn; of a `<switch>` all choices are drawn over each other.
    """
    said = (
        "all choices of a <switch> would be drawn"
        if name == "switch"
        else (f"this <{name}> would not be drawn")
    )
    return Problem("svg-ignored", said, place, "save the drawing as plain SVG, without it")


CODES = {"svg-broken": svg_broken, "svg-words": svg_words, "svg-ignored": svg_ignored}
