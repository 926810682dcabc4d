"""A language and materials to the PO files in which their translations are begun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hrcpub.build.starting import write_text
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.languages import main_part
from hrcpub.project.layout import read_system
from hrcpub.project.translating.originals import Original, originals
from hrcpub.project.translating.writing import WrittenCatalog, language_tag, memory_of, new_file


def begin_translations(
    sources: Sources, tag: str, names: Sequence[str], *, is_machine_made: bool = False
) -> Iterator[tuple[str, WrittenCatalog | None]]:
    """Write the PO files that are not there yet; yield their paths, with None for what is there.

    The design's own phrases are begun too, and told only then. Raises HrcpubError where nothing can
    be translated so.
    """
    project = Project(sources)
    chosen = wanted(project, tag, names)
    memory = memory_of(project, originals(project), tag)
    for item in chosen:
        path = item.file(tag)
        if not sources.has(path):
            written = new_file(item, tag, memory, is_machine_made=is_machine_made)
            write_text(sources, path, written.text)
            yield path, written
        elif not item.is_of_design:
            yield path, None


def wanted(project: Project, tag: str, names: Sequence[str]) -> list[Original]:
    """Return what is to be translated of what was asked for; raise HrcpubError where nothing is."""
    chosen = [item for item in originals(project, names) if _is_wanted(item, tag, project)]
    if all(item.is_of_design for item in chosen):
        raise HrcpubError(in_itself(tag, names))
    return chosen


def tag_asked(language: str) -> str:
    """Return the tag of a language that was asked for; raise HrcpubError where it is none."""
    tag = language_tag(language)
    if isinstance(tag, Problem):
        raise HrcpubError(tag)
    return tag


def _is_wanted(item: Original, tag: str, project: Project) -> bool:
    """Return whether there is something to translate: what is in that language already, is not."""
    if item.is_of_design:
        return not project.known("system", read_system).phrases_in(tag)
    return bool(item.passages) and main_part(item.language) != main_part(tag)


def in_itself(tag: str, names: Sequence[str]) -> Problem:
    """A material was to be translated into the language that it is in.

    Fix: name another language. What is to be said otherwise in the same language is a material of
    its own.
    """
    return Problem(
        "translation-itself",
        f"{', '.join(names) or 'this project'}: there is nothing to translate into {tag}",
        None,
        "name another language",
    )


CODES = {"translation-itself": in_itself}
