"""What a schedule says, in its slot or in a table of sites, to `ScheduledSite`s by opening time."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.table import Columns, Row
from hrcpub.files.tablefile import parse
from hrcpub.files.yamlfile import Node
from hrcpub.problems import Problem, Severity, Source
from hrcpub.project import slots, telephones
from hrcpub.project.homes import read_home
from hrcpub.project.hours import Kind, OpenDays, read_hours
from hrcpub.project.hours_styles import HoursStyle, by_day, in_words, printed, style_of
from hrcpub.project.hours_text import hours_in
from hrcpub.project.schedule_fields import COLUMNS, SITES
from hrcpub.project.site_columns import ALSO
from hrcpub.project.slot import Slot
from hrcpub.project.telephone_problems import doubts
from hrcpub.project.telephones import Doubt, Home
from hrcpub.project.words import Words


class OpenRun(NamedTuple):
    """Days beside each other on which a site is open at the same times."""

    first: int  # 0 is Monday
    last: int  # not before `first`
    words: Words  # its times as printed
    days: str  # these days as printed, "Mon–Fri"
    day_names: tuple[str, ...]  # each of them


class ScheduledSite(NamedTuple):
    """A site, as a schedule prints it."""

    name: Words
    address: Words | None
    tel: Words | None
    link: str | None  # what calls it
    note: Words | None
    runs: tuple[OpenRun, ...]  # in the order of the week
    asked: tuple[Words, ...]  # days for those who ask for a time, as printed


class Schedule(NamedTuple):
    """The sites of a schedule, in the order in which they open."""

    sites: tuple[ScheduledSite, ...]
    days: tuple[str, ...]  # the week's, from Monday on, as its language prints them
    place: Source


class _Entry(NamedTuple):
    """A site as it was read."""

    words: Mapping[str, Words | None]
    hours: tuple[OpenDays, ...]


def with_schedules(
    words: Mapping[str, Any],
    fields: Mapping[str, Slot],
    language: str,
    phrases: Mapping[str, Words],
    project: Project,
    problems: list[Problem],
) -> dict[str, Any]:
    """Return a material's words with each schedule read; note every mistake in it."""
    return {
        name: _schedule(value, f"words.{name}", language, phrases, project, problems)
        if isinstance(value, Node) and name in fields and fields[name].kind == "schedule"
        else value
        for name, value in words.items()
    }


def _schedule(
    node: Node,
    path: str,
    language: str,
    phrases: Mapping[str, Words],
    project: Project,
    problems: list[Problem],
) -> Schedule | None:
    read = _from_table if node.text is not None else _from_slot
    entries = list(read(node, path, project.sources, problems))
    home = project.known("home", read_home)
    style = style_of(language, home.region)
    problems += _unspoken(entries, language, phrases)
    if style is None:
        return None
    problems += _doubtful([entry.words["tel"] for entry in entries], home)
    order = sorted(entries, key=lambda entry: _opens(entry.hours))
    days = style.days
    sites = [
        _site(entry, style, phrases, home, f"{path}.{number}")
        for number, entry in enumerate(order, 1)
    ]
    return Schedule(tuple(sites), days, node.source)


def _site(
    entry: _Entry, style: HoursStyle, phrases: Mapping[str, Words], home: Home, path: str
) -> ScheduledSite:
    words = {
        key: replace(said, slot=f"{path}.{key}") if said else None
        for key, said in entry.words.items()
    }
    name, tel = words["name"], words["tel"]
    assert name  # no entry is without
    tel = replace(tel, text=telephones.on_keys(tel.text)) if tel else None
    link = telephones.link(tel.text, home) if tel else None
    runs = tuple(_runs(by_day(entry.hours, style), style.days, name, path))
    asked = tuple(
        Words(in_words(row, style, phrases), row.place.source, f"{path}.asked.{number}")
        for number, row in enumerate(entry.hours, 1)
        if row.kind is Kind.APPOINTMENT and row.kind.value in phrases
    )
    return ScheduledSite(name, words["address"], tel, link, words["note"], runs, asked)


def _runs(
    times: Mapping[int, str], days: tuple[str, ...], place: Words, path: str
) -> Iterator[OpenRun]:
    """Yield equal neighbouring days together."""
    week = itertools.groupby(range(7), key=lambda day: times.get(day))
    runs = [(said, list(group)) for said, group in week if said]
    for number, (said, group) in enumerate(runs, 1):
        names = tuple(days[day] for day in group)
        together = names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"
        words = Words(said, place.source, f"{path}.hours.{number}")
        yield OpenRun(group[0], group[-1], words, together, names)


def _opens(hours: Iterable[OpenDays]) -> int:
    """Return when a site first opens, in minutes; the last are those that open on demand."""
    return min((time.opens for row in hours for time in row.times), default=24 * 60)


