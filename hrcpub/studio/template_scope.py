"""A template up to a place to the names that are known there, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hrcpub.pipeline.compose.template_names import TemplateName
from hrcpub.studio.members import Member, entry, members

Components = Mapping[str, Mapping[str, Member]]

_TAG = re.compile(r"\{%-?\s*(\w+)\s*(.*?)\s*-?%\}", re.DOTALL)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_FOR = re.compile(r"([\w\s,]+?)\s+in\s+(.+)", re.DOTALL)
_SET = re.compile(r"(\w+)\s*=\s*(.+)", re.DOTALL)
_IMPORT = re.compile(r"""["']([^"']+)["']\s+as\s+(\w+)""")
_MACRO = re.compile(r"\w+\s*\((.*)\)", re.DOTALL)
_STEP = re.compile(r"\.(\w+)|\[([^\[\]]*)\]|(\()|\|\s*(\w+)")
_MACRO_HERE = re.compile(
    r"(?:\{#(?P<about>(?:(?!#\}).)*)#\}\s*)?\{%-?\s*macro\s+(?P<call>[^%]*?)\s*-?%\}", re.DOTALL
)
# What `loop` has in a list.
_LOOP: Mapping[str, TemplateName] = {
    "index": TemplateName("the entry's number, from 1"),
    "index0": TemplateName("the entry's number, from 0"),
    "first": TemplateName("whether it is the first"),
    "last": TemplateName("whether it is the last"),
    "length": TemplateName("how many there are"),
}


class Scope(NamedTuple):
    """The names that are known at a place."""

    names: Mapping[str, TemplateName]

    def members(self, expression: str) -> Mapping[str, Member]:
        """Return what may stand behind the full stop of an expression."""
        return members(self.type_of(expression))

    def type_of(self, expression: str) -> object:
        """Return the type of a path: `words.points`, `set.stack(…)[0]`, `words.lead|first`."""
        expression = expression.strip()
        name = re.match(r"\w+", expression)
        if name is None or name[0] not in self.names:
            return None
        of, at = self.names[name[0]].type, name.end()
        while match := _STEP.match(expression, at):
            step, subscript, call, pipe = match.groups()
            at = _closed(expression, match.end()) if call else match.end()
            if step or (subscript and subscript.strip("\"'") in members(of)):
                of = _type(members(of).get(step or subscript.strip("\"'")))
            elif subscript or pipe in ("first", "last"):
                of = entry(of)
            elif pipe:
                of = None
        return of


def _type(member: Member | None) -> object:
    return member.type if member else None


def _closed(text: str, at: int) -> int:
    """Return where the bracket that opens before `at` is closed."""
    depth = 1
    while at < len(text) and depth:
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        at += 1
    return at


def macros(text: str) -> dict[str, Member]:
    """Return the components of a file: what their comments say, and how they are called."""
    found = {}
    for match in _MACRO_HERE.finditer(text):
        call = " ".join(match["call"].split())
        about = " ".join((match["about"] or "").split())
        found[call.partition("(")[0].strip()] = Member(about, None, call)
    return found


def scope_at(before: str, names: Mapping[str, TemplateName], components: Components) -> Scope:
    """Return the names that are known at the end of a part of a template."""
    frames: list[dict[str, TemplateName]] = [{**names, **_own(before)}]
    for match in _TAG.finditer(_COMMENT.sub("", before)):
        tag, rest = match.groups()
        if tag in ("endfor", "endmacro") and len(frames) > 1:
            frames.pop()
        elif tag in ("for", "macro"):
            frames.append(dict(_begun(tag, rest, _flat(frames))))
        else:
            frames[-1].update(_named(tag, rest, _flat(frames), components))
    return _flat(frames)


def _flat(frames: list[dict[str, TemplateName]]) -> Scope:
    return Scope({name: known for frame in frames for name, known in frame.items()})


def _own(text: str) -> dict[str, TemplateName]:
    return {name: TemplateName(one.about) for name, one in macros(text).items()}


def _begun(tag: str, rest: str, scope: Scope) -> Iterator[tuple[str, TemplateName]]:
    """Yield the names that a loop or a component brings."""
    if tag == "macro" and (match := _MACRO.match(rest)):
        for part in filter(None, (one.split("=")[0].strip() for one in match[1].split(","))):
            yield part, TemplateName("given by who calls")
    elif tag == "for" and (match := _FOR.match(rest)):
        wanted, listed = [one.strip() for one in match[1].split(",")], match[2]
        yield "loop", TemplateName("where the loop is", _LOOP)
        of = entry(scope.type_of(listed.partition(" if ")[0]))
        for name in wanted:
            about = f"one of {' '.join(listed.split())[:60]}"
            yield name, TemplateName(about, of if len(wanted) == 1 else None)


def _named(
    tag: str, rest: str, scope: Scope, components: Components
) -> Iterator[tuple[str, TemplateName]]:
    """Yield the name that a tag gives to a value, or to a file of components."""
    if tag == "set" and (match := _SET.match(rest)):
        yield (
            match[1],
            TemplateName(f"= {' '.join(match[2].split())[:60]}", scope.type_of(match[2])),
        )
    elif tag == "import" and (match := _IMPORT.match(rest)) and match[1] in components:
        yield match[2], TemplateName(f"components of {match[1]}", components[match[1]])
