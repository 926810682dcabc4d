"""What is painted on a page: texts, paths, pictures and shadings, each with its graphics state.

Places are points in the page's default user space, y upwards, before /Rotate and /UserUnit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import pikepdf

from hrcpub.pipeline.preflight.page.bounded import NumberArray, numbers
from hrcpub.pipeline.preflight.page.font_programs import Point, flattened
from hrcpub.pipeline.preflight.page.fonts import PdfFont
from hrcpub.pipeline.preflight.page.spaces import GREY, NO_INK, InkAmounts, Space, inks
from hrcpub.units import Matrix as Matrix
from hrcpub.units import Rect

Segment = tuple[bytes, tuple[float, ...]]  # m, l, c, re or h, with its numbers
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
FAR = Rect(-1e7, -1e7, 1e7, 1e7)
NOWHERE = Rect(-1e7, -1e7, -1e7, -1e7)
_CLOSE = 0.01  # points: lines that are as good as upright


def times(m: Matrix, n: Matrix) -> Matrix:
    """Return the matrix that does `m` first, then `n` (ISO 32000-2 §8.3.4)."""
    a, b, c, d, e, f = m
    g, h, i, j, k, o = n
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + o,
    )


def place(m: Matrix, x: float, y: float) -> Point:
    """Return where a matrix puts a point."""
    return (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])


def spread(m: Matrix) -> float:
    """Return by how much a matrix enlarges, on the whole."""
    return math.sqrt(abs(m[0] * m[3] - m[1] * m[2]))


def around(points: Iterable[Point]) -> Rect:
    """Return the box around points."""
    xs, ys = zip(*points, strict=True)
    return Rect(min(xs), min(ys), max(xs), max(ys))


def moved(m: Matrix, box: Rect) -> Rect:
    """Return the box around a box that a matrix has moved."""
    a, b, c, d, e, f = m
    left, bottom, right, top = box
    if b == 0 == c:
        x0, x1, y0, y1 = a * left + e, a * right + e, d * bottom + f, d * top + f
        return Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return around(
        place(m, x, y) for x, y in ((left, bottom), (right, bottom), (left, top), (right, top))
    )


class Path:
    """A path's segments in user space, and the matrix that puts them on the page."""

    __slots__ = ("_box", "matrix", "segments")

    def __init__(self, segments: list[Segment], matrix: Matrix) -> None:
        """Take over segments: operators with their numbers, all of them checked."""
        self.segments = segments
        self.matrix = matrix
        self._box: Rect | None = None

    @property
    def box(self) -> Rect:
        """The box around all points and handles."""
        if self._box is None:
            xs: list[float] = []
            ys: list[float] = []
            for operator, numbers in self.segments:
                if operator == b"re":
                    x, y, width, height = numbers
                    xs += (x, x + width)
                    ys += (y, y + height)
                else:
                    xs += numbers[::2]
                    ys += numbers[1::2]
            inner = Rect(min(xs), min(ys), max(xs), max(ys)) if xs else Rect(0, 0, 0, 0)
            self._box = moved(self.matrix, inner)
        return self._box

    @property
    def is_upright(self) -> bool:
        """Whether the matrix turns by quarters only."""
        a, b, c, d, _, _ = self.matrix
        return (b == 0 == c) or (a == 0 == d)

    @property
    def is_box(self) -> bool:
        """Whether the path is one upright rectangle."""
        if not self.is_upright:
            return False
        if len(self.segments) == 1 and self.segments[0][0] == b"re":
            return True
        lines = [numbers for operator, numbers in self.segments if operator != b"h"]
        if not 4 <= len(lines) <= 5 or self.segments[0][0] != b"m":
            return False
        if any(operator not in (b"l", b"h") for operator, _ in self.segments[1:]):
            return False
        ends = [*lines[:4], lines[0]]
        if len(lines) == 5 and lines[4] != lines[0]:
            return False
        flat = [(abs(a[0] - b[0]) < _CLOSE, abs(a[1] - b[1]) < _CLOSE) for a, b in pairwise(ends)]
        return all(x or y for x, y in flat) and flat[0] != flat[1]

    def boxes(self) -> Iterator[Rect]:
        """Yield the box of each upright rectangle of a path that is made of nothing else."""
        if self.is_upright and all(operator == b"re" for operator, _ in self.segments):
            for _, (x, y, width, height) in self.segments:
                yield moved(self.matrix, Rect(x, y, x + width, y + height))
        elif self.is_box:
            yield self.box

    def polygons(self) -> Iterator[list[Point]]:
        """Yield the subpaths on the page, curves as chords."""
        m = self.matrix
        points: list[Point] = []
        for operator, n in self.segments:
            if operator in (b"m", b"re") and len(points) > 1:
                yield points
            if operator == b"m":
                points = [place(m, n[0], n[1])]
            elif operator == b"l":
                points.append(place(m, n[0], n[1]))
            elif operator == b"c":
                handles = [place(m, n[at], n[at + 1]) for at in (0, 2, 4)]
                points += flattened(points[-1], handles, 6) if points else handles[-1:]
            elif operator == b"re":
                x, y, w, h = n
                yield [
                    place(m, *p) for p in ((x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y))
                ]
                points = [place(m, x, y)]
            elif operator == b"h" and points:
                points.append(points[0])
        if len(points) > 1:
            yield points


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
        self.fill_alpha = 1.0
        self.stroke_alpha = 1.0
        self.blend = "Normal"
        self.mask: tuple[pikepdf.Object, Matrix] | None = None
        self.fill_overprint = False
        self.stroke_overprint = False
        self.overprint_mode = 0
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
    """A string that is shown: codes with their pens, in text space; and the way to the page."""

    font: PdfFont
    glyphs: list[tuple[int, float, float]]  # code, x, y
    matrix: Matrix  # from text space to the page
    size: float
    stretch: float

    @property
    def height(self) -> float:
        """The size of the type on the page, in points."""
        return abs(self.size) * math.hypot(self.matrix[2], self.matrix[3])

    @property
    def words(self) -> str:
        """What the string says, as far as its font tells."""
        return self.font.words([code for code, _, _ in self.glyphs])

    def box(self) -> Rect | None:
        """Return the box of the ink, None when there is none."""
        size, wide = self.size, self.size * self.stretch
        extents = self.font.extents({code for code, _, _ in self.glyphs})
        inked = {code: extent for code, extent in extents.items() if extent}
        if not inked:
            return None
        left = {code: extent.left * wide for code, extent in inked.items()}
        right = {code: extent.right * wide for code, extent in inked.items()}
        xs = [x + left[code] for code, x, _ in self.glyphs if code in left]
        xs += [x + right[code] for code, x, _ in self.glyphs if code in right]
        feet = {self.glyphs[0][2]}
        if self.font.is_vertical:
            feet = {y for code, _, y in self.glyphs if code in inked}
        low = min(extent.bottom for extent in inked.values()) * size
        high = max(extent.top for extent in inked.values()) * size
        ys = [foot + edge for foot in feet for edge in (low, high)]
        return moved(self.matrix, Rect(min(xs), min(ys), max(xs), max(ys)))


