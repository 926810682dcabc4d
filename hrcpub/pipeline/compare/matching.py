"""The pages of two files to pairs that belong together: inserted pages shift no others.

Pages that say the same are the same page. Between those, pages are paired so that what they share
is the most, in their order. A page that shares too little with any is new, or gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from hrcpub.pipeline.compare.common_ends import common_ends

Pair = tuple[int | None, int | None]  # numbers of pages, from 1

ALIKE = 0.3  # of their words: a page that shares fewer with another is not that page anew
# Where both files have as many pages, each keeps its place unless another says far more of it.
AT_ITS_PLACE = 0.25
MOST_CELLS = 250_000  # pairs of pages that are weighed: 500 pages that all differ


class PageSense(NamedTuple):
    """What a page is known by: its words, and how many there are."""

    words: Counter[str]
    total: int


def sense(text: str) -> PageSense:
    """Return what a page is known by, from what is read on it."""
    words = Counter(text.split())
    return PageSense(words, words.total())


def paired(before: Sequence[PageSense], after: Sequence[PageSense]) -> list[Pair]:
    """Return pairs of pages in the order of the later file; those that are gone where they were."""
    head, tail = common_ends(before, after)
    pairs: list[Pair] = [(number, number) for number in range(1, head + 1)]
    pairs += [
        (one and one + head, other and other + head)
        for one, other in _middle(
            before[head : len(before) - tail], after[head : len(after) - tail]
        )
    ]
    pairs += [(len(before) - left, len(after) - left) for left in range(tail - 1, -1, -1)]
    return pairs


def _middle(before: Sequence[PageSense], after: Sequence[PageSense]) -> list[Pair]:
    """Return the pairs of pages of which neither the first nor the last ones say the same."""
    rows, columns = len(before), len(after)
    if not rows or not columns or rows * columns > MOST_CELLS:
        return _one_by_one(rows, columns)
    is_even = rows == columns
    # best[i][j]: the most that pages from i and from j on share (Needleman and Wunsch, 1970).
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    joined = [[False] * columns for _ in range(rows)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            share = shared(before[i], after[j])
            is_at_place = is_even and i == j
            weight = share + AT_ITS_PLACE if is_at_place else share
            apart = max(best[i + 1][j], best[i][j + 1])
            together = best[i + 1][j + 1] + weight
            joined[i][j] = (share >= ALIKE or is_at_place) and together >= apart
            best[i][j] = together if joined[i][j] else apart
    return _followed(best, joined)


def _followed(best: list[list[float]], joined: list[list[bool]]) -> list[Pair]:
    rows, columns = len(joined), len(joined[0])
    pairs: list[Pair] = []
    i = j = 0
    while i < rows and j < columns:
        if joined[i][j]:
            pairs.append((i + 1, j + 1))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            pairs.append((i + 1, None))
            i += 1
        else:
            pairs.append((None, j + 1))
            j += 1
    pairs += [(number, None) for number in range(i + 1, rows + 1)]
    pairs += [(None, number) for number in range(j + 1, columns + 1)]
    return pairs


def _one_by_one(rows: int, columns: int) -> list[Pair]:
    both = min(rows, columns)
    pairs: list[Pair] = [(number, number) for number in range(1, both + 1)]
    pairs += [(number, None) for number in range(both + 1, rows + 1)]
    pairs += [(None, number) for number in range(both + 1, columns + 1)]
    return pairs


def shared(one: PageSense, other: PageSense) -> float:
    """Return how much two pages share: 0 to 1. Two without words are taken for the same page."""
    if not one.total and not other.total:
        return ALIKE
    both = (one.words & other.words).total()
    return 2 * both / (one.total + other.total)
