"""What can be wrong with the days of notices, and with those on which somebody has looked."""

from __future__ import annotations

import datetime
from dataclasses import replace

from hrcpub.files.sources import Sources
from hrcpub.problems import Problem, Severity, Source
from hrcpub.project.languages import phrase_hint
from hrcpub.project.words import Dated


def order(dated: Dated) -> Problem:
    """A notice would be out of date before the day that it bears.

    Fix: correct `on:` or `until:`. Dates are year, month, day. `until` is the last day on which the
    notice holds, so both may be the same day.
    """
    said = f"it is of {dated.on}, and would hold until {dated.until}, which is before that day"
    return Problem("date-order", said, dated.place, "correct on: or until:")


def over(dated: Dated) -> Problem:
    """A notice is out of date: the last day on which it holds is over, or nearly so.

    Fix: ask whether it still holds. If it does, set `until:` to a later day, and `revision` and
    `revised` with it. If not, take it off your walls and your website, and delete its old files in
    `output/`. The office and press editions are not made meanwhile: nobody should print it by
    mistake. Those for screens are made; they show what was said, with its date.
    """
    hint = "ask whether it still holds; then set a later until:, or take the notice down"
    said = f"this notice held until {dated.until}: no paper is printed of it any more"
    return Problem("notice-over", said, dated.place, hint, Severity.WARNING)


def over_soon(dated: Dated) -> Problem:
    """Return the Problem of a notice whose last day is near."""
    said = f"this notice holds until {dated.until}"
    return replace(over(dated), message=said, severity=Severity.NOTE)


def withheld(over: Problem) -> Problem:
    """An office or press edition was asked for of a notice that is out of date.

    Fix: ask whether it still holds. If it does, set its `until:` to a later day, and build again.
    If not, write a new notice. To look at the old one, build it for the screen: `--edition screen`.
    """
    hint = "set a later until: if it still holds; to look at it, build --edition screen"
    return Problem(
        "notice-withheld", f"not printed: {over.message.partition(':')[0]}", over.source, hint
    )


def no_language(dated: Dated, language: str) -> Problem:
    """Nobody has said yet how dates are printed in the piece's language.

    Fix: use a layout without a date, and write the date into its words. CLDR, from which hrcpub has
    them, knows no names of months in this language.
    """
    said = f'dates cannot be printed in the language "{language}" yet'
    return Problem("date-language", said, dated.place, "use a layout without a date")


def no_phrase(dated: Dated, language: str) -> Problem:
    """The design has no words for "valid until" in the piece's language.

    Fix: translate the phrase `valid-until`, in English `Valid until {date}`, in
    `layouts/system/i18n/LANGUAGE.po`. `hrcpub upgrade` brings the English one.
    """
    said = f'the design has no phrase "valid-until" in the language "{language}"'
    return Problem("date-phrase", said, dated.place, phrase_hint("valid-until", language))


def is_to_come(day: datetime.date, sources: Sources) -> bool:
    """Return whether a day has begun nowhere yet: east of here it may be tomorrow already."""
    if day == datetime.date.min:
        return False
    return not sources.has_come(day - datetime.timedelta(days=1))


def to_come(what: str, day: datetime.date, place: Source) -> Problem:
    """A day on which somebody has looked at something is still to come.

    Fix: correct the year, the month or the day. What is said to be reviewed in a year would count
    until then, whatever is changed meanwhile.
    """
    said = f"{what} on {day}, which is still to come"
    return Problem("day-to-come", said, place, "correct the day: year, month, day")


CODES = {
    "day-to-come": to_come,
    "date-order": order,
    "notice-over": over,
    "notice-withheld": withheld,
    "date-language": no_language,
    "date-phrase": no_phrase,
}
