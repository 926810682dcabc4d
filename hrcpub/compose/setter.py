"""What templates call for what CSS cannot do: display lines, stacks and rags, by the ink."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hrcpub import setting
from hrcpub.markup import Run, plain, runs
from hrcpub.material import Material
from hrcpub.problems import Problem, Source
from hrcpub.setting import Face, Fit
from hrcpub.slots import Words

if TYPE_CHECKING:
    from markupsafe import Markup


Locate = Callable[[str, Source], Source]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a stack: an opening set as display, and the text that goes on beside it."""

    number: int
    opening: tuple[Fit, ...]
    text: Words
    height: float


class Setter:
    """What templates call: the setting of one material's lines, with its faces and language."""

    def __init__(
        self,
        material: Material,
        faces: Mapping[str, Face],
        grid: Mapping[str, float],
        locate: Locate,
    ) -> None:
        """Set lines of `material` on a grid; mistakes are collected in `problems`.

        `locate` tells where a letter stands in the text that begins at a place.
        """
        self._locate = locate
        self.problems: list[Problem] = []
        self._faces = faces
        self._grid = grid
        self._language = material.language

    def fit(self, words: Words | str, measure: float, tallest: float | None = None) -> Fit:
        """Return a display line whose ink fills `measure`, or is `tallest` high if that is less."""
        return setting.fit(self._display(words), self._faces["display"], measure, tallest)

    def sized(self, words: Words | str, size: float, measure: float) -> Fit:
        """Return a display line of a given size, or of the one that fills `measure` if less."""
        line = setting.at_size(self._display(words), self._faces["display"], size)
        return line if line.measure <= measure else self.fit(words, measure)

    def title(self, words: Words, measure: float, wanted: float) -> tuple[Fit, ...]:
        """Return a title's lines, each filling `measure`, their sizes nearest to `wanted`."""
        face, gap = self._faces["display"], self._grid["gap"]
        text = self._display(words)
        return setting.cuts(text, face, measure, wanted, gap, self._language)[-1].lines

    def split(self, words: Words) -> tuple[Words, Words]:
        """Return a title's first word and the others."""
        first, _, rest = words.text.partition(" ")
        return Words(first, words.source, words.slot), Words(rest, words.source, words.slot)

    def counter(self, line: Fit) -> float:
        """Return the width left of a line's first descender, below its baseline."""
        return setting.counter(line.text, self._faces["display"], line)

    def space(self, line: Fit) -> float:
        """Return the way from a line's baseline to the next one's top."""
        return setting.lead(line, self._grid["gap"]) - line.rise

    def even(self, words: Words, measure: float, height: float, gap: float) -> list[Fit]:
        """Return lines of one size, the largest that `measure` and `height` allow."""
        return setting.even(
            self._display(words), self._faces["display"], measure, height, gap, self._language
        )

    def fill(self, words: Words, measure: float, height: float) -> list[Fit]:
        """Return a title's lines, each filling `measure`, that together fill `height` best."""
        face, gap = self._faces["display"], self._grid["gap"]
        return setting.fill(self._display(words), face, measure, height, gap, self._language)

    def spread(self, lines: list[Fit], height: float) -> float:
        """Return the space between lines at which they fill `height`, top to last baseline."""
        spare = height - sum(line.rise for line in lines)
        return max(
            self._grid["gap"], spare / max(1, len(lines) - 1) - 0.01
        )  # under rounding's reach

    def stack(
        self, items: tuple[dict[str, Words], ...], height: float, measure: float, beside: float
    ) -> list[Row]:
        """Return the rows of a stack that fill `height`, spare shared out on the lattice.

        Openings fill `measure`, texts are `beside` wide. A row's first baseline lies three steps
        under its rule, and two steps are clear under its last.
        """
        step, leading = self._grid["step"], self._grid["text-leading"]
        counts = [self.count(item["text"], beside, "text") for item in items]
        texts = [(2 + 3) * step + (count - 1) * leading for count in counts]
        chosen: list[tuple[tuple[Fit, ...], int]] = []
        for share in LOWER:
            cuts = [self._cuts(item["opening"], measure, share * measure) for item in items]
            chosen = self._chosen(cuts, texts, height)
            if sum(steps for _, steps in chosen) * step <= height + 0.01:
                break
        openings = [lines for lines, _ in chosen]
        heights = [steps * step for _, steps in chosen]
        rows = setting.share(heights, height, step)
        if sum(rows) > height + 0.01:
            self.problems.append(stack_overset(items[-1]["text"], sum(rows) - height, leading))
        return [
            Row(number, opening, item["text"], row)
            for number, (opening, item, row) in enumerate(
                zip(openings, items, rows, strict=True), 1
            )
        ]

    def _chosen(
        self, cuts: list[list[setting.Cut]], texts: list[float], height: float
    ) -> list[tuple[tuple[Fit, ...], int]]:
        """Return each row's opening and its height in steps: the best that fit, else the lowest."""
        step = self._grid["step"]
        options = [
            [(math.ceil(max(way.height, text) / step), way.cost) for way in ways]
            for ways, text in zip(cuts, texts, strict=True)
        ]
        steps = math.floor(height / step + 1e-6)
        airy = steps - AIR * len(cuts)
        found = setting.choose(options, airy) or setting.choose(options, steps)
        found = found or [0 for _ in options]
        return [
            (ways[index].lines, row[index][0])
            for ways, row, index in zip(cuts, options, found, strict=True)
        ]

    def _cuts(self, words: Words, measure: float, tallest: float) -> list[setting.Cut]:
        face, wanted = self._faces["display"], measure * WANTED
        gap, language = self._grid["gap"], self._language
        return setting.cuts(self._display(words), face, measure, wanted, gap, language, tallest)

    def count(self, words: Words, measure: float, face: str, size: str = "text-size") -> int:
        """Return how many lines a text takes in `measure`."""
        lines = self._lines(runs(words.text, self._language), measure, face, self._grid[size])
        return len(lines)

    def ragged(
        self, words: Words, measure: float, face: str = "text", size: str = "text-size"
    ) -> Markup:
        """Return a paragraph's HTML, its lines kept as the best rag has them.

        The text stays whole: one paragraph, words and spaces as written; each line is a span in
        which nothing breaks.
        """
        from markupsafe import Markup

        pieces = runs(words.text, self._language)
        lines = self._lines(pieces, measure, face, self._grid[size])
        return Markup(" ").join(
            Markup('<span class="line">{}</span>').format(_html(line)) for line in lines
        )

    def _lines(
        self, pieces: tuple[Run, ...], measure: float, face: str, size: float
    ) -> list[list[Run]]:
        """Return the runs of each line; with a word too wide, one line for WeasyPrint to break."""
        lines: list[list[Run]] = []
        for part in _parts(pieces):
            text = "".join(run.text for run in part)
            advances = [
                width * size
                for run in part
                for width in self._run_face(run, face).advances(run.text)
            ]
            breaks = setting.rag(text, advances, measure, self._language)
            lines += [_slice(part, a, b) for a, b in breaks or [(0, len(text))]]
        return lines

    def _run_face(self, run: Run, face: str) -> Face:
        name = {(False, False): face, (True, False): "italic", (False, True): "bold"}
        return self._faces[name.get((run.emphasis, run.strong), "bold-italic")]

    def _display(self, words: Words | str) -> str:
        """Return a display line's text; note a Problem for letters that the face lacks.

        A display face that lacks a letter is an error, never a fallback: one strange letter in a
        word as large as the page is the first thing that anybody sees.
        """
        text = plain(str(words), self._language)
        missing = self._faces["display"].missing(text)
        if isinstance(words, Words):  # what the text face lacks too was told of every text
            missing = "".join(c for c in missing if c not in self._faces["text"].missing(text))
        for letter in missing:
            place = self._locate(letter, words.source) if isinstance(words, Words) else None
            self.problems.append(glyph_missing(letter, place, "the display face"))
        return text


