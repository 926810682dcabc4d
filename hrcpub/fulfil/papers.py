"""An event's papers: job tickets, packing list, contact sheet, manifest, XJDF, zips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrcpub.fulfil.ledger import Ledger
from hrcpub.sources import Sources

if TYPE_CHECKING:
    from hrcpub.fulfil.run import Outcome, Told


def write_papers(
    sources: Sources, outcome: Outcome, ledger: Ledger, told: Told, *, force: bool
) -> list[str]:
    """Write what has changed; return the paths of all papers."""
    return []
