"""The project's events for the page: when, for whom, how many, what is approved, what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError


class EventsErrand(NamedTuple):
    """All events of a project, to be looked at; nothing is made."""

    def run(self, root: Path) -> list[dict[str, Any]]:
        """Return the events by their days, the next one first."""
        from hrcpub.events.manifest.manifest import event_names

        sources = Sources(root)
        events = [_event(sources, name) for name in event_names(sources)]
        return sorted(events, key=lambda event: (event["date"] or "9999", event["name"]))


def _event(sources: Sources, name: str) -> dict[str, Any]:
    """Return one event; of one that cannot be read, what is wrong."""
    from hrcpub.build.store import Store
    from hrcpub.events.fulfil.approved import with_approvals
    from hrcpub.events.manifest.item_rows import item_rows
    from hrcpub.events.manifest.manifest import event_path, read_event
    from hrcpub.files.project import Project

    project = Project(sources.recording())
    try:
        path = event_path(sources, name)
        event = read_event(project, name)
        event = with_approvals(event, project, Store(sources.root, sources.root / "output"))
    except HrcpubError as error:
        problems = [problem.as_json() for problem in error.problems]
        return {"name": name, "title": name, "date": None, "rows": [], "problems": problems}
    made = _made(sources, name)
    rows = [row | made.get((row["item"], row["language"]), {}) for row in item_rows(event)]
    pieces = {m.name: m for item in event.items for m in item.materials.values()}
    unapproved = {
        material.name
        for item in event.items
        for language, material in item.materials.items()
        if not event.approval(item, language).is_approved
    }
    return {
        "name": name,
        "path": path,
        "title": str(event.name),
        "date": event.date.isoformat(),
        "place": str(event.place),
        "due": event.delivery.due.isoformat() if event.delivery.due else None,
        "sites": len(event.sites),
        "copies": sum(row["copies"] for row in rows),
        "needs_approval": event.needs_approval,
        "pieces": [
            {"name": piece, "title": material.title.plain(), "is_approved": piece not in unapproved}
            for piece, material in pieces.items()
        ],
        "rows": rows,
        "problems": [problem.as_json() for problem in event.problems],
    }


def _made(sources: Sources, name: str) -> dict[tuple[str, str], dict[str, int]]:
    """Return how much of each item is made, by item and language."""
    from hrcpub.events.fulfil.outcome import FOLDER
    from hrcpub.events.fulfil.status import event_status

    try:
        found = event_status(sources, name, sources.root / "output" / FOLDER / name)
    except HrcpubError:
        return {}
    return {
        (one.item, one.language): {
            "made": one.current,
            "stale": one.stale,
            "missing": one.missing,
        }
        for one in found
    }
