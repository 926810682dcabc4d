"""A line of text to the outlines of its glyphs: type that needs no font in the file."""

from __future__ import annotations

import itertools
from typing import NamedTuple

import uharfbuzz as hb

from hrcpub.pipeline.setting.face import Face


class Outline(NamedTuple):
    """A line of text as a path, in the face's own units."""

    path: str  # operators of PDF that draw the text; it begins at the origin
    advance: float
    scale: float  # points to a unit, for type of 1 pt


def outline(text: str, face: Face) -> Outline:
    """Return a line of text as a path, y upwards, rounded to the face's units.

    Quadratic curves become cubic ones, since PDF has no others (ISO 32000-2 §8.5.2).
    """
    pen = _OutlinePen()
    functions = hb.DrawFuncs()
    functions.set_move_to_func(lambda x, y, p: p.move(x, y))
    functions.set_line_to_func(lambda x, y, p: p.line(x, y))
    functions.set_quadratic_to_func(lambda a, b, x, y, p: p.quadratic(a, b, x, y))
    functions.set_cubic_to_func(lambda a, b, c, d, x, y, p: p.cubic(a, b, c, d, x, y))
    functions.set_close_path_func(lambda p: p.close())
    for glyph in face.shaped(text):
        font = face.fonts[glyph.font]
        pen.left, pen.foot, pen.unit = glyph.x, glyph.y, font.scale / face.scale
        font.font.draw_glyph(glyph.number, functions, pen)
    advance = sum(face.advances(text)) / face.scale
    return Outline(" ".join([*pen.operators, "f"]), advance, face.scale)


class _OutlinePen:
    """Writes the path of glyphs as operators; the origin of a glyph is at `left`, `foot`.

    `unit` is that of its font, in units of the line's.
    """

    def __init__(self) -> None:
        self.left = self.foot = 0.0
        self.unit = 1.0
        self.operators: list[str] = []
        self._at = (0.0, 0.0)

    def move(self, x: float, y: float) -> None:
        self._write("m", x, y)

    def line(self, x: float, y: float) -> None:
        self._write("l", x, y)

    def cubic(self, a: float, b: float, c: float, d: float, x: float, y: float) -> None:
        self._write("c", a, b, c, d, x, y)

    def quadratic(self, a: float, b: float, x: float, y: float) -> None:
        x0, y0 = self._at
        # The same curve with one degree more: its handles are two thirds of the way to the old one.
        first = (x0 + 2 / 3 * (a - x0), y0 + 2 / 3 * (b - y0))
        second = (x + 2 / 3 * (a - x), y + 2 / 3 * (b - y))
        self._write("c", *first, *second, x, y)

    def close(self) -> None:
        self.operators.append("h")

    def _write(self, operator: str, *numbers: float) -> None:
        self._at = (numbers[-2], numbers[-1])
        origins = (self.left, self.foot) * (len(numbers) // 2)
        placed = (round(n * self.unit + o) for n, o in zip(numbers, origins, strict=True))
        self.operators.append(" ".join(str(number) for number in placed) + f" {operator}")


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
