"""Words to the days of the week in them that do not fit the dates beside them.

English and Spanish: `Tuesday, March 4, 2026`, `Tue 4 March`, `martes, 4 de marzo de 2026`; other
languages in `weekdays_elsewhere.py`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from hrcpub.project.dates import STYLES, DateStyle
from hrcpub.project.languages import main_part

_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
_SHORT = {"en": r"mon|tues?|wed|thurs?|fri|sat|sun", "es": r"lun|mar|mi[eé]|jue|vie|s[aá]b|dom"}
_DIGIT = re.compile(r"\d")
_YEAR = r"(?:,? (?:de |del )?(?P<year>20\d\d))?"
_PATTERNS = {
    "en": (
        r"\b(?P<weekday>{days})\.?,? (?P<month>{months})\.? "
        r"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b{year}",
        r"\b(?P<weekday>{days})\.?,? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? "
        r"(?P<month>{months})\b{year}",
    ),
    "es": (
        r"\b(?P<weekday>{days})\.?,? (?P<day>\d{{1,2}})(?:º|°)? (?:de )?"
        r"(?P<month>{months})\b{year}",
    ),
}


class Misdated(NamedTuple):
    """A date with a day of the week that it does not have."""

    start: int
    end: int
    text: str
    right: str | None  # the day that it has; None: no calendar has the date


def misdated(text: str, language: str, written: datetime.date) -> Iterator[Misdated]:
    """Yield the dates of a text that fall on another day of the week.

    A date without a year is of the year in which the words were `written`, or of the next.
    """
    name = main_part(language)
    if not _DIGIT.search(text):
        return
    if name not in _PATTERNS:
        yield from _elsewhere(text, language, written)
        return
    style = STYLES[name]
    assert isinstance(style, DateStyle)
    months = {month.lower()[:3]: number for number, month in enumerate(style.months, 1)}
    said = "|".join(f"{month}|{month[:3]}t?" for month in style.months)
    days = "|".join((*_DAYS[name], _SHORT[name]))
    for pattern in _PATTERNS[name]:
        full = pattern.format(days=days, months=said, year=_YEAR)
        for match in re.finditer(full, text, re.IGNORECASE):
            if found := _wrong(match, months, name, written):
                yield found


def _elsewhere(text: str, language: str, written: datetime.date) -> Iterator[Misdated]:
    from hrcpub.project.facts.weekdays_elsewhere import days_and_dates, name_of

    for said in days_and_dates(text, language):
        dates = _dates(said.year, said.month, said.day, written)
        if all(date.weekday() != said.weekday for date in dates):
            names = [name_of(date.weekday(), language) for date in dates]
            right = _right(dates, names, has_year=said.year is not None)
            yield Misdated(said.start, said.end, text[said.start : said.end], right)


def _wrong(
    match: re.Match[str], months: dict[str, int], language: str, written: datetime.date
) -> Misdated | None:
    month, day = months[match["month"].lower()[:3]], int(match["day"])
    year = int(match["year"]) if match["year"] else None
    dates = _dates(year, month, day, written)
    letters = _plain(match["weekday"])[:3]
    names = [_DAYS[language][date.weekday()] for date in dates]
    if any(_plain(name).startswith(letters) for name in names):
        return None
    right = _right(dates, names, has_year=year is not None)
    return Misdated(match.start(), match.end(), match[0], right)


def _dates(year: int | None, month: int, day: int, written: datetime.date) -> list[datetime.date]:
    """Return the dates that may be meant: without a year, of that of the words, or of the next."""
    years = [written.year, written.year + 1] if year is None else [year]
    return [date for year in years if (date := _date(year, month, day))]


def _right(dates: list[datetime.date], names: list[str], *, has_year: bool) -> str | None:
    """Return the day of the week that dates have; None where no calendar has them."""
    if not dates or has_year:
        return names[0] if names else None
    said = zip(names, dates, strict=True)
    return " or ".join(f"{name} in {date.year}" for name, date in said)


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _plain(text: str) -> str:
    return text.lower().translate(str.maketrans("áéíóú", "aeiou"))
