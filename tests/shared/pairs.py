"""Pairs of two tables that cover both, where a product of them would prove little more."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import TypeVar

RowT = TypeVar("RowT")
ColumnT = TypeVar("ColumnT")


def spread(
    rows: Iterable[RowT], columns: Sequence[ColumnT], each: int
) -> list[tuple[RowT, ColumnT]]:
    """Return pairs in which each row has `each` of the columns, which take turns.

    All columns have their turn, as often as each other; a new row at the end changes no pair.
    """
    turns = itertools.cycle(columns)
    pairs = [(row, next(turns)) for row in rows for _ in range(min(each, len(columns)))]
    assert {column for _, column in pairs} == set(columns), "too few rows for all columns"
    return pairs
