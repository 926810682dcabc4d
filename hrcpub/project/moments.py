"""A text to the times of day in it, as its language tells them: `7:30 pm`, `19 h 30`, `7è30`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from hrcpub.patterns import pattern
from hrcpub.project.clock_words import (
    BEFORE,
    DAY,
    FRACTIONS,
    FROM_SUNRISE,
    MINUTE,
    NOON,
    PAST,
    UNTIL,
    ClockWords,
    Spans,
    clock_words,
    plain_and_places,
)
from hrcpub.project.languages import main_part
from hrcpub.records import record

_HOURS = 24
_NEAR = 12  # characters between the times of "7 to 9 pm": one says the half of both
_APART = pattern(r"\d|[.;!?]\s|[。；！？]")


@record
class Moment:
    """A time of day, or a number that may be one."""

    text: str  # as it was typed
    start: int  # in what was typed
    end: int
    digits: tuple[int, ...]  # the numbers that were typed: hour, and minutes
    minutes: frozenset[int]  # from midnight: two where it may be before noon or after it
    is_clock: bool  # by its form it is a time, no other number
    has_half: bool = False  # its words say which half of the day
    is_by_24: bool = False  # its number does
    is_near: bool = False  # a time beside it says so

    @property
    def is_said(self) -> bool:
        """Whether something says which half of the day it is in."""
        return self.has_half or self.is_near


def moments(text: str, language: str) -> tuple[Moment, ...]:
    """Return the times of day in a text, and the numbers that may be some, in their order."""
    words = clock_words(language)
    plain, origins = plain_and_places(text)
    found = [
        moment
        for match in _pattern(language).finditer(plain)
        if (moment := _moment(match, words, plain, text, origins))
    ]
    found += [
        Moment(text[a:b], a, b, (), frozenset({at}), is_clock=True, has_half=True)
        for name, at in words.named.items()
        for match in re.finditer(_whole(re.escape(name)), plain)
        for a, b in [_typed(match.start(), match.end(), origins)]
        if not any(one.start <= a < one.end for one in found)  # "12 noon"
    ]
    if main_part(language) in FROM_SUNRISE:
        found = [_from_sunrise(moment) for moment in found]
    return tuple(_together(sorted(found, key=lambda moment: moment.start), text))


def _typed(start: int, end: int, origins: list[int]) -> tuple[int, int]:
    return origins[start], origins[end - 1] + 1


_FRACTION = "|".join(sorted(map(re.escape, FRACTIONS), key=len, reverse=True))


@lru_cache(maxsize=64)
def _pattern(language: str) -> re.Pattern[str]:
    """Return what finds the times of a language: an hour, and what belongs to it on both sides."""
    words = clock_words(language)
    parts = "|".join(sorted(map(_part, words.parts), key=len, reverse=True))
    said = "(?!)" if main_part(language) not in BEFORE else parts
    past = "|".join(PAST.get(main_part(language), ())) or "(?!)"
    end = "" if _has_no_spaces(words.hour) else r"(?![^\W\d_])"
    fraction = rf" ?(?P<fraction{{}}>{_FRACTION}){end}"
    minutes = rf" ?(?P<minutes>[0-5]\d)(?!\d)(?: ?(?:{MINUTE}){end})?"
    unit = rf"[ -]?(?:{words.hour})"
    return re.compile(
        rf"(?:(?P<before>{said}) ?)?(?:(?<![a-z])(?P<past>{past}) )?"
        rf"(?<![\d.,:/])(?<!\d{{3}}[-–])(?<!\d-\d\d-)(?P<hour>\d{{1,2}})"
        rf"(?:(?P<sign>[:.])(?P<after_sign>[0-5]\d)(?!\d))?"
        rf"(?P<unit>{unit}\.?{end}(?:{minutes}|{fraction.format('')})?"
        rf"|{unit}(?P<glued>[0-5]\d)(?!\d))?(?:{fraction.format('_alone')})?"
        rf"(?![\d%]|[.,:/]\d|[-–]\d{{3}}|-\d\d-)"
        rf"(?: ?(?P<behind>{_HALVES if said == parts else parts}))?",
    )


def _part(name: str) -> str:
    """Return what finds a part of the day; `7 pm` is `7 p. m.`, too."""
    if name in ("am", "pm"):
        return rf"{name[0]}\.? ?m(?![^\W\d_])\.?"
    return _whole(re.escape(name))


_HALVES = "|".join(map(_part, ("am", "pm")))


def _whole(name: str) -> str:
    """Return what finds a word that stands alone, in scripts that have spaces between words."""
    return name if _has_no_spaces(name) else rf"(?<![^\W\d_]){name}(?![^\W\d_])"


def _has_no_spaces(name: str) -> bool:
    """Return whether a word is of a script where others follow it without a space."""
    return not name.isascii() and bool(_UNSPACED.search(name))


_UNSPACED = pattern("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u9fff\uac00-\ud7ff]")


def _moment(
    match: re.Match[str], words: ClockWords, plain: str, text: str, origins: list[int]
) -> Moment | None:
    hour = int(match["hour"])
    minutes = match["after_sign"] or match["minutes"] or match["glued"]
    fraction = match["fraction"] or match["fraction_alone"]
    minute = int(minutes or FRACTIONS.get(fraction or "", 0))
    if hour > _HOURS or hour * 60 + minute > DAY:
        return None
    at = hour * 60 + minute + (PAST[words.language][match["past"]] if match["past"] else 0)
    part = _called(match, words.parts)
    is_clock = bool(match["sign"] == ":" or match["unit"] or match["past"] or fraction or part)
    start, end = _typed(match.start(), match.end(), origins)
    return Moment(
        text[start:end],
        start,
        end,
        (hour, *([int(minutes)] if minutes else [])),
        _meant(at, part),
        is_clock,
        has_half=part is not None,
        is_by_24=not 0 < hour <= _HOURS // 2,
    )


def _called(match: re.Match[str], parts: Mapping[str, Spans]) -> Spans | None:
    """Return the part of the day that is said behind a time, or before it."""
    for typed in (match["behind"], match["before"]):
        if typed:
            return parts.get(typed) or parts[re.sub("[. ]", "", typed)]
    return None


def _meant(at: int, part: Spans | None) -> frozenset[int]:
    """Return the minutes that were meant: of both halves, those nearest to the part of the day."""
    if at > NOON + 59 or at < 60:
        both = {at % DAY, (at + NOON) % DAY} if part and NOON <= at < NOON + 60 else {at % DAY}
    else:
        both = {at, (at + NOON) % DAY}
    if part is None or len(both) < 2:
        return frozenset(both)
    far = {one: min(_distance(one, span) for span in part) for one in both}
    return frozenset(one for one in both if far[one] == min(far.values()))


def _distance(at: int, span: tuple[int, int]) -> int:
    """Return how far a moment is from a part of the day, around the clock."""
    first, last = span
    length, into = (last - first) % DAY or DAY, (at - first) % DAY
    return 0 if into < length else min(into - length + 1, DAY - into)


def _from_sunrise(moment: Moment) -> Moment:
    """Return a moment that may be counted from midnight, or from six in the morning."""
    halves = {at % NOON for at in moment.minutes}
    later = {(at + hours * 60) % DAY for at in halves for hours in (0, 6, 12, 18)}
    return replace(moment, minutes=frozenset(later), has_half=False)


def _together(found: list[Moment], text: str) -> Iterator[Moment]:
    """Yield moments, of which some say the half of the day for one beside them: `7 to 9 pm`."""
    near, clocks = set[int](), set[int]()
    for (one, first), (other, second) in pairwise(enumerate(found)):
        between = text[first.end : second.start]
        if len(between) > _NEAR or _APART.search(between):
            continue
        is_span = between.strip().casefold() in UNTIL
        is_falling = is_span and _is_falling(first, second)
        near |= {one} if second.has_half or is_falling else set()
        near |= {other} if first.has_half or is_falling else set()
        if is_falling or (is_span and (first.is_clock or second.is_clock)):
            clocks |= {one, other}
    for number, moment in enumerate(found):
        is_near = number in near and len(moment.minutes) > 1
        is_clock = moment.is_clock or number in clocks
        yield replace(moment, is_near=is_near, is_clock=is_clock)


def _is_falling(first: Moment, second: Moment) -> bool:
    """Return whether two numbers can only be hours, such as `9-5`: other spans rise."""
    typed = (first.digits[:1], second.digits[:1])
    return all(typed) and typed[0] > typed[1]
