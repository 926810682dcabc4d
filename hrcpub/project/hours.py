"""An office's hours as they were typed to `OpenDays`, in the order of the week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from itertools import pairwise
from typing import Any, NamedTuple

from hrcpub.files.yamlfile import Node
from hrcpub.patterns import pattern
from hrcpub.problems import Problem
from hrcpub.project import hours_problems, slot_problems, slots
from hrcpub.project.clock_words import plain_words
from hrcpub.project.day_names import AND, ENGLISH, FROM, RANGE, days_read, script_of_letters
from hrcpub.project.moments import moments
from hrcpub.project.slots import Slot
from hrcpub.project.words import Words
from hrcpub.records import record

DAY = 24 * 60  # minutes
HALF = DAY // 2
FIELDS = {
    "days": Slot("line", "of the week: Mon-Fri, or Tue, Thu", required=True),
    "from": Slot("line", "when it opens: 9 am, or 19:00"),
    "to": Slot("line", "when it closes"),
    "times": Slot("any", "the same with a break: 9-12, 1-5 pm"),
    "closed": Slot("yes-no", "yes: it is closed on these days"),
    "by": Slot("choice", "for those who ask for a time", choices=("appointment",)),
}


class Kind(Enum):
    """What is to be known of a day; the value is its phrase's name where it has one."""

    OPEN = ""
    CLOSED = "closed"
    APPOINTMENT = "by-appointment"


class OpenTime(NamedTuple):
    """A time of the day at which an office is open."""

    opens: int  # minutes from midnight
    closes: int  # the same; not after `opens` where that is the next day
    place: Words  # as it was typed

    @property
    def length(self) -> int:
        """Minutes; a whole day where it never closes."""
        return (self.closes - self.opens) % DAY or DAY


@record
class OpenDays:
    """Days of the week on which an office has the same hours."""

    place: Words  # the days as they were typed
    days: frozenset[int]  # 0 is Monday
    kind: Kind
    times: tuple[OpenTime, ...] = ()  # in the order of the day; none of those overlap


def read_hours(entries: Sequence[Mapping[str, Any]]) -> tuple[tuple[OpenDays, ...], list[Problem]]:
    """Return the hours of checked entries, in the order of the week, and their mistakes."""
    problems: list[Problem] = []
    rows: list[OpenDays] = []
    for entry in entries:
        if entry and (row := _row(entry, rows, problems)):
            rows.append(row)
    by_day = {day: [row for row in rows if day in row.days] for day in range(7)}
    twice = list(_twice(by_day))
    problems += twice or list(_overlaps(by_day))
    return tuple(sorted(_merged(by_day), key=lambda row: runs(row.days)[0])), problems


def _twice(by_day: Mapping[int, list[OpenDays]]) -> Iterator[Problem]:
    """Yield a Problem for each entry with a day that another one says otherwise, on its first."""
    told: list[OpenDays] = []
    for day, rows in by_day.items():
        last = rows[-1] if rows else None
        if last and len(rows) > 1 and any(row.kind is not Kind.OPEN for row in rows):
            if last not in told:
                yield hours_problems.day_twice(last.place, ENGLISH[day].title())
            told.append(last)


