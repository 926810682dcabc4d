"""Pages that WeasyPrint has laid out, told in plain values: equal only if all boxes are alike.

And WeasyPrint's own functions, where ours are in their places.
"""

from __future__ import annotations

from typing import Any

# What says nothing of how a box looks, or is told in another way.
_PASSED_OVER = frozenset(
    (
        *("style", "element", "children", "_box", "pango_layout", "resume_at", "hrcpub_shape"),
        *("remove_decoration_sides", "background", "cached_counter_values"),
    )
)
_PLAIN = (str, int, float, bool, type(None), tuple, list)


def told(document: Any) -> list[Any]:
    """Return the boxes of a document's pages: places, sizes, words, elements, and how they look."""
    return [_told(page._page_box) for page in document.pages]


def _told(box: Any) -> tuple[Any, ...]:
    box = vars(box).get("_box", box)  # what was placed elsewhere
    element = getattr(box, "element", None)
    own = {
        name: value
        for name, value in vars(box).items()
        if name not in _PASSED_OVER and isinstance(value, _PLAIN)
    }
    where = None if element is None else (element.tag, tuple(element.items()), element.text)
    looks = (box.style["font_size"], box.style["font_family"], box.style["color"])
    children = [_told(child) for child in box.children]
    return type(box).__name__, where, repr(looks), sorted(own.items(), key=repr), children


def boxes_of(document: Any) -> list[Any]:
    """Return all boxes of a document's pages, each before those within."""
    return [box for page in document.pages for box in page._page_box.descendants()]


def own(ours: Any, name: str) -> Any:
    """Return WeasyPrint's own function, which ours has in its closure under a name."""
    return dict(zip(ours.__code__.co_freevars, ours.__closure__, strict=True))[name].cell_contents
