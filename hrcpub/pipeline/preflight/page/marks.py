"""What is painted on a page: texts, paths, pictures and shadings, each with its graphics state.

Places are points in the page's default user space, y upwards, before /Rotate and /UserUnit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

import pikepdf

from hrcpub.pipeline.preflight.page.fonts import PdfFont
from hrcpub.pipeline.preflight.page.matrices import NOWHERE, moved, spread
from hrcpub.pipeline.preflight.page.paths import Path
from hrcpub.pipeline.preflight.page.spaces import GREY, InkAmounts, Space, inks
from hrcpub.pipeline.preflight.page.steps import HANGING, NO_CODE, PenStep
from hrcpub.units import Matrix, Rect

BUTT, ROUND, SQUARE = 0, 1, 2  # ends of lines (§8.4.3.3)
MITER = 0  # corners of lines: else ROUND, or cut off (§8.4.3.4)


class Clip(NamedTuple):
    """Where paint reaches: a box, and the outlines that cut it further."""

    box: Rect
    shape: Path | list[PaintedText] | None = None  # None where the box says it all
    is_even_odd: bool = False
    outer: Clip | None = None


class State:
    """The graphics state (ISO 32000-2 §8.4.1), as far as ink depends on it."""

    ctm: Matrix
    clip: Clip

    def __init__(self, ctm: Matrix, clip: Clip) -> None:
        """Begin as a page does."""
        self.ctm = ctm
        self.clip = clip
        self.fill_space: Space = GREY
        self.fill: tuple[float, ...] = (0.0,)
        self.fill_pattern: pikepdf.Object | None = None
        self.stroke_space: Space = GREY
        self.stroke: tuple[float, ...] = (0.0,)
        self.stroke_pattern: pikepdf.Object | None = None
        self.width = 1.0
        self.cap = BUTT
        self.join = MITER
        self.miter_limit = 10.0
        self.dash: tuple[float, ...] = ()  # lengths on and off in turn, in user space; (): none
        self.dash_phase = 0.0
        self.fill_alpha = 1.0
        self.stroke_alpha = 1.0
        self.blend = "Normal"
        self.mask: tuple[pikepdf.Object, Matrix] | None = None
        self.fill_overprint = False
        self.stroke_overprint = False
        self.overprint_mode = 0
        self.has_transfer = False  # inks are turned once more before they are printed (§10.5)
        self.font: PdfFont | None = None
        self.size = 0.0
        self.character_space = 0.0
        self.word_space = 0.0
        self.stretch = 1.0
        self.leading = 0.0
        self.rise = 0.0
        self.render = 0

    def copy(self) -> State:
        """Return a state that changes on its own."""
        # Not copy.copy: a page copies its state for each of its marks, and this is several times as
        # fast.
        new = object.__new__(State)
        new.__dict__ = self.__dict__.copy()
        return new

    def inks(self, is_stroke: bool = False) -> InkAmounts | None:
        """Return the inks in force, None where a pattern is."""
        if (self.stroke_pattern if is_stroke else self.fill_pattern) is not None:
            return None
        if is_stroke:
            return inks(self.stroke_space, self.stroke)
        return inks(self.fill_space, self.fill)


class PaintedText(NamedTuple):
    """A string that is shown: the steps of its pen, in text space; and the way to the page."""

    font: PdfFont
    steps: Sequence[PenStep]
    matrix: Matrix  # from text space to the page
    size: float
    stretch: float
    rise: float  # of the line over the pen, in text space
    ink: Rect | None  # around the letters, in text space; None when they have no ink

    @property
    def height(self) -> float:
        """The size of the type on the page, in points."""
        return abs(self.size) * math.hypot(self.matrix[2], self.matrix[3])

    @property
    def codes(self) -> list[int]:
        """The codes of the letters."""
        return [step[-1] for step in self.steps if step[-1] != NO_CODE]

    @property
    def glyphs(self) -> list[tuple[int, float, float]]:
        """The letters as (code, x, y): where the pen is at each, in text space."""
        pens = accumulate((step[0] for step in self.steps), initial=0.0)
        shown = [(step[-1], pen) for step, pen in zip(self.steps, pens, strict=False)]
        if self.font.is_vertical:
            half, top = self.size * self.stretch / 2, self.rise - HANGING * self.size
            width = self.font.letters.width
            return [(c, -half * width(c), top + pen) for c, pen in shown if c != NO_CODE]
        return [(code, pen, self.rise) for code, pen in shown if code != NO_CODE]

    @property
    def words(self) -> str:
        """What the string says, as far as its font says."""
        return self.font.words(self.codes)

    def box(self) -> Rect | None:
        """Return the box of the ink on the page, None when there is none."""
        return None if self.ink is None else moved(self.matrix, self.ink)


class PaintedPath(NamedTuple):
    """A path that is filled or stroked, and by which rule it is filled."""

    path: Path
    is_even_odd: bool


class PaintedImage(NamedTuple):
    """An image in its place; `matrix` puts its unit square on the page."""

    name: str
    dictionary: pikepdf.Object  # a stream; an inline image's dictionary with the long names
    data: bytes | None  # of an inline image
    matrix: Matrix
    resources: pikepdf.Object | None

    @property
    def is_stencil(self) -> bool:
        """Whether it is a mask through which the fill's colour is laid down (§8.9.6.2)."""
        return bool(self.dictionary.get("/ImageMask", False))


