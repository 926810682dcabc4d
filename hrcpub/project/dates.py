"""A day of the calendar to the words in which a language prints it: `November 24, 2026`.

Names and patterns are those of CLDR 49 (months, format; day and month, abbreviated; long dates;
yMMMM), in tables of our own, as for hours: no date may change with a computer's locale. Spaces do
not break.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How a language prints a day: patterns with `{day}`, `{month}` and `{year}`."""

    months: str  # twelve, from January on
    short_months: str
    day: str  # the pattern of a day and its month, for large words
    date: str  # the pattern of a whole date
    month: str = "{month} {year}"  # the pattern of a month and its year


_ENGLISH = (
    "January February March April May June July August September October November December",
    "Jan Feb March April May June July Aug Sept Oct Nov Dec",
)
_SPANISH = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago sep oct nov dic",
)
_GERMAN = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "Jan. Feb. März April Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
)
_DAY_FIRST = DateStyle(*_ENGLISH, "{day} {month}", "{day} {month} {year}")

# By the language's tag, or its main part.
STYLES = {
    "en": DateStyle(*_ENGLISH, "{month} {day}", "{month} {day}, {year}"),
    **dict.fromkeys(("en-AU", "en-GB", "en-IE", "en-IN", "en-NZ", "en-ZA"), _DAY_FIRST),
    "es": DateStyle(*_SPANISH, "{day} {month}", "{day} de {month} de {year}", "{month} de {year}"),
    "de": DateStyle(*_GERMAN, "{day}. {month}", "{day}. {month} {year}"),
}


def style_of(language: str) -> DateStyle | None:
    """Return how a language prints dates; None where nobody has said that yet."""
    return STYLES.get(language) or STYLES.get(language.partition("-")[0])


def day_in_words(date: datetime.date, style: DateStyle) -> str:
    """Return the day and the month of a date, as short as the language has them: `Nov 24`."""
    return _said(style.day, style.short_months, date)


def date_in_words(date: datetime.date, style: DateStyle) -> str:
    """Return a whole date: `November 24, 2026`."""
    return _said(style.date, style.months, date)


def month_in_words(date: datetime.date, style: DateStyle) -> str:
    """Return the month and the year of a date: `November 2026`."""
    return _said(style.month, style.months, date)


def _said(pattern: str, months: str, date: datetime.date) -> str:
    month = months.split()[date.month - 1]
    text = pattern.format(day=date.day, month=month, year=date.year)
    return text.replace(" ", "\u00a0")
