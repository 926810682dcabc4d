"""`new` and `schema`: a layout's slots to a commented material, and to JSON Schema."""

from __future__ import annotations

import datetime
import json
import os
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from hrcpub.build.store import not_written
from hrcpub.files.cache import write_whole
from hrcpub.files.sources import Sources
from hrcpub.files.yaml_edits import Put, edited
from hrcpub.files.yamlfile import Node, read_yaml
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.project.contacts_schema import contacts_schema
from hrcpub.project.edition import FORMS
from hrcpub.project.layout import OWN, Layout, layout_names, read_layout
from hrcpub.project.material import FOLDER, NOT_MATERIALS, material_slot
from hrcpub.project.material.codes import free_code
from hrcpub.project.material_problems import name_unfit
from hrcpub.project.names import is_device
from hrcpub.project.organisation import organisation_schema, read_organisation
from hrcpub.project.references import FILE as SOURCES
from hrcpub.project.slot_schemas import schema, schema_file
from hrcpub.project.slots import ID, Slot
from hrcpub.project.words import Words

WIDTH = 96


# What has a schema besides layouts: files of materials/.
_OWN_FILES: Mapping[str, Callable[[], dict[str, Any]]] = {
    "organisation": organisation_schema,
    "contacts": contacts_schema,
    "sources": lambda: schema(SOURCES),
}


def schema_text(sources: Sources, name: str) -> str:
    """Return the JSON Schema of a layout's materials, or of a file of materials/, as text."""
    if name in _OWN_FILES:
        return schema_file(name.title(), _OWN_FILES[name]())
    return _layout_schema(sources, read_layout(sources, name))


def _layout_schema(sources: Sources, layout: Layout) -> str:
    slot = material_slot(layout_names(sources), layout, read_organisation(sources))
    return schema_file(layout.title, schema(slot))


def write_schema(sources: Sources, name: str) -> str:
    """Write a JSON Schema beside what it describes, and return its path."""
    is_own = name in _OWN_FILES
    path = f"{FOLDER}/{name}.schema.json" if is_own else f"layouts/{name}/schema.json"
    write_text(sources, path, schema_text(sources, name))
    return path


def write_text(sources: Sources, path: str, text: str) -> None:
    """Write a text file of the project; raise HrcpubError if that is not possible."""
    write_bytes(sources, path, text.encode())


def write_bytes(sources: Sources, path: str, data: bytes, *, sync: bool = True) -> None:
    """Write a file of the project; raise HrcpubError if that is not possible.

    Who writes many may have all of them made safe at the end (`SYNCS_ALL`), without `sync`.
    """
    try:
        write_whole(sources.root / path, data, sync=sync)
    except OSError as error:
        hint = "make room on the disk, or get permission to write into this folder"
        raise HrcpubError(replace(not_written(path, error), hint=hint)) from None


def start_material(
    sources: Sources,
    layout_name: str,
    name: str,
    language: str | None = None,
    title: str | None = None,
) -> str:
    """Write a new material from a layout's slots and sample, and return its path.

    Where no language is given it says the project's, else the sample's. It names the project's own
    offices, and has a code that no other piece has. Without a title it is called as its file is.

    Raises HrcpubError if the name is not allowed, or taken.
    """
    layout = read_layout(sources, layout_name)
    if not ID.fullmatch(name) or is_device(name):
        raise HrcpubError(name_unfit(name))
    path = f"{FOLDER}/{name}.yaml"
    # `lexists` sees a broken link too. `contacts` and the like are not names of materials.
    if f"{name}.yaml" in NOT_MATERIALS or os.path.lexists(sources.root / path):
        raise HrcpubError(name_taken(name, path))
    sample = read_yaml(sources, f"{layout.folder}/sample.yaml")
    write_text(sources, f"{layout.folder}/schema.json", _layout_schema(sources, layout))
    organisation = read_organisation(sources)
    said = language or (organisation.language.text if organisation.language else None)
    asked = _NewHead(name, said, free_code(name, sources))
    lines = _material_lines(layout, sample, asked, organisation.offices)
    text = "\n".join(lines) + "\n"
    write_text(sources, path, edited(text, [Put(("title",), title)]) if title else text)
    return path


def copy_layout(sources: Sources, layout_name: str, name: str) -> str:
    """Write a new layout with the files of another, and return its folder.

    Its sample says that it is of the new one. Raises HrcpubError if the name is not allowed, or
    taken.
    """
    layout = read_layout(sources, layout_name)
    if not ID.fullmatch(name) or is_device(name):
        raise HrcpubError(name_unfit(name))
    folder = f"layouts/{name}"
    if os.path.lexists(sources.root / folder):
        raise HrcpubError(name_taken(name, folder))
    texts = {
        file: sources.text(f"{layout.folder}/{file}")
        for file in sources.names(layout.folder)
        if file.endswith((".html", ".css", ".yaml"))
    }
    title = f"{layout.title} ({name})"
    texts["layout.yaml"] = edited(texts["layout.yaml"], [Put(("title",), title)])
    texts["sample.yaml"] = edited(texts["sample.yaml"], [Put(("layout",), name)])
    # Last what makes a folder a layout: whoever looks meanwhile finds all of it, or none.
    for file in sorted(texts, key=lambda file: file == "layout.yaml"):
        write_text(sources, f"{folder}/{file}", texts[file])
    write_schema(sources, name)
    return folder


class _NewHead(NamedTuple):
    """What is known of a new material besides its layout."""

    name: str
    language: str | None  # None: that of the sample
    code: str


