"""YAML text and `Edit`s to the same text with other values: comments, order and form are kept.

Only what an edit changes is written anew; every other character stays. What comes out is read
again, and must say what it said before but for the edit. Where an edit has no lines of its own (in
brackets, say), the list or group around it is written anew, its comments above it.

Why not a round trip through ruamel.yaml: it gives indentation and line breaks of its own to files
that have others, and with an entry it takes out the comment of the next one (0.19.1).
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, cast

from hrcpub.files.yaml_lines import YamlLines
from hrcpub.files.yaml_spans import Plain, ValueSpan, YamlPath, spans


class Put(NamedTuple):
    """A value takes the place of another, or comes in under a name that a group did not have.

    `order` are the names in the group as they are to stand: a new one comes after the last that is
    there of those before it.
    """

    path: YamlPath
    value: Plain
    order: tuple[str, ...] = ()


class Insert(NamedTuple):
    """A new entry of a list; the path ends with its number from 0."""

    path: YamlPath
    value: Plain


class Remove(NamedTuple):
    """A value goes, with its name or its hyphen, and with the comment directly above it."""

    path: YamlPath


class Move(NamedTuple):
    """An entry of a list goes to another place; `path` is the list's, numbers count from 0."""

    path: YamlPath
    origin: int
    target: int


Edit = Put | Insert | Remove | Move


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Return the text after all edits, each made on what the one before it left.

    Raises LookupError for a path that is not there, so that nothing is written in a wrong place.
    """
    has_crlf = "\r\n" in text
    text = text.replace("\r\n", "\n")
    for edit in edits:
        text = _edited(text, edit)
    return text.replace("\n", "\r\n") if has_crlf else text


def changed(value: Plain, edit: Edit) -> Plain:
    """Return a plain value after an edit: what the edited text must say."""
    if not edit.path:
        raise LookupError("an edit needs a path")
    value = copy.deepcopy(value)
    holder = value
    for step in edit.path if isinstance(edit, Move) else edit.path[:-1]:
        if isinstance(edit, Put) and isinstance(holder, dict):
            holder[str(step)] = holder.get(str(step)) or {}
        holder = _inner(holder, step)
    if isinstance(edit, Put) and isinstance(holder, dict):
        _put(holder, str(edit.path[-1]), edit)
    else:
        _change(holder, edit)
    return value


def _inner(holder: Plain, step: str | int) -> Plain:
    if isinstance(holder, list) and isinstance(step, int) and 0 <= step < len(holder):
        return cast(Plain, holder[step])
    if isinstance(holder, dict) and step in holder:
        return cast(Plain, holder[str(step)])
    raise LookupError(f"there is no {step}")


def _change(holder: Plain, edit: Edit) -> None:
    """Change a list, or take a name out of a group."""
    if isinstance(edit, Remove) and isinstance(holder, dict):
        _inner(holder, edit.path[-1])
        del holder[str(edit.path[-1])]
        return
    if not isinstance(holder, list):
        raise LookupError(f"there is no list in which {edit.path} could be")
    if isinstance(edit, Move):
        _inner(holder, edit.target)
        holder.insert(edit.target, holder.pop(_number(holder, edit.origin)))
    elif isinstance(edit, Insert):
        holder.insert(_number([*holder, None], edit.path[-1]), edit.value)
    elif isinstance(edit, Put):
        holder[_number(holder, edit.path[-1])] = edit.value
    else:
        del holder[_number(holder, edit.path[-1])]


def _number(entries: list[Any], step: str | int) -> int:
    """Return a step as the number of an entry that is there."""
    _inner(entries, step)
    return int(step)


def _put(holder: dict[str, Any], name: str, edit: Put) -> None:
    """Put a value under a name; a new one comes to stand where `order` has it."""
    if name in holder:
        holder[name] = edit.value
        return
    names = list(holder)
    after = name_before(name, edit.order, names)
    names.insert(0 if after is None else names.index(after) + 1, name)
    values = holder | {name: edit.value}
    holder.clear()
    holder.update((key, values[key]) for key in names)


def name_before(name: str, order: Sequence[str], names: Sequence[str]) -> str | None:
    """Return the name after which a new one is to stand; None: it is the first, or the only one."""
    if name not in order:
        return names[-1] if names else None
    earlier = order[: order.index(name)]
    return next((key for key in reversed(names) if key in earlier), None)


def _edited(text: str, edit: Edit) -> str:
    root = spans(text)
    wanted = changed(root.plain, edit)
    page = YamlLines(text)
    for made in _ways(page, root, edit, wanted):
        if _says(made, wanted):
            return made
    raise RuntimeError(f"an edit of {edit.path} could not be written")


def _says(text: str, wanted: Plain) -> bool:
    try:
        return spans(text).plain == wanted
    except ValueError:
        return False


def _ways(page: YamlLines, root: ValueSpan, edit: Edit, wanted: Plain) -> Iterator[str]:
    """Yield the text with the least changed first, then with more and more written anew."""
    made = _in_lines(page, root, edit)
    if made is not None:
        yield made
    for depth in range(len(edit.path) - (not isinstance(edit, Move)), -1, -1):
        path = edit.path[:depth]
        if root.at(path) is not None:
            value = wanted
            for step in path:
                value = _inner(value, step)
            yield page.replaced(root, path, value)


def _in_lines(page: YamlLines, root: ValueSpan, edit: Edit) -> str | None:
    """Return the text with an edit made in its own lines; None where it has none."""
    if isinstance(edit, Move):
        return page.moved(root.at(edit.path), edit.origin, edit.target)
    if isinstance(edit, Put):
        return _put_in_lines(page, root, edit)
    holder, last = root.at(edit.path[:-1]), edit.path[-1]
    if holder is None:
        return None
    if isinstance(edit, Insert):
        return page.inserted(holder, int(last), edit.value)
    return page.removed(holder, last)


def _put_in_lines(page: YamlLines, root: ValueSpan, edit: Put) -> str | None:
    if root.at(edit.path) is not None:
        return page.replaced(root, edit.path, edit.value)
    holder, last = root.at(edit.path[:-1]), edit.path[-1]
    if holder is not None and holder.group:
        after = name_before(str(last), edit.order, list(holder.group))
        return page.named(holder, str(last), edit.value, after)
    if len(edit.path) == 1 or not isinstance(last, str):
        return None
    # The group is not there, or empty: it comes in with its first value.
    return _put_in_lines(page, root, Put(edit.path[:-1], {last: edit.value}))
