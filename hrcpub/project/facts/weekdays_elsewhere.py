"""Dates with a day of the week beside them, in languages other than English and Spanish.

Names are CLDR's, of Haitian Creole those of `dates.py` and `day_names.py`. Found is what has a name
of the language on both sides: `Dienstag, 3. März 2026`, `madi 3 mas`, `thứ Ba, ngày 3 tháng 3`,
`2026年3月3日星期二`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from hrcpub.project.clock_words import plain_and_places, plain_words
from hrcpub.project.day_names import names_of_days
from hrcpub.project.languages import main_part
from hrcpub.project.translations.months import names_of_months


class DayAndDate(NamedTuple):
    """A day of the week beside a date, and where both stand."""

    start: int
    end: int
    weekday: int  # 0 is Monday
    day: int
    month: int
    year: int | None


class _DateNames(NamedTuple):
    """How a language writes dates."""

    pattern: re.Pattern[str]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]


def days_and_dates(text: str, language: str) -> Iterator[DayAndDate]:
    """Yield the dates of a text that have a day of the week beside them."""
    known = _known(main_part(language))
    if known is None:
        return
    plain, places = plain_and_places(text)
    for match in known.pattern.finditer(plain):
        said = match["month"]
        month = int(said) if said.isdecimal() else known.months[said]
        yield DayAndDate(
            places[match.start()],
            places[match.end() - 1] + 1,
            known.weekdays[match["weekday"]],
            int(match["day"]),
            month,
            int(match["year"]) if match["year"] else None,
        )


def name_of(weekday: int, language: str) -> str:
    """Return what a language calls a day of the week, in full."""
    return max(names_of_days(main_part(language))[weekday], key=len)


_EASTERN = frozenset({"zh", "yue", "ja", "ko"})
_MONTH_FIRST = (
    r"(?:(?P<year>20\d\d) ?[年년] ?)?(?P<month>\d{{1,2}}) ?[月월] ?(?P<day>\d{{1,2}}) ?[日号號일]?"
    r"[ ,，(（]{{0,2}}(?P<weekday>{weekdays})"
)
_DAY_FIRST = (
    r"(?<![^\W\d_])(?P<weekday>{weekdays})\.?,? (?:(?:le|de[nm]|dia|ngay) )?(?P<day>\d{{1,2}})"
    r"(?:er|º|°)?\.? (?:de |di |d')?(?:thang )?(?P<month>{months})(?![^\W_])"
    r"(?:,? (?:de |nam )?(?P<year>20\d\d)(?!\d))?"
)
_SHORTEST = 3  # letters of a name: "Do", "di" are other words, too


@lru_cache(maxsize=32)
def _known(language: str) -> _DateNames | None:
    weekdays = {
        plain_words(name): day
        for day, names in enumerate(names_of_days(language))
        for name in names
        if len(name) >= (2 if language in _EASTERN else _SHORTEST)
    }
    months = {
        plain_words(name): number
        for number, names in enumerate(names_of_months(language), 1)
        for name in names
    }
    if not weekdays:
        return None
    template = _MONTH_FIRST if language in _EASTERN else _DAY_FIRST
    of_months = r"\d{1,2}" if language == "vi" else _any_of(months)
    pattern = template.format(weekdays=_any_of(weekdays), months=of_months)
    return _DateNames(re.compile(pattern), weekdays, months)


def _any_of(names: Mapping[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or "(?!)"
