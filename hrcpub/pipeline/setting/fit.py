"""A line of words and a measure to a `Fit`: the size at which the line's ink fills it."""

from __future__ import annotations

from hrcpub.pipeline.setting.breaks import CHANCE, whole
from hrcpub.pipeline.setting.face import Face
from hrcpub.records import record
from hrcpub.units import css


@record
class Fit:
    """A display line set by its ink. All lengths in points, at its size.

    The box of the line begins at the ink's top and ends at the baseline. What hangs below it
    (`depth`) is left to the composition: text may be beside a descender, in the free space.
    """

    text: str
    size: float  # of the type
    left: float  # from the pen to the ink's left edge: the shift that puts ink on the margin
    right: float  # from the ink's right edge to the pen's end: the same where lines begin there
    rise: float  # from the baseline up to the ink's top; see `rise_of`
    depth: float  # from the baseline down to the lowest ink; 0 or more
    measure: float  # the ink's width
    ascent: float  # of the face: with these two, CSS places the baseline in a line box
    descent: float
    family: str = ""  # in which it is, where it is not in its language's large face
    is_glued: bool = False  # no space is between it and the next: it ends in a hyphen, or in U+200B

    @property
    def style(self) -> str:
        """CSS for a block that goes from the ink's top to the baseline.

        A line box of height H has its baseline at (H + ascent - descent) / 2 (CSS 2.2 §10.8.1), so
        H is chosen to make that the rise. `position` would be simpler, but positioned boxes are
        painted last, and a program that reads a page in the order of painting should meet the
        title first. `--right` is the shift of the ink to the right margin: system.css takes it
        where lines begin there.
        """
        line = 2 * self.rise - self.ascent + self.descent
        own = f"font-family:'{self.family}';font-variant-ligatures:none;" if self.family else ""
        return (
            f"{own}font-size:{css(self.size)};line-height:{css(line)};height:{css(self.rise)};"
            f"text-indent:{css(-self.left)};--right:{css(-self.right)}"
        )


def at_size(text: str, face: Face, size: float) -> Fit:
    """Return the line at a given size, with its box and its shift taken from the ink."""
    is_glued, text = text.endswith(CHANCE), whole(text)
    ink = face.display_ink(text)
    return Fit(
        text=text,
        size=size,
        left=ink.left * size,
        right=(face.display_width(text) - ink.right) * size,
        rise=rise_of(text, face) * size,
        depth=max(0.0, -ink.bottom * size),
        measure=ink.width * size,
        ascent=face.ascent * size,
        descent=face.descent * size,
        family=face.family,
        is_glued=is_glued,
    )


def rise_of(text: str, face: Face) -> float:
    """Return how far a line rises above its baseline, for type of 1 pt.

    Signs that have no ink up there ("…", "-", "_") rise as far as the lowest line box reaches that
    CSS can have: with less, the box's height would be negative.
    """
    lowest: float = (face.ascent - face.descent) / 2
    return max(face.display_ink(text).top, lowest)


def _width(text: str, face: Face) -> float:
    """Return how wide a line counts, for type of 1 pt: signs alone as a word (2 em)."""
    width: float = face.display_ink(text).width
    return width if any(map(str.isalnum, text)) else max(width, 2.0)


def fit(text: str, face: Face, measure: float, tallest: float | None = None) -> Fit:
    """Return the line whose ink fills `measure`, or whose rise is `tallest` if that is smaller.

    Signs alone ("-") do not fill it: they would be larger than the page.
    Raises ValueError when the text has no ink.
    """
    shown = whole(text)
    size = measure / _width(shown, face)
    if tallest is not None:
        size = min(size, tallest / rise_of(shown, face))
    return at_size(text, face, size)


def counter(text: str, face: Face, line: Fit, is_right_to_left: bool = False) -> float:
    """Return the width that is free below the baseline, from the margin to the first descender.

    The margin is that at which lines begin. The descender of a big title (the y of "Why") is part
    of the composition: text may be set in the space beside it. What hangs less than 3 % of the size
    is only the overshoot of a round letter.
    """
    tails = [ink for ink in face.display_inks(text) if -ink.bottom > 0.03]
    edges = [(ink.left * line.size - line.left, ink.right * line.size - line.left) for ink in tails]
    if is_right_to_left:
        return min((line.measure - right for _, right in edges), default=line.measure)
    return min((left for left, _ in edges), default=line.measure)
