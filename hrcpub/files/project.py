"""A project that is open: its files, and what was parsed of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import field, replace
from typing import TypeVar

from hrcpub.files import lasting
from hrcpub.files.cache import ParsedCache
from hrcpub.files.sources import Sources
from hrcpub.records import record

ParsedT = TypeVar("ParsedT")


@record
class Project:
    """What every step that reads files is handed. For one process and one thread, as its cache."""

    sources: Sources
    cache: ParsedCache = field(default_factory=ParsedCache)
    sheet: str | None = None  # the office's, where one was asked for; None: as the project says

    def recording(self, sheet: str | None = None) -> Project:
        """Return the same project with an empty record of what is read.

        `sheet` is what its offices print on from here on; None: what they did.
        """
        return replace(self, sources=self.sources.recording(), sheet=sheet or self.sheet)

    def parsed(self, key: Hashable, parse: Callable[[Sources], ParsedT]) -> ParsedT:
        """Return what is kept under a key; parsed again when a file it was read from changed."""
        return self.cache.get(key, self.sources, parse)

    def known(self, key: Hashable, parse: Callable[[Sources], ParsedT]) -> ParsedT:
        """Return the same of plain values, which are kept for later commands too.

        They must be made of nothing but the key and what `parse` reads.
        """
        return self.parsed(key, lambda sources: lasting.parsed(key, sources, parse))
