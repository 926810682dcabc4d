"""A stack's rows and a height to fill: which cut each opening takes, and how high each row is."""

from __future__ import annotations

import math


def share(heights: list[float], available: float, lattice: float) -> list[float]:
    """Return the rows' heights, the spare shared out equally, each a whole number of steps.

    Rows are rounded up to the lattice first, so that every row's baselines lie on it; spare steps
    that do not divide go to the first rows. Rows that are too tall together come back rounded,
    their sum over `available`: the caller says by how much.
    """
    steps = [math.ceil(round(height / lattice, 6)) for height in heights]
    spare = math.floor(round(available / lattice, 6)) - sum(steps)
    if not steps or spare <= 0:
        return [step * lattice for step in steps]
    each, left = divmod(spare, len(steps))
    return [(step + each + (row < left)) * lattice for row, step in enumerate(steps)]


def choose(options: list[list[tuple[int, float]]], most: int) -> list[int]:
    """Return which option each row takes: the least cost whose steps together are at most `most`.

    An option is (steps, cost). Returns an empty list where nothing fits.

    Exact, by dynamic programming over the steps (the multiple-choice knapsack problem).
    """
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for row in options:
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for used, (cost, chosen) in best.items():
            for index, (steps, price) in enumerate(row):
                total = used + steps
                if total <= most and cost + price < following.get(total, (math.inf, ()))[0]:
                    following[total] = cost + price, (*chosen, index)
        best = following
    return list(min(best.values())[1]) if best else []
