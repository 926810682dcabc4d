"""A line in a `Face` to its glyphs as they are drawn, from left to right, and what each says.

For text that is drawn without WeasyPrint: what is copied and read aloud of it is what was typed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from hrcpub.pipeline.setting.bidi import in_visual_order
from hrcpub.pipeline.setting.face import Face, SetGlyph
from hrcpub.pipeline.setting.glyph_texts import glyph_texts, needs_spelling
from hrcpub.pipeline.setting.itemising import Run

_MARKS = "\u0300"  # from here on there are letters that do not stand by themselves


class SaidGlyph(NamedTuple):
    """A glyph of a line, and its part of the line's text. `glyph` has its place."""

    glyph: SetGlyph
    text: str


class SaidLine(NamedTuple):
    """A line's glyphs, and whether readers need its text beside them."""

    glyphs: tuple[SaidGlyph, ...]
    needs_spelling: bool


def said_line(
    text: str, face: Face, features: dict[str, bool] | None, *, from_the_right: bool
) -> SaidLine:
    """Return a line that is written in one direction on the whole, its glyphs from the left on."""
    glyphs = face.shaped(text, features, from_the_right)
    # Most lines: each letter has its glyph, in their order.
    if not from_the_right and len(glyphs) == len(text) and max(text, default="") < _MARKS:
        return SaidLine(tuple(map(SaidGlyph, glyphs, text)), needs_spelling=False)
    said: list[SaidGlyph] = []
    is_marked = False
    for run, drawn in _by_run(text, face.runs(text, from_the_right), glyphs):
        clusters = [glyph.cluster for glyph in drawn]
        is_back = run.level % 2 == 1
        texts = glyph_texts(text, clusters, is_right_to_left=is_back, end=run.end)
        for glyph, words in zip(drawn, texts, strict=True):
            said += _by_letter(glyph, words, face) if is_back else [SaidGlyph(glyph, words)]
        is_marked = is_marked or needs_spelling(text, clusters)
    return SaidLine(tuple(said), is_marked)


def _by_letter(glyph: SetGlyph, words: str, face: Face) -> list[SaidGlyph]:
    """Return a glyph of a run from right to left, with a space before it for each letter but one.

    Why: readers turn round what one glyph says there (`typeset/coded_text.py`).
    """
    space = face.fonts[glyph.font].font.get_nominal_glyph(ord(" "))
    if len(words) < 2 or space is None:
        return [SaidGlyph(glyph, words)]
    spaces = [
        SaidGlyph(glyph._replace(number=space, x=glyph.x + place * glyph.advance / 10), letter)
        for place, letter in enumerate(reversed(words[1:]))
    ]
    return [*spaces, SaidGlyph(glyph, words[0])]


def _by_run(
    text: str, pieces: list[Run], glyphs: list[SetGlyph]
) -> Iterator[tuple[Run, list[SetGlyph]]]:
    """Yield a line's runs from left to right, each with those of its glyphs that are drawn."""
    for number in in_visual_order([run.level for run in pieces]):
        run = pieces[number]
        drawn = [glyph for glyph in glyphs if run.start <= glyph.cluster < run.end]
        yield run, [glyph for glyph in drawn if not _is_nothing(text[glyph.cluster], glyph)]


def _is_nothing(letter: str, glyph: SetGlyph) -> bool:
    """Return whether a glyph stands for a character that is followed, and never drawn."""
    return glyph.advance == 0 and unicodedata.category(letter) == "Cf"
