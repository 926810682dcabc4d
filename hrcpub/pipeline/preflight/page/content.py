"""Content streams (ISO 32000-2 §7.8.2) to operations: an operator with its operands.

One regular expression cuts the stream; only the operands of the current operator are held.
Numbers come as floats, names as `bytes` with their slash, strings as `RawString`, arrays as
`RawArray`, which is cut only when its items are asked for. Dictionaries are passed over as their
bytes.

Why not pikepdf.parse_content_stream: it makes an object of every operand of the whole stream before
the first can be looked at, so a large or hostile stream costs many times its size in memory, and an
ordinary one several times the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from hrcpub.patterns import pattern

# Possessive quantifiers (`*+`, `++`): in a broken stream the expression must not try every way of
# dividing a string before it gives up.
NUMBER = rb"[-+]?(?:\d++(?:\.\d*+)?|\.\d++)"
_END = rb"(?=[\s\0/\[\]<>(){}%]|$)"
_OPERATOR = rb"[A-Za-z'\"*][A-Za-z0-9'\"*]*" + _END
_NAME = rb"/[^\s\0/\[\]<>(){}%]*"
_BETWEEN = rb"[^\[\]()<>%]*+"  # numbers and names, in an array
_FLAT = (
    rb"\[" + _BETWEEN
    + rb"(?:(?:<[0-9A-Fa-f\s]*+>|\((?:[^()\\]++|\\.)*+\))" + _BETWEEN + rb")*+\]"
)  # fmt: skip
_KINDS = (
    rb"(" + NUMBER + _END + rb")"  # 1: a number
    rb"|(" + _OPERATOR + rb")"  # 2: an operator
    rb"|(" + _NAME + rb")"  # 3: a name
    rb"|(" + _FLAT + rb")"  # 4: a flat array
    rb"|(<[0-9A-Fa-f\s]*+>)"  # 5: a hexadecimal string
    rb"|(\((?:[^()\\]++|\\.)*+\))"  # 6: a string without inner parentheses
    rb"|(<<|>>|\[|\]|\{|\})"  # 7
    rb"|(\()"  # 8: a string with inner parentheses
    rb"|(%[^\r\n]*)"  # 9: a comment
    rb"|([^\s\0/\[\]<>(){}%]+)"  # 10: anything else
)
# Before a token, what most operations are: up to six numbers and their operator, and before those a
# name or an array. More numbers come one by one, so that numbers without end are not gone through
# again and again.
_PLAIN = rb"((?:" + NUMBER + rb"\s++){0,6}+)(" + _OPERATOR + rb")"
_WHOLE = (
    _PLAIN  # 1, 2
    + rb"|(" + _NAME + rb")\s++" + _PLAIN  # 3, 4, 5
    + rb"|(" + _FLAT + rb")\s*+" + _PLAIN  # 6, 7, 8
)  # fmt: skip
_STEPS = pattern(rb"[\s\0]*(?:" + _WHOLE + rb"|" + _KINDS + rb")", re.DOTALL)
_FIRST = 8  # groups before those of the kinds of tokens
# What goes on with a path: a drawing has thousands of segments, one after the other.
_PAIR = rb"\s*+" + NUMBER + rb"\s++" + NUMBER + rb"\s++"
_SEGMENT = (
    rb"(?:" + _PAIR + rb"(?:[ml]" + _END + rb"|" + _PAIR + rb"(?:re" + _END
    + rb"|" + _PAIR + rb"c" + _END + rb"))|\s*+h" + _END + rb")"
)  # fmt: skip
_SEGMENTS = pattern(_SEGMENT + rb"{1,1024}+")
_COUNTED = {b"m": (b"m", 2), b"l": (b"l", 2), b"re": (b"re", 4), b"c": (b"c", 6), b"h": (b"h", 0)}
PATH = b"m l re c h"  # what no stream can have for an operator: many of these, as one
_ITEMS = pattern(
    rb"([-+]?(?:\d+\.?\d*|\.\d+))|<([0-9A-Fa-f\s]*+)>|(\((?:[^()\\]++|\\.)*+\))|(/[^\s/\[\]<>(){}%]*)",
    re.DOTALL,
)
_ESCAPE = pattern(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_PARENTHESES = pattern(rb"\\.|[()]", re.DOTALL)
_IMAGE_END = pattern(rb"[\s\0]EI(?=[\s\0]|$)")
_IMAGE_BEGIN = pattern(rb"[\s\0]*ID[\s\0]?")
_MOST_OPERANDS = 128  # DeviceN has at most 32 colourants, a name and a few more

_CONSTANTS = {b"true": True, b"false": False, b"null": None}
_BEGINNING = frozenset({b"m", b"re", b"h"})  # behind which a path mostly goes on
_NOT_ALONE = _BEGINNING | {b"BI", *_CONSTANTS}  # words with which more is to be done

# Whatever the file has: an operator takes what it needs (`float(operands[0])`), and a wrong kind
# raises one of `ODD`. A union would have to be taken apart for each of a page's thousand numbers.
Operand = Any
Operands = list[Operand]
Operation = tuple[bytes, Operands]


class RawString(bytes):
    """A string's bytes."""


