"""How many pieces fit on a sheet, and what is given up for that: gutters, margins, marks, size."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.impose.sheet_grid import GridShape, grid
from hrcpub.pipeline.impose.sheets import NEAR, ImposeTask
from hrcpub.project.edition import MARGIN
from hrcpub.units import PAPER_SIZES, Size

LETTER, TABLOID, HALF = (PAPER_SIZES[name] for name in ("letter", "tabloid", "half-letter"))
CARD, PALM, BOOKMARK = Size(252, 144), Size(288, 648), Size(144, 400)
TURNING, PLAIN = GridShape(may_turn_pages=True), GridShape()
SPREAD = GridShape(2, 1, joined_x=frozenset({0}))


def drawn(task: ImposeTask, shape: GridShape) -> str:
    """Return a grid as text."""
    cells = grid(task, shape)
    if cells is None:
        return "nothing fits"
    block, sheet = cells.block, cells.sheet
    said = [f"{cells.columns} x {cells.rows}"]
    if sheet.width > sheet.height:
        said.append("landscape")
    if cells.is_turned:
        said.append("turned")
    said += [f"gutters {gap:g}" for gap in sorted({*cells.gaps_x, *cells.gaps_y} - {0})]
    if min(block.left, block.bottom) < MARGIN - NEAR:
        said.append("in the margin")
    if cells.scale < 1:
        said.append(f"at {cells.scale:.0%}")
    return ", ".join(said)


GRIDS = {
    "cards": (ImposeTask(2, CARD, LETTER), TURNING, "2 x 5"),
    "bleed has gutters": (ImposeTask(2, CARD, LETTER, bleed=9), TURNING, "2 x 4, gutters 18"),
    "no gutter is wanted": (ImposeTask(2, CARD, LETTER, bleed=9, gutter=0), TURNING, "2 x 5"),
    # Two instead of one are worth more than the margin of 6 mm; a margin asked for stays.
    "halves": (ImposeTask(2, HALF, LETTER), PLAIN, "2 x 1, landscape, in the margin"),
    "halves, with a margin": (ImposeTask(2, HALF, LETTER, margin=18), PLAIN, "1 x 1"),
    "halves with bleed": (
        ImposeTask(2, HALF, LETTER, bleed=9),
        PLAIN,
        "2 x 1, landscape, in the margin",
    ),
    # The gutter goes, and the margin stays.
    "palm cards": (ImposeTask(2, PALM, LETTER, bleed=9), TURNING, "2 x 1"),
    "turned pages": (ImposeTask(2, BOOKMARK, LETTER), TURNING, "1 x 5, turned"),
    "turned sheets": (ImposeTask(2, BOOKMARK, LETTER), PLAIN, "5 x 1, landscape"),
    "a spread has no gutter": (
        ImposeTask(8, LETTER, TABLOID, bleed=9),
        SPREAD,
        "2 x 1, landscape, in the margin",
    ),
    "columns by two": (ImposeTask(2, CARD, LETTER), GridShape(columns_of=2), "2 x 5"),
    "rows by two": (ImposeTask(2, CARD, LETTER), GridShape(rows_of=2), "3 x 4, landscape"),
    "four up": (ImposeTask(4, CARD, LETTER, up=4), PLAIN, "1 x 4"),
    "seven up": (ImposeTask(4, CARD, LETTER, up=7), PLAIN, "nothing fits"),
    "seven up, made smaller": (
        ImposeTask(4, CARD, LETTER, up=7, is_reducible=True),
        PLAIN,
        "1 x 7, at 73%",
    ),
    "too large": (ImposeTask(1, TABLOID, LETTER), TURNING, "nothing fits"),
    "too large for the margin": (ImposeTask(1, LETTER, LETTER, margin=18), PLAIN, "nothing fits"),
}


@pytest.mark.parametrize("name", GRIDS)
def test_a_sheet_holds(name: str) -> None:
    task, shape, expected = GRIDS[name]
    assert drawn(task, shape) == expected


@pytest.mark.parametrize(("cards", "rows"), [(5, 5), (6, 5), (7, 6)])
def test_cut_marks_get_space_unless_that_costs_more_than_a_sixth(cards: int, rows: int) -> None:
    """A sheet just holds so many cards; with space for the marks, there is one row less."""
    cells = grid(ImposeTask(1, CARD, Size(300, cards * 144 + 2 * 8), margin=8), PLAIN)
    assert cells is not None
    assert (cells.columns, cells.rows) == (1, rows)
