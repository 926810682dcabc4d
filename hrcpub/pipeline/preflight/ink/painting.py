"""Kinds of marks, each drawn on a `Raster`: texts, paths, images and shadings."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pikepdf
from PIL import Image, ImageChops, ImageDraw

from hrcpub.pipeline.preflight.ink.coverage import (
    CellRange,
    boxed,
    filled,
    fineness,
    full,
    in_cells,
    near,
    outlines,
)
from hrcpub.pipeline.preflight.ink.gradients import gradient
from hrcpub.pipeline.preflight.ink.images import picture as plates_of
from hrcpub.pipeline.preflight.ink.images import stencil as stencil_of
from hrcpub.pipeline.preflight.ink.plates import Plates
from hrcpub.pipeline.preflight.ink.raster import DEEPEST, Layer, Raster
from hrcpub.pipeline.preflight.ink.strokes import centre_lines, stroked
from hrcpub.pipeline.preflight.page.bounded import box
from hrcpub.pipeline.preflight.page.font_programs import Point
from hrcpub.pipeline.preflight.page.marks import (
    Mark,
    PaintedImage,
    PaintedPath,
    PaintedShading,
    PaintedText,
    State,
)
from hrcpub.pipeline.preflight.page.matrices import around, inverse, moved, six, spread
from hrcpub.pipeline.preflight.page.patterns import cell_marks
from hrcpub.units import IDENTITY, Matrix, Rect, times

_BROAD = 4.0  # pixels: the ends and corners of a thinner line do not count
_MOST_TILES = 1500  # of a pattern, drawn one by one


def draw_mark(raster: Raster, mark: Mark) -> None:
    """Draw one mark by what it is."""
    match mark.painted:
        case PaintedText() as text:
            _text(raster, mark, text)
        case PaintedPath() as path:
            _path(raster, mark, path)
        case PaintedImage() as image:
            _image(raster, mark, image)
        case PaintedShading() as shading:
            _shading(raster, mark, shading)


def _text(raster: Raster, mark: Mark, text: PaintedText) -> None:
    cells = raster.cells(mark.box)
    if cells is None or not (mark.is_fill or mark.is_stroke):
        return
    line = _lined(raster, mark, outlines(text), cells) if mark.is_stroke else None
    if mark.is_fill:
        _fill(raster, mark, cells, _beside(mark, raster.letters(text, cells), line))
    if line is not None:
        _stroke(raster, mark, line, cells)


def _path(raster: Raster, mark: Mark, painted: PaintedPath) -> None:
    path, is_even_odd = painted
    cells = raster.cells(mark.box)
    if cells is None:
        return
    line = _lined(raster, mark, path.polygons(), cells) if mark.is_stroke else None
    if mark.is_fill:
        if path.is_box and line is None:
            seen = path.box.meet(mark.state.clip.box)
            mask = boxed(raster.matrix, seen, cells) if seen else None
        else:
            mask = filled(raster.matrix, path.polygons(), cells, is_even_odd)
            edge = boxed(raster.matrix, mark.state.clip.box, cells)
            mask = mask if edge is None else ImageChops.multiply(mask, edge)
        _fill(raster, mark, cells, mask if mask is None else _beside(mark, mask, line))
    if line is not None:
        _stroke(raster, mark, line, cells)


def _beside(mark: Mark, mask: Image.Image, line: Image.Image | None) -> Image.Image:
    """Return what a fill leaves to its own line: where that is seen through, the line replaces it.

    The two are a knockout group (§11.7.4.4).
    """
    state = mark.state
    if line is None or (state.stroke_alpha == 1 and state.blend == "Normal"):
        return mask
    return ImageChops.multiply(mask, ImageChops.invert(line))


def _fill(raster: Raster, mark: Mark, cells: CellRange, mask: Image.Image | None) -> None:
    """Fill what a mask covers with the mark's colour, or with its pattern."""
    paint = mark.state.inks()
    if paint is None:
        _pattern(raster, mark, mark.state.fill_pattern, cells, mask)
    else:
        raster.tint(cells, mask, paint, mark.state, False)


