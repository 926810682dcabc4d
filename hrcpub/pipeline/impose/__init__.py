"""PDFs to press sheets: a scheme says in numbers what lies where, `place` alone writes PDF.

An `ImposeTask` (pages, piece, stock, …) and the name of a scheme give a `SheetLayout`: sheets,
sides, where each page lies, cuts, folds, waste. `read` looks at the files that are imposed.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

from hrcpub.pipeline.impose import booklets, flat
from hrcpub.pipeline.impose import problems as impose_problems
from hrcpub.pipeline.impose.artwork import Artwork, inks, read
from hrcpub.pipeline.impose.lay import lay
from hrcpub.pipeline.impose.place import Appearance, agree, place
from hrcpub.pipeline.impose.poster import MOST_TILES, poster, tiles
from hrcpub.pipeline.impose.sheet_grid import GridShape, SheetGrid, grid
from hrcpub.pipeline.impose.sheet_marks import MARK_PRESS, Marks
from hrcpub.pipeline.impose.sheets import (
    NEAR,
    Binding,
    Flip,
    ImposeTask,
    Plan,
    SheetLayout,
    Side,
    is_upright_axis,
    pictured,
)
from hrcpub.pipeline.stages import Pdf, Sheets
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.edition import MARGIN
from hrcpub.units import Size

__all__ = [
    "CODES",
    "MARK_PRESS",
    "SCHEMES",
    "Appearance",
    "Artwork",
    "Binding",
    "Flip",
    "ImposeTask",
    "Marks",
    "SheetLayout",
    "agree",
    "has_room_below",
    "impose",
    "inks",
    "laid_out",
    "place",
    "read",
    "remarks",
]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way of imposing. `plan` takes the task and the grid's columns and rows."""

    about: str
    shape: Callable[[ImposeTask], GridShape]
    plan: Callable[[ImposeTask, int, int], Plan]


def laid_out(scheme: str, task: ImposeTask, flip: Flip | None = None) -> SheetLayout:
    """Return a task's sheets by a scheme of `SCHEMES`, or `poster`.

    `flip` is how the printer, or the press, turns a sheet over; None: about its vertical axis,
    which is the long edge of an upright sheet and the short edge of a landscape one.

    Raises HrcpubError when pages do not fit, or are too few or too many for the scheme.
    """
    if scheme == POSTER:
        return _poster(task)
    chosen = SCHEMES[scheme]
    _check_count(scheme, task)
    found = grid(task, chosen.shape(task))
    if found is None:
        raise HrcpubError(impose_problems.too_large(task.piece, task.stock, _least(chosen, task)))
    plan = chosen.plan(task, found.columns, found.rows)
    shift = max((abs(cell.shift) for side in plan.sides for cell in side), default=0.0)
    if shift * 8 > task.piece.width:
        raise HrcpubError(impose_problems.creep_too_large(shift, task.piece.width))
    sides = lay(plan, found, task)
    way = None
    if plan.has_backs:
        is_upright = is_upright_axis(found.sheet, Flip.LONG)
        way = flip or (Flip.LONG if is_upright else Flip.SHORT)
        if not is_upright_axis(found.sheet, way):
            sides = tuple(
                side.turned_round(found.sheet) if index % 2 else side
                for index, side in enumerate(sides)
            )
    copies = _copies(plan, found, task, len(sides))
    return SheetLayout(
        found.sheet,
        sides,
        plan.has_backs,
        copies,
        found.columns * found.rows,
        _used(plan, found, task, copies),
        _knife(sides[0], found.sheet),
        way,
        found.scale,
        plan.note,
        plan,
        pictured(plan),
    )


def _least(scheme: Scheme, task: ImposeTask) -> int:
    """Return how many pieces a side holds at the least."""
    shape = scheme.shape(task)
    if shape.columns and shape.rows:
        return shape.columns * shape.rows
    return task.up or shape.columns_of * shape.rows_of


def _poster(task: ImposeTask) -> SheetLayout:
    parted = tiles(task)
    if parted is None:
        raise HrcpubError(impose_problems.no_room(task.stock))
    if parted.columns * parted.rows * task.pages > MOST_TILES:
        raise HrcpubError(impose_problems.too_large(task.piece, task.stock))
    return poster(task, parted)


