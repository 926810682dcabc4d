"""`materials/events/*.yaml` to an `Event`, checked as strictly as a material."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hrcpub.events.manifest.counts import COPIES, count_columns, other_names
from hrcpub.events.manifest.event import Event, Logo, Partner, Site
from hrcpub.events.manifest.items import listed_pieces, read_items, says_none
from hrcpub.events.manifest.logos import read_logo
from hrcpub.events.manifest.reader import ManifestReader
from hrcpub.events.manifest.routes import delivery_of, route_problems
from hrcpub.events.manifest.schema import EVENT, FOLDER
from hrcpub.events.manifest.sites import PATH, Sites, read_sites
from hrcpub.files import csv_problems
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.table import plain_name
from hrcpub.files.yamlfile import Node, read_yaml
from hrcpub.patterns import pattern
from hrcpub.problems import HrcpubError, Problem, Severity, Source, did_you_mean
from hrcpub.project import slot_problems, slots, telephones
from hrcpub.project.homes import read_home
from hrcpub.project.names import is_device, misnamed, slug
from hrcpub.project.telephone_problems import doubts
from hrcpub.project.words import Image, Words

_MAIL = pattern(r"[^\s@\"<>()]+@(?:[\w-]+\.)+[\w-]{2,}")


def event_names(sources: Sources) -> tuple[str, ...]:
    """Return the names of all events."""
    named = [file.removesuffix(".yaml") for file in sources.names(FOLDER, ".yaml")]
    # Such a file is not read, but must not be passed over in silence either.
    return (*named, *(name for name in misnamed(sources.names(FOLDER)) if name not in named))


def event_path(sources: Sources, name: str) -> str:
    """Return the path of an event's manifest; raise HrcpubError when there is none."""
    path = f"{FOLDER}/{name}.yaml"
    if not slots.ID.fullmatch(name) or is_device(name):
        raise HrcpubError(event_unfit(name))
    if not sources.has(path):
        if other := misnamed(sources.names(FOLDER)).get(name):
            raise HrcpubError(event_misnamed(f"{FOLDER}/{other}"))
        if name not in (known := event_names(sources)):
            raise HrcpubError(unknown_event(name, known))
    return path


def read_event(project: Project, name: str) -> Event:
    """Return an event; raise HrcpubError with every mistake in its manifest.

    A bad row of the table and a material with mistakes do not stop the event. They are left out,
    and their errors are among `Event.problems`.
    """
    path = event_path(project.sources, name)
    node = read_yaml(project.sources, path)
    reader = ManifestReader(project)
    values = slots.check(node, EVENT, "", reader.problems) or {}
    sites = _sites(values, node, reader)
    partners = tuple(_partners(values, reader))
    reader.problems += _dates(values, node, project.sources)
    reader.problems += _mail(values)
    reader.problems += _telephone(values, project)
    reader.along += _samples(values)
    reader.along += route_problems(node, sites)
    spares = values.get("spares") or 0.0
    nodes = _entries(node)
    known_sites = {site.id: site for site in sites}
    items = read_items(values.get("items") or (), nodes, known_sites, spares, reader)
    if any(problem.is_error for problem in reader.problems):
        raise HrcpubError(*reader.all)
    contact = values["contact"]
    return Event(
        id=name,
        path=path,
        name=values["name"],
        date=values["date"],
        place=values["place"],
        contact=tuple(contact[key] for key in ("name", "tel", "email") if contact.get(key)),
        approver=values.get("approver"),
        partners=partners,
        sites=sites,
        items=items,
        delivery=delivery_of(values.get("delivery") or {}),
        problems=reader.all,
        needs_approval=values.get("approved") == "required",
        listed=tuple(listed_pieces(values["items"], reader)),
        lacks_sites=bool(reader.left_out),
    )


def _entries(node: Node) -> list[Node]:
    """Return the items' Nodes, without empty ones, as their checked values come."""
    items = (node.mapping or {}).get("items")
    return [entry for entry in (items.items if items else None) or [] if entry.value]


