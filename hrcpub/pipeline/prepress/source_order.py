"""A tagged document, written in the order of its source: a voice reads what was written.

CSS may show things in another order (`order`, `row-reverse`), and says that this is for the eye
alone (CSS Flexible Box Layout 1, §5.4.1). WeasyPrint 70 tags and draws them as they are shown. The
pages look the same, but where such things lie over each other.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from weasyprint.document import Document


@contextlib.contextmanager
def in_source_order(document: Document) -> Iterator[None]:
    """Put boxes in the order of the source while a file is written; layouts are shared."""
    moved: list[tuple[Any, Any]] = []
    for page in document.pages:
        root = page._page_box.children[0] if page._page_box.children else None
        if root is None or root.element is None:
            continue
        places = {element: place for place, element in enumerate(root.element.iter())}
        for box in _containers(root):
            moved.append((box, box.children))
            box.children = type(box.children)(_sorted(box, places))
    try:
        yield
    finally:
        for box, children in moved:
            box.children = children


def _containers(box: Any) -> Iterator[Any]:
    """Yield the boxes whose children are shown in an order of their own."""
    box = getattr(box, "_box", box)  # an absolute box is in a placeholder
    children = getattr(box, "children", ())
    for child in children:
        yield from _containers(child)
    if "flex" in box.style["display"] or "grid" in box.style["display"]:
        is_turned = "reverse" in f"{box.style['flex_direction']} {box.style['flex_wrap']}"
        if is_turned or any(_order(child) for child in children):
            yield box


def _order(child: Any) -> int:
    return int(getattr(child, "_box", child).style["order"])


def _sorted(box: Any, places: dict[Any, int]) -> list[Any]:
    """Return a box's children as they stand in the source.

    Words of its own have no element: they stay behind what they are behind.
    """
    listed: list[tuple[int, Any]] = []
    place = -1
    for child in box.children:
        inner = getattr(child, "_box", child)
        if inner.element is not box.element and inner.element in places:
            place = places[inner.element]
        listed.append((place, child))
    return [child for _, child in sorted(listed, key=lambda pair: pair[0])]
