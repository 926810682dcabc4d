"""An update that a `Joiner` or `gather_run` wrote, to its objects and its table, byte by byte.

Strict where readers are lenient: what is not as we write it is a ValueError.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from hrcpub.events.shells.shell_template import ShellTemplate
from hrcpub.patterns import pattern

_FOOT = pattern(rb"startxref\n(\d+)\n%%EOF\n\Z")
_OBJECT = pattern(rb"(\d+) 0 obj\n")
_END = b"\nendobj\n"
_STREAM = pattern(rb"<<(.*?)/Length (\d+)>>\nstream\n", re.DOTALL)
_STREAM_END = b"\nendstream"
_TABLE = pattern(rb"/Size (\d+)/Index\[([\d ]+)\]/W\[1 4 1\](.*)<[0-9a-f]{32}>\]")
_UUID = pattern(rb"uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ENTRY = struct.Struct(">BIB")  # kind, offset, generation


class WrittenStream(NamedTuple):
    """A stream in an update: its dictionary without its length, and its bytes."""

    entries: bytes
    data: bytes


class UpdateTable(NamedTuple):
    """An update's table: objects in their order, where they end, and what its dictionary says."""

    places: list[tuple[int, int]]  # numbers, and where they stand in the file; not the table's own
    end: int
    entries: bytes


def update_objects(data: bytes, template: ShellTemplate) -> tuple[dict[int, bytes], bytes]:
    """Return an update's objects by their numbers, and its table's dictionary.

    Raises ValueError unless the table names each, where it stands, and nothing lies between them.
    """
    table = update_table(data, template)
    return dict(objects_at(data, table.places, table.end)), table.entries


def update_table(data: bytes, template: ShellTemplate) -> UpdateTable:
    """Return an update's table.

    Raises ValueError unless it says that the first object follows the shell, and it the last one.
    """
    if not data.startswith(template.base):
        raise ValueError("it does not begin as its shell")
    foot = _FOOT.search(data, max(0, len(data) - 64))
    if foot is None or not len(template.base) <= int(foot[1]) < foot.start():
        raise ValueError("it has no cross-reference table")
    at = int(foot[1])
    number, body = _written_object(data, at, foot.start())
    stream = written_stream(body)
    facts = _TABLE.search(stream.entries)
    if facts is None or int(facts[1]) != number + 1:
        raise ValueError("its cross-reference table is not one of ours")
    is_packed = stream.entries.endswith(b"/Filter/FlateDecode")
    entries = unpacked_stream(stream.data) if is_packed else stream.data
    places = _table_places(entries, facts[2])
    if places.pop(number, None) != at:
        raise ValueError("its cross-reference table is not where it says")
    in_order = sorted(places.items(), key=itemgetter(1))
    if in_order[0][1] != len(template.base) or in_order[-1][1] >= at:
        raise ValueError("its objects do not follow its shell")
    return UpdateTable(in_order, at, _TABLE.sub(rb"\1 \2 \3", stream.entries))


def objects_at(
    data: bytes, places: Sequence[tuple[int, int]], end: int
) -> Iterator[tuple[int, bytes]]:
    """Yield the numbers and bodies of objects that lie end to end.

    Raises ValueError where one is not the one that it should be, or anything lies between them.
    """
    for (named, place), (_, behind) in pairwise([*places, (0, end)]):
        written, body = _written_object(data, place, behind)
        if written != named:
            raise ValueError(f"object {named} is not where the table says")
        yield named, body


def alike(objects: dict[int, bytes], template: ShellTemplate) -> Iterator[bytes]:
    """Yield what files of a kind have in common of objects, by their numbers: no identifiers."""
    for number, body in sorted(objects.items()):
        same = _UUID.sub(b"uuid:", body) if number == template.metadata else body
        yield b"%d %b" % (number, same)


def add_parts(digest: hashlib._Hash, parts: Iterable[bytes]) -> None:
    """Add parts to a digest, each with its length: no other parts add up to the same bytes."""
    for part in parts:
        digest.update(b"%d " % len(part) + part)


def _table_places(data: bytes, index: bytes) -> dict[int, int]:
    """Return objects' places by their numbers (ISO 32000-2 §7.5.8).

    Raises ValueError where an object is of another kind, or there are not as many as `index` says.
    """
    ranges = list(map(int, index.split()))
    firsts, counts = ranges[::2], ranges[1::2]
    if sum(counts) * _ENTRY.size != len(data):
        raise ValueError("its cross-reference table is torn")
    numbers: list[int] = []
    for first, count in zip(firsts, counts, strict=True):
        numbers += range(first, first + count)
    fields = struct.unpack(">" + _ENTRY.format[1:] * len(numbers), data)
    kinds, places, generations = fields[::3], fields[1::3], fields[2::3]
    if kinds.count(1) != len(numbers) or any(generations):
        raise ValueError("an object is not where the table says")
    return dict(zip(numbers, places, strict=True))


def _written_object(data: bytes, start: int, end: int) -> tuple[int, bytes]:
    """Return the number and the body of the object that takes all from `start` to `end`."""
    head = _OBJECT.match(data, start, end)
    if head is None or not data.endswith(_END, head.end(), end):
        raise ValueError("an object is torn")
    return int(head[1]), data[head.end() : end - len(_END)]


def written_stream(body: bytes) -> WrittenStream:
    """Return the stream that an object is; raise ValueError unless it is as long as it says."""
    head = _STREAM.match(body)
    if head is None or not body.endswith(_STREAM_END):
        raise ValueError("a stream is torn")
    data = body[head.end() : -len(_STREAM_END)]
    if len(data) != int(head[2]):
        raise ValueError("a stream is not as long as it says")
    return WrittenStream(head[1], data)


def unpacked_stream(data: bytes) -> bytes:
    """Return what was packed; raise ValueError unless it is whole, with nothing behind it."""
    unpacking = zlib.decompressobj()
    unpacked = unpacking.decompress(data)
    if not unpacking.eof or unpacking.unused_data:
        raise ValueError("a stream is torn")
    return unpacked
