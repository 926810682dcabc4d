"""`materials/sources.yaml`: what the words of a project rest on, and until when it is good.

A passage names its source by its id in braces, where the passage ends: `{cdc-naloxone}`
(`claims.py`). Not to be taken for the folder `materials/sources/`, which has the texts that
`verbatim` pieces reprint.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.problems import HrcpubError, Problem, Severity, Source, nearest, stop_on_errors
from hrcpub.project import addresses, date_problems, slot_problems, slots
from hrcpub.project.addresses import Address
from hrcpub.project.slot import Slot
from hrcpub.project.words import Words
from hrcpub.records import record

PATH = "materials/sources.yaml"
NOTICE = datetime.timedelta(days=30)  # how long before its day a source is told to be due


@record
class Reference:
    """One published source, and who last looked whether it still says so."""

    id: str
    title: Words
    publisher: Words
    place: Source  # of its id
    checked_by: Words
    checked_on: datetime.date
    review_by: datetime.date
    date: datetime.date | None = None  # of its publication
    url: Address | None = None
    page: Words | None = None  # where in it: "12", "table 2"

    def __str__(self) -> str:
        """Return it as a line: publisher, title, year, page and address."""
        year = f" ({self.date.year})" if self.date else ""
        number = "p. " if self.page and self.page.text.isdigit() else ""
        page = f", {number}{self.page}" if self.page else ""
        url = f", {self.url.shown}" if self.url else ""
        return f"{self.publisher}: {self.title}{year}{page}{url}"

    def as_json(self) -> dict[str, object]:
        """Return plain values, as reports have them."""
        return {
            "id": self.id,
            "title": str(self.title),
            "publisher": str(self.publisher),
            "date": self.date and self.date.isoformat(),
            "url": self.url and self.url.link,
            "page": self.page and str(self.page),
            "checked-by": str(self.checked_by),
            "checked-on": self.checked_on.isoformat(),
            "review-by": self.review_by.isoformat(),
        }


_ENTRY = {
    "title": Slot("line", "what it is called", required=True),
    "publisher": Slot("line", "who has published it", required=True),
    "date": Slot("date", "the day of its publication, where it has one"),
    "url": Slot("line", "its address on the web"),
    "page": Slot("line", "where in it: 12, or table 2"),
    "checked-by": Slot("line", "who last read that it says so", required=True),
    "checked-on": Slot("date", "on which day", required=True),
    "review-by": Slot("date", "the day on which somebody must look again", required=True),
}
FILE = Slot(
    "group",
    "what the words of the pieces rest on",
    fields={"sources": Slot("table", "each under an id", required=True, fields=_ENTRY)},
)


def read_references(sources: Sources) -> Mapping[str, Reference]:
    """Return all sources by id, none where there is no file.

    Raises HrcpubError with every mistake in it.
    """
    if not sources.has(PATH) or _is_empty(sources.text(PATH)):
        return {}
    try:
        node = read_yaml(sources, PATH)
    except HrcpubError as error:
        raise HrcpubError(*map(_listed_by_id, error.problems)) from None
    problems: list[Problem] = []
    values = slots.check(node, FILE, "", problems) or {}
    entries = {name: entry or {} for name, entry in (values.get("sources") or {}).items()}
    for name, entry in entries.items():
        problems += _mistakes(name, entry, sources)
    stop_on_errors(problems)
    listed = node.mapping["sources"] if node.mapping else node
    return {name: _reference(name, entry, listed.key(name)) for name, entry in entries.items()}


def _is_empty(text: str) -> bool:
    """Return whether a file has nothing but remarks, and `sources:` without any."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return "".join(lines).removeprefix("---") in ("", "sources:", "sources: {}")


def _listed_by_id(problem: Problem) -> Problem:
    """Return a Problem of a file that is no YAML of names and values with how it should begin."""
    if problem.code != "yaml-empty":
        return problem
    hint = "begin with `sources:`, then each source under an id of its own: `cdc-naloxone:`"
    return replace(problem, hint=hint)


def _mistakes(name: str, entry: Mapping[str, Any], sources: Sources) -> Iterator[Problem]:
    """Yield what is wrong with an entry beside its slots."""
    url: Words | None = entry.get("url")
    if url and addresses.web(url.text) is None:
        yield slot_problems.not_a(url, "web address", "www.cdc.gov/overdose-prevention")
    checked, review = entry.get("checked-on"), entry.get("review-by")
    if checked and review and review <= checked:
        yield review_order(name, checked, review, entry["title"].source)
    if checked and date_problems.is_to_come(checked, sources):
        yield date_problems.to_come(
            f'the source "{name}" was checked', checked, entry["title"].source
        )


def _reference(name: str, entry: Mapping[str, Any], place: Source) -> Reference:
    url: Words | None = entry.get("url")
    return Reference(
        name,
        entry["title"],
        entry["publisher"],
        place,
        entry["checked-by"],
        entry["checked-on"],
        entry["review-by"],
        entry.get("date"),
        addresses.web(url.text) if url else None,
        entry.get("page"),
    )


def due(reference: Reference, sources: Sources) -> Problem | None:
    """Return a Problem where a source must be looked at again: a note from 30 days before on."""
    if sources.has_come(reference.review_by):
        return overdue(reference)
    if sources.has_come(reference.review_by - NOTICE):
        return overdue(reference).at(Severity.NOTE)
    return None


def overdue(reference: Reference) -> Problem:
    """Nobody has looked for too long whether a source still says what a piece says.

    Fix: open the source. If it still says so, set `checked-by`, `checked-on` and `review-by` in
    `materials/sources.yaml`. If not, correct the words, and have them reviewed. Until then no press
    file is made of a piece that rests on it; for the office and the screen this is a warning.
    """
    return Problem(
        "source-due",
        f'the source "{reference.id}" was last checked on {reference.checked_on} by '
        f"{reference.checked_by}, and is due again by {reference.review_by}",
        reference.place,
        "see whether it still says so, then set checked-by, checked-on and review-by",
        Severity.WARNING,
    )


def outdated(due: Problem) -> Problem:
    """A press file was asked for of a piece that rests on a source which is due for review.

    Fix: open the source, and see whether it still says what the piece says. Then set its
    `checked-by`, `checked-on` and `review-by` in `materials/sources.yaml`. Meanwhile you can build
    for the office and the screen.
    """
    return Problem(
        "source-outdated", f"not ready for the press: {due.message}", due.source, due.hint
    )


def review_order(
    name: str, checked: datetime.date, review: datetime.date, place: Source
) -> Problem:
    """A source would be due for review before it was checked.

    Fix: correct `checked-on` or `review-by`. Dates are year, month, day. Guidance changes: half a
    year or a year from the check is usual.
    """
    said = f'"{name}" was checked on {checked}, and would be due on {review}, which is not after it'
    return Problem("source-order", said, place, "correct checked-on: or review-by:")


def unknown(id: str, known: Mapping[str, Reference], place: Source) -> Problem:
    """A passage names a source that `materials/sources.yaml` does not have.

    Fix: correct the id, or add the source to `materials/sources.yaml` with its title, publisher,
    and who has checked it.
    """
    near = nearest(id, known)
    hint = f'did you mean "{near}"?' if near else f"add it to {PATH}"
    return Problem("claim-unknown", f'no source is called "{id}"', place, hint)


CODES = {
    "source-due": overdue,
    "source-outdated": outdated,
    "source-order": review_order,
    "claim-unknown": unknown,
}
