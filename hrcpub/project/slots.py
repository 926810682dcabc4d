"""Slots and a YAML Node to checked values: the one description of everything people write.

A `Slot` says what a place may hold. A layout's slots check its materials, become the JSON
Schema that editors complete from, and make the commented file that `hrcpub new` writes. The
project's other files (contacts, layouts, the design system) are described by slots as well, so
that a mistake anywhere reads the same.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hrcpub import units
from hrcpub.files import yaml_problems
from hrcpub.files.yamlfile import Node
from hrcpub.patterns import pattern
from hrcpub.problems import Problem
from hrcpub.project import dated, picture_slots, slot_problems
from hrcpub.project import values as written
from hrcpub.project.graphemes import letter_count, limit_for
from hrcpub.project.markup import one_line
from hrcpub.project.page_slots import MAP_FIELDS, ROWS_FIELDS, map_of
from hrcpub.project.picture_slots import CONSENT_FIELDS, IMAGE_FIELDS, NOT_NEEDED
from hrcpub.project.slot import Slot as Slot
from hrcpub.project.words import (
    Consent,
    Dated,
    FigureName,
    Focus,
    Image,
    Opening,
    Quantity,
    ScanCode,
    StreetMap,
    TableRows,
    Words,
)

ID = pattern(r"[a-z0-9][a-z0-9-]{0,62}")
OWN_WORDS = ("line", "text", "phone")  # kinds of one text in an author's own words


SlotCheck = Callable[[Node, Slot, str, list[Problem]], Any]


def check(node: Node, slot: Slot, path: str, problems: list[Problem]) -> Any:
    """Return the value of a Node, None when it has none; Problems go onto the list."""
    return KINDS[slot.kind](node, slot, path, problems)


def _text(node: Node, slot: Slot, path: str, problems: list[Problem]) -> Words | None:
    """Check a date, a name or the like: in these a no-break space is a space."""
    if node.text is None:
        problems.append(slot_problems.wrong_shape(node, path, "text"))
        return None
    return Words(one_line(node.text.replace("\u00a0", " ")), node.source, path)


def _words(node: Node, slot: Slot, path: str, problems: list[Problem]) -> Words | None:
    """Check a text in an author's own words, of which a comment after them may hide some."""
    if node.lost:
        problems.append(node.lost)
    if node.text is None:
        return _text(node, slot, path, problems)
    words = Words(one_line(node.text), node.source, path)
    if slot.limit is not None:
        text = words.plain()
        length, limit = letter_count(text), limit_for(text, slot.limit)
        if length > limit:
            problems.append(slot_problems.over_limit(words, length, replace(slot, limit=limit)))
    return words


def _label(node: Node, slot: Slot, path: str, problems: list[Problem]) -> Words | None:
    """Check a short text as for a code: remarks may follow it, but `#4` is a part of it."""
    if node.lost and not yaml_problems.is_remark(node.lost):
        problems.append(node.lost)
    return _text(node, slot, path, problems)


def _pattern(pattern: str, name: str, example: str) -> SlotCheck:
    compiled = re.compile(pattern)

    def check(node: Node, slot: Slot, path: str, problems: list[Problem]) -> Words | None:
        words = _text(node, slot, path, problems)
        if words and not compiled.fullmatch(words.text):
            problems.append(slot_problems.not_a(words, name, example))
            return None
        return words

    return check


def _parsed(parse: Callable[[str], Any], name: str, example: str) -> SlotCheck:
    def check(node: Node, slot: Slot, path: str, problems: list[Problem]) -> Any:
        words = _text(node, slot, path, problems)
        if not words:
            return None
        try:
            return parse(words.text)
        except ValueError:
            problems.append(slot_problems.not_a(words, name, example))
            return None

    return check


def _date(node: Node, slot: Slot, path: str, problems: list[Problem]) -> datetime.date | None:
    words = _text(node, slot, path, problems)
    try:
        return written.day(words.text) if words else None
    except ValueError:
        problems.append(
            slot_problems.no_date(words) if words else slot_problems.empty(node.source, path)
        )
        return None


def _choice(node: Node, slot: Slot, path: str, problems: list[Problem]) -> str | None:
    words = _text(node, slot, path, problems)
    if words and words.text not in slot.choices:
        problems.append(slot_problems.unknown_choice(words, slot.choices))
        return None
    return slot.also.get(words.text, words.text) if words else None


def _yes_no(node: Node, slot: Slot, path: str, problems: list[Problem]) -> bool | None:
    words = _text(node, slot, path, problems)
    if not words:
        return None
    if words.text.lower() not in _YES_NO:
        problems.append(slot_problems.unknown_choice(words, ("yes", "no")))
    return _YES_NO.get(words.text.lower())


