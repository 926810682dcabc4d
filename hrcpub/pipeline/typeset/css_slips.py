"""Stylesheets to Problems: what is valid CSS, does nothing on paper, and is not logged.

WeasyPrint 70 logs rules that it does not know. It says nothing of names that nothing defines: a
counter is 0 then, a string and a running element are nothing. Of variables it does not say where.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from hrcpub.patterns import pattern
from hrcpub.pipeline.stages import Html, Stylesheet
from hrcpub.problems import Problem, Source

_COMMENT = pattern(r"/\*.*?\*/", re.DOTALL)
_STRING = pattern(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
_NAME = r"[-\w]+"
_MEDIA = pattern(r"@media\s+([^{;]+)\{", re.IGNORECASE)
_PAPER = pattern(r"\b(?:print|all)\b", re.IGNORECASE)
_SCREEN = pattern(r"(?<=[\w)\]*>&\s]):(hover|active|focus(?:-\w+)?|visited|target)(?![-\w(])")


class Named(NamedTuple):
    """A kind of name: where CSS uses it, where it defines it, and which are always there."""

    what: str
    used: re.Pattern[str]
    defined: re.Pattern[str]
    known: frozenset[str] = frozenset()


_NAMED = (
    Named(
        "variable",  # without a second value, which would stand in for it
        pattern(rf"(?<![-\w])var\(\s*({_NAME})\s*\)"),
        pattern(rf"(?<![-\w(])(--{_NAME})\s*:"),
    ),
    Named(
        "counter",
        pattern(rf"(?<![-\w])(?:counters?\(\s*|target-counters?\([^;{{}}]*?,\s*)({_NAME})"),
        pattern(r"counter-(?:reset|increment|set)\s*:\s*([^;}]+)"),
        frozenset(("page", "pages", "list-item", "footnote", "note")),
    ),
    Named(
        "string",
        pattern(rf"(?<![-\w])string\(\s*({_NAME})"),
        pattern(r"string-set\s*:\s*([^;}]+)"),
    ),
    Named(
        "running element",
        pattern(rf"(?<![-\w])element\(\s*({_NAME})"),
        pattern(rf"running\(\s*({_NAME})"),
    ),
)


class Undefined(NamedTuple):
    """A name that no stylesheet defines; a template's `style` attributes may."""

    name: str
    problem: Problem
    is_variable: bool  # where it is used, WeasyPrint logs it: in rules that apply to nothing, not


def slips(sheet: Stylesheet) -> Iterator[Problem]:
    """Yield what does nothing in one stylesheet."""
    plain = _plain(sheet.text)
    if (at := plain.find("/*")) >= 0:
        yield _slip("this comment is never closed", sheet, at)
        plain = plain[:at]
    yield from (_slip("this { is never closed", sheet, at) for at in _unclosed(plain)[:1])
    for match in _MEDIA.finditer(plain):
        if not _PAPER.search(match[1]):
            yield _slip(f"@media {match[1].strip()} is not for paper", sheet, match.start())
    for match in _SCREEN.finditer(plain):
        yield _slip(f":{match[1]} is never so on paper", sheet, match.start())


def undefined(sheets: Sequence[Stylesheet]) -> tuple[Undefined, ...]:
    """Return the counters, strings and running elements that are used and nowhere defined."""
    if any("@import" in _plain(sheet.text) for sheet in sheets):  # which may define them
        return ()
    names = [_names(sheet.text) for sheet in sheets]
    return tuple(
        Undefined(
            name,
            _slip(f'there is no {kind.what} "{name}"', sheet, at),
            kind.what == "variable",
        )
        for number, kind in enumerate(_NAMED)
        for known in [kind.known.union(*(of_kind[number].defined for of_kind in names))]
        for sheet, of_kind in zip(sheets, names, strict=True)
        for name, at in of_kind[number].used
        if name not in known
    )


class _SheetNames(NamedTuple):
    """The names of a kind that a stylesheet defines; those that it uses, and where."""

    defined: frozenset[str]
    used: tuple[tuple[str, int], ...]


@lru_cache(maxsize=16)  # that of the design system is one of all layouts'
def _names(text: str) -> tuple[_SheetNames, ...]:
    """Return the names of each kind in a stylesheet."""
    plain = _plain(text)
    return tuple(
        _SheetNames(
            frozenset(_defined(kind, plain)),
            tuple((match[1], match.start(1)) for match in kind.used.finditer(plain)),
        )
        for kind in _NAMED
    )


def told(names: Sequence[Undefined], html: Html, logged: Collection[int]) -> list[Problem]:
    """Return the Problems of names that a page uses; `logged` are the lines of such variables."""
    return [
        name.problem
        for name in names
        if name.name not in html.text
        and not (name.is_variable and _line(name.problem) not in logged)
    ]


def _line(problem: Problem) -> int | None:
    return problem.source.line if problem.source else None


def _defined(kind: Named, plain: str) -> set[str]:
    return {name for match in kind.defined.finditer(plain) for name in re.findall(_NAME, match[1])}


@lru_cache(maxsize=16)
def _plain(text: str) -> str:
    """Return a stylesheet with spaces for its comments and for what is in its strings."""
    return _STRING.sub(_blank, _COMMENT.sub(_blank, text))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _unclosed(plain: str) -> list[int]:
    """Return where the brackets open that nothing closes."""
    opened: list[int] = []
    for match in re.finditer(r"[{}]", plain):
        if match[0] == "{":
            opened.append(match.start())
        elif opened:
            opened.pop()
    return opened


def _slip(said: str, sheet: Stylesheet, at: int) -> Problem:
    line, begin = sheet.text.count("\n", 0, at) + 1, sheet.text.rfind("\n", 0, at) + 1
    quote = sheet.text.split("\n")[line - 1]
    return css_idle(said, Source(sheet.path, line, at - begin + 1, quote=quote))


def css_idle(said: str, place: Source) -> Problem:
    """A part of a stylesheet does nothing, or something else than it looks like.

    Fix: close the comment or the bracket; what follows belongs to it otherwise. Define the name
    (`--name:`, `counter-increment`, `string-set`, `position: running(…)`), or look for a slip in
    it. Take out what is for screens only (`@media screen`, `:hover`).
    """
    return Problem("css-idle", said, place, "look for a slip, or take it out: it has no effect")


CODES = {"css-idle": css_idle}
