"""A text and its language to where its lines may end: the segmenter's one door, and its words.

Most scripts set a space between words, and a line ends there. Thai, Lao, Khmer, Burmese, Chinese
and Japanese do not: dictionaries and the rules of Unicode (UAX #14) know where their words end
(ICU, through icu4py), and budoux where a Japanese or a Chinese phrase does. U+200B between words
(a space without width) is a chance in any script; so are the word signs of Amharic and Tibetan.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from hrcpub.pipeline.setting.sense import JOINED_UNITS, follows, holds, leans
from hrcpub.problems import Problem, Source
from hrcpub.project.languages import main_part, script_of

if TYPE_CHECKING:
    from budoux import Parser

CHANCE = "\u200b"  # in display lines: a line may end here, and there is no space

# What a line costs that ends within a phrase, as `rag` reckons: that of Japanese is like a line
# that is 14 % off, that of Chinese like one that is 9 % off. Chinese readers expect full lines.
# Between two words within a Japanese phrase it is half of that.
WITHIN = {"ja": 0.02, "zh": 0.008}
BETWEEN_WORDS = 0.01
LONG_PHRASE = 5  # letters: from which on a display line may end within it, between words

LEANING = 0.012  # the cost of a line that ends in "of": as much as one that is 11 % off

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
_UNSPACED = re.compile(f"[{_LETTER}]")
# Word signs after which a line may end without a space: of Ethiopic (፡ ። ፣ …), Tibetan (་).
_SIGNS = "\u1361-\u1368\u0f0b"
_MARKED = re.compile(f"[{CHANCE}{_SIGNS}{_LETTER}]")
_SIGNED = re.compile(f"[{_SIGNS}](?![{_SIGNS}\u0f0d-\u0f12 .,;:!?)]|$)")
_DASHED = re.compile("[^ —]—(?=[^ —,.;:!?)”’])")
_LONG = re.compile(f"[{_LETTER}]{{{LONGEST + 1},}}")

# No line begins with these; UAX #14 leaves some of them to the dictionaries, which do not know.
_NOT_FIRST = frozenset("—–ๆฯໆຯៗ។៕៖ៈ၊။々〻゠")
_LINKS = frozenset("\u17d2\u1039\u200c\u200d\u2060")  # a sign that the next letter belongs to

# What stays on one line: telephones and other numbers with their parts, and a number with what it
# counts. Before a letter of East Asia there is no space: `5毫克`, `3時間`.
_WHOLE = re.compile(
    r"[+(]?\d(?:[\d ().,:/–~～-]*\d)?"
    rf"(?: ?(?:{'|'.join(map(re.escape, sorted(JOINED_UNITS, key=len, reverse=True)))})"
    r"|[\u3040-\u30ff\u3400-\u9fff])?"
)
_EAST = re.compile(r"[\u3005-\u3007\u3041-\u30ff\u3105-\u312f\u3400-\u9fff\uf900-\ufaff]+")
# A consonant of Burmese that begins a syllable: none is silent (asat), or under another (virama).
_SYLLABLE = re.compile("(?<!\u1039)[\u1000-\u102a\u103f](?!\u1037?[\u1039\u103a])")
_PAUSE = re.compile(r"[、。，．！？：；）」』】》〉…—]+|\s+")
_SPACES = re.compile(rf"[ {CHANCE}]+")


class Break(NamedTuple):
    """A place where a line may end."""

    at: int  # after the last letter of the line
    to: int  # where the next line begins: `at`, or after the space
    cost: float = 0.0  # of a line that ends here, as `rag` reckons
    is_hyphen: bool = False  # it is within a word, and the line ends in a hyphen

    @property
    def is_spaced(self) -> bool:
        """Return whether the words are parted by a space, or by one without width."""
        return self.to > self.at


def is_marked(text: str, language: str = "en") -> bool:
    """Return whether lines of a text may end at more than its spaces and dashes."""
    if text.isascii() or (main_part(language) == "ko" and CHANCE not in text):
        return False
    return _MARKED.search(text) is not None


@lru_cache(maxsize=1024)  # a text is measured before it is set
def breaks(text: str, language: str = "en") -> tuple[Break, ...]:
    """Return where lines of a text may end, the end of the text apart.

    Where the segmenter is not installed, the chances are spaces and what authors typed;
    `line_breaks_unknown` says so.
    """
    places: dict[int, float] = {}
    if _UNSPACED.search(text) and main_part(language) != "ko" and has_segmenters():
        places |= _by_dictionary(text, language)
    places |= dict.fromkeys((match.end() for match in _SPACES.finditer(text)), 0.0)
    for sign in (_SIGNED, _DASHED):
        places |= dict.fromkeys((match.end() for match in sign.finditer(text)), 0.0)
    for match in _WHOLE.finditer(text):
        for at in range(match.start() + 1, match.end()):
            places.pop(at, None)
    found = [Break(len(text[:to].rstrip(f" {CHANCE}")), to, places[to]) for to in sorted(places)]
    legal = [place for place in found if place.at > 0 and _is_legal(text, place)]
    return tuple(_weighed(text, legal, language))


def _weighed(text: str, places: list[Break], language: str) -> Iterator[Break]:
    """Yield the breaks, those between a word and what leans on it with a cost."""
    ends = [place for place in places if not place.cost]
    starts = [0, *(place.to for place in ends)]
    words = zip(starts, [*(place.at for place in ends), len(text)], strict=True)
    of = {start: text[start:end] for start, end in words}
    before = dict(zip(starts[1:], of.values(), strict=False))
    for place in places:
        is_word = place.to in before and not place.is_spaced
        if is_word and (leans(before[place.to], language) or follows(of[place.to], language)):
            yield place._replace(cost=LEANING)
        else:
            yield place


def words_of(text: str, language: str = "en") -> list[str]:
    """Return the words of a text; of Japanese and Chinese, the phrases."""
    if not is_marked(text, language):
        return text.split()
    ends = [place for place in breaks(text, language) if place.cost == 0]
    starts = [0, *(place.to for place in ends)]
    pieces = zip(starts, [*(place.at for place in ends), len(text)], strict=True)
    return [word for start, end in pieces for word in text[start:end].split()]


def chances(text: str, language: str = "en") -> str:
    """Return the text of a display line, each chance without a space as U+200B and a space.

    So its words are what `split` finds, in any script, and `whole` makes the line of some of them.
    """
    if not is_marked(text, language):
        return text
    pieces, start = [], 0
    for place in _places_of_display(text, language):
        glue = " " if " " in text[place.at : place.to] else f"{CHANCE} "
        pieces.append(text[start : place.at] + glue)
        start = place.to
    return "".join([*pieces, text[start:]])


def _places_of_display(text: str, language: str) -> Iterator[Break]:
    """Yield where display lines may end: after phrases, and between words in long ones."""
    ends = [0, *(place.to for place in breaks(text, language) if not place.cost), len(text)]
    for place in breaks(text, language):
        at = bisect_right(ends, place.to - 1)
        if not place.cost or (
            ends[at] - ends[at - 1] > LONG_PHRASE and place.cost == BETWEEN_WORDS
        ):
            yield place


def whole(line: str) -> str:
    """Return a display line as it is read, without the marks of chances."""
    return line.replace(f"{CHANCE} ", "").replace(CHANCE, "") if CHANCE in line else line


@cache
def has_segmenters() -> bool:
    """Return whether the extra `scripts` is there: icu4py and budoux."""
    from importlib.util import find_spec

    return find_spec("icu4py") is not None and find_spec("budoux") is not None


def has_unknown(text: str, language: str) -> bool:
    """Return whether a text needs the segmenter, and it is not there."""
    if text.isascii() or main_part(language) == "ko":
        return False
    return _LONG.search(text) is not None and CHANCE not in text and not has_segmenters()


def line_breaks_unknown(language: str, place: Source | None) -> Problem:
    """These words have no spaces between them, and nothing here knows where their lines may end.

    Thai, Lao, Khmer, Burmese, Chinese and Japanese are written so. Programs that know their words
    are an extra of hrcpub, since they are large.

    Fix: install them: `pip install "hrcpub[scripts]"`. Or type U+200B, a space without width,
    between the words of each text: a line may end there.
    """
    return Problem(
        "line-breaks-unknown",
        f'where lines may end in "{language}" is not known: its words have no spaces between them',
        place,
        'install the extra for it: pip install "hrcpub[scripts]"; or type U+200B between words',
    )


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


def _is_legal(text: str, place: Break) -> bool:
    if place.to >= len(text):
        return False
    first, last = text[place.to], text[place.at - 1]
    if place.is_spaced and _is_held(text, place):
        return False
    is_joined = last in _LINKS or unicodedata.category(first).startswith("M")
    return not is_joined and first not in _NOT_FIRST


def _is_held(text: str, place: Break) -> bool:
    """Return whether words at a space belong together: `Dr. Ruiz`, `5 ሚግ`."""
    before = text[: place.at].rpartition(" ")[2]
    after = text[place.to :].partition(" ")[0]
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
