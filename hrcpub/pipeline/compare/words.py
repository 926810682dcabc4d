"""The words of two runs of pages to those that differ: words that moved are not among them.

First the words are compared as two texts, over the ends of pages, so that what flows on to the next
page is the same. Of what is left, words at the same place are the same, whatever is read before
them; so are blocks, and runs of words long enough to be known, that stand elsewhere now. Shorter
runs count as words: "not" in another sentence is another sentence.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hrcpub.pipeline.compare.common_ends import common_ends
from hrcpub.pipeline.compare.records import LookBox, PlacedWord, WordChange

MOVES = 4  # words: fewer, in the midst of others, are not taken for the same ones elsewhere
NEAR = 2.0  # points: how far a word may be from where it was, and be at its place
CONTEXT = 4  # words before and behind a change, for who reads it
MOST = 30_000  # words of a run that are compared as a text; of longer ones, place by place

WordRun = Sequence[PlacedWord]
Opcode = tuple[str, int, int, int, int]  # what, and from where to where, before and after


class WordDiff(NamedTuple):
    """What became of words: those that differ, and the boxes of those that stand elsewhere."""

    changes: tuple[WordChange, ...]
    moved: tuple[tuple[PlacedWord, PlacedWord], ...]  # the same word before and after


class _Hunk(NamedTuple):
    removed: list[PlacedWord]
    added: list[PlacedWord]
    lead: WordRun = ()
    tail: WordRun = ()


def word_diff(before: WordRun, after: WordRun, pages: dict[int, int]) -> WordDiff:
    """Return how two texts differ. `pages` has the later number of each page of the earlier one."""
    hunks: list[_Hunk] = []
    same: list[tuple[PlacedWord, PlacedWord]] = []
    for kind, i, i_end, j, j_end in _opcodes(before, after):
        if kind == "equal":
            same += zip(before[i:i_end], after[j:j_end], strict=True)
        else:
            hunk = _Hunk(list(before[i:i_end]), list(after[j:j_end]))
            around = after[max(0, j - CONTEXT) : j], after[j_end : j_end + CONTEXT]
            hunks += (part._replace(lead=around[0], tail=around[1]) for part in _apart(hunk))
    hunks = _without(hunks, same, _at_their_places(hunks, pages))
    hunks = _without(hunks, same, _elsewhere(hunks, before, after))
    changes = [WordChange(*map(tuple, hunk)) for hunk in hunks if hunk.removed or hunk.added]
    moved = [pair for pair in same if _has_moved(*pair, pages)]
    return WordDiff(tuple(changes), tuple(moved))


def _opcodes(before: WordRun, after: WordRun) -> Iterator[Opcode]:
    return opcodes([word.text for word in before], [word.text for word in after])


def opcodes(one: Sequence[str], other: Sequence[str]) -> Iterator[Opcode]:
    """Yield what became of words, as difflib says it: what is the same, and what is in its place.

    Runs of words that are very long are taken for others as a whole.
    """
    head, tail = common_ends(one, other)
    end, other_end = len(one) - tail, len(other) - tail
    yield "equal", 0, head, 0, head
    if max(end, other_end) - head > MOST:
        yield "replace", head, end, head, other_end
    else:
        matcher = difflib.SequenceMatcher(None, one[head:end], other[head:other_end], False)
        for kind, i, i_end, j, j_end in matcher.get_opcodes():
            yield kind, i + head, i_end + head, j + head, j_end + head
    yield "equal", end, len(one), other_end, len(other)


def _apart(hunk: _Hunk) -> Iterator[_Hunk]:
    """Yield a hunk; words that are the same but for a hyphen at a line's end are taken out."""
    removed, added = hunk.removed, hunk.added
    if len(removed) == len(added):
        pairs = list(zip(removed, added, strict=True))
        if any(_is_same_but_hyphen(*pair) for pair in pairs):
            for one, other in pairs:
                if not _is_same_but_hyphen(one, other):
                    yield _Hunk([one], [other])
            return
    yield hunk