# The size of an opening's lines, as a share of the measure: the sketches' mean. The stack takes the
# cuts nearest to it that fit the page.
WANTED = 0.38

# The most that an opening's line rises, as shares of the measure: where short words (ten like
# "Says") would be too tall together, they are set lower than the measure allows.
LOWER = (2.0, 0.36, 0.3, 0.24, 0.18, 0.12)

# Steps of spare height for each row of a stack, where there is a choice of cuts: rows that touch
# are hard to tell apart.
AIR = 2


def _parts(pieces: tuple[Run, ...]) -> list[list[Run]]:
    """Return the runs between line breaks."""
    parts: list[list[Run]] = [[]]
    for run in pieces:
        if run.text == "\n":
            parts.append([])
        else:
            parts[-1].append(run)
    return [part for part in parts if part]


def _slice(part: list[Run], start: int, end: int) -> list[Run]:
    """Return the runs of the characters from `start` to `end`."""
    cut, at = [], 0
    for run in part:
        text = run.text[max(0, start - at) : max(0, end - at)]
        if text:
            cut.append(run._replace(text=text))
        at += len(run.text)
    return cut


def _html(line: list[Run]) -> Markup:
    from markupsafe import Markup

    done = Markup()
    for run in line:
        piece = Markup.escape(run.text)
        if run.emphasis:
            piece = Markup("<em>{}</em>").format(piece)
        if run.strong:
            piece = Markup("<strong>{}</strong>").format(piece)
        if run.link:
            piece = Markup('<a href="{}">{}</a>').format(run.link, piece)
        if run.language:
            piece = Markup('<span lang="{}">{}</span>').format(run.language, piece)
        done += piece
    return done


def glyph_missing(letter: str, place: Source | None, face: str) -> Problem:
    """A character stands in the words that a font of the project cannot draw.

    It would print as a box. Write it another way, or ask the designer for a font that has it.
    """
    import unicodedata

    name = unicodedata.name(letter, "unnamed").lower()
    return Problem(
        "glyph-missing",
        f'{face} has no "{letter}" (U+{ord(letter):04X}, {name})',
        place,
        "write it another way, or ask the designer for a font that has it",
    )


def stack_overset(words: Words, over: float, leading: float) -> Problem:
    """A list's rows are together taller than their page.

    Cut words from the longest entries, or take an entry out.
    """
    lines = math.ceil(over / leading)
    return Problem(
        "stack-overset",
        f"the list is {over:.1f} pt too tall for its page: about {lines} line{'s' * (lines > 1)}",
        words.source,
        "cut words from the longest entries, or take an entry out",
    )


CODES = {"glyph-missing": glyph_missing, "stack-overset": stack_overset}
