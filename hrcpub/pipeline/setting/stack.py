"""The rows of a stack and a height to fill: how high each row is."""

from __future__ import annotations

import math


def share(heights: list[float], available: float, lattice: float) -> list[float]:
    """Return the heights of rows in whole steps of the lattice, which together fill `available`.

    Rows are rounded up first, so that all baselines are on the lattice. Steps that are left over
    are shared equally, so that all gaps between rows are alike; what does not divide lies under the
    last row. When the rows are too tall, they are only rounded: their sum is over `available`.
    """
    steps = [math.ceil(round(height / lattice, 6)) for height in heights]
    spare = math.floor(round(available / lattice, 6)) - sum(steps)
    if not steps or spare <= 0:
        return [step * lattice for step in steps]
    each, left = divmod(spare, len(steps))
    if left and left == len(steps) - 1:  # one for each gap
        each, left = each + 1, -1
    return [*((step + each) * lattice for step in steps[:-1]), (steps[-1] + each + left) * lattice]


def lines_over(
    counts: list[int],
    texts: list[float],
    lowest: list[float],
    height: float,
    step: float,
    leading: float,
) -> int:
    """Return how many lines to cut from the longest texts of a stack until it fits `height`.

    `counts` are the lines of the texts, `texts` their heights, `lowest` those of their rows in
    whole steps. Why one by one: beside a tall opening a shorter text saves nothing.
    """
    rows, left, heights, cut = list(lowest), list(counts), list(texts), 0
    while sum(rows) > height + 0.01:
        able = [at for at, row in enumerate(rows) if heights[at] > row - step and left[at] > 1]
        if not able:
            break
        at = max(able, key=lambda row: left[row])
        left[at] -= 1
        heights[at] -= leading
        rows[at] = math.ceil(round(heights[at] / step, 6)) * step
        cut += 1
    return max(cut, math.ceil((sum(lowest) - height) / leading))
