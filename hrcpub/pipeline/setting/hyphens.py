"""A text and its language to where its words may be divided, after a hyphen, in a narrow measure.

Pyphen has the patterns, which come from TeX and LibreOffice. Names, addresses and words of eight
letters and fewer stay whole, and at least three letters stand on each side: with two, a reader has
to guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from hrcpub.patterns import pattern
from hrcpub.project.languages import main_part

if TYPE_CHECKING:
    from pyphen import Pyphen

HYPHEN = "\u2010"

# English is not divided: its words are short, and the reader whom we write for stumbles. Of others
# those of which Pyphen has patterns that are in use.
_LANGUAGES = """af be bg ca cs da de el es et eu fr gl hr hu id is it lt lv nb nl nn pl pt ro ru sk
    sl sq sr sv uk zu"""
_DIVIDED = frozenset(_LANGUAGES.split())
_NAMES_ARE_NOT_TOLD = frozenset({"de"})  # all nouns have capitals, so names cannot be told
_LONG = pattern(r"(?<![\w@./:-])[^\W\d_]{9,}(?![\w@/:]|[.’'-]\w)")
_BEGINNING = pattern(r"(?:^|[.!?:…])\W*$")  # of a sentence
LEAST = 3  # letters on each side


def is_divided(language: str) -> bool:
    """Return whether words of a language are divided where they have no room."""
    return main_part(language) in _DIVIDED


def hyphens(text: str, language: str) -> Iterator[int]:
    """Yield where words may be divided: each offset is that of the letter after the hyphen."""
    for match in _LONG.finditer(text):
        if not _is_name(match[0], text[: match.start()], language):
            # The small letter of İ is two code points, and Pyphen's places were those of that word.
            word = match[0].replace("İ", "I").lower()
            yield from (match.start() + at for at in _places(word, language))


def _is_name(word: str, before: str, language: str) -> bool:
    """Return whether a word has capitals that it would not have in the midst of a sentence."""
    if not word[1:].islower():
        return True
    begins = _BEGINNING.search(before) is not None
    return word[0].isupper() and not begins and main_part(language) not in _NAMES_ARE_NOT_TOLD


@cache
def _places(word: str, language: str) -> tuple[int, ...]:
    places = _patterns(main_part(language)).positions(word)
    return tuple(at for at in places if LEAST <= at <= len(word) - LEAST)


@cache
def _patterns(language: str) -> Pyphen:
    from pyphen import Pyphen, language_fallback

    return Pyphen(lang=language_fallback(language))
