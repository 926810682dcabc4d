"""The edits that a window sends, as `Edit`s: what is none is refused with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrcpub.files.yaml_edits import Edit, Insert, Move, Put, Remove
from hrcpub.files.yaml_spans import Plain, YamlPath
from hrcpub.project.slot import Slot


def edit_of(fields: Mapping[str, Any], slots: Mapping[str, Slot]) -> Edit:
    """Return the edit that a window sends; raise ValueError for anything else.

    `slots` give the order in which new names come to stand.
    """
    if not isinstance(fields, Mapping):
        raise ValueError("an edit is a group of names and values")
    path = _path(fields.get("path"))
    match fields.get("do"):
        case "put":
            return Put(path, _plain(fields.get("value")), _order(path, slots))
        case "insert":
            return Insert(path, _plain(fields.get("value")))
        case "remove":
            return Remove(path)
        case "move":
            return Move(path, _number(fields.get("from")), _number(fields.get("to")))
    raise ValueError("an edit is put, insert, remove or move")


def _path(steps: object) -> YamlPath:
    if not isinstance(steps, list) or not 1 <= len(steps) <= 12:
        raise ValueError("a path is a list of names and numbers")
    if not all(isinstance(step, str) or _is_number(step) for step in steps):
        raise ValueError("a path is a list of names and numbers")
    return tuple(steps)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _number(value: object) -> int:
    if not _is_number(value):
        raise ValueError("a place in a list is a number from 0")
    return int(value)  # type: ignore[call-overload, no-any-return]


def _plain(value: object) -> Plain:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    raise ValueError("a value is a text, a list or a group")


def _order(path: YamlPath, slots: Mapping[str, Slot]) -> tuple[str, ...]:
    """Return the names of the group that a path ends in, in the order of its slots."""
    fields = slots
    for step in path[:-1]:
        if isinstance(step, str):
            fields = fields[step].fields if step in fields else {}
    return tuple(fields)