class PaintedShading(NamedTuple):
    """A shading in its place."""

    name: str
    dictionary: pikepdf.Object
    matrix: Matrix  # from the shading's space to the page


Painted = PaintedText | PaintedPath | PaintedImage | PaintedShading


class Mark:
    """One thing that is painted, and how."""

    __slots__ = (
        "_inks",
        "box",
        "depth",
        "has_own_inks",
        "is_fill",
        "is_pattern",
        "is_stroke",
        "painted",
        "state",
    )

    def __init__(
        self,
        painted: Painted,
        box: Rect,
        state: State,
        is_fill: bool,
        is_stroke: bool,
        is_pattern: bool,
        depth: int,
    ) -> None:
        """Take what was painted; `box` is what the clip leaves of it."""
        self.painted = painted
        self.box = box
        self.state = state
        self.is_fill = is_fill  # with the fill's colour: of images, stencils alone
        self.is_stroke = is_stroke
        self.is_pattern = is_pattern  # a pattern's cell: its place on the page is not known
        self.depth = depth
        # Whatever colour is set: of pictures and shadings.
        is_picture = isinstance(painted, PaintedImage)
        self.has_own_inks = not is_fill if is_picture else isinstance(painted, PaintedShading)
        self._inks: list[tuple[InkAmounts, bool]] | None = None

    def inks(self) -> list[tuple[InkAmounts, bool]]:
        """Return the inks that are laid down, each with whether it is a stroke's.

        They are looked up once, however many checks ask.
        """
        if self._inks is None:
            self._inks = [] if self.has_own_inks else self._laid()
        return self._inks

    def _laid(self) -> list[tuple[InkAmounts, bool]]:
        laid = []
        if self.is_fill and (filled := self.state.inks()) is not None:
            laid.append((filled, False))
        if self.is_stroke and (stroked := self.state.inks(True)) is not None:
            laid.append((stroked, True))
        return laid

    @property
    def is_seen_through(self) -> bool:
        """Whether what is under it shows through."""
        state, painted = self.state, self.painted
        if state.blend != "Normal" or state.mask is not None:
            return True
        if isinstance(painted, PaintedImage) and "/SMask" in painted.dictionary:
            return True
        is_filled = self.is_fill or not self.is_stroke
        return (is_filled and state.fill_alpha < 1) or (self.is_stroke and state.stroke_alpha < 1)

    @property
    def is_inked(self) -> bool:
        """Whether it lays down ink, as far as its colour says: pictures and patterns do."""
        laid = self.inks()
        return not laid or not all(inks.is_white for inks, _ in laid)

    @property
    def line(self) -> float:
        """The width of its line on the page, in points; meaningful when it is a stroke."""
        return self.state.width * spread(self.state.ctm)


@dataclass(frozen=True, slots=True, eq=False)
class TransparencyGroup:
    """A transparency group that is laid over the page as a whole, in `state` (§11.4.7)."""

    box: Rect
    state: State
    is_knockout: bool = False  # its parts replace each other (§11.4.6)
    fields: pikepdf.Object | None = None  # its dictionary
    is_isolated: bool = False  # its parts do not blend with what is under it (§11.4.5)
    parts: list[Mark | TransparencyGroup] = field(default_factory=list)

    @property
    def is_plain(self) -> bool:
        """Whether it is laid down as a whole in no other way than its parts would be."""
        return self.state.fill_alpha == 1 and self.state.blend == "Normal" and not self.state.mask

    @property
    def blends(self) -> bool:
        """Whether a part of it mixes with what is under it otherwise than by its opacity."""
        return any(
            part.state.blend != "Normal"
            or (isinstance(part, TransparencyGroup) and not part.is_isolated and part.blends)
            for part in self.parts
        )


def narrow(state: State, path: Path, is_even_odd: bool = False) -> None:
    """Cut the clip down to a path."""
    met = state.clip.box.meet(path.box) if path.segments else None
    if path.is_box or met is None:
        state.clip = Clip(met or NOWHERE, None, False, state.clip)
    else:
        state.clip = Clip(met, path, is_even_odd, state.clip)
