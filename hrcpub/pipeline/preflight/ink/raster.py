"""A page's marks to its plates: how much of each ink lies where, on a grid of cells.

Pillow draws; a plate is a picture of one channel, 255 where the ink is solid. Paint is
premultiplied in groups, so that a group's own transparency can be laid over all of it
(ISO 32000-2 §11.4).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from PIL import Image, ImageChops, ImageDraw

from hrcpub.pipeline.preflight.ink import images_and_gradients
from hrcpub.pipeline.preflight.page.bounded import ODD, PageBox, box, numbers
from hrcpub.pipeline.preflight.page.font_programs import enclosed
from hrcpub.pipeline.preflight.page.interpreter import Library
from hrcpub.pipeline.preflight.page.marks import (
    IDENTITY,
    Clip,
    Mark,
    Matrix,
    PaintedImage,
    PaintedPath,
    PaintedShading,
    PaintedText,
    Path,
    State,
    TransparencyGroup,
    moved,
    place,
    six,
    spread,
    times,
)
from hrcpub.pipeline.preflight.page.patterns import cell_marks
from hrcpub.pipeline.preflight.page.spaces import InkAmounts
from hrcpub.pipeline.preflight.page.xobjects import mask_marks

FINE = 4  # parts of a cell's side, for edges
_BIG_TYPE = 18.0  # cells: letters so high are drawn, smaller ones are spread over their place
_RUN = 10.0  # cells: so wide a piece of a small line of text is one tint
_MOST_TILES = 1500  # of a pattern, drawn one by one
_DEEPEST = 3  # soft masks and patterns in each other

CellRange = tuple[int, int, int, int]


class Layer:
    """Plates over each other, and how opaque they are: the page, or a transparency group."""

    def __init__(self, size: tuple[int, int], is_group: bool) -> None:
        """Begin without ink."""
        self.size = size
        self.plates = [Image.new("L", size) for _ in range(4)]
        self.spots: dict[str, Image.Image] = {}
        self.alpha = Image.new("L", size) if is_group else None

    def named(self) -> Iterator[tuple[str | int, Image.Image]]:
        """Yield all plates with their names."""
        yield from enumerate(self.plates)
        yield from self.spots.items()

    def spot(self, name: str) -> Image.Image:
        """Return a spot's plate, made when it is first used."""
        if name not in self.spots:
            self.spots[name] = Image.new("L", self.size)
        return self.spots[name]


