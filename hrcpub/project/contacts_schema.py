"""`contacts.yaml` to JSON Schema (2020-12): its slots, and the ways to write numbers and times."""

from __future__ import annotations

from typing import Any

from hrcpub.project.calls import KEYED, LABELLED
from hrcpub.project.contacts import FILE
from hrcpub.project.slot_schemas import LOOSE, schema
from hrcpub.project.slots import Slot

_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}


def contacts_schema() -> dict[str, Any]:
    """Return JSON Schema for the file, without its head."""
    fields = schema(FILE)
    office = fields["properties"]["offices"]["additionalProperties"]["properties"]
    office["tel"] |= _one_or_list(
        _either(LOOSE, schema(Slot("group", fields=LABELLED)), _named(LOOSE))
    )
    office["name"] |= _either(_TEXT, _named(_TEXT))
    office["lines"] |= {"type": "array", "items": _either(_TEXT, _named(_TEXT))}
    office["text"] |= _either(LOOSE, schema(Slot("group", fields=KEYED)))
    office["languages"] |= _one_or_list(_either(_TEXT, _named(_TEXT)))
    office["hours"]["items"]["properties"]["times"] |= _one_or_list(_TEXT)
    return fields


def _either(*schemas: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": list(schemas)}


def _one_or_list(entry: dict[str, Any]) -> dict[str, Any]:
    return _either(entry, {"type": "array", "items": entry})


def _named(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a group whose names are free."""
    return {"type": "object", "minProperties": 1, "additionalProperties": entry}
