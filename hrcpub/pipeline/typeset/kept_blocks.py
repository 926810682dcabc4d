"""Blocks that were laid out, kept for when the same block stands in the same place again.

Most of a page is as it was on the last one: offices and a foot on every piece of a layout, and all
but one paragraph after an edit. WeasyPrint 70 lays all of it out each time. Here a block of plain
words is given back as it was laid out before, if nothing is different that WeasyPrint looks at:
what is in it, its styles, where it begins, how large it may be, and what is left of the page.

What is met for the second time is kept, since most blocks never come again. They lie beside their
styles (`shared_styles.py`), and are forgotten with them. Private names of WeasyPrint are used here;
`test_kept_blocks.py` fails when one of them changes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from hrcpub.pipeline.typeset.kept_lines import layout_for_another
from hrcpub.pipeline.typeset.replacing import put_in_place
from hrcpub.pipeline.typeset.shared_styles import Shelf, is_shared, lent_for

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from weasyprint.css import Style

_MOST_NAMES = 1000  # sets of names that boxes have
_LEAST = 8  # boxes in a block; smaller ones are as soon laid out as looked for
_KINDS = frozenset(("BlockBox", "LineBox", "InlineBox", "TextBox", "GridBox"))
_UNKNOWN = object()
_PLAIN = frozenset((str, int, float, bool, type(None)))
# Looked at by itself, or of no weight before a box is laid out.
_OWN = frozenset(
    ("style", "element", "children", "remove_decoration_sides", "string_set", "hrcpub_shape")
)
_SIDES = ("left", "right", "top", "bottom")
# What a layout sets of each box within a block, whatever was there.
_LAID = _OWN | frozenset(
    (
        *("position_x", "position_y", "width", "height", *_SIDES, "text_indent", "baseline"),
        *(f"margin_{side}" for side in _SIDES),
        *(f"padding_{side}" for side in _SIDES),
        *(f"border_{side}_width" for side in _SIDES),
        *("min_width", "min_height", "max_width", "max_height"),
        *("index", "clearance", "advancements"),
    )
)


class _WordBox(Protocol):
    """What is used of a box."""

    style: Style
    element: Element | int
    children: Sequence[_WordBox]
    hrcpub_shape: tuple[Sequence[_WordBox], BlockShape | None]  # of these children

    def is_in_normal_flow(self) -> bool:
        """Return whether it stands where it is written."""

    def descendants(self) -> Iterator[_WordBox]:
        """Yield it and all boxes within."""


class _AroundBlock(Protocol):
    """What is used of WeasyPrint's context of a layout."""

    page_bottom: float
    current_page: int
    forced_break: bool  # before this page
    _excluded_shapes_root_boxes: Sequence[object]  # whose floats are looked at, the innermost last
    excluded_shapes: Sequence[object]  # floats
    footnotes: Sequence[object]  # that wait, and those that take room of this page
    current_page_footnotes: Sequence[object]
    in_column: bool


class BlockShape(NamedTuple):
    """What is in a block, and how it looks: blocks of one number are alike."""

    number: int
    size: int  # boxes


class KeptBlock(NamedTuple):
    """A block as it was laid out; each box has the number of its element in place of that."""

    box: _WordBox
    next_page: dict[str, Any]
    margins: tuple[float, ...] | None  # that adjoin what comes next; None: the list that was given
    added: tuple[float, ...]  # to that list
    is_collapsing: bool


def keep_blocks() -> None:
    """Let WeasyPrint take blocks that were laid out before. Once for the process."""
    from weasyprint.layout import block

    lay_out = block.block_container_layout

    def block_container_layout(  # noqa: PLR0913  WeasyPrint's own, by position or by name
        context: _AroundBlock,
        box: _WordBox,
        bottom_space: float,
        skip_stack: object,
        page_is_empty: bool,
        absolute_boxes: list[object],
        fixed_boxes: list[object],
        adjoining_margins: list[float] | None,
        first_letter_style: object,
        first_line_style: object,
        discard: bool,
        max_lines: object,
    ) -> tuple[Any, ...]:
        margins = [] if adjoining_margins is None else adjoining_margins
        goes_on = (skip_stack, first_letter_style, first_line_style, discard, max_lines)
        shelf, key = lent_for(box.style), None
        if shelf and not shelf.is_new and not any(goes_on) and _is_plain(context):
            place = (bottom_space, context.page_bottom, page_is_empty, _page_break(context))
            key = _key(box, shelf, (*place, *margins))
            if kept := key and shelf.blocks.get(key):
                return _given_back(kept, box, margins)
        around = (bottom_space, skip_stack, page_is_empty, absolute_boxes, fixed_boxes, margins)
        count, placed = len(margins), (len(absolute_boxes), len(fixed_boxes))
        laid: tuple[Any, ...] = lay_out(context, box, *around, *goes_on[1:])
        if shelf and key:
            is_met_again, shelf.blocks[key] = key in shelf.blocks, None
            if is_met_again and placed == (len(absolute_boxes), len(fixed_boxes)):
                shelf.blocks[key] = _kept(laid, box, margins, count)
        return laid

    put_in_place(lay_out, block_container_layout)


