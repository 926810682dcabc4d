"""Edits made on what was seen, and what others made of it meanwhile: what is to do, what clashes.

An edit is to do where its place says what its author saw. Where others did the same already,
nothing is; where they did something else, it is a `Conflict`, and the author is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from hrcpub.files.yaml_edits import Edit, Insert, Move, Put, Remove, changed
from hrcpub.files.yaml_spans import Plain, YamlPath


class Conflict(NamedTuple):
    """A place that somebody else changed while it was edited here: None where it is not there."""

    edit: int  # which of the edits, from 0
    slot: str
    seen: Plain | None  # what it said when the edit was begun
    theirs: Plain | None  # what it says now
    ours: Plain | None  # what the edit would make of it


def saved(seen: Plain, versions: Iterable[Plain], edits: Sequence[Edit]) -> int:
    """Return how many of the edits are saved: of a save whose answer was lost, the first ones.

    They are where a version says just what they make of `seen`.
    """
    said = list(versions)
    count = 0
    for number, edit in enumerate(edits, 1):
        seen = changed(seen, edit)
        if seen in said:
            count = number
    return count


def judged(
    seen: Plain, theirs: Plain, edits: Sequence[Edit]
) -> tuple[list[Edit], tuple[Conflict, ...]]:
    """Return the edits that are to do on `theirs`, and those that clash with it.

    What its author saw goes on with each edit, also one that clashes: the next were made on it.
    """
    left, conflicts = [], []
    for number, edit in enumerate(edits):
        if _is_untouched(edit, seen, theirs):
            left.append(edit)
            theirs = changed(theirs, edit)
        elif not _is_done(edit, seen, theirs):
            conflicts.append(conflict(number, edit, seen, theirs))
        seen = changed(seen, edit)
    return left, tuple(conflicts)


def conflict(number: int, edit: Edit, seen: Plain | None, theirs: Plain) -> Conflict:
    """Return what an edit clashes with; `seen` is None where nobody knows what its author saw."""
    ours: Plain | None = None
    if isinstance(edit, Put | Insert):
        ours = edit.value
    elif isinstance(edit, Move) and seen is not None:
        ours = _at(changed(seen, edit), edit.path)
    return Conflict(number, slot_of(edit), _at(seen, edit.path), _at(theirs, edit.path), ours)


def slot_of(edit: Edit) -> str:
    """Return the place of an edit as slots are named: words.points.2.text, entries from 1."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in edit.path)


def _at(value: Plain | None, path: YamlPath) -> Plain | None:
    inner: Any = value
    for step in path:
        is_there = (
            0 <= int(step) < len(inner)
            if isinstance(inner, list) and isinstance(step, int)
            else isinstance(inner, dict) and step in inner
        )
        if not is_there:
            return None
        inner = inner[step]
    return inner  # type: ignore[no-any-return]


def _is_untouched(edit: Edit, seen: Plain, theirs: Plain) -> bool:
    """Return whether the place of an edit says what was seen, in the rows that were seen."""
    path = edit.path[:-1] if isinstance(edit, Insert) else edit.path
    return _at(seen, path) == _at(theirs, path) and _are_same_places(edit.path, seen, theirs)


def _is_done(edit: Edit, seen: Plain, theirs: Plain) -> bool:
    """Return whether others put in, or took out, just the same."""
    if not _are_same_places(edit.path, seen, theirs):
        return False
    if isinstance(edit, Put):
        return _at(theirs, edit.path) == edit.value
    holder = _at(theirs, edit.path[:-1])
    return isinstance(edit, Remove) and isinstance(holder, dict) and edit.path[-1] not in holder


def _are_same_places(path: YamlPath, seen: Plain, theirs: Plain) -> bool:
    """Return whether each group and list that a path goes through is the one that was seen."""
    return all(
        _is_same_place(_at(seen, path[:at]), _at(theirs, path[:at]), step)
        for at, step in enumerate(path)
    )


def _is_same_place(seen: Plain | None, theirs: Plain | None, step: str | int) -> bool:
    """Return whether a step leads to the same place in both: others changed what it says at most.

    A group that others began is no other one. Lists of the same length may have been sorted, or a
    row of each kind put in and taken out.
    """
    if not isinstance(seen, list) or not isinstance(theirs, list) or isinstance(step, str):
        return type(seen) is type(theirs) or (seen is None and isinstance(theirs, dict))
    if len(seen) != len(theirs) or step >= len(seen):
        return len(seen) == len(theirs)
    ours, other = seen[step], theirs[step]
    is_changed = ours not in theirs and other not in seen and _has_kept_some(ours, other)
    return bool(ours == other or is_changed)


def _has_kept_some(ours: Plain, other: Plain) -> bool:
    """Return whether a row has a field that it had: else another row may stand in its place."""
    if isinstance(ours, dict) and isinstance(other, dict):
        return any(value and other.get(name) == value for name, value in ours.items())
    if isinstance(ours, list) and isinstance(other, list):
        return any(one and one == cell for one, cell in zip(ours, other, strict=False))
    return True
