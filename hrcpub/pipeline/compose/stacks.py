"""Lists whose openings are set large: their entries to rows that fill a height on the lattice."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from hrcpub.pipeline import setting
from hrcpub.pipeline.compose import overset_problems
from hrcpub.pipeline.compose.measures import Measures
from hrcpub.pipeline.setting import Face, Fit
from hrcpub.pipeline.stages import Fill, Overset
from hrcpub.project.words import Words
from hrcpub.records import record

# The most that an opening's lines rise, and the least, as shares of the measure. Short words alone
# ("Says") would be louder than the title; smaller ones are no openings any more.
TALLEST, LOWEST = 0.36, 0.12

# The same for openings over their texts, as shares of the text's leading: they have a whole line.
OVER_TALLEST, OVER_LOWEST = 2.0, 1.1

# Sizes are tried from the largest on, each so much of the one before.
NEXT = 0.985

# Steps of spare height for each row of a stack, where that leaves openings of some size: rows that
# are close together are hard to tell apart.
AIR = 2

# The least between openings of several lines beside their texts, as a share of their leading.
APART = 0.35


@record
class StackRow:
    """One row of a stack: a large opening, and the text that continues beside or under it.

    `under` is how far the text's own place is below the row's top: 0 beside the opening.
    `leading` is between the baselines of an opening's lines, alike in all rows.
    """

    number: int
    opening: tuple[Fit, ...]
    text: Words
    height: float
    under: float
    leading: float


StackItems = tuple[dict[str, Words], ...]  # each an `opening` and a `text`


class _StackPlace(NamedTuple):
    """Where a stack's openings stand: beside their texts, or over them; sizes in points."""

    measure: float  # of the openings
    beside: float  # the texts' measure
    tallest: float  # that an opening's line rises
    lowest: float
    is_over: bool


