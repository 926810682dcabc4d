"""Slots to JSON Schema (2020-12), from which editors complete and check what people write."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hrcpub.project.dated import FIELDS as DATED_FIELDS
from hrcpub.project.page_slots import MAP_FIELDS, MOST_COLUMNS
from hrcpub.project.picture_slots import CONSENT_FIELDS, IMAGE_FIELDS, NOT_NEEDED
from hrcpub.project.schedule_fields import SITE_FIELDS
from hrcpub.project.slots import CODE_FIELDS, Slot

SlotSchema = Callable[[Slot], dict[str, Any]]


def schema_file(title: str, fields: dict[str, Any]) -> str:
    """Return the text of a schema's file: its head, then the fields."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps(head | fields, indent=1, ensure_ascii=False) + "\n"


def schema(slot: Slot) -> dict[str, Any]:
    """Return JSON Schema for a slot."""
    fields = SCHEMAS[slot.kind](slot)
    return fields | {"description": slot.about} if slot.about else fields


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


def _image_schema(slot: Slot) -> dict[str, Any]:
    """Ask for one of `alt` and `decorative: yes`."""
    said = {"required": ["alt"], "properties": {"decorative": {"enum": ["no", False]}}}
    unsaid = {
        "required": ["decorative"],
        "properties": {"decorative": {"enum": ["yes", True]}, "alt": False},
    }
    return _group_schema(Slot("group", fields=IMAGE_FIELDS)) | {"oneOf": [said, unsaid]}


def _consent_schema(slot: Slot) -> dict[str, Any]:
    return {"oneOf": [{"const": NOT_NEEDED}, _group_schema(Slot("group", fields=CONSENT_FIELDS))]}


def _rows_schema(slot: Slot) -> dict[str, Any]:
    """Ask for a head and rows; that all have as many cells, no schema can say."""
    cells = {"type": "array", "items": _entry_text(slot), "minItems": 2, "maxItems": MOST_COLUMNS}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {"head": cells, "rows": {"type": "array", "items": cells, "minItems": 1}},
        "required": ["head", "rows"],
    }


def _schedule_schema(slot: Slot) -> dict[str, Any]:
    """Ask for a table's path, or a list of sites."""
    sites = _list_schema(_group_schema)(Slot("items", fields=SITE_FIELDS, required=slot.required))
    return {"oneOf": [_text_schema(slot), sites]}


# An editor's own YAML reader makes numbers and dates of what is text here: it may.
LOOSE: dict[str, Any] = {"type": ["string", "number"]}


SCHEMAS: dict[str, SlotSchema] = {
    "any": lambda slot: {},
    "schedule": _schedule_schema,
    "rows": _rows_schema,
    "map": lambda slot: _group_schema(Slot("group", fields=MAP_FIELDS)),
    "line": _text_schema,
    "text": _text_schema,
    "label": lambda slot: LOOSE,
    "paragraphs": _list_schema(_entry_text),
    "items": _list_schema(_group_schema),
    "choices": _list_schema(lambda slot: {"enum": list(slot.choices)}),
    "contacts": _list_schema(_entry_text),
    "ids": _list_schema(_entry_text),
    "group": _group_schema,
    "table": lambda slot: {"type": "object", "additionalProperties": _group_schema(slot)},
    "image": _image_schema,
    "consent": _consent_schema,
    "place": _text_schema,
    "code": lambda slot: _group_schema(Slot("group", fields=CODE_FIELDS)),
    "figure": lambda slot: {"enum": list(slot.choices)},
    "opening": lambda slot: {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "word": {"type": "string", "minLength": 1},
            "number": LOOSE,
            "figure": {"enum": list(slot.choices)},
        },
        "minProperties": 1,
        "maxProperties": 1,
    },
    "choice": lambda slot: {"enum": list(slot.choices)},
    "yes-no": lambda slot: {"enum": ["yes", "no", True, False]},
    "date": lambda slot: {"type": "string", "format": "date"},
    "dated": lambda slot: _group_schema(Slot("group", fields=DATED_FIELDS)),
    "phone": lambda slot: LOOSE,
    "count": lambda slot: LOOSE,
    "number": lambda slot: {"type": "number"},
    "quantities": lambda slot: {
        "type": "object",
        "additionalProperties": LOOSE,
        "minProperties": 1,
    },
    "percent": _text_schema,
    "length": _text_schema,
    "points": _text_schema,
    "metres": lambda slot: LOOSE,
    "size": _text_schema,
}
