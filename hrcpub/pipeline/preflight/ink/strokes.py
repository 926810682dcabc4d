"""Lines to the areas that they cover: their ends, corners and dashes (ISO 32000-2 §8.4.3).

All is worked out in the units in which the line was drawn, and then put on the page: a matrix that
is not the same in all directions makes a line of two widths.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from hrcpub.pipeline.preflight.ink.dashes import dashed
from hrcpub.pipeline.preflight.page.font_programs import Point
from hrcpub.pipeline.preflight.page.marks import BUTT, MITER, ROUND, SQUARE, State
from hrcpub.pipeline.preflight.page.matrices import inverse, place, spread
from hrcpub.units import Matrix

# As large as a circle: a polygon with corners on it would be 3 % smaller.
_CIRCLE = [
    (1.013 * math.cos(turn * math.pi / 8), 1.013 * math.sin(turn * math.pi / 8))
    for turn in range(16)
]
_STRAIGHT = 1e-3  # of a turn's sine: a corner that leaves no gap to speak of


def centre_lines(lines: Iterator[list[Point]], state: State) -> Iterator[list[Point]]:
    """Yield the middles of what is painted of lines on the page: the lines, or their dashes."""
    pen = _pen(state)
    if back := inverse(pen):
        own = ([place(back, *point) for point in line] for line in lines)
        for part in dashed(own, state):
            yield [place(pen, *point) for point in part]


def stroked(lines: Iterator[list[Point]], state: State) -> Iterator[list[Point]]:
    """Yield the polygons that lines cover together, on the page."""
    pen = _pen(state)
    back = inverse(pen)
    if back is None:
        return
    own = ([place(back, *point) for point in line] for line in lines)
    for part in dashed(own, state):
        for polygon in _covered(part, state.width / 2, state):
            yield [place(pen, *point) for point in polygon]


def _pen(state: State) -> Matrix:
    """Return how user space lies on the page, without its place; simple where it is only larger."""
    a, b, c, d, _, _ = state.ctm
    wide, high = math.hypot(a, b), math.hypot(c, d)
    if abs(wide - high) < 1e-3 * wide and abs(a * c + b * d) < 1e-3 * wide * high:
        scale = spread(state.ctm)
        return (scale, 0.0, 0.0, scale, 0.0, 0.0)
    return (a, b, c, d, 0.0, 0.0)


def _covered(line: list[Point], half: float, state: State) -> Iterator[list[Point]]:
    """Yield a line's parts: a piece for each stretch, and what is at its corners and ends."""
    points = [line[0], *(after for before, after in pairwise(line) if before != after)]
    if len(points) == 1:
        yield from _dot(points[0], half, state.cap)
        return
    ways = [_way(*pair) for pair in pairwise(points)]
    is_closed = len(points) > 2 and points[0] == points[-1]
    longer = half if state.cap == SQUARE and not is_closed else 0.0
    last = len(ways) - 1
    for at, (start, end) in enumerate(pairwise(points)):
        x, y = ways[at]
        before = longer if at == 0 else 0.0
        after = longer if at == last else 0.0
        p = (start[0] - x * before, start[1] - y * before)
        q = (end[0] + x * after, end[1] + y * after)
        n = (-y * half, x * half)
        yield [_sum(p, n), _sum(q, n), _difference(q, n), _difference(p, n)]
        if at < last:
            yield from _corner(end, ways[at], ways[at + 1], half, state)
    if is_closed:
        yield from _corner(points[0], ways[-1], ways[0], half, state)
    elif state.cap == ROUND:
        yield from (_circle(points[0], half), _circle(points[-1], half))


def _dot(point: Point, half: float, cap: int) -> Iterator[list[Point]]:
    """Yield what a line without length leaves: nothing without an end of its own (§8.5.3.2)."""
    x, y = point
    if cap == ROUND:
        yield _circle(point, half)
    elif cap != BUTT:
        yield [(x + a * half, y + b * half) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]


def _corner(
    point: Point, into: Point, out: Point, half: float, state: State
) -> Iterator[list[Point]]:
    """Yield what fills the outer side of a corner (§8.4.3.4); the ways are of length 1."""
    turn = into[0] * out[1] - into[1] * out[0]
    if abs(turn) < _STRAIGHT and into[0] * out[0] + into[1] * out[1] > 0:
        return
    if state.join == ROUND:
        yield _circle(point, half)
        return
    side = -half if turn > 0 else half  # the outer side of a turn to the left is the right one
    first = (point[0] - into[1] * side, point[1] + into[0] * side)
    last = (point[0] - out[1] * side, point[1] + out[0] * side)
    # The sine of half of the angle between both: a mitre's length is the width by it.
    sine = math.sqrt(max(0.0, (1 + -(into[0] * out[0] + into[1] * out[1])) / 2))
    sine = math.sqrt(max(0.0, 1 - sine * sine))
    if state.join != MITER or sine * state.miter_limit < 1:
        yield [point, first, last]
        return
    middle = ((first[0] + last[0]) / 2 - point[0], (first[1] + last[1]) / 2 - point[1])
    far = half / sine / (math.hypot(*middle) or 1.0)
    yield [point, first, (point[0] + middle[0] * far, point[1] + middle[1] * far), last]


def _circle(point: Point, half: float) -> list[Point]:
    return [(point[0] + x * half, point[1] + y * half) for x, y in _CIRCLE]


def _way(start: Point, end: Point) -> Point:
    far = math.dist(start, end)
    return ((end[0] - start[0]) / far, (end[1] - start[1]) / far)


def _sum(a: Point, b: Point) -> Point:
    return (a[0] + b[0], a[1] + b[1])


def _difference(a: Point, b: Point) -> Point:
    return (a[0] - b[0], a[1] - b[1])
