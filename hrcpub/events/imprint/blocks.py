"""What an imprint says, thing by thing, to lines that are broken to a width.

Each line is read in the direction of its first letter; telephones and addresses of the web from the
left. All begin at the left here: `arrange` turns the whole round for languages from the right.

A web address is never broken: at a line's end people type a hyphen that is none, or leave one out.
Where it is too wide it is set smaller. Addresses and hours are broken after a comma or a semicolon;
only where a part of them is wider than a line between their words, and never inside of a time. The
lines of a name are as even as possible.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from hrcpub.events.imprint.imprint import ImprintLine
from hrcpub.events.manifest.event import Site
from hrcpub.patterns import pattern
from hrcpub.pipeline.setting import Face, breaks
from hrcpub.project.languages import is_right_to_left

TEXT, BOLD = "text", "bold"
LEADING = 1.22  # of the size
ADDRESS_LEAST = 7.5  # points: of a web address that is too wide for its line
GAP = 0.4  # of a line: between what is said of different things
LARGER = 1.12  # of the address's size: what people look for, the name and the telephone
# Letters of scripts other than Latin, Greek, Cyrillic and Armenian.
# Ranges, and no pattern: that would be compiled for 4 ms at each start.
_STACKED = (
    ("\u0590", "\u1cff"),
    ("\u2d80", "\u2ddf"),
    ("\u2e80", "\ua63f"),
    ("\ua8e0", "\ufaff"),
    ("\ufb1d", "\ufefc"),
)
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
    is_even: bool = False  # no line is much shorter than the others
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
    yield Group((site.name.text,), BOLD, LARGER, is_even=True)
    if site.lines:
        yield Group(tuple(line.text for line in site.lines), is_apart=False, has_spans=True)
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


@lru_cache(maxsize=1024)  # a line is tried in many places
def is_from_the_right(text: str, language: str) -> bool:
    """Return the direction of a text's first letter (UAX 9, P2), else that of the language."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return is_right_to_left(language)


def has_stacks(text: str) -> bool:
    """Return whether letters of a text join, or stand over each other."""
    if text.isascii():
        return False
    least = _STACKED[0][0]
    letters = [letter for letter in text if letter >= least]
    return any(first <= letter <= last for letter in letters for first, last in _STACKED)


def depth(text: str, face: Face) -> float:
    """Return how far letters of 1 pt hang below their line."""
    return max(TAIL, -face.display_ink(text).bottom) if has_stacks(text) else TAIL


def broken(text: str, face: Face, size: float, width: float, group: Group) -> list[str] | None:
    """Return a text's lines, as few as it needs; None when a part of it is too wide.

    A text of a `group` that is whole has one line.
    """
    if group.is_whole:
        return [text] if face.display_width(text) * size <= width else None
    words = text.split()
    if face.display_width(line := " ".join(words)) * size <= width:  # as most do
        return [line] if words else []
    if group.has_spans:
        words = _spans(text, face, size, width)
    lines = _greedy(words, face, size, width)
    return _even(lines, words, face, size) if lines and group.is_even else lines


def _even(lines: list[str], words: list[str], face: Face, size: float) -> list[str]:
    """Return as many lines, those of the narrowest width that holds them."""
    joined = (
        " ".join(words[start:end])
        for start, end in itertools.combinations(range(len(words) + 1), 2)
    )
    widest = max(face.display_width(line) for line in lines)
    widths = sorted(wide for line in joined if (wide := face.display_width(line)) < widest)
    while widths:  # by halves: in less width there are more lines
        middle = len(widths) // 2
        narrower = _greedy(words, face, size, widths[middle] * size)
        if narrower and len(narrower) <= len(lines):
            lines, widths = narrower, widths[:middle]
        else:
            widths = widths[middle + 1 :]
    return lines


def _greedy(words: list[str], face: Face, size: float, width: float) -> list[str] | None:
    """Return lines of words, each as full as it goes; None when a part is too wide."""
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
    """Return the parts of an address or of hours that stay together, as far as a line holds."""
    spans: list[str] = []
    for span in _AFTER_COMMAS.split(" ".join(text.split())):
        is_narrow = face.display_width(span) * size <= width
        spans += [span] if is_narrow else _OUTSIDE_TIMES.split(span)
    return spans


_AFTER_COMMAS = pattern(r"(?<=[,;،؛]) ")
_OUTSIDE_TIMES = pattern(r" (?!(?:[ap]\.?m\.?|h|Uhr)(?!\w))")


def _parts(word: str, face: Face, size: float, width: float) -> list[tuple[str, str]]:
    """Return a word with the space before it, in parts where it is too wide for a line."""
    if face.display_width(word) * size <= width:
        return [(" ", word)]
    parts = [part for part in re.split(r"(?<=[/.?&=@_-])", word) if part]
    if len(parts) == 1:  # words without spaces between them
        ends = [place.at for place in breaks(word, face.language)]
        parts = [word[a:b] for a, b in itertools.pairwise([0, *ends, len(word)])]
    return [(" " if number == 0 else "", part) for number, part in enumerate(parts)]
