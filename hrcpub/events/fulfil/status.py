"""How an event stands, without making anything."""

from __future__ import annotations

from pathlib import Path

from hrcpub.events.fulfil.jobs import ItemStatus
from hrcpub.events.fulfil.outcome import BuildProgress, EventOptions, Outcome
from hrcpub.events.fulfil.plan import stock_job, under, vendor
from hrcpub.events.fulfil.run import Build
from hrcpub.events.manifest.manifest import read_event
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources


def standing(sources: Sources, name: str, folder: Path) -> list[ItemStatus]:
    """Return how an event stands, without making anything.

    Where a stock piece itself is out of date, all that was made of it is.
    """
    project = Project(sources)
    event = read_event(project, name)
    nothing = BuildProgress(lambda step, total: None, lambda path: None, lambda line: None)
    build = Build(project, event, EventOptions(), nothing, Outcome(event, folder))
    found = []
    for item in event.items:
        for language in item.materials:
            job = stock_job(item, language)
            stock = build.shells.current(job)
            many = max(1, len(item.sites))
            if stock is None:
                paths = [path for path in build.ledger.entries if path.startswith(under(item))]
                stale = min(many, len(paths))
                current = 0
            else:
                pieces = build.batches({job: stock}, (item,))[0].pieces
                states = [build.ledger.current(one.piece.path, one.key) for one in pieces]
                current, many = sum(map(bool, states)), len(states)
                known = sum(one.piece.path in build.ledger.entries for one in pieces)
                stale = known - current
            found.append(
                ItemStatus(item.id, language, vendor(item), current, stale, many - current - stale)
            )
    return found
