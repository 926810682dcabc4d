"""Polygons to whether they meet: outlines of letters, corners of pictures."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

from hrcpub.pipeline.typeset.laid_page import LaidRect

XY = tuple[float, float]
Contour = list[XY]
Stretch = tuple[XY, XY]


def do_meet(first: list[Contour], second: list[Contour], within: float = 0.0) -> bool:
    """Return whether two shapes share ink, or are nearer than `within`.

    Their outlines cross, or one shape is in the other. A shape is all its contours together, by the
    even-odd rule: holes are contours too.
    """
    bounds, others_bounds = _bounds(first), _bounds(second)
    if not bounds.meets(others_bounds, -within):
        return False
    room = bounds.shared(others_bounds)
    ones, others = (list(_segments(shape, room, within)) for shape in (first, second))
    if any(_do_touch(one, other, within) for one in ones for other in others):
        return True
    # No lines cross: a contour of one is all within the other, or all outside of it.
    return any(
        _does_hold(shape, contour[0])
        for shape, other in ((first, second), (second, first))
        for contour in other
    )


def _bounds(shape: list[Contour]) -> LaidRect:
    points = [point for contour in shape for point in contour]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if not points:
        return LaidRect(0, 0, 0, 0)
    return LaidRect(min(xs), min(ys), max(xs), max(ys))


def _segments(shape: list[Contour], room: LaidRect, within: float) -> Iterator[Stretch]:
    """Yield the segments of a shape that may be so near to a rectangle."""
    for contour in shape:
        for (x0, y0), (x1, y1) in itertools.pairwise([*contour, contour[0]]):
            if (
                min(x0, x1) <= room.right + within
                and max(x0, x1) >= room.left - within
                and min(y0, y1) <= room.bottom + within
                and max(y0, y1) >= room.top - within
            ):
                yield (x0, y0), (x1, y1)


def _do_touch(one: Stretch, other: Stretch, within: float) -> bool:
    (a, b), (c, d) = one, other
    if (_side(a, b, c) * _side(a, b, d) < 0) and (_side(c, d, a) * _side(c, d, b) < 0):
        return True
    if not within:
        return False
    ends = ((a, other), (b, other), (c, one), (d, one))
    return any(_distance(point, segment) < within for point, segment in ends)


def _distance(point: XY, segment: Stretch) -> float:
    """Return how far a point is from the nearest point of a segment."""
    (x, y), ((x0, y0), (x1, y1)) = point, segment
    across, down = x1 - x0, y1 - y0
    length = across**2 + down**2
    at = ((x - x0) * across + (y - y0) * down) / length if length else 0.0
    at = min(1.0, max(0.0, at))
    return math.hypot(x - x0 - at * across, y - y0 - at * down)


def _side(begin: XY, end: XY, point: XY) -> float:
    """Return on which side of a line a point is: its sign."""
    (x0, y0), (x1, y1), (x, y) = begin, end, point
    return (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)


def _does_hold(shape: list[Contour], point: XY) -> bool:
    x, y = point
    crossings = 0
    for contour in shape:
        for (x0, y0), (x1, y1) in itertools.pairwise([*contour, contour[0]]):
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
                crossings += 1
    return crossings % 2 == 1