def _overlaps(by_day: Mapping[int, list[OpenDays]]) -> Iterator[Problem]:
    """Yield a Problem for each time that begins before the one before it has ended."""
    week = sorted(
        (
            (day * DAY + time.opens, time.length, time.place)
            for day, rows in by_day.items()
            for row in rows
            for time in row.times
        ),
        key=lambda time: time[:2],
    )
    after_sunday = [(begins + 7 * DAY, length, place) for begins, length, place in week[:1]]
    told = set[Words]()
    for (begins, length, first), (follows, _, second) in pairwise([*week, *after_sunday]):
        later = max(first, second, key=_line)
        if follows < begins + length and later not in told:
            told.add(later)
            yield hours_problems.overlap(later, ENGLISH[follows // DAY % 7].title())


def _line(words: Words) -> tuple[int, int]:
    return (words.source.line or 0, words.source.column or 0)


def _merged(by_day: Mapping[int, list[OpenDays]]) -> Iterator[OpenDays]:
    """Yield days that have the same entries together, with all their times."""
    together: dict[tuple[Words, ...], set[int]] = {}
    for day, rows in by_day.items():
        if rows:
            together.setdefault(tuple(row.place for row in rows), set()).add(day)
    for days in together.values():
        rows = by_day[min(days)]
        times = sorted((time for row in rows for time in row.times), key=lambda time: time[:2])
        yield replace(rows[0], days=frozenset(days), times=tuple(times))


def _row(
    entry: Mapping[str, Any], before: Sequence[OpenDays], problems: list[Problem]
) -> OpenDays | None:
    """Return what an entry says; None, with a Problem, where that is not clear."""
    place: Words | None = entry.get("days")
    if not place:  # told already
        return None
    readings = days_read(place.text)
    if len(readings) > 1:
        problems.append(hours_problems.two_days(place, readings))
        return None
    if not readings:
        problems.append(slot_problems.not_a(place, "day of the week", "Mon-Fri, or Tue, Thu"))
        return None
    days = readings[0].days
    if None in entry.values():  # told already
        return None
    is_from = bool(entry.get("from") or entry.get("to"))
    said = [is_from, entry.get("times"), entry.get("closed"), entry.get("by")]
    if sum(map(bool, said)) != 1:
        problems.append(hours_problems.unclear(place))
        return None
    if entry.get("closed") or entry.get("by"):
        return OpenDays(place, days, Kind.CLOSED if entry.get("closed") else Kind.APPOINTMENT)
    ends = [time.closes for row in before if row.days & days for time in row.times]
    times = _times_of(entry, place, max(ends, default=None), problems)
    return OpenDays(place, days, Kind.OPEN, times) if times else None


_TIME = pattern(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))? ?(?:(a|p)\.? ?m\.?|h|hrs?|uhr)?")
_NAMED = {"noon": HALF, "midday": HALF, "mediodia": HALF, "midnight": 0, "medianoche": 0}
_TO_NOON = pattern(r"\D*(?:[1-9]|1[0-2])(?!\d)")  # an hour on a clock of twelve
# Before a time: "um 9 Uhr", "الساعة ٩".
_AT = pattern(
    r"^(?:at|um|a|a las|las|alas|as|alle|luc|klo|o|в|о|from|de|von|с|з|tu|من|الساعة|الساعه|ساعت)"
    r" (?=\D{0,12}\d)"
)
_EARLY = 7 * 60  # 1-5 in an entry after 9-12 is in the afternoon; 9-12 after 1-5 is not at night


def _times_of(
    entry: Mapping[str, Any], place: Words, after: int | None, problems: list[Problem]
) -> tuple[OpenTime, ...]:
    """Return when an office opens and closes; none, with a Problem, where that is not clear.

    `9-5` may be typed as one, and several of those after commas. `after` is when the same days'
    times in entries before this one end, None without any.
    """
    first: Words | None = entry.get("from")
    last: Words | None = entry.get("to")
    if first and last:
        time = _time(first, last, after, False, problems)
        return (time,) if time else ()
    typed = [first] if first else list(_typed(entry.get("times"), place, problems))
    parts = [part for words in typed for part in _parts(words)]
    if last or (first and any(len(part) < 2 for part in parts)):
        problems.append(hours_problems.unclear(place))
        return ()
    times: list[OpenTime] = []
    for part in parts:
        if len(part) != 2:
            problems.append(slot_problems.not_a(part[0], "time from and to", "9-12, or 9 am-noon"))
            return ()
        end = times[-1].closes if times else after
        if not (time := _time(part[0], part[1], end, bool(times), problems)):
            return ()
        times.append(time)
    return tuple(times)


def _typed(node: Node | None, place: Words, problems: list[Problem]) -> Iterator[Words]:
    """Yield the texts under `times`: one, or a list of them."""
    if node is None:
        return
    slot = place.slot.rpartition(".")[0] + ".times"
    for entry in node.items if node.items is not None else [node]:
        words: Words | None = slots.check(entry, Slot("line"), slot, problems)
        if words:
            yield words


def _parts(words: Words) -> Iterator[list[Words]]:
    """Yield the ends of each time in a text: `9-12, 1-5 pm` has two."""
    for part in filter(None, AND.split(words.text)):
        bare = FROM.sub("", part.strip(), count=1) if FROM.match(part.strip()) else part
        yield [replace(words, text=end) for end in RANGE.split(bare)]


def _time(
    first: Words, last: Words, after: int | None, is_next: bool, problems: list[Problem]
) -> OpenTime | None:
    """Return when an office opens and closes, of which two texts say the ends.

    `is_next` says that the text has a time before it, which ends at `after`.
    """
    opens, closes = _minutes(first.text), _minutes(last.text)
    for typed, minutes in ((first, opens), (last, closes)):
        if not minutes:
            problems.append(slot_problems.not_a(typed, "time of day", "9 am, 9:30 or 19:00"))
    if not opens or not closes:
        return None
    has_half = len(closes) == 1 and bool(_TO_NOON.match(plain_words(last.text)))
    if after is not None and (is_next or opens[0] < _EARLY):
        opens = tuple(minutes for minutes in opens if minutes >= after)[:1] or opens
    span = _nearest(opens, closes, has_half)
    if span is None:
        problems.append(hours_problems.no_time(last))
    elif span[0] < _EARLY and len(opens) > 1 and len(closes) > 1:
        problems.append(hours_problems.early(first))
        return None
    return OpenTime(*span, first) if span else None


def _minutes(text: str) -> tuple[int, ...]:
    """Return the minutes that a text may mean: two where it may be before noon or after it."""
    text = _AT.sub("", " ".join(plain_words(text).split()), count=1)
    if text in _NAMED:
        return (_NAMED[text],)
    match = _TIME.fullmatch(text)
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
    if not match:
        return _as_languages_say(text)
    if minute > 59 or hour * 60 + minute > DAY:
        return ()
    if match[3]:
        return (
            ((hour % 12 + (12 if match[3] == "p" else 0)) * 60 + minute,) if 0 < hour < 13 else ()
        )
    typed = hour * 60 + minute
    is_sure = hour > 12 or text.startswith("0")
    return (typed,) if is_sure else (typed, (typed + HALF) % DAY)


# Those that tell the time in other words than English does, by the script of what was typed. Not
# of Ethiopia: there 3 may be 9 in the morning, and who writes it knows which.
_CLOCKS = {
    "LATIN": ("en", "es", "fr", "ht", "vi", "de", "pt", "it", "tl"),
    "CYRILLIC": ("ru", "uk"),
    "ARABIC": ("ar", "fa", "ur"),
    "KHMER": ("km",),
    "CJK": ("zh", "ja"),
    "HANGUL": ("ko",),
}


def _as_languages_say(text: str) -> tuple[int, ...]:
    """Return the minutes that a text means in another language: `7 giờ tối`, `下午5点`, `midi`."""
    for language in _CLOCKS.get(script_of_letters(text), ()):
        found = moments(text, language)
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)):
            return tuple(sorted(found[0].minutes))
    return ()


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


def runs(days: frozenset[int]) -> list[tuple[int, int]]:
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
