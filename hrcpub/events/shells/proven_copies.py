"""Copies of a shell, held to one that another program has read: what is alike is proven once.

Thousands of copies differ in three things alone: what the imprint draws, where objects stand, and
the document's identifiers. The first copy of a kind is read by `verify_copy`. Of each other copy
every byte is accounted for here: it begins with the shell's bytes, its table leads to each object
by its number, objects lie end to end, the imprint says what it must, and all the rest is the same
as in the copy that was read. What is in any way different is read like the first one.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from hrcpub.events.shells.problems import copy_broken
from hrcpub.events.shells.shell_template import ShellTemplate
from hrcpub.events.shells.verify_copy import verify_copy
from hrcpub.problems import HrcpubError

MOST_KINDS = 256  # digests that are kept: sites with a font or a logo of their own are a kind each

_FOOT = re.compile(rb"startxref\n(\d+)\n%%EOF\n\Z")
_OBJECT = re.compile(rb"(\d+) 0 obj\n")
_END = b"\nendobj\n"
_STREAM = re.compile(rb"<<(.*?)/Length (\d+)>>\nstream\n", re.DOTALL)
_STREAM_END = b"\nendstream"
_TABLE = re.compile(rb"/Size (\d+)/Index\[([\d ]+)\]/W\[1 4 1\](.*)<[0-9a-f]{32}>\]")
_ENTRY = struct.Struct(">BIB")  # kind, offset, generation
_UUID = re.compile(rb"(?<=uuid:)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class ProvenCopies:
    """The kinds of copies that one worker has had read."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kinds: dict[bytes, None] = {}  # oldest first
        self._beginnings: dict[str, _Beginning] = {}  # by the shell's digest

    def verify(self, pdf: bytes | Path, template: ShellTemplate, operators: bytes) -> None:
        """Read a copy again; raise HrcpubError unless it is its shell with the imprint.

        `operators` are what its imprint must draw. Given a path, the file is read.
        """
        data = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
        kind = _kind(data, template, operators, self._beginnings)
        if kind in self._kinds:
            return
        verify_copy(pdf, len(template.pages), operators)
        if len(self._kinds) >= MOST_KINDS:
            del self._kinds[next(iter(self._kinds))]
        self._kinds[kind] = None


class _WrittenStream(NamedTuple):
    """A stream in an update: its dictionary without its length, and its bytes."""

    entries: bytes
    data: bytes


class _Beginning(NamedTuple):
    """What stands before the imprint in a copy of a shell, once it was looked through: fonts."""

    data: bytes
    places: list[tuple[int, int]]  # the numbers of its objects, and where they stand in the file
    digest: hashlib._Hash


class _UpdateTable(NamedTuple):
    """An update's table: objects in their order, where they end, and what its dictionary says."""

    places: list[tuple[int, int]]  # numbers, and where they stand in the file; not the table's own
    end: int
    entries: bytes


def _kind(
    data: bytes, template: ShellTemplate, operators: bytes, beginnings: dict[str, _Beginning]
) -> bytes:
    """Return a digest of all in which copies of one kind are alike; raise HrcpubError if unsound.

    What is left out of it (the imprint, where objects stand, identifiers) is proven on the way.
    `beginnings` keeps one of each shell, which the next copy is compared with.
    """
    try:
        table = _table(data, template)
        imprint = [number for number, _ in table.places].index(template.form)
        digest = _begun(data, template, table.places[: imprint + 1], beginnings)
        objects = dict(_objects(data, table.places[imprint:], table.end))
        form = _stream(objects.pop(template.form))
        if _unpacked(form.data) != operators:
            raise ValueError("its imprint is not the one that should be there")
        for part in (form.entries, table.entries, *_alike(objects, template)):
            digest.update(b"%d " % len(part) + part)
    except (ValueError, KeyError, IndexError, struct.error, zlib.error) as error:
        raise HrcpubError(copy_broken(str(error))) from None
    return digest.digest()


