"""Paragraphs whose lines `compose` has broken, laid out a line at a time.

WeasyPrint 70 finds where a line ends by setting what comes after it too, until something has no
room. Of a paragraph whose lines are a span each (`lines_html`) it so lays out each line twice. Here
it is given one line after the other. A paragraph that is not plainly such a one, or of which two
lines have room in one, is left to it.

Private names of WeasyPrint are used here; `test_set_lines.py` fails when one of them changes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from hrcpub.pipeline.typeset.kept_lines import UNBROKEN
from hrcpub.pipeline.typeset.replacing import put_in_place

if TYPE_CHECKING:
    from weasyprint.css import Style

_BETWEEN = frozenset((" ", "\u200b"))  # lines: a space, and what `<wbr>` is
_PAIR = 2
_MOST_PAIRS = 10_000  # of letters, of which it is kept whether a line may end between them

Resume = dict[int, Any] | None  # where to go on: the number of a child, and where within that


class _LinePart(Protocol):
    """What is used of a box in a line, or of the line itself."""

    style: Style
    children: Sequence[_LinePart]
    text: str  # of a text
    is_leader: bool
    text_indent: float  # of a line, as the next
    position_y: float
    width: float
    height: float

    def is_in_normal_flow(self) -> bool:
        """Return whether it stands where it is written."""

    def copy_with_children(self, children: Sequence[_LinePart]) -> _LinePart:
        """Return one like it with other children."""


class _AroundLines(Protocol):
    """What is used of WeasyPrint's context of a layout."""

    excluded_shapes: Sequence[object]  # floats, which lines go around


SetLine = tuple[_LinePart, Resume]  # a line, and where the next one begins


def take_set_lines() -> None:
    """Let WeasyPrint take lines that are broken as they are. Once for the process."""
    from weasyprint.layout import inline
    from weasyprint.text.line_break import can_break_text

    iterate = inline.iter_line_boxes

    def iter_line_boxes(  # noqa: PLR0913  WeasyPrint's own
        context: _AroundLines,
        box: _LinePart,
        position_y: float,
        bottom_space: float,
        skip_stack: Resume,
        containing_block: _LinePart,
        absolute_boxes: list[object],
        fixed_boxes: list[object],
        first_letter_style: Style | None,
        first_line_style: Style | None,
    ) -> Iterator[SetLine]:
        around = (containing_block, absolute_boxes, fixed_boxes, first_letter_style)
        is_plain = not (first_letter_style or first_line_style or context.excluded_shapes)
        if is_plain and (starts := _starts(box, skip_stack)):
            lines = _laid(context, box, position_y, starts, bottom_space, around)
            if not _have_room_together(lines, containing_block.width):
                yield from lines
                return
        yield from iterate(
            context, box, position_y, bottom_space, skip_stack, *around, first_line_style
        )

    put_in_place(iterate, iter_line_boxes)
    put_in_place(can_break_text, _asked_once(can_break_text))


def _starts(box: _LinePart, skip_stack: Resume) -> list[int]:
    """Return which children of a broken paragraph begin a line, from where it goes on.

    None do where anything but lines with something between them is in it, where the last line is
    set in another way, and where there is one line only: then it is left to WeasyPrint.
    """
    style = box.style
    if style["text_align_all"] == "justify" or style["text_align_last"] != "auto":
        return []
    starts: list[int] = []
    for number, child in enumerate(box.children):
        if _is_between(child):
            continue
        if not _is_line(child) or (starts and starts[-1] == number - 1):
            return []
        starts.append(number)
    if skip_stack is not None:
        ((first, within),) = skip_stack.items()
        if within is not None or first not in starts:
            return []
        starts = starts[starts.index(first) :]
    return starts if len(starts) > 1 else []


def _is_line(box: _LinePart) -> bool:
    """Return whether a box is a span in which nothing breaks, of nothing but texts in spans."""
    if not box.children or box.style["white_space"] not in UNBROKEN or not _is_plain(box):
        return False
    text = "".join(_texts(box))
    return bool(text) and text == text.strip()  # else a line may end in it after all


def _texts(box: _LinePart) -> Iterator[str]:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        yield box.text
    else:
        for child in box.children:
            yield from _texts(child)


def _is_plain(box: _LinePart) -> bool:
    from weasyprint.formatting_structure import boxes

    if box.is_leader or not box.is_in_normal_flow():
        return False
    if isinstance(box, boxes.TextBox):
        return box.style["white_space"] in UNBROKEN and "\n" not in box.text
    return isinstance(box, boxes.InlineBox) and all(map(_is_plain, box.children))


def _is_between(box: _LinePart) -> bool:
    """Return whether a box is what stands between two lines, and a line may end there."""
    from weasyprint.formatting_structure import boxes

    while isinstance(box, boxes.InlineBox) and len(box.children) == 1:
        box = box.children[0]
    is_text = isinstance(box, boxes.TextBox) and box.text in _BETWEEN
    return is_text and box.style["white_space"] not in UNBROKEN


def _laid(
    context: _AroundLines,
    box: _LinePart,
    position_y: float,
    starts: Sequence[int],
    bottom_space: float,
    around: tuple[Any, ...],
) -> list[SetLine]:
    """Return the lines that begin with some children, each with where the next one begins.

    `around` is the block that they are in, and what else WeasyPrint wants to be told.
    """
    from weasyprint.layout.inline import get_next_linebox
    from weasyprint.layout.percent import resolve_one_percentage, resolve_percentages

    block, *_ = around
    resolve_percentages(box, block)
    ends = [*starts[1:], len(box.children)]
    lines = []
    for start, end in zip(starts, ends, strict=True):
        alone = box.copy_with_children(box.children[start:end])
        alone.text_indent = 0
        if start == 0:
            resolve_one_percentage(alone, "text_indent", block.width)
        line, _ = get_next_linebox(context, alone, position_y, bottom_space, None, *around, None)
        position_y = line.position_y + line.height
        lines.append((line, None if end == len(box.children) else {end: None}))
    return lines


def _have_room_together(lines: Sequence[SetLine], measure: float) -> bool:
    """Return whether two lines would be one, even without the space between them."""
    widths = [line.width for line, _ in lines]
    return any(sum(pair) <= measure for pair in itertools.pairwise(widths))


def _asked_once(ask: Callable[[str, str], bool]) -> Callable[[str, str], bool]:
    """Return a function that remembers whether a line may end between two letters."""
    of_pair = lru_cache(_MOST_PAIRS)(ask)

    def can_break_text(text: str, language: str) -> bool:
        return (of_pair if len(text) == _PAIR else ask)(text, language)

    return can_break_text
