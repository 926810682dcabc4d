"""Groups to an `ImprintBlock`: their lines in their places, one under the other, in a width.

Many widths and sizes are tried for one imprint. A column is broken first, and placed where it fits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import NamedTuple

from hrcpub.events.imprint.blocks import (
    GAP,
    LEADING,
    TAIL,
    Group,
    ImprintBlock,
    broken,
    depth,
    has_stacks,
    is_from_the_right,
)
from hrcpub.events.imprint.imprint import ImprintLine
from hrcpub.pipeline.setting import Face, InkBox

# Of the leading's spare space: so much is left out above the first line, so that its capitals, and
# not the space over them, begin at the area's top.
HEAD = 1.4
CLEAR = 0.14  # of the size: between letters that stand in stacks, line over line
_ALMOST = 0.999  # of a width, that what is set smaller fills


def block(
    groups: Sequence[Group],
    faces: Mapping[str, Face],
    size: float,
    width: float,
    top: float,
    most: float,
) -> ImprintBlock | None:
    """Return groups broken to a width, from `top`; `size` is the address's.

    None when a word alone is wider, or when the texts have more lines than a height of `most` has.
    """
    column = BrokenGroups(faces).column(groups, size, top, most)
    return column.block(width) if column else None


class _BrokenLine(NamedTuple):
    """A line, and whether it is read from the right."""

    text: str
    from_right: bool


@dataclass(frozen=True, slots=True, eq=False)  # each is like itself alone, to be known by
class _BrokenGroup:
    """A group's lines in each width from the least to the most. Widths are for type of 1 pt."""

    group: Group
    lines: tuple[_BrokenLine, ...]
    least: float  # the widest line
    most: float


class BrokenGroups:
    """Groups that were broken for one site, so that what comes out again is not broken again.

    Lines are the same in type twice as large and a column twice as wide. They stay as they are in
    any narrower one that holds the widest of them, and in any wider one where none is broken; words
    that are too wide are so in any narrower one.
    """

    def __init__(self, faces: Mapping[str, Face]) -> None:
        """Begin with none."""
        self.faces = faces
        self.blocks: dict[object, ImprintBlock] = {}  # by all that they are made of
        self._known: dict[Group, KnownGroup] = {}

    def column(
        self, groups: Sequence[Group], size: float, top: float, most: float
    ) -> GroupColumn | None:
        """Return groups one under the other, from `top`; `size` is the address's.

        None when the texts have more lines than a height of `most` has.
        """
        if least_height(groups, size, top) > most:
            return None
        return GroupColumn(self, [self._group(group) for group in groups], size, top)

    def _group(self, group: Group) -> KnownGroup:
        if group not in self._known:
            self._known[group] = KnownGroup(group, self.faces[group.face])
        return self._known[group]


class KnownGroup:
    """A group, and the lines that it was broken to by now."""

    def __init__(self, group: Group, face: Face) -> None:
        """Begin with the lines of a column that is as wide as need be."""
        self.group, self.face = group, face
        self.is_stacked = any(map(has_stacks, group.texts))
        whole = _broken(group, face, inf)
        self._broken = [whole] if whole else []
        self._too_narrow = whole.least if whole and group.is_whole else -inf

    def at(self, size: float, width: float) -> tuple[float, _BrokenGroup] | None:
        """Return the size and the lines in a width; None when a part is wider in the least size."""
        type_size = _narrowed(self.group, self.face, size * self.group.scale, width)
        measure = width / type_size
        for found in self._broken:
            if found.least <= measure <= found.most:
                return type_size, found
        if measure <= self._too_narrow:
            return None
        made = _broken(self.group, self.face, measure)
        if made is None:
            self._too_narrow = measure
            return None
        self._broken.append(made)
        return type_size, made


class GroupColumn(NamedTuple):
    """Groups at one size, to be broken to any width."""

    all_groups: BrokenGroups
    groups: Sequence[KnownGroup]
    size: float
    top: float

    def block(self, width: float) -> ImprintBlock | None:
        """Return the groups in a width; None when a word alone is wider."""
        found = self.broken(width)
        return self.placed(found) if found else None

    def broken(self, width: float) -> BrokenColumn | None:
        """Return the groups broken to a width, not placed yet; None when a word alone is wider."""
        # First what is in one line: where that is too wide, nothing need be broken.
        for group in self.groups:
            if group.group.is_whole and group.at(self.size, width) is None:
                return None
        broken_groups = []
        for group in self.groups:
            found = group.at(self.size, width)
            if found is None:
                return None
            broken_groups.append(found)
        return BrokenColumn(tuple(broken_groups))

    def placed(self, found: BrokenColumn) -> ImprintBlock:
        """Return the lines of broken groups in their places."""
        blocks, key = self.all_groups.blocks, (self.size, self.top, found)
        if key not in blocks:
            is_stacked = any(group.is_stacked for group in self.groups)
            faces = self.all_groups.faces
            blocks[key] = _placed(found, faces, self.size, self.top, is_stacked=is_stacked)
        return blocks[key]


