"""A material's YAML and its slots to the texts that are translated, each with its slot's path.

Translated are an author's words: lines, texts, what stands for a picture. Not: names of offices and
figures, telephones, addresses, dates, and texts without a letter (`911`, `2–3`), which are the same
in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from hrcpub.files.yamlfile import Node
from hrcpub.patterns import pattern
from hrcpub.problems import Source
from hrcpub.project.markup import one_line
from hrcpub.project.page_slots import MAP_FIELDS, ROWS_FIELDS
from hrcpub.project.picture_slots import IMAGE_FIELDS
from hrcpub.project.schedule_fields import SITE_FIELDS
from hrcpub.project.slot import Slot
from hrcpub.project.slots import CODE_FIELDS
from hrcpub.project.typed_places import without_marks


class Passage(NamedTuple):
    """A text to translate, and what its place on the page asks of it."""

    slot: str  # `words.points.2.text`, as messages name it
    text: str  # with its markup, white space made single
    source: Source = Source()
    about: str = ""  # what the place is for
    limit: int | None = None  # characters that a reader sees
    is_firm: bool = True  # the limit


def bare(slot: str, text: str) -> str:
    """Return a text without the marks of its sources, which are none of its words.

    The braces of a phrase of the design, such as `{date}`, are a part of it.
    """
    return without_marks(text) if slot.partition(".")[0] in ("title", "words") else text


Change = Callable[[Node, Passage], Node]

# What is decimal has another sign in other languages.
_NEEDS_WORDS = pattern(r"[^\W\d_]|\d[.,]\d")
_LINE = Slot("line")
_POINTED = {"name": MAP_FIELDS["places"].fields["name"]}
# Of the groups that a kind of slot stands for: the fields whose words are an author's.
_FIELDS = {
    "image": {name: IMAGE_FIELDS[name] for name in ("alt", "caption", "credit")},
    "code": {name: CODE_FIELDS[name] for name in ("about", "message")},
    "opening": {"word": _LINE, "number": _LINE},
    "rows": {"head": ROWS_FIELDS["head"]},
    "map": {
        "alt": MAP_FIELDS["alt"],
        **{
            name: Slot("items", MAP_FIELDS[name].about, fields=_POINTED)
            for name in ("streets", "buses", "places")
        },
    },
}
_SITE = {name: SITE_FIELDS[name] for name in ("name", "note")}


def passages(node: Node, slot: Slot, path: str = "") -> Iterator[Passage]:
    """Yield the texts to translate of what a slot holds, in the order of the slots."""
    found: list[Passage] = []

    def note(text: Node, passage: Passage) -> Node:
        found.append(passage)
        return text

    with_words(node, slot, path, note)
    yield from found


def with_words(node: Node, slot: Slot, path: str, change: Change) -> Node:
    """Return a Node with each text to translate as `change` gives it; the rest is as it was."""
    match slot.kind:
        case "line" | "text":
            return _text(node, slot, path, change)
        case "paragraphs":
            return _entries(node, replace(slot, kind="line"), path, change)
        case "items":
            return _entries(node, replace(slot, kind="group"), path, change)
        case "schedule":
            return _entries(node, Slot("group", fields=_SITE), path, change)
        case "group":
            return _group(node, slot, path, change)
        case "rows":
            return _rows(node, slot, path, change)
        case "opening":
            fields = {name: replace(_LINE, limit=slot.limit) for name in _FIELDS["opening"]}
            return _group(node, replace(slot, fields=fields), path, change)
        case kind if kind in _FIELDS:
            return _group(node, Slot("group", slot.about, fields=_FIELDS[kind]), path, change)
    return node


def _text(node: Node, slot: Slot, path: str, change: Change) -> Node:
    text = one_line(node.text or "")
    if not _NEEDS_WORDS.search(text):
        return node
    return change(node, Passage(path, text, node.source, slot.about, slot.limit, slot.is_firm))


def _entries(node: Node, slot: Slot, path: str, change: Change) -> Node:
    if node.items is None:
        return node
    entries = [
        with_words(item, slot, f"{path}.{number}", change)
        for number, item in enumerate(node.items, 1)
    ]
    return replace(node, value=entries)


def _group(node: Node, slot: Slot, path: str, change: Change) -> Node:
    """Return a group changed, in the order of its slots: that of the page."""
    if node.mapping is None:
        return node
    changed = dict(node.mapping)
    for name, field in slot.fields.items():
        if name in changed:
            where = f"{path}.{name}" if path else name
            about = field.about or slot.about
            changed[name] = with_words(changed[name], replace(field, about=about), where, change)
    return replace(node, value=changed)


def _rows(node: Node, slot: Slot, path: str, change: Change) -> Node:
    """Return a table changed: what its columns are called, and its cells."""
    node = _group(node, Slot("group", slot.about, fields=_FIELDS["rows"]), path, change)
    rows = (node.mapping or {}).get("rows")
    if node.mapping is None or rows is None or rows.items is None:
        return node
    cells = Slot("paragraphs", slot.about or "a cell of the table", limit=slot.limit)
    changed = [
        with_words(row, cells, f"{path}.rows.{number}", change)
        for number, row in enumerate(rows.items, 1)
    ]
    return replace(node, value=node.mapping | {"rows": replace(rows, value=changed)})
