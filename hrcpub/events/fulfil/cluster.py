"""A Dask cluster as a crew: workers on many machines that share no disk.

The project's files travel by content, once to each worker; finished files come back as bytes and
are written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import replace
from pathlib import Path
from typing import Any

from hrcpub.build.workers import LostTask, work
from hrcpub.events.fulfil import remote
from hrcpub.events.fulfil.jobs import CopyJob, PaperJob, RunJob, ShellJob
from hrcpub.events.fulfil.problems import cluster_missing, cluster_unreachable
from hrcpub.events.fulfil.remote import MissingParts, Parcel
from hrcpub.events.fulfil.work import EventTask, TaskResult
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError

FOLDERS = ("layouts", "fonts", "materials")  # what pieces are made from
WAIT = 10  # seconds for the scheduler's answer
# What Dask raises for a task whose workers died, by name: it need not be installed.
DEATHS = {"KilledWorker", "CommClosedError", "CancelledError", "FutureCancelledError"}


class Cluster:
    """The workers of one scheduler."""

    def __init__(self, address: str, sources: Sources) -> None:
        """Connect to a scheduler; raise HrcpubError when there is none, or no Dask here."""
        try:
            from distributed import Client as Untyped
        except ImportError:
            raise HrcpubError(cluster_missing()) from None
        try:
            client: Any = Untyped
            self._client = client(address, timeout=WAIT, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise HrcpubError(cluster_unreachable(address, str(error))) from None
        self.workers = max(1, sum(self._client.nthreads().values()))
        self._files = dict(_project(sources))
        self._list = remote.listed(self._files)
        self._root = sources.root
        self._paths = {digest: path for path, digest in self._files.items()}
        self._template: Callable[[str], bytes] = lambda digest: b""

    def answers(
        self, tasks: Sequence[EventTask], template: Callable[[str], bytes], quiet: float | None
    ) -> Iterator[tuple[EventTask, TaskResult | LostTask]]:
        """Yield tasks with their answers; `template` returns a packed one by its digest."""
        self._template = template
        parcels = [self._parcel(task) for task in tasks]
        done: Iterable[tuple[Parcel, Any]] = work(
            parcels, remote.do, self, patience=quiet, split=self._parts, again=self._again
        )
        for parcel, answer in done:
            yield parcel.task, answer

    def hire(self) -> Executor:
        """Return the cluster as an executor."""
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def rest(self, pool: Executor) -> None:
        """Leave the cluster to others."""
        pool.shutdown(wait=False)

    def let_go(self, pool: Executor) -> None:
        """Give up what is under way."""
        pool.shutdown(wait=False)

    def is_death(self, error: BaseException) -> bool:
        """Return whether workers died, or went out of reach."""
        return isinstance(error, BrokenExecutor) or type(error).__name__ in DEATHS

    def _parcel(self, task: EventTask) -> Parcel:
        jobs: Sequence[Any] = () if isinstance(task, ShellJob | PaperJob) else task
        if isinstance(task, RunJob):
            jobs = (task,)
        templates = dict.fromkeys(job.template for job in jobs if job.template)
        project = remote.digest(self._list)
        return Parcel(task, project, tuple(templates), remote.program())

    def _parts(self, parcel: Parcel) -> list[Parcel]:
        task = parcel.task
        if isinstance(task, ShellJob | RunJob | PaperJob):
            return [parcel]
        return [replace(parcel, task=(job,)) for job in task if isinstance(job, CopyJob)]

    def _again(self, parcel: Parcel, answer: TaskResult | MissingParts) -> Parcel | None:
        """Return a parcel with what its worker lacked."""
        if not isinstance(answer, MissingParts):
            return None
        wanted = set(answer.digests)
        if parcel.project in wanted:  # a worker that is new to the project
            wanted |= set(self._paths)
        return replace(parcel, blobs=parcel.blobs | {one: self._blob(one) for one in wanted})

    def _blob(self, digest: str) -> bytes:
        if digest == remote.digest(self._list):
            return self._list
        if digest in self._paths:
            return (self._root / self._paths[digest]).read_bytes()
        return self._template(digest)


def _project(sources: Sources) -> Iterator[tuple[str, str]]:
    """Yield the paths and digests of the files that pieces are made from."""
    for folder in FOLDERS:
        for path in sorted((sources.root / folder).rglob("*")):
            inside = path.relative_to(sources.root)
            if any(part.startswith(".") for part in inside.parts) or not _is_plain(path):
                continue
            if digest := sources.digest(inside.as_posix()):
                yield inside.as_posix(), digest


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()
