"""Page counts to the order in which folded sheets carry pages: `8 1 | 2 7`.

Front and back alternate. The sheets of a section come from the outside inwards, the order in which
they are put on the saddle of the stitcher.
"""

from __future__ import annotations

from hrcpub.pipeline.impose.sheets import Binding, ImposeTask, Plan, SheetCell, SheetCells

# One folded sheet of 4, 8 or 16 pages: its front and its back, row by row from the top. In each
# place is the number of the page, when this sheet is the only one. Pages of a top row have their
# heads down. The sheet is folded across its longer side, then across the other, and so on.
FORMS: dict[int, tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]] = {
    4: (((4, 1),), ((2, 3),)),
    8: (((5, 4), (8, 1)), ((3, 6), (2, 7))),
    16: (
        ((5, 12, 9, 8), (4, 13, 16, 1)),
        ((7, 10, 11, 6), (2, 15, 14, 3)),
    ),
}


def saddle_stitch(task: ImposeTask) -> Plan:
    """Return booklets: sheets folded into one another and stitched through the fold.

    Blank pages come before the back cover, which stays outside. The sheets around them push inner
    pages outwards (creep), so those are moved towards the spine by as much.
    """
    signature = task.signature
    padded = -(-task.pages // signature) * signature
    numbers: list[int | None] = [*range(1, task.pages + 1)]
    before_last = max(1, task.pages - 1)  # a single page is the front cover
    numbers[before_last:before_last] = [None] * (padded - task.pages)
    note = "put the sheets in order, fold, staple through the fold"
    if task.section is None:
        return _booklet(task, [numbers], note)
    sections = _parted(numbers, task.section * signature)
    return _booklet(task, sections, f"{note}, section by section")


def perfect_bound(task: ImposeTask) -> Plan:
    """Return sections, gathered one behind the other and glued at the spine; blanks at the end."""
    size = (task.section or 1) * task.signature
    padded = -(-task.pages // size) * size
    numbers: list[int | None] = [*range(1, task.pages + 1)]
    numbers += [None] * (padded - task.pages)
    return _booklet(task, _parted(numbers, size), "fold each section, gather them, bind the spine")


def _parted(numbers: list[int | None], size: int) -> list[list[int | None]]:
    return [numbers[start : start + size] for start in range(0, len(numbers), size)]


def _booklet(task: ImposeTask, sections: list[list[int | None]], note: str) -> Plan:
    front, back = FORMS[task.signature]
    sides: list[SheetCells] = []
    for section in sections:
        step = _step(task, len(section))
        for sheet in range(len(section) // task.signature):
            pages = _of_sheet(len(section), task.signature, sheet)
            sides += [_side(task, form, pages, section, step) for form in (front, back)]
    columns, rows = len(front[0]), len(front)
    return Plan(
        columns,
        rows,
        tuple(sides),
        spines=frozenset(range(0, columns, 2)),
        folds_x=frozenset(range(columns - 1)),
        folds_y=frozenset(range(rows - 1)),
        note=note,
    )


def _of_sheet(section: int, signature: int, sheet: int) -> list[int]:
    """Return which pages of a section are on a sheet, from 0 and in order; sheet 0 is outside."""
    half = signature // 2
    first = sheet * half
    return [*range(first, first + half), *range(section - first - half, section - first)]


def _step(task: ImposeTask, section: int) -> float:
    """Return by how much pages move from one layer of paper to the next, in points."""
    layers = section // 4  # a folded sheet of four pages is one layer
    if task.creep is not None:
        return task.creep / (layers - 1) if layers > 1 else 0.0
    return task.caliper


def _side(
    task: ImposeTask,
    form: tuple[tuple[int, ...], ...],
    pages: list[int],
    section: list[int | None],
    step: float,
) -> SheetCells:
    cells = []
    for row, numbers in enumerate(form):
        for column, number in enumerate(numbers):
            place = pages[number - 1]
            page = section[place]
            if page is None:
                continue
            layer = min(place, len(section) - 1 - place) // 2
            # The spine is right of the first column, left of the second, and so on.
            shift = layer * step * (1 if column % 2 == 0 else -1)
            at = column
            if task.binding is Binding.RIGHT:
                at, shift = len(numbers) - 1 - column, -shift
            cells.append(SheetCell(page, at, row, 180 if row == 0 and len(form) > 1 else 0, shift))
    return tuple(cells)


def zine(task: ImposeTask) -> Plan:
    """Return zines: eight pages on one side of a sheet, folded in eighths and cut once.

    Of the three short folds, the cut goes along the long fold between the two outer ones.
    """
    rows = ((5, 4, 3, 2), (6, 7, 8, 1))
    sides = []
    for first in range(0, task.pages, 8):
        cells = []
        for row, numbers in enumerate(rows):
            for column, number in enumerate(numbers):
                at = column if task.binding is Binding.LEFT else 3 - column
                if first + number <= task.pages:
                    cells.append(SheetCell(first + number, at, row, 180 if row == 0 else 0))
        sides.append(tuple(cells))
    return Plan(
        4,
        2,
        tuple(sides),
        has_backs=False,
        spines=frozenset(range(3)),
        folds_x=frozenset(range(3)),
        folds_y=frozenset({0}),
        is_joined=True,
        note="print one side, fold in eighths, cut the long fold between the two outer folds",
    )
