"""Who signs a piece to the `Wordmark` that is printed, and the words or the files in it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from hrcpub.pipeline import setting
from hrcpub.pipeline.compose.logo import MADE, SignColours, coarse, drawn_logo
from hrcpub.pipeline.setting import Face, SigningLogo, Wordmark
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.by_language import in_language
from hrcpub.project.calls import CallLine
from hrcpub.project.colours import PaletteColour
from hrcpub.project.layout import NUMBERS
from hrcpub.project.logos import OwnLogo, logo_coarse
from hrcpub.project.markup import plain
from hrcpub.project.organisation import Organisation
from hrcpub.project.words import Words

BETWEEN = 2.0  # em: between a telephone and the address beside it


@dataclass
class Signer:
    """Signs the pieces of an organisation in a language, and collects what was signed with."""

    organisation: Organisation
    language: str
    faces: Mapping[str, Face]
    paper: PaletteColour
    ink: PaletteColour
    shape: PaletteColour  # of a signature on paper
    least: float  # of words, in points
    names: dict[str, Words] = field(default_factory=dict)  # that were set, by their texts
    pictures: dict[str, bytes] = field(default_factory=dict)  # that documents bring along
    owed: dict[str, Words] = field(default_factory=dict)  # files of those to be printed, by name
    problems: list[Problem] = field(default_factory=list)

    def sign(self, measure: float, is_reversed: bool) -> Wordmark:
        """Return a signature, at most `measure` wide; empty for nobody. `is_reversed`: on black."""
        logo = self.organisation.logo
        if logo and (placed := self._logo(logo, measure, is_reversed)):
            return Wordmark(logo=placed)
        name = self.organisation.name(self.language)
        if name is None:
            return Wordmark()
        mark = self._wordmark(name, measure)
        if mark.lines[0].size < self.least and self.organisation.short:
            name = self.organisation.short
            mark = self._wordmark(name, measure)
        self.names[name.text] = name
        is_plain = is_reversed or self.shape is self.ink
        return mark if is_plain else replace(mark, colour=self.shape.screen)

    def says(self, credit: Words) -> bool:
        """Return whether a credit names who signs, and nothing else."""
        names = (self.organisation.name(self.language), self.organisation.short)
        return any(credit.text == name.text for name in names if name)

    def _logo(self, logo: OwnLogo, measure: float, is_reversed: bool) -> SigningLogo | None:
        """Return the logo in its place; None, with a Problem, where it has no form for that."""
        paper = self.paper.screen
        colours = SignColours(self.shape.screen, paper)
        if is_reversed:
            colours = SignColours(paper, self.ink.screen)
        try:
            drawn = drawn_logo(logo, colours, is_reversed)
        except HrcpubError as error:
            self.problems += error.problems
            return None
        self.pictures |= drawn.files
        file = logo.reversed if is_reversed and logo.reversed else logo.black
        self.owed[drawn.name] = file.file
        width, height = setting.logo_size(measure, file.ratio)
        if pixels := coarse(file, width):
            self.problems.append(logo_coarse(file.file, *pixels))
        alt = in_language(logo.alts, self.language)
        return SigningLogo(
            MADE + drawn.name, alt.plain(self.language) if alt else "", width, height
        )

    def _wordmark(self, name: Words, measure: float) -> Wordmark:
        """Return a name as a wordmark: in our display face, so that it is the same in any language.

        If that lacks a letter it is in the script's, else in the text's bold.
        """
        text = plain(name.text, self.language)
        ours = self.faces.get(NUMBERS)
        if ours and not ours.missing(text):
            return setting.wordmark(text, ours, measure, self.language)
        is_in_text = bool(self.faces["display"].missing(text))
        face = self.faces["bold" if is_in_text else "display"]
        return setting.wordmark(text, face, measure, self.language, is_in_text)


class ReachRows(NamedTuple):
    """How readers reach who signs, as it is printed."""

    rows: tuple[tuple[CallLine, ...], ...] = ()
    lines: int = 0  # a row of one long address may take two


def reach_rows(lines: Sequence[CallLine], face: Face, size: float, measure: float) -> ReachRows:
    """Return lines side by side where they have room, in their order."""
    rows: list[list[CallLine]] = []
    count, used = 0, math.inf
    for line in lines:
        width = sum(face.advances(line.text)) * size
        if used + BETWEEN * size + width <= measure:
            rows[-1].append(line)
            used += BETWEEN * size + width
        else:
            rows.append([line])
            used = width
            count += max(1, math.ceil(width / measure))
    return ReachRows(tuple(map(tuple, rows)), count)