class RawArray(bytes):
    """An array, uncut."""

    def items(self) -> Iterator[Operand]:
        """Yield numbers, `RawString`s and names."""
        for match in _ITEMS.finditer(self):
            number, digits, text, name = match.groups()
            if number is not None:
                yield float(number)
            elif digits is not None:
                yield unhex(digits)
            elif text is not None:
                yield unescape(text)
            else:
                yield name


class Inline(NamedTuple):
    """An inline image: its dictionary and data as they are in the stream."""

    fields: dict[bytes, Operand]
    data: bytes


class BrokenContent(NamedTuple):
    """Bytes that are not content: an operand of the operator `b"?"`."""

    at: int
    said: str


@cache
def _tokens() -> re.Pattern[bytes]:
    """Return what cuts one token; few streams have something for which it is asked."""
    return re.compile(rb"[\s\0]*(?:" + _KINDS + rb")", re.DOTALL)


def unhex(digits: bytes) -> RawString:
    """Return a hexadecimal string's bytes; an odd last digit counts as followed by 0."""
    clean = b"".join(digits.split())
    return RawString(bytes.fromhex((clean + b"0" * (len(clean) % 2)).decode("ascii")))


def unescape(text: bytes) -> RawString:
    """Return the bytes of a string that is written in parentheses."""
    inner = text[1:-1]
    if b"\\" not in inner:
        return RawString(inner)
    return RawString(_ESCAPE.sub(_unescaped, inner))


def _unescaped(match: re.Match[bytes]) -> bytes:
    octal, line, letter = match.groups()
    if octal:
        # What is over a byte is dropped (§7.3.4.2).
        return bytes([int(octal, 8) & 255])
    return b"" if line else _LETTERS.get(letter, letter)


def operations(data: bytes) -> Iterator[Operation]:
    """Yield (operator, operands) of a content stream; what is broken as the operator `?`.

    Segments of a path that come behind its first come as one `PATH`: its operands are theirs, each
    an operator with its numbers.
    """
    # One long loop: a page has a hundred thousand tokens, so nothing is called for the frequent
    # kinds. They are tested in the order of how frequent they are, whole operations before all.
    operands: Operands = []
    at, end = 0, len(data)
    scan = _STEPS.match
    while match := scan(data, at):
        kind = match.lastindex or 0
        at = match.end()
        if kind <= _FIRST:
            if kind == 5:
                operands.append(_name(match[3]))
            elif kind == 8:
                operands.append(RawArray(match[6]))
            if numbers := match[kind - 1]:
                operands += map(float, numbers.split())
            word = match[kind]
            if word not in _NOT_ALONE:
                yield word, operands
            elif word in _BEGINNING:
                yield word, operands
                while path := _SEGMENTS.match(data, at):
                    yield PATH, _segments(path[0])
                    at = path.end()
            elif word == b"BI":
                inline, at = _inline(data, at)
                yield (b"BI", [inline]) if inline else (b"?", [BrokenContent(at, "a broken image")])
            else:
                operands.append(_CONSTANTS[word])
                continue
            operands = []
        elif kind == _FIRST + 1:
            operands.append(float(match[kind]))
        elif kind == _FIRST + 3:
            operands.append(_name(match[kind]))
        elif kind == _FIRST + 4:
            operands.append(RawArray(match[kind]))
        elif kind == _FIRST + 5:
            operands.append(unhex(match[kind][1:-1]))
        elif kind == _FIRST + 6:
            operands.append(unescape(match[kind]))
        elif kind == _FIRST + 7:
            value, at, said = _bracket(data, match[kind], at)
            operands.append(value)
            if said:
                yield b"?", [BrokenContent(at, said)]
        elif kind == _FIRST + 8:
            text, at = _nested(data, at)
            if text is None:
                yield b"?", [BrokenContent(at, "a string that does not end")]
            else:
                operands.append(text)
        elif kind == _FIRST + 10:
            number = _odd_number(match[kind])
            if number is None:
                yield b"?", [BrokenContent(at, f"{match[kind][:20].decode('latin-1')!r}")]
            else:
                operands.append(number)
        if len(operands) > _MOST_OPERANDS:
            yield b"?", [BrokenContent(at, "more operands than any operator takes")]
            operands = []
    if data[at:end].strip(b"\0\t\n\f\r "):
        yield b"?", [BrokenContent(at, f"{data[at : at + 20].decode('latin-1')!r}")]
    if operands:
        yield b"?", [BrokenContent(at, "operands without an operator")]


