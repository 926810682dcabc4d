"""`translate new`, `update` and `check`: a language and names to PO files, lines and Problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hrcpub.build.beginning import begin_translations, tag_asked
from hrcpub.build.starting import write_text
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem, Severity
from hrcpub.project.layout import files_lacking, read_system
from hrcpub.project.layout.phrases import phrase_languages
from hrcpub.project.material import own_names, read_material
from hrcpub.project.material.translated import folder_misnamed
from hrcpub.project.material_problems import unknown_material
from hrcpub.project.translating.originals import (
    originals,
    phrases,
    translated_languages,
)
from hrcpub.project.translating.writing import (
    WrittenCatalog,
    memory_of,
    updated_file,
)
from hrcpub.project.translations.agreement import disagreements
from hrcpub.project.translations.files import is_tag, languages, translations
from hrcpub.project.translations.po_reading import read_catalog
from hrcpub.project.translations.wording import OPEN, is_open


def begin(
    sources: Sources, language: str, names: Sequence[str], *, is_machine_made: bool = False
) -> tuple[str, list[str]]:
    """Write the PO files that are not there yet; return the language's tag, and what to say.

    Raises HrcpubError where nothing can be translated so.
    """
    tag = tag_asked(language)
    lines = []
    for path, written in begin_translations(sources, tag, names, is_machine_made=is_machine_made):
        if written is None:
            lines.append(f"{path} is there already")
        else:
            lines.append(f"wrote {path}  {_said(written)}")
    return tag, [*lines, *bring_fonts(sources, tag)]


def bring_fonts(sources: Sources, tag: str) -> list[str]:
    """Bring the fonts that came with hrcpub; say so, and how others come."""
    from hrcpub.cli.font_files import bring_starters

    if not files_lacking(tag, read_system(sources), sources):
        return []
    if brought := bring_starters(sources, tag):
        return [f"wrote {path}" for path in brought]
    return [f"Its fonts are not here yet. To have them: hrcpub fonts add {tag}"]


def bring_up_to_date(
    sources: Sources, language: str | None, names: Sequence[str]
) -> tuple[list[str], list[Problem]]:
    """Write the PO files whose originals changed; return what to say, and what went wrong."""
    project = Project(sources)
    chosen = list(originals(project, names))
    lines: list[str] = []
    problems = list(misnamed_folders(sources))
    for tag in [tag_asked(language)] if language else translated_languages(sources):
        memory = memory_of(project, originals(project), tag)
        for item in chosen:
            path = item.file(tag)
            if not sources.has(path):
                continue
            try:
                written = updated_file(project, item, tag, memory)
            except HrcpubError as error:
                problems += error.problems
                continue
            if written.is_changed:
                write_text(sources, path, written.text)
            lines.append(f"{path}  {_said(written) if written.is_changed else 'up to date'}")
    if not lines and not problems:
        lines = ["there is nothing to bring up to date; to begin: hrcpub translate new es"]
    return lines, problems


def misnamed_folders(sources: Sources) -> Iterator[Problem]:
    """Yield a Problem for each folder of translations that is not named by a language."""
    yield from (folder_misnamed(name) for name in languages(sources) if not is_tag(name))


def _said(written: WrittenCatalog) -> str:
    """Return what is to be done in a file, as its translator counts."""
    parts = [
        (written.new, "to translate"),
        (written.fuzzy, "to look over"),
        (written.unused, "out of use"),
    ]
    return ", ".join(f"{count} {what}" for count, what in parts if count) or "nothing is open"


def checked(
    sources: Sources, language: str | None, names: Sequence[str]
) -> tuple[list[Problem], int]:
    """Return what is wrong with translations, and how many there are; what is open is a note."""
    project = Project(sources)
    own = own_names(sources)
    if unknown := [unknown_material(name, own) for name in names if name not in own]:
        raise HrcpubError(*unknown)
    known = translations(sources)
    if language:
        known = {name: of for name, of in known.items() if of.language == tag_asked(language)}
    if names:
        known = {name: of for name, of in known.items() if of.material in names}
    problems = list(misnamed_folders(sources))
    if not names:
        problems += _phrases_checked(project, language)
    for name, translation in known.items():
        try:
            found: Iterable[Problem] = read_material(project, name).problems
        except HrcpubError as error:
            found = error.problems
        problems += [
            problem.at(Severity.NOTE) if problem.code in OPEN else problem
            for problem in found
            if problem.code != "not-reviewed"  # as the table of `status` says
            if problem.code in OPEN or _is_of(problem, translation.path)
        ]
    return list(dict.fromkeys(problems)), len(known)


def _phrases_checked(project: Project, language: str | None) -> Iterator[Problem]:
    """Yield what is wrong with the design's phrases in a language, or in all."""
    original = phrases(project)
    for tag in [tag_asked(language)] if language else phrase_languages(project.sources):
        path = original.file(tag)
        if not project.sources.has(path):
            continue
        try:
            catalog, problems = read_catalog(project.sources, path, tag)
        except HrcpubError as error:
            yield from error.problems
            continue
        yield from problems
        messages = catalog.by_slot
        for passage in original.passages:
            message = messages.get(passage.slot)
            if message and not is_open(passage, message):
                yield from disagreements(passage, message, tag, original.language)


def _is_of(problem: Problem, path: str) -> bool:
    """Return whether a Problem is the translation's: its original's are told elsewhere."""
    place = problem.source.path if problem.source else None
    return place is None or place == path or not place.startswith("materials/") or problem.is_error
