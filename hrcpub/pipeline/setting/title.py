"""A title and a place to the lines that fill it: sizes that agree, no holes, weight by sense.

Each line fills the measure, as long as the sizes stay near each other: a short word that would be
gigantic beside a long line stays narrower. Lines that cannot fill their height stand close together
at its head. What an author marks (`*Naloxone* Saves Lives`) is the largest.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from hrcpub.pipeline.setting.breaks import CHANCE, chances, whole
from hrcpub.pipeline.setting.cut import MOST_LINES, TAIL_SHARE, clear, lead, parted, ways
from hrcpub.pipeline.setting.face import Face
from hrcpub.pipeline.setting.fit import Fit, at_size, fit
from hrcpub.pipeline.setting.sense import Names, cuts_names, ends_badly, is_small

# How many times as large as the smallest line another may be. The first word of a question is the
# picture; the others follow. "Why / Do We Need / Harm / Reduction?" is just within both.
LARGEST_FIRST, LARGEST = 2.8, 2.3
LARGEST_WEIGHTY = 4.0  # what has weight, beside lines that have none
LIGHTER = 1.4  # how many times smaller than what has weight the others are at least

# The most space between two lines, as a share of the lower one's rise: with more a title is torn.
# One that could not fill its height without has the smaller share.
HOLE, CLOSE = 0.8, 0.22

# What is bad in a cut, in heights that stay empty: these weights were found by looking at pages.
UNEVEN = 1 / 40  # that one line is twice as large as another
BROKEN = 1 / 10  # that a line ends in "of"
TORN = 1 / 12  # that a line ends within a name
SMALL = 2.0  # that a line has only words like "of": they would be the largest
NARROW = 0.6  # that a line has no width at all, where it could fill the measure
NARROWER = 0.5  # that no line has any width
MIXED = 1.0  # that a line has words with weight and words without

LONG = 16  # letters, from which on a word may go on in the next line after a hyphen

# Where no cut fills its place at the whole measure, narrower lines may. A cut is poor that leaves
# so much of the height empty, or so much of the measure, all lines together.
SHARES = (1.0, 0.95, 0.9, 0.85, 0.8)
EMPTY, RAGGED = 0.25, 0.1

NEAR_TAIL = 0.5  # of the space between lines: what stays free under a tail


class TitlePlace(NamedTuple):
    """Where a title stands. Lengths in points."""

    measure: float
    height: float
    gap: float  # between the foot of a line and the top of the next
    below: float = math.inf  # how far the last line's tails may hang under the height


def fill(
    text: str,
    face: Face,
    place: TitlePlace,
    language: str = "en",
    weighty: Sequence[bool] = (),
    names: Names = (),
) -> list[Fit]:
    """Return the lines of a title that fill the height of a place best without exceeding it.

    Of two cuts that fill the height alike, the one with more even sizes is taken. If all are too
    tall, the lowest is. `weighty` says of each word whether it is of those that matter most. A line
    ends within one of `names` only where a whole one would make sizes very uneven.
    """
    words = chances(text, language).split()
    weights = list(weighty) if len(weighty) == len(words) else [False] * len(words)
    words, weights = _breakable(words, weights)
    cuts = [
        _cut(lines, _by_line(lines, weights), language, names) for lines in ways(words, MOST_LINES)
    ]
    shown = dict.fromkeys(line for cut in cuts for line in cut.lines)
    best = _SetTitle([], math.inf, is_poor=True)
    for share in SHARES if words else ():
        # Many cuts have the same line.
        full = {line: fit(line, face, share * place.measure, place.height) for line in shown}
        tried = (_set(cut, full, face, place, share) for cut in cuts)
        best = min(best, *tried, key=lambda way: way.cost)
        if not best.is_poor:
            break
    return best.lines


class _TitleCut(NamedTuple):
    """One way to cut a title."""

    lines: list[str]
    weights: list[list[bool]]  # of each line's words
    bad: float  # by its sense, at any size


def _cut(lines: list[str], weights: list[list[bool]], language: str, names: Names) -> _TitleCut:
    """Return a cut with what is bad in it at any size."""
    shown = [whole(line) for line in lines]
    bad = BROKEN * ends_badly(lines, language)
    bad += TORN * (cuts_names(shown, names) + parted(lines))
    bad += SMALL * _count_small(shown, language)
    bad += MIXED * sum(len(set(line)) > 1 for line in weights)
    return _TitleCut(lines, weights, bad)


class _SetTitle(NamedTuple):
    """One way to set a title: how bad it is in points, and whether others are worth a try."""

    lines: list[Fit]
    cost: float
    is_poor: bool


def _breakable(words: list[str], weights: list[bool]) -> tuple[list[str], list[bool]]:
    """Return the words, long ones in pieces that end in a hyphen."""
    pieces: list[tuple[str, bool]] = []
    for word, weight in zip(words, weights, strict=True):
        is_long = len(word) >= LONG
        parts = word.replace("-", f"-{CHANCE} ").split() if is_long else [word]
        if not word.endswith(CHANCE):
            parts[-1] = parts[-1].removesuffix(CHANCE)
        pieces += [(part, weight) for part in parts]
    return [piece for piece, _ in pieces], [weight for _, weight in pieces]


def _by_line(lines: list[str], weights: list[bool]) -> list[list[bool]]:
    """Return the weights of the words of each line."""
    ends = list(itertools.accumulate(len(line.split()) for line in lines))
    return [weights[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _set(
    cut: _TitleCut, whole_lines: Mapping[str, Fit], face: Face, place: TitlePlace, share: float
) -> _SetTitle:
    """Return the lines of a cut in their sizes, as wide as a share of the measure at most."""
    full = [whole_lines[line] for line in cut.lines]
    fits = [
        replace(at_size(line.text, face, limit), is_glued=line.is_glued)
        if limit < line.size
        else line
        for line, limit in zip(full, _limits(full, cut.weights), strict=True)
    ]
    total = sum(lead(line, place.gap) for line in fits[:-1]) + fits[-1].rise
    over = total + max(0.0, fits[-1].depth - place.below) - place.height
    sizes = [line.size for line in full]
    bad = cut.bad + UNEVEN * math.log2(max(sizes) / min(sizes)) ** 2
    narrow = sum(1 - line.measure / was.measure for line, was in zip(fits, full, strict=True))
    bad += NARROW * narrow + NARROWER * (1 - share)
    # A point too much costs as much as 100 points that stay empty.
    cost = (over * 100 if over > 0 else -over) + bad * place.height
    return _SetTitle(fits, cost, is_poor=narrow > RAGGED or not -EMPTY * place.height < over <= 0)


def _limits(full: list[Fit], weights: list[list[bool]]) -> list[float]:
    """Return the largest size of each line, by their sizes where each fills the measure."""
    least = min(line.size for line in full)
    heavy = [line.size for line, marks in zip(full, weights, strict=True) if any(marks)]
    if not heavy or len(heavy) == len(full):
        return [least * (LARGEST if number else LARGEST_FIRST) for number in range(len(full))]
    light = min(heavy) / LIGHTER
    lightest = min([light, *(line.size for line in full)])
    return [lightest * LARGEST_WEIGHTY if any(marks) else light for marks in weights]


def _count_small(lines: list[str], language: str) -> int:
    """Return how many of two lines and more say nothing alone."""
    small = [all(is_small(word, language) for word in line.split()) for line in lines]
    return sum(small) if len(lines) > 1 else 0


def spread(lines: Sequence[Fit], face: Face, spare: float, gap: float) -> float:
    """Return the space between lines with which they take up `spare` in all; not under `gap`.

    Pairs are as far `apart` as that space makes them. Lines that would be torn apart stand close
    together instead.
    """
    pairs = list(itertools.pairwise(lines))
    lowest = min((min(upper.rise, lower.rise) for upper, lower in pairs), default=0.0)
    needs = [clear(upper, lower, face, gap) for upper, lower in pairs]
    close = max(CLOSE * lowest, min(max(needs, default=0.0) + gap / TAIL_SHARE, HOLE * lowest))
    if not pairs or sum(_apart(need, gap, gap) for need in needs) >= spare:
        return gap
    space = _fitting(needs, spare, gap)
    return max(gap, space if space <= HOLE * lowest else close)


def apart(upper: Fit, lower: Fit, face: Face, gap: float, space: float) -> float:
    """Return the distance from a line's baseline to the top of the next, at a space of a title.

    Where a tail hangs over letters of the next line, it is as far from them as half of the space:
    by baselines alone the one pair would all but touch, and the others be far apart.
    """
    return _apart(clear(upper, lower, face, gap), gap, space)


def _apart(need: float, gap: float, space: float) -> float:
    tail = need - gap / TAIL_SHARE  # how far the letters reach into each other
    return max(space, need, tail + NEAR_TAIL * space)


def _fitting(needs: list[float], spare: float, gap: float) -> float:
    """Return the space at which all pairs together take up `spare`: it grows with the space."""
    least, most = gap, spare
    while most - least > 1e-4:
        middle = (least + most) / 2
        total = sum(_apart(need, gap, middle) for need in needs)
        least, most = (middle, most) if total < spare else (least, middle)
    return least
