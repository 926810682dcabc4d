"""A tiling pattern to a layer of plates: its cells, repeated over what is painted (§8.7.3)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import pikepdf
from PIL import Image

from hrcpub.pipeline.preflight.ink.coverage import CellRange
from hrcpub.pipeline.preflight.ink.raster import DEEPEST, Layer, Raster
from hrcpub.pipeline.preflight.page.bounded import box
from hrcpub.pipeline.preflight.page.marks import Mark, State
from hrcpub.pipeline.preflight.page.matrices import inverse, moved, six
from hrcpub.pipeline.preflight.page.patterns import cell_marks
from hrcpub.units import IDENTITY, Matrix, Rect, times

_ONE_BY_ONE = 400  # repetitions; of more one is drawn, and its picture repeated
_OVERLAPPING = 64  # cells that reach into one repetition
_FINE = 32  # pixels: the least side of the picture of a repetition, before it is averaged
_FINEST = 0.5  # points: a finer repetition is some dots at 600 dpi, and programs fill them all
_LARGEST = 16_000_000  # pixels of a picture of repetitions


class _Tiling(NamedTuple):
    """A pattern's cell and its steps; `matrix` leads to the page."""

    cell: pikepdf.Stream
    matrix: Matrix
    bounds: Rect
    x: float
    y: float


def tiled(raster: Raster, mark: Mark, pattern: pikepdf.Stream, cells: CellRange) -> Layer | None:
    """Return a layer with a pattern in the cells of a mark; None when nothing can be drawn.

    Raises ValueError for a pattern whose cells lie over each other too often.
    """
    if raster.depth >= DEEPEST:
        raster.unknown.add("patterns in patterns")
        return None
    x, y = (abs(float(pattern.get(key, 0))) for key in ("/XStep", "/YStep"))
    bounds = box(pattern.get("/BBox"))
    matrix = six(pattern.get("/Matrix")) or IDENTITY
    back = inverse(matrix)
    if bounds is None or back is None or not (x and y):
        return None
    tiling = _Tiling(pattern, matrix, bounds, x, y)
    # How often the cell is seen is counted in the pattern's own space.
    columns, rows = _repetitions(tiling, moved(back, mark.box))
    state = _colours(mark)
    if len(columns) * len(rows) > _ONE_BY_ONE:
        return _repeated(raster, tiling, state, cells)
    inner = _apart(raster, raster.view, raster.cell)
    for put in _places(columns, rows, tiling):
        inner.draw(cell_marks(raster.library, pattern, times(put, matrix), mark.box, state))
    raster.unknown |= inner.unknown
    return inner.layer


def _colours(mark: Mark) -> State:
    """Return the state in which cells are painted: opaque, the mark's opacity is for the whole."""
    state = mark.state.copy()
    if state.fill_space.base is not None:
        state.fill_space = state.stroke_space = state.fill_space.base
        state.stroke = state.fill
    state.fill_alpha = state.stroke_alpha = 1.0
    state.blend, state.mask = "Normal", None
    return state


def _apart(raster: Raster, view: Rect, cell: float) -> Raster:
    inner = Raster(view, cell, raster.library, raster.paint)
    inner.depth = raster.depth + 1
    inner.layer = Layer(inner.size, True)
    return inner


def _repetitions(tiling: _Tiling, seen: Rect) -> tuple[range, range]:
    """Return which repetitions reach into a box in the pattern's space."""
    x, y, bounds = tiling.x, tiling.y, tiling.bounds
    left, right = (seen.left - bounds.right) / x, (seen.right - bounds.left) / x
    low, high = (seen.bottom - bounds.top) / y, (seen.top - bounds.bottom) / y
    columns = range(math.floor(left), math.ceil(right) + 1)
    return columns, range(math.floor(low), math.ceil(high) + 1)


def _places(columns: range, rows: range, tiling: _Tiling) -> Iterator[Matrix]:
    for column in columns:
        for row in rows:
            yield (1.0, 0.0, 0.0, 1.0, column * tiling.x, row * tiling.y)


