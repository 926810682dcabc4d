"""Slots and a YAML Node to checked values: the one description of everything people write.

A `Slot` says what may stand in a place. A layout's slots check its materials, become the JSON
Schema that editors complete from, and make the commented file that `hrcpub new` writes. The
project's other files (contacts, layouts, the design system) are described by slots as well, so
that a mistake anywhere reads the same.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hrcpub import units
from hrcpub.files.yamlfile import Node
from hrcpub.problems import Problem, Source, did_you_mean
from hrcpub.project import telephones
from hrcpub.project.markup import WORD, one_line, plain

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
MOST = 1_000_000  # of anything that is printed


@dataclass(frozen=True, slots=True)
class Slot:
    """What may stand in one place.

    `limit` counts the characters a reader sees; `fewest` and `most` count entries of a list.
    """

    kind: str
    about: str = ""
    required: bool = False
    limit: int | None = None
    fewest: int = 0
    most: int | None = None
    choices: tuple[str, ...] = ()
    fields: Mapping[str, Slot] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """A text that an author wrote, and where: markup as it was typed, white space made single."""

    text: str
    source: Source
    slot: str = ""  # `principles.3.text`: names from the root, entries counted from 1

    def __str__(self) -> str:
        """Return the text as it was typed."""
        return self.text

    def __bool__(self) -> bool:
        """Return whether there are any words."""
        return bool(self.text)


class Image(NamedTuple):
    """A picture and the words that stand for it where it cannot be seen."""

    file: Words
    alt: Words


class Quantity(NamedTuple):
    """How many of what."""

    name: Words
    many: int


SlotCheck = Callable[[Node, Slot, str, list[Problem]], Any]


class Kind(NamedTuple):
    """A kind of slot: how a Node becomes a value, and how an editor is told."""

    check: SlotCheck
    schema: Callable[[Slot], dict[str, Any]]


def check(node: Node, slot: Slot, path: str, problems: list[Problem]) -> Any:
    """Return the value of a Node, None when it cannot be told; Problems go onto the list."""
    return KINDS[slot.kind].check(node, slot, path, problems)


def schema(slot: Slot) -> dict[str, Any]:
    """Return JSON Schema (2020-12) for a slot."""
    fields = KINDS[slot.kind].schema(slot)
    return fields | {"description": slot.about} if slot.about else fields


def _text(node: Node, slot: Slot, path: str, problems: list[Problem]) -> Words | None:
    if node.text is None:
        problems.append(wrong_shape(node, path, "text"))
        return None
    words = Words(one_line(node.text), node.source, path)
    seen = len(plain(words.text)) if slot.limit is not None else 0
    if slot.limit is not None and seen > slot.limit:
        problems.append(over_limit(words, seen, slot.limit))
    return words


def _pattern(pattern: str, name: str, example: str) -> SlotCheck:
    compiled = re.compile(pattern)

    def check(node: Node, slot: Slot, path: str, problems: list[Problem]) -> Words | None:
        words = _text(node, slot, path, problems)
        if words and not compiled.fullmatch(words.text):
            problems.append(not_a(words, name, example))
            return None
        return words

    return check


def _phone(node: Node, slot: Slot, path: str, problems: list[Problem]) -> Words | None:
    words = _text(node, slot, path, problems)
    if words and not telephones.read(words.text):
        problems.append(not_a(words, "telephone number", "(212) 213-6376"))
        return None
    return words


def _parsed(parse: Callable[[str], Any], name: str, example: str) -> SlotCheck:
    def check(node: Node, slot: Slot, path: str, problems: list[Problem]) -> Any:
        words = _text(node, slot, path, problems)
        if not words:
            return None
        try:
            return parse(words.text)
        except ValueError:
            problems.append(not_a(words, name, example))
            return None

    return check


def _choice(node: Node, slot: Slot, path: str, problems: list[Problem]) -> str | None:
    words = _text(node, slot, path, problems)
    if words and words.text not in slot.choices:
        problems.append(unknown_choice(words, slot.choices))
        return None
    return words.text if words else None


def _yes_no(node: Node, slot: Slot, path: str, problems: list[Problem]) -> bool | None:
    words = _text(node, slot, path, problems)
    if not words:
        return None
    if words.text.lower() not in _YES_NO:
        problems.append(unknown_choice(words, ("yes", "no")))
    return _YES_NO.get(words.text.lower())


_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def _list(entry: SlotCheck) -> SlotCheck:
    def check(node: Node, slot: Slot, path: str, problems: list[Problem]) -> tuple[Any, ...] | None:
        if node.items is None:
            problems.append(wrong_shape(node, path, "a list (each entry begins with `- `)"))
            return None
        count = len(node.items)
        if count < slot.fewest or (slot.most is not None and count > slot.most):
            problems.append(wrong_count(node, path, count, slot))
        values = []
        for number, item in enumerate(node.items, 1):
            where = f"{path}.{number}"
            if _is_blank(item):
                problems.append(empty(item.source, where))
            else:
                values.append(entry(item, slot, where, problems))
        return tuple(values)

    return check


def _is_blank(node: Node) -> bool:
    """Return whether nothing stands in a place: no text but white space, no entry, no name."""
    return not node.value or (node.text is not None and not node.text.strip())


def _group(node: Node, slot: Slot, path: str, problems: list[Problem]) -> dict[str, Any] | None:
    if node.mapping is None:
        problems.append(wrong_shape(node, path, "a group of names and values"))
        return None
    for name in node.mapping:
        if name not in slot.fields:
            problems.append(unknown_name(node.key(name), name, slot.fields))
    values: dict[str, Any] = {}
    for name, inner in slot.fields.items():
        found = node.mapping.get(name)
        where = f"{path}.{name}" if path else name
        if found is not None and not _is_blank(found):
            values[name] = check(found, inner, where, problems)
        elif inner.required and found is not None:
            problems.append(empty(node.key(name), where))
        elif inner.required:
            problems.append(missing(node.source, where, inner))
    return values


def _table(node: Node, slot: Slot, path: str, problems: list[Problem]) -> dict[str, Any] | None:
    if node.mapping is None:
        problems.append(wrong_shape(node, path, "a group of names and values"))
        return None
    values = {}
    for name, entry in node.mapping.items():
        if not ID.fullmatch(name):
            place = Words(name, node.key(name), path)
            problems.append(not_a(place, "name", "east-coast: small letters, digits, hyphens"))
        values[name] = _group(entry, slot, f"{path}.{name}" if path else name, problems)
    return values


def _quantities(
    node: Node, slot: Slot, path: str, problems: list[Problem]
) -> tuple[Quantity, ...] | None:
    if node.mapping is None:
        problems.append(wrong_shape(node, path, "a group of names and quantities"))
        return None
    found = []
    for name, entry in node.mapping.items():
        if _is_blank(entry):
            problems.append(empty(node.key(name), f"{path}.{name}"))
        elif many := _MANY(entry, slot, f"{path}.{name}", problems):
            found.append(Quantity(Words(name, node.key(name), path), many))
    return tuple(found)


def _image(node: Node, slot: Slot, path: str, problems: list[Problem]) -> Image | None:
    values = _group(node, Slot("group", fields=_IMAGE_FIELDS), path, problems)
    if not values or not all(values.get(name) for name in _IMAGE_FIELDS):
        return None
    return Image(values["file"], values["alt"])


_IMAGE_FIELDS = {
    "file": Slot("line", "the picture's file, from the project's folder", required=True),
    "alt": Slot("line", "what the picture shows, for who cannot see it", required=True),
}


def _text_schema(slot: Slot) -> dict[str, Any]:
    fields: dict[str, Any] = {"type": "string"}
    return fields | {"minLength": 1} if slot.required else fields


def _list_schema(entry: Callable[[Slot], dict[str, Any]]) -> Callable[[Slot], dict[str, Any]]:
    def schema(slot: Slot) -> dict[str, Any]:
        fields: dict[str, Any] = {"type": "array", "items": entry(slot)}
        if slot.fewest or slot.required:
            fields["minItems"] = slot.fewest or 1
        return fields | {"maxItems": slot.most} if slot.most is not None else fields

    return schema


def _group_schema(slot: Slot) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: schema(inner) for name, inner in slot.fields.items()},
        "required": [name for name, inner in slot.fields.items() if inner.required],
    }


def _entry_text(slot: Slot) -> dict[str, Any]:
    return {"type": "string", "minLength": 1}


def _day(text: str) -> datetime.date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):  # fromisoformat takes 2026-W22-7 too
        raise ValueError(text)
    return datetime.date.fromisoformat(text)


def _count(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,8}", text):
        raise ValueError(text)
    return int(text)


def _many(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,6}", text) or int(text) > MOST:
        raise ValueError(text)
    return int(text)


def _percent(text: str) -> float:
    match = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,3})?)\s*%", text)
    if not match or float(match[1]) > 100:
        raise ValueError(text)
    return float(match[1]) / 100


# An editor's own YAML reader makes numbers and dates of what is text here: it may.
_LOOSE: dict[str, Any] = {"type": ["string", "number"]}

DATE = _parsed(_day, "date", "2026-05-31 (year, month, day)")

_MANY = _parsed(_many, "quantity", f"200: a whole number from 1 to {MOST:,}")

KINDS: dict[str, Kind] = {
    "any": Kind(lambda node, *_: node, lambda slot: {}),
    "line": Kind(_text, _text_schema),
    "text": Kind(_text, _text_schema),
    "label": Kind(_text, lambda slot: _LOOSE),
    "paragraphs": Kind(_list(_text), _list_schema(_entry_text)),
    "items": Kind(_list(_group), _list_schema(_group_schema)),
    "choices": Kind(_list(_choice), _list_schema(lambda slot: {"enum": list(slot.choices)})),
    "contacts": Kind(_list(_pattern(ID.pattern, "name", "east-coast")), _list_schema(_entry_text)),
    "ids": Kind(_list(_pattern(ID.pattern, "name", "fruitvale")), _list_schema(_entry_text)),
    "group": Kind(_group, _group_schema),
    "table": Kind(
        _table, lambda slot: {"type": "object", "additionalProperties": _group_schema(slot)}
    ),
    "image": Kind(_image, lambda slot: _group_schema(Slot("group", fields=_IMAGE_FIELDS))),
    "choice": Kind(_choice, lambda slot: {"enum": list(slot.choices)}),
    "yes-no": Kind(_yes_no, lambda slot: {"enum": ["yes", "no", True, False]}),
    "date": Kind(DATE, lambda slot: {"type": "string", "format": "date"}),
    "phone": Kind(_phone, lambda slot: _LOOSE),
    "count": Kind(_parsed(_count, "whole number from 1", "8"), lambda slot: _LOOSE),
    "quantities": Kind(
        _quantities,
        lambda slot: {"type": "object", "additionalProperties": _LOOSE, "minProperties": 1},
    ),
    "percent": Kind(_parsed(_percent, "share", "5 %"), _text_schema),
    "length": Kind(_parsed(units.points, "length", "13.5 pt (or mm, cm, in)"), _text_schema),
    "size": Kind(_parsed(units.size, "size", "8.5 in x 11 in"), _text_schema),
}


def unknown_name(place: Source, name: str, known: Mapping[str, Any]) -> Problem:
    """A name stands here that the layout has no place for, so its words would be lost.

    Most often it is misspelt. The names of a layout's slots are in its `layout.yaml`; an editor
    that was given the layout's schema offers them while typing.
    """
    return Problem("slot-unknown", f'there is no "{name}" here', place, did_you_mean(name, known))


def missing(place: Source, path: str, slot: Slot) -> Problem:
    """Something is missing that the layout cannot do without.

    Add it. `hrcpub new LAYOUT NAME` writes a file in which every slot stands with its purpose.
    """
    about = f": {slot.about}" if slot.about else ""
    where = Source(place.path, place.line, place.column, quote=place.quote)
    return Problem("slot-missing", f'"{path}" is missing', where, f"add {path}{about}")


def empty(place: Source, path: str) -> Problem:
    """A name is there, but nothing after it, or an entry of a list is empty.

    Write the words, or take the name out where the layout can do without.
    """
    hint = "write the words after it"
    if re.search(r"[:-]\s+#", place.quote or ""):
        hint = "what follows # is a comment: put the text in quotation marks"
    return Problem("slot-empty", f'"{path}" is empty', place, hint)


def over_limit(words: Words, seen: int, limit: int) -> Problem:
    """A text is longer than its place on the page was designed for.

    Cut words until it fits. The limit counts the characters that a reader sees, spaces too.
    """
    over = seen - limit
    cut = max(1, round(over / WORD))
    letters = f"{over} character{'s' * (over > 1)}"
    return Problem(
        "slot-limit",
        f'"{words.slot}" has {seen} characters; its place holds {limit}',
        words.source,
        f"cut {letters}, about {cut} word{'s' * (cut > 1)}",
    )


def wrong_shape(node: Node, path: str, wanted: str) -> Problem:
    """A list stands where a text is wanted, or the other way round.

    A list is one entry a line, each begun with `- `; a group is one `name: value` a line, all
    indented alike. A text that holds a colon goes in quotation marks.
    """
    return Problem(
        "slot-shape", f'"{path}" must be {wanted}; here is {node.shape}', node.source, None
    )


def wrong_count(node: Node, path: str, count: int, slot: Slot) -> Problem:
    """A list has fewer or more entries than its place on the page was designed for.

    Add some, or take some out; or ask the designer for a layout with another number of places.
    """
    wanted = f"at least {slot.fewest}" if count < slot.fewest else f"at most {slot.most}"
    return Problem(
        "slot-count", f'"{path}" has {count} entries; it needs {wanted}', node.source, None
    )


def unknown_choice(words: Words, choices: tuple[str, ...]) -> Problem:
    """A value is none of those that may stand here.

    Most often it is misspelt. All that may stand here are named where none of them comes near.
    """
    if set(choices) == {"yes", "no"}:
        said = f'"{words.text}" is neither yes nor no'
    else:
        name = words.slot.rstrip(".0123456789").rpartition(".")[2]
        said = f'"{words.text}" is no {name.removesuffix("s") or "choice"}'
    return Problem(
        "slot-choice",
        said,
        words.source,
        did_you_mean(words.text, choices),
    )


def not_a(words: Words, name: str, example: str) -> Problem:
    """A value is no date, number, length or name of the form that is wanted here.

    Dates are year, month, day (2026-05-31), since 5/6 is May in one country and June in another.
    Lengths carry their unit (13.5 pt, 6 mm, 0.125 in). Names that other files refer to are small
    letters, digits and hyphens (east-coast).
    """
    return Problem(
        "slot-value", f'"{words.text}" is not a {name}', words.source, f"write it like {example}"
    )


CODES = {
    "slot-unknown": unknown_name,
    "slot-missing": missing,
    "slot-empty": empty,
    "slot-limit": over_limit,
    "slot-shape": wrong_shape,
    "slot-count": wrong_count,
    "slot-choice": unknown_choice,
    "slot-value": not_a,
}
