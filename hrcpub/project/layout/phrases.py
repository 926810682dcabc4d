"""The design's phrases in one more language, from `layouts/system/i18n/<language>.po`.

English is in `phrases.yaml`. A catalog is read when a piece is in its language, and only then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node
from hrcpub.problems import HrcpubError, Problem, Source, some
from hrcpub.project.languages import main_part
from hrcpub.project.layout import Layout
from hrcpub.project.layout.system import ENGLISH, PHRASES, SYSTEM, System, phrases_by_language
from hrcpub.project.markup import one_line
from hrcpub.project.translations.passages import Passage
from hrcpub.project.words import Words

FOLDER = f"{SYSTEM}/i18n"
SOURCE = "en"  # the language that phrases are translated from


class _SpokenPhrases(NamedTuple):
    """The phrases of one language, and what is wrong: then it may have some, or none."""

    phrases: Mapping[str, Words]
    problems: tuple[Problem, ...]


def speaking(layout: Layout, language: str, project: Project, *, is_draft: bool = False) -> Layout:
    """Return a layout whose design has its phrases in a language, if there are any.

    In a draft those that are open stand in square brackets, in the language they are in.
    """
    system = layout.system
    if main_part(language) == SOURCE and SOURCE in system.phrases:
        return layout
    for name in dict.fromkeys((language, main_part(language))):
        if name in system.phrases or name in system.unfinished:
            return layout
        path = f"{FOLDER}/{name}.po"
        if project.sources.has(path):
            found = project.known(
                ("phrases", name),
                lambda sources: _read(sources, path, name, system),  # noqa: B023
            )
            return replace(layout, system=_with(system, name, found, is_draft=is_draft))
    return layout


def _with(system: System, name: str, found: _SpokenPhrases, *, is_draft: bool) -> System:
    if is_draft and {problem.code for problem in found.problems} == {"phrases-open"}:
        english = {
            phrase: replace(words, text=f"[{words.text}]")
            for phrase, words in system.phrases.get(SOURCE, {}).items()
            if phrase != "keep"
        }
        return replace(system, phrases={**system.phrases, name: {**english, **found.phrases}})
    if found.problems:
        return replace(system, unfinished={**system.unfinished, name: found.problems})
    return replace(system, phrases={**system.phrases, name: found.phrases})


def phrase_languages(sources: Sources) -> tuple[str, ...]:
    """Return the languages that have a catalog of phrases."""
    return tuple(name.removesuffix(".po") for name in sources.names(FOLDER, ".po"))


def phrase_passages(system: System) -> tuple[Passage, ...]:
    """Return the design's phrases as texts to translate, each by its name."""
    return tuple(
        Passage(name, words.text, words.source, PHRASES[name].about)
        for name, words in system.phrases.get(SOURCE, {}).items()
    )


def _read(sources: Sources, path: str, language: str, system: System) -> _SpokenPhrases:
    from hrcpub.project.translations.agreement import disagreements
    from hrcpub.project.translations.po_reading import read_catalog

    sources.has(ENGLISH)  # in the record: what is kept is read anew when it changes
    try:
        catalog, _ = read_catalog(sources, path, language)
    except HrcpubError as error:
        return _SpokenPhrases({}, error.problems)
    known = {passage.slot: passage for passage in phrase_passages(system)}
    said = {
        message.slot: Node(message.words, message.place)
        for message in catalog.by_slot.values()
        if not message.is_open and message.slot in PHRASES
        if message.slot not in known or known[message.slot].text == message.source
    }
    problems = [
        problem
        for message in catalog.by_slot.values()
        if message.slot in said and message.slot in known
        for problem in disagreements(known[message.slot], message, language, SOURCE)
        if problem.is_error
    ]
    problems += _lacking(said, path)
    if problems:
        some = {name: Words(one_line(node.text or ""), node.source) for name, node in said.items()}
        return _SpokenPhrases(some, tuple(problems))
    table = Node({language: Node(said, Source(path))}, Source(path))
    finished, unfinished = phrases_by_language(table, problems)
    return _SpokenPhrases(finished.get(language, {}), unfinished.get(language, ()))


def _lacking(said: Mapping[str, Node], path: str) -> Iterator[Problem]:
    open_ = [name for name, slot in PHRASES.items() if slot.required and name not in said]
    if open_:
        yield phrases_open(path, open_)


def phrases_open(path: str, names: list[str]) -> Problem:
    """The design's own phrases ("Distributed by") are not all translated into a language.

    Fix: translate them in `layouts/system/i18n/LANGUAGE.po`, and take off `fuzzy` where somebody
    has looked a translation over.
    """
    return Problem(
        "phrases-open",
        f"these phrases of the design are not translated yet: {some(names, 4)}",
        Source(path),
        "translate them in this file; hrcpub translate update writes those that it lacks",
    )


CODES = {"phrases-open": phrases_open}
