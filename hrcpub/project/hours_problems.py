"""What can be wrong with the hours of an office, as the Problems that its author reads."""

from __future__ import annotations

from collections.abc import Sequence

from hrcpub.problems import Problem
from hrcpub.project.day_names import ENGLISH, DayReading
from hrcpub.project.languages import in_english, phrase_hint
from hrcpub.project.words import Words


def day_twice(days: Words, day: str) -> Problem:
    """A day of the week has two entries in an office's hours, and one of them has no times.

    Fix: take the day out of one of them. `Mon-Fri` has all days from Monday to Friday. Readers
    cannot know which holds when one says closed, or by appointment.
    """
    said = f'{day} is in "{days.text}" and in an entry before it'
    return Problem("hours-day", said, days.source, "name the day in one of them only")


def two_days(days: Words, readings: Sequence[DayReading]) -> Problem:
    """A day of an office's hours is cut so short that two languages take it for two days.

    Fix: write more of its name: `Donnerstag` or `domingo`, not `Do`; or `Thu` and `Sun`. `Di` is a
    Tuesday in German and a Sunday in French.
    """
    said = " or ".join(
        f"{_named(reading.days)} ({in_english(reading.languages[0])})" for reading in readings
    )
    hint = "write more of its name, or write it in English: Thu"
    return Problem("hours-which-day", f'"{days.text}" may be {said}', days.source, hint)


def _named(days: frozenset[int]) -> str:
    return ", ".join(ENGLISH[day].title() for day in sorted(days))


def overlap(time: Words, day: str) -> Problem:
    """An office would open while it is open: two of its times overlap.

    Fix: correct one of them. Hours with a break are `times: 9 am-noon, 1-5 pm`. Hours that end
    after midnight go on into the next day.
    """
    said = f'on {day}, "{time.text}" is within another time of the office'
    return Problem("hours-overlap", said, time.source, "correct one of them")


def unclear(days: Words) -> Problem:
    """An entry of an office's hours says nothing, or two things at once.

    Fix: write `from` and `to`, or `times`, or `closed: yes`, or `by: appointment`; one of the four.
    """
    said = f'it is not clear what holds on "{days.text}"'
    hint = "write from and to, or times, or closed: yes, or by: appointment"
    return Problem("hours-unclear", said, days.source, hint)


def early(opens: Words) -> Problem:
    """An office would open before seven in the morning, and nothing says that this is meant.

    Fix: write `am` or `pm` behind the time: `2-4 pm`, `5 pm-1 am`, `6 am-2 pm`. `05:00` is in the
    morning, and so is `5-17`. Without that `2-4` may be either, and hours at night cost readers
    their way.
    """
    said = f'"{opens.text}" may be in the morning or in the afternoon'
    return Problem("hours-half", said, opens.source, f"write {opens.text} am, or {opens.text} pm")


def no_time(to: Words) -> Problem:
    """An office would close at the moment at which it opens.

    Fix: correct `from` or `to`. For a place that never closes write `from: 0:00` and `to: 24:00`.
    """
    hint = "correct it; if it never closes, write from: 0:00 and to: 24:00"
    said = f'it would close at "{to.text}", when it opens'
    return Problem("hours-none", said, to.source, hint)


def no_language(days: Words, language: str) -> Problem:
    """Nobody has said yet how hours are printed in the piece's language.

    Fix: write the hours in your own words as the last of the office's `lines`, and take out
    `hours`. CLDR, from which hrcpub has them, knows no names of days in this language.
    """
    said = f'hours cannot be printed in the language "{language}" yet'
    return Problem("hours-language", said, days.source, "write them into the office's lines")


def no_phrase(days: Words, phrase: str, language: str) -> Problem:
    """The design has no words for "closed" or "by appointment" in the piece's language.

    Fix: translate the phrase in `layouts/system/i18n/LANGUAGE.po`. `hrcpub upgrade` brings the
    English ones.
    """
    said = f'the design has no phrase "{phrase}" in the language "{language}"'
    return Problem("hours-phrase", said, days.source, phrase_hint(phrase, language))


CODES = {
    "hours-day": day_twice,
    "hours-which-day": two_days,
    "hours-overlap": overlap,
    "hours-unclear": unclear,
    "hours-half": early,
    "hours-none": no_time,
    "hours-language": no_language,
    "hours-phrase": no_phrase,
}
