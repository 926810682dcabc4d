"""What a comparison found, in words: "2 words, page 2", and which words they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hrcpub.pipeline.compare.records import Comparison, PagePair, PlacedWord, WordChange

MOST_QUOTED = 3  # changes of words that one line tells
LONGEST = 60  # characters that are quoted of each side


class DifferencePart(NamedTuple):
    """A kind of difference, and the pages that have it.

    `kind` is words (then `many` says how many), moved, looks, new or gone.
    """

    kind: str
    pages: tuple[int, ...]
    many: int = 0


def parts_of(comparison: Comparison) -> list[DifferencePart]:
    """Return what differs, by its kinds, in the order in which it is told."""
    parts = []
    worded = [page for page in comparison.pages if page.words]
    if worded:
        count = sum(change.size for page in worded for change in page.words)
        parts.append(DifferencePart("words", _numbers(worded), count))
    for kinds, name in ((("moved",), "moved"), (("drawn", "size"), "looks")):
        looked = [
            page
            for page in comparison.pages
            if page.before and page.after and any(look.kind in kinds for look in page.looks)
        ]
        if looked:
            parts.append(DifferencePart(name, _numbers(looked)))
    new = [page for page in comparison.pages if page.before is None]
    gone = [page for page in comparison.pages if page.after is None]
    if new:
        parts.append(DifferencePart("new", _numbers(new)))
    if gone:
        parts.append(DifferencePart("gone", _numbers(gone)))
    return parts


def _numbers(which: Sequence[PagePair]) -> tuple[int, ...]:
    return tuple(sorted({page.number for page in which}))


def in_short(comparison: Comparison) -> str:
    """Return in a line what differs, and where: "2 words, page 2; looks, page 4"."""
    return "; ".join(map(_part, parts_of(comparison))) or "no difference"


def _part(part: DifferencePart) -> str:
    where = pages(part.pages)
    if part.kind == "words":
        return f"{part.many:,} word{'s' * (part.many != 1)}, {where}"
    if part.kind in ("new", "gone"):
        return f"{part.kind}: {where}"
    return f"{'words moved' if part.kind == 'moved' else part.kind}, {where}"


def pages(numbers: Sequence[int]) -> str:
    """Return pages as people name them: "page 2", "pages 1 and 3", "pages 1 to 8"."""
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    names = [
        f"{span[0]} to {span[-1]}" if len(span) > 2 else " and ".join(map(str, span))
        for span in spans
    ]
    return (
        f"pages {', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else f"pages {names[0]}"
    )


def quoted(changes: Iterable[WordChange], most: int = MOST_QUOTED) -> str:
    """Return which words differ: `"Monday" is now "Tuesday"`; of many, the first ones."""
    listed = list(changes)
    said = [_said(change) for change in listed[:most]]
    if len(listed) > most:
        said.append(f"and {len(listed) - most} more")
    return "; ".join(said)


def _said(change: WordChange) -> str:
    removed, added = f'"{_cut(change.removed)}"', f'"{_cut(change.added)}"'
    if not change.added:
        return f"{removed} is gone"
    return f"{removed} is now {added}" if change.removed else f"{added} is new"


def _cut(words: Sequence[PlacedWord]) -> str:
    text = joined(words)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 2].rstrip()} …"


def joined(words: Sequence[PlacedWord]) -> str:
    """Return words as a text: with spaces where there were any."""
    parts = [("" if word.is_close else " ") + word.text for word in words]
    return "".join(parts).strip()
