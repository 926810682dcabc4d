"""Display lines for templates: words set by their ink, so that they fill a measure or a height."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

from hrcpub.pipeline import setting
from hrcpub.pipeline.compose import titles
from hrcpub.pipeline.compose.measures import Measures
from hrcpub.pipeline.setting import Face, Fit, by_script, glyph_missing, script_of_letter
from hrcpub.problems import Problem, Source
from hrcpub.project.languages import is_right_to_left
from hrcpub.project.layout import NUMBERS
from hrcpub.project.markup import plain
from hrcpub.project.material import Material
from hrcpub.project.quotes import tight
from hrcpub.project.words import Words

# Under this share of its place, what follows a title's first word goes over more than one line.
LOW = 0.45

# Over this share of its measure, a title's first word leads it ("Why", "What", but not "Is").
WIDE = 0.55

# A word so short leads after all where the whole title would fill less than this of its height.
FULL = 0.6

Locate = Callable[[str, Source], Source]


class DisplaySetter:
    """What templates call to set the large lines of one material."""

    def __init__(
        self, material: Material, faces: Mapping[str, Face], grid: Measures, locate: Locate
    ) -> None:
        """Set lines of `material` on a grid, collecting Problems.

        `locate` returns the place of a letter in the text that begins at a place.
        """
        self._locate = locate
        self.problems: list[Problem] = []
        self._faces = faces
        self._grid = grid
        self._language = material.language
        self._lacking: set[str] = set()  # scripts that the large words' font does not have
        self._names = titles.kept_whole(material)

    def fit(self, words: Words | str, measure: float, tallest: float | None = None) -> Fit:
        """Return a display line whose ink fills `measure`; it is at most `tallest` high."""
        face = self._face_of(words)
        return setting.fit(self._display(words, face), face, measure, tallest)

    def sized(self, words: Words | str, size: float, measure: float) -> Fit:
        """Return a display line of a given size, or smaller if it would exceed `measure`."""
        face = self._face_of(words)
        line = setting.at_size(self._display(words, face), face, size)
        return line if line.measure <= measure else self.fit(words, measure)

    def title(
        self, words: Words, measure: float, ideal: float, tallest: float | None = None
    ) -> tuple[Fit, ...]:
        """Return the lines of a title, each filling `measure`, with sizes nearest to `ideal`.

        None is higher than `tallest`.
        """
        face, gap, text = self._faces["display"], self._grid["gap"], self._display(words)
        names = self._names
        return setting.cuts(text, face, measure, ideal, gap, self._language, tallest, names)[
            -1
        ].lines

    def split(self, words: Words) -> tuple[Words, Words]:
        """Return what leads a title (its first word, or what is marked there), and the rest."""
        return titles.parts(words, self._language)

    def running(self, words: Words) -> str:
        """Return a title as it stands at the head of each page."""
        return titles.running(plain(words.text, self._language), self._language)

    def whole(self, first: Words, rest: Words, tallest: float) -> list[Fit]:
        """Return the lines of a title whose first word cannot lead, to fill `tallest`; else none.

        It cannot where it is one letter, or would be smaller than the rest; where it is so short
        that it would leave a hole beside it; and where the rest has what its author marked.
        """
        share = self._share_of_first(first, rest, tallest)
        if share > WIDE or (not rest and not setting.is_marked(first.text, self._language)):
            return []
        space = "" if first.text.endswith(setting.CHANCE) or not rest else " "
        words = replace(first, text=f"{first.text}{space}{rest.text}")
        lines = self.fill(words, self._grid["measure"], tallest)
        return [] if share and sum(line.rise for line in lines) < FULL * tallest else lines

    def _share_of_first(self, first: Words, rest: Words, tallest: float) -> float:
        """Return how much of the measure a title's first word has, set large; 0: it cannot lead."""
        is_letter = sum(map(str.isalnum, first.text)) <= 1
        if not rest or is_letter or any(titles.weights(rest.text, self._language)):
            return 0.0
        measure = self._grid["measure"]
        line = self.fit(rest, measure, self._grid["rest"])
        big = self.fit(first, measure, tallest - line.rise - self.space(line))
        return big.measure / measure if big.size > line.size else 0.0

    def under(self, rest: Words) -> list[Fit]:
        """Return the lines under a title's first word: one, or more where it would be too small."""
        measure, tallest = self._grid["measure"], self._grid["rest"]
        line = self.fit(rest, measure, tallest)
        return self.fill(rest, measure, tallest) if line.rise < LOW * tallest else [line]

    def counter(self, line: Fit) -> float:
        """Return the width that is free below a line's baseline, up to its first descender."""
        is_rtl = is_right_to_left(self._language)
        return setting.counter(line.text, self._faces["display"], line, is_rtl)

    def space(self, line: Fit) -> float:
        """Return the distance from a line's baseline to the top of the next."""
        return setting.lead(line, self._grid["gap"]) - line.rise

    def even(self, words: Words, measure: float, height: float, gap: float) -> list[Fit]:
        """Return lines of one size, the largest that `measure` and `height` allow."""
        return setting.even(
            self._display(words),
            self._faces["display"],
            measure,
            height,
            gap,
            self._language,
            self._names,
        )

    def fill(
        self, words: Words, measure: float, height: float, below: float = math.inf
    ) -> list[Fit]:
        """Return the lines of a title, each filling `measure`, that together fill `height` best.

        Descenders of the last line may hang `below` the height; deeper ones count as height.
        """
        least = titles.SMALL * self._grid["text-size"]
        place = setting.TitlePlace(measure, height, self._grid["gap"], below)
        marks = titles.weights(words.text, self._language)
        text, face = self._display(words), self._faces["display"]
        lines = setting.fill(text, face, place, self._language, marks, self._names)
        smallest = min((line.size for line in lines), default=least)
        if smallest < least and words.slot.count(".") == 1:  # a title, not an opening of a list
            problem = titles.title_small(words, smallest, self._grid["text-size"])
            self.problems.append(problem)
        return lines

    def spread(self, lines: list[Fit], height: float, below: float = math.inf) -> float:
        """Return the space between lines with which they fill `height` to the last baseline.

        Lines have more under a tail (`apart`), and the others less.
        """
        too_deep = max(0.0, lines[-1].depth - below) if lines else 0.0
        spare = height - too_deep - sum(line.rise for line in lines)
        # A hair less: CSS rounds lengths, and lines must not come out higher than their place.
        spare -= 0.01 * max(0, len(lines) - 1)
        return setting.spread(lines, self._faces["display"], spare, self._grid["gap"])

    def apart(self, upper: Fit, lower: Fit, space: float) -> float:
        """Return the distance from a line's baseline to the next one's top, in a spread title."""
        return setting.apart(upper, lower, self._faces["display"], self._grid["gap"], space)

    def clear(self, upper: Fit, lower: Fit) -> float:
        """Return the least distance from a line's baseline to the next one's top: none touch."""
        return setting.clear(upper, lower, self._faces["display"], self._grid["gap"])

    def _face_of(self, words: Words | str) -> Face:
        """Return the face of one large line: our own where that has all of it, as of telephones."""
        ours, text = self._faces.get(NUMBERS), tight(plain(str(words), self._language))
        return ours if ours and not ours.missing(text) else self._faces["display"]

    def _display(self, words: Words | str, face: Face | None = None) -> str:
        """Return the text of a display line; note a Problem for letters that the face lacks.

        Why there is no fallback to another face: a letter of another face, in a word as wide as the
        page, is the first thing that a reader sees.
        """
        text = tight(plain(str(words), self._language))
        missing = (face or self._faces["display"]).missing(text)
        if isinstance(words, Words):  # what the text face lacks too has its Problem already
            missing = "".join(c for c in missing if c not in self._faces["text"].missing(text))
        for letters in by_script(missing):
            script = script_of_letter(letters[0]) or letters
            if script in self._lacking:  # a script is told once
                continue
            self._lacking.add(script)
            place = self._locate(letters[0], words.source) if isinstance(words, Words) else None
            self.problems.append(glyph_missing(letters, place, "the font of the large words"))
        return text
