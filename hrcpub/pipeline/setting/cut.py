"""An opening's words to the lines in which they are set as display, each filling the measure.

The sketches of the system were cut by hand. Other words and other languages cannot wait for a
hand, so the cut goes by rule: sizes near each other and near the wanted one, sense kept together
(no line ends in "of" or "the").
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from hrcpub.pipeline.setting.face import Face
from hrcpub.pipeline.setting.fit import Fit, at_size, fit
from hrcpub.pipeline.setting.sense import ends_badly

MOST_LINES = 6  # of one opening; beyond that it is a paragraph
MOST_WORDS = 16  # 2^15 cuts take 30 ms; a longer opening is refused by its slot's limit


class Cut(NamedTuple):
    """One way to cut an opening, the height of its lines with their spaces, and how good it is."""

    lines: tuple[Fit, ...]
    height: float
    cost: float


def cuts(
    text: str,
    face: Face,
    measure: float,
    wanted: float,
    gap: float,
    language: str = "en",
    tallest: float | None = None,
) -> list[Cut]:
    """Return the cuts of an opening that are worth a choice: each higher one is better.

    A line twice as large as `wanted` costs as much as one half as large; unevenness counts a
    third of that, a line that ends in a word which leans on the next one half. A line rises to
    `tallest` at most, whatever of the measure it then fills.
    """
    found = []
    for lines in _cuts(text.split(), MOST_LINES):
        fits = tuple(fit(line, face, measure, tallest) for line in lines)
        sizes = [line.size for line in fits]
        away = sum(math.log2(size / wanted) ** 2 for size in sizes) / len(sizes)
        uneven = math.log2(max(sizes) / min(sizes)) ** 2
        broken = ends_badly(lines, language)
        height = sum(lead(line, gap) for line in fits)
        found.append(Cut(fits, height, away + uneven / 3 + broken / 2))
    worth: list[Cut] = []
    for candidate in sorted(found, key=lambda one: (one.height, one.cost)):
        if not worth or candidate.cost < worth[-1].cost:
            worth.append(candidate)
    return worth


def fill(
    text: str,
    face: Face,
    measure: float,
    height: float,
    gap: float,
    language: str = "en",
    below: float = math.inf,
) -> list[Fit]:
    """Return the lines of a title that come nearest to filling `height` without passing it.

    What hangs from the last line has `below` of its own under the height, and takes the rest of it.
    `gap` is the space between a line's foot and the next line's top. Of two that fill it alike,
    the one with sizes nearer to each other is taken; where every cut is too tall, the lowest.
    """
    best: tuple[float, list[str]] | None = None
    for lines in _cuts(text.split(), MOST_LINES):
        fits = [fit(line, face, measure, height) for line in lines]
        total = sum(lead(one, gap) for one in fits[:-1]) + fits[-1].rise
        total += max(0.0, fits[-1].depth - below)
        over = total - height
        broken = ends_badly(lines, language)
        uneven = math.log2(max(one.size for one in fits) / min(one.size for one in fits)) ** 2
        cost = (over * 100 if over > 0 else -over) + (broken / 10 + uneven / 40) * height
        if best is None or cost < best[0]:
            best = cost, lines
    return [fit(line, face, measure, height) for line in best[1]] if best else []


def even(
    text: str, face: Face, measure: float, height: float, gap: float, language: str = "en"
) -> list[Fit]:
    """Return the lines of one size, the largest at which they fit `measure` and `height`.

    `gap` is the space between a line's baseline and the next one's top, in points.
    """
    best: list[Fit] = []
    for lines in _cuts(text.split(), MOST_LINES):
        if ends_badly(lines, language):
            continue
        inks = [face.display_ink(line) for line in lines]
        rise = max(ink.top for ink in inks)
        tallest = (height - gap * (len(lines) - 1)) / (rise * len(lines))
        size = min(tallest, *(measure / ink.width for ink in inks))
        if size > 0 and (not best or size > best[0].size):
            best = [at_size(line, face, size) for line in lines]
    return best


def lead(line: Fit, gap: float) -> float:
    """Return the way from a line's top to the next one's: descenders get their room."""
    return line.rise + max(gap, line.depth + gap / 2.5)


def _cuts(words: list[str], most: int) -> Iterator[list[str]]:
    """Yield every way to cut the words into at most `most` lines, one line first."""
    words = [*words[: MOST_WORDS - 1], " ".join(words[MOST_WORDS - 1 :])][: len(words)]
    places = range(1, len(words))
    for mask in range(2 ** len(places)):
        ends = [place for place in places if mask >> (place - 1) & 1]
        if len(ends) < most:
            starts = [0, *ends]
            yield [" ".join(words[a:b]) for a, b in zip(starts, [*ends, len(words)], strict=True)]
