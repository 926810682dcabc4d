"""A page that is larger than the paper to tiles that overlap: cut two edges of each, and glue."""

from __future__ import annotations

import math

from hrcpub.pipeline.impose.sheets import (
    NEAR,
    ImposeTask,
    Placement,
    SheetLayout,
    Side,
)
from hrcpub.project.edition import MARGIN
from hrcpub.records import record
from hrcpub.units import Rect, Size

MOST_TILES = 10_000  # more is a mistake in the sizes, and would fill the memory


@record
class Tiles:
    """How a poster is divided: portrait or landscape sheets, in columns and rows."""

    sheet: Size
    columns: int
    rows: int
    window: Size  # what one sheet can show


def tiles(task: ImposeTask) -> Tiles | None:
    """Return the tiles that take the fewest sheets; None when margins and overlap leave nothing."""
    margin = MARGIN if task.margin is None else task.margin
    ways = []
    for sheet in (task.stock, Size(task.stock.height, task.stock.width)):
        window = Size(sheet.width - 2 * margin, sheet.height - 2 * margin)
        if min(window) <= task.overlap + 1:  # a point at least, or there were no end of tiles
            continue
        columns, rows = (
            max(1, math.ceil((length - task.overlap - NEAR) / (shown - task.overlap)))
            for length, shown in zip(task.piece, window, strict=True)
        )
        ways.append(Tiles(sheet, columns, rows, window))
    return min(ways, key=lambda way: way.columns * way.rows, default=None)


def poster(task: ImposeTask, division: Tiles) -> SheetLayout:
    """Return one sheet for each tile, row by row from the upper left.

    All tiles show equal parts of the page, so that the seams are evenly spaced. The overlap is at
    the right and at the foot: the next tile, cut at its left and head edges, is glued on it.
    """
    sides, picture = [], []
    for page in range(1, task.pages + 1):
        for row in range(division.rows):
            for column in range(division.columns):
                sides.append(_tile(task, division, page, column, row))
                picture.append(f"{page} column {column + 1} row {row + 1}")
    area = task.piece.width * task.piece.height * task.pages
    used = area / (len(sides) * division.sheet.width * division.sheet.height)
    cuts = division.columns + 1 + division.rows + 1
    note = "cut each tile at its left and head marks, and glue it on the one before"
    return SheetLayout(
        sheet=division.sheet,
        sides=tuple(sides),
        has_backs=False,
        copies=(1,) * len(sides),
        up=1,
        used=used,
        cuts=cuts,
        note=note,
        picture=tuple(picture),
    )


def _tile(task: ImposeTask, division: Tiles, page: int, column: int, row: int) -> Side:
    width, height = task.piece
    window_x, window_y = _window(division, task)
    step_x, step_y = window_x - task.overlap, window_y - task.overlap
    sheet = division.sheet
    left, foot = (sheet.width - window_x) / 2, (sheet.height - window_y) / 2
    # Where the page's lower left corner is, so that this tile's part shows in the window.
    x = left - column * step_x
    y = foot + window_y - height + row * step_y
    shown = Rect(left, foot, left + window_x, foot + window_y)
    cuts_x = tuple(edge for edge in (left, x + width) if left - NEAR <= edge <= shown.right + NEAR)
    cuts_y = tuple(edge for edge in (y, shown.top) if foot - NEAR <= edge <= shown.top + NEAR)
    name = (
        f"page {page}, column {column + 1} of {division.columns}, row {row + 1} of {division.rows}"
    )
    return Side((Placement(page, x, y, 0, shown),), cuts_x, cuts_y, trim=shown, name=name)


def _window(division: Tiles, task: ImposeTask) -> tuple[float, float]:
    """Return how much of the page each tile shows, with its overlap: width and height."""
    width = (task.piece.width - task.overlap) / division.columns + task.overlap
    height = (task.piece.height - task.overlap) / division.rows + task.overlap
    return width, height
