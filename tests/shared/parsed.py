"""What one process of a test run has parsed of projects, lent to its later tests.

Why: two thirds of a test that builds one piece goes into parsing stylesheets, fonts and layouts,
which are the same in hundreds of tests, each in a folder of its own. A worker takes what another
has parsed on the terms on which it keeps its own: every question that was asked of the project's
files must have the same answer in this project.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any

from hrcpub.files.cache import ParsedCache
from hrcpub.files.sources import Reads, Sources

MOST_KEYS, MOST_OF_A_KEY = 500, 4  # a test's own stylesheet should not push out what all have
Make = Callable[[Sources], Any]


class Lender:
    """Things that were parsed, each with the questions whose answers it was made from."""

    def __init__(self) -> None:
        """Begin empty, for this process and thread: a FontConfiguration must not be shared."""
        self._things: OrderedDict[Hashable, list[tuple[Any, Reads]]] = OrderedDict()
        self._owner = _who()
        self._own_get = ParsedCache.get
        self.is_open = True

    def stand_behind_all(self) -> None:
        """Be asked by every ParsedCache for what it does not have itself."""
        lender = self

        def get(cache: ParsedCache, key: Hashable, sources: Sources, make: Make) -> Any:
            return lender._own_get(cache, key, sources, lambda s: lender.lend(key, s, make))

        ParsedCache.get = get  # type: ignore[method-assign,assignment]

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Lend nothing, and take nothing, for as long as this lasts."""
        self.is_open = False
        try:
            yield
        finally:
            self.is_open = True

    def lend(self, key: Hashable, sources: Sources, make: Make) -> Any:
        """Return a thing that was made of files like these, or make it.

        What it was made from goes into the record of `sources`, which is empty.
        """
        if not self.is_open or self._owner != _who():
            return make(sources)
        known = self._things.setdefault(key, [])
        self._things.move_to_end(key)
        for thing, reads in known:
            if sources.still_holds(reads):
                sources.reads.add(reads)
                return thing
        thing = make(sources)
        known.append((thing, sources.reads))
        del known[1:-MOST_OF_A_KEY]  # the first is the project's own, more often than not
        while len(self._things) > MOST_KEYS:
            self._things.popitem(last=False)
        return thing


def _who() -> tuple[int, int]:
    return os.getpid(), threading.get_ident()


LENDER = Lender()