def _sites(values: Mapping[str, Any], node: Node, reader: ManifestReader) -> tuple[Site, ...]:
    """Return who gets pieces: the sites that are named, or all of the table.

    Without a table, and where the list is empty, there are none.
    """
    file: Words | None = values.get("sites-file")
    ids = values.get("sites") or ()
    if says_none(node, "sites") or not (file or ids or reader.project.sources.has(PATH)):
        return ()
    try:
        table = read_sites(
            reader.project,
            file.text if file else PATH,
            values.get("columns") or {},
            dict(_count_columns(values)),
        )
    except HrcpubError as error:
        place = file or next((entry for entry in ids if entry), None)
        reader.problems += [_at(problem, place) for problem in error.problems]
        reader.has_table = False
        return ()
    reader.left_out, reader.made = table.left_out, table.made
    reader.problems += _named_columns(values, table)
    errors = [problem for problem in table.problems if problem.is_error]
    reader.along += errors
    reader.problems += [problem for problem in table.problems if problem not in errors]
    sites = reader.picked(ids, table.sites) if ids else tuple(table.sites.values())
    if not sites and not any(problem.is_error for problem in reader.problems):
        reader.problems.append(no_sites(Source(table.path)))
    return sites


def _count_columns(values: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the columns that may say how many a site gets, and what else each may be called."""
    for entry in filter(None, values.get("items") or ()):
        own: Words | None = entry.get("copies")
        for quantity in entry.get("languages") or ():
            for column in dict.fromkeys((COPIES, own.text if own else COPIES)):
                language = quantity.name.text
                in_language, in_all = count_columns(column, language)
                yield in_language, tuple(other_names(column, language))
                yield in_all, tuple(other_names(column))


def _named_columns(values: Mapping[str, Any], table: Sites) -> Iterator[Problem]:
    """Yield a Problem for each column of quantities that the manifest names and nobody has."""
    has = set(map(plain_name, table.names))
    for entry in filter(None, values.get("items") or ()):
        own: Words | None = entry.get("copies")
        languages = [quantity.name.text for quantity in entry.get("languages") or ()]
        wanted = [one for language in languages for one in other_names(str(own), language)]
        if own and not has & {plain_name(name) for name in (own.text, *wanted)}:
            place = Source(table.path)
            yield csv_problems.column_missing(own.text, own.source, table.names, place)


def _at(problem: Problem, place: Words | None) -> Problem:
    """Return a file's absence as the mistake of the place that names the file."""
    is_absent = problem.code in ("file-missing", "file-refused")
    return replace(problem, source=place.source) if is_absent and place else problem


def _partners(values: Mapping[str, Any], reader: ManifestReader) -> Iterator[Partner]:
    for entry in values.get("partners") or ():
        if entry and entry.get("name"):
            yield Partner(entry["name"], _logo(entry.get("logo"), reader))


def _logo(image: Image | None, reader: ManifestReader) -> Logo | None:
    if image is None:
        return None
    try:
        return read_logo(image, reader.project.sources)
    except HrcpubError as error:
        reader.problems += error.problems
        return None


def _dates(values: Mapping[str, Any], node: Node, sources: Sources) -> Iterator[Problem]:
    """Yield what is wrong with the event's day and that of the delivery."""
    day: datetime.date | None = values.get("date")
    due: datetime.date | None = (values.get("delivery") or {}).get("by")
    mapping = node.mapping or {}
    if day and sources.is_over(day):
        yield past(mapping["date"].source, day)
    if due:
        place = (mapping["delivery"].mapping or {})["by"].source
        if day and due > day:
            yield too_late(place, due, day)
        elif sources.is_over(due):
            yield overdue(place, due)


def _mail(values: Mapping[str, Any]) -> Iterator[Problem]:
    email: Words | None = (values.get("contact") or {}).get("email")
    if email and not _MAIL.fullmatch(email.text):
        yield slot_problems.not_a(email, "mail address", "ana@example.org")


def _telephone(values: Mapping[str, Any], project: Project) -> Iterator[Problem]:
    """Yield what is wrong with the number that the shop calls; it is on no piece."""
    tel: Words | None = (values.get("contact") or {}).get("tel")
    if not tel:
        return
    home = project.known("home", read_home)
    if not telephones.read(tel.text, home):
        yield slot_problems.not_a(tel, "telephone number", "(212) 213-6376")
    # Made-up numbers are what samples of manifests have, and no reader ever sees this one.
    yield from (problem for problem in doubts(tel, home) if problem.code != "telephone-fiction")


def _samples(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a Problem when words that `hrcpub event new` wrote are still there."""
    contact = values.get("contact") or {}
    partners = [entry.get("name") for entry in values.get("partners") or () if entry]
    texts = (values.get("place"), contact.get("name"), values.get("approver"), *partners)
    if left := [words for words in texts if words and words.text in SAMPLES.values()]:
        yield still_sample(left)


# What `hrcpub event new` writes, to be replaced.
SAMPLES = {
    "place": "Where it is, and at what time",
    "contact": "Your name",
    "approver": "Who signs the proof",
    "partner": "An organisation",
}


def still_sample(texts: Sequence[Words]) -> Problem:
    """Words that `hrcpub event new` wrote as an example are still in the manifest.

    Fix: write your own in their place. They are printed on job tickets and packing lists.
    """
    names = ", ".join(words.slot for words in texts)
    return Problem(
        "event-sample",
        f"these are still the words of the example: {names}",
        texts[0].source,
        "write your own in their place",
    )


def event_unfit(name: str) -> Problem:
    """An event's name is its file's, and part of the names of all that is made for it.

    Fix: rename the file. Small letters, digits and hyphens are safe in every shell, address and
    file system.
    """
    return Problem(
        "event-name",
        f'"{name}" cannot be an event\'s name',
        None,
        f"use small letters, digits and hyphens, such as {slug(name, 'health-fair')}",
    )


def unknown_event(name: str, known: tuple[str, ...]) -> Problem:
    """There is no event of the name that was asked for.

    Fix: look for a slip in the name. An event is a file in `materials/events/`; its name is the
    file's without `.yaml`. `hrcpub event list` shows them all; `hrcpub event new` writes one to
    begin with.
    """
    hint = did_you_mean(name, known) if known else f"write one: hrcpub event new {name}"
    return Problem("event-unknown", f'there is no event "{name}"', None, hint)


def event_misnamed(path: str) -> Problem:
    """An event's manifest is called `.yml` or `.YAML`, and only `.yaml` is read.

    Fix: rename it, so that its name ends in `.yaml`.
    """
    return Problem(
        "event-misnamed",
        f"{path} is not read: its name does not end in .yaml",
        Source(path),
        f"rename it to {path.rpartition('.')[0]}.yaml",
    )


def no_sites(place: Source) -> Problem:
    """There is no site to print for: the table has none, or all its rows have mistakes.

    Fix: correct the rows. For an event without sites, whose pieces are all handed out at one
    table, write `sites: []` into the manifest.
    """
    return Problem(
        "event-no-sites",
        "there is no site to print for",
        place,
        "correct its rows, or write sites: []",
    )


def past(place: Source, day: datetime.date) -> Problem:
    """The event's day is past.

    Fix: for the next event, copy the manifest to a new name and set the date. You can also build
    this one again.
    """
    return Problem(
        "event-past",
        f"the event was on {day}",
        place,
        "set the date, or copy the manifest for the next event",
        Severity.WARNING,
    )


def too_late(place: Source, due: datetime.date, day: datetime.date) -> Problem:
    """Everything would be delivered after the event.

    Fix: correct one of the two days. Dates are year, month, day.
    """
    return Problem(
        "event-delivery-late",
        f"delivery by {due} is after the event, which is on {day}",
        place,
        "correct one of the two days",
    )


def overdue(place: Source, due: datetime.date) -> Problem:
    """The delivery was due on a day that is past, and the event is still to come.

    Fix: agree on another day with whoever prints, and write it into the manifest.
    """
    return Problem(
        "event-delivery-past",
        f"delivery was due by {due}",
        place,
        "agree on another day, and set it",
        Severity.WARNING,
    )


CODES = {
    "event-name": event_unfit,
    "event-unknown": unknown_event,
    "event-misnamed": event_misnamed,
    "event-no-sites": no_sites,
    "event-past": past,
    "event-sample": still_sample,
    "event-delivery-late": too_late,
    "event-delivery-past": overdue,
}