def _segments(written: bytes) -> Operands:
    """Return segments as (operator, numbers)."""
    numbers = [*map(float, written.translate(None, b"mlrech").split())]
    segments: Operands = []
    at = 0
    for word in written.translate(None, b"+-.0123456789").split():
        operator, count = _COUNTED[word]
        segments.append((operator, tuple(numbers[at : at + count])))
        at += count
    return segments


def _name(token: bytes) -> bytes:
    """Return a name with its #xx written out."""
    if b"#" not in token:
        return token
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), token)


def _odd_number(token: bytes) -> float | None:
    """Return a number as careless programs write it (`--3`, `1.2.3`, `1e-5`, `4-5`), or None."""
    match = re.match(rb"[-+]*(\d*\.?\d*)(?:[eE][-+]?\d+)?", token)
    if not match or not match[1].strip(b".") or token[:1] not in b"+-.0123456789":
        return None
    try:
        return float(token)
    except ValueError:
        sign = -1 if token.startswith(b"-") else 1
        return sign * float(match[1])


def _bracket(data: bytes, token: bytes, at: int) -> tuple[RawArray | bytes | None, int, str]:
    """Return a dictionary or an array that holds others, and where it ends."""
    if token not in (b"<<", b"["):
        return None, at, f"{token.decode()} that nothing opened"
    depth = 1
    start = at - len(token)
    while depth and (match := _tokens().match(data, at)):
        at = match.end()
        if match.lastindex == 7:
            depth += 1 if match[7] in (b"<<", b"[", b"{") else -1
        elif match.lastindex == 8:
            _, at = _nested(data, at)
        if depth > 100:
            return None, at, "brackets in brackets without end"
    if depth:
        return None, len(data), f"{token.decode()} that does not end"
    return (RawArray if token == b"[" else bytes)(data[start:at]), at, ""


def _nested(data: bytes, at: int) -> tuple[RawString | None, int]:
    """Return a string with inner parentheses, from behind its first one, and where it ends."""
    depth, start = 1, at - 1
    for match in _PARENTHESES.finditer(data, at):
        if match[0] == b"(":
            depth += 1
        elif match[0] == b")":
            depth -= 1
            if depth == 0:
                end = match.end()
                return unescape(data[start:end]), end
    return None, len(data)


def _inline(data: bytes, at: int) -> tuple[Inline | None, int]:
    """Return an inline image from behind its BI, and where it ends (ISO 32000-2 §8.9.7)."""
    fields: dict[bytes, Operand] = {}
    key: bytes | None = None
    while match := _tokens().match(data, at):
        if match.lastindex == 2 and match[2] == b"ID":
            break
        at = match.end()
        value: Operand = match[match.lastindex or 0]
        if match.lastindex == 7:
            value, at, said = _bracket(data, value, at)
            if said:
                return None, at
        if key is None:
            key = bytes(value) if match.lastindex == 3 else None
        else:
            fields[key] = float(value) if match.lastindex == 1 else value
            key = None
    begin = _IMAGE_BEGIN.match(data, at)
    if begin is None:
        return None, len(data)
    stop = _image_end(data, begin.end(), fields)
    if stop is None:
        return None, len(data)
    return Inline(fields, data[begin.end() : stop.start()]), stop.end()


def _image_end(data: bytes, start: int, fields: dict[bytes, Operand]) -> re.Match[bytes] | None:
    """Return where an inline image's EI is: behind its samples, where their length is known."""
    length = _raw_length(fields) if b"/F" not in fields and b"/Filter" not in fields else 0
    # The letters EI may be among the samples: the search begins behind those that are known.
    if 0 < length <= len(data) - start:
        return _IMAGE_END.search(data, start + length - 1) or _IMAGE_END.search(data, start)
    return _IMAGE_END.search(data, start)


def _raw_length(fields: dict[bytes, Operand]) -> int:
    """Return how many bytes an image that is not packed has, 0 where that cannot be known."""
    space = _field(fields, b"/CS", b"/ColorSpace", b"/G")
    parts = {b"/RGB": 3, b"/DeviceRGB": 3, b"/CMYK": 4, b"/DeviceCMYK": 4}.get(space, 1)
    bits = _field(fields, b"/BPC", b"/BitsPerComponent", 1.0)
    sides = (_field(fields, b"/W", b"/Width", 0.0), _field(fields, b"/H", b"/Height", 0.0))
    if not all(isinstance(number, float) for number in (bits, *sides)):
        return 0
    return int((sides[0] * parts * bits + 7) // 8 * sides[1])


def _field(fields: dict[bytes, Operand], short: bytes, long: bytes, default: Operand) -> Operand:
    return fields.get(short, fields.get(long, default))
