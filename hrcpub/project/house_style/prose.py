"""A text as a reader sees it to its `Sentence`s and words, with their places in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
# Each begins where a word does: a long row of letters and stops is gone over once.
ADDRESS = re.compile(
    r"(?<!\S)\S*?(?:://|www\.|@)\S*"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.(?:org|com|gov|net|edu|info|us|ca)\b(?:/\S*)?",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"\.(?<=\w\.)\w")  # it begins with what is rare
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|„[^“]*“|(?<!\w)‘[^’]{2,}’(?!\w)")
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?:\s+|$)|\n")
# A stop after these ends no sentence.
_SHORT = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|st|ave|blvd|rd|no|vs|e\.g|i\.e|etc|approx|dept|inc|jr|sr|sra|dra|av|ud|uds|ee|núm"
    r"|tel|ext|fig|p|pp|u\.s|a\.m|p\.m|jan|feb|aug|sept|oct|nov|dec)|(?:^|\s)[A-Z])\.$",
    re.IGNORECASE,
)


class Sentence(NamedTuple):
    """A sentence, or a line that has no verb; where it stands in its text."""

    start: int
    end: int
    text: str
    words: list[str]  # without addresses; a number is one

    @property
    def is_whole(self) -> bool:
        """Whether it ends as a sentence does: a label, a title or a name does not."""
        return self.text.rstrip("\"'”’»)]").endswith((".", "!", "?", "…"))


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text in order."""
    start = 0
    for end in _END.finditer(text):
        stop = text[: end.start() + 1]
        following = text[end.end() : end.end() + 1]
        if text[end.start()] == "." and (_SHORT.search(stop[-8:]) or following.islower()):
            continue
        yield from _one(text, start, end.end())
        start = end.end()
    yield from _one(text, start, len(text))


def _one(text: str, start: int, end: int) -> Iterator[Sentence]:
    said = text[start:end]
    bare = said.strip()
    if bare:
        first = start + said.index(bare)
        words = WORD.findall(without_addresses(bare))
        yield Sentence(first, first + len(bare), bare, words)


def without_quotations(text: str) -> str:
    """Return a text of the same length in which quotations and addresses are blank."""
    if any(sign in text for sign in "“«„‘"):
        text = _QUOTED.sub(_blank, text)
    return without_addresses(text)


def without_addresses(text: str) -> str:
    """Return a text of the same length in which addresses of the web and of mail are blank."""
    if "." not in text or not _IN_ADDRESS.search(text):  # most texts have none
        return text
    return ADDRESS.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def in_small_letters(text: str) -> str:
    """Return a text of the same length in small letters, with one kind of space and apostrophe."""
    lowered = text.lower()
    if len(lowered) != len(text):  # İ becomes two
        lowered = "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)
    return lowered.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
