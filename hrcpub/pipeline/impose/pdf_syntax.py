"""PDF's syntax (ISO 32000-2 §7.2 and §7.3): where a value ends, and what is in it.

A value is the bytes that stand for it in its file: `12 0 R`, `[0 0 612 792]`, `<</Type /Page>>`.
Why nothing more is made of it: imposing hands on nearly all that it reads. To look whether it is
well-formed is enough, and takes a tenth of the time.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from hrcpub.units import Rect

PdfValue = bytes

_WHITE, _REGULAR = rb"\0\t\n\f\r ", rb"[^\0\t\n\f\r ()<>\[\]{}/%]"
SPACE = rb"[%b]*+(?:%%[^\r\n]*+[%b]*+)*+" % (_WHITE, _WHITE)
# The end of a word: what follows is no part of it. Some programs write `58endobj`.
END = rb"(?!(?!endobj)%b)" % _REGULAR
_LETTERS = rb"[^()\\]++|\\."
_STRING = rb"\((?:%b)*+\)" % _LETTERS
for _ in range(3):  # parentheses in a string, in one another
    _STRING = rb"\((?:%b|%b)*+\)" % (_LETTERS, _STRING)
_HEX = rb"<[0-9A-Fa-f%b]*+>" % _WHITE
# No object has a larger number than 8,388,607 (Annex C.2).
REFERENCE = rb"(\d{1,7}+)[%b]++(\d{1,5}+)[%b]++R%b" % (_WHITE, _WHITE, END)
_NUMBER = rb"[+-]?(?:\d++\.?\d*+|\.\d++)%b" % END
_NAME = rb"/%b*+" % _REGULAR
_NUMBERS = rb"\[[0-9.+\-%b]*+\]" % _WHITE  # an array of them, such as a box
# What has nothing to look into.
_ATOM = rb"(?:%b|%b|%b|%b|%b|%b|(?:true|false|null)%b)" % (
    _NAME, REFERENCE.replace(b"(\\", b"(?:\\"), _NUMBER, _NUMBERS, _STRING, _HEX, END,
)  # fmt: skip

_atom = re.compile(_ATOM, re.DOTALL)
_bracket = re.compile(SPACE + rb"(<<|\[|>>|\])")
# What is in a dictionary up to its next bracket: keys with values, and perhaps a key (group 1).
_pairs = re.compile(
    rb"(?:%b%b%b%b)*+%b(%b)?+" % (SPACE, _NAME, SPACE, _ATOM, SPACE, _NAME), re.DOTALL
)
_atoms = re.compile(rb"(?:%b%b)*+" % (SPACE, _ATOM), re.DOTALL)
_entry = re.compile(rb"%b(%b)%b(%b)?+" % (SPACE, _NAME, SPACE, _ATOM), re.DOTALL)
_item = re.compile(rb"%b(%b)?+" % (SPACE, _ATOM), re.DOTALL)
_reference = re.compile(REFERENCE)
# A reference among other things (groups 1 and 2), or what may look as if it held one.
_mentioned = re.compile(
    rb"%b|%b|%%[^\r\n]*+|(?<!%b)%b" % (_STRING, _HEX, _REGULAR, REFERENCE), re.DOTALL
)
_CLOSERS = {b"<<": b">>", b"[": b"]"}
DEEPEST = 100  # brackets in one another


class DamagedPdf(ValueError):
    """A file is not what PDF's syntax asks for."""


class UnusualPdf(ValueError):
    """A file may be right, but has something that is not read here."""


def value_end(data: bytes, at: int) -> int:
    """Return where the value ends that begins at `at`; raise DamagedPdf if it is none."""
    if atom := _atom.match(data, at):
        return atom.end()
    closers: list[bytes] = []
    may_open, may_close = True, False
    while bracket := _bracket.match(data, at):
        kind, at = bracket[1], bracket.end()
        if kind in _CLOSERS and may_open and len(closers) < DEEPEST:
            closers.append(_CLOSERS[kind])
        elif may_close and kind == closers[-1]:
            closers.pop()
            if not closers:
                return at
        else:
            break
        may_open = may_close = True
        if closers[-1] == b">>":
            inside = _pairs.match(data, at)
            may_open = bool(inside and inside[1])
            may_close = not may_open
        else:
            inside = _atoms.match(data, at)
        at = inside.end() if inside else at
    raise DamagedPdf("an object is not well-formed")


def entries(value: PdfValue) -> dict[bytes, PdfValue]:
    """Return what a dictionary holds, by its keys (`b"/Type"`); {} for any other value."""
    found: dict[bytes, PdfValue] = {}
    at = 2 if value.startswith(b"<<") else len(value)
    while entry := _entry.match(value, at):
        start, at = entry.span(2)
        if at < 0:
            start, at = entry.end(), value_end(value, entry.end())
        found[plain_name(entry[1])] = value[start:at]
    return found


def items(value: PdfValue) -> Iterator[PdfValue]:
    """Yield what an array holds; nothing for any other value."""
    at, last = (1, len(value) - 1) if value.startswith(b"[") else (0, 0)
    while at < last and (item := _item.match(value, at)):
        start, at = item.span(1)
        if at < 0:
            start = item.end()
            if start >= last:
                break
            at = value_end(value, start)
        yield value[start:at]


def box_of(value: PdfValue) -> Rect | None:
    """Return a box, its edges in order (ISO 32000-2 §7.9.5); None when the value is not a box."""
    numbers = [number_of(edge, math.nan) for edge in items(value)]
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)):
        return None
    (left, right), (foot, top) = sorted(numbers[::2]), sorted(numbers[1::2])
    return Rect(left, foot, right, top)


def reference(value: PdfValue) -> tuple[int, int] | None:
    """Return the number and the generation of the object that a value refers to, or None."""
    found = _reference.fullmatch(value)
    return (int(found[1]), int(found[2])) if found else None


def with_references(value: PdfValue, numbered: Callable[[tuple[int, int]], int]) -> PdfValue:
    """Return a value that refers to other numbers: those that `numbered` gives."""

    def other(found: re.Match[bytes]) -> bytes:
        if found[1] is None:
            return found[0]
        return b"%d 0 R" % numbered((int(found[1]), int(found[2])))

    return _mentioned.sub(other, value) if b"R" in value else value


def number_of(value: PdfValue | None, otherwise: float) -> float:
    """Return a number; `otherwise` when the value is something else."""
    try:
        return float(value) if value else otherwise
    except ValueError:
        return otherwise


def plain_name(name: bytes) -> bytes:
    """Return a name without escapes: `/A#42` is `/AB`."""
    if b"#" not in name:
        return name
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), name)


_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_escape = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)


def string_of(value: PdfValue) -> bytes | None:
    """Return the bytes of a string, however it is written; None for any other value."""
    if value.startswith(b"(") and value.endswith(b")"):
        return _escape.sub(_unescaped, value[1:-1])
    if value.startswith(b"<") and not value.startswith(b"<<"):
        digits = re.sub(rb"[%b]" % _WHITE, b"", value[1:-1])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    return None


def _unescaped(escape: re.Match[bytes]) -> bytes:
    code = escape[1]
    if code[:1].isdigit() and code[:1] < b"8":
        return bytes([int(code, 8) % 256])
    if code in (b"\n", b"\r", b"\r\n"):  # the line goes on
        return b""
    return _ESCAPES.get(code, code)