def _stroke(raster: Raster, mark: Mark, mask: Image.Image, cells: CellRange) -> None:
    """Paint a line that a mask covers with the mark's colour, or with its pattern."""
    paint = mark.state.inks(True)
    if paint is None:
        _pattern(raster, mark, mark.state.stroke_pattern, cells, mask)
    else:
        raster.tint(cells, mask, paint, mark.state, True)


def _lined(
    raster: Raster, mark: Mark, polygons: Iterator[list[Point]], cells: CellRange
) -> Image.Image:
    """Return how much of each cell a line covers; thin ones are drawn paler, not thicker."""
    left, top, right, bottom = cells
    fine = fineness(cells)
    big = ((right - left) * fine, (bottom - top) * fine)
    mask = Image.new("L", big)
    pen = ImageDraw.Draw(mask)
    wide = mark.line * spread(raster.matrix) * fine
    if wide >= _BROAD:
        for polygon in stroked(polygons, mark.state):
            _paint(pen, near(in_cells(raster.matrix, polygon, cells, fine), big))
        return mask.reduce(fine)
    # Pillow draws no line thinner than a pixel.
    level = 255 if wide >= 1 else max(1, round(255 * wide))
    for polygon in centre_lines(polygons, mark.state):
        points = in_cells(raster.matrix, polygon, cells, fine)
        pen.line(near(points, big), fill=level, width=max(1, round(wide)), joint="curve")
    return mask.reduce(fine)


def _paint(pen: ImageDraw.ImageDraw, polygon: list[Point]) -> None:
    """Paint a polygon; of one that is upright, Pillow would paint the pixels on its edges too."""
    seen = around(polygon)
    corners = {(round(x - seen.left, 3), round(y - seen.bottom, 3)) for x, y in polygon}
    wide, high = round(seen.width, 3), round(seen.height, 3)
    if corners != {(0, 0), (wide, 0), (0, high), (wide, high)}:
        pen.polygon(polygon, fill=255)
        return
    left, top = round(seen.left + 0.5), round(seen.bottom + 0.5)
    right, bottom = round(seen.right + 0.5) - 1, round(seen.top + 0.5) - 1
    if left <= right and top <= bottom:
        pen.rectangle((left, top, right, bottom), fill=255)


def _pattern(
    raster: Raster,
    mark: Mark,
    pattern: pikepdf.Object | None,
    cells: CellRange,
    mask: Image.Image | None,
) -> None:
    """Fill with a pattern: a shading, or a cell that is repeated (§8.7)."""
    if isinstance(pattern, pikepdf.Dictionary) and "/Shading" in pattern:
        matrix = six(pattern.get("/Matrix")) or IDENTITY
        _shaded(raster, mark, pattern["/Shading"], matrix, cells, mask)
    elif isinstance(pattern, pikepdf.Stream):
        _tiled(raster, mark, pattern, cells, mask)


def _tiled(
    raster: Raster, mark: Mark, pattern: pikepdf.Stream, cells: CellRange, mask: Image.Image | None
) -> None:
    if raster.depth >= DEEPEST:
        raster.unknown.add("patterns in patterns")
        return
    matrix = six(pattern.get("/Matrix")) or IDENTITY
    steps = [float(pattern.get(key, 0)) for key in ("/XStep", "/YStep")]
    bounds = box(pattern.get("/BBox"))
    if bounds is None or not all(steps):
        return
    state = mark.state.copy()
    if state.fill_space.base is not None:
        state.fill_space = state.stroke_space = state.fill_space.base
        state.stroke = state.fill
    inner = Raster(raster.view, raster.cell, raster.library, raster.paint)
    inner.depth = raster.depth + 1
    inner.layer = Layer(raster.size, True)
    # Cells are painted opaque; the opacity of the mark applies to the pattern as a whole (`_lay`).
    state.fill_alpha = state.stroke_alpha = 1.0
    state.blend, state.mask = "Normal", None
    for put in _tiles(matrix, steps, bounds, mark.box):
        inner.draw(cell_marks(raster.library, pattern, put, mark.box, state))
    raster.unknown |= inner.unknown
    _lay(raster, mark.state, inner.layer, cells, mask)


