"""A resource dictionary (ISO 32000-2 §7.8.3) to what its names stand for, each looked up once.

Why: a page sets the same few colours, fonts and parameters at each of its lines, and each step into
an object of pikepdf's costs as much as ten operators.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pikepdf

from hrcpub.pipeline.preflight.page.spaces import Space, in_place_of, named

ReadT = TypeVar("ReadT")


class Resources:
    """What a stream may name.

    A name that is not there is looked up again: a file may make up any number of them.
    """

    __slots__ = ("_named", "_read", "_stand_ins", "dictionary")

    def __init__(self, dictionary: pikepdf.Object | None) -> None:
        """Begin with nothing looked up."""
        self.dictionary = dictionary
        self._named: dict[tuple[str, bytes], pikepdf.Object] = {}
        self._read: dict[tuple[str, bytes], Any] = {}
        self._stand_ins: dict[str, Space] = {}

    def named(self, kind: str, name: bytes) -> pikepdf.Object | None:
        """Return a resource by its kind (`/Font`) and name, or None."""
        key = (kind, name)
        known = self._named.get(key)
        if known is None:
            known = named(self.dictionary, kind, name)
            if known is not None:
                self._named[key] = known
        return known

    def read(
        self, kind: str, name: bytes, reader: Callable[[pikepdf.Object], ReadT]
    ) -> ReadT | None:
        """Return what `reader` makes of a resource, once; None where there is none of that name."""
        key = (kind, name)
        if key in self._read:
            known: ReadT = self._read[key]
            return known
        there = self.named(kind, name)
        if there is None:
            return None
        made = self._read[key] = reader(there)
        return made

    def standing_for(self, space: Space) -> Space:
        """Return what stands here in the place of a device space (§8.6.5.6)."""
        stands = self._stand_ins.get(space.kind)
        if stands is None:
            stands = self._stand_ins[space.kind] = in_place_of(space, self.dictionary)
        return stands
