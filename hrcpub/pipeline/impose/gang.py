"""Quantities of several pieces to forms: how many of each are on a sheet, and how many sheets."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heapreplace

Shares = tuple[tuple[int, int], ...]  # each piece, from 0, and how many places it has
GangForm = tuple[Shares, int]  # what is on one sheet, and how often it is printed
# Pieces. With more, sheets are filled one after the other: to weigh all ways takes their square.
MOST_WEIGHED = 400


def ganged(quantities: Sequence[int], places: int) -> list[GangForm]:
    """Return the forms that take the fewest sheets, then the fewest plates, pieces in order.

    Pieces of like quantity share a form, so that none is printed far beyond its number.
    """
    order = sorted(range(len(quantities)), key=lambda piece: -quantities[piece])
    if len(order) > MOST_WEIGHED or len(set(quantities)) == 1:
        groups = [order[start : start + places] for start in range(0, len(order), places)]
    else:
        groups = _best(order, quantities, places)
    return [_form(sorted(group), quantities, places) for group in groups]


def _best(order: list[int], quantities: Sequence[int], places: int) -> list[list[int]]:
    """Return the cheapest way to divide pieces into groups of neighbours.

    `order` has the largest quantity first. The best way for the first `end` pieces is that for
    fewer, and one group more: so all ways are weighed, and none twice.
    """
    best: list[tuple[int, int, int]] = [(0, 0, 0)]  # sheets, forms, where the last group begins
    for end in range(1, len(order) + 1):
        options = []
        for start in range(max(0, end - places), end):
            copies = _form(order[start:end], quantities, places)[1]
            options.append((best[start][0] + copies, best[start][1] + 1, start))
        best.append(min(options))
    groups, end = [], len(order)
    while end:
        start = best[end][2]
        groups.append(order[start:end])
        end = start
    return groups[::-1]


def _form(group: list[int], quantities: Sequence[int], places: int) -> GangForm:
    """Return one form: each free place goes to the piece that would need the most sheets."""
    shares = dict.fromkeys(group, 1)
    heap = [(-quantities[piece], piece) for piece in group]
    heapify(heap)
    for _ in range(places - len(group)):
        need, piece = heap[0]
        if -need <= 1:
            break
        shares[piece] += 1
        # Of a negative number, // rounds the sheets up; the heap has the greatest need first.
        heapreplace(heap, (-quantities[piece] // shares[piece], piece))
    copies = max(-(-quantities[piece] // count) for piece, count in shares.items())
    return tuple(shares.items()), copies
