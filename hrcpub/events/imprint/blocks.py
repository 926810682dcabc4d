"""What an imprint says to a `ImprintBlock`: its lines, broken to a width at one size.

Each line is read in the direction of its first letter; telephones and addresses of the web from the
left. All begin at the left here: `arrange` turns the whole round for languages from the right.

A web address is never broken: at a line's end people type a hyphen that is none, or leave one out.
Where it is too wide it is set smaller. Hours are broken after a comma or a semicolon; only where a
part of them is wider than a line between their words, and never inside of a time.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import NamedTuple

from hrcpub.events.imprint.imprint import ImprintLine
from hrcpub.events.manifest.event import Site
from hrcpub.pipeline.setting import Face, InkBox, breaks
from hrcpub.project.languages import is_right_to_left

TEXT, BOLD = "text", "bold"
LEADING = 1.22  # of the size
ADDRESS_LEAST = 7.5  # points: of a web address that is too wide for its line
GAP = 0.4  # of a line: between what is said of different things
LARGER = 1.12  # of the address's size: what people look for, the name and the telephone
# Of the leading's spare space: so much is left out above the first line, so that its capitals, and
# not the space over them, begin at the area's top.
HEAD = 1.4
CLEAR = 0.14  # of the size: between letters that stand in stacks, line over line
# Letters of scripts other than Latin, Greek, Cyrillic and Armenian.
_STACKED = re.compile("[\u0590-\u1cff\u2d80-\u2ddf\u2e80-\ua63f\ua8e0-\ufaff\ufb1d-\ufefc]")
_ALMOST = 0.999  # of a width, that what is set smaller fills
TAIL = 0.25  # of the size: how far descenders hang below the last baseline


class Group(NamedTuple):
    """What is said of one thing: texts that begin a line each."""

    texts: tuple[str, ...]
    face: str = TEXT
    scale: float = 1.0  # of the address's size
    link: str | None = None
    is_apart: bool = True  # from the group before it, by a gap
    is_whole: bool = False  # kept in one line: in two, a telephone number is dialled wrong
    least: float = 0.0  # points: down to this it is set smaller, to be in one line; 0: it is not
    has_spans: bool = False  # broken after commas rather than between words
    is_latin: bool = False  # read from the left in any language: a telephone, an address of the web


class ImprintBlock(NamedTuple):
    """Lines in their places, and what they take. `height` counts from the area's top."""

    lines: tuple[ImprintLine, ...]
    height: float
    width: float

    def moved(self, right: float) -> ImprintBlock:
        """Return the block further to the right."""
        lines = tuple(line._replace(x=line.x + right) for line in self.lines)
        return self._replace(lines=lines)


def groups(site: Site) -> Iterator[Group]:
    """Yield what an imprint says of a site, thing by thing; the web address before the extras."""
    yield Group((site.name.text,), BOLD, LARGER)
    if site.lines:
        yield Group(tuple(line.text for line in site.lines), is_apart=False)
    if site.hours:
        yield Group((site.hours.text,), has_spans=True)
    if site.tel:
        yield Group((site.tel.text,), BOLD, LARGER, site.tel_link, is_whole=True, is_latin=True)
    extras = {extra.column: extra for extra in site.extras}
    if second := extras.get("tel2"):
        yield _called(second.words.text, second.link, is_apart=not site.tel)
    if site.url:
        shown = re.sub(r"^https?://(www\.)?|/$", "", site.url.text)
        yield _called(shown, site.url.text, is_apart=not site.tel, least=ADDRESS_LEAST)
    if mail := extras.get("email"):
        is_apart = not (site.tel or site.url)
        yield _called(mail.words.text, mail.link, is_apart=is_apart, least=ADDRESS_LEAST)
    if spoken := extras.get("languages"):
        yield Group((spoken.words.text,), has_spans=True)
    if note := extras.get("note"):
        yield Group((note.words.text,))


def _called(text: str, link: str | None, *, is_apart: bool, least: float = 0.0) -> Group:
    """Return what calls or leads somewhere, and is kept in one line."""
    return Group((text,), link=link, is_apart=is_apart, is_whole=True, least=least, is_latin=True)


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
    """Groups that were broken for one imprint, so that what comes out again is not broken again.

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
        return max((size * found.least for size, found in self.groups), default=0.0)


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
    is_unbroken = len(lines) == whole_lines([group])
    return _BrokenGroup(group, tuple(lines), widest, inf if is_unbroken else measure)


def whole_lines(groups: Iterable[Group]) -> int:
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


@lru_cache(maxsize=1024)  # a line is tried in many places
def is_from_the_right(text: str, language: str) -> bool:
    """Return the direction of a text's first letter (UAX 9, P2), else that of the language."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return is_right_to_left(language)


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


def has_stacks(text: str) -> bool:
    """Return whether letters of a text join, or stand over each other."""
    return not text.isascii() and _STACKED.search(text) is not None


def depth(text: str, face: Face) -> float:
    """Return how far letters of 1 pt hang below their line."""
    return max(TAIL, -face.display_ink(text).bottom) if has_stacks(text) else TAIL


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


def broken(text: str, face: Face, size: float, width: float, group: Group) -> list[str] | None:
    """Return a text's lines, each as full as it goes; None when a part of it is too wide.

    A text of a `group` that is whole has one line.
    """
    if group.is_whole:
        return [text] if face.display_width(text) * size <= width else None
    words = text.split()
    if face.display_width(line := " ".join(words)) * size <= width:  # as most do
        return [line] if words else []
    if group.has_spans:
        words = _spans(text, face, size, width)
    lines: list[str] = []
    for joint, part in (pair for word in words for pair in _parts(word, face, size, width)):
        longer = f"{lines[-1]}{joint}{part}" if lines else part
        if lines and face.display_width(longer) * size <= width:
            lines[-1] = longer
        elif face.display_width(part) * size <= width:
            lines.append(part)
        else:
            return None
    return lines


def _spans(text: str, face: Face, size: float, width: float) -> list[str]:
    """Return the parts of hours or a list that stay together, as far as a line holds them."""
    spans: list[str] = []
    for span in _AFTER_DAYS.split(" ".join(text.split())):
        is_narrow = face.display_width(span) * size <= width
        spans += [span] if is_narrow else _OUTSIDE_TIMES.split(span)
    return spans


_AFTER_DAYS = re.compile(r"(?<=[,;]) ")
_OUTSIDE_TIMES = re.compile(r" (?!(?:[ap]\.?m\.?|h|Uhr)(?!\w))")


def _parts(word: str, face: Face, size: float, width: float) -> list[tuple[str, str]]:
    """Return a word with the space before it, in parts where it is too wide for a line."""
    if face.display_width(word) * size <= width:
        return [(" ", word)]
    parts = [part for part in re.split(r"(?<=[/.?&=@_-])", word) if part]
    if len(parts) == 1:  # words without spaces between them
        ends = [place.at for place in breaks(word, face.language)]
        parts = [word[a:b] for a, b in itertools.pairwise([0, *ends, len(word)])]
    return [(" " if number == 0 else "", part) for number, part in enumerate(parts)]
