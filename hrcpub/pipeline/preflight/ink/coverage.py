"""How much of each cell of a grid something covers: pure arithmetic on outlines and boxes."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageChops, ImageDraw

from hrcpub.pipeline.preflight.page.font_programs import GlyphShape, enclosed
from hrcpub.pipeline.preflight.page.marks import PaintedText
from hrcpub.pipeline.preflight.page.matrices import moved, place, spread
from hrcpub.units import Matrix, Rect

FINE = 4  # parts of a cell's side, for edges
_COARSE = 2  # the same, where a shape is large: its inside outweighs its edges
_LARGE = 250_000  # cells: with FINE a larger shape would take a picture of 4 MB and more
_BIG_TYPE = 18.0  # cells: higher letters are drawn, smaller ones are spread over their place
_RUN = 10.0  # cells: the width of a piece of a small line of text that is one tint

CellRange = tuple[int, int, int, int]  # left, top, right, bottom; the last two are not in it


def fineness(cells: CellRange) -> int:
    """Return in how many parts the side of a cell is divided, to draw a shape in these cells."""
    is_large = (cells[2] - cells[0]) * (cells[3] - cells[1]) >= _LARGE
    return _COARSE if is_large else FINE


def in_cells(
    matrix: Matrix, polygon: list[tuple[float, float]], cells: CellRange, fine: int
) -> list[tuple[float, float]]:
    """Return a polygon in pixels of a picture of the cells, each `fine` pixels wide.

    Pillow takes whole numbers for the middles of pixels, so that half a pixel is taken off.
    """
    left, top = cells[:2]
    return [
        (
            (matrix[0] * x + matrix[4] - left) * fine - 0.5,
            (matrix[3] * y + matrix[5] - top) * fine - 0.5,
        )
        for x, y in polygon
    ]


def filled(
    matrix: Matrix,
    polygons: Iterator[list[tuple[float, float]]],
    cells: CellRange,
    is_even_odd: bool,
) -> Image.Image:
    """Return how much of each cell outlines cover: by winding, or by even and odd."""
    fine = fineness(cells)
    size = ((cells[2] - cells[0]) * fine, (cells[3] - cells[1]) * fine)
    drawn = [in_cells(matrix, polygon, cells, fine) for polygon in polygons]
    drawn = [near(polygon, size) for polygon in drawn if len(polygon) > 2]
    if len(drawn) == 1:
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon(drawn[0], 255)
    elif is_even_odd:
        mask = Image.new("L", size)
        for polygon in drawn:
            shape = Image.new("L", size)
            ImageDraw.Draw(shape).polygon(polygon, 255)
            mask = ImageChops.difference(mask, shape)
    else:
        mask = wound(drawn, size)
    return mask.reduce(fine)


def boxed(matrix: Matrix, box: Rect, cells: CellRange) -> Image.Image | None:
    """Return how much of each cell a box covers; None when it covers all of them.

    Only the outermost cells can be covered in part, so only their rows and columns are painted.
    """
    seen = moved(matrix, box)
    left, top, right, bottom = cells
    wide, high = right - left, bottom - top
    columns = [overlap(left + x, seen.left, seen.right) for x in (0, wide - 1)]
    rows = [overlap(top + y, seen.bottom, seen.top) for y in (0, high - 1)]
    if min(*columns, *rows) > 0.996:  # less than half of one of 256 levels is missing
        return None
    mask = Image.new("L", (wide, high), 255)
    if wide == 1:
        columns = [columns[0]] * 2
    for x in range(wide) if wide < 3 else (0, wide - 1):
        share = columns[0] if x == 0 else columns[1]
        mask.paste(round(255 * share), (x, 0, x + 1, high))
    for y in {0, high - 1}:
        share = rows[0] if y == 0 else rows[1]
        line = mask.crop((0, y, wide, y + 1)).point([round(v * share) for v in range(256)])
        mask.paste(line, (0, y))
    return mask


def letters(matrix: Matrix, shown: PaintedText, cells: CellRange) -> Image.Image:
    """Return how much of each cell letters cover.

    Small ones are not drawn: in cells of a point their strokes would be noise, and there may be a
    hundred thousand. The area of their ink is spread over the place of a few letters.
    """
    scale = spread(matrix)
    if shown.height * scale >= _BIG_TYPE:
        return filled(matrix, outlines(shown), cells, False)
    mask = Image.new("L", (cells[2] - cells[0], cells[3] - cells[1]))
    pen = ImageDraw.Draw(mask)
    for run, area in runs(shown, _RUN / scale):
        seen = moved(matrix, run)
        left, top = round(seen.left), round(seen.bottom)
        right, bottom = max(left + 1, round(seen.right)), max(top + 1, round(seen.top))
        share = min(area * scale * scale / ((right - left) * (bottom - top)), 1.0)
        place = (left - cells[0], top - cells[1], right - cells[0] - 1, bottom - cells[1] - 1)
        pen.rectangle(place, round(255 * share))
    return mask


def near(polygon: list[tuple[float, float]], size: tuple[int, int]) -> list[tuple[float, float]]:
    """Return a polygon whose corners are near the picture: Pillow goes line by line."""
    wide, high = size[0] * 2.0, size[1] * 2.0
    return [(min(max(x, -wide), 2 * wide), min(max(y, -high), 2 * high)) for x, y in polygon]


def wound(polygons: list[list[tuple[float, float]]], size: tuple[int, int]) -> Image.Image:
    """Return where the winding number is not 0 (§8.5.3.3.2), counted from 128."""
    # A picture has no negative numbers; outlines wind round a point a few times at most.
    count = Image.new("L", size, 128)
    for polygon in polygons:
        shape = Image.new("L", size)
        ImageDraw.Draw(shape).polygon(polygon, 1)
        turn = ImageChops.add if enclosed(polygon) > 0 else ImageChops.subtract
        count = turn(count, shape)
    return count.point([0 if level == 128 else 255 for level in range(256)])


def overlap(cell: float, low: float, high: float) -> float:
    """Return how much of a cell, 1 wide from `cell` on, is between two edges."""
    return max(0.0, min(cell + 1, high) - max(cell, low))


def full(cells: CellRange) -> Image.Image:
    """Return a mask of cells that are wholly covered."""
    return Image.new("L", (cells[2] - cells[0], cells[3] - cells[1]), 255)


def outlines(shown: PaintedText) -> Iterator[list[tuple[float, float]]]:
    """Yield the contours of letters on the page."""
    size, wide = shown.size, shown.size * shown.stretch
    for code, x, y in shown.glyphs:
        shape = shown.font.shape(code)
        for contour in shape.contours or (_square(shape),) if shape else ():
            yield [place(shown.matrix, x + a * wide, y + b * size) for a, b in contour]


def _square(shape: GlyphShape) -> tuple[tuple[float, float], ...]:
    left, bottom, right, top = shape[:4]
    return ((left, bottom), (right, bottom), (right, top), (left, top))


def runs(shown: PaintedText, width: float) -> Iterator[tuple[Rect, float]]:
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
        # A new piece where this one is wide enough, or where the text goes on in another line.
        if piece and (abs(edges[2] - piece[0]) > far or abs(edges[1] - piece[1]) > 2 * abs(size)):
            yield moved(shown.matrix, Rect(*piece)), area * scale
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
        yield moved(shown.matrix, Rect(*piece)), area * scale