def _repeated(raster: Raster, tiling: _Tiling, state: State, cells: CellRange) -> Layer:
    """Return a layer with a picture of one repetition, laid side by side."""
    to_cells = times(tiling.matrix, raster.matrix)
    a, b, c, d, _, _ = to_cells
    size = (
        max(1, round(tiling.x * math.hypot(a, b))),
        max(1, round(tiling.y * math.hypot(c, d))),
    )
    once = _drawn_once(raster, tiling, state, size)
    layer = Layer(raster.size, True)
    assert layer.alpha is not None
    assert once.alpha is not None
    layer.alpha.paste(_side_by_side(once.alpha, size, tiling, to_cells, cells), cells[:2])
    for name, plate in once.named():
        layer.plate(name).paste(_side_by_side(plate, size, tiling, to_cells, cells), cells[:2])
    return layer


def _drawn_once(raster: Raster, tiling: _Tiling, state: State, size: tuple[int, int]) -> Layer:
    """Return a layer with one repetition: the box from the pattern's origin to its steps."""
    fine = max(1, math.ceil(_FINE / min(size)))
    view = Rect(0.0, 0.0, tiling.x, tiling.y)
    inner = _apart(raster, view, max(tiling.x / (size[0] * fine), tiling.y / (size[1] * fine)))
    columns, rows = _repetitions(tiling, view)
    if len(columns) * len(rows) > _OVERLAPPING:
        raise ValueError("a pattern whose cells overlap")
    for put in _places(columns, rows, tiling):
        inner.draw(cell_marks(raster.library, tiling.cell, put, view, state))
    raster.unknown |= inner.unknown
    a, b, c, d, _, _ = tiling.matrix
    finest = min(tiling.x * math.hypot(a, b), tiling.y * math.hypot(c, d))
    assert inner.layer.alpha is not None
    if finest < _FINEST and inner.layer.alpha.getextrema() != (255, 255):
        raster.unknown.add("a pattern as fine as a press's dots")
    return inner.layer


def _side_by_side(
    plate: Image.Image,
    size: tuple[int, int],
    tiling: _Tiling,
    to_cells: Matrix,
    cells: CellRange,
) -> Image.Image:
    """Return the picture of a repetition laid over the cells."""
    plate = plate.resize(size, Image.Resampling.BOX)
    back = inverse(to_cells)
    left, top, right, bottom = cells
    if back is None or plate.getextrema() == (0, 0):
        return Image.new("L", (right - left, bottom - top))
    seen = moved(back, Rect(left, top, right, bottom))
    # One more around: what is between two samples is read from both.
    first, last = math.floor(seen.left / tiling.x) - 1, math.ceil(seen.right / tiling.x) + 1
    low, high = math.floor(seen.bottom / tiling.y) - 1, math.ceil(seen.top / tiling.y) + 1
    wide, tall = (last - first) * size[0], (high - low) * size[1]
    if wide * tall > _LARGEST:
        raise ValueError("a pattern of very many cells")
    strip = Image.new("L", (wide, size[1]))
    for at in range(0, wide, size[0]):
        strip.paste(plate, (at, 0))
    whole = Image.new("L", (wide, tall))
    for at in range(0, tall, size[1]):
        whole.paste(strip, (0, at))
    # From a cell to the pattern's space, and from there to the picture, whose first row is highest.
    a, b, c, d, e, f = back
    across, down = size[0] / tiling.x, -size[1] / tiling.y
    u, v = a * left + c * top + e, b * left + d * top + f
    way = (
        *(a * across, c * across, (u - first * tiling.x) * across),
        *(b * down, d * down, (v - high * tiling.y) * down),
    )
    size_ = (right - left, bottom - top)
    return whole.transform(size_, Image.Transform.AFFINE, way, Image.Resampling.BILINEAR)
