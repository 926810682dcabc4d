"""A text from right to left to its parts from left to right: telephones, addresses, doses, names.

Unicode's bidirectional algorithm alone sets "(212) 213-6376" in Arabic as "213-6376 (212)", and
"5 mg" as "mg 5": it cannot know what belongs together. So such parts are found here, and each is
set by itself, as between the signs U+2066 and U+2069 (UAX #9, 2.7). Lone numbers are left to the
algorithm: it sets them right.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import bidirectional

from hrcpub.patterns import pattern
from hrcpub.pipeline.setting.bidi import FROM_THE_RIGHT

# Sentences and lists end such a part: what follows them stands left of it. In a text in which
# nothing is from right to left, such as an English source, they do not before words of its own.
_PARTED = pattern(r"[?!:;](?=\s)|\n")
# What is from left to right without a letter: a telephone, a range, a price; digits in groups.
_NUMBER = pattern(
    r"[+]?[(]?[0-9]+(?:[)]? ?[–—-] ?[(]?[0-9]+|(?:[)] ?|[.,:/ ])[(]?[0-9]+)*[)]?(?:(?<=[0-9])[+])?"
    r"|[$€£¥] ?[0-9]+(?:[.,][0-9]+)*"
)
_PLAIN = pattern(r"[0-9]+(?:[.,:/][0-9]+)*")  # set right by the algorithm
_GROUPS = pattern(r"[0-9][,.]? [0-9]")  # two numbers, unless it is a telephone
_NO_BREAK = pattern("[\u00a0\u202f]")
_LEADS, _ENDS = "+#$€£@/", "%+°"  # signs that belong to what they touch
_WORD = pattern(r"[^\W\d_]{3,}")
_SENTENCE = 3  # words of a text that is another language's, and not a name in its own
_PAIRS = {"(": ")", "[": "]", "“": "”", "‘": "’", "«": "»"}
_ADDRESS = pattern(r"\S@\S|://|www\.|[A-Za-z]\.[A-Za-z]{2,}")
# A number that a name only follows: "2026 Narcan", but neither "5 mg" nor an address, which stands
# at the beginning or behind a sign, or has another number.
_COUNTED = pattern(r"[0-9]+(?:[.,:/][0-9]+)* (?P<name>[A-Z][a-z]{2}[^0-9]*)")
# Where a line would part a number from what it counts, or a telephone.
_HOLDING = pattern(r"(?<=[0-9)–—]) | (?=[(+]?[0-9]|[–—])")
LONGEST = 24  # characters of what is kept on one line; longer ones are words as others are


def isolates(text: str) -> list[tuple[int, int]]:
    """Return start and end of each part of a text from right to left that is from left to right."""
    spaced = _NO_BREAK.sub(" ", text)  # a telephone may hold its groups together
    is_mixed = any(bidirectional(letter) in FROM_THE_RIGHT for letter in spaced)
    runs = _runs(spaced, is_mixed=is_mixed)
    parts = [part for start, end in runs for part in _parts(spaced, start, end)]
    if not is_mixed and len(parts) == 1 and len(_WORD.findall(spaced)) >= _SENTENCE:
        # With the comma at the end of its line; but a colon there announces what stands left of it.
        return [(parts[0][0], len(text.rstrip(": \n")))]
    return parts


def held(text: str) -> str:
    """Return the text with U+00A0 for each space at which no line may end, of the same length."""
    letters = list(text)
    for start, end in isolates(text):
        for space in _HOLDING.finditer(text, start, end):
            letters[space.start()] = "\u00a0"
    return "".join(letters)


def is_whole(part: str) -> bool:
    """Return whether an isolate is kept on one line: all that is short and no address.

    A telephone or a dose is, with its unit; `1440 Broadway, Suite 510` has words, so it may break.
    """
    is_short = len(part) <= LONGEST and len(_WORD.findall(part)) < 2
    return is_short and any(map(str.isdigit, part)) and not _ADDRESS.search(part)


def _runs(text: str, *, is_mixed: bool) -> Iterator[tuple[int, int]]:
    """Yield the stretches between letters from right to left, parted where a sentence ends."""
    start = 0
    ends = {
        match.end()
        for match in _PARTED.finditer(text)
        if is_mixed or match[0] == "\n" or not _WORD.search(text, match.end())
    }
    for at, letter in enumerate(text):
        if at in ends:
            yield start, at
            start = at
        if bidirectional(letter) in FROM_THE_RIGHT:
            yield start, at
            start = at + 1
    yield start, len(text)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    strong = [at for at in range(start, end) if bidirectional(text[at]) == "L"]
    if not strong:
        yield from _numbers(text, start, end)
        return
    inner = [at for at in range(start, end) if bidirectional(text[at]) in ("L", "EN")]
    first, last = inner[0], inner[-1] + 1
    counted = _COUNTED.fullmatch(text, first, last)
    before = text[:first].rstrip()[-1:]
    if counted and before and bidirectional(before) in FROM_THE_RIGHT:
        first = counted.start("name")
    while first > start and text[first - 1] in _LEADS:
        first -= 1
    while last < end and text[last] in _ENDS:
        last += 1
    yield _with_brackets(text, (first, last), (start, end))


def _with_brackets(text: str, part: tuple[int, int], within: tuple[int, int]) -> tuple[int, int]:
    """Return the part with a bracket at its end whose other half is in it, as in "+1 (212)"."""
    first, last = part
    said = text[first:last]
    for opening, closing in _PAIRS.items():
        lacks = said.count(opening) - said.count(closing)
        if lacks > 0 and last < within[1] and text[last] == closing:
            last += 1
        if lacks < 0 and first > within[0] and text[first - 1] == opening:
            first -= 1
    return first, last


def _numbers(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield telephones, ranges and prices among what has no letters."""
    at = start
    while match := _NUMBER.search(text, at, end):
        said, at = match[0], match.end()
        groups = _GROUPS.search(said)
        if groups and sum(map(str.isdigit, said)) < 7:  # "10, 20": two numbers of a list
            at = match.start() + groups.start() + 1
            said = text[match.start() : at]
        if not _PLAIN.fullmatch(said):
            yield _with_brackets(text, (match.start(), at), (start, end))