_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def _list(entry: SlotCheck) -> SlotCheck:
    def check(node: Node, slot: Slot, path: str, problems: list[Problem]) -> tuple[Any, ...] | None:
        if node.items is None:
            problems.append(
                slot_problems.wrong_shape(node, path, "a list (each entry begins with `- `)")
            )
            return None
        count = len(node.items)
        if count < slot.fewest or (slot.most is not None and count > slot.most):
            problems.append(slot_problems.wrong_count(node, path, count, slot.fewest, slot.most))
        values = []
        for number, item in enumerate(node.items, 1):
            where = f"{path}.{number}"
            if _is_blank(item):
                problems.append(item.lost or slot_problems.empty(item.source, where))
            else:
                values.append(entry(item, slot, where, problems))
        return tuple(values)

    return check


def _is_blank(node: Node) -> bool:
    """Return whether a place is empty: no text but white space, no entry, no name."""
    return not node.value or (node.text is not None and not node.text.strip())


def _group(node: Node, slot: Slot, path: str, problems: list[Problem]) -> dict[str, Any] | None:
    if node.mapping is None:
        problems.append(slot_problems.wrong_shape(node, path, "a group of names and values"))
        return None
    problems += [
        slot_problems.unknown_name(node.key(name), name, slot.fields)
        for name in node.mapping
        if name not in slot.fields
    ]
    values: dict[str, Any] = {}
    for name, inner in slot.fields.items():
        value = node.mapping.get(name)
        where = f"{path}.{name}" if path else name
        if value is not None and not _is_blank(value):
            values[name] = check(value, inner, where, problems)
        elif value is not None and value.lost and _is_lost(value.lost, inner):
            problems.append(value.lost)
        elif value is not None and value.items is not None and inner.fewest:
            few, most = inner.fewest, inner.most
            problems.append(slot_problems.wrong_count(value, where, 0, few, most))
        elif inner.required and value is not None:
            problems.append(slot_problems.empty(node.key(name), where))
        elif inner.required:
            problems.append(slot_problems.missing(node.source, where, inner.about))
    return values


def _is_lost(comment: Problem, slot: Slot) -> bool:
    """Return whether a comment in the place of a value was meant as one: `colour: #ffcc00`."""
    return slot.kind in OWN_WORDS or not yaml_problems.is_remark(comment)


def _table(node: Node, slot: Slot, path: str, problems: list[Problem]) -> dict[str, Any] | None:
    if node.mapping is None:
        problems.append(slot_problems.wrong_shape(node, path, "a group of names and values"))
        return None
    values = {}
    for name, entry in node.mapping.items():
        if not ID.fullmatch(name):
            place = Words(name, node.key(name), path)
            problems.append(
                slot_problems.not_a(place, "name", "east-coast: small letters, digits, hyphens")
            )
        values[name] = _group(entry, slot, f"{path}.{name}" if path else name, problems)
    return values


def _quantities(
    node: Node, slot: Slot, path: str, problems: list[Problem]
) -> tuple[Quantity, ...] | None:
    if node.mapping is None:
        problems.append(slot_problems.wrong_shape(node, path, "a group of names and quantities"))
        return None
    quantities = []
    for name, entry in node.mapping.items():
        if _is_blank(entry):
            problems.append(slot_problems.empty_quantity(node.key(name), name, f"{path}.{name}"))
        elif number := _NUMBER(entry, slot, f"{path}.{name}", problems):
            quantities.append(Quantity(Words(name, node.key(name), path), number))
    return tuple(quantities)


def _image(node: Node, slot: Slot, path: str, problems: list[Problem]) -> Image | None:
    values = _group(node, Slot("group", fields=IMAGE_FIELDS), path, problems)
    return None if values is None else picture_slots.image_of(values, node, path, problems)


def _consent(node: Node, slot: Slot, path: str, problems: list[Problem]) -> Consent | None:
    """Check who agreed to be shown: a group, or `not needed` where nobody has to."""
    if node.text is None:
        values = _group(node, Slot("group", fields=CONSENT_FIELDS), path, problems)
        return Consent(**values) if values is not None else None
    if one_line(node.text).lower() == NOT_NEEDED:
        return Consent()
    problems.append(slot_problems.wrong_shape(node, path, f'by, on and until, or "{NOT_NEEDED}"'))
    return None


def _code(node: Node, slot: Slot, path: str, problems: list[Problem]) -> ScanCode | None:
    values = _group(node, Slot("group", fields=CODE_FIELDS), path, problems)
    if values is None:
        return None
    kinds = [kind for kind in CODE_KINDS if values.get(kind)]
    if len(kinds) != 1:
        problems.append(slot_problems.wrong_shape(node, path, f"one of {', '.join(CODE_KINDS)}"))
        return None
    (kind,) = kinds
    more = values.get(_MORE.get(kind, ""))
    return ScanCode(kind, values[kind], more, values.get("about"))


