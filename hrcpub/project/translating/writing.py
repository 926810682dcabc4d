"""Originals and the PO files that there are to the texts of new ones, and of those that go on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from hrcpub.files.project import Project
from hrcpub.problems import HrcpubError, Problem, did_you_mean
from hrcpub.project.languages import main_part, script_of
from hrcpub.project.spoken import code_named
from hrcpub.project.translating.originals import Original
from hrcpub.project.translations.catalog import FUZZY, MACHINE, Catalog, Message
from hrcpub.project.translations.files import is_tag, tag_of
from hrcpub.project.translations.merging import merged
from hrcpub.project.translations.po_reading import read_catalog
from hrcpub.project.translations.po_writing import new_header, text_of, whole_header

_FIRST_DAY = datetime.date(2026, 1, 1)  # of phrases, which have no day of their own


class WrittenCatalog(NamedTuple):
    """A PO file as it is to be, and what is other than before."""

    path: str
    text: str
    is_changed: bool
    new: int  # places without words
    fuzzy: int  # places to be looked over
    unused: int  # messages out of use
    problems: tuple[Problem, ...] = ()


def new_file(
    original: Original,
    language: str,
    memory: Mapping[str, str] | None = None,
    *,
    is_machine_made: bool = False,
) -> WrittenCatalog:
    """Return the PO file for an original that has none in a language.

    `memory` has translations of texts that stand in other files too.
    """
    more = {MACHINE: "yes"} if is_machine_made else {}
    header = new_header(language, original.name, original.revised or _FIRST_DAY, more)
    notes = (f"Words of {original.path}. What is marked fuzzy is to be looked over.",)
    catalog = Catalog(original.file(language), header, (), notes=notes)
    return _written(original, catalog, memory or {}, "")


def updated_file(
    project: Project, original: Original, language: str, memory: Mapping[str, str]
) -> WrittenCatalog:
    """Return the PO file of an original, brought to the words that it has now.

    Raises HrcpubError where the file cannot be read.
    """
    path = original.file(language)
    catalog, problems = read_catalog(project.sources, path, language)
    before = project.sources.read(path).decode()
    catalog = replace(catalog, header=whole_header(catalog.header, language, original.name))
    return _written(original, catalog, memory, before)._replace(problems=problems)


def _written(
    original: Original, catalog: Catalog, memory: Mapping[str, str], before: str
) -> WrittenCatalog:
    after = merged(original.passages, catalog, original.path)
    after = replace(after, messages=tuple(_remembered(m, memory) for m in after.messages))
    text = text_of(after)
    used = [message for message in after.messages if not message.is_obsolete]
    return WrittenCatalog(
        catalog.path,
        text,
        text != before,
        sum(not message.words.strip() for message in used),
        sum(message.is_fuzzy and bool(message.words.strip()) for message in used),
        len(after.messages) - len(used),
    )


def _remembered(message: Message, memory: Mapping[str, str]) -> Message:
    """Return a message with the words that the same text has elsewhere, to be looked over."""
    known = "" if message.words.strip() or message.is_obsolete else memory.get(message.source, "")
    return replace(message, words=known, flags=(FUZZY, *message.flags)) if known else message


def memory_of(project: Project, originals: Iterable[Original], language: str) -> dict[str, str]:
    """Return the translations of a language by their texts, of all files that can be read."""
    memory: dict[str, str] = {}
    for original in originals:
        if original.is_of_design or not project.sources.has(original.file(language)):
            continue
        try:
            catalog, _ = read_catalog(project.sources, original.file(language), language)
        except HrcpubError:
            continue  # what is wrong with it is told when it is its turn
        for message in catalog.messages:
            if not message.is_open and not message.is_obsolete:
                memory.setdefault(message.source, message.words)
    return memory


def language_tag(name: str) -> str | Problem:
    """Return the tag of a language that somebody asked for; a Problem where it is none."""
    tag = tag_of(name)
    known = _ALSO.get(name.strip().lower()) or code_named(name)
    if known:
        return unknown_language(name, f"write {known}")
    if not is_tag(tag):
        return unknown_language(name, did_you_mean(name, _OFFERED))
    if script_of(tag) == "Zyyy":
        return scriptless_language(tag)
    return tag


# What languages are called besides their names in the table of those spoken at an office.
_ALSO = {
    "haitian": "ht", "creole": "ht", "kreyòl": "ht", "chinese": "zh-Hans", "farsi": "fa",
    "bengali": "bn",
}  # fmt: skip
# Those that groups like ours are asked for most: what is offered where a tag is not known.
_OFFERED = (
    "es", "fr", "ht", "vi", "zh-Hans", "ar", "ru", "am", "km", "ko", "pt", "tl", "so", "hmn", "fa",
    "hi", "bn", "lo", "my", "th", "ja", "pl", "uk", "nv", "ur", "he",
)  # fmt: skip


def unknown_language(name: str, hint: str) -> Problem:
    """There is no language with this tag.

    Fix: write the tag of the language, as the web does: `es` for Spanish, `ht` for Haitian Creole,
    `zh-Hans` for Chinese in simplified characters, `pt-BR` for the Portuguese of Brazil.
    """
    return Problem("language-tag", f'"{name}" is not the tag of a language', None, hint)


def scriptless_language(tag: str) -> Problem:
    """Nobody here knows in which script a language is written, so it cannot be set.

    Fix: look for a slip in the tag. Where it is right, add the script that you write it in, as
    ISO 15924 names it: `nah-Latn` is Nahuatl in Latin letters.
    """
    return Problem(
        "language-script",
        f'hrcpub does not know in which script "{tag}" is written',
        None,
        f"look for a slip in it; or add the script, such as {main_part(tag)}-Latn",
    )


CODES = {"language-tag": unknown_language, "language-script": scriptless_language}
