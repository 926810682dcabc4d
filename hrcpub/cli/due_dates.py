"""`due`: all days on which somebody must look at something again, as a list and as a calendar."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from hrcpub import __version__
from hrcpub.build.grounds import grounds_of
from hrcpub.build.store import not_written
from hrcpub.cli.lists import event_rows
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.files.cache import write_whole
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import ExitCode, HrcpubError, Problem
from hrcpub.project.contacts import read_contacts
from hrcpub.project.date_problems import is_to_come
from hrcpub.project.facts import RECENT
from hrcpub.project.homes import PATH as CONTACTS
from hrcpub.project.material import Material, material_names, own_names
from hrcpub.project.words import Dated, values_of


class DueDay(NamedTuple):
    """A day on which something is due."""

    on: datetime.date
    kind: str  # source, office, telephone, notice, photograph or event
    name: str
    what: str  # to be done, in words
    since: datetime.date  # when it was last looked at, or the day itself


def due_days(project: Project) -> tuple[list[DueDay], tuple[Problem, ...]]:
    """Return all days that the project names, the first first, and why some could not be read."""
    grounds = grounds_of(project, material_names(project.sources))
    days = [
        DueDay(
            one.review_by,
            "source",
            one.id,
            f"see whether {one.publisher} still says so: {one.title}",
            one.checked_on,
        )
        for one in grounds.references.values()
    ]
    own = set(own_names(project.sources))
    days += [day for one in grounds.materials if one.name in own for day in _days_of(one)]
    problems = list(grounds.problems)
    for part in (_offices, _events):
        try:
            days += part(project)
        except HrcpubError as error:
            problems += error.problems
    return sorted(days), tuple(dict.fromkeys(problems))


def _offices(project: Project) -> Iterator[DueDay]:
    if not project.sources.has(CONTACTS):
        return
    for one in project.known("contacts", read_contacts).values():
        if not one.historical:
            number = f" ({one.tel})" if one.tel else ""
            what = f"call {one.name.text.rstrip(':')}{number}, and see whether all is right"
            yield DueDay(one.review_by, "office", one.id, what, one.verified)
            if (last := one.called) and not is_to_come(last.on, project.sources):
                what = f"call {one.name.text.rstrip(':')}{number} again, and set called:"
                yield DueDay(last.on + RECENT, "telephone", one.id, what, last.on)


def _days_of(material: Material) -> Iterator[DueDay]:
    for dated in values_of(material.words, Dated):
        title = material.title.plain(material.language)
        what = f"{title} ends: take it down, or give it a later day"
        yield DueDay(dated.until, "notice", material.name, what, dated.on)
    for image in material.pictures:
        until = image.consent.until if image.consent else None
        if image.consent and until:
            what = f"who is seen in {image.file} agreed until today: ask again, or take it out"
            yield DueDay(until, "photograph", material.name, what, image.consent.on or until)


def _events(project: Project) -> Iterator[DueDay]:
    for row in event_rows(project.sources):
        try:
            day = datetime.date.fromisoformat(row["date"])
        except ValueError:
            continue  # `event check` tells
        yield DueDay(day, "event", row["name"], f"{row['title']}, {row['place']}", day)


class DueOptions(NamedTuple):
    """What is shown."""

    within: int | None  # days from today; None: all that is to come, and what is over
    calendar: Path | None  # the iCalendar file to write


def due(sources: Sources, options: DueOptions, *, as_json: bool) -> int:
    """Print what is due, and write it as a calendar; return the exit code."""
    today = datetime.date.today()
    days, problems = due_days(Project(sources))
    shown = [day for day in days if day.kind != "event" or day.on >= today]
    if options.within is not None:
        shown = [day for day in shown if (day.on - today).days <= options.within]
    if options.calendar:
        _write(options.calendar, calendar(days))
    if as_json:
        say_json([{**day._asdict(), "on": f"{day.on}", "since": f"{day.since}"} for day in shown])
    else:
        say("\n".join(_lines(shown, today)) or "nothing is due")
        if options.calendar:
            say(f"{options.calendar}: {len(days)} days, for any calendar", err=True)
    show_problems(problems)
    is_late = any(day.on <= today and day.kind != "event" for day in shown)
    return ExitCode.PROBLEMS if is_late or problems else ExitCode.DONE


def _lines(days: Sequence[DueDay], today: datetime.date) -> Iterator[str]:
    kinds, names = ((day.kind for day in days), (day.name for day in days))
    widths = [max(map(len, column), default=0) for column in (kinds, names)]
    for day in days:
        late = "!" if day.on <= today and day.kind != "event" else " "
        yield f"{late} {day.on}  {day.kind:{widths[0]}}  {day.name:{widths[1]}}  {day.what}"


def calendar(days: Sequence[DueDay]) -> bytes:
    """Return days as an iCalendar file (RFC 5545), each as a whole day of its own.

    The same days give the same bytes, and a day that moves stays one entry of a calendar.
    """
    from icalendar import Calendar, Event

    found = Calendar()
    found.add("prodid", f"-//hrcpub//{__version__}//EN")
    found.add("version", "2.0")
    for day in days:
        entry = Event()
        key = hashlib.sha256(f"{day.kind} {day.name} {day.what}".encode()).hexdigest()[:20]
        entry.add("uid", f"{key}@hrcpub")
        moment = datetime.datetime.combine(day.since, datetime.time(), datetime.UTC)
        entry.add("dtstamp", moment)
        entry.add("dtstart", day.on)
        entry.add("summary", f"{day.name}: {day.what}")
        entry.add("categories", [day.kind])
        entry.add("transp", "TRANSPARENT")  # a day on which people are free all the same
        found.add_component(entry)
    data: bytes = found.to_ical()
    return data


def _write(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data)
    except OSError as error:
        raise HrcpubError(not_written(str(path), error)) from None