class Raster:
    """A page drawn on a grid. `cell` is a cell's side in points; row 0 is the highest."""

    def __init__(self, view: PageBox, cell: float, library: Library) -> None:
        """Begin with blank paper of the view's size."""
        self.view, self.cell, self.library = view, cell, library
        self.size = (max(1, round(view.width / cell)), max(1, round(view.height / cell)))
        self.layer = Layer(self.size, False)
        self.unknown: set[str] = set()  # what could not be drawn
        self.depth = 0
        self._clips: dict[int, tuple[Clip, Image.Image | None]] = {}
        self._masks: dict[Any, tuple[pikepdf.Object, Image.Image]] = {}
        self.matrix: Matrix = (
            self.size[0] / view.width,
            0.0,
            0.0,
            -self.size[1] / view.height,
            -view.left * self.size[0] / view.width,
            view.top * self.size[1] / view.height,
        )

    def draw(self, marks: Sequence[Mark | TransparencyGroup]) -> None:
        """Draw marks in their order."""
        for at, mark in enumerate(marks):
            if at % 256 == 0:
                self.library.budget.clock()
            if isinstance(mark, TransparencyGroup):
                self._draw_group(mark)
            elif not mark.is_pattern:
                try:
                    _draw(self, mark)
                except ODD as error:
                    self.unknown.add(f"{_KINDS[type(mark.painted)]} ({error})"[:80])

    def _draw_group(self, node: TransparencyGroup) -> None:
        """Draw a group on plates of its own, and lay them over what was there before it."""
        below, state = self.layer, node.state
        self.layer = group = Layer(self.size, True)
        self.draw(node.parts)
        self.layer = below
        assert group.alpha is not None
        mask = self._soft(state, Image.new("L", self.size, round(255 * state.fill_alpha)))
        names = dict.fromkeys([*range(4), *group.spots, *self.layer.spots])
        shape = ImageChops.multiply(group.alpha, mask)
        for name in names:
            there = self.layer.plates[name] if isinstance(name, int) else self.layer.spot(name)
            over = group.plates[name] if isinstance(name, int) else group.spot(name)
            put = images_and_gradients.blended(
                there, ImageChops.multiply(over, mask), shape, state.blend
            )
            there.paste(put)
        if self.layer.alpha is not None:
            self.layer.alpha.paste(ImageChops.lighter(self.layer.alpha, shape))

    # --- Paint -----------------------------------------------------------------------------------

    def _cells(self, box: PageBox) -> CellRange | None:
        """Return the cells that a box touches, None when there are none."""
        seen = moved(self.matrix, box)
        left, top = max(0, math.floor(seen.left + 1e-6)), max(0, math.floor(seen.bottom + 1e-6))
        right = min(self.size[0], math.ceil(seen.right - 1e-6))
        bottom = min(self.size[1], math.ceil(seen.top - 1e-6))
        return (left, top, right, bottom) if left < right and top < bottom else None

    def _tint(
        self,
        cells: CellRange,
        mask: Image.Image | None,
        paint: InkAmounts,
        state: State,
        is_stroke: bool,
    ) -> None:
        """Lay a colour down where a mask is; None is everywhere in the cells."""
        alpha = state.stroke_alpha if is_stroke else state.fill_alpha
        mask = self._clipped(cells, mask, state)
        if alpha < 1:
            mask = (mask or _full(cells)).point([round(level * alpha) for level in range(256)])
        for name, level in self._levels(paint, state, is_stroke):
            plate = self.layer.plates[name] if isinstance(name, int) else self.layer.spot(name)
            if state.blend in images_and_gradients.BLENDS:
                there = plate.crop(cells)
                flat = Image.new("L", there.size, level)
                plate.paste(images_and_gradients.BLENDS[state.blend](there, flat), cells[:2], mask)
            elif mask is None:
                plate.paste(level, cells)
            else:
                plate.paste(level, cells, mask)
        self._cover(cells, mask)

    def _cover(self, cells: CellRange, mask: Image.Image | None) -> None:
        if self.layer.alpha is not None:
            if mask is None:
                self.layer.alpha.paste(255, cells)
            else:
                self.layer.alpha.paste(255, cells, mask)

    def _levels(
        self, paint: InkAmounts, state: State, is_stroke: bool
    ) -> Iterator[tuple[int | str, int]]:
        """Yield the plates that a colour changes: overprinting leaves the others (§11.7.4)."""
        space = state.stroke_space if is_stroke else state.fill_space
        leaves = state.stroke_overprint if is_stroke else state.fill_overprint
        is_named = space.kind in ("Separation", "DeviceN") and "All" not in space.names
        chosen = {images_and_gradients.PLATES.get(name, -1) for name in space.names}
        for at, part in enumerate(paint.process):
            kept = leaves and (
                (is_named and at not in chosen)
                or (
                    not is_named
                    and state.overprint_mode == 1
                    and part == 0
                    and space.kind == "DeviceCMYK"
                )
            )
            if not kept:
                yield at, round(255 * part)
        spots = dict(paint.spots)
        for name, tint in spots.items():
            yield name, round(255 * tint)
        if not leaves:
            for name in self.layer.spots:
                if name not in spots:
                    yield name, 0

    def _clipped(
        self, cells: CellRange, mask: Image.Image | None, state: State
    ) -> Image.Image | None:
        """Return a mask cut by the clip's outlines and the soft mask."""
        cut = self._clip(state.clip)
        if cut is not None:
            cut = cut.crop(cells)
            mask = cut if mask is None else ImageChops.multiply(mask, cut)
        if state.mask is not None:
            soft = self._soft_mask(state).crop(cells)
            mask = soft if mask is None else ImageChops.multiply(mask, soft)
        return mask

    def _clip(self, clip: Clip | None) -> Image.Image | None:
        """Return what the outlines of a clip leave, None when they leave all."""
        if clip is None:
            return None
        known = self._clips.get(id(clip))
        if known is not None:
            return known[1]
        found = self._clip(clip.outer)
        if clip.shape is not None:
            own = Image.new("L", self.size)
            cells = self._cells(clip.box)
            if cells:
                own.paste(self._outline(clip, cells), cells[:2])
            found = own if found is None else ImageChops.multiply(found, own)
        if len(self._clips) > 64:
            self._clips.clear()
        self._clips[id(clip)] = (clip, found)
        return found

    def _outline(self, clip: Clip, cells: CellRange) -> Image.Image:
        if isinstance(clip.shape, Path):
            return self._filled(clip.shape.polygons(), cells, clip.is_even_odd)
        whole = Image.new("L", (cells[2] - cells[0], cells[3] - cells[1]))
        for text in clip.shape or ():
            whole = ImageChops.lighter(whole, self._letters(text, cells))
        return whole

    def _soft(self, state: State, mask: Image.Image) -> Image.Image:
        return mask if state.mask is None else ImageChops.multiply(mask, self._soft_mask(state))

    def _soft_mask(self, state: State) -> Image.Image:
        """Return a soft mask, drawn once (§11.5)."""
        assert state.mask is not None
        mask, matrix = state.mask
        key = (mask.objgen if mask.objgen != (0, 0) else id(mask), matrix)
        if key not in self._masks:
            # The mask is kept too: the id of one that is gone would be given to another.
            self._masks[key] = (mask, self._drawn_mask(mask, matrix))
        return self._masks[key][1]

    def _drawn_mask(self, mask: Any, matrix: Matrix) -> Image.Image:
        if self.depth >= _DEEPEST:
            self.unknown.add("soft masks in soft masks")
            return Image.new("L", self.size, 255)
        inner = Raster(self.view, self.cell, self.library)
        inner.depth = self.depth + 1
        inner.layer = Layer(self.size, True)
        inner.draw(mask_marks(self.library, mask["/G"], matrix, self.view))
        self.unknown |= inner.unknown
        assert inner.layer.alpha is not None
        if mask.get("/S") == "/Alpha":
            return inner.layer.alpha
        # Premultiplied: light is what is covered less what is inked; beyond lies the backdrop.
        ground = numbers(mask.get("/BC"), 4)
        lit = sum(ground) / len(ground) if ground and len(ground) != 4 else 0.0
        dark = images_and_gradients.darkness(inner.layer.plates)
        light = ImageChops.subtract(inner.layer.alpha, dark)
        beyond = ImageChops.invert(inner.layer.alpha).point([round(x * lit) for x in range(256)])
        return ImageChops.add(light, beyond)

    # --- Shapes ----------------------------------------------------------------------------------

    def _filled(
        self, polygons: Iterator[list[tuple[float, float]]], cells: CellRange, is_even_odd: bool
    ) -> Image.Image:
        """Return how much of each cell outlines cover: by winding, or by even and odd."""
        left, top, right, bottom = cells
        size = (right - left, bottom - top)
        fine = FINE if size[0] * size[1] < 250_000 else 2
        big = (size[0] * fine, size[1] * fine)
        m = self.matrix
        drawn = [
            [
                ((m[0] * x + m[4] - left) * fine - 0.5, (m[3] * y + m[5] - top) * fine - 0.5)
                for x, y in polygon
            ]
            for polygon in polygons
        ]
        drawn = [_near(polygon, big) for polygon in drawn if len(polygon) > 2]
        if len(drawn) == 1:
            mask = Image.new("L", big)
            ImageDraw.Draw(mask).polygon(drawn[0], 255)
        elif is_even_odd:
            mask = Image.new("L", big)
            for polygon in drawn:
                one = Image.new("L", big)
                ImageDraw.Draw(one).polygon(polygon, 255)
                mask = ImageChops.difference(mask, one)
        else:
            mask = _wound(drawn, big)
        return mask.reduce(fine)

    def _boxed(self, box: PageBox, cells: CellRange) -> Image.Image | None:
        """Return how much of each cell a box covers; None when it is all of all."""
        seen = moved(self.matrix, box)
        left, top, right, bottom = cells
        wide, high = right - left, bottom - top
        columns = [_share(left + x, seen.left, seen.right) for x in (0, wide - 1)]
        rows = [_share(top + y, seen.bottom, seen.top) for y in (0, high - 1)]
        if min(*columns, *rows) > 0.996:
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

    def _letters(self, shown: PaintedText, cells: CellRange) -> Image.Image:
        """Return how much of each cell letters cover."""
        scale = spread(self.matrix)
        if shown.height * scale >= _BIG_TYPE:
            return self._filled(_outlines(shown), cells, False)
        mask = Image.new("L", (cells[2] - cells[0], cells[3] - cells[1]))
        pen = ImageDraw.Draw(mask)
        for run, area in _runs(shown, _RUN / scale):
            seen = moved(self.matrix, run)
            left, top = round(seen.left), round(seen.bottom)
            right, bottom = max(left + 1, round(seen.right)), max(top + 1, round(seen.top))
            share = min(area * scale * scale / ((right - left) * (bottom - top)), 1.0)
            place = (left - cells[0], top - cells[1], right - cells[0] - 1, bottom - cells[1] - 1)
            pen.rectangle(place, round(255 * share))
        return mask


