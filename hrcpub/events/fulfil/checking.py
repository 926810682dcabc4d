"""An event to all that its build would say of the pieces, without their files."""

from __future__ import annotations

import contextlib
from pathlib import Path

from hrcpub.build.store import Store
from hrcpub.events.fulfil.approved import with_approvals
from hrcpub.events.fulfil.jobs import Failure
from hrcpub.events.fulfil.outcome import BuildProgress, EventOptions, Outcome
from hrcpub.events.fulfil.plan import Planned
from hrcpub.events.fulfil.run import Build
from hrcpub.events.fulfil.tasks import results_of, tasks_of
from hrcpub.events.manifest.manifest import read_event
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources


def check_event(
    sources: Sources, name: str, folder: Path, options: EventOptions, progress: BuildProgress
) -> Outcome:
    """Return what a build of an event would say: shells are proven, and every imprint is set.

    Shells and imprints are kept for the build, and what is current in `folder` is known. Raises
    HrcpubError when the manifest has mistakes.
    """
    project = Project(sources)
    event = read_event(project, name)
    event = with_approvals(event, project, Store(sources.root, sources.root / "output"))
    outcome = Outcome(event, folder, problems=list(event.problems))
    build = Build(project, event, options._replace(only_check=True), progress, outcome)
    try:
        _look_over(build, _stale(build))
    finally:
        build.workers.end()
        build.bytestore.evict()  # shells that are checked and never built must not fill the disk
    return outcome


def _stale(build: Build) -> list[Planned]:
    """Return the copies that a build would make; note what is known of the others."""
    stale = []
    for batch in build.batches(build.shells()):
        for piece in batch.pieces:
            if file := build.ledger.current(piece.path, piece.key):
                build.outcome.problems += file.problems
            elif piece.job:
                stale.append(piece)
    return stale


def _look_over(build: Build, copies: list[Planned]) -> None:
    """Note what is wrong with some copies."""
    build.progress.begin("checking", len(copies))
    with contextlib.closing(build.workers.answers(tasks_of(copies))) as answers:
        for task, answer in answers:
            for path, result in results_of(task, answer):
                if isinstance(result, Failure):
                    build.outcome.failed[path] = result.problems
                else:
                    build.outcome.problems += result.file.problems
                build.progress.done(path)