CODE_KINDS = ("url", "tel", "sms", "email", "wifi", "contact")
_MORE = {"sms": "message", "wifi": "password"}
CODE_FIELDS = {
    "about": Slot("line", "what people get who scan it: a few words beside the code", limit=90),
    "url": Slot("line", "an address on the web", limit=120),
    "tel": Slot("line", "a telephone number to call", limit=40),
    "sms": Slot("line", "a number to send a message to", limit=40),
    "message": Slot("line", "what the message says, with sms", limit=60),
    "email": Slot("line", "an address to write to", limit=80),
    "wifi": Slot("line", "the name of a network", limit=32),
    "password": Slot("line", "the network's password", limit=63),
    "contact": Slot("line", "an office of contacts.yaml, to save as a contact"),
}


def _figure(node: Node, slot: Slot, path: str, problems: list[Problem]) -> FigureName | None:
    name = _choice(node, slot, path, problems)
    return FigureName(Words(name, node.source, path)) if name else None


def _dated(node: Node, slot: Slot, path: str, problems: list[Problem]) -> Dated | None:
    values = _group(node, Slot("group", fields=dated.FIELDS), path, problems)
    return None if values is None else dated.dated_of(values, node, problems)


def _opening(node: Node, slot: Slot, path: str, problems: list[Problem]) -> Opening | None:
    """Check what a page opens with; a word or a number has the slot's limit."""
    fields = {
        "word": Slot("line", limit=slot.limit),
        "number": Slot("line", limit=slot.limit),
        "figure": Slot("figure", choices=slot.choices),
    }
    values = _group(node, Slot("group", fields=fields), path, problems)
    if values is None:
        return None
    if len(node.mapping or {}) != 1:
        shape = f"one of {', '.join(fields)}"
        problems.append(slot_problems.wrong_shape(node, path, shape))
        return None
    return Opening(**values)


def _rows(node: Node, slot: Slot, path: str, problems: list[Problem]) -> TableRows | None:
    """Check a table: what its columns are called, and rows with as many cells."""
    values = _group(node, Slot("group", fields=ROWS_FIELDS), path, problems)
    if not values or not values.get("head") or not values.get("rows"):
        return None
    count = len(values["head"])
    cells = Slot("paragraphs", "", True, slot.limit, slot.is_firm, fewest=count, most=count)
    typed = values["rows"].items
    if typed is None:
        problems.append(slot_problems.wrong_shape(values["rows"], f"{path}.rows", "a list of rows"))
        return None
    rows = [
        check(row, cells, f"{path}.rows.{number}", problems) for number, row in enumerate(typed, 1)
    ]
    return TableRows(values["head"], tuple(row for row in rows if row))


def _map(node: Node, slot: Slot, path: str, problems: list[Problem]) -> StreetMap | None:
    values = _group(node, Slot("group", fields=MAP_FIELDS), path, problems)
    return map_of(values) if values and values.get("alt") else None


_OFFICE = _pattern(ID.pattern, "short name", "east-coast, as materials/contacts.yaml has it")
_NUMBER = _parsed(written.quantity, "quantity", f"200: a whole number from 1 to {written.MOST:,}")

KINDS: dict[str, SlotCheck] = {
    "any": lambda node, *_: node,
    "schedule": lambda node, *_: node,  # read by project/schedules.py: its sites may be in a table
    "rows": _rows,
    "map": _map,
    "line": _words,
    "text": _words,
    "label": _label,
    "paragraphs": _list(_words),
    "items": _list(_group),
    "choices": _list(_choice),
    "contacts": _list(_OFFICE),
    "ids": _list(_pattern(ID.pattern, "short name", "fruitvale")),
    "group": _group,
    "table": _table,
    "image": _image,
    "consent": _consent,
    "place": _parsed(
        lambda text: Focus(*written.place(text)), "place in a picture", "60% 30%, or: left top"
    ),
    "code": _code,
    "figure": _figure,
    "opening": _opening,
    "choice": _choice,
    "yes-no": _yes_no,
    "date": _date,
    "dated": _dated,
    # Whether it is one depends on the country: contacts and manifests read it by theirs.
    "phone": _words,
    "count": _parsed(written.count, "whole number from 1", "8"),
    "number": _parsed(written.number, "number", "-12.5"),
    "quantities": _quantities,
    "percent": _parsed(written.share, "share", "5 %"),
    "length": _parsed(units.points, "length", "13.5 pt (or mm, cm, in)"),
    "points": _parsed(written.points, "list of points", "0 40, 100 40: per cent"),
    "metres": _parsed(units.metres, "distance", "3 m"),
    "size": _parsed(units.size, "size", "8.5 in x 11 in"),
}