def _near(polygon: list[tuple[float, float]], size: tuple[int, int]) -> list[tuple[float, float]]:
    """Return a polygon whose corners lie near the picture: Pillow goes line by line."""
    wide, high = size[0] * 2.0, size[1] * 2.0
    return [(min(max(x, -wide), 2 * wide), min(max(y, -high), 2 * high)) for x, y in polygon]


def _wound(polygons: list[list[tuple[float, float]]], size: tuple[int, int]) -> Image.Image:
    """Return where the winding number is not 0 (§8.5.3.3.2), counted from 128."""
    count = Image.new("L", size, 128)
    for polygon in polygons:
        one = Image.new("L", size)
        ImageDraw.Draw(one).polygon(polygon, 1)
        turn = ImageChops.add if enclosed(polygon) > 0 else ImageChops.subtract
        count = turn(count, one)
    return count.point([0 if level == 128 else 255 for level in range(256)])


def _share(cell: float, low: float, high: float) -> float:
    return max(0.0, min(cell + 1, high) - max(cell, low))


def _full(cells: CellRange) -> Image.Image:
    return Image.new("L", (cells[2] - cells[0], cells[3] - cells[1]), 255)


def _outlines(shown: PaintedText) -> Iterator[list[tuple[float, float]]]:
    """Yield the contours of letters on the page."""
    size, wide = shown.size, shown.size * shown.stretch
    for code, x, y in shown.glyphs:
        shape = shown.font.shape(code)
        for contour in shape.contours or (_square(shape),) if shape else ():
            yield [place(shown.matrix, x + a * wide, y + b * size) for a, b in contour]


