"""What a worker does: one task after the other, at a `CopyMaker` of its own.

A task is a StockJob, some CopyJobs, or a RunJob. What goes wrong with one piece is told with it;
a worker that takes too long, or runs out of memory, ends itself: its task is tried once more.
"""

from __future__ import annotations

import hashlib
import io
import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from hrcpub.build.batch import our_bug
from hrcpub.build.store import not_written
from hrcpub.build.workers import settle
from hrcpub.events.fulfil.copies import CopyMaker
from hrcpub.events.fulfil.jobs import Copy, CopyJob, PaperJob, RunJob, Shell, ShellJob
from hrcpub.events.fulfil.parts import PartCache
from hrcpub.events.fulfil.shell_store import read_template
from hrcpub.events.paperwork import printed
from hrcpub.events.shells import verify_run
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.cache import whole, write_whole
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem

EventTask = ShellJob | tuple[CopyJob, ...] | RunJob | PaperJob
VerifyFile = Callable[[bytes | Path], None]  # reads a copy again: the file, or its bytes
# A path, a file's bytes, what looks it over once it is written; what the worker gives back.
WriteFile = Callable[[str, bytes, VerifyFile], bytes]

PATIENCE = 120.0  # seconds for one task: a hundred copies take a tenth of it


class ShellFailure(NamedTuple):
    """Why a piece could not be typeset."""

    problems: tuple[Problem, ...]


TaskResult = Shell | ShellFailure | tuple[Copy, ...]


class WorkerPaths(NamedTuple):
    """Where workers on this machine find and put things."""

    root: str
    folder: str  # the event's
    store: str  # the project's ByteStore
    environment: str  # what imprints are made from, beside the site's details


class EventWorker:
    """A worker on this machine, which writes what it makes."""

    def __init__(self, order: WorkerPaths) -> None:
        """Set up for an order."""
        self.folder, store = Path(order.folder), ByteStore(Path(order.store))
        self.desk = CopyMaker(
            Sources(Path(order.root)),
            partial(read_template, store),
            PartCache(store, order.environment),
        )

    def do(self, task: EventTask) -> TaskResult:
        """Return what became of a task."""
        return perform(self.desk, task, self._write, self._open)

    def _write(self, path: str, data: bytes, look: VerifyFile) -> bytes:
        write_whole(self.folder / path, data, sync=False, prove=look)
        return b""

    def _open(self, job: RunJob, fill: Callable[[BinaryIO], int]) -> tuple[str, int, int, bytes]:
        """Write a large file as it is made; return its digest, size, pages, and nothing to keep."""
        pages = 0

        def prove(path: Path) -> None:
            verify_run(path, pages, len(job.sites))

        with whole(self.folder / job.path, prove=prove) as file:
            counted = _Digesting(file)
            pages = fill(counted)  # type: ignore[arg-type]
        return counted.digest.hexdigest(), counted.size, pages, b""


class _Digesting:
    """A file that is written once from its head to its foot, and digested on the way."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.digest, self.size = file, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.size += len(data)
        return self._file.write(data)


OpenFile = Callable[[RunJob, Callable[[BinaryIO], int]], tuple[str, int, int, bytes]]


def perform(desk: CopyMaker, task: EventTask, write: WriteFile, open_file: OpenFile) -> TaskResult:
    """Return what became of a task; our own mistakes become Problems too."""
    if isinstance(task, ShellJob):
        try:
            return desk.shell(task)
        except HrcpubError as error:
            return ShellFailure(error.problems)
        except MemoryError:
            raise
        except Exception as error:  # one piece's trouble must not cost the others
            return ShellFailure((our_bug(task.material, error),))
    if isinstance(task, PaperJob):
        return (_guarded(task, lambda: _paper(desk, task)),)
    if isinstance(task, RunJob):
        return (_guarded(task, lambda: _run(desk, task, open_file)),)
    return tuple(_guarded(job, lambda job=job: _copy(desk, job, write)) for job in task)  # type: ignore[misc]


def _guarded(job: CopyJob | RunJob | PaperJob, make: Callable[[], Copy]) -> Copy:
    try:
        return make()
    except HrcpubError as error:
        return Copy(job.path, problems=error.problems)
    except OSError as error:
        return Copy(job.path, problems=(not_written(job.path, error),))
    except MemoryError:
        raise
    except Exception as error:  # as above
        about = job.path if isinstance(job, PaperJob) else job.job.material
        return Copy(job.path, problems=(our_bug(about, error),))


def _paper(desk: CopyMaker, job: PaperJob) -> Copy:
    """Typeset a paper; its bytes are given back, since it may be a part of one."""
    paper = printed(job.html, desk.project)
    digest = hashlib.sha256(paper.pdf).hexdigest()
    return Copy(job.path, digest, len(paper.pdf), paper.pages, paper.pdf, paper.problems)


def _copy(desk: CopyMaker, job: CopyJob, write: WriteFile) -> Copy:
    pdf, pages, said, look = desk.copy(job)
    kept = write(job.path, pdf, look)
    return Copy(job.path, hashlib.sha256(pdf).hexdigest(), len(pdf), pages, kept, said)


def _run(desk: CopyMaker, job: RunJob, open_file: OpenFile) -> Copy:
    sha256, size, pages, kept = open_file(job, lambda file: desk.run(job, file))
    return Copy(job.path, sha256, size, pages, kept)


def kept_in_memory(job: RunJob, fill: Callable[[BinaryIO], int]) -> tuple[str, int, int, bytes]:
    """Make a large file where it cannot be written: its bytes are given back."""
    file = io.BytesIO()
    pages = fill(file)
    data = file.getvalue()
    verify_run(data, pages, len(job.sites))
    return hashlib.sha256(data).hexdigest(), len(data), pages, data


_worker: EventWorker | None = None


def start(order: WorkerPaths) -> None:
    """Set up a worker process of this machine."""
    global _worker
    settle()
    _worker = EventWorker(order)


def do(task: EventTask) -> TaskResult:
    """Do a task in a worker process; it ends when that takes too long, or too much memory."""
    if _worker is None:
        raise RuntimeError("a worker was not set up")
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)  # what it sends ends the process
    try:
        return _worker.do(task)
    except MemoryError:
        os._exit(70)  # the next try, alone, has more of it
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
