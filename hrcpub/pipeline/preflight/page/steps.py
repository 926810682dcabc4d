"""Strings that are shown to the steps of a pen, and to the ink of a line of them (§9.4.4).

Letters are nearly all that a page has. So a letter is measured once for a font and a size, and a
line is a list of what was measured: nothing is made for a letter by itself.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.patterns import pattern
from hrcpub.pipeline.preflight.page.content import unhex

if TYPE_CHECKING:
    from hrcpub.pipeline.preflight.page.letters import FontLetters

# What the pen does for one code: its advance, and the left and right edge of the ink from where the
# pen is, in text space; the ink's foot and head, in ems; and the code. Without ink the edges are as
# far as can be, so that none is nearer. A tuple, since a page makes one for each pair of letters
# that it kerns.
PenStep = tuple[float, float, float, float, float, int]
NO_CODE = -1  # of a step that shows nothing
# Ems from a letter's baseline up to the pen, where it is written downwards: the default of DW2.
HANGING = 0.88
_NO_INK = (math.inf, -math.inf, math.inf, -math.inf)
_LONGEST_LINE = 1024  # bytes of a line that is kept: eighty letters have some 800
_MOST_KEPT = 1024  # strings of one letter with its kerning: a font has some hundreds


def move(by: float) -> PenStep:
    """Return the step of a pen that moves and shows nothing."""
    return (by, *_NO_INK, NO_CODE)


class Steps(dict[int, PenStep]):
    """The codes of a font to their steps, at a size and with gaps behind letters."""

    def __init__(self, letters: FontLetters, size: float, gap: float, word: float) -> None:
        """Begin empty; `gap` is added to each advance, `word` to that of the code 32."""
        self._letters, self._size, self._gap, self._word = letters, size, gap, word
        self._kerned = _KernedSteps(self, size / -1000)
        self._lines: dict[bytes, MeasuredLine] = {}

    def line(self, listing: bytes) -> MeasuredLine:
        """Return `[<0041>14<0042>]`: strings in hexadecimal, with kerning between; measured once.

        Why: what is not edited, and what a piece has in common with others, is the same lines.
        """
        known = self._lines.get(listing)
        if known is None:
            steps = self._of_listing(listing)
            known = (steps, *measured(steps))
            if len(listing) <= _LONGEST_LINE:
                self._letters.make_room_for_line()
                self._lines[listing] = known
        return known

    def _of_listing(self, listing: bytes) -> tuple[PenStep, ...]:
        """Return the steps of strings in hexadecimal, with kerning between."""
        # What stands before the first string is nothing, and behind the last the end of the array.
        strings = listing[2:-1].split(b"<")
        return (*chain.from_iterable(map(self._kerned.__getitem__, strings)),)

    def forget_lines(self) -> None:
        """Keep no line that was measured."""
        self._lines.clear()

    def __missing__(self, code: int) -> PenStep:
        letters, size = self._letters, self._size
        ink = letters.extent(code)
        advance = letters.width(code) * size + self._gap
        if code == 32:
            advance += self._word
        if ink is None:
            step: PenStep = (advance, *_NO_INK, code)
        else:
            left, right = sorted((ink.left * size, ink.right * size))
            step = (advance, left, right, ink.bottom, ink.top, code)
        self[code] = step
        return step


# A string's digits, behind its bracket, and the kerning behind the string: mostly one number.
_KERNED = pattern(rb"([0-9A-Fa-f\s]*)>([-+.\d\s]*)")


class _KernedSteps(dict[bytes, tuple[PenStep, ...]]):
    """Strings of codes of two bytes, each with its kerning (`0041>14`), to their steps."""

    def __init__(self, steps: Steps, back: float) -> None:
        self._steps, self._back = steps, back

    def __missing__(self, string: bytes) -> tuple[PenStep, ...]:
        match = _KERNED.match(string)
        if match is None:
            return ()
        digits, kern = match.groups()
        is_one = len(digits) == 4 and digits.isalnum()  # not `<00 4>`: white space counts nothing
        codes = (int(digits, 16),) if is_one else two_byte_codes(unhex(digits))
        steps = tuple(map(self._steps.__getitem__, codes))
        by = sum(map(float, kern.split())) * self._back
        if by and steps:
            *others, (advance, left, right, foot, head, code) = steps
            steps = (*others, (advance + by, left, right, foot, head, code))
        elif by:
            steps = (move(by),)
        # Longer ones hardly come twice.
        if len(codes) == 1 and len(self) < _MOST_KEPT:
            self[string] = steps
        return steps


def two_byte_codes(data: bytes) -> tuple[int, ...]:
    """Return a string's codes of two bytes; a byte that is left at its end says nothing."""
    return struct.unpack(f">{len(data) // 2}H", data[: len(data) & ~1])


class Reach(NamedTuple):
    """How far a line's ink reaches: to the sides in text space, down and up in ems."""

    left: float
    right: float
    foot: float
    head: float


# Strings that are shown at once: their steps, how far the pen goes, and the ink; None without ink.
MeasuredLine = tuple[tuple[PenStep, ...], float, Reach | None]


def measured(steps: Iterable[PenStep]) -> tuple[float, Reach | None]:
    """Return how far a pen goes from left to right, and the ink of its line; None without ink."""
    # A loop in which nothing is called: it has half the time of one function for each column.
    pen = 0.0
    low = foot = math.inf
    high = head = -math.inf
    for advance, left, right, bottom, top, _ in steps:
        left += pen
        right += pen
        if left < low:
            low = left
        if right > high:
            high = right
        if bottom < foot:
            foot = bottom
        if top > head:
            head = top
        pen += advance
    return pen, Reach(low, high, foot, head) if foot <= head else None
