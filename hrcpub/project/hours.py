"""An office's hours as they were typed to `OpenDays`, and those as a language prints them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from hrcpub.problems import Problem
from hrcpub.project import hours_problems, slot_problems
from hrcpub.project.slots import Slot
from hrcpub.project.words import Words

DAY = 24 * 60  # minutes
HALF = DAY // 2
FIELDS = {
    "days": Slot("line", "of the week: Mon-Fri, or Tue, Thu", required=True),
    "from": Slot("line", "when it opens: 9 am, or 19:00"),
    "to": Slot("line", "when it closes"),
    "closed": Slot("yes-no", "yes: it is closed on these days"),
    "by": Slot("choice", "for those who ask for a time", choices=("appointment",)),
}


class Kind(Enum):
    """What is to be known of a day; the value is its phrase's name where it has one."""

    OPEN = ""
    CLOSED = "closed"
    APPOINTMENT = "by-appointment"


@dataclass(frozen=True, slots=True)
class OpenDays:
    """Days of the week on which an office has the same hours."""

    place: Words  # the days as they were typed
    days: frozenset[int]  # 0 is Monday
    kind: Kind
    opens: int = 0  # minutes from midnight
    closes: int = 0  # the same; not after `opens` where that is the next day


def read_hours(entries: Sequence[Mapping[str, Any]]) -> tuple[tuple[OpenDays, ...], list[Problem]]:
    """Return the hours of checked entries, in the order of the week, and their mistakes."""
    problems: list[Problem] = []
    rows = [row for entry in entries if entry and (row := _row(entry, problems))]
    seen: dict[int, Words] = {}
    for row in rows:
        for day in sorted(row.days):
            if day in seen:
                problems.append(hours_problems.day_twice(row.place, _NAMES["en"][day].title()))
                break
            seen[day] = row.place
    return tuple(sorted(rows, key=lambda row: _runs(row.days)[0])), problems


def _row(entry: Mapping[str, Any], problems: list[Problem]) -> OpenDays | None:
    place: Words | None = entry.get("days")
    if not place:  # told already
        return None
    days = _days(place.text)
    if not days:
        problems.append(slot_problems.not_a(place, "day of the week", "Mon-Fri, or Tue, Thu"))
        return None
    kinds = [
        kind
        for kind, is_so in {
            Kind.OPEN: entry.get("from") or entry.get("to"),
            Kind.CLOSED: entry.get("closed"),
            Kind.APPOINTMENT: entry.get("by"),
        }.items()
        if is_so
    ]
    if len(kinds) != 1:
        problems.append(hours_problems.unclear(place))
        return None
    if kinds[0] is not Kind.OPEN:
        return OpenDays(place, days, kinds[0])
    span = _span(entry, place, problems)
    return OpenDays(place, days, Kind.OPEN, *span) if span else None


# In English and in Spanish, from Monday on.
_NAMES = {
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "es": ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"),
}
_SETS = {
    **dict.fromkeys(("daily", "every day", "todos los dias", "diario"), range(7)),
    **dict.fromkeys(("weekdays", "dias laborables"), range(5)),
    **dict.fromkeys(("weekends", "weekend", "fines de semana"), range(5, 7)),
}
_RANGE = re.compile(r"\s*(?:-|–|—|\bto\b|\bthrough\b|\ba\b|\bal\b)\s*")
_AND = re.compile(r"\s*(?:[,;/&+]|\band\b|\by\b|\be\b)\s*")


def _days(text: str) -> frozenset[int]:
    """Return the days that a text names; none when anything in it is no day."""
    text = _plain(text)
    if text in _SETS:
        return frozenset(_SETS[text])
    days = set[int]()
    for part in filter(None, _AND.split(text)):
        ends = [_day(end) for end in _RANGE.split(part)]
        if None in ends or len(ends) > 2:
            return frozenset()
        first, last = ends[0] or 0, ends[-1] or 0
        days |= {day % 7 for day in range(first, last + (7 if last < first else 0) + 1)}
    return frozenset(days)


def _day(text: str) -> int | None:
    """Return a day by its name or the beginning of it, in one or many: Mondays, Tues., mié."""
    word = text.rstrip(".")
    for names in _NAMES.values():
        for day, name in enumerate(names):
            if len(word) >= 2 and (name.startswith(word) or word == f"{name}s"):
                return day
    return None


def _plain(text: str) -> str:
    """Return a text in small letters, without accents."""
    apart = unicodedata.normalize("NFD", text.lower())
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())


_TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))? ?(?:(a|p)\.? ?m\.?|h|hrs?|uhr)?")
_NAMED = {"noon": HALF, "midday": HALF, "mediodia": HALF, "midnight": 0, "medianoche": 0}


