"""What is to be made to tasks for workers, and their answers to what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from hrcpub.build.batch import our_bug
from hrcpub.build.store import not_written
from hrcpub.build.workers import LostTask
from hrcpub.events.fulfil.jobs import Copy, CopyJob, PaperJob, RunJob, ShellJob
from hrcpub.events.fulfil.ledger import LedgerEntry
from hrcpub.events.fulfil.plan import Batch, Planned
from hrcpub.events.fulfil.problems import piece_lost
from hrcpub.events.fulfil.work import EventTask, ShellFailure, TaskResult
from hrcpub.events.manifest.event import Finished, ProductionRun
from hrcpub.files.cache import write_whole
from hrcpub.problems import Problem

COPIES = 40  # copies of one task: a few tenths of a second


def sha256_of(path: Path) -> str:
    """Return a file's digest."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tasks_of(planned: Sequence[Planned]) -> list[EventTask]:
    """Return copies as tasks: one site's together, whose details are then set once."""

    def site(one: Planned) -> str:
        return one.piece.site.id if one.piece.site else ""

    tasks: list[EventTask] = []
    waiting: list[CopyJob] = []
    for _, group in groupby(sorted(planned, key=site), key=site):
        waiting += [one.job for one in group if one.job]
        if len(waiting) >= COPIES:
            tasks.append(tuple(waiting))
            waiting = []
    return [*tasks, tuple(waiting)] if waiting else tasks


def parted(task: EventTask) -> list[EventTask]:
    """Return a task's copies as tasks of their own."""
    if isinstance(task, ShellJob | RunJob | PaperJob):
        return [task]
    return [(job,) for job in task]


def copies_of(task: EventTask, answer: TaskResult | LostTask) -> tuple[Copy, ...]:
    """Return what became of each copy of a task."""
    if isinstance(answer, tuple) and not isinstance(answer, LostTask | ShellFailure):
        return answer
    paths = [task.path] if isinstance(task, RunJob | PaperJob) else [job.path for job in task]  # type: ignore[union-attr]
    return tuple(Copy(path, problems=problems_of(answer, path)) for path in paths)


def problems_of(answer: TaskResult | LostTask, path: str) -> tuple[Problem, ...]:
    """Return why there is no file."""
    if isinstance(answer, ShellFailure):
        return answer.problems
    if isinstance(answer, LostTask) and answer.error:
        return (our_bug(Path(path).stem, answer.error),)
    return (piece_lost(path, answer.how if isinstance(answer, LostTask) else "gave no answer"),)


def written(folder: Path, one: Planned) -> Copy:
    """Write a piece that is the same for everybody."""
    return stored(folder, Copy(one.piece.path, pages=one.stock.facts.pages, data=one.stock.pdf))


def stored(folder: Path, copy: Copy) -> Copy:
    """Write what a worker gave back."""
    try:
        write_whole(folder / copy.path, copy.data, sync=False)
    except OSError as error:
        return Copy(copy.path, problems=(not_written(copy.path, error),))
    sha256 = hashlib.sha256(copy.data).hexdigest()
    return Copy(copy.path, sha256, len(copy.data), copy.pages, problems=copy.problems)


def run_of(batch: Batch, made: dict[str, LedgerEntry], file: LedgerEntry | None) -> ProductionRun:
    """Return what was made of an item, for its ticket."""
    facts = batch.stock.facts
    pieces = [
        Finished(one.piece, entry.sha256, entry.size, entry.pages)
        for one in batch.pieces
        if (entry := made.get(one.piece.path))
    ]
    whole = None
    if file and batch.run_path:
        piece = replace(batch.pieces[0].piece, site=None, path=batch.run_path)
        whole = Finished(piece, file.sha256, file.size, file.pages)
    return ProductionRun(
        batch.item,
        batch.language,
        tuple(pieces),
        whole,
        (facts.flat.width, facts.flat.height),
        (facts.finished.width, facts.finished.height),
        facts.sides,
        facts.sheets,
        facts.up,
        facts.flip,
        facts.note,
        facts.colours,
    )
