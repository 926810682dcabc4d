"""`materials/organisation.yaml` to an `Organisation`: who signs every piece of a project."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field, replace
from typing import Any

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node, read_yaml
from hrcpub.problems import Problem, Severity, Source, stop_on_errors
from hrcpub.project import reach, slot_problems, slots
from hrcpub.project.by_language import in_language, read_by_language
from hrcpub.project.colours import OWN_COLOUR
from hrcpub.project.homes import read_home
from hrcpub.project.logos import ALT, FIELDS, OwnLogo, read_logo
from hrcpub.project.paper_size import ORGANISATION, PAPER_SIZE
from hrcpub.project.reach import ReaderAddress, read_address
from hrcpub.project.slot_schemas import schema
from hrcpub.project.slots import Slot
from hrcpub.project.telephones import Home
from hrcpub.project.words import Words
from hrcpub.records import record

LONGEST = 60  # characters of a name: what a card's wordmark shows in letters that can be read
_NAME = Slot("line", "as it signs a piece", limit=LONGEST)


@record
class Organisation:
    """Whose pieces these are."""

    names: Mapping[str, Words] = field(default_factory=dict)  # by language; "": in all others
    short: Words | None = None  # the name for where the whole one would be too small to read
    offices: tuple[Words, ...] = ()  # ids of those that a piece names which names none itself
    language: Words | None = None  # of new pieces; None: that of their layouts' samples
    logo: OwnLogo | None = None  # signs in place of the name
    address: ReaderAddress = field(default_factory=ReaderAddress)  # how readers reach it
    spares_toner: bool = False  # its office prints no black panels

    def name(self, language: str) -> Words | None:
        """Return the name in a language; that in the file's first language where it has none."""
        return in_language(self.names, language)

    def eased(self, slots: Mapping[str, Slot]) -> dict[str, Slot]:
        """Return a layout's slots; its offices are not required where there are usual ones."""
        return {
            name: replace(slot, required=False)
            if slot.kind == "contacts" and self.offices
            else slot
            for name, slot in slots.items()
        }

    def usual_offices(
        self, slots: Mapping[str, Slot], named: Collection[str]
    ) -> dict[str, tuple[Words, ...]]:
        """Return the offices for each slot of such that is not among those a piece has `named`."""
        return {
            name: tuple(
                replace(id, slot=f"words.{name}.{number}")
                for number, id in enumerate(self.offices[: slot.most], 1)
            )
            for name, slot in slots.items()
            if slot.kind == "contacts" and name not in named
        }


def read_organisation(sources: Sources) -> Organisation:
    """Return who signs; raise HrcpubError with every mistake in the file.

    Without the file, or a name in it, it is nobody: pieces are not signed then.
    """
    if not sources.has(ORGANISATION):
        return Organisation()
    problems: list[Problem] = []
    values = slots.check(read_yaml(sources, ORGANISATION), FILE, "", problems) or {}
    names = read_by_language(values.get("name"), _NAME, "name", problems)
    short: Words | None = values.get("short")
    problems += [
        slot_problems.not_a(words, "name", "Harm Reduction Coalition")
        for words in (*names.values(), *([short] if short else []))
        if not any(map(str.isalnum, words.text))
    ]
    node: Node | None = values.get("logo")
    logo = read_logo(node, names, sources, problems) if node else None
    home = read_home(sources) if values.get("tel") or values.get("text") else Home()
    address = read_address(values, home, problems)
    stop_on_errors(problems)
    offices, language = values.get("offices") or (), values.get("language")
    toner = values.get("toner")
    return Organisation(names, short, offices, language, logo, address, toner == "low")


def unsigned(sources: Sources) -> Problem:
    """Nobody signs the pieces: `materials/organisation.yaml` is missing, or gives no name.

    Fix: write `name:` and the name of your organisation into `materials/organisation.yaml`. Every
    layout prints it at its foot or on its cover. A piece without it does not say who speaks.
    """
    is_there = sources.has(ORGANISATION)
    return Problem(
        "organisation-missing",
        "this file gives no name, so nobody signs the piece"
        if is_there
        else f"there is no {ORGANISATION}, so nobody signs the piece",
        Source(ORGANISATION) if is_there else None,
        f"write into {ORGANISATION}: name: Your Organisation",
        Severity.WARNING,
    )


FILE = Slot(
    "group",
    fields={
        "name": Slot("any", "as it signs every piece: a text, or one for each language"),
        "short": Slot("line", "where the whole name would be too small to read", limit=24),
        "logo": Slot("any", "in place of the name: a file, or a group with file, reversed and alt"),
        "language": Slot("label", "that new pieces begin in, such as en or es"),
        **reach.FIELDS,
        "colours": Slot("any", "your own papers, and accent: names with #rrggbb, or with inks too"),
        "paper-size": PAPER_SIZE,
        "toner": Slot(
            "choice",
            "low: the office edition has frames where others have black panels",
            choices=("full", "low"),
        ),
        "offices": Slot(
            "contacts", "of contacts.yaml: those that a piece names which names none itself"
        ),
    },
)


def organisation_schema() -> dict[str, Any]:
    """Return JSON Schema (2020-12) for the file, without its head."""
    fields = schema(FILE)
    fields["properties"]["name"] |= _in_languages(_NAME)
    logo = schema(Slot("group", fields=FIELDS))
    logo["properties"]["alt"] |= _in_languages(ALT)
    fields["properties"]["logo"] |= {"anyOf": [{"type": "string", "minLength": 1}, logo]}
    colour = {"anyOf": [{"type": "string"}, schema(Slot("group", fields=OWN_COLOUR))]}
    colours = {"type": "object", "minProperties": 1, "additionalProperties": colour}
    fields["properties"]["colours"] |= colours
    return fields


def _in_languages(slot: Slot) -> dict[str, Any]:
    """Return the schema of a text, or of one for each language."""
    by_language = {"type": "object", "additionalProperties": schema(slot)}
    return {"anyOf": [schema(slot), by_language]}


CODES = {"organisation-missing": unsigned}
