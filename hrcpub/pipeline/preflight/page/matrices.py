"""Matrices and boxes of a page: ISO 32000-2 §8.3.3 and §8.3.4.

Places are points in the page's default user space, y upwards, before /Rotate and /UserUnit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from hrcpub.pipeline.preflight.page.bounded import NumberArray, numbers
from hrcpub.pipeline.preflight.page.font_programs import Point
from hrcpub.units import Matrix, Rect

# Beyond any page: `bounded.box` takes no larger numbers.
FAR = Rect(-1e7, -1e7, 1e7, 1e7)

# A box that meets no other: what a clip without area leaves.
NOWHERE = Rect(-1e7, -1e7, -1e7, -1e7)


def place(m: Matrix, x: float, y: float) -> Point:
    """Return where a matrix puts a point."""
    return (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])


def spread(m: Matrix) -> float:
    """Return by how much a matrix enlarges, on the whole."""
    return math.sqrt(abs(m[0] * m[3] - m[1] * m[2]))


def around(points: Iterable[Point]) -> Rect:
    """Return the box around points."""
    xs, ys = zip(*points, strict=True)
    return Rect(min(xs), min(ys), max(xs), max(ys))


def moved(m: Matrix, box: Rect) -> Rect:
    """Return the box around a box that a matrix has moved."""
    a, b, c, d, e, f = m
    left, bottom, right, top = box
    # Nearly all matrices: nothing is turned, so two corners are enough.
    if b == 0 == c:
        x0, x1, y0, y1 = a * left + e, a * right + e, d * bottom + f, d * top + f
        if x1 < x0:
            x0, x1 = x1, x0
        if y1 < y0:
            y0, y1 = y1, y0
        return Rect(x0, y0, x1, y1)
    return around(place(m, x, y) for x, y in corners(box))


def corners(box: Rect) -> tuple[Point, Point, Point, Point]:
    """Return a box's corners, round it."""
    left, bottom, right, top = box
    return ((left, bottom), (right, bottom), (right, top), (left, top))


def inverse(m: Matrix) -> Matrix | None:
    """Return the matrix that leads back, None when there is none."""
    a, b, c, d, e, f = m
    turned = a * d - b * c
    if not turned:
        return None
    return (
        d / turned,
        -b / turned,
        -c / turned,
        a / turned,
        (c * f - d * e) / turned,
        (b * e - a * f) / turned,
    )


def six(array: NumberArray | None) -> Matrix | None:
    """Return an array as a matrix, None when it is none."""
    parts = numbers(array, 7)
    if len(parts) != 6 or not all(abs(part) < 1e9 for part in parts):
        return None
    return (parts[0], parts[1], parts[2], parts[3], parts[4], parts[5])
