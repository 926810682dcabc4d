"""Texts to those whose letters are set into each other, whose words run together, or in a mirror.

`letter-spacing` and `word-spacing` under zero do the first two, a negative scale the third. Only
texts that have such a value are looked at, so most pages cost nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from unicodedata import bidirectional

from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset.laid_page import LaidPage, LaidText
from hrcpub.pipeline.typeset.letterforms import Letter, letters
from hrcpub.pipeline.typeset.misplaced import Misplaced
from hrcpub.pipeline.typeset.shapes import do_meet

# Shares of the size. Headlines are tracked by -0.03, and no letters meet; kerned ones share 0.03.
# Between words a reader needs a gap, and a program that copies them looks for one of 0.1.
_USUAL, _KERNED, _GAP = -0.03, 0.03, 0.1


def squeezed(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Texts whose letters are set into each other, or whose words run together."""
    for text in texts:
        letter_spacing, word_spacing = text.look.spacing
        is_tight = letter_spacing < _USUAL * text.size or word_spacing < 0
        if is_tight and "overlap" not in text.area.may and (pair := _pair(_upright(text))):
            names = tuple(letter.text for letter in pair)
            yield Misplaced("squeezed", (text,), 0.0, None, letters=names)


def mirrored(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Texts that a transform shows in a mirror."""
    for text in texts:
        matrix = text.area.matrix
        if matrix and matrix.determinant < 0 and "overlap" not in text.area.may:
            yield Misplaced("mirrored", (text,))


def _upright(text: LaidText) -> LaidText:
    """Return a text as it is before it is turned."""
    return replace(text, area=replace(text.area, matrix=None)) if text.area.matrix else text


def _pair(text: LaidText) -> tuple[Letter, Letter] | None:
    """Return the first two letters that meet, or the two about the first gap that is too small."""
    at, is_rtl, found = 0, text.line.is_rtl, list(letters(text))
    for one, other in itertools.pairwise(found[::-1] if is_rtl else found):
        if not (one.text and other.text):  # an accent is over its letter
            continue
        at = max(at, text.text.find(one.text, at))
        between = text.text.find(other.text, at + len(one.text))
        is_gap = between > at and text.text[at + len(one.text) : between].isspace()
        apart = one.box.left - other.box.right if is_rtl else other.box.left - one.box.right
        if is_gap and apart < _GAP * text.size:
            return one, other
        # Those of Arabic are joined.
        is_over = bidirectional(one.text[0]) != "AL" and apart < -_KERNED * text.size
        if is_over and do_meet(one.contours(), other.contours()):
            return one, other
    return None
