"""PDFs to press sheets: a scheme says in numbers what goes where, then `place` writes the PDF.

`read` opens the files that are imposed. An `ImposeTask` (pages, piece, stock, …) and the name of a
scheme give a `SheetLayout`: sheets, sides, the place of each page, cuts, folds, waste.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

from hrcpub.pipeline.impose import booklets, flat
from hrcpub.pipeline.impose import problems as impose_problems
from hrcpub.pipeline.impose.artwork import Artwork, read
from hrcpub.pipeline.impose.claims import agree, inks
from hrcpub.pipeline.impose.lay import lay
from hrcpub.pipeline.impose.mixed_grid import MixedGrid, lay_mixed, mixed_grid
from hrcpub.pipeline.impose.mixed_sizes import Mixed
from hrcpub.pipeline.impose.place import Appearance, place
from hrcpub.pipeline.impose.poster import MOST_TILES, poster, tiles
from hrcpub.pipeline.impose.sheet_grid import GridShape, SheetGrid, grid
from hrcpub.pipeline.impose.sheet_marks import MARK_PRESS, Marks
from hrcpub.pipeline.impose.sheets import (
    NEAR,
    Binding,
    Flip,
    ImposeTask,
    Placement,
    Plan,
    SheetLayout,
    Side,
    is_upright_axis,
    pictured,
)
from hrcpub.pipeline.stages import Pdf, Sheets
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.edition import MARGIN
from hrcpub.records import record
from hrcpub.units import Rect, Size

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
    "Mixed",
    "SheetLayout",
    "agree",
    "has_room_below",
    "impose",
    "inks",
    "kept_clear",
    "laid_out",
    "place",
    "read",
    "remarks",
]


@record
class Scheme:
    """A way of imposing. `plan` takes the task and the grid's columns and rows.

    What each is for is in `project.schemes`.
    """

    shape: Callable[[ImposeTask], GridShape]
    plan: Callable[[ImposeTask, int, int], Plan]


def laid_out(scheme: str, task: ImposeTask, flip: Flip | None = None) -> SheetLayout:
    """Return the sheets of a task by a scheme of `SCHEMES`, or `poster`.

    `flip` is how the printer or the press turns a sheet over. None: about its vertical axis, which
    is the long edge of a portrait sheet and the short edge of a landscape one.

    Raises HrcpubError when pages do not fit, or are too few or too many for the scheme.
    """
    if scheme == POSTER:
        return _poster(task)
    chosen = SCHEMES[scheme]
    _check_count(scheme, task)
    cells = _grid(task, chosen.shape(task))
    if cells is None:
        raise HrcpubError(impose_problems.too_large(task.piece, task.stock, _least(chosen, task)))
    plan = chosen.plan(task, cells.columns, cells.rows)
    _check_creep(plan, task)
    if plan.has_backs:
        # About the vertical axis: fronts and backs then have their heads on the same side.
        flip = flip or (Flip.LONG if is_upright_axis(cells.sheet, Flip.LONG) else Flip.SHORT)
    else:
        flip = None
    sides = lay_mixed(plan, cells, task) if isinstance(cells, MixedGrid) else lay(plan, cells, task)
    if flip and not is_upright_axis(cells.sheet, flip):
        sides = _with_backs_turned(sides, cells.sheet)
    copies = _copies(plan, cells, task, len(sides))
    return SheetLayout(
        sheet=cells.sheet,
        sides=sides,
        has_backs=plan.has_backs,
        copies=copies,
        up=cells.columns * cells.rows,
        used=_used(plan, cells, task, copies),
        cuts=_count_cuts(sides[0], cells.sheet),
        flip=flip,
        scale=cells.scale,
        note=plan.note,
        plan=replace(plan, sides=()),
        picture=(cells.picture,) if isinstance(cells, MixedGrid) else pictured(plan),
    )


def _grid(task: ImposeTask, shape: GridShape) -> SheetGrid | MixedGrid | None:
    """Return the grid of a task, or a mixed one that holds a third more at least.

    Why not always: it takes more cuts, and small pieces go onto perforated stock, which is a grid.
    """
    cells = grid(task, shape)
    is_free = shape.may_mix and (cells is None or cells.columns * cells.rows < PERFORATED)
    mixed = mixed_grid(task) if is_free else None
    if mixed and (cells is None or mixed.columns * 3 >= cells.columns * cells.rows * 4):
        return mixed
    return cells


PERFORATED = 6  # pieces on a sheet: stock with so many comes perforated


def _check_creep(plan: Plan, task: ImposeTask) -> None:
    shift = max((abs(cell.shift) for side in plan.sides for cell in side), default=0.0)
    # Nobody stitches a booklet so thick: a caliper in the wrong unit does.
    if shift * 8 > task.piece.width:
        raise HrcpubError(impose_problems.creep_too_large(shift, task.piece.width))


def _with_backs_turned(sides: tuple[Side, ...], sheet: Size) -> tuple[Side, ...]:
    return tuple(
        side.turned_round(sheet) if index % 2 else side for index, side in enumerate(sides)
    )


def _least(scheme: Scheme, task: ImposeTask) -> int:
    """Return how many pieces a side must hold at least."""
    shape = scheme.shape(task)
    if shape.columns and shape.rows:
        return shape.columns * shape.rows
    return task.up or shape.columns_of * shape.rows_of


def _poster(task: ImposeTask) -> SheetLayout:
    division = tiles(task)
    if division is None:
        raise HrcpubError(impose_problems.no_room(task.stock))
    if division.columns * division.rows * task.pages > MOST_TILES:
        raise HrcpubError(impose_problems.too_large(task.piece, task.stock))
    return poster(task, division)


def _check_count(scheme: str, task: ImposeTask) -> None:
    if scheme == "zine" and task.pages > 8:
        message = f"a zine has eight pages, but there are {task.pages}"
        raise HrcpubError(impose_problems.page_count(message, "take --scheme saddle-stitch"))
    pieces = -(-task.pages // flat.sides_of(task)) if scheme == "cards" else 1
    if len(task.quantities) > pieces:
        raise HrcpubError(impose_problems.quantity_count(len(task.quantities), pieces))
    if scheme in ("work-and-turn", "work-and-tumble") and task.pages % 2:
        message = f"{scheme} needs a back for each front, but there are {task.pages} pages"
        hint = "to print one side only: --scheme cards"
        raise HrcpubError(impose_problems.page_count(message, hint))


def _copies(
    plan: Plan, grid: SheetGrid | MixedGrid, task: ImposeTask, sides: int
) -> tuple[int, ...]:
    """Return how often each sheet is printed."""
    if plan.copies:
        return plan.copies
    count = task.quantities[0] if task.quantities else 1
    if plan.has_both and task.quantities:
        count = -(-count // (grid.columns * grid.rows))
    return (count,) * (sides // (1 + plan.has_backs))


def _used(
    plan: Plan, grid: SheetGrid | MixedGrid, task: ImposeTask, copies: tuple[int, ...]
) -> float:
    """Return the share of the paper that becomes pieces; with quantities, only those asked for."""
    paper = grid.sheet.width * grid.sheet.height
    cell = grid.cell.width * grid.cell.height
    if task.quantities and (plan.copies or plan.has_both):
        pieces = -(-task.pages // flat.sides_of(task))
        given = [*task.quantities, *[task.quantities[-1]] * pieces][:pieces]
        return sum(given) * cell / (sum(copies) * paper)
    return grid.columns * grid.rows * cell / paper


def _count_cuts(side: Side, sheet: Size) -> int:
    """Return how many cuts a pile needs; none where a piece ends at the edge of the sheet."""
    xs = [x for x in side.cuts_x if 1 < x < sheet.width - 1]
    ys = [y for y in side.cuts_y if 1 < y < sheet.height - 1]
    return len(xs) + len(ys) + len(side.part_cuts)


def remarks(task: ImposeTask, layout: SheetLayout) -> list[Problem]:
    """Return what to know before printing a layout: blank pages, lost margins and gutters."""
    problems = []
    drawn = sum(len(side.placements) for side in layout.sides)
    if layout.plan and (layout.plan.folds_x or layout.plan.folds_y):
        blank = layout.plan.columns * layout.plan.rows * len(layout.sides) - drawn
        if blank:
            where = "before the back cover" if "stitch" in layout.note else "at the end"
            problems.append(impose_problems.blanks(blank, where))
    trim = layout.sides[0].trim
    if trim and task.margin is None and layout.plan:
        edges = (trim.left, trim.bottom, layout.sheet.width - trim.right)
        if min(*edges, layout.sheet.height - trim.top) < MARGIN - NEAR:
            problems.append(impose_problems.into_margin(MARGIN))
    if layout.loses_bleed(task):
        problems.append(impose_problems.no_gutter(task.bleed))
    return problems


def has_room_below(layout: SheetLayout) -> bool:
    """Return whether a line of slug fits between the pieces and the margin at the foot."""
    return all(side.trim is not None and side.trim.bottom >= MARGIN + LINE for side in layout.sides)


def kept_clear(layout: SheetLayout, margin: float) -> SheetLayout:
    """Return the same sheets with nothing printed nearer to their edges than `margin`.

    Two half sheets fill a sheet: a bar that runs off the piece would reach where no printer does.
    """
    inner = Rect(margin, margin, layout.sheet.width - margin, layout.sheet.height - margin)
    sides = tuple(
        replace(side, placements=tuple(_within(placed, inner) for placed in side.placements))
        for side in layout.sides
    )
    return replace(layout, sides=sides)


def _within(placed: Placement, inner: Rect) -> Placement:
    clip = placed.clip or inner
    near = (max(clip.left, inner.left), max(clip.bottom, inner.bottom))
    return replace(placed, clip=Rect(*near, min(clip.right, inner.right), min(clip.top, inner.top)))


LINE = 9.0  # points: the height of a line of slug
CAPITALS = 8.0  # points: from its foot to clear above its capitals


def impose(pdf: Pdf, layout: SheetLayout, look: Appearance, slugs: Pdf | None = None) -> Sheets:
    """Return a file of ours on its sheets; `slugs` has one page for each side, drawn beneath it."""
    output = io.BytesIO()
    under = read([("slugs", io.BytesIO(slugs))]) if slugs else None
    if under:
        look = replace(look, marks=replace(look.marks, foot=MARGIN + CAPITALS))
    place(read([("pages", io.BytesIO(pdf))]), layout, output, look, under)
    return Sheets(output.getvalue())


def _booklet_shape(task: ImposeTask) -> GridShape:
    front = booklets.FORMS[task.signature][0]
    return GridShape(len(front[0]), len(front), joined_x=frozenset(range(0, len(front[0]), 2)))


POSTER = "poster"
ZINE = GridShape(4, 2, joined_x=frozenset(range(3)), joined_y=frozenset({0}))

SCHEMES = {
    "cards": Scheme(lambda task: GridShape(may_turn_pages=True, may_mix=True), flat.cards),
    "n-up": Scheme(lambda task: GridShape(), flat.n_up),
    "cut-and-stack": Scheme(lambda task: GridShape(may_turn_pages=True), flat.cut_and_stack),
    "work-and-turn": Scheme(
        lambda task: GridShape(columns_of=2, may_turn_pages=True),
        flat.work_and_turn,
    ),
    "work-and-tumble": Scheme(
        lambda task: GridShape(rows_of=2, may_turn_pages=True),
        flat.work_and_tumble,
    ),
    "saddle-stitch": Scheme(
        _booklet_shape,
        lambda task, columns, rows: booklets.saddle_stitch(task),
    ),
    "perfect-bound": Scheme(
        _booklet_shape,
        lambda task, columns, rows: booklets.perfect_bound(task),
    ),
    "zine": Scheme(
        lambda task: ZINE,
        lambda task, columns, rows: booklets.zine(task),
    ),
}  # fmt: skip

CODES = impose_problems.CODES
