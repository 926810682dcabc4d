"""`OpenDays` to the words in which a language prints them: `Mon–Fri 9 am – noon, 1–5 pm`.

Names and patterns are those of CLDR 49 (days, abbreviated, stand-alone; intervals of h and Hm; the
clock of a region), with a no-break space where CLDR has a narrow or thin one, which the faces lack.
Noon and midnight are said by name, since few know what 12 pm is. Languages without a line in
`STYLES` have CLDR's days and short times (`cldr.py`). Of Haitian Creole it has no days: ours are
those of the locale ht_HT of the GNU C Library. For Navajo and Hmong there is nothing that two
sources agree on (in Hmong `Hnub Ib` is a Sunday or a Monday), and a wrong day sends people to a
closed door: that is a Problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from hrcpub.problems import Problem
from hrcpub.project import hours_problems
from hrcpub.project.cldr import Cldr, cldr_of
from hrcpub.project.hours import DAY, HALF, Kind, OpenDays, OpenTime, runs
from hrcpub.project.languages import main_part
from hrcpub.project.quotes import signs_of
from hrcpub.project.words import Words
from hrcpub.records import record


@record
class HoursStyle:
    """How a language prints days and hours."""

    days: tuple[str, ...]  # seven, from Monday on
    all_day: str
    times: Callable[[Sequence[OpenTime]], str]
    comma: str = ", "  # between days


def in_words(row: OpenDays, style: HoursStyle, phrases: Mapping[str, Words]) -> str:
    """Return a row as it is printed: `Mon–Fri 9 am – 5 pm`. Nothing breaks within a time."""
    names = style.days
    days = style.comma.join(
        names[first] if first == last else f"{names[first]}–{names[last]}"
        for first, last in runs(row.days)
    )
    if row.kind is not Kind.OPEN:
        return f"{days} {phrases[row.kind.value]}"
    return f"{days} {_times(row, style)}"


class _Halves(NamedTuple):
    """What a language with a clock of twelve hours calls the halves of a day, and their ends."""

    before: str
    after: str
    noon: str
    midnight: str

    def times(self, times: Sequence[OpenTime]) -> str:
        """Return times: the half is said once where it is the same."""
        return ", ".join(self._time(time) for time in times)

    def _time(self, time: OpenTime) -> str:
        first, last = self._moment(time.opens), self._moment(time.closes)
        hour, space, half = first.partition("\u00a0")
        if space and last.endswith(space + half) and time.opens < time.closes:
            return f"{hour}–{last}"
        return f"{first}\u00a0–\u00a0{last}"

    def _moment(self, minutes: int) -> str:
        if minutes % HALF == 0:
            return self.noon if minutes == HALF else self.midnight
        half = self.before if minutes % DAY < HALF else self.after
        hour, minute = minutes // 60 % 12 or 12, minutes % 60
        return f"{hour}:{minute:02}\u00a0{half}" if minute else f"{hour}\u00a0{half}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _spanish(times: Sequence[OpenTime]) -> str:
    return ", ".join(f"{_clock(time.opens)}–{_clock(time.closes)}" for time in times)


def _german(times: Sequence[OpenTime]) -> str:
    """Return times of one form, all with minutes or none: `9–12, 13–17 Uhr`.

    CLDR fills hours up to two digits, which signs on doors do not. Midnight, at an end, is 24.
    """
    has_minutes = any(time.opens % 60 or time.closes % 60 for time in times)
    said = [
        "–".join(
            _clock(end) if has_minutes else f"{end // 60}"
            for end in (time.opens, time.closes or DAY)
        )
        for time in times
    ]
    return ", ".join(said) + "\u00a0Uhr"


def _days(names: str) -> tuple[str, ...]:
    """Return the names of days, which have no spaces."""
    return tuple(names.split())


_ENGLISH = _Halves("am", "pm", "noon", "midnight")
_SPANISH = _Halves("a.m.", "p.m.", "mediodía", "medianoche")
_SPANISH_DAYS = _days("lun mar mié jue vie sáb dom")

_SPANISH_24 = HoursStyle(_SPANISH_DAYS, "24\u00a0horas", _spanish)
_WITH_24_HOURS = (
    "AR",
    "BR",
    "BZ",
    "CL",
    "EA",
    "ES",
    "GQ",
    "IC",
    "PY",
    "UY",
)  # in CLDR's short time

# By the language's tag, or its main part.
STYLES = {
    "en": HoursStyle(_days("Mon Tue Wed Thu Fri Sat Sun"), "24\u00a0hours", _ENGLISH.times),
    "es": HoursStyle(_SPANISH_DAYS, "24\u00a0horas", _SPANISH.times),
    **{f"es-{region}": _SPANISH_24 for region in _WITH_24_HOURS},
    "de": HoursStyle(_days("Mo Di Mi Do Fr Sa So"), "0–24\u00a0Uhr", _german),
    "ht": HoursStyle(_days("len mad mèk jed van sam dim"), "24\u00a0sou\u00a024", _spanish),
}


def printed(
    rows: Sequence[OpenDays],
    language: str,
    phrases: Mapping[str, Words],
    country: str | None = None,
) -> Iterator[Words | Problem]:
    """Yield each row as a language prints it, or the Problem that it cannot.

    `country` (ISO 3166) is where the office is: its clock is meant where the language has none.
    """
    style = style_of(language, country)
    for number, row in enumerate(rows, 1):
        if style is None:
            yield hours_problems.no_language(row.place, language.partition("-")[0])
            return
        if row.kind is not Kind.OPEN and row.kind.value not in phrases:
            yield hours_problems.no_phrase(row.place, row.kind.value, language)
            return
        slot = row.place.slot.rpartition(".hours.")[0]
        yield Words(in_words(row, style, phrases), row.place.source, f"{slot}.hours.{number}")


def style_of(language: str, country: str | None = None) -> HoursStyle | None:
    """Return how a language prints hours, None where nobody has said; `country` is as above."""
    known = f"{language}-{country}" if country and "-" not in language else language
    return STYLES.get(known) or STYLES.get(main_part(language)) or _by_cldr(language)


@lru_cache(maxsize=64)
def _by_cldr(language: str) -> HoursStyle | None:
    known = cldr_of(language)
    if known is None or not known.has_months:
        return None
    comma = signs_of(language).comma
    times = partial(_short_times, known, comma)
    return HoursStyle(known.days, known.day_and_night, times, comma)


def _short_times(known: Cldr, comma: str, times: Sequence[OpenTime]) -> str:
    """Return times as CLDR's short ones; apart, where they have words of their own."""
    pairs = [(known.time(time.opens), known.time(time.closes)) for time in times]
    dash = "\u00a0–\u00a0" if any("\u00a0" in end for pair in pairs for end in pair) else "–"
    return comma.join(f"{first}{dash}{last}" for first, last in pairs)


def by_day(rows: Sequence[OpenDays], style: HoursStyle) -> dict[int, str]:
    """Return the times of each day on which an office is open, as they are printed without it.

    A line may end behind a dash, where it had a space before it.
    """
    return {
        day: _times(row, style).replace("\u00a0–\u00a0", "\u00a0– ")
        for row in rows
        if row.kind is Kind.OPEN
        for day in row.days
    }


def _times(row: OpenDays, style: HoursStyle) -> str:
    is_all_day = row.times[0].length == DAY
    return style.all_day if is_all_day else style.times(row.times)
