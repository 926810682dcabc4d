"""Imprints kept between builds, one entry for all of a site's: it has one in each of its pieces.

What was set is written when a task is done, so a site of ten pieces costs the disk one file.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator

from hrcpub.events.fulfil.letters import LastUsed
from hrcpub.events.fulfil.parts import PartCache
from hrcpub.events.shells import ImprintArea

KIND = "imprints"
MOST_SITES = 64  # that are remembered; and that wait to be written

_ByArea = dict[str, bytes]  # packed imprints by their areas


class SiteImprints:
    """The packed imprints of sites, by what these are made from and the areas they were set in."""

    def __init__(self, parts: PartCache) -> None:
        """Keep them in `parts`."""
        self._parts = parts
        self._known: LastUsed[_ByArea] = LastUsed(MOST_SITES)
        self._waiting: dict[str, _ByArea] = {}  # by what a site's imprints are made from

    def find(self, made_from: str, area: ImprintArea) -> bytes | None:
        """Return a site's imprint in an area, None when it is not kept."""
        return self._of(made_from).get(repr(area))

    def keep(self, made_from: str, area: ImprintArea, data: bytes) -> None:
        """Keep a site's imprint in an area; it is on the disk once `write` was called."""
        kept = self._of(made_from)
        kept[repr(area)] = data
        self._waiting[made_from] = kept
        if len(self._waiting) >= MOST_SITES:
            self.write()

    def write(self) -> None:
        """Write what was kept since last time."""
        for made_from, kept in self._waiting.items():
            sizes = json.dumps({area: len(data) for area, data in kept.items()})
            self._parts.keep(made_from, KIND, b"\n".join((sizes.encode(), *kept.values())))
        self._waiting.clear()

    def _of(self, made_from: str) -> _ByArea:
        return self._known.take(made_from, lambda: self._read(made_from))

    def _read(self, made_from: str) -> _ByArea:
        data = self._parts.find(made_from, KIND)
        if data is None:
            return {}
        with contextlib.suppress(ValueError, AttributeError, TypeError, RecursionError):
            head, _, rest = data.partition(b"\n")
            return dict(_parted(json.loads(head), rest))
        return {}


def _parted(sizes: dict[str, int], data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield areas with their imprints; raise ValueError unless `data` is as long as `sizes` say."""
    at = 0
    for area, size in sizes.items():
        yield area, data[at : at + size]
        at += size + 1
    if at != len(data) + 1:
        raise ValueError("not as long as it says")
