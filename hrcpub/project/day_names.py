"""What people call days of the week, in many languages, to the days: `Mo-Do`, `từ thứ 2 đến thứ 6`.

English and Spanish are here, so that Babel is loaded for the others alone; those have CLDR's names
(whole, abbreviated and short). Of Haitian Creole it has none: ours are those of the locale ht_HT
of the GNU C Library. A text is read in one language as a whole, and where two disagree (`Do` is a
Thursday in German and a Sunday in Spanish), nobody guesses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from hrcpub.patterns import pattern
from hrcpub.project.cldr import cldr_of
from hrcpub.project.clock_words import plain_words

ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# By the script of their letters, as Unicode's names of letters begin. Not of more languages that
# are written in Latin letters: the fewer there are, the fewer days are two.
_LANGUAGES = {
    "LATIN": ("de", "fr", "ht", "it", "pt", "vi", "tl", "so", "pl"),
    "CYRILLIC": ("ru", "uk"),
    "ARABIC": ("ar", "fa", "ur"),
    "HEBREW": ("he",),
    "DEVANAGARI": ("hi", "ne"),
    "BENGALI": ("bn",),
    "ETHIOPIC": ("am", "ti"),
    "KHMER": ("km",),
    "LAO": ("lo",),
    "MYANMAR": ("my",),
    "THAI": ("th",),
    "CJK": ("zh", "ja"),
    "HANGUL": ("ko",),
}
_SPANISH = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
_HAITIAN = ("lendi", "madi", "mèkredi", "jedi", "vandredi", "samdi", "dimanch")
_ALSO = {"so": {4: frozenset({"jimce"})}}  # beside CLDR's Jimco
_SHORT_HAITIAN = ("len", "mad", "mèk", "jed", "van", "sam", "dim")
_CHINESE = pattern("(?:周|星期|礼拜|週|禮拜)?([一二三四五六日天])")
_CHINESE_DAYS = "一二三四五六日"
_SONNABEND = pattern("sonnabends?|sa")  # a Saturday, which begins as a Sunday does

_SAID: dict[str, range] = {
    **dict.fromkeys(
        (
            "daily", "every day", "todos los dias", "diario", "taglich", "jeden tag",
            "tous les jours", "chaque jour", "chak jou", "toulejou", "tou le jou", "tutti i giorni",
            "todos os dias", "diariamente", "hang ngay", "moi ngay", "araw-araw", "maalin kasta",
            "codziennie", "ежедневно", "каждый день", "без выходных", "щодня", "يوميا", "كل يوم",
            "هر روز", "روزانہ", "प्रतिदिन", "በየቀኑ", "រាល់ថ្ងៃ", "រៀងរាល់ថ្ងៃ", "ທຸກວັນ", "ทุกวัน",
            "每天", "每日", "毎日", "매일",
        ),
        range(7),
    ),
    **dict.fromkeys(
        (
            "weekdays", "dias laborables", "en semaine", "jours ouvrables", "wochentags",
            "dias uteis", "giorni feriali", "ngay trong tuan", "будни", "по будням", "будние дни",
            "工作日", "平日", "평일",
        ),
        range(5),
    ),
    **dict.fromkeys(
        (
            "weekends", "weekend", "fines de semana", "week-end", "le week-end", "wochenende",
            "am wochenende", "wikenn", "fins de semana", "fine settimana", "cuoi tuan", "выходные",
            "周末", "週末", "주말",
        ),
        range(5, 7),
    ),
}  # fmt: skip
_SETS = {plain_words(name): days for name, days in _SAID.items()}
# Before a span: "from Monday", "du lundi".
FROM = pattern(
    r"(?:(?:from|de|du|von|vom|da|dal|từ|tu|depi|od|с|со|з|من|mula) |[从從])", re.IGNORECASE
)
RANGE = pattern(
    r"\s*(?:[-–—~〜～至到]|から|부터|ដល់|እስከ|ถึง|ຫາ"
    r"|\b(?:to|through|a(?!\.? ?m\b)|al|à|às|au|bis|rive|pou|ate|até|đen|đến|по|до|إلى|الى|حتى|تا"
    r"|ilaa|hanggang)\b)\s*",
    re.IGNORECASE,
)
AND = pattern(
    r"\s*(?:[,;/&+،、，；]|和|及|និង|እና|\sو(?=\S)"
    r"|\b(?:and|y|e|et|und|ak|và|va|i|и|і|та|iyo|at)\b)\s*",
    re.IGNORECASE,
)


class DayReading(NamedTuple):
    """What a text says in some languages."""

    days: frozenset[int]  # 0 is Monday
    languages: tuple[str, ...]


def days_read(text: str) -> tuple[DayReading, ...]:
    """Return the days that a text names: none where it names none, several where two are meant."""
    plain = re.sub("-feiras?", "", " ".join(plain_words(text).split()))  # Portuguese
    if plain in _SETS:
        return (DayReading(frozenset(_SETS[plain]), ("en",)),)
    readings: dict[frozenset[int], tuple[str, ...]] = {}
    for language in _languages(plain):
        if days := _days(plain, (language,)):
            readings[days] = (*readings.get(days, ()), language)
    if not readings and (mixed := _days(plain, ("en", "es"))):
        readings[mixed] = ("en", "es")
    return tuple(DayReading(days, languages) for days, languages in readings.items())


def _languages(plain: str) -> Iterator[str]:
    """Yield the languages that a text may be in, by its letters.

    Latin letters that English knows are English; what Spanish alone has may be cut short elsewhere.
    """
    script = script_of_letters(plain)
    if script == "LATIN":
        yield "en"
        if _days(plain, ("en",)):
            return
        yield "es"
        if _days(plain, ("es",)) and not re.search(r"\b(?:do|di)\b", plain):
            return
    yield from _LANGUAGES.get(script, ())


def script_of_letters(plain: str) -> str:
    """Return the script of the first letter, as Unicode's names of letters begin: `LATIN`."""
    letter = next(filter(str.isalpha, plain), " ")
    return unicodedata.name(letter, "").partition(" ")[0]


