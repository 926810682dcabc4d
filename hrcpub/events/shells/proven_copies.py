"""Copies of a shell, held to one that another program has read: what is alike is proven once.

Thousands of copies differ in three things alone: what the imprint draws, where objects stand, and
the document's identifiers. The first copy of a kind is read by `verify_copy`. Of each other copy
every byte is accounted for here: it begins with the shell's bytes, its table leads to each object
by its number, objects lie end to end, the imprint says what it must, and all the rest is the same
as in the copy that was read. What is in any way different is read like the first one.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from typing import NamedTuple

from hrcpub.events.shells.problems import copy_broken
from hrcpub.events.shells.shell_template import ShellTemplate
from hrcpub.events.shells.verify_copy import verify_copy
from hrcpub.events.shells.written_update import (
    add_parts,
    alike,
    objects_at,
    unpacked_stream,
    update_table,
    written_stream,
)
from hrcpub.problems import HrcpubError

MOST_UNPACKED = 32  # imprints: those of a site, or a few
MOST_KINDS = 256  # digests that are kept: sites with a font or a logo of their own are a kind each


class ProvenCopies:
    """The kinds of copies that one worker has had read."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kinds: dict[bytes, None] = {}  # oldest first
        self._beginnings: dict[str, _Beginning] = {}  # by the shell's digest
        self._unpacked: dict[bytes, bytes] = {}  # what imprints draw, by what is packed

    def verify(self, data: bytes, template: ShellTemplate, operators: bytes) -> None:
        """Look a copy over; raise HrcpubError unless it is its shell with the imprint.

        `data` is its file, read again; `operators` are what its imprint must draw.
        """
        kind = self._kind(data, template, operators)
        if kind in self._kinds:
            return
        verify_copy(data, len(template.pages), operators)
        if len(self._kinds) >= MOST_KINDS:
            del self._kinds[next(iter(self._kinds))]
        self._kinds[kind] = None

    def _kind(self, data: bytes, template: ShellTemplate, operators: bytes) -> bytes:
        """Return a digest of all in which copies of one kind are alike.

        What is left out of it (the imprint, where objects stand, identifiers) is proven on the
        way. Raises HrcpubError if it is unsound.
        """
        try:
            table = update_table(data, template)
            imprint = [number for number, _ in table.places].index(template.form)
            digest = _begun(data, template, table.places[: imprint + 1], self._beginnings)
            objects = dict(objects_at(data, table.places[imprint:], table.end))
            form = written_stream(objects.pop(template.form))
            if self._drawn(form.data) != operators:
                raise ValueError("its imprint is not the one that should be there")
            add_parts(digest, (form.entries, table.entries, *alike(objects, template)))
        except (ValueError, KeyError, IndexError, struct.error, zlib.error) as error:
            raise HrcpubError(copy_broken(str(error))) from None
        return digest.digest()

    def _drawn(self, packed: bytes) -> bytes:
        """Return what a packed imprint draws; the same one is in several of a site's pieces."""
        drawn = self._unpacked.get(packed)
        if drawn is None:
            if len(self._unpacked) >= MOST_UNPACKED:
                self._unpacked.clear()
            drawn = self._unpacked[packed] = unpacked_stream(packed)
        return drawn


class _Beginning(NamedTuple):
    """What stands before the imprint in a copy of a shell, once it was looked through: fonts."""

    data: bytes
    places: list[tuple[int, int]]  # the numbers of its objects, and where they stand in the file
    digest: hashlib._Hash


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
    if (
        known is None
        or known.places != places
        or len(known.data) != end - start
        or not data.startswith(known.data, start)
    ):
        bodies = dict(objects_at(data, places, end))
        digest = hashlib.sha256(template.digest.encode())
        digest.update(b"%d %d " % (len(bodies), end - start) + data[start:end])
        known = _Beginning(data[start:end], places, digest)
        if len(beginnings) >= MOST_KINDS:
            del beginnings[next(iter(beginnings))]
        beginnings[template.digest] = known
    return known.digest.copy()
