"""The words of an opening to display lines, each of which fills the measure.

An opening is the beginning of a text, set large. A designer would divide it into lines by hand.
Here it goes by rule, for any words and languages: sizes near each other and near the desired one,
and no line that ends in "of" or "the".
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from hrcpub.pipeline.setting.breaks import CHANCE, chances, whole
from hrcpub.pipeline.setting.face import Face, InkBox
from hrcpub.pipeline.setting.fit import Fit, at_size, fit, rise_of
from hrcpub.pipeline.setting.sense import Names, cuts_names, ends_badly

MOST_LINES = 6  # of one opening; with more it is a paragraph
MOST_WORDS = 16  # 2^15 cuts take 30 ms; the limit of the slot refuses longer openings

MOST_SHORT = 12  # words of scripts without spaces, which are short

ALIKE = 0.97  # of the largest size: among such cuts the one whose shortest line is longest is best

TAIL_SHARE = 2.5  # a tail needs less of a gap: tails are few, and seldom meet a capital


class Cut(NamedTuple):
    """One way to cut an opening: its lines, their height with their gaps, and how bad it is."""

    lines: tuple[Fit, ...]
    height: float
    cost: float


def cuts(
    text: str,
    face: Face,
    measure: float,
    ideal: float,
    gap: float,
    language: str = "en",
    tallest: float | None = None,
    names: Names = (),
) -> list[Cut]:
    """Return the cuts of an opening that are worth considering: each higher one is better.

    `ideal` is the desired size. A line of twice that size costs 1, as does one of half of it; lines
    of which one is twice as large as another cost a third, as a name does that is cut, and a line
    that ends in a leaning word ("of") half. These weights were found by looking at pages. A line
    rises to `tallest` at most, even if it then does not fill the measure. `gap` is the space
    between lines.
    """
    candidates = []
    words = CutWords(text, language, names)
    fitted = cache(lambda line: fit(line, face, measure, tallest))  # the same come in many cuts
    for way in words.ways(MOST_LINES):
        fits = tuple(map(fitted, words.lines(way)))
        sizes = [line.size for line in fits]
        away = sum(math.log2(size / ideal) ** 2 for size in sizes) / len(sizes)
        uneven = math.log2(max(sizes) / min(sizes)) ** 2
        height = sum(lead(line, gap) for line in fits)
        torn = words.torn(way) + words.parted(way)
        candidates.append(Cut(fits, height, away + (uneven + torn) / 3 + words.bad(way) / 2))
    best: list[Cut] = []
    for cut in sorted(candidates, key=lambda cut: (cut.height, cut.cost)):
        if not best or cut.cost < best[-1].cost:
            best.append(cut)
    return best


def even(
    text: str,
    face: Face,
    measure: float,
    height: float,
    gap: float,
    language: str = "en",
    names: Names = (),
) -> list[Fit]:
    """Return lines of one size, the largest at which they fit `measure` and `height`.

    Of cuts whose sizes are alike, one that cuts no name is taken, and of these the one with the
    longest lines: none has a stump.
    `gap` is the space between the baseline of a line and the top of the next.
    """
    words = CutWords(text, language, names)
    sizes: dict[CutWay, float] = {}
    largest = 0.0
    for way in words.ways(MOST_LINES):
        if words.bad(way):
            continue
        lines = words.lines(way)
        shown = [whole(line) for line in lines]
        rise = max(rise_of(line, face) for line in shown)
        tallest = (height - gap * (len(lines) - 1)) / (rise * len(lines))
        size = min(tallest, *(measure / face.display_ink(line).width for line in shown))
        if size > ALIKE * largest:  # tails only make it smaller
            # What tails need beyond the gap is taken from the letters' height.
            spare = (tallest - size) * rise * len(lines)
            size -= max(0.0, _tails(lines, face, size, gap) - spare) / (rise * len(lines))
        if size > ALIKE * largest:
            sizes[way] = size
            largest = max(largest, size)
    alike = [way for way, size in sizes.items() if size > ALIKE * largest]
    least = min(map(words.torn, alike), default=0)
    uncut = [
        [at_size(line, face, sizes[way]) for line in words.lines(way)]
        for way in alike
        if words.torn(way) == least
    ]
    return max(uncut, key=lambda way: min(line.measure for line in way), default=[])


def _tails(lines: list[str], face: Face, size: float, gap: float) -> float:
    """Return how much more than `gap` the tails of lines of one size need, all pairs together."""
    fits = [at_size(line, face, size) for line in lines]
    needs = (clear(upper, lower, face, gap) for upper, lower in itertools.pairwise(fits))
    return sum(max(0.0, need - gap) for need in needs)


def clear(upper: Fit, lower: Fit, face: Face, gap: float) -> float:
    """Return the distance from a line's baseline to the top of the next at which no letters touch.

    Tails and what is under them stay as far apart as in `lead`, but only where they are over each
    other: beside a tail, the next line may rise.
    """
    apart = gap / TAIL_SHARE
    tails = [(left, right, -bottom) for left, right, _, bottom in _inks(upper, face) if bottom < 0]
    needs = [
        depth - (lower.rise - top)
        for left, right, depth in tails
        for other_left, other_right, top, _ in _inks(lower, face)
        if left < other_right + apart and other_left < right + apart
    ]
    return max(needs, default=-apart) + apart


def _inks(line: Fit, face: Face) -> list[InkBox]:
    """Return the ink of each glyph of a line, in points from its measure's left edge."""
    return [
        InkBox(
            ink.left * line.size - line.left,
            ink.right * line.size - line.left,
            ink.top * line.size,
            ink.bottom * line.size,
        )
        for ink in face.display_inks(line.text)
    ]


