"""Many `Job`s to their `Report`s, by any number of processes; one bad item stops none.

A worker that dies costs its own job alone: new workers do the rest. The job is tried once more, and
when its worker dies again, it is reported as a Problem.
"""

from __future__ import annotations

import contextlib
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrcpub import loading
from hrcpub.build.job import Job
from hrcpub.build.piece import build, check
from hrcpub.build.store import Store
from hrcpub.build.workers import LostTask, work
from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.leaving import interrupted_after
from hrcpub.pipeline.stages import Report
from hrcpub.problems import Problem, Source
from hrcpub.records import record

if TYPE_CHECKING:
    from hrcpub.build.editions import JobShare, MadeBeside
    from hrcpub.build.second import Second

MAX_JOBS = 100  # of a worker's life, about: it holds 0.1 MB more after each
_UNEVEN = 0.1  # how many jobs more than its share a worker may do, of all that it does


@record
class BatchOptions:
    """How jobs are to be made: plain values, which can be sent to any worker."""

    root: str
    folder: str
    force: bool = False
    only_check: bool = False
    is_alone: bool = False  # one job at a time, and no more: its editions may be shared out


class BuildWorker:
    """One worker. It keeps the project with what it parsed of it, and the store of its files."""

    def __init__(
        self,
        options: BatchOptions,
        cache: ParsedCache | None = None,
        second: Second[JobShare, MadeBeside] | None = None,
    ) -> None:
        """Open the project and the store. `cache` is what this process has parsed already.

        `second` is a process that shares in the editions of each piece.
        """
        self.second = second
        self.options = options
        self.project = Project(Sources(Path(options.root)), cache or ParsedCache())
        self.store = Store(self.project.sources.root, Path(options.folder))

    def do(self, job: Job) -> Report:
        """Return what became of one job; our own mistakes become a Problem too."""
        options = self.options
        try:
            if options.only_check:
                return check(job, self.project, self.store, is_alone=options.is_alone)
            return build(
                job,
                self.project,
                self.store,
                force=options.force,
                is_alone=options.is_alone,
                second=self.second,
            )
        except Exception as error:  # one piece's trouble must not cost the others
            return Report(job.material, problems=(our_bug(job.material, error),))


def run(
    jobs: Sequence[Job], options: BatchOptions, workers: int, cache: ParsedCache | None = None
) -> Iterator[Report]:
    """Yield each job's Report as it is done, by `workers` processes; by this one if it is one.

    `cache` is what this process has parsed of the project already.
    """
    if workers <= 1 or len(jobs) <= 1:
        worker = BuildWorker(options, cache)
        for job in jobs:
            yield worker.do(job)
        return
    from hrcpub.build.processes import Processes

    if sys.platform == "linux":  # which forks its workers
        preload(Path(options.root))
    count = min(workers, len(jobs))
    life = life_of(len(jobs), count)
    with Processes[Job, Report](count, _started, (options,), max_tasks=life) as pool:
        for job, report in work(jobs, pool):
            yield report if isinstance(report, Report) else _lost(job, report)


def life_of(jobs: int, workers: int) -> int:
    """Return after how many jobs a worker is replaced: its share of all, or an even part of that.

    Why not after `MAX_JOBS`: of 200 jobs two workers rarely do 100 each. Then another one begins
    for what is left, which takes it as long as three jobs, and all others have ended by then.
    """
    lives = max(1, round(jobs / workers / MAX_JOBS))
    return math.ceil(jobs / workers / lives * (1 + _UNEVEN / lives))


def _lost(job: Job, lost: LostTask) -> Report:
    if lost.error:
        return Report(job.material, problems=(our_bug(job.material, lost.error),))
    return Report(job.material, problems=(worker_died(job.material),))


def preload(root: Path) -> None:
    """Load WeasyPrint in the parent, so that it is loaded once; ^C waits for that.

    Fonts are each worker's own: a forked FontConfiguration loses Pango's thread.
    """
    with interrupted_after():
        loading.load("pikepdf")
        loading.load("hrcpub.build.editions")
        loading.load("hrcpub.pipeline.impose")
        loading.load("hrcpub.pipeline.preflight.judge")
        from hrcpub.pipeline.typeset.engine import load
        from hrcpub.problems import HrcpubError

        with contextlib.suppress(HrcpubError):  # each job reports it
            load(root)


def _started(options: BatchOptions) -> Callable[[Job], Report]:
    """Set a worker process up, and return what does its jobs."""
    return BuildWorker(options).do


def second_for(options: BatchOptions) -> Second[JobShare, MadeBeside]:
    """Start a second process that makes a share of a piece's editions, whenever it is asked to."""
    from hrcpub.build.second import Second

    return Second(_started_beside, options)


def _started_beside(options: BatchOptions) -> Callable[[JobShare], MadeBeside]:
    project = Project(Sources(Path(options.root)))

    def do(share: JobShare) -> MadeBeside:
        project.sources.look_at_clock()
        loading.load("hrcpub.build.editions")
        from hrcpub.build.editions import make_beside

        return make_beside(share, project)

    return do


def our_bug(material: str, error: Exception) -> Problem:
    """Something went wrong that no author or designer can fix: a mistake of this program.

    Fix: please report it with the traceback below it.
    """
    import traceback

    trace = "".join(traceback.format_exception(error)[-3:]).strip()
    return Problem("our-bug", f"{type(error).__name__}: {error}", _place(material), trace)


def worker_died(material: str) -> Problem:
    """The process that made a piece died: it took too much memory, or was ended from outside.

    Fix: look for a very large picture in the piece, and build it alone. Everything else was
    made.
    """
    return Problem(
        "worker-died",
        f"the process that made {material} died",
        _place(material),
        f"hrcpub build {material} --jobs 1",
    )


def _place(material: str) -> Source:
    return Source(f"materials/{material}.yaml")


CODES: dict[str, Callable[..., Any]] = {"our-bug": our_bug, "worker-died": worker_died}
