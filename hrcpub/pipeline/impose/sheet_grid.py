"""An `ImposeTask` to the `SheetGrid` of its sheets: how many cells fit, and where they are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from hrcpub.pipeline.impose.sheets import NEAR, ImposeTask
from hrcpub.project.edition import MARGIN
from hrcpub.records import record
from hrcpub.units import Rect, Size

LEAST_SCALE = 0.05  # smaller pages cannot be recognised
MARKS = 9.0  # points: a cut mark (6) and its distance from the pieces (3)


@record
class SheetGrid:
    """Cells in columns and rows in the middle of a sheet, with gaps between them."""

    sheet: Size
    cell: Size
    gaps_x: tuple[float, ...]
    gaps_y: tuple[float, ...]  # from the top
    is_turned: bool = False  # pages are turned by 90°
    scale: float = 1.0

    @property
    def columns(self) -> int:
        """Return how many cells are side by side."""
        return len(self.gaps_x) + 1

    @property
    def rows(self) -> int:
        """Return how many cells are one above the other."""
        return len(self.gaps_y) + 1

    @property
    def block(self) -> Rect:
        """Return what all cells cover."""
        width = self.columns * self.cell.width + sum(self.gaps_x)
        height = self.rows * self.cell.height + sum(self.gaps_y)
        left, foot = (self.sheet.width - width) / 2, (self.sheet.height - height) / 2
        return Rect(left, foot, left + width, foot + height)

    def box(self, column: int, row: int) -> Rect:
        """Return what a cell covers; rows count from the top."""
        width, height = self.cell
        x = self.block.left + column * width + sum(self.gaps_x[:column])
        y = self.block.top - row * height - sum(self.gaps_y[:row])
        return Rect(x, y - height, x + width, y)

    @property
    def lefts(self) -> list[float]:
        """Return where each column begins."""
        steps = [self.block.left, *(self.cell.width + gap for gap in self.gaps_x)]
        return list(accumulate(steps))

    @property
    def feet(self) -> list[float]:
        """Return where each row ends below, from the top."""
        steps = [self.block.top - self.cell.height]
        steps += [-(self.cell.height + gap) for gap in self.gaps_y]
        return list(accumulate(steps))


@record
class GridShape:
    """What kind of grid a scheme needs.

    With `columns` and `rows` it has exactly these. Without, it has as many as fit, in multiples of
    `columns_of` and `rows_of`. `joined_x` and `joined_y` are gaps without a gutter.
    """

    columns: int | None = None
    rows: int | None = None
    columns_of: int = 1
    rows_of: int = 1
    joined_x: frozenset[int] = frozenset()
    joined_y: frozenset[int] = frozenset()
    may_turn_pages: bool = False  # False: the sheet is turned instead
    may_mix: bool = False  # some pieces may be turned, and others not


def grid(task: ImposeTask, shape: GridShape) -> SheetGrid | None:
    """Return the grid that is best for a task; None when nothing fits.

    A grid without gutters, or without margins, holds more. But gutters save bleed, and margins
    what printers cannot reach. So concessions are made step by step, and only where the opposite
    was not asked for: first the gutter goes, then the margin, then both. The first grid is taken
    that holds at least two thirds of what the most generous one does. (Two half sheets fill a
    sheet to its edges: there both must go.) Cut marks get their space beside the margin, unless
    that costs more than every sixth piece; always, where pieces are folded.
    """
    gutter = 2 * task.bleed if task.gutter is None else task.gutter
    gutters = [gutter] if task.gutter is not None or not gutter else [gutter, 0.0]
    margins = [MARGIN, 0.0] if task.margin is None else [task.margin]
    concessions = [(margin, apart) for margin in margins for apart in gutters]
    grids = [_best(task, shape, *concession) for concession in concessions]
    largest = max(_count(best) for best in grids)
    for (margin, apart), best in zip(concessions, grids, strict=True):
        if best is not None and _count(best) * 3 >= largest * 2:
            marked = _best(task, shape, margin + MARKS, apart)
            # Where to fold is seen by the marks alone.
            share = 0.0 if task.folds else 5 / 6
            has_space = marked is not None and _count(marked) >= _count(best) * share
            return marked if has_space else best
    return None


def _best(task: ImposeTask, shape: GridShape, margin: float, gutter: float) -> SheetGrid | None:
    return max(_grids(task, shape, margin, gutter), key=_worth, default=None)


def _count(grid: SheetGrid | None) -> float:
    """Return how many pages a side holds; those that are made smaller count for less."""
    if grid is None:
        return 0.0
    return grid.columns * grid.rows * grid.scale**2


def _worth(grid: SheetGrid) -> tuple[float, ...]:
    """Return what a grid is chosen by: the largest pages, then the most of them.

    Of equal grids the one with landscape cells, as pre-cut card stock has them, then upright pages.
    """
    is_wide = grid.cell.width > grid.cell.height
    return round(grid.scale, 6), grid.columns * grid.rows, is_wide, not grid.is_turned


def _grids(task: ImposeTask, shape: GridShape, margin: float, gutter: float) -> Iterator[SheetGrid]:
    if shape.may_turn_pages:
        ways = [(task.stock, False), (task.stock, True)]
    else:
        ways = [(task.stock, False), (Size(task.stock.height, task.stock.width), False)]
    for sheet, is_turned in ways:
        cell = Size(task.piece.height, task.piece.width) if is_turned else task.piece
        room = Size(sheet.width - 2 * margin + NEAR, sheet.height - 2 * margin + NEAR)
        for columns, rows in _counts(task, shape, cell, room, gutter):
            gaps_x = tuple(0.0 if i in shape.joined_x else gutter for i in range(columns - 1))
            gaps_y = tuple(0.0 if i in shape.joined_y else gutter for i in range(rows - 1))
            scale = min(
                (room.width - sum(gaps_x)) / (columns * cell.width),
                (room.height - sum(gaps_y)) / (rows * cell.height),
            )
            if scale >= 1 or (task.is_reducible and scale >= LEAST_SCALE):
                scale = min(1.0, scale)
                size = Size(cell.width * scale, cell.height * scale)
                yield SheetGrid(sheet, size, gaps_x, gaps_y, is_turned, scale)


def _counts(
    task: ImposeTask, shape: GridShape, cell: Size, room: Size, gutter: float
) -> Iterator[tuple[int, int]]:
    """Yield how many columns and rows to try."""
    if shape.columns and shape.rows:
        yield shape.columns, shape.rows
        return
    if task.up:
        for columns in range(1, task.up + 1):
            rows = task.up // columns
            fits = columns % shape.columns_of == 0 and rows % shape.rows_of == 0
            if columns * rows == task.up and fits:
                yield columns, rows
        return
    columns = int((room.width + gutter) // (cell.width + gutter))
    rows = int((room.height + gutter) // (cell.height + gutter))
    columns -= columns % shape.columns_of
    rows -= rows % shape.rows_of
    if columns and rows:
        yield columns, rows
    elif task.is_reducible:
        yield shape.columns_of, shape.rows_of
