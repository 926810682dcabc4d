"""Grids of sheets, reckoned by hand: what gives way first so that enough pieces fit."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hrcpub.pipeline.impose.sheet_grid import MARKS, GridShape, SheetGrid, grid
from hrcpub.pipeline.impose.sheets import NEAR, ImposeTask
from hrcpub.project.edition import MARGIN
from hrcpub.units import Size

SHEET = Size(600, 800)
CLEAR = 2 * MARGIN  # 34 pt: 566 x 766 are left, and with space for marks 548 x 748
ANY, TURNING = GridShape(), GridShape(may_turn_pages=True)
FOUR_BY_TWO = GridShape(4, 2, joined_x=frozenset({0, 2}))


def task(piece: tuple[float, float], **wishes: float | None) -> ImposeTask:
    return ImposeTask(2, Size(*piece), SHEET, **wishes)  # type: ignore[arg-type]


def told(found: SheetGrid | None) -> str:
    """Return a grid as text: columns x rows, the gaps between them, and what was turned."""
    if found is None:
        return "nothing fits"
    gaps = [" ".join(f"{gap:g}" for gap in gaps) for gaps in (found.gaps_x, found.gaps_y)]
    turned = ["sheet turned"] * (found.sheet != SHEET) + ["pages turned"] * found.is_turned
    return ", ".join([f"{found.columns} x {found.rows}", f"gaps {gaps[0]} | {gaps[1]}", *turned])


GRIDS = {
    # 5 x 7 of 35 within the margins, 6 x 8 of 48 without: at least two thirds, so margins stay.
    "margins stay": (task((100, 100)), ANY, "5 x 7, gaps 0 0 0 0 | 0 0 0 0 0 0"),
    # 1 x 1, or 2 x 1 on a turned sheet, within the margins; 2 x 2 without: half.
    "margins go": (task((300, 400)), ANY, "2 x 2, gaps 0 | 0"),
    "margins asked for stay": (
        task((300, 400), margin=MARGIN), ANY, "2 x 1, gaps 0 | , sheet turned",
    ),
    # Twice the bleed: 2 x 280 + 18 are 578, too much within the margins; 560 are not.
    "gutters go before margins": (task((280, 370), bleed=9.0), ANY, "2 x 2, gaps 0 | 0"),
    "gutters asked for stay": (task((280, 370), gutter=18.0), ANY, "2 x 2, gaps 18 | 18"),
    # 9 with both, 12 at most with neither.
    "gutters stay": (task((150, 220), bleed=9.0), ANY, "3 x 3, gaps 18 18 | 18 18"),
    "both go": (task((300, 400), bleed=9.0), ANY, "2 x 2, gaps 0 | 0"),
    "too large": (task((900, 100)), ANY, "nothing fits"),
    "too large, however turned": (task((590, 790), margin=MARGIN), TURNING, "nothing fits"),
    # Of as many on either, the one with landscape cells.
    "pages are turned": (task((250, 255)), TURNING, "2 x 3, gaps 0 | 0 0, pages turned"),
    "pages are not turned": (task((250, 255)), ANY, "2 x 3, gaps 0 | 0 0"),
    "so many up": (task((250, 350), up=4), ANY, "2 x 2, gaps 0 | 0"),
    "so many up on a turned sheet": (
        task((250, 350), up=3), ANY, "3 x 1, gaps 0 0 | , sheet turned",
    ),
    "too many up": (task((250, 350), up=5), ANY, "nothing fits"),
    # 3 x 3 of 180 x 250 fit, but columns come in pairs: 2 x 3, against 2 x 4 of turned pages.
    "columns in pairs": (
        task((180, 250)),
        GridShape(columns_of=2, may_turn_pages=True),
        "2 x 4, gaps 0 | 0 0 0, pages turned",
    ),
    # 3 x 3 again, of which 3 x 2 are left; 4 x 2 on a turned sheet.
    "rows in pairs": (
        task((180, 250)), GridShape(rows_of=2), "4 x 2, gaps 0 0 0 | 0, sheet turned",
    ),
    "no gutter at a spine": (task((130, 300), bleed=9.0), FOUR_BY_TWO, "4 x 2, gaps 0 18 0 | 18"),
    # 4 x 140 + 18 are 578, 2 x 300 + 18 are 618: neither way round within the margins.
    "no gutters for a fixed shape": (
        task((140, 300), bleed=9.0), FOUR_BY_TWO, "4 x 2, gaps 0 0 0 | 0",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GRIDS)
def test_of_grids_the_best_is_taken(name: str) -> None:
    given_task, shape, expected = GRIDS[name]
    assert told(grid(given_task, shape)) == expected


@pytest.mark.parametrize(
    ("width", "columns"),
    [
        # 6 in 548, where marks have their space, against 6 in 566.
        (91.0, 6),
        # 5 in 548 against 6 in 566: marks may cost the sixth.
        (94.0, 5),
        # 2 in 548 against 3 in 566: that is every third.
        (188.0, 3),
    ],
)
def test_marks_get_their_space_where_it_costs_no_more_than_every_sixth(
    width: float, columns: int
) -> None:
    found = grid(task((width, 740)), GridShape(may_turn_pages=True))
    assert found is not None
    assert (found.columns, found.rows) == (columns, 1)


def test_pages_are_made_smaller_only_where_they_may_be() -> None:
    assert grid(task((900, 1200)), ANY) is None
    found = grid(task((900, 1200), is_reducible=True), ANY)
    assert found is not None
    assert found.scale == pytest.approx((600 - CLEAR - 2 * MARKS) / 900, abs=1e-5)
    assert found.cell.width / found.cell.height == pytest.approx(0.75)
    assert grid(task((20_000, 20_000), is_reducible=True), ANY) is None  # under a twentieth


def test_cells_lie_in_the_middle_rows_from_the_top() -> None:
    found = SheetGrid(SHEET, Size(100, 200), gaps_x=(20.0,), gaps_y=(0.0, 10.0))
    assert found.block == (190, 95, 410, 705)
    assert found.box(0, 0) == (190, 505, 290, 705)
    assert found.box(1, 0) == (310, 505, 410, 705)
    assert found.box(1, 2) == (310, 95, 410, 295)
    assert found.lefts == [190, 310]
    assert found.feet == [505, 305, 95]


SIDES = st.floats(60, 900)


@given(
    piece=st.tuples(SIDES, SIDES),
    bleed=st.sampled_from([0.0, 9.0, 30.0]),
    shape=st.sampled_from([ANY, TURNING, FOUR_BY_TWO, GridShape(columns_of=2)]),
    is_reducible=st.booleans(),
)
def test_cells_are_on_the_sheet_and_apart(
    piece: tuple[float, float], bleed: float, shape: GridShape, is_reducible: bool
) -> None:
    found = grid(task(piece, bleed=bleed, is_reducible=is_reducible), shape)
    assume(found is not None)
    places = list(itertools.product(range(found.columns), range(found.rows)))
    boxes = [found.box(column, row) for column, row in places]
    for (column, row), box in zip(places, boxes, strict=True):
        assert min(box.left, box.bottom) > -NEAR
        assert box.right < found.sheet.width + NEAR
        assert box.top < found.sheet.height + NEAR
        assert (box.left, box.bottom) == pytest.approx((found.lefts[column], found.feet[row]))
    for one, other in itertools.combinations(boxes, 2):
        assert (
            one.right <= other.left + NEAR
            or other.right <= one.left + NEAR
            or one.bottom >= other.top - NEAR
            or other.bottom >= one.top - NEAR
        )
