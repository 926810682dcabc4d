"""Characters that a reader sees to the place in the file where they were typed.

A text in YAML may be folded over lines, quoted with escapes, and have markup: none of that is in
what a reader sees. Here both are walked together, from where the text begins; where they part, the
place is the text's own. So a file need not be parsed once more.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field

from hrcpub.files.sources import Sources
from hrcpub.files.yaml_spans import BREAK
from hrcpub.patterns import pattern
from hrcpub.problems import Source
from hrcpub.project.words import Words, locate

_ID = r"[a-z0-9][a-z0-9-]{0,62}"
_MARK = rf"\{{{_ID}\}}"  # of a source, which `claims` takes out
AT_MARK = pattern(rf"(?<!\s)\s*\{{({_ID})\}}")  # with the spaces before it: gone over once
# Marks in a row, and the sign that ends their sentence: numbers stand behind it, as English has it.
MARKS = pattern(
    rf"(?P<space>(?<!\s)\s*){_MARK}(?:\s*{_MARK})*(?:(?P<sign>[.,;:!?])|(?P<glued>(?=\w))|)"
)
_UNSEEN = pattern(rf"\]\([^)\s]*\)|{_MARK}")  # the target of a link, and such a mark
_HEADER = pattern(r"[|>][-+0-9]*(?=\s)")
_ESCAPE = pattern(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
_WHITE = pattern(r"[^\S \n\u00a0\u202f]")  # what else counts as a space
_ESCAPED = {"n": " ", "t": " ", "_": "\u00a0", "N": " ", "e": "\x1b", "0": "\0"}
_EVEN = {ord(sign): '"' for sign in "“”„«»‹›"} | {ord(sign): "'" for sign in "‘’‚"}
_PASSED = " *\\[]\0\u00ad"  # what is typed and not seen: markup, folds, hyphens that only may be
# How many characters are looked at for those that are seen: as most texts are typed, folded and
# indented; and with long links.
_ROOMS = ((1.3, 100), (4.0, 3000))
_STRIDE = 500  # characters that are held against each other at once: more than most lines have


def without_marks(text: str) -> str:
    """Return a text without the marks of its sources, which are no words of it."""
    return MARKS.sub(lambda marks: around(marks, ""), text) if "{" in text else text


def around(marks: re.Match[str], numbers: str) -> str:
    """Return what stands where marks stood: their numbers, behind the sign that they stand before.

    Where no space was typed behind them, words must not run together: `Lips {cdc}or nails`.
    """
    is_glued = marks["glued"] is not None and marks["space"]
    return f"{marks['sign'] or ''}{numbers}{' ' if is_glued else ''}"


def marks_in(text: str) -> list[str]:
    """Return the marks of a text as they are typed, each once: `{cdc-naloxone}`."""
    return list(dict.fromkeys(match[0].strip() for match in AT_MARK.finditer(text)))


@dataclass(slots=True)
class _TypedFile:
    text: str
    starts: list[int]  # where each line begins
    lines: list[str]
    last: tuple[int, str, list[int] | None] = (-1, "", None)  # many findings are of one text

    def offsets(self, place: Source, seen: str) -> list[int] | None:
        """Return where each character that is seen of a text stands; None where that is not so."""
        start = self.starts[(place.line or 1) - 1] + (place.column or 1) - 1
        if self.last[:2] != (start, seen):
            self.last = (start, seen, aligned(self.text, start, seen))
        return self.last[2]

    def source(self, path: str, start: int, end: int) -> Source:
        """Return the place of characters; of those on several lines, that on the first one."""
        number = bisect(self.starts, start) - 1
        column = start - self.starts[number]
        quote = self.lines[number]
        width = max(1, min(end - start, len(quote) - column))
        return Source(path, number + 1, column + 1, quote=quote, width=width)


@dataclass(slots=True)
class TypedPlaces:
    """Finds where words were typed; each file is read once."""

    sources: Sources
    files: dict[str, _TypedFile] = field(default_factory=dict)

    def of(self, words: Words, start: int, end: int, seen: str) -> Source:
        """Return the place of `seen[start:end]`, of what a reader sees of the words."""
        place = words.source
        if place.path is None or place.line is None:
            return place
        if place.path.endswith((".yaml", ".yml")):
            file = self._file(place.path)
            if offsets := file.offsets(place, seen):
                return file.source(place.path, offsets[start], offsets[end - 1] + 1)
        return locate(seen[start:end], place, self.sources)

    def _file(self, path: str) -> _TypedFile:
        if path not in self.files:
            text = self.sources.text(path)
            starts = [0, *(match.end() for match in BREAK.finditer(text))]
            self.files[path] = _TypedFile(text, starts, BREAK.split(text))
        return self.files[path]


def aligned(text: str, start: int, seen: str) -> list[int] | None:
    """Return the offset of each character that is seen of the scalar that begins at `start`.

    None where what is typed and what is seen part.
    """
    even = seen.translate(_EVEN)
    rooms = (start + int(share * len(seen)) + more for share, more in _ROOMS)
    tries = (_walked(*_typed(text, start, stop), even) for stop in rooms)
    return next((found for found in tries if found is not None), None)


def _walked(typed: str, offsets: Sequence[int], even: str) -> list[int] | None:
    """Return the offsets of what is seen, passing over what is typed and not seen."""
    found: list[int] = []
    done = at = 0
    while done < len(even):
        line = typed.find("  ", at, at + _STRIDE)  # an indent: a folded text goes on behind it
        stop = min(done + (line - at if line > at else _STRIDE), len(even))
        if not typed.startswith(even[done:stop], at):
            stop = even.find(" ", done) + 1 or len(even)
        if not typed.startswith(even[done:stop], at):  # most words are typed as they are seen
            while at < len(typed) and typed[at] != even[done] and typed[at] in _PASSED:
                at += 1
            if at == len(typed) or typed[at] != even[done]:
                return None
            stop = done + 1
        found += offsets[at : at + stop - done]
        at += stop - done
        done = stop
    return found


def _typed(text: str, start: int, stop: int) -> tuple[str, Sequence[int]]:
    """Return the characters of a scalar as they are meant, and the offset of each in the text.

    White space is spaces, quotes are straight, ` -- ` is a dash, and the targets of links and the
    marks of sources are zeros.
    What follows the scalar in the file may follow here too.
    """
    style = text[start : start + 1]
    if header := _HEADER.match(text, start):
        start = header.end()
    elif style in ("'", '"'):
        start += 1
    typed, offsets = _characters(_WHITE.sub(" ", text[start:stop].replace("\n", " ")), style, start)
    typed = typed.translate(_EVEN)
    for unseen in _UNSEEN.finditer(typed) if "](" in typed or "{" in typed else ():
        typed = typed[: unseen.start()] + "\0" * len(unseen[0]) + typed[unseen.end() :]
    return typed.replace(" -- ", "\0—\0\0"), offsets


def _characters(raw: str, style: str, start: int) -> tuple[str, Sequence[int]]:
    """Return the characters of a scalar, escapes as what they stand for, and their offsets."""
    if style == "'" and "''" in raw:
        places = [match.start() for match in re.finditer("''|.", raw)]
        return "".join(raw[at] for at in places), [start + at for at in places]
    if style != '"' or "\\" not in raw:
        return raw, range(start, start + len(raw))
    signs: list[str] = []
    offsets: list[int] = []
    at = 0
    while at < len(raw):
        escape = _ESCAPE.match(raw, at)
        signs.append(_unescaped(escape[0][1:]) if escape else raw[at])
        offsets.append(start + at)
        at = escape.end() if escape else at + 1
    return "".join(signs), offsets


def _unescaped(code: str) -> str:
    if code[0] in "xuU" and len(code) > 1:
        return chr(int(code[1:], 16))
    return " " if code.isspace() else _ESCAPED.get(code, code)