def _is_plain(context: _AroundBlock) -> bool:
    """Return whether nothing is around a block that has a part in how it is laid out."""
    # On pages beside its own, a fixed box is laid out when all else is, and within nothing.
    if not context._excluded_shapes_root_boxes:  # noqa: SLF001  asked first: the next one raises
        return False
    notes = context.footnotes or context.current_page_footnotes
    return not (context.excluded_shapes or notes or context.in_column)


def _page_break(context: _AroundBlock) -> tuple[bool, bool]:
    """Return what WeasyPrint asks of a page, to leave out margins at its head."""
    return context.current_page > 1, bool(context.forced_break)


def _key(box: _WordBox, shelf: Shelf, around: tuple[object, ...]) -> Hashable | None:
    """Return all that a block's layout depends on; None if that is more than can be compared."""
    shape = _shape(box, shelf)
    if shape is None or shape.size < _LEAST:
        return None
    given = _values(vars(box), is_root=True)
    return given and (shape.number, *around, *given)


def _shape(box: _WordBox, shelf: Shelf) -> BlockShape | None:
    """Return what is in a box; None if any of it is more than words in blocks, lines and grids."""
    own, style = vars(box), box.style
    known = own.get("hrcpub_shape")
    if known is not None and known[0] is box.children:  # a copy may have other children
        return cast("BlockShape | None", known[1])
    parts: list[Hashable] = [id(style)]
    size = 1
    values = _values(own, is_root=False) if is_shared(style) else None
    shape = None
    if values is not None and type(box).__name__ in _KINDS:
        for child in box.children:
            inner = _shape(child, shelf)
            if inner is None or not child.is_in_normal_flow():
                break
            parts.append(inner.number)
            size += inner.size
        else:
            key = (type(box), *values, *parts)
            shape = shelf.shapes.get(key)
            if shape is None:
                shape = shelf.shapes[key] = BlockShape(len(shelf.shapes), size)
    own["hrcpub_shape"] = box.children, shape
    return shape


def _values(own: dict[str, Any], is_root: bool) -> tuple[Hashable, ...] | None:
    """Return what a box has, with the names of that; None if something cannot be compared."""
    if own.get("string_set"):
        return None
    names, pick = _counting(tuple(own), is_root)
    values = pick(own)
    if not _PLAIN.issuperset(map(type, values)):
        values = _frozen(values)
    return None if values is _UNKNOWN else (names, values)


@lru_cache(_MOST_NAMES)
def _counting(
    names: tuple[str, ...], is_root: bool
) -> tuple[tuple[str, ...], Callable[[dict[str, Any]], Any]]:
    """Return which of a box's values count, and what picks these."""
    passed_over = _OWN if is_root else _LAID
    counting = tuple(name for name in names if name not in passed_over)
    return counting, itemgetter(*counting)


def _frozen(value: object) -> Hashable:
    """Return what is equal only for equal values; `_UNKNOWN` if it may be changed from outside."""
    if isinstance(value, dict):
        return _frozen([*value.items()])
    if isinstance(value, (list, tuple)):
        parts = tuple(map(_frozen, value))
        return _UNKNOWN if _UNKNOWN in parts else parts
    return value if type(value) in _PLAIN else _UNKNOWN


def _kept(
    laid: tuple[Any, ...], box: _WordBox, margins: list[float], count: int
) -> KeptBlock | None:
    """Return a block as it was laid out, to be kept; None if it goes on, or breaks the page."""
    new_box, resume_at, next_page, adjoining, is_collapsing, _ = laid
    if new_box is None or resume_at is not None or next_page["break"] != "any":
        return None
    numbers: dict[int, int] = {}
    for number, element in enumerate(_elements(box)):
        numbers.setdefault(id(element), number)
    whole = _copied(new_box, lambda element: numbers[id(element)])
    own = None if adjoining is margins else tuple(adjoining)
    return KeptBlock(whole, dict(next_page), own, tuple(margins[count:]), is_collapsing)


def _given_back(kept: KeptBlock, box: _WordBox, margins: list[float]) -> tuple[Any, ...]:
    """Return a block that is kept as if it had been laid out, of the elements of a new box."""
    new_box = _copied(kept.box, _elements(box).__getitem__)
    margins.extend(kept.added)
    adjoining = margins if kept.margins is None else list(kept.margins)
    return new_box, None, dict(kept.next_page), adjoining, kept.is_collapsing, None


def _elements(box: _WordBox) -> list[Any]:
    return [inner.element for inner in box.descendants()]


def _copied(box: _WordBox, element: Callable[[Any], Any]) -> _WordBox:
    """Return a box and all within it for another page, each with the element that is its own."""
    copy: _WordBox = object.__new__(type(box))
    own = vars(copy)
    own.update(vars(box))
    own["element"] = element(box.element)
    own.pop("hrcpub_shape", None)  # has the boxes that were laid out, and so their document
    own["remove_decoration_sides"] = set(own["remove_decoration_sides"])
    own["children"] = [_copied(child, element) for child in box.children]
    if layout := own.get("pango_layout"):
        own["pango_layout"] = layout_for_another(layout, layout.max_width)
    return copy
