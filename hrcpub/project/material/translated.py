"""A material's YAML and a PO file to the same YAML with its words in the PO file's language."""

from __future__ import annotations

from dataclasses import replace

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node, read_yaml
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project import material_problems
from hrcpub.project.layout import Layout
from hrcpub.project.material.head import head_slots
from hrcpub.project.material.record import Translated
from hrcpub.project.slot import Slot
from hrcpub.project.translations.files import FOLDER as I18N
from hrcpub.project.translations.files import Translation, is_tag, tag_of

# What a translation says itself, in its header, and by the names that a material has for it.
_REVIEW = {"by": "X-Reviewed-By", "role": "X-Reviewed-Role", "on": "X-Reviewed-On"}


def words_slot(layout: Layout) -> Slot:
    """Return the slot of all that is translated of a material: title, credit and words."""
    head = head_slots((), None)
    credit = {"credit": head["source"].fields["credit"]}
    fields = {
        "title": head["title"],
        "words": Slot("group", fields=layout.slots),
        "source": Slot("group", fields=credit),
    }
    return Slot("group", fields=fields)


def read_base(sources: Sources, path: str, translation: Translation | None) -> Node:
    """Return the YAML that a material, or a translation, is made from; raise HrcpubError."""
    if translation and not sources.has(path):
        hint = "rename it as its material, or move it out of materials/i18n"
        why = f'there is no material "{translation.material}" that it could be the translation of'
        raise HrcpubError(material_problems.untranslatable(translation.path, why, hint))
    return read_yaml(sources, path)


def in_translation(
    node: Node,
    layout: Layout,
    translation: Translation,
    project: Project,
    is_draft: bool,
    problems: list[Problem],
) -> tuple[Node, Translated]:
    """Return a material's YAML in a translation's language; Problems go onto the list.

    Raises HrcpubError where the PO file cannot be read.
    """
    from hrcpub.project.translations.agreement import disagreements
    from hrcpub.project.translations.po_reading import read_catalog
    from hrcpub.project.translations.wording import still_open, unplaced, words_in

    path, language = translation.path, translation.language
    written = ((node.mapping or {}).get("language") or Node("en", node.source)).text or "en"
    if not is_tag(language):
        raise HrcpubError(folder_misnamed(language))
    if written.casefold() == language.casefold():
        why = f"{translation.material} is in {written} itself"
        raise HrcpubError(material_problems.untranslatable(path, why, "delete this file"))
    catalog, doubts = read_catalog(project.sources, path, language)
    problems += doubts
    marks = written if is_draft else None
    worded = words_in(node, words_slot(layout), "", catalog, marks)
    for passage, message in worded.said:
        problems += disagreements(passage, message, language, written)
    problems += list(unplaced(worded, catalog))
    if worded.open and not is_draft:
        problems.append(still_open(translation.name, worded.open, path, language))
    head = dict(worded.node.mapping or {})
    head["language"] = Node(language, catalog.place("Language"))
    head.pop("reviewed", None)
    entries = {
        name: Node(catalog.header[field], catalog.place(field))
        for name, field in _REVIEW.items()
        if catalog.header.get(field)
    }
    if entries:
        head["reviewed"] = Node(entries, next(iter(entries.values())).source)
    said = Translated(
        translation.material,
        node.source.path or path,
        written,
        catalog.is_machine_made,
        catalog.changed,
        tuple(passage.slot for passage in worded.open),
    )
    return replace(worded.node, value=head, source=catalog.place("Language")), said


def folder_misnamed(language: str) -> Problem:
    """Return the Problem of a folder that is not named by a language."""
    why = f"the folder {language} is not named as the language's tag is written"
    tag = tag_of(language)
    hint = f"rename the folder {tag if is_tag(tag) else 'as the tag is: es, pt-BR, zh-Hans'}"
    return material_problems.untranslatable(f"{I18N}/{language}", why, hint)
