"""A page larger than the paper to tiles that overlap: cut two edges of each, and glue."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hrcpub.pipeline.impose.sheets import (
    NEAR,
    ImposeTask,
    Placement,
    SheetBox,
    SheetLayout,
    Side,
)
from hrcpub.project.edition import MARGIN
from hrcpub.units import Size

MOST_TILES = 10_000


@dataclass(frozen=True, slots=True)
class Tiles:
    """How a poster is parted: upright or landscape sheets, in columns and rows."""

    sheet: Size
    columns: int
    rows: int
    window: Size  # what one sheet shows


def tiles(task: ImposeTask) -> Tiles | None:
    """Return the way that takes the fewest sheets; None when margins and overlap leave no room."""
    margin = MARGIN if task.margin is None else task.margin
    found = []
    for sheet in (task.stock, Size(task.stock.height, task.stock.width)):
        window = Size(sheet.width - 2 * margin, sheet.height - 2 * margin)
        if min(window) <= task.overlap + 1:
            continue
        columns, rows = (
            max(1, math.ceil((length - task.overlap - NEAR) / (shown - task.overlap)))
            for length, shown in zip(task.piece, window, strict=True)
        )
        found.append(Tiles(sheet, columns, rows, window))
    return min(found, key=lambda one: one.columns * one.rows, default=None)


def poster(task: ImposeTask, parted: Tiles) -> SheetLayout:
    """Return one sheet for each tile, row by row from the upper left.

    All tiles show the same share of the page, so that seams stand evenly. Right and foot carry the
    overlap: the next tile is laid on it, cut at its left and head edges.
    """
    sides, picture = [], []
    for page in range(1, task.pages + 1):
        for row in range(parted.rows):
            for column in range(parted.columns):
                sides.append(_tile(task, parted, page, column, row))
                picture.append(f"{page} column {column + 1} row {row + 1}")
    area = task.piece.width * task.piece.height * task.pages
    used = area / (len(sides) * parted.sheet.width * parted.sheet.height)
    cuts = parted.columns + 1 + parted.rows + 1
    note = "cut each tile at its left and head marks, and glue it on the one before"
    return SheetLayout(
        parted.sheet, tuple(sides), False, (1,) * len(sides), 1, used, cuts,
        note=note, picture=tuple(picture),
    )  # fmt: skip


def _tile(task: ImposeTask, parted: Tiles, page: int, column: int, row: int) -> Side:
    width, height = task.piece
    window_x, window_y = _window(parted, task)
    step_x, step_y = window_x - task.overlap, window_y - task.overlap
    sheet = parted.sheet
    left, foot = (sheet.width - window_x) / 2, (sheet.height - window_y) / 2
    # The page's own upper left corner of this tile's window comes to lie in the sheet's.
    x = left - column * step_x
    y = foot + window_y - height + row * step_y
    shown = SheetBox(left, foot, left + window_x, foot + window_y)
    cuts_x = tuple(edge for edge in (left, x + width) if left - NEAR <= edge <= shown.right + NEAR)
    cuts_y = tuple(edge for edge in (y, shown.top) if foot - NEAR <= edge <= shown.top + NEAR)
    name = f"page {page}, column {column + 1} of {parted.columns}, row {row + 1} of {parted.rows}"
    return Side((Placement(page, x, y, 0, shown),), cuts_x, cuts_y, trim=shown, name=name)


def _window(parted: Tiles, task: ImposeTask) -> tuple[float, float]:
    """Return how much of the page each tile shows, its overlap with it."""
    width = (task.piece.width - task.overlap) / parted.columns + task.overlap
    height = (task.piece.height - task.overlap) / parted.rows + task.overlap
    return width, height