def _square(shape: Any) -> tuple[tuple[float, float], ...]:
    left, bottom, right, top = shape[:4]
    return ((left, bottom), (right, bottom), (right, top), (left, top))


def _runs(shown: PaintedText, width: float) -> Iterator[tuple[PageBox, float]]:
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


# --- Kinds of marks ------------------------------------------------------------------------------


_KINDS = {
    PaintedText: "text",
    PaintedPath: "path",
    PaintedImage: "image",
    PaintedShading: "shading",
}


def _draw(raster: Raster, mark: Mark) -> None:
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
    cells = raster._cells(mark.box)
    if cells is None or not (mark.is_fill or mark.is_stroke):
        return
    mask = raster._letters(text, cells)
    if mark.state.fill_pattern is not None and mark.is_fill:
        _pattern(raster, mark, cells, mask)
        return
    paint = mark.inks()
    if paint:
        raster._tint(cells, mask, paint[0][0], mark.state, paint[0][1])


def _path(raster: Raster, mark: Mark, painted: PaintedPath) -> None:
    path, is_even_odd = painted
    cells = raster._cells(mark.box)
    if cells is None:
        return
    if mark.is_fill:
        if path.is_box:
            seen = path.box.meet(mark.state.clip.box)
            mask = raster._boxed(seen, cells) if seen else None
        else:
            mask = raster._filled(path.polygons(), cells, is_even_odd)
            edge = raster._boxed(mark.state.clip.box, cells)
            mask = mask if edge is None else ImageChops.multiply(mask, edge)
        paint = mark.state.inks()
        if paint is None:
            _pattern(raster, mark, cells, mask)
        else:
            raster._tint(cells, mask, paint, mark.state, False)
    if mark.is_stroke:
        paint = mark.state.inks(True)
        if paint is not None:
            raster._tint(cells, _stroked(raster, mark, path, cells), paint, mark.state, True)


def _stroked(raster: Raster, mark: Mark, path: Path, cells: CellRange) -> Image.Image:
    """Return how much of each cell a line covers; thin ones are drawn paler, not thicker."""
    left, top, right, bottom = cells
    fine = FINE if (right - left) * (bottom - top) < 250_000 else 2
    big = ((right - left) * fine, (bottom - top) * fine)
    mask = Image.new("L", big)
    pen = ImageDraw.Draw(mask)
    m = raster.matrix
    wide = mark.line * spread(m) * fine
    level = 255 if wide >= 1 else max(1, round(255 * wide))
    for polygon in path.polygons():
        points = [
            ((m[0] * x + m[4] - left) * fine - 0.5, (m[3] * y + m[5] - top) * fine - 0.5)
            for x, y in polygon
        ]
        pen.line(_near(points, big), fill=level, width=max(1, round(wide)), joint="curve")
    return mask.reduce(fine)


def _pattern(raster: Raster, mark: Mark, cells: CellRange, mask: Image.Image | None) -> None:
    """Fill with a pattern: a shading, or a cell that is repeated (§8.7)."""
    pattern = mark.state.fill_pattern
    if isinstance(pattern, pikepdf.Dictionary) and "/Shading" in pattern:
        matrix = six(pattern.get("/Matrix")) or IDENTITY
        _shaded(raster, mark, pattern["/Shading"], matrix, cells, mask)
    elif isinstance(pattern, pikepdf.Stream):
        _tiled(raster, mark, pattern, cells, mask)