def _days(plain: str, languages: tuple[str, ...]) -> frozenset[int] | None:
    """Return the days that a text names in languages; None when anything in it is no day."""
    days = set[int]()
    begins = FROM.match(plain)
    rest = plain[begins.end() :] if begins and not _day(plain, plain, languages) else plain
    for part in filter(None, AND.split(rest)):
        ends = [_day(end, plain, languages) for end in RANGE.split(part)]
        if None in ends or len(ends) > 2:
            return None
        first, last = ends[0] or 0, ends[-1] or 0
        days |= {day % 7 for day in range(first, last + (7 if last < first else 0) + 1)}
    return frozenset(days) or None


def _day(typed: str, whole: str, languages: tuple[str, ...]) -> int | None:
    """Return a day by its name or the beginning of it, in one or many: Mondays, Tues., mié."""
    word = typed.strip(". ")
    found = (_in_language(word, whole, language) for language in languages)
    return next((day for day in found if day is not None), None)


def _in_language(word: str, whole: str, language: str) -> int | None:
    if language in ("en", "es"):
        return _by_beginning(word, ENGLISH if language == "en" else _SPANISH)
    if language == "zh":
        return _chinese(word, whole)
    if language == "vi" and re.match("th?u? ?[2-7]", whole) and re.fullmatch("[2-7]", word):
        return int(word) - 2
    if language == "de" and _SONNABEND.fullmatch(word):
        return 5
    names = _names(language)
    exact = next((day for day, called in enumerate(names) if word in called), None)
    if exact is not None or language not in _INFLECTED:
        return exact
    found = (day for day, called in enumerate(names) if any(_begins(word, n) for n in called))
    return next(found, None)


def _by_beginning(word: str, names: tuple[str, ...]) -> int | None:
    for day, name in enumerate(names):
        if len(word) >= 2 and (name.startswith(word) or word == f"{name}s"):
            return day
    return None


def _chinese(word: str, whole: str) -> int | None:
    """Return a day of Chinese, whose second one may have its number alone: 周一至五."""
    match = _CHINESE.fullmatch(word)
    if not match or not _CHINESE.match(whole) or len(whole) < 2 or whole[0] in _CHINESE_DAYS:
        return None
    return _CHINESE_DAYS.index("日" if match[1] == "天" else match[1])


_LONG = 4  # letters of a name that may have an ending: Montags, lundis, пятницу
_INFLECTED = frozenset({"de", "fr", "it", "pt", "pl", "ru", "uk"})


def _begins(word: str, name: str) -> bool:
    stem = name[:-1] if "а" <= name[0] <= "я" else name
    return len(name) > _LONG and word.startswith(stem) and len(word) - len(name) <= 2


@lru_cache(maxsize=64)
def names_of_days(language: str) -> tuple[frozenset[str], ...]:
    """Return what each day is called, from Monday on, whole and cut short; () where none is known.

    Not of English and Spanish, whose days may be cut anywhere.
    """
    if language == "ht":
        return tuple(map(frozenset, zip(_HAITIAN, _SHORT_HAITIAN, strict=True)))
    known = cldr_of(language)
    return known.day_names if known else ()


@lru_cache(maxsize=64)
def _names(language: str) -> tuple[frozenset[str], ...]:
    """Return the same as it is compared: plain."""
    return tuple(
        frozenset(plain_words(name).removesuffix("-feira").strip(". ") for name in names)
        | _ALSO.get(language, {}).get(day, frozenset())
        for day, names in enumerate(names_of_days(language))
    )
