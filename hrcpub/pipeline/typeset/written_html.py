"""The composed HTML to its texts, and to what templates have marked in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PANEL = "data-panel"  # the name of the panel that an element is
IMPRINT = "data-imprint"  # an element that is kept for the details of a local site
# What would be a mistake elsewhere, but is meant: overlap, overflow, hide, small, near.
MAY = "data-may"
SVG = "{http://www.w3.org/2000/svg}"

# Elements whose own text is not shown, or is drawn by something else (letters in a drawing).
_SILENT = frozenset(
    ("head", "script", "style", "template", "object", "video", "canvas", "title", "rp", "option")
)

# By an element: the name of the panel that it is, and what a template allows in it.
Marked = dict["Element | None", tuple[str | None, str | None]]


def marked_in(root: Element) -> Marked:
    """Return the elements that a template has marked: few, and each box is asked for its own."""
    return {
        element: (element.get(PANEL), element.get(MAY))
        for element in root.iter()
        if element.get(PANEL) is not None or element.get(MAY) is not None
    }


def own_texts(body: Element) -> Iterator[tuple[Element, str]]:
    """Yield all texts of the HTML with the element that each is in, in the document's order."""
    if body.text:
        yield body, body.text
    is_read = _ReadTags()
    # A list and not recursion: each text would come up through all that is around it.
    todo = [(body, iter(body))]
    while todo:
        element, children = todo[-1]
        for child in children:  # those that are left
            if is_read[child.tag]:
                if child.text:
                    yield child, child.text
                if len(child):
                    todo.append((child, iter(child)))
                    break
            if child.tail:
                yield element, child.tail
        else:
            todo.pop()
            if todo and element.tail:
                yield todo[-1][0], element.tail


class _ReadTags(dict[object, bool]):
    """Whether the text of an element with a tag is shown as text; comments have none."""

    def __missing__(self, tag: object) -> bool:
        is_read = isinstance(tag, str) and tag not in _SILENT and not tag.startswith(SVG)
        self[tag] = is_read
        return is_read
