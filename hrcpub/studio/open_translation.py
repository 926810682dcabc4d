"""A piece in another language, as a translator writes it: each text beside its translation."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.project.languages import direction_of
from hrcpub.project.material_problems import unknown_material
from hrcpub.project.spoken import own_and_english
from hrcpub.project.translating.originals import Original, original
from hrcpub.project.translations.catalog import Catalog
from hrcpub.project.translations.files import Translation
from hrcpub.project.translations.merging import told
from hrcpub.project.translations.wording import word_count
from hrcpub.studio.documents import OpenDocuments
from hrcpub.studio.edited_file import EditedFile
from hrcpub.studio.history import History
from hrcpub.studio.notations import PoNotation
from hrcpub.studio.wording_changes import told_words


@dataclass(frozen=True)
class OpenTranslation:
    """A translation that is open: its file, and what it is translated from."""

    of: Translation
    original: Original
    file: EditedFile
    notation: PoNotation
    editions: tuple[str, ...]
    title: str

    def as_json(self) -> dict[str, Any]:
        """Return the form: what there is to translate, and what is known of each place."""
        document = self.file.open()
        catalog = self.notation.catalog(document.text)
        return {
            "name": self.of.name,
            **self.file.state(document),
            "material": self.of.material,
            "beside": list(self.file.beside),
            "title": self.title,
            "language": self.of.language,
            "written": self.original.language,
            "called": language_name(self.of.language),
            "written_called": language_name(self.original.language),
            "direction": direction_of(self.of.language),
            "written_direction": direction_of(self.original.language),
            "editions": list(self.editions),
            "passages": self._passages(catalog),
            "unused": unused(catalog),
        }

    def _passages(self, catalog: Catalog) -> list[dict[str, Any]]:
        messages = catalog.by_slot
        return [
            {
                "slot": passage.slot,
                "source": passage.text,
                "told": list(told(passage)),
                "words": word_count([passage]),
                "changes": changes(messages[passage.slot].previous[1], passage.text),
                "notes": list(messages[passage.slot].notes),
            }
            for passage in self.original.passages
        ]


def unused(catalog: Catalog) -> list[dict[str, str]]:
    """Return the translations of texts that are not there any more: they come back with them."""
    return [
        {"source": message.source, "words": message.words}
        for message in catalog.messages
        if message.is_obsolete and message.words.strip()
    ]


def changes(before: str | None, now: str) -> list[tuple[str, str]] | None:
    """Return what became of the words that a translation was made for; None where all are."""
    return told_words(before, now) if before is not None and before != now else None


def open_translation(
    project: Project, history: History, material: str, language: str
) -> OpenTranslation:
    """Return a piece in another language; raise HrcpubError where it cannot be read."""
    sources = project.sources.recording()
    project = Project(sources, project.cache)
    of = Translation(material, language)
    if not sources.has(f"materials/{material}.yaml"):
        gone = unknown_material(material, ())
        raise HrcpubError(replace(gone, hint="go back to the list of pieces"))
    if not sources.has(of.path):
        raise HrcpubError(unknown_material(of.name, _names(sources, material)))
    from_ = original(project, material)
    notation = PoNotation(from_.passages, from_.path)
    documents = OpenDocuments(sources, history, notation)
    beside = {from_.path: sources.text(from_.path)}
    file = EditedFile(of.path, documents, beside=beside, of=_digest(from_))
    layout, title = _layout_and_title(project, from_)
    return OpenTranslation(of, from_, file, notation, layout, title)


def _digest(of: Original) -> str:
    """Return what is another one where a slot has another text."""
    said = json.dumps([(passage.slot, passage.text) for passage in of.passages])
    return hashlib.sha256(said.encode()).hexdigest()


def _names(sources: Sources, material: str) -> tuple[str, ...]:
    from hrcpub.project.translations.files import translations

    return tuple(name for name, one in translations(sources).items() if one.material == material)


def _layout_and_title(project: Project, of: Original) -> tuple[tuple[str, ...], str]:
    """Return the editions that a material's layout has, and its title."""
    from hrcpub.files.yamlfile import read_yaml
    from hrcpub.project.material.reading import layout_of

    node = read_yaml(project.sources, of.path)
    title = (node.mapping or {}).get("title")
    return layout_of(node, project).editions, (title and title.text) or of.name


def language_name(tag: str) -> str:
    """Return what a language calls itself; its tag where nobody here knows."""
    names = own_and_english(tag) or own_and_english(tag.partition("-")[0])
    return names[0] if names else tag