def _check_count(scheme: str, task: ImposeTask) -> None:
    if scheme == "zine" and task.pages > 8:
        said = f"a zine has eight pages, and here are {task.pages}"
        raise HrcpubError(impose_problems.page_count(said, "for more: --scheme saddle-stitch"))
    pieces = -(-task.pages // flat.sides_of(task)) if scheme == "cards" else 1
    if len(task.quantities) > pieces:
        raise HrcpubError(impose_problems.quantity_count(len(task.quantities), pieces))
    if scheme in ("work-and-turn", "work-and-tumble") and task.pages % 2:
        said = f"{scheme} needs a back for each front, and here are {task.pages} pages"
        raise HrcpubError(impose_problems.page_count(said, "for one side: --scheme cards"))


def _copies(plan: Plan, grid: SheetGrid, task: ImposeTask, sides: int) -> tuple[int, ...]:
    """Return how often each sheet is printed."""
    if plan.copies:
        return plan.copies
    many = task.quantities[0] if task.quantities else 1
    if plan.has_both and task.quantities:
        many = -(-many // (grid.columns * grid.rows))
    return (many,) * (sides // (1 + plan.has_backs))


def _used(plan: Plan, grid: SheetGrid, task: ImposeTask, copies: tuple[int, ...]) -> float:
    """Return the share of the paper that leaves as pieces: of those asked for, where it is said."""
    paper = grid.sheet.width * grid.sheet.height
    cell = grid.cell.width * grid.cell.height
    if task.quantities and (plan.copies or plan.has_both):
        pieces = -(-task.pages // flat.sides_of(task))
        given = [*task.quantities, *[task.quantities[-1]] * pieces][:pieces]
        return sum(given) * cell / (sum(copies) * paper)
    return grid.columns * grid.rows * cell / paper


def _knife(side: Side, sheet: Size) -> int:
    """Return how many cuts a pile takes; where a piece ends with the sheet, there is none."""
    xs = [x for x in side.cuts_x if 1 < x < sheet.width - 1]
    ys = [y for y in side.cuts_y if 1 < y < sheet.height - 1]
    return len(xs) + len(ys)


def remarks(task: ImposeTask, layout: SheetLayout) -> list[Problem]:
    """Return what whoever prints a layout should know: blanks, margins and gutters given up."""
    found = []
    drawn = sum(len(side.placements) for side in layout.sides)
    if layout.plan and (layout.plan.folds_x or layout.plan.folds_y):
        blank = layout.plan.columns * layout.plan.rows * len(layout.sides) - drawn
        if blank:
            is_inside = "saddle" in layout.note or "stitch" in layout.note
            where = "before the back cover" if is_inside else "at the end"
            found.append(impose_problems.blanks(blank, where))
    trim = layout.sides[0].trim
    if trim and task.margin is None and layout.plan:
        edges = (trim.left, trim.foot, layout.sheet.width - trim.right)
        if min(*edges, layout.sheet.height - trim.top) < MARGIN - NEAR:
            found.append(impose_problems.into_margin(MARGIN))
    if task.bleed and task.gutter is None and layout.plan and _has_shared_cuts(layout, task):
        found.append(impose_problems.no_gutter(task.bleed))
    return found


def _has_shared_cuts(layout: SheetLayout, task: ImposeTask) -> bool:
    plan, side = layout.plan, layout.sides[0]
    if plan is None or plan.is_joined:
        return False
    joints = plan.columns + plan.rows - 2 - len(plan.spines)
    edges = len(side.cuts_x) + len(side.cuts_y)
    return joints > 0 and edges < 4 + 2 * joints


def has_room_below(layout: SheetLayout) -> bool:
    """Return whether a line of slug has room between the pieces and the foot's margin."""
    return all(side.trim is not None and side.trim.foot >= MARGIN + LINE for side in layout.sides)


LINE = 9.0  # what a line of slug takes of a sheet's height


def impose(pdf: Pdf, layout: SheetLayout, look: Appearance, slugs: Pdf | None = None) -> Sheets:
    """Return a file of ours on its sheets; `slugs` has one page for each side, beneath it."""
    output = io.BytesIO()
    under = read([("slugs", io.BytesIO(slugs))]) if slugs else None
    place(read([("pages", io.BytesIO(pdf))]), layout, output, look, under)
    return Sheets(output.getvalue())


def _booklet_shape(task: ImposeTask) -> GridShape:
    front = booklets.FORMS[task.signature][0]
    return GridShape(len(front[0]), len(front), joined_x=frozenset(range(0, len(front[0]), 2)))


POSTER = "poster"
ZINE = GridShape(4, 2, joined_x=frozenset(range(3)), joined_y=frozenset({0}))

SCHEMES = {
    "cards": Scheme(
        "each piece as often as a sheet holds it, or several pieces by quantity",
        lambda task: GridShape(may_turn_pages=True),
        flat.cards,
    ),
    "n-up": Scheme("pages side by side in reading order", lambda task: GridShape(), flat.n_up),
    "cut-and-stack": Scheme(
        "pieces in order down through the pile", lambda task: GridShape(may_turn_pages=True),
        flat.cut_and_stack,
    ),
    "work-and-turn": Scheme(
        "fronts left, backs right, the sheet turned over sideways and printed again",
        lambda task: GridShape(columns_of=2, may_turn_pages=True),
        flat.work_and_turn,
    ),
    "work-and-tumble": Scheme(
        "fronts above, backs below, the sheet turned over head to foot and printed again",
        lambda task: GridShape(rows_of=2, may_turn_pages=True),
        flat.work_and_tumble,
    ),
    "saddle-stitch": Scheme(
        "booklets: sheets folded into one another",
        _booklet_shape,
        lambda task, columns, rows: booklets.saddle_stitch(task),
    ),
    "perfect-bound": Scheme(
        "books: folded sections gathered and glued",
        _booklet_shape,
        lambda task, columns, rows: booklets.perfect_bound(task),
    ),
    "zine": Scheme(
        "eight pages from one sheet and one cut",
        lambda task: ZINE,
        lambda task, columns, rows: booklets.zine(task),
    ),
}  # fmt: skip

CODES = impose_problems.CODES