def _is_same_but_hyphen(one: PlacedWord, other: PlacedWord) -> bool:
    is_joined = one.is_joined or other.is_joined
    return is_joined and _bare(one.text) == _bare(other.text)


def _bare(text: str) -> str:
    return text.replace("-", "").replace("\u2010", "").replace("\u2011", "")


SameWords = list[tuple[PlacedWord, PlacedWord]]


def _without(hunks: list[_Hunk], same: SameWords, found: SameWords) -> list[_Hunk]:
    """Return hunks without words that were found to be the same, which `same` gets."""
    same += found
    gone = {id(word) for pair in found for word in pair}
    return [
        hunk._replace(
            removed=[word for word in hunk.removed if id(word) not in gone],
            added=[word for word in hunk.added if id(word) not in gone],
        )
        for hunk in hunks
    ]


def _at_their_places(hunks: list[_Hunk], pages: dict[int, int]) -> SameWords:
    """Return words that stand where they stood, though others are read before them now."""
    by_text: dict[tuple[int, str], list[PlacedWord]] = defaultdict(list)
    for hunk in hunks:
        for word in hunk.added:
            by_text[word.page, word.text].append(word)
    pairs: SameWords = []
    for hunk in hunks:
        for word in hunk.removed:
            others = by_text[pages.get(word.page, 0), word.text]
            for other in others:
                if _is_near(word.box, other.box):
                    pairs.append((word, other))
                    others.remove(other)
                    break
    return pairs


def _elsewhere(hunks: list[_Hunk], before: WordRun, after: WordRun) -> SameWords:
    """Return the words of runs that stand elsewhere now: long ones, or whole blocks."""
    sizes = _block_sizes(before), _block_sizes(after)
    by_text: dict[str, list[tuple[list[PlacedWord], int]]] = defaultdict(list)
    for hunk in hunks:
        for at, word in enumerate(hunk.added):
            by_text[word.text].append((hunk.added, at))
    taken: set[int] = set()
    pairs: SameWords = []
    for hunk in hunks:
        at = 0
        while at < len(hunk.removed):
            run = _longest(hunk.removed, at, by_text[hunk.removed[at].text], taken)
            if _is_known(run, sizes):
                pairs += run
                taken |= {id(other) for _, other in run}
            at += len(run) if _is_known(run, sizes) else 1
    return pairs


def _longest(
    removed: list[PlacedWord],
    start: int,
    places: list[tuple[list[PlacedWord], int]],
    taken: set[int],
) -> SameWords:
    """Return the longest run from a word on that is elsewhere too, word by word."""
    best: SameWords = []
    for added, at in places:
        run: SameWords = []
        for one, other in zip(removed[start:], added[at:], strict=False):
            if one.text != other.text or id(other) in taken:
                break
            run.append((one, other))
        best = max(best, run, key=len)
    return best


def _is_known(run: SameWords, sizes: tuple[dict[tuple[int, int], int], ...]) -> bool:
    """Return whether a run is the same words elsewhere: long enough, or whole blocks in both."""
    if len(run) >= MOVES:
        return True
    return bool(run) and all(
        _are_whole([pair[side] for pair in run], sizes[side]) for side in (0, 1)
    )


def _are_whole(words: list[PlacedWord], sizes: dict[tuple[int, int], int]) -> bool:
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for word in words:
        counts[word.page, word.block] += 1
    return all(sizes[block] == count for block, count in counts.items())


def _block_sizes(words: WordRun) -> dict[tuple[int, int], int]:
    sizes: dict[tuple[int, int], int] = defaultdict(int)
    for word in words:
        sizes[word.page, word.block] += 1
    return sizes


def _has_moved(one: PlacedWord, other: PlacedWord, pages: dict[int, int]) -> bool:
    return pages.get(one.page) != other.page or not _is_near(one.box, other.box, 0.5)


def _is_near(one: LookBox, other: LookBox, most: float = NEAR) -> bool:
    return all(abs(edge - other_edge) <= most for edge, other_edge in zip(one, other, strict=True))