class PaintedPath(NamedTuple):
    """A path that is filled or stroked, and by which rule it is filled."""

    path: Path
    is_even_odd: bool


class PaintedImage(NamedTuple):
    """An image where it stands; its unit square is put on the page by `matrix`."""

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
    """A shading where it stands."""

    name: str
    dictionary: pikepdf.Object
    matrix: Matrix  # from the shading's space to the page


Painted = PaintedText | PaintedPath | PaintedImage | PaintedShading


class Mark:
    """One thing that is painted, and how."""

    __slots__ = ("box", "depth", "is_fill", "is_pattern", "is_stroke", "painted", "state")

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
        self.is_pattern = is_pattern  # a pattern's cell: where it stands is not known
        self.depth = depth

    @property
    def has_own_inks(self) -> bool:
        """Whether its inks are its own, whatever colour is set: of pictures and shadings."""
        if isinstance(self.painted, PaintedImage):
            return not self.is_fill
        return isinstance(self.painted, PaintedShading)

    def inks(self) -> list[tuple[InkAmounts, bool]]:
        """Return the inks that are laid down, each with whether it is a stroke's."""
        if self.has_own_inks:
            return []
        laid = []
        if self.is_fill and (filled := self.state.inks()) is not None:
            laid.append((filled, False))
        if self.is_stroke and (stroked := self.state.inks(True)) is not None:
            laid.append((stroked, True))
        return laid

    @property
    def is_inked(self) -> bool:
        """Whether it lays down ink, as far as its colour tells: pictures and patterns do."""
        laid = self.inks()
        return not laid or any(inks is not NO_INK and not inks.is_white for inks, _ in laid)

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
    parts: list[Mark | TransparencyGroup] = field(default_factory=list)


def narrow(state: State, path: Path, is_even_odd: bool = False) -> None:
    """Cut the clip down to a path."""
    met = state.clip.box.meet(path.box) if path.segments else None
    if path.is_box or met is None:
        state.clip = Clip(met or NOWHERE, None, False, state.clip)
    else:
        state.clip = Clip(met, path, is_even_odd, state.clip)


def six(array: NumberArray | None) -> Matrix | None:
    """Return an array as a matrix, None when it is none."""
    parts = numbers(array, 7)
    if len(parts) != 6 or not all(abs(part) < 1e9 for part in parts):
        return None
    return (parts[0], parts[1], parts[2], parts[3], parts[4], parts[5])
