"""Lines to their dashes (ISO 32000-2 §8.4.3.6), in the units in which they are drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from hrcpub.pipeline.preflight.page.font_programs import Point
from hrcpub.pipeline.preflight.page.marks import State

MOST = 20_000  # dashes of one line; more are drawn as the whole line


def dashed(lines: Iterator[list[Point]], state: State) -> Iterator[list[Point]]:
    """Yield the parts of lines that are painted; the lines themselves where they have no dashes."""
    lengths = list(state.dash)
    if len(lengths) % 2:
        lengths *= 2
    for line in lines:
        whole = sum(math.dist(*pair) for pair in pairwise(line))
        if not lengths or sum(lengths) <= 0 or whole / sum(lengths) > MOST:
            yield line
        else:
            yield from _joined(line, list(_dashes(line, lengths, state.dash_phase)))


def _joined(line: list[Point], dashes: list[list[Point]]) -> list[list[Point]]:
    """Return the dashes of a line; a closed one's last and first are one where they meet."""
    if line[0] != line[-1] or len(dashes) < 2:
        return dashes
    if dashes[0][0] != line[0] or dashes[-1][-1] != line[-1]:
        return dashes
    return [dashes[-1] + dashes[0][1:], *dashes[1:-1]]


def _dashes(line: list[Point], lengths: list[float], phase: float) -> Iterator[list[Point]]:
    at, left = _begun(lengths, phase)
    dash = [line[0]]
    for start, end in pairwise(line):
        gone, far = 0.0, math.dist(start, end)
        while far - gone > left:
            gone += left
            share = gone / far
            point = (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
            if at % 2 == 0:
                yield [*dash, point]
            at, dash = (at + 1) % len(lengths), [point]
            left = lengths[at]
        left -= far - gone
        dash.append(end)
    if at % 2 == 0 and len(dash) > 1:
        yield dash


def _begun(lengths: list[float], phase: float) -> tuple[int, float]:
    """Return the part of the pattern in which a line begins, and what is left of it."""
    phase %= sum(lengths)
    for at, length in enumerate(lengths):
        if phase < length:
            return at, length - phase
        phase -= length
    return 0, lengths[0]
