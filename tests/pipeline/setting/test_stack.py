"""How a stack's rows share a page: heights as tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcpub.pipeline.setting import share

HEIGHTS = st.lists(st.floats(min_value=0.5, max_value=200), min_size=1, max_size=10)


@pytest.mark.parametrize(
    ("heights", "available", "rows"),
    [
        ([], 100, []),
        ([45], 90, [90]),
        ([9, 9], 36, [18, 18]),
        ([9, 18], 36, [13.5, 22.5]),
        ([9, 9, 9], 40.5, [13.5, 13.5, 13.5]),
        # Off the lattice, a row is rounded up to it first.
        ([8, 10], 22.5, [9, 13.5]),
        # One more for each gap between rows; else what does not divide lies under the last.
        ([9, 9, 9], 36, [13.5, 13.5, 9]),
        ([9, 9, 9], 31.5, [9, 9, 13.5]),
        ([9, 9, 9, 9], 45, [9, 9, 9, 18]),
        # What is left under a whole step stays at the foot.
        ([9, 9], 20, [9, 9]),
        # Too tall: rounded, and over.
        ([90, 90], 100, [90, 90]),
    ],
)
def test_rows_share_the_height_that_is_spare(
    heights: list[float], available: float, rows: list[float]
) -> None:
    assert share(heights, available, 4.5) == rows


@given(HEIGHTS, st.floats(min_value=0, max_value=2000))
def test_rows_lie_on_the_lattice_and_none_is_cut(heights: list[float], available: float) -> None:
    rows = share(heights, available, 4.5)
    assert all(row / 4.5 == int(row / 4.5) for row in rows)
    assert all(row >= height - 1e-5 for row, height in zip(rows, heights, strict=True))
    spare = [row - height for row, height in zip(rows, heights, strict=True)]
    gaps = spare[:-1]
    assert not gaps or max(gaps) - min(gaps) < 4.5 + 1e-5
    assert max(spare) - min(spare) < (len(rows) + 1) * 4.5 + 1e-5
    if sum(rows) > available:
        assert max(spare) <= 4.5 + 1e-5
