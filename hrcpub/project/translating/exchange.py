"""Originals and their PO files to XLIFF, and what came back to PO files."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from hrcpub.files.project import Project
from hrcpub.problems import Problem
from hrcpub.project.translating.originals import Original
from hrcpub.project.translating.writing import new_file
from hrcpub.project.translations import xliff_problems
from hrcpub.project.translations.agreement import disagreements
from hrcpub.project.translations.catalog import FUZZY, Catalog, Message
from hrcpub.project.translations.merging import merged
from hrcpub.project.translations.po_reading import parse, read_catalog
from hrcpub.project.translations.po_writing import text_of
from hrcpub.project.translations.xliff_reading import TranslatedUnit
from hrcpub.project.translations.xliff_writing import xliff


class ImportedCatalog(NamedTuple):
    """A PO file with translations that came back."""

    path: str
    text: str
    taken: int
    fuzzy: int  # of these, what is to be looked over
    problems: tuple[Problem, ...]


def catalog_of(project: Project, original: Original, language: str) -> Catalog:
    """Return the catalog of an original as its words are now; an empty one where there is none.

    Raises HrcpubError where the file cannot be read.
    """
    path = original.file(language)
    if project.sources.has(path):
        catalog, _ = read_catalog(project.sources, path, language)
    else:
        parsed, _ = parse(new_file(original, language).text, path)
        assert parsed  # what we write, we can read
        catalog = parsed
    return merged(original.passages, catalog, original.path)


def exported(project: Project, originals: Sequence[Original], language: str) -> str:
    """Return a file of XLIFF with originals, which are all in one language."""
    catalogs = [(item.name, catalog_of(project, item, language)) for item in originals]
    return xliff(catalogs, originals[0].language, language)


def imported(
    project: Project,
    original: Original,
    language: str,
    units: Iterable[TranslatedUnit],
    path: str,
    day: datetime.date,
    *,
    is_accepted: bool,
) -> ImportedCatalog:
    """Return an original's PO file with the translations of some units, which came on a day.

    What nobody has looked over is fuzzy, unless it is accepted as it is. `path` is the file that
    was read, for Problems.
    """
    catalog = catalog_of(project, original, language)
    messages = {m.slot: m for m in catalog.messages if not m.is_obsolete}
    places = {passage.slot: passage for passage in original.passages}
    problems: list[Problem] = []
    taken: dict[str, Message] = {}
    for unit in units:
        if unit.slot not in messages:
            problems.append(xliff_problems.unknown_unit(path, unit.file, unit.slot))
        elif unit.target.strip():
            message = _taken(messages[unit.slot], unit, is_accepted=is_accepted)
            taken[unit.slot] = message
            problems += disagreements(places[unit.slot], message, language, original.language)
    changed = tuple(
        message if message.is_obsolete else taken.get(message.slot, message)
        for message in catalog.messages
    )
    header = dict(catalog.header)
    if changed != catalog.messages:  # a review from before is of other words
        header["PO-Revision-Date"] = f"{day} 00:00+0000"
    text = text_of(replace(catalog, header=header, messages=changed))
    fuzzy = sum(message.is_fuzzy for message in taken.values())
    return ImportedCatalog(catalog.path, text, len(taken), fuzzy, tuple(problems))


def _taken(message: Message, unit: TranslatedUnit, *, is_accepted: bool) -> Message:
    """Return a message with a unit's words; those that it had are kept as a note."""
    is_same = message.words == unit.target
    is_changed = unit.source != message.source
    is_done = (unit.is_done or is_accepted) and not is_changed
    if is_same and not message.is_fuzzy and not is_changed:
        return message
    notes = message.notes
    if message.words.strip() and not is_same:
        notes = (*notes, f"Before the import: {' '.join(message.words.split())}")
    flags = tuple(flag for flag in message.flags if flag != FUZZY)
    return replace(
        message,
        words=unit.target,
        notes=notes,
        flags=flags if is_done else (FUZZY, *flags),
        previous=(message.slot, unit.source) if is_changed else (None, None),
    )
