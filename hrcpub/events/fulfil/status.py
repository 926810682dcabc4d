"""An event to how much of each item is made, out of date and missing; nothing is made."""

from __future__ import annotations

from pathlib import Path

from hrcpub.build.store import Store
from hrcpub.events.fulfil.approved import with_approvals
from hrcpub.events.fulfil.jobs import ItemStatus
from hrcpub.events.fulfil.ledger import Ledger
from hrcpub.events.fulfil.plan import PrintedSites, batch_of, environment_of, shell_job, under
from hrcpub.events.fulfil.shell_store import ShellStore
from hrcpub.events.manifest.event import Item
from hrcpub.events.manifest.manifest import read_event
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources


def event_status(sources: Sources, name: str, folder: Path) -> list[ItemStatus]:
    """Return how much of each item is made, in each language.

    Where a shell is out of date, so is everything that was made from it.
    """
    project, output = Project(sources), sources.root / "output"
    store = Store(sources.root, output)
    event = with_approvals(read_event(project, name), project, store)
    shells = ShellStore(store, sources, ByteStore(output / ".cache" / "store"))
    environment = environment_of(sources, store.engine, event)
    ledger, sites = Ledger(folder), PrintedSites(event)
    return [
        _status(sites, item, language, shells, environment, ledger)
        for item in event.items
        for language in item.materials
    ]


def _status(
    sites: PrintedSites,
    item: Item,
    language: str,
    shells: ShellStore,
    environment: str,
    ledger: Ledger,
) -> ItemStatus:
    shell = shells.current(shell_job(item, language))
    if shell is None:
        total, current = len(item.receivers(language)) if item.sites else 1, 0
        known = min(total, sum(path.startswith(under(item)) for path in ledger.entries))
    else:
        pieces = batch_of(sites, item, language, shell, environment).pieces
        total = len(pieces)
        current = sum(ledger.current(piece.path, piece.key) is not None for piece in pieces)
        known = sum(piece.path in ledger.entries for piece in pieces)
    return ItemStatus(
        item.id,
        language,
        item.vendor,
        current,
        known - current,
        total - known,
        sites.event.approval(item, language).said,
    )
