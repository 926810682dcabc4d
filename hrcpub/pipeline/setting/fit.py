"""A line of words and a measure to a `Fit`: the size at which the line's ink is the measure."""

from __future__ import annotations

from dataclasses import dataclass

from hrcpub.pipeline.setting.face import DISPLAY_FEATURES, Face
from hrcpub.units import css


@dataclass(frozen=True, slots=True)
class Fit:
    """A display line set by its ink. All lengths in points, at its size.

    The line's box begins at the ink's top and ends at the baseline; what hangs below (`depth`)
    is left to the composition: sometimes text sits in the counter that a tail leaves.
    """

    text: str
    size: float  # of the type
    left: float  # from the pen to the ink's left edge: the shift that puts ink on the margin
    rise: float  # from the baseline up to the ink's top
    depth: float  # from the baseline down to the ink's foot; 0 or more
    measure: float  # the ink's width
    ascent: float  # the face's, by which CSS places the baseline in a line box
    descent: float

    @property
    def style(self) -> str:
        """CSS for a block whose top is the ink's top and whose foot is the baseline.

        A line box of height H puts the baseline at (H + ascent - descent) / 2 (CSS 2.2 §10.8.1):
        H is chosen so that this is the rise. Nothing is positioned, since positioned boxes are
        painted last, and a program that reads a page as it is painted should meet the title first.
        """
        line = 2 * self.rise - self.ascent + self.descent
        return (
            f"font-size:{css(self.size)};line-height:{css(line)};height:{css(self.rise)};"
            f"text-indent:{css(-self.left)}"
        )


def at_size(text: str, face: Face, size: float) -> Fit:
    """Return the line at a given size, its box and shift taken from the ink."""
    ink = face.display_ink(text)
    return Fit(
        text=text,
        size=size,
        left=ink.left * size,
        rise=ink.top * size,
        depth=max(0.0, -ink.bottom * size),
        measure=ink.width * size,
        ascent=face.ascent * size,
        descent=face.descent * size,
    )


def fit(text: str, face: Face, measure: float, tallest: float | None = None) -> Fit:
    """Return the line whose ink fills `measure`, or whose rise is `tallest` when that is smaller.

    Raises ValueError when the text has no ink.
    """
    ink = face.display_ink(text)
    size = measure / ink.width
    if tallest is not None:
        size = min(size, tallest / ink.top)
    return at_size(text, face, size)


def counter(text: str, face: Face, line: Fit) -> float:
    """Return the width that is free below the baseline, from the margin to the first tail.

    The descender of a big title is part of the composition (the y of "Why"): text may sit in the
    counter it leaves. A tail is ink that hangs deeper than a round letter's overshoot (3 % of
    the size).
    """
    tails = [
        ink.left * line.size - line.left
        for ink in face.glyph_inks(text, DISPLAY_FEATURES)
        if -ink.bottom > 0.03
    ]
    return min(tails, default=line.measure)
