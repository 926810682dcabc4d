"""A day of the calendar to the words in which a language prints it: `November 24, 2026`.

Names and patterns are those of CLDR 49 (months, format; day and month, abbreviated; long dates;
yMMMM): in tables of our own for the languages that most pieces are in, by Babel (`cldr.py`) for
the others. No date may change with a computer's locale. Spaces do not break.

CLDR has no names of months in Haitian Creole and Navajo ("2026 M11 28"), and nothing in Hmong. Ours
are those of

- Haitian Creole: the locale ht_HT of the GNU C Library, by Sugar Labs;
- Navajo: "Navajo Word of the Day" (navajowotd.com), and the list at lingalot.com/months-in-navajo,
  which agree;
- Hmong: "Hmong calendar" in the English Wikipedia (the months by number), with `Lub … Hnub Tim` as
  in the City of Minneapolis's notices in Hmong. After -b and -j `hli` is `hlis`.
"""

from __future__ import annotations

import datetime

from hrcpub.project.cldr import Cldr, cldr_of
from hrcpub.project.languages import main_part
from hrcpub.records import record


@record
class DateStyle:
    """How a language prints a day: patterns with `{day}`, `{month}` and `{year}`."""

    months: tuple[str, ...]  # twelve, from January on
    short_months: tuple[str, ...]
    day: str  # the pattern of a day and its month, for large words
    date: str  # the pattern of a whole date
    month: str = "{month} {year}"  # the pattern of a month and its year


def _months(names: str) -> tuple[str, ...]:
    """Return names of months that stand between strokes, or are of one word each."""
    return tuple(name.strip() for name in (names.split("|") if "|" in names else names.split()))


_ENGLISH = (
    _months(
        "January February March April May June July August September October November December"
    ),
    _months("Jan Feb March April May June July Aug Sept Oct Nov Dec"),
)
_SPANISH = (
    _months(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
    _months("ene feb mar abr may jun jul ago sep oct nov dic"),
)
_GERMAN = (
    _months("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    _months("Jan. Feb. März April Mai Juni Juli Aug. Sept. Okt. Nov. Dez."),
)
_HAITIAN = (
    _months("janvye fevriye mas avril me jen jiyè out septanm oktòb novanm desanm"),
    _months("jan fev mas avr me jen jiy out sep okt nov des"),
)
_NAVAJO = _months(
    "Yas Niłtʼees|Atsá Biyáázh|Wóózhchʼį́į́d|Tʼą́ą́chil|Tʼą́ą́tsoh|Yaʼiishjááshchilí|Yaʼiishjááshtsoh"
    "|Biniʼanitʼą́ą́tsʼósí|Biniʼanitʼą́ą́tsoh|Ghąąjįʼ|Níłchʼitsʼósí|Níłchʼitsoh"
)
_HMONG = _months(
    "Ib Hlis|Ob Hlis|Peb Hlis|Plaub Hlis|Tsib Hlis|Rau Hli|Xya Hli|Yim Hli|Cuaj Hlis|Kaum Hli"
    "|Kaum Ib Hlis|Kaum Ob Hlis"
)
_HMONG_STYLE = DateStyle(
    _HMONG, _HMONG, "{month} {day}", "Lub {month} Hnub Tim {day}, {year}", "Lub {month} {year}"
)
_DAY_FIRST = DateStyle(*_ENGLISH, "{day} {month}", "{day} {month} {year}")

# By the language's tag, or its main part.
STYLES = {
    "en": DateStyle(*_ENGLISH, "{month} {day}", "{month} {day}, {year}"),
    **dict.fromkeys(("en-AU", "en-GB", "en-IE", "en-IN", "en-NZ", "en-ZA"), _DAY_FIRST),
    "es": DateStyle(*_SPANISH, "{day} {month}", "{day} de {month} de {year}", "{month} de {year}"),
    "de": DateStyle(*_GERMAN, "{day}. {month}", "{day}. {month} {year}"),
    "ht": DateStyle(*_HAITIAN, "{day} {month}", "{day} {month} {year}"),
    "nv": DateStyle(_NAVAJO, _NAVAJO, "{month} {day}", "{month} {day}, {year}"),
    "hmn": _HMONG_STYLE,
    "mww": _HMONG_STYLE,  # White Hmong, where it is told apart
}


def style_of(language: str) -> DateStyle | Cldr | None:
    """Return how a language prints dates; None where nobody has said that yet."""
    style = STYLES.get(language) or STYLES.get(main_part(language))
    if style:
        return style
    known = cldr_of(language)
    return known if known and known.has_months else None


def day_in_words(date: datetime.date, style: DateStyle | Cldr) -> str:
    """Return the day and the month of a date, as short as the language has them: `Nov 24`."""
    if isinstance(style, Cldr):
        return style.day(date)
    return _said(style.day, style.short_months, date)


def date_in_words(date: datetime.date, style: DateStyle | Cldr) -> str:
    """Return a whole date: `November 24, 2026`."""
    if isinstance(style, Cldr):
        return style.date(date)
    return _said(style.date, style.months, date)


def month_in_words(date: datetime.date, style: DateStyle | Cldr) -> str:
    """Return the month and the year of a date: `November 2026`."""
    if isinstance(style, Cldr):
        return style.month(date)
    return _said(style.month, style.months, date)


def _said(pattern: str, months: tuple[str, ...], date: datetime.date) -> str:
    month = months[date.month - 1]
    text = pattern.format(day=date.day, month=month, year=date.year)
    return text.replace(" ", "\u00a0")
