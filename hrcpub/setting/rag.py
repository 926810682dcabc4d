"""A paragraph's words, their widths and a measure to the best line breaks of the whole.

WeasyPrint breaks greedily: each line takes what it can, and the last takes what is left. Here the
paragraph is broken as one (Knuth and Plass, "Breaking Paragraphs into Lines", 1981, without
stretch and hyphens): lines even near 95 % of the measure, no short last line, no line that ends
in a leaning word, and never more lines than greedy breaking.
"""

from __future__ import annotations

import math
from itertools import accumulate

from hrcpub.setting.sense import leans

NEAR = 0.95  # of the measure: the length that lines aim at
SHORT = 0.3  # of the measure: a last line under it looks left over
LEANING = 0.03  # what a line ending in "of" costs: as much as a line 17 % off
SAFE = 0.25  # points: Pango's and HarfBuzz's rounding of one line never differ by more


def rag(
    text: str, advances: list[float], measure: float, language: str = "en"
) -> list[tuple[int, int]] | None:
    """Return (start, end) of each line in `text`, or None where a word is wider than the measure.

    `advances` has one width in points for each character of `text`; lines end before a space.
    """
    words = _words(text)
    if not words:
        return []
    pens = [0.0, *accumulate(advances)]
    limit = measure - SAFE
    if any(pens[end] - pens[start] > limit for start, end in words):
        return None
    ends = [leans(text[start:end], language) for start, end in words]
    most = _greedy(words, pens, limit)
    breaks = _best(words, pens, measure, ends, len(words))
    if len(breaks) > most:
        breaks = _best(words, pens, measure, ends, most)
    starts = [0, *breaks[:-1]]
    return [(words[a][0], words[b - 1][1]) for a, b in zip(starts, breaks, strict=True)]


def _words(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start: int | None = None
    for index, character in enumerate(text):
        if character == " ":
            if start is not None:
                found.append((start, index))
            start = None
        elif start is None:
            start = index
    return found if start is None else [*found, (start, len(text))]


def _greedy(words: list[tuple[int, int]], pens: list[float], limit: float) -> int:
    """Return how many lines greedy breaking takes: the least there are."""
    lines, start = 1, words[0][0]
    for first, end in words:
        if pens[end] - pens[start] > limit:
            lines, start = lines + 1, first
    return lines


def _cost(width: float, measure: float, is_last: bool, does_lean: bool, words: int) -> float:
    if is_last:
        short = max(0.0, SHORT - width / measure) ** 2
        return short * 4 + (0.05 if words == 1 else 0.0)
    return (NEAR - width / measure) ** 2 + (LEANING if does_lean else 0.0)


def _best(
    words: list[tuple[int, int]],
    pens: list[float],
    measure: float,
    ends: list[bool],
    most: int,
) -> list[int]:
    """Return the index after the last word of each line, of the cheapest breaks of `most` lines.

    With as many lines allowed as there are words, the count is left out of the state: that is
    the usual case, and linear in the words.
    """
    count = len(words)
    counted = most < count
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {(0, 0): (0.0, None)}
    frontier: list[list[int]] = [[] for _ in range(count + 1)]
    frontier[0].append(0)
    for start in range(count):
        for line in frontier[start]:
            if counted and line >= most:
                continue
            so_far = best[start, line][0]
            for end in range(start + 1, count + 1):
                width = pens[words[end - 1][1]] - pens[words[start][0]]
                if width > measure - SAFE:
                    break
                cost = so_far + _cost(width, measure, end == count, ends[end - 1], end - start)
                state = (end, line + 1 if counted else 0)
                if cost < best.get(state, (math.inf, None))[0]:
                    if state not in best:
                        frontier[end].append(state[1])
                    best[state] = cost, (start, line)
    state = min(((count, line) for line in frontier[count]), key=lambda at: best[at][0])
    breaks = []
    while state[0]:
        breaks.append(state[0])
        previous = best[state][1]
        assert previous is not None  # only (0, 0) has none, and it ends the loop
        state = previous
    return breaks[::-1]
