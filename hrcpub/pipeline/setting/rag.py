"""The words of a paragraph, their widths and a measure to the best line breaks of the whole.

WeasyPrint breaks greedily: each line takes what fits, and the last one what is left. Here all
breaks of a paragraph are chosen together (Knuth and Plass, "Breaking Paragraphs into Lines", 1981,
without stretch and hyphens). Lines are near 95 % of the measure, and the last one is not short. No
line ends in a leaning word ("of") or between a number and its unit. There are never more lines than
with greedy breaking. An opening quotation mark at the beginning of a line hangs in the margin.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from hrcpub.pipeline.setting.sense import holds, leans

# A line costs the square of how far it is from NEAR, in measures.
NEAR = 0.95  # of the measure: the ideal length of a line
SHORT = 0.3  # of the measure: a shorter last line looks left over
LEANING = 0.012  # the cost of a line that ends in "of": as much as one that is 11 % off
ALONE = 0.1  # the cost of a word by itself in the last line
SAFE = 0.25  # points: the widths of a line in Pango and in HarfBuzz never differ by more
HANGING = "“‘«„‚‹\"'"

# A word ends before a space, and after a dash between words: a line may break there.
_WORD = re.compile(r"[^ ]*?[^ —][—](?=[^ —,.;:!?)”’])|[^ ]+")


class _Paragraph(NamedTuple):
    words: list[tuple[int, int]]  # start and end in the text
    begins: list[float]  # x of each word, after a quotation mark that would hang
    ends: list[float]
    leaning: list[bool]
    limit: float  # the greatest width of a line


class _Aim(NamedTuple):
    """How long lines should be."""

    near: float  # points
    measure: float
    is_even: bool  # the last line too should be of this length


def rag(
    text: str, advances: list[float], measure: float, language: str = "en"
) -> list[tuple[int, int]] | None:
    """Return (start, end) of each line in `text`, or None when a word is wider than the measure.

    `advances` has one width in points for each character of `text`; lines end before a space or
    after a dash.
    """
    paragraph = _paragraph(text, advances, measure, language)
    if paragraph is None or not paragraph.words:
        return None if paragraph is None else []
    return _broken(paragraph, _Aim(NEAR * measure, measure, is_even=False))


def balance(
    text: str, advances: list[float], measure: float, language: str = "en"
) -> list[tuple[int, int]] | None:
    """Return the lines of a headline as `rag` does: as few and as even as possible."""
    paragraph = _paragraph(text, advances, measure, language)
    if paragraph is None or not paragraph.words:
        return None if paragraph is None else []
    lines = _greedy(paragraph)
    near = (paragraph.ends[-1] - paragraph.begins[0]) / lines
    return _broken(paragraph, _Aim(near, measure, is_even=True), lines)


def hang(text: str, advances: list[float]) -> float:
    """Return how far a line hangs into the margin: the width of its opening quotation mark."""
    return advances[0] if text[:1] and text[0] in HANGING else 0.0


def _paragraph(
    text: str, advances: list[float], measure: float, language: str
) -> _Paragraph | None:
    pens = [0.0, *accumulate(advances)]
    limit = measure - SAFE
    words = _words(text, pens, limit)
    begins = [pens[start] + hang(text[start:], advances[start:]) for start, _ in words]
    ends = [pens[end] for _, end in words]
    if any(end - begin > limit for begin, end in zip(begins, ends, strict=True)):
        return None
    leaning = [leans(text[start:end].rpartition("—")[2], language) for start, end in words]
    return _Paragraph(words, begins, ends, leaning, limit)


def _words(text: str, pens: list[float], limit: float) -> list[tuple[int, int]]:
    """Return the words; those that belong together are one, if that fits a line."""
    words: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if words and words[-1][1] < start:
            first, last = words[-1]
            before = text[first:last].rpartition(" ")[2]
            if holds(before, match[0]) and pens[end] - pens[first] <= limit:
                words[-1] = (first, end)
                continue
        words.append((start, end))
    return words


def _broken(paragraph: _Paragraph, aim: _Aim, lines: int | None = None) -> list[tuple[int, int]]:
    words = paragraph.words
    breaks = _best(paragraph, aim, lines or _greedy(paragraph))
    starts = [0, *breaks[:-1]]
    return [(words[a][0], words[b - 1][1]) for a, b in zip(starts, breaks, strict=True)]


def _greedy(paragraph: _Paragraph) -> int:
    """Return how many lines greedy breaking takes: there cannot be fewer."""
    lines, start = 1, paragraph.begins[0]
    for begin, end in zip(paragraph.begins, paragraph.ends, strict=True):
        if end - start > paragraph.limit:
            lines, start = lines + 1, begin
    return lines


def _last_cost(width: float, aim: _Aim, words: int) -> float:
    """Return what a last line costs: nothing, unless it looks left over."""
    if aim.is_even:
        return ((aim.near - width) / aim.measure) ** 2
    # Times 4: as if the line were twice as far off.
    short = max(0.0, SHORT - width / aim.measure) ** 2
    return short * 4 + (ALONE if words == 1 else 0.0)


def _candidates(paragraph: _Paragraph, aim: _Aim) -> list[list[tuple[int, float]]]:
    """Return the lines that can begin with each word: the index after its last word, and its cost.

    Lines under half of the ideal length are left out where there are longer ones: they cost more
    than they could save.
    """
    begins, ends = paragraph.begins, paragraph.ends
    count, near, measure = len(begins), aim.near, aim.measure
    leaning = [LEANING if does_lean else 0.0 for does_lean in paragraph.leaning]
    lines_of_words = []
    for start, begin in enumerate(begins):
        ways: list[tuple[int, float]] = []
        last = bisect_right(ends, begin + paragraph.limit + 1e-9, start + 1, count)
        for end in range(last, start, -1):
            width = ends[end - 1] - begin
            if width < near / 2 and ways:
                break
            if end == count:
                cost = _last_cost(width, aim, end - start)
            else:
                cost = ((near - width) / measure) ** 2 + leaning[end - 1]
            ways.append((end, cost))
        lines_of_words.append(ways)
    return lines_of_words


def _best(paragraph: _Paragraph, aim: _Aim, limit: int) -> list[int]:
    """Return the index after the last word of each line, for the cheapest breaks."""
    lines = _candidates(paragraph, aim)
    breaks = _cheapest(lines)
    return breaks if len(breaks) <= limit else _cheapest_of(lines, limit)


def _cheapest(lines: list[list[tuple[int, float]]]) -> list[int]:
    """Return the cheapest breaks into any number of lines: the usual case, and the faster one."""
    count = len(lines)
    costs, before = [0.0, *[math.inf] * count], [0] * (count + 1)
    for start, ways in enumerate(lines):
        so_far = costs[start]
        for end, cost in ways:
            if so_far + cost < costs[end]:
                costs[end], before[end] = so_far + cost, start
    breaks = [count]
    while before[breaks[-1]]:
        breaks.append(before[breaks[-1]])
    return breaks[::-1]


def _cheapest_of(lines: list[list[tuple[int, float]]], limit: int) -> list[int]:
    """Return the cheapest breaks into at most `limit` lines; a state is a word and a line count."""
    count = len(lines)
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {(0, 0): (0.0, None)}
    frontier: list[list[int]] = [[0], *[[] for _ in range(count)]]
    for start, ways in enumerate(lines):
        for line in frontier[start]:
            if line >= limit:
                continue
            so_far = best[start, line][0]
            for end, cost in ways:
                state = (end, line + 1)
                if so_far + cost < best.get(state, (math.inf, None))[0]:
                    if state not in best:
                        frontier[end].append(line + 1)
                    best[state] = so_far + cost, (start, line)
    return _traced(best, min(((count, line) for line in frontier[count]), key=lambda s: best[s][0]))


def _traced(
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]], state: tuple[int, int]
) -> list[int]:
    breaks = []
    while state[0]:
        breaks.append(state[0])
        previous = best[state][1]
        assert previous is not None  # only (0, 0) has none, and it ends the loop
        state = previous
    return breaks[::-1]
