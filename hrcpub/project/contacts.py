"""`materials/contacts.yaml` to `Contact`s: every office once, with when it was last verified."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.problems import Problem, Severity, Source, stop_on_errors
from hrcpub.project import slots, telephones
from hrcpub.project.slots import Slot
from hrcpub.project.words import Words

PATH = "materials/contacts.yaml"
NOTICE = datetime.timedelta(days=30)  # a piece ordered today is handed out for a month at least


@dataclass(frozen=True, slots=True)
class Contact:
    """An office as printed; `historical` as a source of its time gave it, not as of today."""

    id: str
    name: Words
    lines: tuple[Words, ...]  # of the address
    tel: Words | None
    fax: Words | None
    calling_code: str  # of its country, without the +
    historical: bool
    verified: datetime.date
    review_by: datetime.date
    reprints: Words | None  # the file of the text that it is copied from
    source: Source

    @property
    def tel_link(self) -> str | None:
        """The telephone as a `tel:` link (RFC 3966), None without one."""
        number = telephones.read(self.tel.text) if self.tel else None
        return number.link(self.calling_code) if number else None


_ENTRY = {
    "name": Slot("line", "as printed", required=True),
    "lines": Slot("paragraphs", "of the address", required=True),
    "tel": Slot("phone"),
    "fax": Slot("phone"),
    "historical": Slot("yes-no"),
    "source": Slot("line"),
    "verified": Slot("date"),
    "review-by": Slot("date"),
}
_FILE = Slot(
    "group",
    fields={
        "historical": Slot("yes-no"),
        "source": Slot("line"),
        "verified": Slot(
            "date", "when somebody last compared them with their source", required=True
        ),
        "review-by": Slot("date", "when somebody has to compare them again", required=True),
        "calling-code": Slot("label", "the country's, for links to telephones", required=True),
        "offices": Slot("table", required=True, fields=_ENTRY),
    },
)


def read_contacts(sources: Sources) -> Mapping[str, Contact]:
    """Return all contacts by id; raise HrcpubError with every mistake in their file."""
    node = read_yaml(sources, PATH)
    problems: list[Problem] = []
    values = slots.check(node, _FILE, "", problems) or {}
    stop_on_errors(problems)
    offices = node.mapping["offices"] if node.mapping else node
    return {
        name: Contact(
            id=name,
            name=entry["name"],
            lines=entry["lines"],
            tel=entry.get("tel"),
            fax=entry.get("fax"),
            calling_code=values["calling-code"].text.lstrip("+"),
            historical=entry.get("historical", values.get("historical", False)),
            verified=entry.get("verified", values["verified"]),
            review_by=entry.get("review-by", values["review-by"]),
            reprints=entry.get("source", values.get("source")),
            source=offices.key(name),
        )
        for name, entry in values["offices"].items()
    }


def due(contact: Contact, sources: Sources) -> Problem | None:
    """Return a Problem when a contact has to be verified again: a note from 30 days before on."""
    if sources.has_come(contact.review_by):
        return overdue(contact)
    if sources.has_come(contact.review_by - NOTICE):
        return overdue(contact).at(Severity.NOTE)
    return None


def overdue(contact: Contact) -> Problem:
    """Nobody has checked an office's address and telephone for too long.

    Fix: call the office. If it answers, set `verified` in `materials/contacts.yaml` to today, and
    `review-by` to half a year from now. If not, correct the number first. A pamphlet with a wrong
    number costs more trust than one that is a day late.
    """
    return Problem(
        "contact-due",
        f'"{contact.id}" was last verified on {contact.verified} and is due for review by '
        f"{contact.review_by}",
        contact.source,
        "call the number, then set verified and review-by",
        Severity.WARNING,
    )


def historical(contact: Contact, place: Source) -> Problem:
    """A new piece uses an address from a historical text.

    Fix: ask for today's address, add it to `materials/contacts.yaml` under a new id, and name that
    id in the piece. The addresses from the Coalition's old text are right only in a piece that
    reprints it to the letter (`verbatim: yes`).
    """
    return Problem(
        "contact-historical",
        f'"{contact.id}" is an old address; nobody has checked that it still answers',
        place,
        "name an office that answers today; add yours in materials/contacts.yaml",
        Severity.WARNING,
    )


CODES = {"contact-due": overdue, "contact-historical": historical}
