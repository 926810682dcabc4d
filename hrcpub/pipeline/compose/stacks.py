"""Lists whose openings are set large: their entries to rows that fill a height on the lattice."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from hrcpub.pipeline import setting
from hrcpub.pipeline.compose import overset_problems
from hrcpub.pipeline.compose.measures import Measures
from hrcpub.pipeline.setting import Face, Fit
from hrcpub.pipeline.stages import Fill, Overset
from hrcpub.project.words import Words

# The ideal size of an opening's lines, as a share of the measure: the mean of the sketches. A stack
# takes the cuts nearest to it that fit the page.
IDEAL = 0.38

# The most that a line of an opening rises, as shares of the measure. Where short words (ten like
# "Says") would be too tall together, they are set lower than the measure allows.
LOWER = (2.0, 0.36, 0.3, 0.24, 0.18, 0.12)

# Steps of spare height for each row of a stack, if there is a choice of cuts: rows that are close
# together are hard to tell apart.
AIR = 2


@dataclass(frozen=True, slots=True)
class StackRow:
    """One row of a stack: a large opening, and the text that continues beside it."""

    number: int
    opening: tuple[Fit, ...]
    text: Words
    height: float


class Stacks:
    """The stacks of one piece, and how full they are."""

    def __init__(
        self,
        grid: Measures,
        face: Face,
        language: str,
        display: Callable[[Words], str],
        count: Callable[[Words, float], int],
    ) -> None:
        """Set openings in `face` on a grid.

        `display` returns the text of a display line, `count` how many lines a text takes in a
        measure.
        """
        self._grid, self._face, self._language = grid, face, language
        self._display, self._count = display, count
        self.oversets: list[Overset] = []
        self.fills: list[Fill] = []  # of panels with a stack
        self.spare: dict[str, float] = {}  # height left to a stack's texts, by slot

    def rows(
        self, items: tuple[dict[str, Words], ...], height: float, measure: float, beside: float
    ) -> list[StackRow]:
        """Return the rows of a stack that fill `height`; what is spare is shared on the lattice.

        Openings fill `measure`, texts are `beside` wide. The first baseline of a row is three steps
        under its rule, and two steps are free under its last. Openings that are too tall together
        are set lower and lower (`LOWER`), until they fit.
        """
        step, leading = self._grid["step"], self._grid["text-leading"]
        counts = [self._count(item["text"], beside) for item in items]
        texts = [(2 + 3) * step + (count - 1) * leading for count in counts]
        cuts: list[list[setting.Cut]] = []
        chosen: list[tuple[tuple[Fit, ...], int]] = []
        for share in LOWER:
            cuts = [self._cuts(item["opening"], measure, share * measure) for item in items]
            chosen = self._chosen(cuts, texts, height)
            if sum(steps for _, steps in chosen) * step <= height + 0.01:
                break
        lowest = [
            math.ceil(max(ways[0].height, text) / step) * step
            for ways, text in zip(cuts, texts, strict=True)
        ]
        self._note_stack(items, counts, texts, lowest, height)
        rows = setting.share([steps * step for _, steps in chosen], height, step)
        return [
            StackRow(number, opening, item["text"], row)
            for number, ((opening, _), item, row) in enumerate(
                zip(chosen, items, rows, strict=True), 1
            )
        ]

    def _note_stack(
        self,
        items: tuple[dict[str, Words], ...],
        counts: list[int],
        texts: list[float],
        lowest: list[float],
        height: float,
    ) -> None:
        """Note how full a stack is, and whether its rows are too tall together (overset).

        `counts` are the lines of the texts, `texts` their heights, and `lowest` the heights of the
        rows with openings cut as low as possible.
        """
        panel, spare = self._grid.panel, height - sum(lowest)
        self.fills.append(Fill(panel, None, sum(lowest), height))
        # A text may grow to the height of its opening, and into what is spare in the stack.
        self.spare |= {
            item["text"].slot: max(0.0, spare) + row - text
            for item, row, text in zip(items, lowest, texts, strict=True)
        }
        if spare < -0.01:
            words = sum(len(item["text"].text.split()) for item in items)
            leading = self._grid["text-leading"]
            lines = setting.lines_over(counts, texts, lowest, height, self._grid["step"], leading)
            # The last line of a text is half full on the average.
            cut = math.ceil(lines * words / max(1, sum(counts) - len(counts) / 2))
            problem = overset_problems.stack_overset(items[-1]["text"], -spare, lines, cut, panel)
            self.oversets.append(Overset(problem, panel, height / sum(lowest)))

    def _chosen(
        self, cuts: list[list[setting.Cut]], texts: list[float], height: float
    ) -> list[tuple[tuple[Fit, ...], int]]:
        """Return the opening and the steps of each row: the best that fit, or the lowest."""
        step = self._grid["step"]
        options = [
            [(math.ceil(max(way.height, text) / step), way.cost) for way in ways]
            for ways, text in zip(cuts, texts, strict=True)
        ]
        steps = math.floor(height / step + 1e-6)
        airy = steps - AIR * len(cuts)
        chosen = setting.choose(options, airy) or setting.choose(options, steps)
        chosen = chosen or [0 for _ in options]
        return [
            (ways[index].lines, row[index][0])
            for ways, row, index in zip(cuts, options, chosen, strict=True)
        ]

    def _cuts(self, words: Words, measure: float, tallest: float) -> list[setting.Cut]:
        ideal, gap = measure * IDEAL, self._grid["gap"]
        text = self._display(words)
        return setting.cuts(text, self._face, measure, ideal, gap, self._language, tallest)
