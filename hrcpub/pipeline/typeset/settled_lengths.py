"""The lengths of boxes, worked out once for each style that has no percentages.

WeasyPrint 70 works out margins, paddings, borders and sizes of each box each time it is laid out:
14 look-ups, most of which find the same number of points again. Where none of them is a share of
the box around it, they are the style's, so they are kept with it.

Only styles that documents share are asked (`shared_styles.py`): WeasyPrint changes copies of them,
never these. Private names of WeasyPrint are used here; `test_settled_lengths.py` fails when one of
them changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from hrcpub.pipeline.typeset.replacing import put_in_place
from hrcpub.pipeline.typeset.shared_styles import is_shared

if TYPE_CHECKING:
    from weasyprint.css import Style

_SIDES = ("left", "right", "top", "bottom")
_LENGTHS = (
    *(f"margin_{side}" for side in _SIDES),
    *(f"padding_{side}" for side in _SIDES),
    *(f"{bound}{axis}" for bound in ("", "min_", "max_") for axis in ("width", "height")),
)
_CORNERS = tuple(f"border_{y}_{x}_radius" for y in ("top", "bottom") for x in ("left", "right"))
_SQUARE = dict.fromkeys(_CORNERS, (0, 0))

Resolve = Callable[..., None]


class _StyledBox(Protocol):
    """What is used of a box."""

    style: Style


class _Bare:
    """A box that is nothing but its style."""

    def __init__(self, style: Style) -> None:
        self.style = style


def settle_lengths() -> None:
    """Let WeasyPrint take the lengths of a style that are kept. Once for the process."""
    from weasyprint.css import AnonymousStyle, Style
    from weasyprint.layout import percent

    resolve, resolve_radii = percent.resolve_percentages, percent.resolve_radii_percentages
    # What is kept with a style; None: not asked yet, {}: worked out for each box.
    Style.hrcpub_lengths = Style.hrcpub_corners = None
    # Of boxes without an element all are initial; by whether they may be kept.
    of_anonymous: dict[bool, Mapping[str, Any]] = {}

    def lengths_of(style: Style) -> Mapping[str, Any]:
        if type(style) is not AnonymousStyle:
            return _lengths(style, resolve)
        is_kept = _may_be_settled(style)
        if is_kept not in of_anonymous:
            of_anonymous[is_kept] = _lengths(style, resolve)
        return of_anonymous[is_kept]

    def resolve_percentages(box: _StyledBox, containing_block: object) -> None:
        lengths = box.style.hrcpub_lengths
        if lengths is None:
            lengths = box.style.hrcpub_lengths = lengths_of(box.style)
        if lengths:
            _set(box, lengths)
        else:
            resolve(box, containing_block)

    def resolve_radii_percentages(box: _StyledBox) -> None:
        corners = box.style.hrcpub_corners
        if corners is None:
            corners = box.style.hrcpub_corners = _corners(box.style)
        if corners:
            _set(box, corners)
        else:
            resolve_radii(box)

    put_in_place(resolve, resolve_percentages)
    put_in_place(resolve_radii, resolve_radii_percentages)


def _set(box: _StyledBox, lengths: Mapping[str, Any]) -> None:
    """Set lengths of a box; a placeholder of what is placed elsewhere hands them on to its box."""
    vars(vars(box).get("_box", box)).update(lengths)


def _lengths(style: Style, resolve: Resolve) -> Mapping[str, Any]:
    """Return all lengths of boxes of a style; {} if they depend on more than the style."""
    if not _may_be_settled(style):
        return {}
    if not all(_is_settled(style[name]) for name in _LENGTHS):
        return {}
    bare = _Bare(style)
    resolve(bare, (0, 0))
    lengths = dict(vars(bare))
    del lengths["style"]
    return lengths


def _may_be_settled(style: Style) -> bool:
    """Return whether documents share a style, and no other cell's border can be that of its box."""
    return is_shared(style) and style["border_collapse"] != "collapse"


def _corners(style: Style) -> Mapping[str, Any]:
    """Return the radii of a style's corners where they are all 0; {} if not."""
    is_square = all((0, "px") in style[corner] for corner in _CORNERS)
    return _SQUARE if is_square and is_shared(style) else {}


def _is_settled(length: object) -> bool:
    return length in ("auto", None) or getattr(length, "unit", None) == "px"
