"""Many `Job`s to their `Report`s, over any `concurrent.futures.Executor`; one bad item stops none.

Workers are processes with a limit on memory. A worker that dies takes its job with it and no
other: the rest is done by new ones, and the job that was at hand when two of them died is told as
a Problem.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrcpub.build import build, check
from hrcpub.cache import Shelf
from hrcpub.job import Job
from hrcpub.problems import Problem, Source
from hrcpub.sources import Sources
from hrcpub.stages import Report
from hrcpub.store import Store

MEMORY = 2 * 2**30  # bytes of address space: a worker needs a tenth of it
SHIFT = 100  # jobs of a worker's life: Pango holds 0.1 MB more after each, whatever is let go
CHUNK = 2  # jobs under way for each worker, so that none waits for its next


@dataclass(frozen=True, slots=True)
class Order:
    """How jobs are to be made; plain values, so that it travels to any worker."""

    root: str
    folder: str
    force: bool = False
    only_check: bool = False


class Bench:
    """One worker's place: the project, what it keeps between jobs, and where files go."""

    def __init__(self, order: Order) -> None:
        """Set up for an order."""
        self.order = order
        self.sources = Sources(Path(order.root))
        self.store = Store(self.sources.root, Path(order.folder))
        self.shelf = Shelf()

    def do(self, job: Job) -> Report:
        """Return what became of one job; our own mistakes become a Problem too."""
        try:
            if self.order.only_check:
                return check(job, self.sources, self.shelf)
            return build(job, self.sources, self.shelf, self.store, force=self.order.force)
        except Exception as error:  # one piece's trouble must not cost the others
            return Report(job.material, problems=(our_bug(job.material, error),))


def run(jobs: Sequence[Job], order: Order, workers: int) -> Iterator[Report]:
    """Yield each job's Report as it is done, by `workers` processes; by this one if it is one."""
    if workers <= 1 or len(jobs) <= 1:
        bench = Bench(order)
        for job in jobs:
            yield bench.do(job)
        return
    left = list(jobs)
    suspects: set[Job] = set()
    while left:
        # What was at hand when a worker died comes last, alone: so the guilty one is known.
        group = [job for job in left if job not in suspects][: workers * SHIFT] or left[:1]
        pool = _pool(order, min(workers, len(group)))
        try:
            for job, report in _spread(group, pool, workers * CHUNK):
                left.remove(job)
                yield report
        except _WorkerDiedError as death:
            suspects.update(death.at_hand)
            if group == death.at_hand:
                left.remove(group[0])
                yield Report(group[0].material, problems=(worker_died(group[0].material),))
        finally:
            pool.shutdown(cancel_futures=True)


class _WorkerDiedError(Exception):
    def __init__(self, at_hand: list[Job]) -> None:
        super().__init__(at_hand)
        self.at_hand = at_hand


def _spread(jobs: list[Job], pool: Executor, most: int) -> Iterator[tuple[Job, Report]]:
    """Yield (job, Report) as they are done, with at most `most` under way."""
    waiting = list(reversed(jobs))
    under_way: dict[Future[Report], Job] = {}
    while waiting or under_way:
        try:
            while waiting and len(under_way) < most:
                job = waiting[-1]
                under_way[pool.submit(_do, job)] = job
                waiting.pop()
        except BrokenProcessPool:
            raise _WorkerDiedError(list(under_way.values())) from None
        for future in wait(under_way, return_when=FIRST_COMPLETED).done:
            if isinstance(future.exception(), BrokenProcessPool):
                raise _WorkerDiedError(list(under_way.values()))
            yield under_way.pop(future), future.result()


def _pool(order: Order, workers: int) -> ProcessPoolExecutor:
    """Return a pool whose workers set up once.

    Where the system can fork, the parent loads WeasyPrint first, so that it is loaded once; fonts
    are each worker's own (a forked FontConfiguration loses Pango's thread).
    """
    import multiprocessing

    method = "fork" if sys.platform == "linux" else "spawn"
    if method == "fork":
        _preload(order)
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(order,))


def _preload(order: Order) -> None:
    import pikepdf  # noqa: F401  for the workers

    from hrcpub.problems import HrcpubError
    from hrcpub.typeset.engine import load

    with contextlib.suppress(HrcpubError):  # each job tells it
        load(Path(order.root))


_bench: Bench | None = None


def _start(order: Order) -> None:
    """Set up a worker."""
    global _bench
    _limit_memory()
    _bench = Bench(order)


def _do(job: Job) -> Report:
    if _bench is None:
        raise RuntimeError("a worker was not set up")
    return _bench.do(job)


def _limit_memory() -> None:
    """Keep one bad piece from taking the whole machine's memory (where the system can)."""
    if os.name == "posix" and sys.platform != "darwin":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def our_bug(material: str, error: Exception) -> Problem:
    """Something went wrong that no one who writes or designs can mend: a mistake of this program.

    Please report it with the traceback that stands under it.
    """
    import traceback

    trace = "".join(traceback.format_exception(error)[-3:]).strip()
    return Problem("our-bug", f"{type(error).__name__}: {error}", _place(material), trace)


def worker_died(material: str) -> Problem:
    """The process that made a piece died: it took too much memory, or was ended from outside.

    Everything else was made. Look for a very large picture in the piece, and build it alone.
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
