"""A text in a script without spaces to the places where its lines may end, by dictionaries.

What `breaks.py` asks, and only for texts that have such letters: it loads ICU and budoux.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from hrcpub.patterns import pattern
from hrcpub.pipeline.setting.breaks import BETWEEN_WORDS, CHANCE
from hrcpub.pipeline.setting.sense import JOINED_UNITS, holds
from hrcpub.project.languages import main_part, script_of

if TYPE_CHECKING:
    from budoux import Parser

# What a line costs that ends within a phrase, as `rag` reckons: that of Japanese is like a line
# that is 14 % off, that of Chinese like one that is 9 % off. Chinese readers expect full lines.
WITHIN = {"ja": 0.02, "zh": 0.008}

BETWEEN_SYLLABLES = 0.04  # of a long Burmese word
LONG_WORD = 14  # signs: from which on it may go on in the next line

LONGEST = 8  # letters in a row that may stay on a line without a segmenter: a name of a language

# Letters of the scripts that set no spaces, with the signs of East Asia. (Korean has spaces.)
_LETTER = (
    r"\u0e01-\u0e4e\u0e5a\u0e5b\u0e81-\u0ecf\u0edc-\u0edf\u1000-\u103f\u104a-\u108f\u109a-\u109f"
    r"\u1780-\u17dd\u1950-\u19df\u1a20-\u1aad\u3001-\u303f\u3040-\u30ff\u3100-\u312f"
    r"\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff9f\U00020000-\U0003ffff"
)
_UNSPACED = pattern(f"[{_LETTER}]")
# Word signs after which a line may end without a space: of Ethiopic (፡ ። ፣ …), Tibetan (་).
_SIGNS = "\u1361-\u1368\u0f0b"
_SIGN = pattern(f"[{CHANCE}{_SIGNS}]")
_SIGNED = pattern(f"[{_SIGNS}](?![{_SIGNS}\u0f0d-\u0f12 .,;:!?)]|$)")
_DASHED = pattern("[^ —]—(?=[^ —,.;:!?)”’])")
LONG = pattern(f"[{_LETTER}]{{{LONGEST + 1},}}")

# No line begins with these; UAX #14 leaves some of them to the dictionaries, which do not know.
_NOT_FIRST = frozenset("—–ๆฯໆຯៗ។៕៖ៈ၊။々〻゠")
_LINKS = frozenset("\u17d2\u1039\u200c\u200d\u2060")  # a sign that the next letter belongs to

# What stays on one line: telephones and other numbers with their parts, and a number with what it
# counts. Before a letter of East Asia there is no space: `5毫克`, `3時間`.
_WHOLE = pattern(
    r"[+(]?\d(?:[\d ().,:/–~～-]*\d)?"
    rf"(?: ?(?:{'|'.join(map(re.escape, sorted(JOINED_UNITS, key=len, reverse=True)))})"
    r"|[\u3040-\u30ff\u3400-\u9fff])?"
)
_EAST = pattern(r"[\u3005-\u3007\u3041-\u30ff\u3105-\u312f\u3400-\u9fff\uf900-\ufaff]+")
# A consonant of Burmese that begins a syllable: none is silent (asat), or under another (virama).
_SYLLABLE = pattern("(?<!\u1039)[\u1000-\u102a\u103f](?!\u1037?[\u1039\u103a])")
_PAUSE = pattern(r"[、。，．！？：；）」』】》〉…—]+|\s+")
_SPACES = pattern(rf"[ {CHANCE}]+")


def may_be_cut(text: str) -> bool:
    """Return whether a text has a letter of these scripts, or a sign after which a line may end."""
    return _SIGN.search(text) is not None or _UNSPACED.search(text) is not None


def places_in(text: str, language: str, *, has_dictionaries: bool) -> dict[int, float]:
    """Return where lines may begin in a text, with what it costs (`rag`) to end one before."""
    places: dict[int, float] = {}
    if has_dictionaries and _UNSPACED.search(text) and main_part(language) != "ko":
        places |= _by_dictionary(text, language)
    places |= dict.fromkeys((match.end() for match in _SPACES.finditer(text)), 0.0)
    for sign in (_SIGNED, _DASHED):
        places |= dict.fromkeys((match.end() for match in sign.finditer(text)), 0.0)
    for match in _WHOLE.finditer(text):
        for at in range(match.start() + 1, match.end()):
            places.pop(at, None)
    return places


def _by_dictionary(text: str, language: str) -> dict[int, float]:
    """Return where lines may end beside letters of scripts without spaces, with their costs."""
    from icu4py.breakers import LineBreaker

    main = main_part(language)
    # Strict: no line begins with a small kana or the sign of a long vowel (JIS X 4051).
    locale = "ja@lb=strict" if main == "ja" else main
    ends = (end for _, end in LineBreaker(text, locale).segments())
    beside = [end for end in ends if end < len(text) and _is_beside(text, end)]
    if not _EAST.search(text):
        return {**_by_syllables(text, beside), **dict.fromkeys(beside, 0.0)}
    words = set(_ends_of_words(text, main))
    # After a sign or a space a phrase is over, whatever the model says.
    phrases = {match.end() for match in _PAUSE.finditer(text)}
    within = WITHIN["ja" if _has_kana(text) else "zh"]
    if _has_kana(text) or main == "ja":
        costs = dict.fromkeys(words, BETWEEN_WORDS)
        phrases |= set(_ends(_parser("Jpan").parse(text)))
    else:
        # Only what the model and the dictionary both say: each of them cuts some words.
        costs = {}
        phrases |= words & set(_ends(_parser(script_of(language)).parse(text)))
    costs |= dict.fromkeys(phrases, 0.0)
    return {
        end: costs.get(end, within) if _EAST.fullmatch(text, end - 1, end + 1) else 0.0
        for end in beside
    }


def _by_syllables(text: str, ends: list[int]) -> dict[int, float]:
    """Return where syllables begin in Burmese words that are long: the dictionary lacks some."""
    starts = [match.start() for match in _SYLLABLE.finditer(text)]
    words = itertools.pairwise([0, *ends, len(text)])
    return {
        at: BETWEEN_SYLLABLES
        for start, end in words
        if starts and end - start > LONG_WORD
        for at in starts
        if start < at < end
    }


def _ends_of_words(text: str, language: str) -> Iterator[int]:
    """Yield where words end, of two letters and more: others are endings of Japanese words."""
    from icu4py.breakers import WordBreaker

    pieces = list(WordBreaker(text, language).segments())
    for (start, end), (_, after) in itertools.pairwise(pieces):
        if language != "ja" or (end - start > 1 and after - end > 1):
            yield end


def _is_beside(text: str, end: int) -> bool:
    """Return whether a chance is at a letter of these scripts: of others lines end at spaces."""
    before = text[:end].rstrip()[-1:]
    return text[end - 1] == " " or bool(_UNSPACED.search(before + text[end]))


def is_legal(text: str, at: int, to: int) -> bool:
    """Return whether a line may end at `at`, and the next one begin at `to`."""
    if to >= len(text):
        return False
    first, last = text[to], text[at - 1]
    if to > at and _is_held(text, at, to):
        return False
    is_joined = last in _LINKS or unicodedata.category(first).startswith("M")
    return not is_joined and first not in _NOT_FIRST


def _is_held(text: str, at: int, to: int) -> bool:
    """Return whether words at a space belong together: `Dr. Ruiz`, `5 ሚግ`."""
    before = text[:at].rpartition(" ")[2]
    after = text[to:].partition(" ")[0]
    return not _UNSPACED.search(before + after) and holds(before, after)


def _ends(pieces: Iterable[str]) -> Iterator[int]:
    at = 0
    for piece in pieces:
        at += len(piece)
        yield at


def _has_kana(text: str) -> bool:
    return re.search(r"[\u3041-\u30fa]", text) is not None


@cache
def _parser(script: str) -> Parser:
    import budoux

    loads: dict[str, Any] = {
        "Jpan": budoux.load_default_japanese_parser,
        "Hant": budoux.load_default_traditional_chinese_parser,
    }
    parser: Parser = loads.get(script, budoux.load_default_simplified_chinese_parser)()
    return parser