def _from_slot(
    node: Node, path: str, sources: Sources, problems: list[Problem]
) -> Iterator[_Entry]:
    for entry in slots.check(node, SITES, path, problems) or ():
        if entry and entry.get("name"):
            hours, slips = read_hours(entry.get("hours") or ())
            problems += slips
            said = {key: entry.get(key) for key in ("name", "address", "tel", "note")}
            yield _Entry(said, hours)


def _from_table(
    node: Node, path: str, sources: Sources, problems: list[Problem]
) -> Iterator[_Entry]:
    file = (node.text or "").strip()
    if not sources.has(file):
        problems.append(no_table(node.source, file))
        return
    table = parse(sources.read(file), file, Columns(COLUMNS, ALSO))
    # What stands in other columns is not for a schedule.
    problems += [problem for problem in table.problems if problem.code != "csv-column-unknown"]
    for row in table.rows:
        problems += row.problems
        if not row.is_bad and (entry := _row(row, path, problems)):
            yield entry


def _row(row: Row, path: str, problems: list[Problem]) -> _Entry | None:
    words = {key: Words(cell.text, cell.source, path) for key, cell in row.cells.items()}
    address = words.get("address") or words.get("address1")
    if "name" not in words or "hours" not in words:
        problems.append(not_scheduled(row.source, "hours" if "name" in words else "name"))
        return None
    entries = list(hours_in(words["hours"]))
    if not entries:
        problems.append(hours_unread(words["hours"]))
        return None
    hours, slips = read_hours(entries)
    problems += slips
    street = re.split(r"\n|;|\s/\s", address.text)[0].strip() if address else ""
    said = {
        "name": words["name"],
        "address": replace(address, text=street) if address and street else None,
        "tel": words.get("tel"),
        "note": words.get("note"),
    }
    return _Entry(said, hours)


def table_problems(project: Project, file: str) -> tuple[Problem, ...]:
    """Return what is wrong in a table, as a schedule in English reads it."""
    problems: list[Problem] = []
    entries = list(_from_table(Node(file, Source(file)), "", project.sources, problems))
    tels = [entry.words["tel"] for entry in entries]
    problems += _doubtful(tels, project.known("home", read_home))
    return tuple(problems)


def _unspoken(
    entries: Iterable[_Entry], language: str, phrases: Mapping[str, Words]
) -> Iterator[Problem]:
    """Yield what the piece's language has no words for, each once."""
    found = {
        problem.code: problem
        for entry in entries
        for problem in printed(entry.hours, language, phrases)
        if isinstance(problem, Problem)
    }
    yield from found.values()


def _doubtful(numbers: Iterable[Words | None], home: Home) -> Iterator[Problem]:
    """Yield what is doubtful about the numbers; a note where all are made up."""
    cells = [words for words in numbers if words]
    kinds = {number.doubt for words in cells for number in telephones.read(words.text, home)}
    if kinds == {Doubt.FICTION}:
        yield sample_schedule(cells[0])
        return
    for words in cells:
        if telephones.read(words.text, home):
            yield from doubts(words, home)


def no_table(place: Source, file: str) -> Problem:
    """The table that a schedule names is not there.

    Fix: write its path from the project's folder, such as `materials/sites.csv`. Or write the sites
    into the slot: a list, each with `name` and `hours`.
    """
    return Problem(
        "schedule-table",
        f'there is no table "{file}" in this project',
        place,
        "write its path from the project's folder, such as materials/sites.csv",
    )


def not_scheduled(row: Source, column: str) -> Problem:
    """A row of a schedule's table has no name, or no hours.

    Fix: fill them in, or take the row out. A site without hours has no place in a week: write
    `Mon-Fri by appointment` where people have to ask for a time.
    """
    return Problem(
        "schedule-row", f'this row has no "{column}"', row, "fill it in, or take the row out"
    )


def hours_unread(cell: Words) -> Problem:
    """It is not clear from a table on which days a site is open, and when.

    Fix: write days and then times, with a semicolon before other days: `Mon-Fri 9 am-5 pm; Sat 10
    am-noon`. With a break: `Mon-Fri 9-12, 1-5 pm`. Also `Sun closed`, `Mon-Fri by appointment`,
    `every day 24 hours`. What is no hours (`except holidays`) belongs into the piece's note.
    """
    return Problem(
        "schedule-hours",
        f'these hours cannot be read: "{cell.text}"',
        cell.source,
        "write days and then times: Mon-Fri 9 am-5 pm; Sat 10 am-noon",
    )


def sample_schedule(first: Words) -> Problem:
    """All telephones of a schedule are made up, so it is a sample.

    Fix: if it is to be printed for real sites, write their numbers. As soon as some are real, each
    number that is not is a warning.
    """
    return Problem(
        "schedule-fiction",
        "the telephones of this schedule are made up: it is a sample",
        first.source,
        "for real sites, write theirs",
        Severity.NOTE,
    )


CODES = {
    "schedule-table": no_table,
    "schedule-row": not_scheduled,
    "schedule-hours": hours_unread,
    "schedule-fiction": sample_schedule,
}
