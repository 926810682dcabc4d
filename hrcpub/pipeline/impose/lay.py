"""A `Plan` and its `SheetGrid` to `Side`s: where pages are, their bleed, cuts and folds."""

from __future__ import annotations

from collections.abc import Sequence

from hrcpub.pipeline.impose.sheet_grid import SheetGrid
from hrcpub.pipeline.impose.sheets import (
    NEAR,
    ImposeTask,
    Placement,
    Plan,
    SheetCell,
    Side,
)
from hrcpub.units import Rect


def lay(plan: Plan, grid: SheetGrid, task: ImposeTask) -> tuple[Side, ...]:
    """Return the sides of a plan. Backs are seen as after turning about the vertical axis."""
    cuts_x, cuts_y = _cuts(plan, grid)
    folds_x, folds_y = _folds(plan, grid)
    spots: dict[_Spot, Placement] = {}
    sides = []
    for index, cells in enumerate(plan.sides):
        placements = tuple(
            _placement(cell, _is_back(plan, index, cell), spots, grid, task) for cell in cells
        )
        name = f"sheet {index // (1 + plan.has_backs) + 1}"
        if plan.has_backs:
            name += " back" if index % 2 else " front"
        bleed = _outset(grid, task)
        across, along = _creases(placements, task)
        folds = (_apart([*folds_x, *across]), _apart([*folds_y, *along]))
        sides.append(Side(placements, cuts_x, cuts_y, *folds, grid.block, bleed, name))
    return tuple(sides)


def _is_back(plan: Plan, side: int, cell: SheetCell) -> bool:
    return cell.page % 2 == 0 if plan.has_both else plan.has_backs and side % 2 == 1


_Spot = tuple[int, int, int, float, bool]


def _placement(
    cell: SheetCell,
    is_back: bool,
    spots: dict[_Spot, Placement],
    grid: SheetGrid,
    task: ImposeTask,
) -> Placement:
    """Return where a cell's page is; thousands of pages share the numbers of few `spots`."""
    key = (*cell[1:], is_back)
    if key not in spots:
        spots[key] = _spot(cell, is_back, grid, task)
    spot = spots[key]
    return Placement(cell.page, spot.x, spot.y, spot.rotation, spot.clip, spot.scale)


def _spot(cell: SheetCell, is_back: bool, grid: SheetGrid, task: ImposeTask) -> Placement:
    box = grid.box(cell.column, cell.row)
    rotation = cell.rotation
    if grid.is_turned:
        # Backs are turned the other way, so that each piece turns over like a page of a book.
        rotation = (rotation + (270 if is_back else 90)) % 360
    # Turned about its lower left corner, a page goes left or down from there.
    x = box.right if rotation in (90, 180) else box.left
    y = box.top if rotation in (180, 270) else box.bottom
    clip = _shown(cell, grid, task)
    return Placement(cell.page, x + cell.shift, y, rotation, clip, grid.scale)


def _shown(cell: SheetCell, grid: SheetGrid, task: ImposeTask) -> Rect:
    """Return what is shown of a page on the sheet: its cell and its bleed.

    Between two cells the bleed goes to the middle of the gap at most, so at a fold there is none.
    """
    box, bleed = grid.box(cell.column, cell.row), task.bleed * grid.scale
    block, sheet = grid.block, grid.sheet
    left = grid.gaps_x[cell.column - 1] / 2 if cell.column else block.left
    right = sheet.width - block.right
    if cell.column < grid.columns - 1:
        right = grid.gaps_x[cell.column] / 2
    top = grid.gaps_y[cell.row - 1] / 2 if cell.row else sheet.height - block.top
    foot = grid.gaps_y[cell.row] / 2 if cell.row < grid.rows - 1 else block.bottom
    return Rect(
        box.left - min(bleed, left),
        box.bottom - min(bleed, foot),
        box.right + min(bleed, right),
        box.top + min(bleed, top),
    )


def _outset(grid: SheetGrid, task: ImposeTask) -> Rect:
    """Return the box around all pieces and their bleed, as far as the sheet goes."""
    block, sheet, bleed = grid.block, grid.sheet, task.bleed * grid.scale
    return Rect(
        block.left - min(bleed, block.left),
        block.bottom - min(bleed, block.bottom),
        block.right + min(bleed, sheet.width - block.right),
        block.top + min(bleed, sheet.height - block.top),
    )


def _creases(placements: Sequence[Placement], task: ImposeTask) -> tuple[list[float], list[float]]:
    """Return where the pieces themselves are folded, once they are cut: places of x and of y."""
    xs: list[float] = []
    ys: list[float] = []
    for placed in placements if task.folds else ():
        for fold in task.folds[(placed.page - 1) % len(task.folds)]:
            cosine, sine = placed.turn
            if sine:
                ys.append(placed.y + sine * fold)
            else:
                xs.append(placed.x + cosine * fold)
    return xs, ys


def _cuts(plan: Plan, grid: SheetGrid) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return where the knife goes: at all edges of trims but those that meet at a spine."""
    xs: list[float] = []
    for column, left in enumerate(grid.lefts):
        # A gutter has two edges, and so two cuts; without one they fall together (`_apart`).
        if column == 0 or not _is_whole(plan, column - 1):
            xs.append(left)
        if column == grid.columns - 1 or not _is_whole(plan, column):
            xs.append(left + grid.cell.width)
    ys: list[float] = []
    for row, foot in enumerate(grid.feet):
        if row == 0 or not plan.is_joined:
            ys.append(foot + grid.cell.height)
        if row == grid.rows - 1 or not plan.is_joined:
            ys.append(foot)
    return _apart(xs), _apart(ys)


def _is_whole(plan: Plan, gap: int) -> bool:
    return plan.is_joined or gap in plan.spines


def _folds(plan: Plan, grid: SheetGrid) -> tuple[tuple[float, ...], tuple[float, ...]]:
    width = grid.cell.width
    xs = [grid.lefts[gap] + width + grid.gaps_x[gap] / 2 for gap in sorted(plan.folds_x)]
    ys = [grid.feet[gap] - grid.gaps_y[gap] / 2 for gap in sorted(plan.folds_y)]
    return _apart(xs), _apart(ys)


def _apart(places: list[float]) -> tuple[float, ...]:
    """Return places in order, and of equal ones one."""
    distinct: list[float] = []
    for place in sorted(places):
        if not distinct or place - distinct[-1] > NEAR:
            distinct.append(place)
    return tuple(distinct)
