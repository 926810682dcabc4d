"""What is where on press sheets, as numbers: `ImposeTask` in, `SheetLayout` out.

Nothing here touches a PDF. Lengths are points from a sheet's lower left corner, y upwards;
rotations are degrees, counter-clockwise. A back is described as it is seen when the sheet is turned
over about its vertical axis. When it is turned over about the other one, everything on it is turned
by 180° (`turned_round`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from hrcpub.records import record
from hrcpub.units import Rect, Size

NEAR = 1e-3  # points: places that are closer than this are the same, but for rounding
TURNS = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}  # cosine and sine


class Flip(StrEnum):
    """About which of its edges a printer, or a hand, turns a sheet over."""

    LONG = "long"
    SHORT = "short"


class Binding(StrEnum):
    """The side where a booklet is bound: left for scripts that are read from left to right."""

    LEFT = "left"
    RIGHT = "right"


@record
class ImposeTask:
    """What is to be imposed, and on which sheets. Lengths in points."""

    pages: int
    piece: Size  # a page's trim
    stock: Size
    margin: float | None = None  # of the sheet, kept clear; None: MARGIN, where pieces then fit
    gutter: float | None = None  # between pieces; None: twice the bleed
    bleed: float = 0.0  # what the pages have beyond their trim
    quantities: tuple[int, ...] = ()  # of each piece; one holds for all, none fills each sheet
    sides: int | None = None  # of a flat piece; None: two, or one for a single page
    is_shared: bool = False  # a sheet is shared by all flat pieces, as evenly as it can be
    folds: tuple[tuple[float, ...], ...] = ()  # of a flat piece, by side, from its left edge
    signature: int = 4  # pages on one folded sheet: 4, 8 or 16
    section: int | None = None  # sheets folded into one another; None: all, or one to be glued
    caliper: float = 0.0  # the stock's thickness
    creep: float | None = None  # by how much the innermost pages are moved; None: from the caliper
    binding: Binding = Binding.LEFT
    up: int | None = None  # pages side by side
    overlap: float = 10 * 72 / 25.4  # of a poster's tiles
    is_reducible: bool = False  # pages may be made smaller to fit


class SheetCell(NamedTuple):
    """One page on one side of a sheet, counted in a grid.

    Columns count from the left and rows from the top, both from 0. `shift` moves the page to the
    right of its place (creep), in points.
    """

    page: int  # 1-based
    column: int
    row: int
    rotation: int = 0
    shift: float = 0.0


SheetCells = tuple[SheetCell, ...]


@record
class Plan:
    """Sides as grids of cells; where there are backs, front and back alternate.

    `spines` and `folds_x` are gaps between columns, `folds_y` gaps between rows, by the number of
    the column or row before them. Pieces touch at a spine. At other folds there is a gutter
    between them, which is trimmed away.

    A plan that repeats a piece on its sheets must say so, by `copies` or `has_both`. Otherwise
    each sheet is printed as often as pieces are needed, and there are too many.
    """

    columns: int
    rows: int
    sides: tuple[SheetCells, ...]
    has_backs: bool = True
    has_both: bool = False  # one side carries fronts, which are odd pages, and backs
    spines: frozenset[int] = frozenset()
    folds_x: frozenset[int] = frozenset()
    folds_y: frozenset[int] = frozenset()
    is_joined: bool = False  # nothing is cut between pieces
    copies: tuple[int, ...] = ()  # how often each sheet is printed; empty: once
    note: str = ""  # what to do with the printed sheets


@record
class Placement:
    """One page on one side of a sheet.

    `x` and `y` are the place of the trim's lower left corner; the page is scaled and turned about
    it. `clip` is the part of the sheet where it is shown; None: its trim.
    """

    page: int  # 1-based
    x: float
    y: float
    rotation: int = 0
    clip: Rect | None = None
    scale: float = 1.0

    @property
    def turn(self) -> tuple[float, float]:
        """Return the rotation's cosine and sine, times the scale."""
        cosine, sine = TURNS[self.rotation]
        return cosine * self.scale, sine * self.scale

    def covers(self, piece: Size) -> Rect:
        """Return what the trim of the placed page covers on the sheet."""
        width, height = piece.width * self.scale, piece.height * self.scale
        if self.rotation % 180:
            width, height = height, width
        left = self.x - (width if self.rotation in (90, 180) else 0)
        foot = self.y - (height if self.rotation in (180, 270) else 0)
        return Rect(left, foot, left + width, foot + height)