def _tiles(matrix: Matrix, steps: list[float], bounds: Rect, reach: Rect) -> Iterator[Matrix]:
    """Yield the matrix of each repetition that may be seen."""
    back = inverse(matrix)
    if back is None:
        return
    # `back` is the inverse matrix: which repetitions are seen is counted in the pattern's space.
    seen = moved(back, reach)
    x, y = abs(steps[0]), abs(steps[1])
    columns = range(
        math.floor((seen.left - bounds.right) / x), math.ceil((seen.right - bounds.left) / x) + 1
    )
    rows = range(
        math.floor((seen.bottom - bounds.top) / y), math.ceil((seen.top - bounds.bottom) / y) + 1
    )
    if len(columns) * len(rows) > _MOST_TILES:
        raise ValueError("a pattern of very small cells")
    for column in columns:
        for row in rows:
            yield times((1.0, 0.0, 0.0, 1.0, column * x, row * y), matrix)


def _lay(
    raster: Raster, state: State, over: Layer, cells: CellRange, mask: Image.Image | None
) -> None:
    """Lay plates that were drawn apart over the page, where a mask is."""
    assert over.alpha is not None
    mask = raster.clipped(cells, mask, state)
    alpha = over.alpha.crop(cells)
    level = round(255 * state.fill_alpha)
    through = (
        full(cells).point([level] * 256)
        if mask is None
        else mask.point([round(value * state.fill_alpha) for value in range(256)])
    )
    shape = ImageChops.multiply(alpha, through)
    put = {n: ImageChops.multiply(own.crop(cells), through) for n, own in over.named()}
    raster.lay(cells, put, shape, state.blend)


def _shading(raster: Raster, mark: Mark, painted: PaintedShading) -> None:
    cells = raster.cells(mark.box)
    if cells is not None:
        edge = boxed(raster.matrix, mark.box, cells)
        _shaded(raster, mark, painted.dictionary, painted.matrix, cells, edge)


def _shaded(
    raster: Raster,
    mark: Mark,
    shading: pikepdf.Object,
    matrix: Matrix,
    cells: CellRange,
    mask: Image.Image | None,
) -> None:
    drawn = gradient(shading, times(matrix, raster.matrix), cells, raster.library)
    if drawn is None:
        raster.unknown.add("a mesh gradient")
        return
    _lay(raster, mark.state, _as_layer(raster, cells, *drawn), cells, mask)


def _as_layer(raster: Raster, cells: CellRange, alpha: Image.Image, plates: Plates) -> Layer:
    """Return a layer with plates in its cells; paint is premultiplied there (`_lay`)."""
    layer = Layer(raster.size, True)
    assert layer.alpha is not None
    layer.alpha.paste(alpha, cells[:2])
    for name, plate in plates.items():
        layer.plate(name).paste(ImageChops.multiply(plate, alpha), cells[:2])
    return layer


def _image(raster: Raster, mark: Mark, picture: PaintedImage) -> None:
    cells = raster.cells(mark.box)
    if cells is None:
        return
    matrix = times(picture.matrix, raster.matrix)
    edge = boxed(raster.matrix, mark.box, cells) if matrix[1] == 0 == matrix[2] else None
    if mark.is_fill:
        stencil = stencil_of(picture, matrix, cells, raster.library)
        stencil = stencil if edge is None else ImageChops.multiply(stencil, edge)
        _fill(raster, mark, cells, stencil)
        return
    drawn = plates_of(picture, matrix, cells, raster.library)
    _lay(raster, mark.state, _as_layer(raster, cells, *drawn), cells, edge)
