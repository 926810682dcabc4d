"""Flat pieces to the grids in which they are printed: cards, stacks, both sides from one plate.

A flat piece is one page, or a front and a back: pages 1 and 2 are the first piece, 3 and 4 the
next. A back is behind its front when the sheet is turned over about its vertical axis.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

from hrcpub.pipeline.impose.gang import GangForm, ganged
from hrcpub.pipeline.impose.sheets import Binding, ImposeTask, Plan, SheetCell, SheetCells


def cards(task: ImposeTask, columns: int, rows: int) -> Plan:
    """Return each piece as often as a sheet holds it; with quantities, several on one sheet."""
    sides = sides_of(task)
    pieces = -(-task.pages // sides)
    places = columns * rows
    if task.quantities:
        forms = ganged(_quantities(task, pieces), places)
    elif task.is_shared:
        forms = _shared(pieces, places)
    else:
        forms = [(((piece, places),), 1) for piece in range(pieces)]
    drawn: list[SheetCells] = []
    for shares, _ in forms:
        in_places = [piece for piece, count in shares for _ in range(count)]
        drawn += _both(in_places, columns, sides, task.pages)
    return Plan(
        columns,
        rows,
        tuple(drawn),
        has_backs=sides == 2,
        copies=tuple(copies for _, copies in forms),
        note="cut apart",
    )


def _shared(pieces: int, places: int) -> list[GangForm]:
    """Return sheets that pieces share evenly; where some have a place more, they are the first."""
    forms = []
    for start in range(0, pieces, places):
        group = range(start, min(start + places, pieces))
        each, more = divmod(places, len(group))
        shares = tuple((piece, each + (piece - start < more)) for piece in group)
        forms.append((shares, 1))
    return forms


def sides_of(task: ImposeTask) -> int:
    """Return how many pages a flat piece has."""
    return task.sides or (2 if task.pages > 1 else 1)


def _quantities(task: ImposeTask, pieces: int) -> list[int]:
    """Return each piece's quantity; the last one given holds for those that follow."""
    given = task.quantities[:pieces]
    return [*given, *[given[-1]] * (pieces - len(given))]


def _both(
    in_places: Sequence[int | None], columns: int, sides: int, pages: int
) -> list[SheetCells]:
    """Return a sheet's front, and its back where pieces have two sides; None: an empty place."""
    front, back = [], []
    for index, piece in enumerate(in_places):
        row, column = divmod(index, columns)
        page = (piece or 0) * sides + 1
        if piece is None or page > pages:
            continue
        front.append(SheetCell(page, column, row))
        if sides == 2 and page < pages:
            # Mirrored: the sheet is turned about its vertical axis.
            back.append(SheetCell(page + 1, columns - 1 - column, row))
    return [tuple(front), tuple(back)] if sides == 2 else [tuple(front)]


def cut_and_stack(task: ImposeTask, columns: int, rows: int) -> Plan:
    """Return pieces in order down through the pile: cut it, then lay its stacks on each other."""
    sides = sides_of(task)
    pieces = -(-task.pages // sides)
    places = columns * rows
    sheets = -(-pieces // places)
    drawn: list[SheetCells] = []
    for sheet in range(sheets):
        # Piece 0 is on the first sheet, piece 1 beneath it on the second. When the first place is
        # used up, its stack goes on in the second place.
        numbers = [place * sheets + sheet for place in range(places)]
        in_places = [number if number < pieces else None for number in numbers]
        drawn += _both(in_places, columns, sides, task.pages)
    note = "cut the pile, then lay the stacks on each other: row by row, from the upper left"
    return Plan(columns, rows, tuple(drawn), has_backs=sides == 2, note=note)


def n_up(task: ImposeTask, columns: int, rows: int) -> Plan:
    """Return pages side by side in reading order, on both sides of the sheet."""
    places = columns * rows
    at = range(columns) if task.binding is Binding.LEFT else range(columns)[::-1]
    drawn: list[SheetCells] = []
    for first in range(1, task.pages + 1, places):
        pages = range(first, min(first + places, task.pages + 1))
        drawn.append(
            tuple(SheetCell(page, at[i % columns], i // columns) for i, page in enumerate(pages))
        )
    has_backs = task.sides != 1 and len(drawn) > 1
    if has_backs and len(drawn) % 2:
        drawn.append(())
    return Plan(columns, rows, tuple(drawn), has_backs=has_backs)


def work_and_turn(task: ImposeTask, columns: int, rows: int) -> Plan:
    """Return fronts on the left half, backs on the right, and the same on the other side.

    One plate prints both: the sheet is turned over sideways, and each front has its back.
    """
    note = "print, turn the sheets over sideways, and print the same side again; cut apart"
    return _on_one_plate(
        task, columns, rows, note, lambda column, row: column < columns // 2, back=0
    )


def work_and_tumble(task: ImposeTask, columns: int, rows: int) -> Plan:
    """Return fronts in the upper half, backs upside down in the lower, the same on the other side.

    One plate prints both: the sheet is turned over head to foot, and each front has its back.
    """
    note = "print, turn the sheets over head to foot, and print the same side again; cut apart"
    return _on_one_plate(task, columns, rows, note, lambda column, row: row < rows // 2, back=180)


def _on_one_plate(
    task: ImposeTask,
    columns: int,
    rows: int,
    note: str,
    is_front: Callable[[int, int], bool],
    back: int,
) -> Plan:
    """Return fronts and backs on one side; `back` is by how many degrees backs are turned."""
    drawn = []
    for front in range(1, task.pages + 1, 2):
        cells = []
        for row, column in product(range(rows), range(columns)):
            page, turn = (front, 0) if is_front(column, row) else (front + 1, back)
            if page <= task.pages:
                cells.append(SheetCell(page, column, row, turn))
        drawn.append(tuple(cells))
    return Plan(columns, rows, tuple(drawn), has_backs=False, has_both=True, note=note)