def lead(line: Fit, gap: float) -> float:
    """Return the distance from the top of a line to that of the next, with space for descenders.

    They need less of a gap than a line without them.
    """
    return line.rise + max(gap, line.depth + gap / TAIL_SHARE)


class CutWay(NamedTuple):
    """One way to cut words into lines."""

    ends: tuple[int, ...]  # after which words lines end, the last one apart
    lines: tuple[tuple[int, int], ...]  # the first word of each, and the one after its last


class CutWords:
    """The words of an opening: lines of them, and what is wrong with one that ends among them.

    What a line is, and what is wrong at a place between two words, is the same in all ways.
    """

    def __init__(self, text: str, language: str = "en", names: Names = ()) -> None:
        """Look for places at which a line should not end: before `names` are whole, or by sense."""
        words = _kept_together(chances(text, language).split())
        self._count, self._names = len(words), names
        self._lines = {
            (start, end): " ".join(words[start:end])
            for start in range(self._count)
            for end in range(start + 1, self._count + 1)
        } or {(0, 0): ""}
        self._bad = [0, *(ends_badly(pair, language) for pair in itertools.pairwise(words))]
        self._is_marked = any(CHANCE in word for word in words)
        # A name in a script without spaces is cut once, however many lines end in it.
        is_each = not self._is_marked and all(len(name) > 1 for name in names)
        self._torn = [self._torn_at(end) for end in range(self._count)] if is_each else None

    def ways(self, limit: int) -> tuple[CutWay, ...]:
        """Return all ways to cut the words into at most `limit` lines, a single line first."""
        return _ways(self._count, limit)

    def lines(self, way: CutWay) -> list[str]:
        """Return the lines, those in scripts without spaces with the marks of chances."""
        return [self._lines[line] for line in way.lines]

    def bad(self, way: CutWay) -> int:
        """Return how many lines but the last end where they should not, by their sense."""
        return sum([self._bad[end] for end in way.ends])

    def torn(self, way: CutWay) -> int:
        """Return how often names are cut."""
        if self._torn is None:
            return cuts_names([whole(line) for line in self.lines(way)], self._names)
        return sum([self._torn[end] for end in way.ends])

    def parted(self, way: CutWay) -> int:
        """Return how many lines end between words where others are parted by a space."""
        return parted(self.lines(way)) if self._is_marked else 0

    def _torn_at(self, end: int) -> int:
        lines = [self._lines.get((0, end), ""), self._lines.get((end, self._count), "")]
        return cuts_names(lines, self._names)


def splits(text: str, limit: int, language: str = "en") -> Iterator[list[str]]:
    """Yield all ways to cut a text into at most `limit` lines, a single line first.

    In scripts without spaces, lines have the marks of chances: `whole` takes them out.
    """
    return ways(chances(text, language).split(), limit)


def ways(words: list[str], limit: int) -> Iterator[list[str]]:
    """Yield all ways to cut the words into at most `limit` lines, a single line first."""
    words = _kept_together(words)
    for way in _ways(len(words), limit):
        yield [" ".join(words[start:end]) for start, end in way.lines]


@lru_cache(maxsize=16)  # the same for all openings of so many words
def _ways(count: int, limit: int) -> tuple[CutWay, ...]:
    """Return all ways to cut so many words into at most `limit` lines."""
    places = range(1, count)
    found = []
    for mask in range(2 ** len(places)):
        ends = tuple(place for place in places if mask >> (place - 1) & 1)
        if len(ends) < limit:
            found.append(CutWay(ends, tuple(zip((0, *ends), (*ends, count), strict=True))))
    return tuple(found)


def _kept_together(words: list[str]) -> list[str]:
    """Return words between which a line may end, so few that all ways can be tried."""
    words = _fewer(_with_signs(words))
    return [*words[: MOST_WORDS - 1], " ".join(words[MOST_WORDS - 1 :])][: len(words)]


def parted(lines: Sequence[str]) -> int:
    """Return how many lines end between words where others are parted by a space.

    In Thai, Lao, Khmer and Burmese a space parts phrases: there a line ends better.
    """
    glued = [line for line in lines[:-1] if line.endswith(CHANCE)]
    is_spaced = len(glued) < len(lines) - 1 or any(
        " " in line.replace(f"{CHANCE} ", "") for line in glued
    )
    return sum(not line.endswith(f"-{CHANCE}") for line in glued) if is_spaced else 0


def _fewer(words: list[str]) -> list[str]:
    """Return words of a script without spaces, the shortest neighbours joined while they are many.

    They are shorter than those of other scripts, and there are more of them.
    """
    while len(words) > MOST_SHORT:
        glued = [
            at
            for at, word in enumerate(words[:-1])
            if word.endswith(CHANCE) and not word.endswith(f"-{CHANCE}")
        ]
        if not glued:
            break
        at = min(glued, key=lambda at: len(words[at]) + len(words[at + 1]))
        words = [*words[:at], f"{words[at]} {words[at + 1]}", *words[at + 2 :]]
    return words


def _with_signs(words: list[str]) -> list[str]:
    """Return the words with lone signs beside the word before them, the first beside the next.

    A line of "-" alone would fill the measure at a size larger than the page.
    """
    joined: list[str] = []
    for word in words:
        if joined and not (_is_tall(word) and _is_tall(joined[-1])):
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def _is_tall(word: str) -> bool:
    return any(character.isalnum() or character in "&?!" for character in word)
