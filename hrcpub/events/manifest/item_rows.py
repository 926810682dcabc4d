"""An event to a row for each item in each language: how many are printed, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hrcpub.events.manifest.event import Event, Item, copies


def item_rows(event: Event) -> Iterator[dict[str, Any]]:
    """Yield a row for each item in each language. Spares are reckoned on all sites together."""
    for item in event.items:
        for language in item.quantities:
            receivers = len(item.receivers(language))
            yield {
                "item": item.id,
                "edition": item.edition,
                "printer": item.vendor,
                "language": language,
                "each": _each(item, language),
                "sites": receivers,
                "pieces": receivers if item.sites else 1,
                "copies": copies(item.total(language), item.spares),
                "approved": event.approval(item, language).said,
            }


def _each(item: Item, language: str) -> int | str:
    """Return how many each site gets; where sites differ, from how many to how many."""
    fewest, most = item.each(language)
    return most if fewest == most else f"{fewest:,}–{most:,}"
