"""A page's marks to its plates: how much of each ink is where, on a grid of cells.

Pillow draws; a plate is a picture of one channel, 255 where the ink is solid. Paint is
premultiplied in groups, so that a group's own transparency can be laid over all of it
(ISO 32000-2 §11.4).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterator, Sequence

import pikepdf
from PIL import Image, ImageChops

from hrcpub.pipeline.preflight.ink.blending import SHAPE, TOGETHER, laid, mode_of, table
from hrcpub.pipeline.preflight.ink.coverage import CellRange, filled, full, letters
from hrcpub.pipeline.preflight.ink.managed import is_in_inks
from hrcpub.pipeline.preflight.ink.plates import PLATES, Plates
from hrcpub.pipeline.preflight.ink.soft_masks import GREY_LEVELS, is_doubtful, opacity
from hrcpub.pipeline.preflight.page.bounded import ODD
from hrcpub.pipeline.preflight.page.interpreter import Library
from hrcpub.pipeline.preflight.page.marks import Clip, Mark, PaintedText, State, TransparencyGroup
from hrcpub.pipeline.preflight.page.matrices import moved
from hrcpub.pipeline.preflight.page.paths import Path
from hrcpub.pipeline.preflight.page.spaces import InkAmounts
from hrcpub.pipeline.preflight.page.xobjects import mask_marks
from hrcpub.units import Matrix, Rect

DEEPEST = 3  # soft masks and patterns in each other

MaskKey = tuple[tuple[int, int] | int, Matrix]  # which soft mask, and how it is put on the page


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

    def plate(self, name: int | str) -> Image.Image:
        """Return a plate; a spot's is made when it is first used."""
        if isinstance(name, int):
            return self.plates[name]
        if name not in self.spots:
            self.spots[name] = Image.new("L", self.size)
        return self.spots[name]

    def copy(self) -> Layer:
        """Return a layer that changes on its own."""
        new = Layer(self.size, False)
        new.plates = [plate.copy() for plate in self.plates]
        new.spots = {name: plate.copy() for name, plate in self.spots.items()}
        new.alpha = self.alpha.copy() if self.alpha is not None else None
        return new