class BrokenColumn(NamedTuple):
    """Groups broken to a width, each with the size of its type."""

    groups: tuple[tuple[float, _BrokenGroup], ...]

    @property
    def width(self) -> float:
        """How wide the widest line is."""
        return max([size * found.least for size, found in self.groups], default=0.0)

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return sum([len(found.lines) for _, found in self.groups])


def _broken(group: Group, face: Face, measure: float) -> _BrokenGroup | None:
    """Return a group broken to a width, both for type of 1 pt; None if a part is too wide."""
    lines: list[_BrokenLine] = []
    for text in group.texts:
        parts = broken(text, face, 1.0, measure, group)
        if parts is None:
            return None
        from_right = not group.is_latin and is_from_the_right(text, face.language)
        lines += [_BrokenLine(part, from_right) for part in parts]
    widest = max((face.display_width(line.text) for line in lines), default=0.0)
    is_unbroken = len(lines) == whole_lines((group,))
    return _BrokenGroup(group, tuple(lines), widest, inf if is_unbroken else measure)


@lru_cache(maxsize=64)  # it is asked for each try
def whole_lines(groups: tuple[Group, ...]) -> int:
    """Return how many lines texts have when none is broken: no setting has fewer."""
    return sum(bool(text.split()) for group in groups for text in group.texts)


def _placed(
    column: BrokenColumn,
    faces: Mapping[str, Face],
    size: float,
    top: float,
    *,
    is_stacked: bool,
) -> ImprintBlock:
    """Return the lines of groups, each at its size, from `top`; `size` is the address's."""
    lines: list[ImprintLine] = []
    y = foot = top
    up = size * (LEADING - 1) * HEAD
    for number, (type_size, found) in enumerate(column.groups):
        group = found.group
        if number and group.is_apart:
            y += size * LEADING * GAP
        face = faces[group.face]
        for part, from_right in found.lines:
            y += type_size * LEADING
            base = y - type_size * (LEADING - 1) / 2
            if not lines:  # accents stand above other letters, two of them far above
                up = min(up, base - top - face.display_ink(part).top * type_size)
            base -= up
            line = ImprintLine(part, group.face, type_size, 0.0, base, group.link, from_right)
            deep = TAIL
            if is_stacked:
                lower = _lower(line, lines[-1:], faces)
                y, deep = y + lower, depth(part, face)
                line = line._replace(y=base + lower)
            lines.append(line)
            foot = max(foot, line.y + deep * type_size)
    return ImprintBlock(tuple(lines), foot, column.width)


def _lower(line: ImprintLine, before: Sequence[ImprintLine], faces: Mapping[str, Face]) -> float:
    """Return how much lower a line must be for its letters to be clear of the line `before` it.

    Letters of many scripts stand in stacks, higher and deeper than Latin ones, whose leading is
    enough.
    """
    if not before or not (has_stacks(line.text) or has_stacks(before[0].text)):
        return 0.0
    foot = before[0].y - _ink(before[0], faces).bottom * before[0].size
    top = line.y - _ink(line, faces).top * line.size
    return max(0.0, foot + CLEAR * line.size - top)


def _ink(line: ImprintLine, faces: Mapping[str, Face]) -> InkBox:
    return faces[line.face].display_ink(line.text)


def least_height(groups: Sequence[Group], size: float, top: float) -> float:
    """Return how high the words are at least: each text on one line, however wide."""
    y = foot = top
    up = size * (LEADING - 1) * HEAD
    for number, group in enumerate(groups):
        if number and group.is_apart:
            y += size * LEADING * GAP
        type_size = size * group.scale
        for _ in group.texts:
            y += type_size * LEADING
            foot = max(foot, y - type_size * (LEADING - 1) / 2 - up + type_size * TAIL)
    return foot


def _narrowed(group: Group, face: Face, size: float, width: float) -> float:
    """Return the size at which a group that may be smaller is no wider than its line."""
    if not group.least:
        return size
    widest = max(face.display_width(text) for text in group.texts)
    # A hair less: what is worked out backwards is rounded.
    fitting = _ALMOST * width / widest if widest else size
    return size if size <= fitting else max(fitting, min(group.least, size))
