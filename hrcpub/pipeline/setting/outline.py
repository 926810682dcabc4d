"""A line of text to the outlines of its glyphs: type that needs no font in the file."""

from __future__ import annotations

import itertools
from functools import cache
from itertools import chain
from typing import NamedTuple

import uharfbuzz as hb

from hrcpub.pipeline.setting.face import Face, FaceFont, GlyphPath


class Outline(NamedTuple):
    """A line of text as a path, in the face's own units."""

    path: str  # operators of PDF that draw the text; it begins at the origin
    advance: float
    scale: float  # points to a unit, for type of 1 pt


def outline(text: str, face: Face) -> Outline:
    """Return a line of text as a path, y upwards, rounded to the face's units.

    Quadratic curves become cubic ones, since PDF has no others (ISO 32000-2 §8.5.2).
    """
    operators = []
    for glyph in face.shaped(text):
        font = face.fonts[glyph.font]
        unit = font.scale / face.scale
        pattern, xs, ys = _path(font, glyph.number)
        places = [round(x * unit + glyph.x) for x in xs], [round(y * unit + glyph.y) for y in ys]
        operators.append(pattern % tuple(chain.from_iterable(zip(*places, strict=True))))
    path = " ".join([*filter(None, operators), "f"])  # a space draws nothing
    return Outline(path, sum(face.advances(text)) / face.scale, face.scale)


def _path(font: FaceFont, glyph: int) -> GlyphPath:
    """Return a glyph's path, drawn once for all texts of its font."""
    if glyph not in font.paths:
        pen = _OutlinePen()
        font.font.draw_glyph(glyph, _pen_functions(), pen)
        font.paths[glyph] = (" ".join(pen.operators), pen.xs, pen.ys)
    return font.paths[glyph]


@cache
def _pen_functions() -> hb.DrawFuncs:
    functions = hb.DrawFuncs()
    functions.set_move_to_func(lambda x, y, p: p.write("m", x, y))
    functions.set_line_to_func(lambda x, y, p: p.write("l", x, y))
    functions.set_quadratic_to_func(lambda a, b, x, y, p: p.quadratic(a, b, x, y))
    functions.set_cubic_to_func(lambda a, b, c, d, x, y, p: p.write("c", a, b, c, d, x, y))
    functions.set_close_path_func(lambda p: p.operators.append("h"))
    return functions


class _OutlinePen:
    """Writes the path of a glyph as operators, with `%d` for each number, and the numbers."""

    def __init__(self) -> None:
        self.operators: list[str] = []
        self.xs: list[float] = []
        self.ys: list[float] = []

    def quadratic(self, a: float, b: float, x: float, y: float) -> None:
        x0, y0 = self.xs[-1], self.ys[-1]
        # The same curve with one degree more: its handles are two thirds of the way to the old one.
        first = (x0 + 2 / 3 * (a - x0), y0 + 2 / 3 * (b - y0))
        second = (x + 2 / 3 * (a - x), y + 2 / 3 * (b - y))
        self.write("c", *first, *second, x, y)

    def write(self, operator: str, *numbers: float) -> None:
        self.xs += numbers[::2]
        self.ys += numbers[1::2]
        self.operators.append("%d " * len(numbers) + operator)


CURVE = 8  # lines that a curve is made of: off by less than a thousandth of the size


def polygons(glyph: int, face: Face) -> list[list[tuple[float, float]]]:
    """Return the contours of a glyph as polygons, in the face's units, y upwards."""
    pen = _PolygonPen()
    functions = hb.DrawFuncs()
    functions.set_move_to_func(lambda x, y, p: p.contours.append([(x, y)]))
    functions.set_line_to_func(lambda x, y, p: p.contours[-1].append((x, y)))
    functions.set_quadratic_to_func(lambda a, b, x, y, p: p.curve((a, b), (x, y)))
    functions.set_cubic_to_func(lambda a, b, c, d, x, y, p: p.curve((a, b), (c, d), (x, y)))
    functions.set_close_path_func(lambda p: None)
    face.font.draw_glyph(glyph, functions, pen)
    return pen.contours


class _PolygonPen:
    def __init__(self) -> None:
        self.contours: list[list[tuple[float, float]]] = []

    def curve(self, *handles: tuple[float, float]) -> None:
        """Add points of a Bézier curve from the last point (de Casteljau)."""
        begin = self.contours[-1][-1]
        for number in range(1, CURVE + 1):
            t, points = number / CURVE, [begin, *handles]
            while len(points) > 1:
                points = [
                    (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t)
                    for (x0, y0), (x1, y1) in itertools.pairwise(points)
                ]
            self.contours[-1].append(points[0])
