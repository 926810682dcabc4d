"""A language's tag to what CLDR knows of its calendar: dates, days and times, as Babel has them.

For the languages that have no table of their own in `dates.py` and `hours_styles.py`; Babel is
loaded for them alone. The calendar is the Gregorian one everywhere, which is that of the offices
and the days that are printed; Thai says so with its era (ค.ศ.).

Figures are those that CLDR gives the language (`default numbering`): of Persian, Pashto, Central
Kurdish, Nepali, Marathi, Bengali and Burmese, and of Arabic in Egypt. Readers of these meet them in
each date; of Arabic without a region, Urdu, Hindi, Khmer and others CLDR has Latin ones. Babel
itself prints Latin ones throughout. Telephones always have Latin figures, and are no matter of
this module: they are what is on the keys.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from hrcpub.patterns import pattern

if TYPE_CHECKING:
    from babel import Locale

# Of each system of numbers the sign for nought; the others follow it (UAX 44, Numeric_Type=De).
_NOUGHT = {"arab": 0x660, "arabext": 0x6F0, "deva": 0x966, "beng": 0x9E6, "mymr": 0x1040}
_MONDAY_FIRST = range(7)  # as Babel numbers days
_LATIN = "0123456789"
_LONE_MINUTE = pattern("(?<!m)m(?!m)")  # Yoruba's 17:0 is a slip


class Cldr:
    """What CLDR says of one language."""

    def __init__(self, locale: Locale) -> None:
        """Take what Babel has read."""
        self._locale = locale
        nought = _NOUGHT.get(locale.default_numbering_system, ord("0"))
        self._figures = str.maketrans(_LATIN, "".join(chr(nought + n) for n in range(10)))

    @property
    def has_months(self) -> bool:
        """Whether months have names: in Haitian Creole and Navajo they are "M11"."""
        names = [str(name) for name in self._locale.months["format"]["wide"].values()]
        return names[0] != "M01"

    def day(self, date: datetime.date) -> str:
        """Return the day and the month, as short as the language has them (MMMd)."""
        return self._said(self._skeleton("MMMd"), date)

    def date(self, date: datetime.date) -> str:
        """Return a whole date, the long one."""
        return self._said(self._locale.date_formats["long"].pattern, date)

    def month(self, date: datetime.date) -> str:
        """Return the month and the year (yMMMM)."""
        return self._said(self._skeleton("yMMMM"), date)

    @property
    def days(self) -> tuple[str, ...]:
        """The names of days, abbreviated, from Monday on."""
        names = self._locale.days["stand-alone"]["abbreviated"]
        return tuple(str(names[day]) for day in _MONDAY_FIRST)

    def time(self, minutes: int) -> str:
        """Return a moment of the day, the short one; midnight at its end is 0:00 again."""
        moment = datetime.time(minutes // 60 % 24, minutes % 60)
        pattern = str(self._locale.time_formats["short"].pattern)
        return self._said(_LONE_MINUTE.sub("mm", pattern), moment)

    @property
    def day_names(self) -> tuple[frozenset[str], ...]:
        """All that each day is called, whole and cut short, from Monday on."""
        kinds = [
            names
            for context in ("format", "stand-alone")
            for width in ("wide", "abbreviated", "short")
            if (names := self._locale.days[context].get(width))
        ]
        return tuple(frozenset(str(names[day]) for names in kinds) for day in _MONDAY_FIRST)

    @property
    def is_by_24(self) -> bool:
        """Whether its clock goes to 24."""
        return "H" in str(self._locale.time_formats["short"].pattern)

    @property
    def parts_of_day(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """What each part of a day is called, and from when to when it goes: minutes.

        Before noon and after it are such parts too.
        """
        parts: dict[str, tuple[tuple[int, int], ...]] = {}
        for name, period in self._periods():
            if span := self._span(period):
                parts[name] = (*parts.get(name, ()), span)
        return parts

    @property
    def named_moments(self) -> dict[str, int]:
        """What noon and midnight are called, where no part of the day has that name too."""
        moments = {"noon": 12 * 60, "midnight": 0}
        found = list(self._periods())
        parts = {name for name, period in found if period not in moments}
        return {name: moments[p] for name, p in found if p in moments and name not in parts}

    def _periods(self) -> Iterator[tuple[str, str]]:
        """Yield each name of a part of the day, with what CLDR calls that; no single letters."""
        for context in self._locale.day_periods.values():
            for width in ("wide", "abbreviated"):
                yield from ((str(name), key) for key, name in context.get(width, {}).items())

    def _span(self, period: str) -> tuple[int, int] | None:
        if period in ("am", "pm"):
            return (0, 12 * 60) if period == "am" else (12 * 60, 24 * 60)
        for rules in self._locale.day_period_rules.values():
            for rule in rules.get(period, ()):
                if "from" in rule and "before" in rule:
                    return rule["from"] // 60, rule["before"] // 60
        return None

    @property
    def day_and_night(self) -> str:
        """What a language calls 24 hours."""
        from babel.units import format_unit

        return self._set(format_unit(24, "hour", locale=self._locale))

    def _skeleton(self, name: str) -> str:
        return str(self._locale.datetime_skeletons[name].pattern)

    def _said(self, pattern: str, moment: datetime.date | datetime.time) -> str:
        from babel.dates import parse_pattern

        return self._set(parse_pattern(pattern).apply(moment, self._locale))

    def _set(self, text: str) -> str:
        """Return a text with the language's figures; no line ends in it."""
        for space in "\u202f\u2009 ":
            text = text.replace(space, "\u00a0")
        return text.translate(self._figures)


@lru_cache(maxsize=64)
def cldr_of(tag: str) -> Cldr | None:
    """Return what CLDR knows of a language, None for those of which Babel has nothing."""
    from babel import Locale
    from babel.core import UnknownLocaleError

    parts = tag.replace("_", "-").split("-")
    if parts[0].lower() in ("und", "root"):  # no language
        return None
    for count in range(len(parts), 0, -1):
        try:
            return Cldr(Locale.parse("-".join(parts[:count]), sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
    return None
