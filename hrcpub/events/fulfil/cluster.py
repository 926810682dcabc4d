"""A Dask cluster: workers on many machines that share no disk.

The files that an event's pieces are made from travel by content, once to each worker; finished
files come back as bytes and are written here.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any

from hrcpub.build.futures import Futures
from hrcpub.build.workers import LostTask, Quiet, work
from hrcpub.events.fulfil import remote
from hrcpub.events.fulfil.jobs import PaperJob, RunJob, ShellJob
from hrcpub.events.fulfil.problems import cluster_missing, cluster_unreachable
from hrcpub.events.fulfil.remote import MissingParts, Parcel
from hrcpub.events.fulfil.sent import SentFiles
from hrcpub.events.fulfil.tasks import parted
from hrcpub.events.fulfil.work import EventTask, TaskResult
from hrcpub.problems import HrcpubError

CONNECT_TIMEOUT = 10.0  # seconds for the scheduler's answer
REACH_TIMEOUT = 1.0  # seconds until somebody is at the address at all
_ADDRESS = re.compile(r"(?:tcp|tls)://(?P<host>\[[^\[\]]+\]|[^\[\]:/\s]+):(?P<port>\d{1,5})/?")
# What Dask raises for a task whose workers died, by name: it need not be installed.
DEATHS = {"KilledWorker", "CommClosedError", "CancelledError", "FutureCancelledError"}


class Cluster:
    """The workers of one scheduler."""

    def __init__(self, address: str, *, connect_timeout: float = CONNECT_TIMEOUT) -> None:
        """Connect to a scheduler; raise HrcpubError when there is none, or no Dask here."""
        try:
            from distributed import Client as Untyped
        except ImportError:
            raise HrcpubError(cluster_missing()) from None
        _reach(address)  # Dask would try for as long as its own timeout, and print tracebacks
        try:
            client: Any = Untyped
            self._client = client(address, timeout=connect_timeout, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise HrcpubError(cluster_unreachable(address, str(error))) from None

    def answers(
        self,
        tasks: Sequence[EventTask],
        files: SentFiles,
        template: Callable[[str], bytes],
        silence_timeout: float | None,
        quiet: Quiet[Parcel] | None = None,
    ) -> Iterator[tuple[EventTask, TaskResult | LostTask]]:
        """Yield tasks with their answers; `template` returns a packed one by its digest."""
        parcels = Parcels(files, template)
        pool: Futures[Parcel, TaskResult | MissingParts] = Futures(
            self._executor,
            max(1, sum(self._client.nthreads().values())),
            remote.do,
            silence_timeout=silence_timeout,
            quiet=quiet,
            is_death=lambda error: type(error).__name__ in DEATHS,
        )
        done = work(
            [parcels.packed(task) for task in tasks],
            pool,
            split=parcels.parted,
            again=parcels.again,
        )
        for parcel, answer in done:
            if isinstance(answer, MissingParts):  # `again` has sent each of these once more
                raise TypeError(answer)
            yield parcel.task, answer

    def _executor(self) -> Executor:
        executor: Executor = self._client.get_executor(pure=False)
        return executor


def _reach(address: str) -> None:
    """Raise HrcpubError when nobody is at an address, or when it is none."""
    match = _ADDRESS.fullmatch(address)
    if match is None or int(match["port"]) > 65535:
        raise HrcpubError(cluster_unreachable(address, "write it like tcp://192.168.1.20:8786"))
    try:
        place = (match["host"].strip("[]"), int(match["port"]))
        socket.create_connection(place, timeout=REACH_TIMEOUT).close()
    except OSError as error:
        reason = error.strerror or "it does not answer"
        raise HrcpubError(cluster_unreachable(address, reason)) from None


class Parcels:
    """Tasks as they are sent."""

    def __init__(self, files: SentFiles, template: Callable[[str], bytes]) -> None:
        """Send what is asked for of some files, and of packed templates by their digests."""
        self._files, self._template = files, template

    def packed(self, task: EventTask) -> Parcel:
        """Return a task as it is sent first: with the names of what it needs."""
        jobs: Sequence[Any] = () if isinstance(task, ShellJob | PaperJob) else task
        if isinstance(task, RunJob):
            jobs = (task,)
        templates = dict.fromkeys(job.template for job in jobs if job.template)
        return Parcel(task, self._files.digest, tuple(templates), remote.program())

    def parted(self, parcel: Parcel) -> list[Parcel]:
        """Return a parcel for each of its task's parts."""
        return [replace(parcel, task=part) for part in parted(parcel.task)]

    def again(self, parcel: Parcel, answer: TaskResult | MissingParts) -> Parcel | None:
        """Return a parcel with what its worker lacked; None when it lacked nothing."""
        if not isinstance(answer, MissingParts):
            return None
        lacking = set(answer.digests)
        if parcel.project in lacking:  # a worker that is new to the project
            lacking |= set(self._files.digests.values())
        return replace(parcel, blobs=parcel.blobs | {name: self._bytes(name) for name in lacking})

    def _bytes(self, digest: str) -> bytes:
        data = self._files.bytes_of(digest)
        return self._template(digest) if data is None else data