class Stacks:
    """The stacks of one piece, and how full they are."""

    def __init__(
        self,
        grid: Measures,
        face: Face,
        language: str,
        display: Callable[[Words], str],
        count: Callable[[Words, float], int],
        names: setting.Names = (),
    ) -> None:
        """Set openings in `face` on a grid.

        `display` returns the text of a display line, `count` how many lines a text takes in a
        measure. `names` are kept whole.
        """
        self._names = names
        # A list is measured for its size before it is set.
        self._openings: dict[tuple[tuple[str, ...], float, float], setting.Openings] = {}
        self._grid, self._face, self._language = grid, face, language
        self._display, self._count = display, count
        self.oversets: list[Overset] = []
        self.fills: list[Fill] = []  # of panels with a stack
        self.spare: dict[str, float] = {}  # height left to a stack's texts, by slot

    def rows(
        self, items: StackItems, height: float, measure: float, beside: float
    ) -> list[StackRow]:
        """Return the rows of a stack that fill `height`; what is spare is shared on the lattice.

        Openings are within `measure`, all of one size: the largest at which they fit with their
        texts, which are `beside` wide. The first baseline of a row is three steps under its rule,
        and two steps are free under its last.
        """
        place = _StackPlace(measure, beside, TALLEST * measure, LOWEST * measure, is_over=False)
        return self._rows(items, height, place)

    def rows_over(
        self, items: StackItems, height: float, measure: float, largest: float = math.inf
    ) -> list[StackRow]:
        """Return the same where each opening stands over its text, both within `measure`.

        So narrow pages have room for both: openings of some size, texts of some measure. None is
        larger than `largest`: a list on two pages is set in one size.
        """
        return self._rows(items, height, self._over(measure), largest)

    def size_over(self, items: StackItems, height: float, measure: float) -> float:
        """Return the size that openings over their texts have in a height."""
        place = self._over(measure)
        _, texts, openings = self._measured(items, place)
        return self._size(openings, place, texts, height)

    def _over(self, measure: float) -> _StackPlace:
        leading = self._grid["text-leading"]
        tallest, lowest = OVER_TALLEST * leading, OVER_LOWEST * leading
        return _StackPlace(measure, measure, tallest, lowest, is_over=True)

    def _measured(
        self, items: StackItems, place: _StackPlace
    ) -> tuple[list[int], list[float], setting.Openings]:
        """Return the texts' lines, their heights with what is free about them, and the openings."""
        step, leading = self._grid["step"], self._grid["text-leading"]
        counts = [self._count(item["text"], place.beside) for item in items]
        texts = [(2 + 3) * step + (count - 1) * leading for count in counts]
        words = tuple(self._display(item["opening"]) for item in items)
        key = (words, place.measure, self._grid["gap"])
        if key not in self._openings:
            self._openings[key] = setting.Openings(
                words, self._face, place.measure, self._grid["gap"], self._language, self._names
            )
        return counts, texts, self._openings[key]

    def _rows(
        self, items: StackItems, height: float, place: _StackPlace, largest: float = math.inf
    ) -> list[StackRow]:
        counts, texts, openings = self._measured(items, place)
        lowest = self._heights(openings, self._sizes(openings, place)[-1], texts, place)
        self._note_stack(items, counts, texts, lowest, height, place)
        size = min(largest, self._size(openings, place, texts, height))
        heights = self._heights(openings, size, texts, place)
        lines, under = openings.lines(size), self._under(openings, size, place)
        level = _level(under, openings.counts(size))
        if sum(level) - sum(under) > height - sum(heights) + 0.01:
            level = under
        taller = (row + now - was for row, now, was in zip(heights, level, under, strict=True))
        rows = setting.share([*taller], height, self._grid["step"])
        return [
            StackRow(number, opening, item["text"], row, below, openings.leading(size))
            for number, (opening, item, row, below) in enumerate(
                zip(lines, items, rows, level, strict=True), 1
            )
        ]

    def _sizes(self, openings: setting.Openings, place: _StackPlace) -> list[float]:
        """Return the sizes to try, the largest first."""
        size = min(openings.largest, place.tallest / openings.rise)
        sizes, least = [size], place.lowest / openings.rise
        while sizes[-1] > least:
            sizes.append(sizes[-1] * NEXT)
        return sizes

    def _size(
        self, openings: setting.Openings, place: _StackPlace, texts: list[float], height: float
    ) -> float:
        """Return the largest size at which all rows fit, with air where there is room for it.

        Texts are level under their openings, unless they then have no room in any size. Openings
        of several lines have more air: else one list of them reads as one column of words.
        """
        sizes, air = self._sizes(openings, place), AIR * self._grid["step"] * len(texts)
        for room, is_level in ((height - air, True), (height, True), (height, False)):
            for size in sizes:
                tall = sum(self._heights(openings, size, texts, place, is_airy=room < height))
                if is_level and place.is_over:
                    under = self._under(openings, size, place)
                    tall += sum(_level(under, openings.counts(size))) - sum(under)
                if tall <= room + 0.01:
                    return size
        return sizes[-1]

    def _under(self, openings: setting.Openings, size: float, place: _StackPlace) -> list[float]:
        """Return how far each text is below its row's top, on the lattice."""
        step = self._grid["step"]
        return [
            math.ceil(round(opening / step, 6)) * step if place.is_over else 0.0
            for opening in openings.heights(size)
        ]

    def _heights(
        self,
        openings: setting.Openings,
        size: float,
        texts: list[float],
        place: _StackPlace,
        *,
        is_airy: bool = False,
    ) -> list[float]:
        """Return the rows' heights on the lattice, with openings of a size."""
        step, air = self._grid["step"], APART * openings.leading(size) if is_airy else 0.0
        if place.is_over:
            under = self._under(openings, size, place)
            return [above + text for above, text in zip(under, texts, strict=True)]
        return [
            math.ceil(round(max(opening + air, text) / step, 6)) * step
            for opening, text in zip(openings.heights(size), texts, strict=True)
        ]

    def _note_stack(
        self,
        items: StackItems,
        counts: list[int],
        texts: list[float],
        lowest: list[float],
        height: float,
        place: _StackPlace,
    ) -> None:
        """Note how full a stack is, and whether its rows are too tall together (overset).

        `counts` are the lines of the texts, `texts` their heights, and `lowest` the heights of the
        rows with openings cut as low as possible.
        """
        panel, spare = self._grid.panel, height - sum(lowest)
        self.fills.append(Fill(panel, None, sum(lowest), height))
        # A text may grow to the height of an opening beside it, and into what the stack spares.
        self.spare |= {
            item["text"].slot: max(0.0, spare) + (0.0 if place.is_over else row - text)
            for item, row, text in zip(items, lowest, texts, strict=True)
        }
        if spare < -0.01:
            words = sum(len(setting.words_of(item["text"].text, self._language)) for item in items)
            leading = self._grid["text-leading"]
            texts = lowest if place.is_over else texts
            lines = setting.lines_over(counts, texts, lowest, height, self._grid["step"], leading)
            # The last line of a text is half full on the average.
            cut = math.ceil(lines * words / max(1, sum(counts) - len(counts) / 2))
            problem = overset_problems.stack_overset(items[-1]["text"], -spare, lines, cut, panel)
            self.oversets.append(Overset(problem, panel, height / sum(lowest)))


def _level(under: list[float], lines: list[int]) -> list[float]:
    """Return how far texts are below their rows' tops: alike under as many lines.

    Why: under an opening whose tail is a hair deeper ("government", "services") a text is a whole
    step lower, and the gaps of one list differ.
    """
    deepest = dict.fromkeys(lines, 0.0)
    for many, place in zip(lines, under, strict=True):
        deepest[many] = max(deepest[many], place)
    return [deepest[many] for many in lines]
