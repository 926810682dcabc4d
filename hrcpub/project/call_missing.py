"""Words that tell people to call, in a piece that gives no number: what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hrcpub.patterns import pattern
from hrcpub.problems import Problem, Severity
from hrcpub.project.words import Words

# What tells people to call, by language. In "so-called" and "a call" nobody is told to.
_CALLS = {
    "en": pattern(r"(?<![-\w])(?<!\ba )(?<!\bthe )(?:call|phone|ring|dial)\b", re.IGNORECASE),
    "es": pattern(r"\b(?:llam[ae]n?|llámanos|llámenos|marque)\b", re.IGNORECASE),
    "de": pattern(r"\b(?:ruf(?:en|t)? .{0,40}\ban|anrufen|wählen?)\b", re.IGNORECASE),
}
LABEL = "words.call-label"
_NUMBER = pattern(r"(?<!\d)(?:\d{3}|\d[\d\s().-]{5,}\d)(?!\d)")


def call_missing(texts: Iterable[Words], language: str, has_number: bool) -> list[Problem]:
    """Return a Problem where a piece tells people to call, and names no number.

    `has_number` says that its offices, or who signs it, give one.
    """
    texts = tuple(texts)
    if has_number:
        return []
    calls = _CALLS.get(language.partition("-")[0])
    told = []
    if calls and not any(_NUMBER.search(words.text) for words in texts):
        told = [_no_number(words) for words in texts if calls.search(words.plain(language))]
    labels = [words for words in texts if words.slot == LABEL]
    return (told or [_no_number(words, "says what a number is for") for words in labels])[:1]


def _no_number(words: Words, said: str = "tells people to call") -> Problem:
    """The words tell people to call, or say what a number is for, but the piece gives no number.

    Fix: name an office with a telephone at `call:`, or write the number into the words: 911. Who
    reads this in an emergency has no time to look for one. Without a number leave out `call-label`.
    """
    return Problem(
        "call-missing",
        f'"{words.slot}" {said}, and there is no number',
        words.source,
        "name an office at call:, or write the number",
        Severity.WARNING,
    )


CODES = {"call-missing": _no_number}