class Raster:
    """A page drawn on a grid. `cell` is a cell's side in points; row 0 is the highest.

    It knows layers, masks and overprint. `paint` draws one mark; it is handed in, because a pattern
    or a soft mask is drawn on a raster of its own.
    """

    def __init__(
        self, view: Rect, cell: float, library: Library, paint: Callable[[Raster, Mark], None]
    ) -> None:
        """Begin with blank paper of the view's size."""
        self.view, self.cell, self.library, self.paint = view, cell, library, paint
        self.size = (max(1, round(view.width / cell)), max(1, round(view.height / cell)))
        self.layer = Layer(self.size, False)
        self.unknown: set[str] = set()  # what could not be drawn
        self.depth = 0
        self._clips: dict[int, tuple[Clip, Image.Image | None]] = {}
        self._masks: dict[MaskKey, tuple[pikepdf.Object, Image.Image]] = {}
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
            # The clock stops a page that would draw for minutes.
            if at % 256 == 0:
                self.library.budget.clock()
            if isinstance(mark, TransparencyGroup):
                self._draw_group(mark)
            elif not mark.is_pattern:
                try:
                    self.paint(self, mark)
                except ODD as error:
                    kind = type(mark.painted).__name__.removeprefix("Painted").lower()
                    self.unknown.add(f"{kind} ({error})"[:80])
                if mark.state.has_transfer:
                    self.unknown.add("a transfer function")

    def _draw_group(self, node: TransparencyGroup) -> None:
        """Draw a group on plates of its own, and lay them over what was there before it."""
        below, state = self.layer, node.state
        if node.is_knockout:
            self.unknown.add("a knockout group")  # drawn as an ordinary one
        elif node.is_plain and not (node.is_isolated and node.blends):
            self.draw(node.parts)  # as if they were in no group
            return
        mask = self._soft(state, Image.new("L", self.size, round(255 * state.fill_alpha)))
        if node.blends and not node.is_isolated:
            self._draw_into(node, mask)
            return
        self.layer = group = Layer(self.size, True)
        self.draw(node.parts)
        self.layer = below
        assert group.alpha is not None
        over: Plates = {name: ImageChops.multiply(plate, mask) for name, plate in group.named()}
        shape = ImageChops.multiply(group.alpha, mask)
        self.lay((0, 0, *self.size), over, shape, state.blend)

    def _draw_into(self, node: TransparencyGroup, mask: Image.Image) -> None:
        """Draw a group whose parts blend with what is under it, seen through a mask (§11.4.8)."""
        if node.state.blend != "Normal":
            self.unknown.add("blending in a group that blends")  # the group's own mode is left out
        below = self.layer
        self.layer = into = below.copy()
        self.draw(node.parts)
        self.layer = below
        for name, plate in into.named():
            below.plate(name).paste(plate, mask=mask)
        if below.alpha is not None and into.alpha is not None:
            below.alpha.paste(into.alpha, mask=mask)

    def lay(
        self,
        cells: CellRange,
        over: Plates,
        shape: Image.Image,
        mode: str,
        touched: Container[int | str] | None = None,
    ) -> None:
        """Lay premultiplied plates over those of the layer, in cells.

        `touched` are the plates that they change; None is all of them (§11.7.4).
        """
        self.library.budget.clock()  # on a large page it takes a second
        blank = Image.new("L", shape.size)
        names = dict.fromkeys([*range(4), *over, *self.layer.spots])
        there: Plates = {name: self.layer.plate(name).crop(cells) for name in names}
        below = self.layer.alpha.crop(cells) if self.layer.alpha is not None else None
        paint = {name: over.get(name, blank) for name in names} | {SHAPE: shape}
        for name, plate in laid(there, below, paint, mode).items():
            if touched is None or name in touched:
                self.layer.plate(name).paste(plate, cells[:2])
        self.cover(cells, shape)

    # --- Paint -----------------------------------------------------------------------------------

    def cells(self, box: Rect) -> CellRange | None:
        """Return the cells that a box touches, None when there are none."""
        seen = moved(self.matrix, box)
        left, top = max(0, math.floor(seen.left + 1e-6)), max(0, math.floor(seen.bottom + 1e-6))
        right = min(self.size[0], math.ceil(seen.right - 1e-6))
        bottom = min(self.size[1], math.ceil(seen.top - 1e-6))
        return (left, top, right, bottom) if left < right and top < bottom else None

    def tint(
        self,
        cells: CellRange,
        mask: Image.Image | None,
        paint: InkAmounts,
        state: State,
        is_stroke: bool,
    ) -> None:
        """Lay a colour down where a mask is; None is everywhere in the cells."""
        alpha = state.stroke_alpha if is_stroke else state.fill_alpha
        mask = self.clipped(cells, mask, state)
        if alpha < 1:
            mask = (mask or full(cells)).point([round(level * alpha) for level in range(256)])
        levels = dict(self._levels(paint, state, is_stroke))
        if state.blend in TOGETHER or (state.blend != "Normal" and self.layer.alpha is not None):
            shape = mask or full(cells)
            over: Plates = {
                name: shape.point([round(share * level / 255) for share in range(256)])
                for name, level in levels.items()
            }
            self.lay(cells, over, shape, state.blend, levels)
            return
        for name, level in levels.items():
            plate = self.layer.plate(name)
            if state.blend != "Normal":
                turned = table(mode_of(name, state.blend), level)
                plate.paste(plate.crop(cells).point(turned), cells[:2], mask)
            elif mask is None:
                plate.paste(level, cells)
            else:
                plate.paste(level, cells, mask)
        self.cover(cells, mask)

    def cover(self, cells: CellRange, mask: Image.Image | None) -> None:
        """Note in a group's layer what is opaque now."""
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
        chosen = {PLATES.get(name, -1) for name in space.names}
        for at, part in enumerate(paint.process):
            # A Separation touches its own plates only. In DeviceCMYK with mode 1, a tint of 0
            # leaves its plate as it is (§8.6.7).
            kept = leaves and (
                (is_named and at not in chosen)
                or (
                    not is_named
                    and state.overprint_mode == 1
                    and part == 0
                    and (space.kind == "DeviceCMYK" or is_in_inks(space))
                )
            )
            if not kept:
                yield at, round(255 * part)
        spots = dict(paint.spots)
        for name, tint in spots.items():
            yield name, round(255 * tint)
        # The registration colour prints on every plate (§8.6.6.4).
        others = round(255 * max(paint.process)) if "All" in space.names else 0
        if others or not leaves:
            for name in self.layer.spots:
                if name not in spots:
                    yield name, others

    def clipped(
        self, cells: CellRange, mask: Image.Image | None, state: State
    ) -> Image.Image | None:
        """Return a mask cut by the clip's outlines and the soft mask."""
        cut = self._clip(state.clip)
        if cut is not None:
            cut = cut.crop(cells)
            mask = cut if mask is None else ImageChops.multiply(mask, cut)
        if state.mask is not None:
            soft = self.soft_mask(state).crop(cells)
            mask = soft if mask is None else ImageChops.multiply(mask, soft)
        return mask

    def _clip(self, clip: Clip | None) -> Image.Image | None:
        """Return what the outlines of a clip leave, None when they leave all."""
        if clip is None:
            return None
        # By identity: a clip is a chain of outlines, too long to compare. It is kept with its
        # picture, so that no other clip gets its id.
        known = self._clips.get(id(clip))
        if known is not None:
            return known[1]
        left = self._clip(clip.outer)
        if clip.shape is not None:
            own = Image.new("L", self.size)
            cells = self.cells(clip.box)
            if cells:
                own.paste(self._outline(clip, cells), cells[:2])
            left = own if left is None else ImageChops.multiply(left, own)
        if len(self._clips) > 64:
            self._clips.clear()
        self._clips[id(clip)] = (clip, left)
        return left

    def _outline(self, clip: Clip, cells: CellRange) -> Image.Image:
        if isinstance(clip.shape, Path):
            return filled(self.matrix, clip.shape.polygons(), cells, clip.is_even_odd)
        whole = Image.new("L", (cells[2] - cells[0], cells[3] - cells[1]))
        for text in clip.shape or ():
            whole = ImageChops.lighter(whole, self.letters(text, cells))
        return whole

    def _soft(self, state: State, mask: Image.Image) -> Image.Image:
        return mask if state.mask is None else ImageChops.multiply(mask, self.soft_mask(state))

    def soft_mask(self, state: State) -> Image.Image:
        """Return a soft mask, drawn once (§11.5)."""
        assert state.mask is not None
        mask, matrix = state.mask
        key = (mask.objgen if mask.objgen != (0, 0) else id(mask), matrix)
        if key not in self._masks:
            # The mask is kept too: the id of one that is gone would be given to another.
            self._masks[key] = (mask, self._drawn_mask(mask, matrix))
        return self._masks[key][1]

    def _drawn_mask(self, mask: pikepdf.Object, matrix: Matrix) -> Image.Image:
        if self.depth >= DEEPEST:
            self.unknown.add("soft masks in soft masks")
            return Image.new("L", self.size, 255)
        inner = Raster(self.view, self.cell, self.library, self.paint)
        inner.depth = self.depth + 1
        inner.layer = Layer(self.size, True)
        inner.draw(mask_marks(self.library, mask["/G"], matrix, self.view))
        self.unknown |= inner.unknown
        assert inner.layer.alpha is not None
        levels = opacity(mask, inner.layer.plates, inner.layer.alpha, self.library)
        if is_doubtful(mask, levels, self.library):
            self.unknown.add(GREY_LEVELS)
        return levels

    def letters(self, shown: PaintedText, cells: CellRange) -> Image.Image:
        """Return how much of each cell letters cover; note where that is guessed."""
        if shown.font.face is None and shown.font.kind != "Type3":
            self.unknown.add("letters of a font that cannot be read")  # drawn by their widths
        return letters(self.matrix, shown, cells)