def _begun(
    data: bytes,
    template: ShellTemplate,
    places: list[tuple[int, int]],
    beginnings: dict[str, _Beginning],
) -> hashlib._Hash:
    """Return a digest of what stands between the shell and the imprint, which `places` ends with.

    Raises ValueError unless its objects are where they should be. Most copies have the same bytes
    at the same places there as the one before them, of which that is known.
    """
    *places, (_, end) = places
    start = len(template.base)
    known = beginnings.get(template.digest)
    if known is None or known.places != places or known.data != data[start:end]:
        bodies = dict(_objects(data, places, end))
        digest = hashlib.sha256(template.digest.encode())
        digest.update(b"%d %d " % (len(bodies), end - start) + data[start:end])
        known = _Beginning(data[start:end], places, digest)
        if len(beginnings) >= MOST_KINDS:
            del beginnings[next(iter(beginnings))]
        beginnings[template.digest] = known
    return known.digest.copy()


def _table(data: bytes, template: ShellTemplate) -> _UpdateTable:
    """Return an update's table.

    Raises ValueError unless it says that the first object follows the shell, and it the last one.
    """
    if not data.startswith(template.base):
        raise ValueError("it does not begin as its shell")
    foot = _FOOT.search(data, max(0, len(data) - 64))
    if foot is None or not len(template.base) <= int(foot[1]) < foot.start():
        raise ValueError("it has no cross-reference table")
    at = int(foot[1])
    number, body = _object(data, at, foot.start())
    stream = _stream(body)
    facts = _TABLE.search(stream.entries)
    if facts is None or int(facts[1]) != number + 1:
        raise ValueError("its cross-reference table is not one of ours")
    places = dict(_places(_unpacked(stream.data), facts[2]))
    if places.pop(number, None) != at:
        raise ValueError("its cross-reference table is not where it says")
    in_order = sorted(places.items(), key=itemgetter(1))
    if in_order[0][1] != len(template.base) or in_order[-1][1] >= at:
        raise ValueError("its objects do not follow its shell")
    return _UpdateTable(in_order, at, _TABLE.sub(rb"\1 \2 \3", stream.entries))


def _objects(
    data: bytes, places: Sequence[tuple[int, int]], end: int
) -> Iterator[tuple[int, bytes]]:
    """Yield the numbers and bodies of objects that lie end to end.

    Raises ValueError where one is not the one that it should be, or anything lies between them.
    """
    for (named, place), (_, behind) in pairwise([*places, (0, end)]):
        written, body = _object(data, place, behind)
        if written != named:
            raise ValueError(f"object {named} is not where the table says")
        yield named, body


def _places(data: bytes, index: bytes) -> Iterator[tuple[int, int]]:
    """Yield objects' numbers and places (ISO 32000-2 §7.5.8); raise ValueError for other kinds."""
    entries = _ENTRY.iter_unpack(data)
    ranges = list(map(int, index.split()))
    numbers = (
        first + step
        for first, count in zip(ranges[::2], ranges[1::2], strict=True)
        for step in range(count)
    )
    for number, (kind, place, generation) in zip(numbers, entries, strict=True):
        if (kind, generation) != (1, 0):
            raise ValueError(f"object {number} is not where the table says")
        yield number, place


def _object(data: bytes, start: int, end: int) -> tuple[int, bytes]:
    """Return the number and the body of the object that takes all from `start` to `end`."""
    head = _OBJECT.match(data, start, end)
    if head is None or not data.endswith(_END, head.end(), end):
        raise ValueError("an object is torn")
    return int(head[1]), data[head.end() : end - len(_END)]


def _stream(body: bytes) -> _WrittenStream:
    """Return the stream that an object is; raise ValueError unless it is as long as it says."""
    head = _STREAM.match(body)
    if head is None or not body.endswith(_STREAM_END):
        raise ValueError("a stream is torn")
    data = body[head.end() : -len(_STREAM_END)]
    if len(data) != int(head[2]):
        raise ValueError("a stream is not as long as it says")
    return _WrittenStream(head[1], data)


def _unpacked(data: bytes) -> bytes:
    """Return what was packed; raise ValueError unless it is whole, with nothing behind it."""
    unpacking = zlib.decompressobj()
    unpacked = unpacking.decompress(data)
    if not unpacking.eof or unpacking.unused_data:
        raise ValueError("a stream is torn")
    return unpacked


def _alike(objects: dict[int, bytes], template: ShellTemplate) -> Iterator[bytes]:
    """Yield what copies of a kind have in common: all objects but the imprint, by their numbers."""
    for number, body in sorted(objects.items()):
        same = _UUID.sub(b"", body) if number == template.metadata else body
        yield b"%d %b" % (number, same)