def _material_lines(
    layout: Layout, sample: Node, asked: _NewHead, offices: tuple[Words, ...]
) -> Iterator[str]:
    """Yield the lines of a commented material."""
    head = sample.mapping or {}
    language = asked.language or (head["language"].text if "language" in head else "en")
    yield f"# yaml-language-server: $schema=../{layout.folder}/schema.json"
    yield f"# {layout.title}: {layout.about}."
    yield "# The words below are the layout's sample. Replace them with yours."
    yield ""
    yield f"layout: {layout.name}"
    yield "# shown by programs that open the PDF"
    yield f"title: {asked.name.replace('-', ' ').capitalize()}"
    yield f"language: {language}"
    yield "# a short name, for ordering again"
    yield f"code: {asked.code}"
    yield "# one more with each change of the words, and the day of that change"
    yield "revision: 1"
    yield f"revised: {datetime.date.today()}"
    papers = ", ".join(f"{key} ({paper.name})" for key, paper in layout.system.papers.items())
    yield from textwrap.wrap(
        f"its paper: {papers}", WIDTH, initial_indent="# ", subsequent_indent="# "
    )
    yield f"# colour: {layout.colour}"
    yield "# who wrote the words, if not you"
    yield "# source: {credit: …}"
    yield "# which to make, if not all"
    yield f"# editions: [{', '.join(layout.editions)}]"
    yield ""
    yield "words:"
    words = head["words"].mapping if "words" in head else None
    for slot_name, slot in layout.slots.items():
        value = (words or {}).get(slot_name)
        if slot.kind == "contacts" and offices:
            value = Node(
                [Node(id.text, id.source) for id in offices[: slot.most]], offices[0].source
            )
        yield from _slot_lines(slot_name, slot, value, 2)


def _slot_lines(name: str, slot: Slot, sample: Node | None, indent: int) -> Iterator[str]:
    pad = " " * indent
    yield from textwrap.wrap(
        f"{slot.about} ({_terms(slot)})",
        WIDTH,
        initial_indent=f"{pad}# ",
        subsequent_indent=f"{pad}# ",
    )
    yield from _value_lines(f"{pad}{name}:", sample, indent)
    if sample is None:  # what is typed in its place
        yield from (f"{pad}#   {line}" for line in _TYPED.get(slot.kind, ()))
    yield ""


_TYPED = {
    "image": ("file: materials/images/….jpg", "alt: what it shows", "consent: not needed"),
}


def _value_lines(lead: str, node: Node | None, indent: int) -> Iterator[str]:
    """Yield a sample's value after `lead` (`title:` or `-`)."""
    inner = " " * (indent + 2)
    if node is None or node.value in ("", [], {}):
        yield f"{' ' * indent}# {lead.strip()}"
    elif node.text is not None:
        yield from _text_lines(lead, node.text, inner)
    elif node.items is not None:
        yield lead
        for item in node.items:
            yield from _item_lines(item, indent + 2)
    else:
        yield lead
        for key, value in (node.mapping or {}).items():
            yield from _value_lines(f"{inner}{key}:", value, indent + 2)


def _item_lines(item: Node, indent: int) -> Iterator[str]:
    """Yield a list's entry, with its first name on the line of the hyphen."""
    pad = " " * indent
    if item.mapping is None:
        yield from _value_lines(f"{pad}-", item, indent)
        return
    for number, (key, value) in enumerate(item.mapping.items()):
        lead = f"{pad}{'- ' if number == 0 else '  '}{key}:"
        yield from _value_lines(lead, value, indent + 2)


def _text_lines(lead: str, text: str, inner: str) -> Iterator[str]:
    text = " ".join(text.split())
    if len(lead) + len(text) < WIDTH:
        yield f"{lead} {_quoted(text)}"
        return
    yield f"{lead} >-"
    yield from textwrap.wrap(
        text,
        WIDTH,
        initial_indent=inner,
        subsequent_indent=inner,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _quoted(text: str) -> str:
    """Return a text as YAML on one line, in quotation marks if it needs them."""
    is_plain = text[0] not in "\"'&*!|>%@`{[#-?:,]}" and ": " not in text and " #" not in text
    return text if is_plain and not text.endswith(":") else json.dumps(text, ensure_ascii=False)


def _terms(slot: Slot) -> str:
    """Return what a slot takes, in words."""
    terms = ["required" if slot.required else "optional"]
    if slot.limit:
        terms.append(f"up to {slot.limit} characters")
    if slot.most:
        terms.append(f"{slot.fewest or 1} to {slot.most} entries")
    if slot.kind == "contacts":
        terms.append("names from materials/contacts.yaml")
        terms += [] if slot.required else ["[] for none"]
    if slot.kind in ("figure", "opening"):
        terms.append("hrcpub list --figures shows their names")
    if slot.forms:
        absent = [form for form in FORMS if form not in slot.forms]
        terms += [f"not in {_FORM_NAMES.get(form, form)}" for form in absent]
    for name, field in slot.fields.items():
        limit = f", up to {field.limit} characters" if field.limit else ""
        terms.append(f"{name}: {field.about}{limit}")
    return "; ".join(terms)


_FORM_NAMES = {OWN: "the layout's own pages", "large-print": "large print"}


def name_taken(name: str, path: str) -> Problem:
    """A file of that name already exists, or the name is kept for another use.

    Fix: choose another name. Or, if you no longer need its words, delete the file first.
    Nothing is ever overwritten.
    """
    return Problem(
        "name-taken",
        f'the name "{name}" is taken',
        Source(path),
        "choose another name",
    )


CODES = {"name-taken": name_taken}
