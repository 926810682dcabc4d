"""Kinds of marks, each drawn on a `Raster`: texts, paths, images and shadings."""

from __future__ import annotations

from collections.abc import Container, Iterator

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
from hrcpub.pipeline.preflight.ink.managed import laid, printed
from hrcpub.pipeline.preflight.ink.plates import PLATES, Plates
from hrcpub.pipeline.preflight.ink.raster import Layer, Raster
from hrcpub.pipeline.preflight.ink.strokes import centre_lines, stroked
from hrcpub.pipeline.preflight.ink.tiles import tiled
from hrcpub.pipeline.preflight.page.bounded import box, numbers
from hrcpub.pipeline.preflight.page.font_programs import Point
from hrcpub.pipeline.preflight.page.marks import (
    Mark,
    PaintedImage,
    PaintedPath,
    PaintedShading,
    PaintedText,
    State,
)
from hrcpub.pipeline.preflight.page.matrices import around, corners, place, six, spread
from hrcpub.pipeline.preflight.page.spaces import Space
from hrcpub.units import IDENTITY, Matrix, times

_BROAD = 4.0  # pixels: the ends and corners of a thinner line do not count


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
    paint = laid(mark.state, False)
    if paint is None:
        _pattern(raster, mark, mark.state.fill_pattern, cells, mask)
    else:
        raster.tint(cells, mask, paint, mark.state, False)


def _stroke(raster: Raster, mark: Mark, mask: Image.Image, cells: CellRange) -> None:
    """Paint a line that a mask covers with the mark's colour, or with its pattern."""
    paint = laid(mark.state, True)
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
        for at, polygon in enumerate(stroked(polygons, mark.state)):
            if at % 4096 == 0:
                raster.library.budget.clock()
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
        _shaded(raster, mark, pattern["/Shading"], matrix, cells, mask, is_pattern=True)
    elif isinstance(pattern, pikepdf.Stream):
        layer = tiled(raster, mark, pattern, cells)
        if layer is not None:
            _lay(raster, mark.state, layer, cells, mask)


def _lay(
    raster: Raster,
    state: State,
    over: Layer,
    cells: CellRange,
    mask: Image.Image | None,
    touched: Container[int | str] | None = None,
) -> None:
    """Lay plates that were drawn apart over the page, where a mask is.

    `touched` are the plates that they change; None is all of them.
    """
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
    raster.lay(cells, put, shape, state.blend, touched)


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
    *,
    is_pattern: bool = False,
) -> None:
    if is_pattern and "/Background" in shading:  # it is under a pattern alone (§8.7.4.3)
        space = raster.library.space(shading.get("/ColorSpace"), None)
        ground = printed(space, numbers(shading["/Background"]))
        raster.tint(cells, mask, ground, mark.state, False)
    drawn = gradient(shading, times(matrix, raster.matrix), cells, raster.library)
    if drawn is None:
        raster.unknown.add("a mesh gradient")
        return
    space = raster.library.space(shading.get("/ColorSpace"), None)
    touched = _touched(mark.state, space)
    if bounds := box(shading.get("/BBox")):  # turned with the gradient (§8.7.4.3)
        outline = iter([[place(matrix, *corner) for corner in corners(bounds)]])
        edge = filled(raster.matrix, outline, cells, False)
        mask = edge if mask is None else ImageChops.multiply(mask, edge)
    _lay(raster, mark.state, _as_layer(raster, cells, *drawn), cells, mask, touched)


def _touched(state: State, space: Space) -> Container[int | str] | None:
    """Return the plates that a picture or gradient changes; overprinting leaves others (§11.7.4).

    Mode 1 does not count for them: a tint of 0 in CMYK is a tint (§8.6.7).
    """
    if not state.fill_overprint or "All" in space.root.names:
        return None
    if space.root.kind in ("Separation", "DeviceN"):
        return {PLATES.get(name, name) for name in space.root.names}
    return range(4)


def _as_layer(raster: Raster, cells: CellRange, alpha: Image.Image, plates: Plates) -> Layer:
    """Return a layer with premultiplied plates in its cells."""
    layer = Layer(raster.size, True)
    assert layer.alpha is not None
    layer.alpha.paste(alpha, cells[:2])
    for name, plate in plates.items():
        layer.plate(name).paste(plate, cells[:2])
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
    alpha, plates = plates_of(picture, matrix, cells, raster.library)
    plates = {name: ImageChops.multiply(plate, alpha) for name, plate in plates.items()}
    space = raster.library.space(picture.dictionary.get("/ColorSpace"), picture.resources)
    touched = _touched(mark.state, space)
    _lay(raster, mark.state, _as_layer(raster, cells, alpha, plates), cells, edge, touched)
