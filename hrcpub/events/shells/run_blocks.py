"""What a run file consists of: a block of objects for each copy, which the next build takes again.

A block's bytes depend on what its copy shows, on the number of its first object, and on where the
fonts and pictures are that it shares with others. Where all that is as it was, the block is copied
from the former file, and nothing is looked up, packed or drawn for it.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

SharedNumbers = Mapping[str, int]  # of shared objects, by digests of what they are


class RunBlock(NamedTuple):
    """One copy's objects in a run file: numbered from `first` on, without a gap."""

    key: str  # of all that it shows
    first: int
    start: int  # where it begins in the file
    size: int
    form: int  # the number of its imprint
    imprint: str  # the imprint's digest
    places: tuple[int, ...]  # where its objects begin in it, by their numbers
    pages: tuple[int, ...]  # the numbers of its pages
    needs: SharedNumbers  # what it draws of earlier blocks
    brings: SharedNumbers  # what later ones may draw of it


class FormerRun:
    """A run file that was written and proven, and its blocks."""

    def __init__(self, data: bytes, kind: str, blocks: tuple[RunBlock, ...]) -> None:
        """Take a file's bytes; `kind` says in what it is alike with others."""
        self.data, self.kind, self.blocks = data, kind, blocks
        self._known = {(block.key, block.first): block for block in blocks}

    def block(self, key: str, first: int, shared: SharedNumbers) -> RunBlock | None:
        """Return the block that a copy would have; `shared` are the objects that are there.

        None where it would be another one.
        """
        block = self._known.get((key, first))
        if block is None or not block.needs.items() <= shared.items():
            return None
        return None if block.brings.keys() & shared.keys() else block

    def has_form(self, block: RunBlock, packed: bytes) -> bool:
        """Return whether the file's block of the same key and numbers has this imprint."""
        own = self._known[block.key, block.first]
        begin = own.places[own.form - own.first]
        end = min((place for place in own.places if place > begin), default=own.size)
        stream = b">>\nstream\n%b\nendstream\nendobj\n" % packed
        return self.data.endswith(stream, own.start + begin, own.start + end)

    def bytes_of(self, block: RunBlock) -> bytes:
        """Return a block's bytes."""
        return self.data[block.start : block.start + block.size]


def packed_run(sha256: str, kind: str, blocks: tuple[RunBlock, ...]) -> bytes:
    """Return what is to be kept of a run file beside itself; `sha256` is its digest."""
    plain = [
        [*block._replace(places=(), pages=()), len(block.places), len(block.pages)]
        for block in blocks
    ]
    numbers = [number for block in blocks for number in (*block.places, *block.pages)]
    head = json.dumps([sha256, kind, plain]).encode()
    return head + b"\n" + struct.pack(f">{len(numbers)}I", *numbers)


def former_run(kept: bytes, data: bytes) -> FormerRun | None:
    """Return a run file as `packed_run` has kept it; None where `data` is another one."""
    head, _, numbers = kept.partition(b"\n")
    try:
        sha256, kind, plain = json.loads(head)
        if sha256 != hashlib.sha256(data).hexdigest():
            return None
        return FormerRun(data, kind, tuple(_blocks(plain, numbers)))
    except (ValueError, TypeError, RecursionError, struct.error):
        return None


def _blocks(plain: list[list[Any]], numbers: bytes) -> Iterator[RunBlock]:
    """Yield blocks from their fields and their numbers; raise struct.error where some lack."""
    at = 0
    for *fields, places, pages in plain:
        found = struct.unpack_from(f">{places + pages}I", numbers, at)
        at += 4 * len(found)
        block = RunBlock(*fields)
        yield block._replace(places=found[:places], pages=found[places:])
