"""An event to what of it is made by now, and the plan by which an office prints that."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from hrcpub.build.store import Store
from hrcpub.events.fulfil.approved import with_approvals
from hrcpub.events.fulfil.ledger import Ledger
from hrcpub.events.fulfil.plan import Batch, PrintedSites, batch_of, environment_of, shell_job
from hrcpub.events.fulfil.shell_store import ShellStore
from hrcpub.events.fulfil.tasks import run_of
from hrcpub.events.manifest.event import Event, FinishedFile, Item, ProductionRun
from hrcpub.events.manifest.manifest import read_event
from hrcpub.events.print_plan.plan import PrintPlan, is_for_office, print_plan
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.project import Project
from hrcpub.problems import Problem, Severity, Source


class EventPlan(NamedTuple):
    """An event, its plan, and what is left out of it since it is not made."""

    event: Event
    plan: PrintPlan
    problems: tuple[Problem, ...]


def event_plan(project: Project, name: str, folder: Path) -> EventPlan:
    """Return the plan of what is made and up to date in the event's `folder`.

    Raises HrcpubError when the manifest has mistakes.
    """
    sources, output = project.sources, project.sources.root / "output"
    store = Store(sources.root, output)
    event = with_approvals(read_event(project, name), project, store)
    shells = ShellStore(store, sources, ByteStore(output / ".cache" / "store"))
    environment = environment_of(sources, store.engine, event)
    ledger, sites = Ledger(folder), PrintedSites(event)
    runs: list[ProductionRun] = []
    missing = 0
    for item in event.items:
        for language in item.materials if is_for_office(item) else ():
            shell = shells.current(shell_job(item, language))
            if shell is None:
                missing += _wanted(item, language)
                continue
            batch = batch_of(sites, item, language, shell, environment)
            made = _made(batch, ledger)
            missing += len(batch.pieces) - len(made)
            runs.append(run_of(batch, made))
    told = (plan_incomplete(event, missing),) if missing else ()
    return EventPlan(event, print_plan(event, runs), told)


def _wanted(item: Item, language: str) -> int:
    return max(1, len(item.receivers(language)))


def _made(batch: Batch, ledger: Ledger) -> dict[str, FinishedFile]:
    """Return the files of a batch that are up to date, by their paths."""
    files = ((piece.path, ledger.current(piece.path, piece.key)) for piece in batch.pieces)
    return {path: file for path, file in files if file is not None}


def plan_incomplete(event: Event, missing: int) -> Problem:
    """Files that the office prints are not made, or are out of date, so the plan is without them.

    Fix: run `hrcpub event build NAME`, then ask for the plan again.
    """
    files = "1 file is" if missing == 1 else f"{missing:,} files are"
    return Problem(
        "plan-incomplete",
        f"{files} not made or out of date: the plan is without them",
        Source(event.path),
        f"run: hrcpub event build {event.id}",
        Severity.WARNING,
    )


CODES = {"plan-incomplete": plan_incomplete}
