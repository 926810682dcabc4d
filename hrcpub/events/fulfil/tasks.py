"""What is to be made to tasks for workers, and their answers to what became of each file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from hrcpub.build.batch import our_bug
from hrcpub.build.store import not_written
from hrcpub.build.workers import LostTask
from hrcpub.events.fulfil.jobs import (
    CopyJob,
    Failure,
    MadeFile,
    PaperJob,
    RunJob,
    ShellJob,
    finished_file,
)
from hrcpub.events.fulfil.plan import Batch, Planned
from hrcpub.events.fulfil.problems import piece_lost
from hrcpub.events.fulfil.work import EventTask, TaskResult
from hrcpub.events.manifest.event import FinishedFile, FinishedPiece, ProductionRun
from hrcpub.files.cache import SYNCS_ALL, write_whole

COPIES = 40  # of one task: a few tenths of a second


def tasks_of(planned: Sequence[Planned]) -> list[EventTask]:
    """Return copies as tasks: one site's together, whose details are then set once."""

    def site(copy: Planned) -> str:
        return copy.site.id if copy.site else ""

    tasks: list[EventTask] = []
    waiting: list[CopyJob] = []
    for _, copies in groupby(sorted(planned, key=site), key=site):
        waiting += [copy.job for copy in copies if copy.job]
        if len(waiting) >= COPIES:
            tasks.append(tuple(waiting))
            waiting = []
    return [*tasks, tuple(waiting)] if waiting else tasks


def parted(task: EventTask) -> list[EventTask]:
    """Return a task's copies as tasks of their own."""
    if isinstance(task, ShellJob | RunJob | PaperJob):
        return [task]
    return [(job,) for job in task]


def is_typeset(task: EventTask) -> bool:
    """Return whether a task sets words: it does unless all of it joins imprints to templates."""
    if isinstance(task, ShellJob | RunJob | PaperJob):
        return not isinstance(task, RunJob)
    return any(not job.template for job in task)


def named(task: EventTask) -> str:
    """Return what a task makes, for who waits for it."""
    if isinstance(task, ShellJob):
        return task.name
    if isinstance(task, RunJob | PaperJob):
        return task.path
    return task[0].path if len(task) == 1 else f"{task[0].path} and {len(task) - 1} more"


def results_of(
    task: EventTask, answer: TaskResult | LostTask
) -> list[tuple[str, MadeFile | Failure]]:
    """Return what became of each file of a task, by its path."""
    if isinstance(task, ShellJob):
        raise TypeError(task)  # which makes no file
    paths = [task.path] if isinstance(task, RunJob | PaperJob) else [job.path for job in task]
    if isinstance(answer, tuple) and not isinstance(answer, LostTask):
        return list(zip(paths, answer, strict=True))
    return [(path, failure_of(answer, path)) for path in paths]


def failure_of(answer: TaskResult | LostTask, path: str) -> Failure:
    """Return why there is no file, or no shell of that name."""
    if isinstance(answer, Failure):
        return answer
    if isinstance(answer, LostTask) and answer.error:
        return Failure((our_bug(Path(path).stem, answer.error),))
    how = answer.how if isinstance(answer, LostTask) else "gave no answer"
    return Failure((piece_lost(path, how),))


def written(folder: Path, planned: Planned) -> FinishedFile | Failure:
    """Write a piece that is the same for everybody."""
    pdf = planned.shell.pdf
    return stored(
        folder, MadeFile(finished_file(planned.path, pdf, planned.shell.facts.pages), pdf)
    )


def stored(folder: Path, made: MadeFile) -> FinishedFile | Failure:
    """Write what a worker gave back."""
    file = made.file
    try:
        write_whole(folder / file.path, made.data, sync=not SYNCS_ALL)
    except OSError as error:
        return Failure((not_written(file.path, error),))
    return file


def run_of(batch: Batch, made: Mapping[str, FinishedFile]) -> ProductionRun:
    """Return what was made of an item, for its ticket; `made` are all files by their paths."""
    pieces = [
        FinishedPiece(piece.site, made[piece.path]) for piece in batch.pieces if piece.path in made
    ]
    file = made.get(batch.run_path) if batch.run_path else None
    return ProductionRun(batch.item, batch.language, tuple(pieces), file, batch.shell.facts)
