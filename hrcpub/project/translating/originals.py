"""A project's materials, and its design's phrases, to what there is to translate of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.problems import HrcpubError
from hrcpub.project import material_problems
from hrcpub.project.layout import read_system
from hrcpub.project.layout.phrases import FOLDER as PHRASES_FOLDER
from hrcpub.project.layout.phrases import SOURCE, phrase_languages, phrase_passages
from hrcpub.project.layout.system import ENGLISH
from hrcpub.project.material import FOLDER, own_names
from hrcpub.project.material.reading import layout_of
from hrcpub.project.material.translated import words_slot
from hrcpub.project.translations.files import FOLDER as I18N
from hrcpub.project.translations.files import languages
from hrcpub.project.translations.passages import Passage, passages

PHRASES = "phrases"  # how the design's are called beside the names of materials


class Original(NamedTuple):
    """Words in the language that they were written in."""

    name: str  # the material's; PHRASES
    path: str
    language: str
    passages: tuple[Passage, ...]
    revised: datetime.date | None = None
    is_of_design: bool = False

    def file(self, language: str) -> str:
        """Return the PO file that has, or is to have, its translation."""
        if self.is_of_design:
            return f"{PHRASES_FOLDER}/{language}.po"
        return f"{I18N}/{language}/{self.name}.po"


def originals(project: Project, names: Iterable[str] = ()) -> Iterator[Original]:
    """Yield what there is to translate: the design's phrases, and the named materials, or all.

    Raises HrcpubError for a name that is not known, and for a file that cannot be read.
    """
    yield phrases(project)
    known = own_names(project.sources)
    for name in tuple(names) or known:
        if name not in known:
            raise HrcpubError(material_problems.unknown_material(name, known))
        yield original(project, name)


def original(project: Project, name: str) -> Original:
    """Return one material as words to translate; raise HrcpubError where it cannot be read."""
    path = f"{FOLDER}/{name}.yaml"
    node = read_yaml(project.sources, path)
    layout = layout_of(node, project)
    head = node.mapping or {}
    language = head["language"].text if "language" in head else None
    revised = head["revised"].text if "revised" in head else None
    found = tuple(passages(node, words_slot(layout)))
    return Original(name, path, language or SOURCE, found, _day(revised))


def phrases(project: Project) -> Original:
    """Return the design's phrases as words to translate."""
    system = project.known("system", read_system)
    return Original(PHRASES, ENGLISH, SOURCE, phrase_passages(system), is_of_design=True)


def translated_languages(sources: Sources) -> tuple[str, ...]:
    """Return the languages that a project translates into.

    Those that the design alone speaks count where there are no others.
    """
    return languages(sources) or phrase_languages(sources)


def _day(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return None