def _tiled(
    raster: Raster, mark: Mark, pattern: Any, cells: CellRange, mask: Image.Image | None
) -> None:
    if raster.depth >= _DEEPEST:
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
    inner = Raster(raster.view, raster.cell, raster.library)
    inner.depth = raster.depth + 1
    inner.layer = Layer(raster.size, True)
    state.fill_alpha = state.stroke_alpha = 1.0
    state.blend, state.mask = "Normal", None
    for put in _tiles(matrix, steps, bounds, mark.box):
        inner.draw(cell_marks(raster.library, pattern, put, mark.box, state))
    raster.unknown |= inner.unknown
    _lay(raster, mark.state, inner.layer, cells, mask)


def _tiles(matrix: Matrix, steps: list[float], bounds: PageBox, reach: PageBox) -> Iterator[Matrix]:
    """Yield the matrix of each repetition that may be seen."""
    a, b, c, d, e, f = matrix
    turned = a * d - b * c
    if not turned:
        return
    back = (
        d / turned,
        -b / turned,
        -c / turned,
        a / turned,
        (c * f - d * e) / turned,
        (b * e - a * f) / turned,
    )
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


def _lay(raster: Raster, state: State, over: Layer, cells: CellRange, mask: Any) -> None:
    """Lay plates that were drawn apart over the page, where a mask is."""
    assert over.alpha is not None
    mask = raster._clipped(cells, mask, state)
    alpha = over.alpha.crop(cells)
    level = round(255 * state.fill_alpha)
    through = (
        _full(cells).point([level] * 256)
        if mask is None
        else mask.point([round(value * state.fill_alpha) for value in range(256)])
    )
    shape = ImageChops.multiply(alpha, through)
    for name in dict.fromkeys([*range(4), *over.spots, *raster.layer.spots]):
        plate = raster.layer.plates[name] if isinstance(name, int) else raster.layer.spot(name)
        own = over.plates[name] if isinstance(name, int) else over.spot(name)
        there = plate.crop(cells)
        put = ImageChops.multiply(own.crop(cells), through)
        plate.paste(images_and_gradients.blended(there, put, shape, state.blend), cells[:2])
    raster._cover(cells, shape)


def _shading(raster: Raster, mark: Mark, painted: PaintedShading) -> None:
    cells = raster._cells(mark.box)
    if cells is not None:
        edge = raster._boxed(mark.box, cells)
        _shaded(raster, mark, painted.thing, painted.matrix, cells, edge)


def _shaded(
    raster: Raster, mark: Mark, shading: Any, matrix: Matrix, cells: CellRange, mask: Any
) -> None:
    found = images_and_gradients.gradient(
        shading, times(matrix, raster.matrix), cells, raster.library
    )
    if found is None:
        raster.unknown.add("a mesh shading")
        return
    over = Layer(raster.size, True)
    assert over.alpha is not None
    alpha, plates = found
    over.alpha.paste(alpha, cells[:2])
    for name, plate in plates.items():
        target = over.plates[name] if isinstance(name, int) else over.spot(name)
        target.paste(ImageChops.multiply(plate, alpha), cells[:2])
    _lay(raster, mark.state, over, cells, mask)


def _image(raster: Raster, mark: Mark, picture: PaintedImage) -> None:
    cells = raster._cells(mark.box)
    if cells is None:
        return
    matrix = times(picture.matrix, raster.matrix)
    edge = raster._boxed(mark.box, cells) if matrix[1] == 0 == matrix[2] else None
    if mark.is_fill:
        stencil = images_and_gradients.stencil(picture, matrix, cells, raster.library)
        stencil = stencil if edge is None else ImageChops.multiply(stencil, edge)
        paint = mark.state.inks()
        if paint is None:
            _pattern(raster, mark, cells, stencil)
        else:
            raster._tint(cells, stencil, paint, mark.state, False)
        return
    alpha, plates = images_and_gradients.picture(picture, matrix, cells, raster.library)
    over = Layer(raster.size, True)
    assert over.alpha is not None
    over.alpha.paste(alpha, cells[:2])
    for name, plate in plates.items():
        target = over.plates[name] if isinstance(name, int) else over.spot(name)
        target.paste(ImageChops.multiply(plate, alpha), cells[:2])
    _lay(raster, mark.state, over, cells, edge)
