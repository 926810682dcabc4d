"""A text of a layout and a place in it to what may be typed there: names, fields, calls, keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from hrcpub.project.slot import Slot
from hrcpub.studio.members import Member
from hrcpub.studio.template_scope import Scope, scope_at


class Suggestion(NamedTuple):
    """One thing that may be typed. `detail` stands beside it in a list, `about` explains it.

    `text` is what is typed for it, where that is more than its label.
    """

    label: str
    detail: str = ""
    about: str = ""
    text: str = ""
    kind: str = "variable"  # as CodeMirror knows them, for the sign before it


class Completions(NamedTuple):
    """What may stand from a place of the text on, counted from 0."""

    start: int
    options: tuple[Suggestion, ...]


class Vocabulary(NamedTuple):
    """All that a layout's files may say.

    `components` are the macros of each file as templates import it. `keys` are the groups of YAML
    files by their names.
    """

    names: Mapping[str, Any]
    components: Mapping[str, Mapping[str, Member]]
    filters: Mapping[str, str]
    panels: Mapping[str, str]
    classes: Mapping[str, str]  # and the file that has rules for them
    attributes: Mapping[str, tuple[str, tuple[str, ...]]]
    keys: Mapping[str, Slot]


TAGS = {
    "for": "for each entry of a list", "endfor": "", "if": "only if", "elif": "", "else": "",
    "endif": "", "set": "give a name to a value", "macro": "begin a component", "endmacro": "",
    "call": "call a component around what follows", "endcall": "", "block": "", "endblock": "",
    "extends": "begin with another template", "import": "bring components of a file",
    "from": "bring some components of a file", "include": "put another template here",
}  # fmt: skip
_WORD = re.compile(r"[\w-]*\Z")
_PATH = re.compile(r"[A-Za-z_][\w.]*(?:\([^()]*\)|\[[^\[\]]*\]|\.\w+)*\Z")
_INSIDE = re.compile(r"\{(?:\{|%)(?:(?!\}\}|%\}).)*\Z", re.DOTALL)
_CLASS = re.compile(r"""\bclass\s*=\s*(["'])[^"'<>{}]*\Z""")
_ATTRIBUTE = re.compile(r"<[a-zA-Z][^<>]*\sdata-[\w-]*\Z")
_VALUE = re.compile(r"""\b(data-[\w-]+)\s*=\s*(["'])[^"'<>{}]*\Z""")
_QUOTED = re.compile(r"""(\S+?)\s*[(\[]?\s*(["'])([^"'{}%]*)\Z""")


def complete(path: str, text: str, at: int, known: Vocabulary) -> Completions:
    """Return what may be typed at a place of a file's text, counted from 0."""
    before = text[:at]
    if path.endswith(".html"):
        return _in_template(before, text, known)
    if path.endswith(".css"):
        return _in_css(before, known)
    return _in_yaml(path, before, known)


def _found(
    before: str, options: Iterator[Suggestion], pattern: re.Pattern[str] = _WORD
) -> Completions:
    match = pattern.search(before)
    start = match.start() if match else len(before)
    typed = before[start:].lower()
    return Completions(start, tuple(o for o in options if o.label.lower().startswith(typed)))


def _in_template(before: str, text: str, known: Vocabulary) -> Completions:
    inside = _INSIDE.search(before)
    if inside is None:
        return _in_html(before, known)
    code = inside[0][2:].lstrip("-").lstrip()
    scope = scope_at(before, known.names, known.components)
    if len(re.findall(r"""(?<!\\)["']""", code)) % 2:
        return _in_quotes(before, known)
    if re.search(r"\|\s*\w*\Z", code):
        return _found(
            before, (Suggestion(n, about=a, kind="function") for n, a in known.filters.items())
        )
    if inside[0].startswith("{%") and re.fullmatch(r"\w*", code):
        return _found(before, (Suggestion(n, about=a, kind="keyword") for n, a in TAGS.items()))
    path = _PATH.search(before)
    if path and (owner := path[0].rpartition("."))[1]:
        return _found(before, _members(scope.members(owner[0])), re.compile(r"\w*\Z"))
    return _found(before, _names(scope), re.compile(r"\w*\Z"))


def _members(members: Mapping[str, Member]) -> Iterator[Suggestion]:
    for name, one in members.items():
        if "-" in name:
            continue  # grid["text-size"]: told in its quotes
        kind = "method" if one.call else "property"
        yield Suggestion(name, one.call.removeprefix(name), one.about, kind=kind)


def _names(scope: Scope) -> Iterator[Suggestion]:
    for name, known in scope.names.items():
        yield Suggestion(name, about=known.about)


def _in_quotes(before: str, known: Vocabulary) -> Completions:
    match = _QUOTED.search(before)
    opens = match[1] if match else ""
    word = re.compile(r"""[^"']*\Z""")
    if opens in ("import", "extends", "include", "from") or opens.endswith("%}"):
        return _found(before, (Suggestion(n, kind="text") for n in known.components), word)
    if opens.endswith("panel"):
        return _found(before, (Suggestion(n, about=a) for n, a in known.panels.items()), word)
    grid = known.names["grid"].type
    sizes = ((n, one.about) for n, one in grid.items())
    if opens.endswith("grid"):
        return _found(before, (Suggestion(n, a) for n, a in sizes), word)
    if re.search(r"\bset\.\w+\([^()]*\Z", before):  # their faces and sizes
        faces = ((n, "a face") for n in ("text", "medium", "bold", "italic", "display"))
        own = ((n, about) for n, about in sizes if n.endswith("-size"))
        return _found(before, (Suggestion(n, a) for n, a in (*faces, *own)), word)
    return Completions(len(before), ())


def _in_html(before: str, known: Vocabulary) -> Completions:
    if _CLASS.search(before):
        return _found(before, (Suggestion(n, a, kind="class") for n, a in known.classes.items()))
    if value := _VALUE.search(before):
        values = known.attributes.get(value[1], ("", ()))[1]
        values = tuple(known.panels) if value[1] == "data-panel" else values
        return _found(before, (Suggestion(one, kind="enum") for one in values))
    if _ATTRIBUTE.search(before):
        return _found(before, _attributes(known))
    return Completions(len(before), ())


def _attributes(known: Vocabulary) -> Iterator[Suggestion]:
    for name, (about, values) in known.attributes.items():
        yield Suggestion(name, about=about, text=f'{name}=""' if values else name, kind="property")


def _in_css(before: str, known: Vocabulary) -> Completions:
    """Return classes, and attributes that hrcpub knows; the page itself knows values."""
    in_rule = before.rfind("{") > before.rfind("}")
    if not in_rule and re.search(r"\.[\w-]*\Z", before):
        return _found(before, (Suggestion(n, a, kind="class") for n, a in known.classes.items()))
    if not in_rule and re.search(r"\[[\w-]*\Z", before):
        return _found(before, (Suggestion(n, about=a) for n, (a, _) in known.attributes.items()))
    return Completions(len(before), ())


_KEY = re.compile(r"^(?P<indent> *)(?:- +)?(?P<key>[\w-]+):(?P<value>.*)$")


def _in_yaml(path: str, before: str, known: Vocabulary) -> Completions:
    """Return the keys that may stand in a group, or the values that a key may have."""
    *above, line = before.split("\n")
    root = known.keys.get(path.rpartition("/")[2])
    if root is None or line.lstrip().startswith("#"):
        return Completions(len(before), ())
    if typed := _KEY.match(line):
        slot = _at(root, [*_keys_above(above, len(typed["indent"])), typed["key"]])
        return _found(before, _values(slot)) if slot else Completions(len(before), ())
    indent = len(line) - len(line.lstrip(" -"))
    group = _at(root, _keys_above(above, indent))
    return _found(before, _keys(group)) if group else Completions(len(before), ())


def _keys_above(lines: Sequence[str], indent: int) -> list[str]:
    """Return the keys of the groups around a line, the outermost first."""
    keys: list[str] = []
    for line in reversed(lines):
        match = _KEY.match(line)
        if match and len(match["indent"]) < indent and not match["value"].strip(" >|-"):
            indent = len(match["indent"])
            keys.insert(0, match["key"])
    return keys


def _at(slot: Slot, keys: Sequence[str]) -> Slot | None:
    for key in keys:
        if slot.kind == "table":
            slot = Slot("group", fields=slot.fields)
        elif key in slot.fields:
            slot = slot.fields[key]
        else:
            return None
    return slot


def _keys(slot: Slot) -> Iterator[Suggestion]:
    if slot.kind == "table":  # names are the writer's own
        return
    for name, one in slot.fields.items():
        detail = "required" if one.required else ""
        yield Suggestion(name, detail, one.about, f"{name}: ", "property")


def _values(slot: Slot) -> Iterator[Suggestion]:
    choices = ("yes", "no") if slot.kind == "yes-no" else slot.choices
    yield from (Suggestion(choice, kind="enum") for choice in choices)