@record
class Side:
    """One side of a sheet: what is on it, and where it is cut and folded."""

    placements: tuple[Placement, ...]
    cuts_x: tuple[float, ...] = ()
    cuts_y: tuple[float, ...] = ()
    folds_x: tuple[float, ...] = ()
    folds_y: tuple[float, ...] = ()
    trim: Rect | None = None  # around all pieces; None: the sheet
    bleed: Rect | None = None  # around what is printed of them; None: as the trim
    name: str = ""  # such as "sheet 2 back"
    part_cuts: tuple[Rect, ...] = ()  # through some pieces only: lines, as boxes without a width

    @property
    def frame(self) -> tuple[object, ...]:
        """All that marks and boxes come from: most sides of a layout are alike in it."""
        cuts = (self.cuts_x, self.cuts_y, self.part_cuts)
        return (*cuts, self.folds_x, self.folds_y, self.trim, self.bleed)

    def turned_round(self, sheet: Size) -> Side:
        """Return the same side, turned by 180°."""

        def box(edges: Rect | None) -> Rect | None:
            if edges is None:
                return None
            left, foot, right, top = edges
            return Rect(
                sheet.width - right, sheet.height - top, sheet.width - left, sheet.height - foot
            )

        placements = tuple(
            replace(
                placement,
                x=sheet.width - placement.x,
                y=sheet.height - placement.y,
                rotation=(placement.rotation + 180) % 360,
                clip=box(placement.clip),
            )
            for placement in self.placements
        )
        return replace(
            self,
            placements=placements,
            cuts_x=_from_far(self.cuts_x, sheet.width),
            cuts_y=_from_far(self.cuts_y, sheet.height),
            folds_x=_from_far(self.folds_x, sheet.width),
            folds_y=_from_far(self.folds_y, sheet.height),
            trim=box(self.trim),
            bleed=box(self.bleed),
            part_cuts=tuple(
                Rect(
                    sheet.width - cut.right,
                    sheet.height - cut.top,
                    sheet.width - cut.left,
                    sheet.height - cut.bottom,
                )
                for cut in self.part_cuts
            ),
        )


def _from_far(places: Iterable[float], extent: float) -> tuple[float, ...]:
    return tuple(sorted(extent - place for place in places))


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """Press sheets, ready to be drawn."""

    sheet: Size
    sides: tuple[Side, ...]
    has_backs: bool
    copies: tuple[int, ...]  # how often each sheet is printed
    up: int  # how many pieces, or pages, are on one side
    used: float  # the share of the paper's area that becomes pieces
    cuts: int  # how many the knife makes through one pile of sheets
    flip: Flip | None = None  # None where only one side is printed
    scale: float = 1.0
    note: str = ""
    plan: Plan | None = None  # without its cells, which became placements; None for a poster
    picture: tuple[str, ...] = ()  # each side as text

    @property
    def sheets(self) -> int:
        """Return how many sheets are printed."""
        return sum(self.copies)

    @property
    def waste(self) -> float:
        """Return the share of the paper that is cut away."""
        return 1 - self.used

    def loses_bleed(self, task: ImposeTask) -> bool:
        """Return whether pieces share cuts, and lose bleed there, though nobody asked for that.

        With gutters there are two cuts between two pieces.
        """
        if not task.bleed or task.gutter is not None or self.plan is None or self.plan.is_joined:
            return False
        joints = self.plan.columns + self.plan.rows - 2 - len(self.plan.spines)
        # Four cuts go around all pieces. With gutters each joint has two more.
        edges = len(self.sides[0].cuts_x) + len(self.sides[0].cuts_y)
        return joints > 0 and edges < 4 + 2 * joints


def pictured(plan: Plan) -> tuple[str, ...]:
    """Return each side as text: `8 1` is a row, `/` ends one, `.` is blank, `v` upside down."""
    return tuple(_pictured(side, plan.columns, plan.rows) for side in plan.sides)


ARROWS = {0: "", 90: "<", 180: "v", 270: ">"}


def _pictured(side: SheetCells, columns: int, rows: int) -> str:
    grid = [["."] * columns for _ in range(rows)]
    for cell in side:
        grid[cell.row][cell.column] = f"{cell.page}{ARROWS[cell.rotation]}"
    return " / ".join(" ".join(row) for row in grid)


def is_upright_axis(sheet: Size, flip: Flip) -> bool:
    """Return whether a sheet that is flipped so turns over about its vertical axis.

    The long edges of a portrait sheet are left and right, those of a landscape sheet head and foot.
    """
    return (sheet.width <= sheet.height) == (flip is Flip.LONG)
