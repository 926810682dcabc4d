"""The path of a line of text to operators that stroke its outline, where contours overlap too.

Many faces draw a letter in strokes that lie over each other (Chinese), and letters that join reach
into each other (Arabic). Stroked as they are, one sees through them. So those are clipped to what
is outside of all, and stroked twice as wide: the outer half is seen.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from hrcpub.patterns import pattern

_HollowPoint = tuple[float, float]
_STEPS = 6  # lines that a curve is made of, to see what lies over what
_OPERATOR = pattern(r"((?:-?\d+ )*)([mlch])\b")


class _HollowContour(NamedTuple):
    path: str
    points: list[_HollowPoint]
    box: tuple[float, float, float, float]  # left, foot, right, top
    area: float  # twice as much; negative, if it is drawn clockwise


_HollowShape = list[_HollowContour]  # an outer contour, and its holes


def hollow(path: str, width: float) -> str:
    """Return operators that stroke the outline of a path, which has none that paint."""
    layers = _layers(_shapes(_contours(path)))
    if len(layers) < 2:
        return f"{width:.2f} w 1 j\n{path}S"
    boxes = [contour.box for layer in layers for shape in layer for contour in shape]
    left, foot = (min(box[side] for box in boxes) - 2 * width for side in (0, 1))
    right, top = (max(box[side] for box in boxes) + 2 * width for side in (2, 3))
    around = f"{left:.0f} {foot:.0f} {right - left:.0f} {top - foot:.0f} re"
    clips = [
        " ".join([around, *(contour.path for shape in layer for contour in shape), "W* n"])
        for layer in layers
    ]
    return "\n".join([*clips, f"{2 * width:.2f} w 1 j", f"{path}S"])


def _contours(path: str) -> list[_HollowContour]:
    """Return the contours of a path, with their curves as lines."""
    found: list[_HollowContour] = []
    for whole in re.findall(r"[^m]*m[^h]*h", path):
        points: list[_HollowPoint] = []
        for match in _OPERATOR.finditer(whole):
            numbers = [float(number) for number in match[1].split()]
            ends = list(zip(numbers[::2], numbers[1::2], strict=True))
            points += _curve(points[-1], *ends) if match[2] == "c" else ends
        xs, ys = zip(*points, strict=True)
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in _edges(points))
        box = (min(xs), min(ys), max(xs), max(ys))
        found.append(_HollowContour(whole.strip(), points, box, area))
    return found


def _curve(
    a: _HollowPoint, b: _HollowPoint, c: _HollowPoint, d: _HollowPoint
) -> list[_HollowPoint]:
    """Return points of a cubic Bézier curve, without its first."""
    points = []
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        parts = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        x, y = (
            sum(p * q[axis] for p, q in zip(parts, (a, b, c, d), strict=True)) for axis in (0, 1)
        )
        points.append((x, y))
    return points


def _shapes(contours: list[_HollowContour]) -> list[_HollowShape]:
    """Return outer contours with their holes: those that are drawn the other way round."""
    way = sum(contour.area for contour in contours)
    outer = sorted((c for c in contours if c.area * way > 0), key=lambda c: abs(c.area))
    shapes = [[contour] for contour in outer]
    for hole in contours:
        if hole.area * way < 0:
            around = (s for s in shapes if all(_is_in(point, s[:1]) for point in hole.points))
            next(around, []).append(hole)
    return shapes


def _layers(shapes: list[_HollowShape]) -> list[list[_HollowShape]]:
    """Return shapes in layers of such as do not lie over each other."""
    layers: list[list[_HollowShape]] = []
    for shape in shapes:
        free = (layer for layer in layers if not any(_overlap(shape, other) for other in layer))
        layer = next(free, None)
        if layer is None:
            layers.append([shape])
        else:
            layer.append(shape)
    return layers


def _overlap(one: _HollowShape, other: _HollowShape) -> bool:
    if not _meet(one[0].box, other[0].box):
        return False
    if _is_in(one[0].points[0], other) or _is_in(other[0].points[0], one):
        return True
    return any(_cross(a, b) for a in one for b in other if _meet(a.box, b.box))


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return all(one[side] < other[side + 2] and other[side] < one[side + 2] for side in (0, 1))


def _is_in(point: _HollowPoint, shape: _HollowShape) -> bool:
    """Return whether a point is on the ink of a shape (even-odd)."""
    x, y = point
    is_in = False
    for contour in shape:
        for (x0, y0), (x1, y1) in _edges(contour.points):
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
                is_in = not is_in
    return is_in


def _cross(one: _HollowContour, other: _HollowContour) -> bool:
    """Return whether an edge of one contour goes through one of another."""
    edges = _edges(other.points)
    return any(
        _side(c, d, a) * _side(c, d, b) < 0 and _side(a, b, c) * _side(a, b, d) < 0
        for a, b in _edges(one.points)
        for c, d in edges
    )


def _side(a: _HollowPoint, b: _HollowPoint, point: _HollowPoint) -> float:
    """Return on which side of a line a point is: over zero on its left."""
    return (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])


def _edges(points: list[_HollowPoint]) -> list[tuple[_HollowPoint, _HollowPoint]]:
    return list(zip(points, [*points[1:], *points[:1]], strict=True))
