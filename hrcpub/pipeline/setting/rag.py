"""The words of a paragraph, their widths and a measure to the best line breaks of the whole.

WeasyPrint breaks greedily: each line takes what fits, and the last one what is left. Here all
breaks of a paragraph are chosen together (Knuth and Plass, "Breaking Paragraphs into Lines", 1981,
without stretch). Lines are near 95 % of the measure, and the last one is not short. No
line ends in a leaning word ("of") or between a number and its unit. There are never more lines than
with greedy breaking. An opening quotation mark at the beginning of a line hangs in the margin.
In scripts without spaces lines end where `breaks` says. A word is divided only where it has no
room, or where a line would be far too short without: then never the last one of a paragraph. Two
lines in a row end in hyphens only where words have no room.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from hrcpub.patterns import pattern
from hrcpub.pipeline.setting.breaks import LEANING, Break, breaks, is_marked
from hrcpub.pipeline.setting.hyphens import hyphens
from hrcpub.pipeline.setting.sense import holds, leans

# A line costs the square of how far it is from NEAR, in measures.
NEAR = 0.95  # of the measure: the ideal length of a line
SHORT = 0.3  # of the measure: a shorter last line looks left over
ALONE = 0.1  # the cost of a word by itself in the last line
SAFE = 0.25  # points: the widths of a line in Pango and in HarfBuzz never differ by more
# Those of Hebrew and Swedish (”) and Danish (») begin a line only where they open.
HANGING = "“‘«„‚‹”»\"'"
# Brackets of East Asia have their ink in the right half of their square: by that they hang.
HALF_HANGING = "「『（《〈【〔"

HYPHEN = 0.05  # the cost of a hyphen: as much as a line that is 22 % off
HOLLOW = 0.6  # of the measure: a shorter line within a paragraph is worth a hyphen
LADDER = 4.0  # the cost of a second hyphen in a row: more than any line

# A word ends before a space, and after a dash between words: a line may break there.
_WORD = pattern(r"[^ ]*?[^ —][—](?=[^ —,.;:!?)”’])|[^ ]+")


class _Paragraph(NamedTuple):
    words: list[tuple[int, int]]  # start and end in the text
    begins: list[float]  # x of each word, after a quotation mark that would hang
    ends: list[float]
    costs: list[float]  # of a line that ends after each word, by its sense
    divided: list[bool]  # whether a hyphen is after each
    limit: float  # the greatest width of a line


class _Aim(NamedTuple):
    """How long lines should be."""

    near: float  # points
    measure: float
    is_even: bool  # the last line too should be of this length


def rag(
    text: str,
    advances: list[float],
    measure: float,
    language: str = "en",
    hyphen: float | None = None,
    is_whole: bool = False,
) -> list[tuple[int, int]] | None:
    """Return (start, end) of each line in `text`, or None when a word is wider than the measure.

    `advances` has one width in points for each character of `text`; lines end before a space,
    after a dash, or where the script has its own chances. `hyphen` is how wide one is, where words
    may be divided: None for languages that are not. A line that ends within a word has one.
    `is_whole`: words that have room stay whole, however short lines are.
    """
    aim = _Aim(NEAR * measure, measure, is_even=False)
    paragraph = _roomy(text, advances, measure, language, hyphen)
    if paragraph is None or not paragraph.words:
        return None if paragraph is None else []
    limit = _greedy(paragraph)
    ends = _best(paragraph, aim, limit)
    short = _shortest(paragraph, ends)
    if hyphen is not None and not is_whole and short < HOLLOW * measure:
        divided = _paragraph(text, advances, measure, language, hyphen)
        others = _best(divided, aim, limit) if divided else []
        if divided and _shortest(divided, others) > short:
            return _lines(divided, others)
    return _lines(paragraph, ends)


def balance(
    text: str,
    advances: list[float],
    measure: float,
    language: str = "en",
    hyphen: float | None = None,
) -> list[tuple[int, int]] | None:
    """Return the lines of a headline as `rag` does: as few and as even as possible.

    A word is divided only where it is wider than the measure.
    """
    paragraph = _roomy(text, advances, measure, language, hyphen)
    if paragraph is None or not paragraph.words:
        return None if paragraph is None else []
    lines = _greedy(paragraph)
    near = (paragraph.ends[-1] - paragraph.begins[0]) / lines
    return _lines(paragraph, _best(paragraph, _Aim(near, measure, is_even=True), lines))


def hang(text: str, advances: list[float]) -> float:
    """Return how far a line hangs into the margin: by its opening quotation mark."""
    if text[:1] and text[0] in HANGING:
        return advances[0]
    return advances[0] / 2 if text[:1] and text[0] in HALF_HANGING else 0.0


def _roomy(
    text: str, advances: list[float], measure: float, language: str, hyphen: float | None
) -> _Paragraph | None:
    """Return the words of a paragraph, divided only where they have no room."""
    paragraph = _paragraph(text, advances, measure, language)
    if paragraph is None and hyphen is not None:
        paragraph = _paragraph(text, advances, measure, language, hyphen, is_whole=True)
    return paragraph


def _paragraph(
    text: str,
    advances: list[float],
    measure: float,
    language: str,
    hyphen: float | None = None,
    is_whole: bool = False,
) -> _Paragraph | None:
    """Return the words of a paragraph; None when one is too wide.

    `hyphen`: they are divided, the last one and, if `is_whole`, all others only if too wide.
    """
    pens = [0.0, *accumulate(advances)]
    limit = measure - SAFE
    if hyphen is None and not is_marked(text, language):
        words = _words(text, pens, limit)
        costs = [
            LEANING if leans(text[start:end].rpartition("—")[2], language) else 0.0
            for start, end in words
        ]
        ends = [pens[end] for _, end in words]
        divided = [False] * len(words)
    else:
        words, places = _pieces(text, pens, limit, language, hyphen, is_whole)
        divided = [place.is_hyphen for place in places]
        costs = [place.cost for place in places]
        ends = [pens[place.at] + (hyphen or 0.0) * place.is_hyphen for place in places]
    begins = [
        pens[start] + hang(text[start : start + 1], advances[start : start + 1])
        for start, _ in words
    ]
    if any(end - begin > limit for begin, end in zip(begins, ends, strict=True)):
        return None
    return _Paragraph(words, begins, ends, costs, divided, limit)


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


def _pieces(
    text: str,
    pens: list[float],
    limit: float,
    language: str,
    hyphen: float | None,
    is_whole: bool,
) -> tuple[list[tuple[int, int]], list[Break]]:
    """Return what may stand at the end of a line, and its break; words in parts, if `hyphen`."""
    if is_marked(text, language):
        places = [*breaks(text, language), Break(len(text), len(text))]
    else:
        words = _words(text, pens, limit)
        starts = [*(start for start, _ in words[1:]), len(text)]
        places = [
            Break(end, start, LEANING if leans(text[first:end], language) else 0.0)
            for (first, end), start in zip(words, starts, strict=True)
        ]
    if hyphen is not None:
        from_there = [0, *(place.to for place in places)]
        spans = [(start, place.at) for start, place in zip(from_there, places, strict=False)]
        whole = spans if is_whole else spans[-1:]
        kept = [(a, b) for a, b in whole if pens[b] - pens[a] <= limit]
        inner = [
            Break(at, at, HYPHEN, is_hyphen=True)
            for at in hyphens(text, language)
            if not any(a < at < b for a, b in kept)
        ]
        places = sorted([*places, *inner])
    starts = [0, *(place.to for place in places[:-1])]
    return [(start, place.at) for start, place in zip(starts, places, strict=True)], places


def _lines(paragraph: _Paragraph, ends: list[int]) -> list[tuple[int, int]]:
    """Return where lines begin and end in the text, of which each ends before a word."""
    words = paragraph.words
    return [(words[a][0], words[b - 1][1]) for a, b in zip([0, *ends], ends, strict=False)]


def _shortest(paragraph: _Paragraph, ends: list[int]) -> float:
    """Return the width of the shortest line but the last, which may be short."""
    lines = zip([0, *ends], ends[:-1], strict=False)
    widths = (paragraph.ends[b - 1] - paragraph.begins[a] for a, b in lines)
    return min(widths, default=math.inf)


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
    costs, divided = paragraph.costs, paragraph.divided
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
                cost = ((near - width) / measure) ** 2 + costs[end - 1]
                if divided[end - 1] and start and divided[start - 1]:
                    cost += LADDER
            ways.append((end, cost))
        lines_of_words.append(ways)
    return lines_of_words


def _best(paragraph: _Paragraph, aim: _Aim, limit: int) -> list[int]:
    """Return the index after the last word of each line, for the cheapest breaks."""
    lines = _candidates(paragraph, aim)
    ends = _cheapest(lines)
    return ends if len(ends) <= limit else _cheapest_of(lines, limit)


def _cheapest(lines: list[list[tuple[int, float]]]) -> list[int]:
    """Return the cheapest breaks into any number of lines: the usual case, and the faster one."""
    count = len(lines)
    costs, before = [0.0, *[math.inf] * count], [0] * (count + 1)
    for start, ways in enumerate(lines):
        so_far = costs[start]
        for end, cost in ways:
            if so_far + cost < costs[end]:
                costs[end], before[end] = so_far + cost, start
    ends = [count]
    while before[ends[-1]]:
        ends.append(before[ends[-1]])
    return ends[::-1]


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
    ends = []
    while state[0]:
        ends.append(state[0])
        previous = best[state][1]
        assert previous is not None  # only (0, 0) has none, and it ends the loop
        state = previous
    return ends[::-1]
