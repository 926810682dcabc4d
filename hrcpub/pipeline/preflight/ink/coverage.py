"""How much of each cell of a grid something covers: pure arithmetic on outlines and boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageChops, ImageDraw

from hrcpub.pipeline.preflight.page.bounded import PageBox
from hrcpub.pipeline.preflight.page.font_programs import enclosed
from hrcpub.pipeline.preflight.page.marks import (
    PaintedText,
    moved,
    place,
    spread,
)

CellRange = tuple[int, int, int, int]  # left, top, right, bottom; the last two are not in it


def near(polygon: list[tuple[float, float]], size: tuple[int, int]) -> list[tuple[float, float]]:
    """Return a polygon whose corners lie near the picture: Pillow goes line by line."""
    wide, high = size[0] * 2.0, size[1] * 2.0
    return [(min(max(x, -wide), 2 * wide), min(max(y, -high), 2 * high)) for x, y in polygon]


def wound(polygons: list[list[tuple[float, float]]], size: tuple[int, int]) -> Image.Image:
    """Return where the winding number is not 0 (§8.5.3.3.2), counted from 128."""
    count = Image.new("L", size, 128)
    for polygon in polygons:
        shape = Image.new("L", size)
        ImageDraw.Draw(shape).polygon(polygon, 1)
        turn = ImageChops.add if enclosed(polygon) > 0 else ImageChops.subtract
        count = turn(count, shape)
    return count.point([0 if level == 128 else 255 for level in range(256)])


def overlap(cell: float, low: float, high: float) -> float:
    """Return how much of a cell, 1 wide from `cell` on, lies between two edges."""
    return max(0.0, min(cell + 1, high) - max(cell, low))


def full(cells: CellRange) -> Image.Image:
    """Return a mask of cells that are covered altogether."""
    return Image.new("L", (cells[2] - cells[0], cells[3] - cells[1]), 255)


def outlines(shown: PaintedText) -> Iterator[list[tuple[float, float]]]:
    """Yield the contours of letters on the page."""
    size, wide = shown.size, shown.size * shown.stretch
    for code, x, y in shown.glyphs:
        shape = shown.font.shape(code)
        for contour in shape.contours or (_square(shape),) if shape else ():
            yield [place(shown.matrix, x + a * wide, y + b * size) for a, b in contour]


def _square(shape: Any) -> tuple[tuple[float, float], ...]:
    left, bottom, right, top = shape[:4]
    return ((left, bottom), (right, bottom), (right, top), (left, top))


def runs(shown: PaintedText, width: float) -> Iterator[tuple[PageBox, float]]:
    """Yield pieces of a line of text: the box around some letters, and the area of their ink."""
    size, wide = shown.size, shown.size * shown.stretch
    scale = abs(size * wide) * spread(shown.matrix) ** 2
    far = width / max(spread(shown.matrix), 1e-9)
    piece: list[float] = []
    area = 0.0
    for code, x, y in shown.glyphs:
        shape = shown.font.shape(code)
        if shape is None:
            continue
        edges = (
            x + shape.left * wide,
            y + shape.bottom * size,
            x + shape.right * wide,
            y + shape.top * size,
        )
        if piece and (abs(edges[2] - piece[0]) > far or abs(edges[1] - piece[1]) > 2 * abs(size)):
            yield moved(shown.matrix, PageBox(*piece)), area * scale
            piece, area = [], 0.0
        if piece:
            piece = [
                min(piece[0], edges[0]),
                min(piece[1], edges[1]),
                max(piece[2], edges[2]),
                max(piece[3], edges[3]),
            ]
        else:
            piece = list(edges)
        area += shape.area
    if piece:
        yield moved(shown.matrix, PageBox(*piece)), area * scale
