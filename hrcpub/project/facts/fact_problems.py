"""Numbers, places and days that cannot be right, as the Problems that their author reads."""

from __future__ import annotations

import datetime

from hrcpub.problems import Problem, Severity, Source
from hrcpub.project.facts.weekdays import Misdated
from hrcpub.project.telephones import on_keys


def other_state(number: str, its_state: str, state: str, place: Source) -> Problem:
    """A telephone's area code is of another state than the address of its office.

    Fix: compare it digit by digit, and call it. If it is right, as some mobiles and border towns
    are, write who called it into the office's entry: `called: {on: 2026-11-29, by: Dana R.}`. Then
    it is not told any more. Toll-free numbers have no state.
    """
    return Problem(
        "telephone-state",
        f'"{number}" has an area code of {its_state}; the office is in {state}',
        place,
        "compare it digit by digit and call it; then say so with called:",
        Severity.WARNING,
    )


def turned(number: str, place: Source) -> Problem:
    """A telephone's groups of Arabic digits stand from right to left, and are dialled otherwise.

    Fix: write it with the digits that are on the keys, as offices' numbers are printed. Then
    212-213-6376 stands from left to right in an Arabic text, too.
    """
    return Problem(
        "telephone-turned",
        f'the groups of "{number}" stand from right to left, and people dial from left to right',
        place,
        f"write it with the digits that are on the keys: {on_keys(number)}",
        Severity.WARNING,
    )


def not_free(number: str, place: Source) -> Problem:
    """A number is called toll-free, and its area code is not one of those that are.

    Fix: compare it digit by digit. In North America toll-free numbers begin with 800, 833, 844,
    855, 866, 877 or 888. If calls cost what other calls cost, leave `toll-free` out.
    """
    return Problem(
        "telephone-not-free",
        f'"{number}" is called toll-free, and its area code is not',
        place,
        "compare it digit by digit, or leave toll-free out",
        Severity.WARNING,
    )


def zip_elsewhere(zip: str, state: str, there: tuple[str, ...], place: Source) -> Problem:
    """A ZIP code is of another state than the address says, or of none.

    Fix: look the address up at the Postal Service (tools.usps.com), and correct the ZIP code or the
    state. The first three digits say which part of which state it is.
    """
    where = f"is in {' or '.join(there)}" if there else "is in no state"
    return Problem(
        "zip-state",
        f"ZIP code {zip} {where}, not in {state}",
        place,
        "look the address up at the Postal Service",
        Severity.WARNING,
    )


def wrong_weekday(found: Misdated, place: Source) -> Problem:
    """A date does not fall on the day of the week that stands beside it.

    Fix: look at a calendar, and correct the day of the week or the date. Readers come on one of
    them. A date without a year is taken for one of the year of `revised:`, or of the next.
    """
    said = f"it is {found.right}" if found.right else "no calendar has that date"
    return Problem(
        "weekday-date",
        f'"{found.text}": {said}',
        place,
        "correct the day of the week or the date",
        Severity.WARNING,
    )


def written_otherwise(number: str, first: str, where: Source, place: Source) -> Problem:
    """The same telephone number is written in two ways in one project.

    Fix: write it in one way everywhere: who compares two pieces sees two numbers. Best, write it
    once, in `materials/contacts.yaml`, and name that office.
    """
    return Problem(
        "telephone-two-ways",
        f'"{number}" is written "{first}" at {where}',
        place,
        "write it in one way everywhere",
        Severity.NOTE,
    )


def called_long_ago(office: str, on: datetime.date, by: str, place: Source) -> Problem:
    """The last call to an office's number was half a year ago, or more.

    Fix: call it. If it answers, write the day and your name: `called: {on: 2026-11-29, by: Dana
    R.}`.
    """
    return Problem(
        "telephone-called",
        f'"{office}" was last called on {on}, by {by}',
        place,
        "call it again, then set called:",
        Severity.NOTE,
    )


CODES = {
    "telephone-state": other_state,
    "telephone-not-free": not_free,
    "telephone-turned": turned,
    "zip-state": zip_elsewhere,
    "weekday-date": wrong_weekday,
    "telephone-two-ways": written_otherwise,
    "telephone-called": called_long_ago,
}
