"""The openings of a list to lines of one size: nothing is louder than another by its letters alone.

Each opening is cut into as few lines as the size allows, and not after a word that leans on the
next. A title fills its measure; a list is read as one.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from hrcpub.pipeline.setting.breaks import whole
from hrcpub.pipeline.setting.cut import MOST_LINES, TAIL_SHARE, CutWords
from hrcpub.pipeline.setting.face import Face
from hrcpub.pipeline.setting.fit import Fit, at_size, rise_of
from hrcpub.pipeline.setting.sense import Names


class _OpeningLine(NamedTuple):
    """What a line measures in type of 1 pt."""

    width: float
    rise: float
    depth: float


class _OpeningCut(NamedTuple):
    """One way to cut an opening: its lines, and what they measure in type of 1 pt."""

    lines: tuple[str, ...]
    width: float  # of the widest
    rises: tuple[float, ...]
    depths: tuple[float, ...]

    def height(self, size: float, gap: float, leading: float) -> float:
        """Return how high the lines are in a size, with the space that tails need below."""
        below = _clear_of(self.depths[-1], size, gap)
        return self.rises[0] * size + (len(self.rises) - 1) * leading + below

    def leading(self, size: float, gap: float) -> float:
        """Return the least distance between baselines in a size: 0 if there is one."""
        pairs = zip(self.depths, self.rises[1:], strict=False)
        return max(
            (_clear_of(depth, size, gap) + rise * size for depth, rise in pairs), default=0.0
        )


def _clear_of(depth: float, size: float, gap: float) -> float:
    """Return the distance from a baseline to what is under it; tails need less of a gap."""
    return max(gap, depth * size + gap / TAIL_SHARE)


class Openings:
    """The openings of one list, each with all ways to cut it."""

    def __init__(
        self,
        texts: Sequence[str],
        face: Face,
        measure: float,
        gap: float,
        language: str = "en",
        names: Names = (),
    ) -> None:
        """Cut texts for a measure; `gap` is the space between lines, in points."""
        self._face, self._measure, self._gap = face, measure, gap
        self._ways = [_ways(text, face, language, names) for text in texts]

    @property
    def largest(self) -> float:
        """The size at which the longest word of all fills the measure."""
        return min(
            (self._measure / min(way.width for way in ways) for ways in self._ways),
            default=self._measure,
        )

    @property
    def rise(self) -> float:
        """How far the highest line rises, in type of 1 pt."""
        rises = (rise for ways in self._ways for rise in ways[0].rises)
        return max(rises, default=1.0)

    def heights(self, size: float) -> list[float]:
        """Return how high each opening is in a size."""
        leading = self.leading(size)
        return [self._way(ways, size).height(size, self._gap, leading) for ways in self._ways]

    def leading(self, size: float) -> float:
        """Return the distance between baselines: alike in all openings, with tails or without."""
        leadings = (self._way(ways, size).leading(size, self._gap) for ways in self._ways)
        return max(leadings, default=0.0)

    def counts(self, size: float) -> list[int]:
        """Return how many lines each opening has in a size."""
        return [len(self._way(ways, size).lines) for ways in self._ways]

    def lines(self, size: float) -> list[tuple[Fit, ...]]:
        """Return each opening's lines in a size."""
        return [
            tuple(at_size(line, self._face, size) for line in self._way(ways, size).lines)
            for ways in self._ways
        ]

    def _way(self, ways: Sequence[_OpeningCut], size: float) -> _OpeningCut:
        """Return the first way that fits the measure; the narrowest, where none does."""
        fitting = (way for way in ways if way.width * size <= self._measure + 1e-6)
        return next(fitting, None) or min(ways, key=lambda way: way.width)


# A piece's words are set again when others give way, and when one of them is changed.
@lru_cache(maxsize=256)
def _ways(text: str, face: Face, language: str, names: Names) -> tuple[_OpeningCut, ...]:
    """Return the ways to cut an opening, the best first: few lines, whole phrases, even widths."""
    words = CutWords(text, language, names)
    measured: dict[str, _OpeningLine] = {}  # the same lines come in many ways
    ways = [
        (
            len(way.lines),
            words.bad(way) + words.torn(way) + words.parted(way) / 2,
            _way(words.lines(way), face, measured),
        )
        for way in words.ways(MOST_LINES)
    ]
    ways.sort(key=lambda way: (way[0], way[1], way[2].width))
    # Of as many lines, only those that no better way is narrower than.
    return tuple(
        way
        for _, group in itertools.groupby(ways, key=lambda way: way[0])
        for _, _, way in _narrowing(list(group))
    )


def _narrowing(ways: list[tuple[int, float, _OpeningCut]]) -> list[tuple[int, float, _OpeningCut]]:
    kept: list[tuple[int, float, _OpeningCut]] = []
    for way in ways:
        if not kept or way[2].width < kept[-1][2].width:
            kept.append(way)
    return kept


def _way(lines: Sequence[str], face: Face, measured: dict[str, _OpeningLine]) -> _OpeningCut:
    """Return a way to cut an opening; its lines are `measured` once."""
    for line in lines:
        if line not in measured:
            measured[line] = _measured(whole(line), face)
    widths, rises, depths = zip(*(measured[line] for line in lines), strict=True)
    return _OpeningCut(tuple(lines), max(widths), rises, depths)


def _measured(line: str, face: Face) -> _OpeningLine:
    ink = face.display_ink(line)
    return _OpeningLine(max(ink.width, 1e-6), rise_of(line, face), max(0.0, -ink.bottom))
