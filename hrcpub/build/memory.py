"""What was found out, remembered as JSON with what it was found from: a `Memory` in a ByteStore.

A torn or missing entry is a miss, never an error. So is one of other programs, and one whose files
have changed since.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from hrcpub.files.bytestore import ByteStore
from hrcpub.files.sources import Reads, Sources

FoundT = TypeVar("FoundT")


class Programs(Protocol):
    """Whoever knows the programs that things are found out with, as the Store does."""

    @property
    def engine(self) -> str:
        """A digest of them, as they are now."""
        ...


class Memory:
    """What was found out with some programs, by key. What is newer takes the place of the older."""

    def __init__(self, bytestore: ByteStore, programs: Programs) -> None:
        """Keep it in `bytestore`, and give it back as long as `programs` are the same."""
        self._bytestore, self._programs = bytestore, programs

    def recall(
        self, key: str, sources: Sources, read: Callable[[dict[str, Any]], FoundT]
    ) -> tuple[FoundT, Reads] | None:
        """Return what `read` makes of an entry, and what it was found from; None on a miss."""
        stored = self._bytestore.find(key)
        try:
            if stored is None or not sources.still_holds(stored.made_from):
                return None
            found = json.loads(stored.data)
            is_ours = found["engine"] == self._programs.engine
            return (read(found), stored.made_from) if is_ours else None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def keep(self, key: str, found: dict[str, Any], reads: Reads) -> None:
        """Remember it. Where nothing can be written, it is found out again the next time."""
        data = json.dumps({**found, "engine": self._programs.engine}).encode()
        with contextlib.suppress(OSError):
            self._bytestore.keep(key, data, reads)
