"""A language to the words that it tells the time with: of halves of the day, hours and minutes.

What a language calls the parts of a day (`晚上`, `вечера`, `ng gabi`), and from when to when each
goes, is CLDR's (dayPeriods, by Babel); English, which most originals are in, is here so that Babel
is not loaded for it. CLDR has none of Haitian Creole, and of Somali only letters. Ours are those of
two courses, "Ki lè li ye?" (aprannkreyolayisyen.blogspot.com, 2015/11) and "Time, Hour"
(hooyo.web.free.fr, chapter 32): no native speaker has looked over what is read here. Words are
plain: small letters, without accents.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from hrcpub.project.cldr import cldr_of
from hrcpub.project.languages import main_part

NOON, MIDNIGHT, DAY = 12 * 60, 0, 24 * 60
Spans = tuple[tuple[int, int], ...]  # minutes from midnight, first and last

# Hours are counted from sunrise, six hours after midnight, beside the clock of the world.
FROM_SUNRISE = frozenset({"am", "ti", "om", "sw", "so"})

# The part of the day stands before the hour, in others behind it.
BEFORE = frozenset({
    "am", "bn", "gu", "hi", "hu", "ja", "ko", "mr", "my", "ne", "pa", "ta", "te", "ti", "tr", "ur",
    "yue", "zh",
})  # fmt: skip

_HALVES: Mapping[str, Spans] = {"am": ((0, NOON),), "pm": ((NOON, DAY),)}


def plain_words(text: str) -> str:
    """Return words in small letters, without accents."""
    return "".join(_plain_letter(letter) for letter in unicodedata.normalize("NFC", text))


def plain_and_places(text: str) -> tuple[str, list[int]]:
    """Return the same, and where each of its characters was typed."""
    letters = [(plain, place) for place, one in enumerate(text) for plain in _plain_letter(one)]
    return "".join(one for one, _ in letters), [place for _, place in letters]


@lru_cache(maxsize=2048)
def _plain_letter(letter: str) -> str:
    """Return a letter without its accents, a digit as a Latin one; nothing for a mark alone."""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if letter in "\u00a0\u202f\u2009\t\n":
        return " "
    if letter in "’ʼ：～":  # the wide ones of Chinese and Japanese
        return {"：": ":", "～": "~"}.get(letter, "'")
    if _is_accent(letter) or unicodedata.category(letter) == "Cf":
        return ""
    apart = unicodedata.normalize("NFD", letter.lower())
    bare = "".join(sign for sign in apart if not _is_accent(sign))
    return unicodedata.normalize("NFC", bare)


def _is_accent(sign: str) -> bool:
    """Return whether a sign is an accent, or a vowel that Arabic may leave out; not of India's.

    By the classes of UAX 44: there the signs of Thai, Lao and Khmer are others, and are vowels.
    """
    kind = unicodedata.combining(sign)
    return kind >= _ACCENTS or kind in _ARABIC_VOWELS


_ACCENTS, _ARABIC_VOWELS = 200, range(27, 36)


class ClockWords(NamedTuple):
    """What a language tells the time with."""

    parts: Mapping[str, Spans]  # of the day, by what they are called
    named: Mapping[str, int]  # noon and midnight
    hour: str  # what stands behind an hour, as a regular expression
    is_by_24: bool  # whether its clock goes to 24
    language: str  # its main part


_AROUND: Mapping[int, Spans] = {
    NOON: ((NOON - 60, NOON + 120),),
    MIDNIGHT: ((DAY - 60, DAY + 60),),
}
# What stands behind an hour, with or without minutes after it: `19 h 30`, `7è30`, `19 giờ`.
_HOUR = {
    "en": "o'clock",
    "es": "h|hs|hrs?|horas?",
    "fr": "h|heures?",
    "ht": "[zktvr]?e",
    "pt": "h|hs|horas?",
    "it": "h|ore",
    "ca": "h|hores?",
    "ro": "h",
    "de": "uhr",
    "nl": "uur|u",
    "cs": "h|hod",
    "vi": "h|g|gio",
    "zh": "点钟?|點鐘?|时|時",
    "yue": "點鐘?|時",
    "ja": "時",
    "ko": "시",
    "ru": "ч|часа?|часов",
    "uk": "год|година|години|годин",
    "pl": "h",
    "th": "น|นาฬิกา|โมง",
    "lo": "ໂມງ",
    "km": "ម៉ោង",
    "my": "နာရီ",
    "hi": "बजे|बजकर",
    "ne": "बजे",
    "mr": "वाजता|वाजून",
    "bn": "টা|টায়",
    "ur": "بجے|بجکر",
    "am": "ሰዓት|ሰአት",
    "ti": "ሰዓት",
    "hmn": "teev",
    "hu": "ora|orakor",
}
MINUTE = plain_words("min|minutes|phut|分|분|мин|минут|хв|นาที|ນາທີ|នាទី|မိနစ်|मिनट|মিনিট|منٹ|ደቂቃ")
# What stands in place of the minutes, behind an hour.
_FRACTIONS = {
    "半": 30, "반": 30, "一刻": 15, "三刻": 45, "et demie": 30, "et demi": 30, "et quart": 15,
    "y media": 30, "y cuarto": 15, "e meia": 30, "e mezza": 30, "ruoi": 30, "edmi": 30,
    "e dmi": 30, "e demi": 30, "enka": 15, "កន្លះ": 30, "ครึ่ง": 30, "ເຄິ່ງ": 30, "ခွဲ": 30,
}  # fmt: skip
FRACTIONS = {plain_words(name): minutes for name, minutes in _FRACTIONS.items()}
# Before an hour, how many minutes it is from it: `halb 8` is 7:30, `half past 7` too.
PAST: Mapping[str, Mapping[str, int]] = {
    "en": {"half past": 30, "quarter past": 15, "quarter to": -15},
    "de": {"halb": -30, "viertel nach": 15, "viertel vor": -15},
    "nl": {"half": -30, "kwart over": 15, "kwart voor": -15},
    "da": {"halv": -30},
    "nb": {"halv": -30},
    "sv": {"halv": -30},
}
# What stands between two times, from one to the other.
UNTIL = frozenset({
    "-", "–", "—", "to", "until", "till", "a", "à", "al", "às", "até", "ad", "bis", "tot",
    "til", "pou", "rive", "jiska", "đến", "tới", "至", "到", "から", "~", "〜", "부터", "до", "إلى",
    "حتى", "الى", "تا", "تک", "ដល់", "ถึง", "ຫາ", "से", "থেকে", "እስከ", "ilaa", "hanggang",
    "do", "la", "hasta",
})  # fmt: skip

_MORNING, _AFTERNOON, _EVENING = ((0, NOON),), ((NOON, 18 * 60),), ((17 * 60, DAY),)
_NIGHT = ((18 * 60, DAY), (0, 6 * 60))
# What CLDR lacks.
_PARTS: Mapping[str, Mapping[str, Spans]] = {
    "en": {
        "in the morning": _MORNING, "in the afternoon": _AFTERNOON, "in the evening": _EVENING,
        "at night": _NIGHT,
    },
    "ht": {
        "dimaten": _MORNING, "di maten": _MORNING, "nan maten": _MORNING, "maten": _MORNING,
        "apremidi": _AFTERNOON, "nan apremidi": _AFTERNOON, "diswa": _EVENING, "di swa": _EVENING,
        "aswe": _EVENING, "nan aswe": _EVENING, "swa": _EVENING, "nan nwit": _NIGHT,
    },
    "so": {
        "subaxnimo": _MORNING, "subaxnimada": _MORNING, "subax": _MORNING,
        "galabnimo": _AFTERNOON, "galab": _AFTERNOON, "duhurnimo": _AFTERNOON,
        "fiidnimo": _EVENING, "fiid": _EVENING, "habeennimo": _NIGHT, "habeen": _NIGHT,
    },
    "zh": {
        "晚": _EVENING, "夜里": _NIGHT, "半夜": _NIGHT, "深夜": _NIGHT, "傍晚": _EVENING,
        "早晨": _MORNING, "早": _MORNING, "午后": _AFTERNOON,
    },
    "ko": {"새벽": _MORNING, "낮": _AFTERNOON},
    "fa": {"بعد از ظهر": ((NOON, DAY),), "قبل از ظهر": _MORNING},
    "ar": {"في الليل": _NIGHT, "عصرا": _AFTERNOON, "في المساء": _EVENING},
    "vi": {"buoi sang": _MORNING, "buoi chieu": _AFTERNOON, "buoi toi": _EVENING},
    "es": {"de la madrugada": _MORNING, "por la manana": _MORNING, "por la tarde": _AFTERNOON,
           "por la noche": _NIGHT},
    "fr": {"le matin": _MORNING, "le soir": _EVENING, "de l'apres-midi": _AFTERNOON},
    "pt": {"horas da noite": _NIGHT, "da noite": _NIGHT},
}  # fmt: skip
_NAMED = {
    "en": {"noon": NOON, "midday": NOON, "midnight": MIDNIGHT},
    "es": {"mediodia": NOON, "medianoche": MIDNIGHT},
    "ht": {"midi": NOON, "minwi": MIDNIGHT},
    "vi": {"trua": NOON, "nua dem": MIDNIGHT},
    "so": {"duhur": NOON},
}


@lru_cache(maxsize=64)
def clock_words(language: str) -> ClockWords:
    """Return what a language tells the time with."""
    main = main_part(language)
    parts = {plain_words(name): spans for name, spans in _PARTS.get(main, {}).items()}
    named = dict(_NAMED.get(main, {}))
    is_by_24 = False
    known = None if main == "en" else cldr_of(language)
    if known:
        for name, spans in known.parts_of_day.items():
            parts.setdefault(plain_words(name), spans)
        named = {plain_words(name): at for name, at in known.named_moments.items()} | named
        is_by_24 = known.is_by_24
    around = {name: _AROUND[at] for name, at in named.items()}  # "12 giờ trưa", "12 noon"
    return ClockWords(
        {**around, **parts, **_HALVES}, named, plain_words(_HOUR.get(main, "(?!)")), is_by_24, main
    )
