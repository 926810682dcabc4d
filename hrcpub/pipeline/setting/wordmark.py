"""A name and a measure to a `Wordmark`: one line or two of one size, within a greatest height.

A logo signs in its place: as wide as the measure, or as high as it may be.
"""

from __future__ import annotations

from dataclasses import replace

from hrcpub.pipeline.setting.breaks import whole
from hrcpub.pipeline.setting.cut import splits
from hrcpub.pipeline.setting.face import Face
from hrcpub.pipeline.setting.fit import Fit, at_size, rise_of
from hrcpub.pipeline.setting.sense import ends_badly
from hrcpub.records import record

# The most that a wordmark's ink rises, as shares of its measure: in one line, in two. A name of 24
# letters fills the measure at 0.114. A shorter one does not grow much over that, or it would take
# the page; two lines may take a little more, or a long name would be too small to sign with.
TALLEST = (0.125, 0.16)
SPACE = 0.14  # em: from the lowest ink of a line to the top of the next
TALLEST_LOGO = TALLEST[1]  # so that layouts have room for it; a square one stays a signature
OVERSHOOT = 0.03  # em: what hangs less under the baseline is the curve of a round letter
WORTH = 1.2  # times larger: what a second line is worth


@record
class SigningLogo:
    """A picture that signs a piece. Lengths in points."""

    address: str
    alt: str  # what it says
    width: float
    height: float


@record
class Wordmark:
    """A name as it signs a piece. Lengths in points, of ink; nothing of it is outside `height`."""

    lines: tuple[Fit, ...] = ()  # none where nobody signs
    space: float = 0.0  # from the baseline of a line to the top of the next
    depth: float = 0.0  # from the last baseline down to the lowest ink
    is_in_text: bool = False  # set in the text's bold: the display face lacks one of its letters
    logo: SigningLogo | None = None  # in place of lines
    colour: str | None = None  # #rrggbb; None: as the words around it

    @property
    def height(self) -> float:
        """Return the distance from the first line's top to the lowest ink of the last."""
        if self.logo:
            return self.logo.height
        between = self.space * (len(self.lines) - 1) if self.lines else 0.0
        return sum(line.rise for line in self.lines) + between + self.depth


def wordmark(
    name: str, face: Face, measure: float, language: str = "en", is_in_text: bool = False
) -> Wordmark:
    """Return the wordmark of a name that is `measure` wide at most.

    It is never stretched: a short name stays narrower than its measure, a long one has two lines
    where they make it clearly larger. Raises ValueError when the name has no ink.
    """
    pairs = [pair for pair in splits(name, len(TALLEST), language) if len(pair) == len(TALLEST)]
    pairs = [pair for pair in pairs if not ends_badly(pair, language)] or pairs
    best = _largest([name], face, measure)
    if pairs:
        # The most even lines: their size hangs on the wider one, or on the height they share.
        even = min(pairs, key=lambda pair: _widest(pair, face))
        two = _largest(even, face, measure)
        if two.lines[0].size > WORTH * best.lines[0].size:
            best = two
    return replace(best, is_in_text=is_in_text)


def _largest(texts: list[str], face: Face, measure: float) -> Wordmark:
    """Return lines of one size, the largest that their measure and their height allow."""
    shown = [whole(text) for text in texts]
    inks = [face.display_ink(text) for text in shown]
    depths = [-ink.bottom if -ink.bottom > OVERSHOOT else 0.0 for ink in inks]
    space = max([0.0, *depths[:-1]]) + SPACE
    tall = sum(rise_of(text, face) for text in shown) + space * (len(texts) - 1) + depths[-1]
    width = max(ink.width for ink in inks)
    size = measure * min(1 / width, TALLEST[len(texts) - 1] / tall)
    lines = tuple(at_size(text, face, size) for text in texts)
    return Wordmark(lines, space * size, depths[-1] * size)


def _widest(lines: list[str], face: Face) -> float:
    return max(face.display_ink(whole(line)).width for line in lines)


def logo_size(measure: float, ratio: float) -> tuple[float, float]:
    """Return the width and height of a logo that is `ratio` times as wide as high."""
    width = min(measure, ratio * TALLEST_LOGO * measure)
    return width, width / ratio
