"""What a page's entries say of its sizes, to its shape: upright, with its trim and its bleed."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from hrcpub.pipeline.impose.pdf_syntax import PdfValue, box_of, number_of
from hrcpub.units import Matrix, Rect, Size

SHAPE = (b"/MediaBox", b"/CropBox", b"/TrimBox", b"/BleedBox", b"/UserUnit", b"/Rotate")
LETTER = Rect(0.0, 0.0, 612.0, 792.0)  # what viewers take a page for that has no size
ROUNDED = 0.5  # points that a box may be off, since programs round
LEAST, MOST = 1.0, 200 * 72.0  # points: less is not a page; the largest that PDF 1.x allows


class ImpossiblePage(ValueError):
    """A page has a size or a turn that no page can have; the message says which."""


class PageShape(NamedTuple):
    """A page as a viewer shows it: upright, its origin the lower left of its trim."""

    size: Size  # of the trim
    bleed: float  # beyond the trim, on the edge that has most of it
    box: Rect  # what may be drawn of it, in its own coordinates
    matrix: Matrix  # from its own coordinates to points
    has_media: bool = True  # False: it does not say its size
    has_odd_trim: bool = False  # its TrimBox is broken, or not on the page


@lru_cache(maxsize=64)
def page_shape(
    media: PdfValue, crop: PdfValue, trim: PdfValue, bleed: PdfValue, unit: PdfValue, turn: PdfValue
) -> PageShape:
    """Return the shape of a page whose entries these are, in the order of SHAPE.

    Pages with the same entries share it. Raises ImpossiblePage.
    """
    said = box_of(media)
    whole = said or LETTER
    cut, shown = _trim_and_bleed(whole, box_of(crop), box_of(trim), box_of(bleed))
    scale, angle = number_of(unit, 1.0), int(number_of(turn, 0.0)) % 360
    if angle % 90:
        raise ImpossiblePage(f"the page is turned by {angle}°")
    size = Size(cut.width * scale, cut.height * scale)
    if not all(LEAST <= length <= MOST for length in size):
        raise ImpossiblePage(f"the page is {size.width:g} × {size.height:g} pt")
    if angle % 180:
        size = Size(size.height, size.width)
    bleed_reach, matrix = _reach(shown, cut) * scale, _upright(cut, angle, scale)
    has_odd_trim = trim is not None and not _is_within(box_of(trim), whole)
    return PageShape(size, bleed_reach, shown, matrix, said is not None, has_odd_trim)


def _is_within(box: Rect | None, whole: Rect) -> bool:
    """Return whether a box is on a page as a whole, and has an area."""
    if box is None or not _shared(box, whole):
        return False
    return _reach(box, whole) <= ROUNDED


def _trim_and_bleed(media: Rect, *boxes: Rect | None) -> tuple[Rect, Rect]:
    """Return the trim, and what may be drawn: the same for a page without a TrimBox.

    `boxes` are its CropBox, TrimBox and BleedBox.
    """
    crop, trim, bleed = (_shared(box, media) for box in boxes)
    if trim is None:
        return crop or media, crop or media
    return trim, _around(bleed, trim)


def _reach(outer: Rect, inner: Rect) -> float:
    """Return how far a rectangle reaches beyond another, on the edge where it is most."""
    return max(
        0.0,
        inner.left - outer.left,
        inner.bottom - outer.bottom,
        outer.right - inner.right,
        outer.top - inner.top,
    )


def _upright(trim: Rect, turn: int, unit: float) -> Matrix:
    """Return the matrix from a page's own coordinates; `turn` is clockwise, as /Rotate is."""
    left, foot, right, top = (edge * unit for edge in trim)
    return {
        0: (unit, 0.0, 0.0, unit, -left, -foot),
        90: (0.0, -unit, unit, 0.0, -foot, right),
        180: (-unit, 0.0, 0.0, -unit, right, top),
        270: (0.0, unit, -unit, 0.0, top, -left),
    }[turn]


def _shared(box: Rect | None, other: Rect) -> Rect | None:
    """Return the overlap of two boxes; None when there is none."""
    if box is None:
        return None
    low = (max(box.left, other.left), max(box.bottom, other.bottom))
    high = (min(box.right, other.right), min(box.top, other.top))
    return Rect(*low, *high) if low[0] < high[0] and low[1] < high[1] else None


def _around(box: Rect | None, other: Rect) -> Rect:
    """Return the box around both."""
    if box is None:
        return other
    return Rect(
        min(box.left, other.left),
        min(box.bottom, other.bottom),
        max(box.right, other.right),
        max(box.top, other.top),
    )
