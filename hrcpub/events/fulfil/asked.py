"""What `--only` names to the pieces that are to be made."""

from __future__ import annotations

from collections.abc import Iterable

from hrcpub.events.manifest.event import Event, Item, Site


class AskedPieces:
    """The items and sites that were asked for: an item may be named, a site, or both."""

    def __init__(self, names: Iterable[str], event: Event) -> None:
        """Take ids of an event's items and sites; without any, everything is asked for."""
        self._sites = frozenset(names) & {site.id for site in event.sites}
        self._items = frozenset(names) - self._sites

    def is_item(self, item: Item) -> bool:
        """Return whether pieces of an item are to be made."""
        return not self._items or item.id in self._items

    def is_piece(self, item: Item, site: Site | None) -> bool:
        """Return whether a site's piece of an item is to be made; None: everybody's."""
        is_site_asked = not self._sites or (site is not None and site.id in self._sites)
        return is_site_asked and self.is_item(item)