def _span(
    entry: Mapping[str, Any], place: Words, problems: list[Problem]
) -> tuple[int, int] | None:
    """Return when an office opens and closes; `9-5` may be typed as one."""
    first: Words | None = entry.get("from")
    last: Words | None = entry.get("to")
    if first and not last and len(parts := _RANGE.split(first.text)) == 2:
        first, last = (Words(part, first.source, first.slot) for part in parts)
    if not first or not last:
        problems.append(hours_problems.unclear(place))
        return None
    opens, closes = _times(first.text), _times(last.text)
    for typed, times in ((first, opens), (last, closes)):
        if not times:
            problems.append(slot_problems.not_a(typed, "time of day", "9 am, 9:30 or 19:00"))
    if not opens or not closes:
        return None
    span = _nearest(opens, closes, has_half=bool(re.search("[ap]", _plain(last.text))))
    if span is None:
        problems.append(hours_problems.no_time(last))
    return span


def _times(text: str) -> tuple[int, ...]:
    """Return the minutes that a text may mean: two where it may be before noon or after it."""
    text = _plain(text)
    if text in _NAMED:
        return (_NAMED[text],)
    match = _TIME.fullmatch(text)
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
    if not match or minute > 59 or hour * 60 + minute > DAY:
        return ()
    if match[3]:
        return (
            ((hour % 12 + (12 if match[3] == "p" else 0)) * 60 + minute,) if 0 < hour < 13 else ()
        )
    typed = hour * 60 + minute
    is_sure = hour > 12 or text.startswith("0")
    return (typed,) if is_sure else (typed, (typed + HALF) % DAY)


def _nearest(
    opens: tuple[int, ...], closes: tuple[int, ...], has_half: bool
) -> tuple[int, int] | None:
    """Return the shortest hours that were meant; None where they would be none.

    `9-5` ends in the afternoon. An opening time is as it was typed (9 is in the morning), unless
    the closing time says its half of the day: `1-5 pm`.
    """
    spans = [
        ((closes_at - opens_at) % DAY or (DAY if closes_at == DAY else 0), opens_at, closes_at)
        for opens_at in (opens if has_half else opens[:1])
        for closes_at in closes
    ]
    real = [span for span in spans if span[0]]
    return min(real)[1:] if real else None


def _runs(days: frozenset[int]) -> list[tuple[int, int]]:
    """Return days as runs, first and last of each, in order; one may go over the week's end."""
    starts = sorted(day for day in days if (day - 1) % 7 not in days) or [0]
    return [
        (
            start,
            next(
                day
                for day in range(start, start + 7)
                if (day + 1) % 7 not in days or day == start + 6
            )
            % 7,
        )
        for start in starts
    ]


@dataclass(frozen=True, slots=True)
class HoursStyle:
    """How a language prints days and hours."""

    days: str  # seven, from Monday on
    hours: Callable[[int, int], str]


def in_words(row: OpenDays, style: HoursStyle, phrases: Mapping[str, Words]) -> str:
    """Return a row as it is printed: `Mon–Fri 9 am–5 pm`. Spaces within a part do not break."""
    names = style.days.split()
    days = ", ".join(
        names[first] if first == last else f"{names[first]}–{names[last]}"
        for first, last in _runs(row.days)
    )
    if row.kind is not Kind.OPEN:
        return f"{days} {phrases[row.kind.value]}"
    return f"{days} {style.hours(row.opens, row.closes)}"


def _english(opens: int, closes: int) -> str:
    if closes - opens == DAY:
        return "24\u00a0hours"
    first, last = _english_time(opens), _english_time(closes)
    if "\u00a0" in first and first[-2:] == last[-2:] and opens < closes:
        first = first[:-3]
    return f"{first}–{last}"


def _english_time(minutes: int) -> str:
    if minutes % HALF == 0:
        return "noon" if minutes == HALF else "midnight"
    hour, minute = minutes // 60 % 12 or 12, minutes % 60
    half = "am" if minutes % DAY < HALF else "pm"
    return f"{hour}:{minute:02}\u00a0{half}" if minute else f"{hour}\u00a0{half}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _german(opens: int, closes: int) -> str:
    first, last = (
        _clock(minutes) if minutes % 60 else f"{minutes // 60}" for minutes in (opens, closes)
    )
    return f"{first}–{last}\u00a0Uhr"


# By the main part of the language's tag. Names and patterns follow CLDR 44 (days, abbreviated,
# stand-alone; intervals of Hm, for English of h), with noon and midnight said by name, since few
# know what 12 pm is.
STYLES = {
    "en": HoursStyle("Mon Tue Wed Thu Fri Sat Sun", _english),
    "es": HoursStyle("lun mar mié jue vie sáb dom", lambda *span: "–".join(map(_clock, span))),
    "de": HoursStyle("Mo Di Mi Do Fr Sa So", _german),
}


def printed(
    rows: Sequence[OpenDays], language: str, phrases: Mapping[str, Words]
) -> Iterator[Words | Problem]:
    """Yield each row as a language prints it, or the Problem that it cannot."""
    style = STYLES.get(language.partition("-")[0])
    for number, row in enumerate(rows, 1):
        if style is None:
            yield hours_problems.no_language(row.place, language)
            return
        if row.kind is not Kind.OPEN and row.kind.value not in phrases:
            yield hours_problems.no_phrase(row.place, row.kind.value, language)
            return
        slot = row.place.slot.rpartition(".hours.")[0]
        yield Words(in_words(row, style, phrases), row.place.source, f"{slot}.hours.{number}")
