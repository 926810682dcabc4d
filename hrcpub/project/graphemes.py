"""A text to how many letters it has as people count them: grapheme clusters (UAX #29), about."""

from __future__ import annotations

import unicodedata

from hrcpub.patterns import pattern

# Signs that join the next letter to the one before (InCB=Linker, and those of Khmer and Burmese),
# and the joiner of emoji.
_LINKERS = "\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d\u1039\u17d2\u200d"
_JOINED = pattern(f"[{_LINKERS}]\\w")
# No sign before these is wide, or has no width (Unicode 15), but for the soft hyphen.
_MAYBE_WIDE = pattern("[^\u0000-\u10ff]")
_MAYBE_MARKS = pattern("[^\u0000-\u00ac\u00ae-\u02ff]")
_WITHOUT_WIDTH = frozenset({"Mn", "Me", "Mc", "Cf"})


def limit_for(text: str, limit: int) -> int:
    """Return how many letters of a text a place holds that holds `limit` Latin ones.

    Of Chinese, Japanese and Korean letters it holds half as many: each is a square.
    """
    far = "" if text.isascii() else _MAYBE_WIDE.findall(text)
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in far)
    return limit // 2 if wide > len(text) / 2 else limit


def letter_count(text: str) -> int:
    """Return how many letters, signs and spaces a reader sees.

    Marks belong to the letter that they stand at, as do the letters that Indic scripts, Khmer and
    Burmese write under it: `ខ្មែរ` is two.
    """
    if text.isascii():
        return len(text)
    joined = sum(1 for _ in _JOINED.finditer(text))
    marks = _MAYBE_MARKS.findall(text)
    narrow = sum(unicodedata.category(letter) in _WITHOUT_WIDTH for letter in marks)
    return len(text) - narrow - joined
