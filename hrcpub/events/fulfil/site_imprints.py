"""Imprints kept between builds, one entry for all of a site's: it has one in each of its pieces.

What was set is written when a task is done, so a site of ten pieces costs the disk one file.
"""

from __future__ import annotations

import contextlib
import json

from hrcpub.events.fulfil.letters import LastUsed
from hrcpub.events.fulfil.parts import PartCache
from hrcpub.events.fulfil.plan import imprinted_text
from hrcpub.events.manifest.event import Site
from hrcpub.events.shells import ImprintArea

KIND = "imprints"
MOST_SITES = 64  # that are remembered; and that wait to be written

_ByArea = dict[str, str]  # packed imprints by their areas


class SiteImprints:
    """The packed imprints of sites, by the areas that they were set in."""

    def __init__(self, parts: PartCache) -> None:
        """Keep them in `parts`."""
        self._parts = parts
        self._known: LastUsed[_ByArea] = LastUsed(MOST_SITES)
        self._waiting: dict[str, _ByArea] = {}  # by what a site's imprints are made from

    def find(self, site: Site, area: ImprintArea) -> bytes | None:
        """Return a site's imprint in an area, None when it is not kept."""
        found = self._of(imprinted_text(site)).get(repr(area))
        return None if found is None else found.encode()

    def keep(self, site: Site, area: ImprintArea, data: bytes) -> None:
        """Keep a site's imprint in an area; it is on the disk once `write` was called."""
        made_from = imprinted_text(site)
        kept = self._of(made_from)
        kept[repr(area)] = data.decode()
        self._waiting[made_from] = kept
        if len(self._waiting) >= MOST_SITES:
            self.write()

    def write(self) -> None:
        """Write what was kept since last time."""
        for made_from, kept in self._waiting.items():
            self._parts.keep(made_from, KIND, json.dumps(kept).encode())
        self._waiting.clear()

    def _of(self, made_from: str) -> _ByArea:
        return self._known.take(made_from, lambda: self._read(made_from))

    def _read(self, made_from: str) -> _ByArea:
        data = self._parts.find(made_from, KIND)
        with contextlib.suppress(ValueError, RecursionError):
            found = json.loads(data or b"")
            if isinstance(found, dict) and all(isinstance(one, str) for one in found.values()):
                return found
        return {}
