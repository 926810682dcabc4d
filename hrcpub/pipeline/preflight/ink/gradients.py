"""Gradients to plates: axial, radial and by function; each with its opacity (§8.7.4.5)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pikepdf
from PIL import Image

from hrcpub.pipeline.preflight.ink.managed import printed
from hrcpub.pipeline.preflight.page.bounded import (
    number,
    numbers,
)
from hrcpub.pipeline.preflight.page.functions import function
from hrcpub.pipeline.preflight.page.spaces import InkAmounts
from hrcpub.units import Matrix

if TYPE_CHECKING:
    from hrcpub.pipeline.preflight.page.interpreter import Library

from hrcpub.pipeline.preflight.ink.plates import Plates

# Gradients are smooth: samples are enlarged, and what is between them does not show.
_SAMPLES = 64  # of a gradient, each way


def gradient(
    shading: pikepdf.Object, matrix: Matrix, cells: tuple[int, int, int, int], library: Library
) -> tuple[Image.Image, Plates] | None:
    """Return a shading's opacity and premultiplied plates in the cells; None for a mesh."""
    kind = int(number(shading.get("/ShadingType")))
    if kind not in _WAYS:
        return None
    space = library.space(shading.get("/ColorSpace"), None)
    colour_at = function(shading["/Function"])
    size = (cells[2] - cells[0], cells[3] - cells[1])
    grid = (min(size[0], _SAMPLES), min(size[1], _SAMPLES))
    way = _WAYS[kind](shading)
    a, b, c, d, e, f = matrix
    turned = a * d - b * c
    if not turned:
        raise ValueError("a gradient without extent")
    paints: dict[tuple[float, ...], InkAmounts] = {}
    dots: list[InkAmounts | None] = []
    for row in range(grid[1]):
        y = cells[1] + (row + 0.5) * size[1] / grid[1] - f
        for column in range(grid[0]):
            x = cells[0] + (column + 0.5) * size[0] / grid[0] - e
            # Back from cells to the space of the shading: the inverse of the matrix.
            at = way((d * x - c * y) / turned, (a * y - b * x) / turned)
            if at is None:
                dots.append(None)
                continue
            # A thousandth is less than a level of 8 bits.
            key = tuple(round(part, 3) for part in at)
            if key not in paints:
                paints[key] = printed(space, colour_at(at))
            dots.append(paints[key])
    return _spread(dots, grid, size)


def _spread(
    dots: list[InkAmounts | None], grid: tuple[int, int], size: tuple[int, int]
) -> tuple[Image.Image, Plates]:
    """Return samples as an opacity and premultiplied plates of the size that is asked for."""

    def whole(levels: list[int]) -> Image.Image:
        return Image.frombytes("L", grid, bytes(levels)).resize(size, Image.Resampling.BILINEAR)

    alpha = whole([0 if dot is None else 255 for dot in dots])
    plates: Plates = {
        at: whole([round(255 * dot.process[at]) if dot else 0 for dot in dots]) for at in range(4)
    }
    for name in dict.fromkeys(name for dot in dots if dot for name, _ in dot.spots):
        plates[name] = whole([round(255 * dict(dot.spots)[name]) if dot else 0 for dot in dots])
    return alpha, plates


GradientPoint = Callable[[float, float], tuple[float, ...] | None]


def _parameters(shading: pikepdf.Object) -> tuple[list[float], list[float], list[bool]]:
    coordinates = numbers(shading["/Coords"])
    domain = numbers(shading.get("/Domain")) or [0.0, 1.0]
    extend = [bool(flag) for flag in shading.get("/Extend", [False, False])]
    return coordinates, domain, extend


def _free(shading: pikepdf.Object) -> GradientPoint:
    x0, x1, y0, y1 = numbers(shading.get("/Domain")) or [0.0, 1.0, 0.0, 1.0]
    a, b, c, d, e, f = numbers(shading.get("/Matrix")) or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    turned = a * d - b * c

    def way(x: float, y: float) -> tuple[float, ...] | None:
        u, v = (d * (x - e) - c * (y - f)) / turned, (a * (y - f) - b * (x - e)) / turned
        return (u, v) if x0 <= u <= x1 and y0 <= v <= y1 else None

    return way


def _axial(shading: pikepdf.Object) -> GradientPoint:
    (x0, y0, x1, y1), (t0, t1), (before, after) = _parameters(shading)
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy

    def way(x: float, y: float) -> tuple[float, ...] | None:
        s = ((x - x0) * dx + (y - y0) * dy) / length if length else 0.0
        if (s < 0 and not before) or (s > 1 and not after):
            return None
        return (t0 + min(max(s, 0.0), 1.0) * (t1 - t0),)

    return way


def _radial(shading: pikepdf.Object) -> GradientPoint:
    (x0, y0, r0, x1, y1, r1), (t0, t1), (before, after) = _parameters(shading)
    dx, dy, dr = x1 - x0, y1 - y0, r1 - r0
    square = dx * dx + dy * dy - dr * dr

    def way(x: float, y: float) -> tuple[float, ...] | None:
        # The circles between the two ends are numbered by s: centre c(s), radius r(s). A point is
        # on those with |p - c(s)| = r(s), a quadratic equation in s. The largest s whose radius is
        # not negative is painted last, so it is seen (§8.7.4.5.4).
        px, py = x - x0, y - y0
        half, rest = px * dx + py * dy + r0 * dr, px * px + py * py - r0 * r0
        # The ends touch each other from inside: the equation is linear.
        if abs(square) < 1e-9:
            roots = [rest / (2 * half)] if half else []
        else:
            under = half * half - square * rest
            if under < 0:
                return None
            root = math.sqrt(under)
            roots = sorted(((half + root) / square, (half - root) / square), reverse=True)
        for s in roots:
            if r0 + s * dr < 0 or (s < 0 and not before) or (s > 1 and not after):
                continue
            return (t0 + min(max(s, 0.0), 1.0) * (t1 - t0),)
        return None

    return way


_WAYS: dict[int, Callable[[pikepdf.Object], GradientPoint]] = {1: _free, 2: _axial, 3: _radial}
