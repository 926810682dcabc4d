"""What a comparison of two files found: plain records, which become JSON for other programs.

Boxes are left, top, right and bottom in points, from the upper left corner of the page as it is
shown (its CropBox), y downwards. Pages count from 1. `before` and `after` are the two files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

LookBox = tuple[float, float, float, float]
LookKind = Literal["words", "moved", "drawn", "size"]


class PlacedWord(NamedTuple):
    """A word where it stands: as PDFium reads it, in the order in which it is read."""

    text: str
    page: int
    box: LookBox
    line: int  # of its page, from 0
    is_whole_line: bool = False
    is_joined: bool = False  # put together from two lines: whether it had a hyphen is not known
    is_close: bool = False  # no space before it: signs of scripts that have none
    block: int = 0  # of its page: lines that stand together, of one size


class WordChange(NamedTuple):
    """Words that stand in the place of others. One side may be empty: left out, or put in."""

    removed: tuple[PlacedWord, ...]
    added: tuple[PlacedWord, ...]
    lead: tuple[PlacedWord, ...] = ()  # the words before them, in the later file
    tail: tuple[PlacedWord, ...] = ()  # and those behind them

    @property
    def size(self) -> int:
        """How many words differ, as people count: two for two others are two."""
        return max(len(self.removed), len(self.added))

    @property
    def page(self) -> int:
        """The page on which people look for it: of the later file, if there are words on it."""
        return (self.added or self.removed)[0].page


class LookChange(NamedTuple):
    """A part of a page that looks otherwise.

    `kind` is why: its `words` changed; the same words have `moved`; something is `drawn` otherwise;
    or the page has another `size`.
    """

    box: LookBox
    kind: LookKind


@dataclass(frozen=True, slots=True)
class PagePair:
    """Two pages that belong together, and what differs; None: it is in one of the files only."""

    before: int | None
    after: int | None
    words: tuple[WordChange, ...] = ()
    looks: tuple[LookChange, ...] = ()
    count: int = 0  # words on it, where it is in one of the files only

    @property
    def is_same(self) -> bool:
        """Whether a reader sees the same."""
        return bool(self.before and self.after) and not self.words and not self.looks

    @property
    def number(self) -> int:
        """The page's number, in the later file if it is there."""
        return self.after or self.before or 0

    @property
    def own_looks(self) -> tuple[LookChange, ...]:
        """What looks otherwise, and not because its words are others."""
        return tuple(look for look in self.looks if look.kind != "words")

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "before": self.before,
            "after": self.after,
            "same": self.is_same,
            "words": [_change_fields(change) for change in self.words],
            "looks": [{"kind": look.kind, "box": _rounded(look.box)} for look in self.looks],
            "count": self.count,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two files, page by page, in the order of the later one."""

    pages: tuple[PagePair, ...]

    @property
    def is_same(self) -> bool:
        """Whether a reader sees the same on all pages."""
        return all(page.is_same for page in self.pages)

    @property
    def changed(self) -> tuple[PagePair, ...]:
        """The pages that differ."""
        return tuple(page for page in self.pages if not page.is_same)

    @property
    def words(self) -> tuple[WordChange, ...]:
        """All words that differ, page by page."""
        return tuple(change for page in self.pages for change in page.words)

    def as_json(self) -> dict[str, Any]:
        """Return plain values; all that `comparison_from_json` needs."""
        return {"same": self.is_same, "pages": [page.as_json() for page in self.pages]}


def comparison_from_json(fields: dict[str, Any]) -> Comparison:
    """Return the Comparison that `as_json` wrote."""
    return Comparison(tuple(_pair(page) for page in fields["pages"]))


def _pair(fields: dict[str, Any]) -> PagePair:
    return PagePair(
        fields["before"],
        fields["after"],
        tuple(
            WordChange(*(_words(change[side]) for side in WordChange._fields))
            for change in fields["words"]
        ),
        tuple(LookChange(_box(look["box"]), look["kind"]) for look in fields["looks"]),
        fields["count"],
    )


def _change_fields(change: WordChange) -> dict[str, Any]:
    return {side: _word_fields(words) for side, words in change._asdict().items()}


def _word_fields(words: Sequence[PlacedWord]) -> list[dict[str, Any]]:
    return [
        {"text": word.text, "page": word.page, "box": _rounded(word.box)}
        | ({"close": True} if word.is_close else {})
        for word in words
    ]


def _words(fields: Sequence[dict[str, Any]]) -> tuple[PlacedWord, ...]:
    return tuple(
        PlacedWord(
            word["text"], word["page"], _box(word["box"]), 0, is_close=word.get("close", False)
        )
        for word in fields
    )


def _rounded(box: LookBox) -> list[float]:
    return [round(edge, 2) for edge in box]


def _box(edges: Sequence[float]) -> LookBox:
    left, top, right, foot = edges
    return left, top, right, foot
