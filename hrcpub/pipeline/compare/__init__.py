"""Two PDFs to a `Comparison`: words as a word diff, looks as boxes, page by page.

The one comparer of hrcpub: for people (`diff`), for what was approved, and for the golden pages of
the tests. It keeps the words of the pages between two that say the same, and a part of one page's
pictures at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hrcpub.pipeline.compare.looks import differing
from hrcpub.pipeline.compare.matching import Pair, paired, sense
from hrcpub.pipeline.compare.reading import ReadFile, opened
from hrcpub.pipeline.compare.records import (
    Comparison,
    LookBox,
    LookChange,
    LookKind,
    PagePair,
    PlacedWord,
    WordChange,
)
from hrcpub.pipeline.compare.records import comparison_from_json as comparison_from_json
from hrcpub.pipeline.compare.wording import in_short as in_short
from hrcpub.pipeline.compare.wording import quoted as quoted
from hrcpub.pipeline.compare.words import WordDiff, word_diff

SAME_SIZE = 0.5  # points: less is rounding
MOST_PAGES = 12  # whose words are compared as one text


def compare(before: bytes, after: bytes, names: tuple[str, str] = ("A", "B")) -> Comparison:
    """Return how two PDFs differ; raise HrcpubError where one cannot be read.

    `names` are what messages call them.
    """
    with opened(after, names[1]) as later:
        if before == after:
            numbers = range(1, len(later) + 1)
            return Comparison(tuple(PagePair(number, number) for number in numbers))
        with opened(before, names[0]) as earlier:
            return Comparison(tuple(_compared(earlier, later)))


def _compared(earlier: ReadFile, later: ReadFile) -> Iterator[PagePair]:
    """Yield the pairs of pages, with what differs."""
    texts = [[file.text(number) for number in _numbers(file)] for file in (earlier, later)]
    pairs = paired(*([sense(text) for text in those] for those in texts))
    for run, is_worded in _runs(pairs, texts):
        diff = _diff(run, earlier, later) if is_worded else None
        for pair in run:
            yield _looked_at(pair, diff, earlier, later)


def _numbers(file: ReadFile) -> range:
    return range(1, len(file) + 1)


def _runs(
    pairs: Sequence[Pair], texts: Sequence[Sequence[str]]
) -> Iterator[tuple[list[Pair], bool]]:
    """Yield runs of pages, and whether their words differ: those are compared together."""
    run: list[Pair] = []
    for one, other in pairs:
        is_same = one and other and texts[0][one - 1] == texts[1][other - 1]
        if run and (is_same or len(run) == MOST_PAGES):
            yield run, True
            run = []
        if is_same:
            yield [(one, other)], False
        else:
            run.append((one, other))
    if run:
        yield run, True


def _diff(run: Sequence[Pair], earlier: ReadFile, later: ReadFile) -> WordDiff:
    """Return how the words of a run of pages differ; those of new and lost pages are left out."""
    before = [word for one, _ in run if one for word in earlier.words(one)]
    after = [word for _, other in run if other for word in later.words(other)]
    diff = word_diff(before, after, {one: other for one, other in run if one and other})
    new = {other for one, other in run if one is None}
    gone = {one for one, other in run if other is None}
    kept = (_without_pages(change, gone, new) for change in diff.changes)
    return diff._replace(changes=tuple(change for change in kept if change.removed or change.added))


def _without_pages(change: WordChange, gone: set[int | None], new: set[int | None]) -> WordChange:
    return change._replace(
        removed=tuple(word for word in change.removed if word.page not in gone),
        added=tuple(word for word in change.added if word.page not in new),
    )


def _looked_at(pair: Pair, diff: WordDiff | None, earlier: ReadFile, later: ReadFile) -> PagePair:
    """Return a pair of pages with its words and looks; no `diff`: its words are the same."""
    one, other = pair
    if one is None or other is None:
        file, number = (later, other) if other else (earlier, one)
        return PagePair(one, other, count=len(file.text(number or 0).split()))
    changes = diff.changes if diff else ()
    words = tuple(change for change in changes if _is_on(change, one, other))
    page = PagePair(one, other, words)
    area, other_area = earlier.area(one), later.area(other)
    if max(abs(a - b) for a, b in zip(area, other_area, strict=True)) > SAME_SIZE:
        whole = (0.0, 0.0, other_area.width, other_area.height)
        return replace(page, looks=(LookChange(whole, "size"),))
    boxes = differing((earlier, one), (later, other))
    if boxes and diff is None:  # only now does it matter where the words stand
        diff = _diff([pair], earlier, later)
    diff = diff or WordDiff((), ())
    return replace(page, looks=tuple(LookChange(box, _why(box, page, diff)) for box in boxes))


def _is_on(change: WordChange, one: int, other: int) -> bool:
    if change.added:
        return change.added[0].page == other
    return change.removed[0].page == one


def _why(box: LookBox, page: PagePair, diff: WordDiff) -> LookKind:
    """Return why a part of a page looks otherwise."""
    if any(_touches(box, word.box) for word in _changed(page, diff.changes)):
        return "words"
    for one, other in diff.moved:
        for word, number in ((one, page.before), (other, page.after)):
            if word.page == number and _touches(box, word.box):
                return "moved"
    return "drawn"


def _changed(page: PagePair, changes: Sequence[WordChange]) -> Iterator[PlacedWord]:
    """Yield the words of a page that differ, though the change may be told of another page."""
    for change in changes:
        yield from (word for word in change.removed if word.page == page.before)
        yield from (word for word in change.added if word.page == page.after)


def _touches(one: LookBox, other: LookBox) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
