"""The segments of a path to its box, its rectangles and its polygons on the page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hrcpub.pipeline.preflight.page.font_programs import Point, flattened
from hrcpub.pipeline.preflight.page.matrices import moved, place
from hrcpub.units import Matrix, Rect

Segment = tuple[bytes, tuple[float, ...]]  # m, l, c, re or h, with its numbers

_CLOSE = 0.01  # points: lines that are as good as upright


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
            self._box = moved(self.matrix, self._around())
        return self._box

    def _around(self) -> Rect:
        """Return the box in user space; that of one rectangle may be inside out."""
        if len(self.segments) == 1 and self.segments[0][0] == b"re":
            x, y, width, height = self.segments[0][1]
            return Rect(x, y, x + width, y + height)
        xs: list[float] = []
        ys: list[float] = []
        for operator, numbers in self.segments:
            if len(numbers) == 2:
                xs.append(numbers[0])
                ys.append(numbers[1])
            elif operator == b"re":
                x, y, width, height = numbers
                xs += (x, x + width)
                ys += (y, y + height)
            else:
                # With the handles: a curve never leaves them, and its true extent would cost more.
                xs += numbers[::2]
                ys += numbers[1::2]
        return Rect(min(xs), min(ys), max(xs), max(ys)) if xs else Rect(0, 0, 0, 0)

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
        # Four corners, and perhaps the first once more.
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

    def outlines(self) -> Iterator[Rect]:
        """Yield the box of each subpath, curves with their handles."""
        part: list[Segment] = []
        for segment in self.segments:
            if segment[0] in (b"m", b"re") and part:
                yield Path(part, self.matrix).box
                part = []
            if segment[0] != b"h":
                part.append(segment)
        if part:
            yield Path(part, self.matrix).box

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
