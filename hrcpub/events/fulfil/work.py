"""What a worker does: one `EventTask` after the other, with a `CopyMaker` of its own.

What goes wrong with one file comes back as its `Failure`, and costs no other. A worker process that
runs out of memory ends itself: its task is tried once more.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar

from hrcpub.build.batch import our_bug
from hrcpub.build.store import not_written
from hrcpub.events.fulfil.copies import CopyMaker
from hrcpub.events.fulfil.jobs import (
    CopyJob,
    Failure,
    MadeFile,
    PaperJob,
    RunJob,
    Shell,
    ShellJob,
    finished_file,
)
from hrcpub.events.fulfil.kept_runs import MOST_READ, KeptRuns
from hrcpub.events.fulfil.parts import PartCache, packed
from hrcpub.events.fulfil.shell_store import read_template
from hrcpub.events.manifest.event import FinishedFile
from hrcpub.events.shells import FormerRun, GatheredRun, prove_run, verify_run
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.cache import SYNCS_ALL, whole, write_whole
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError

MadeT = TypeVar("MadeT")

EventTask = ShellJob | tuple[CopyJob, ...] | RunJob | PaperJob
TaskResult = Shell | Failure | tuple[MadeFile | Failure, ...]  # for copies: one each, in order

VerifyFile = Callable[[bytes], None]  # takes the bytes of a copy that was read again
# A path, a file's bytes, and what verifies it once it is written; the bytes to be given back.
WriteFile = Callable[[str, bytes, VerifyFile], bytes]
# Fills a run file and returns what it consists of; writes one by what fills it.
FillRun = Callable[[BinaryIO, FormerRun | None], GatheredRun]
WriteRun = Callable[[RunJob, FillRun], MadeFile]


class WorkerPaths(NamedTuple):
    """Where workers on this machine find and put things."""

    root: str
    folder: str  # the event's
    store: str  # the project's ByteStore
    environment: str  # what imprints are made from, beside the site's details
    only_check: bool = False  # copies are looked over, and none is written


class EventWorker:
    """A worker on this machine. It keeps a `CopyMaker`, and writes files into the event's folder.

    A worker of a cluster shares no disk with the build: `remote` keeps what was sent to it instead.
    """

    def __init__(self, paths: WorkerPaths) -> None:
        """Open the project and the store."""
        self.folder, store = Path(paths.folder), ByteStore(Path(paths.store))
        self._folder = paths.folder  # as text, to which thousands of paths are put
        self._only_check = paths.only_check
        parts = PartCache(store, paths.environment)
        self._runs = KeptRuns(parts, self.folder)
        self.maker = CopyMaker(Sources(Path(paths.root)), partial(read_template, store), parts)

    def do(self, task: EventTask) -> TaskResult:
        """Return what became of a task."""
        return perform(self.maker, task, None if self._only_check else self._write, self._write_run)

    def _write(self, path: str, data: bytes, verify: VerifyFile) -> bytes:
        write_whole(f"{self._folder}/{path}", data, sync=not SYNCS_ALL, prove=verify)
        return b""

    def _write_run(self, job: RunJob, fill: FillRun) -> MadeFile:
        """Write a run file as it is made: it may be larger than memory.

        As copies are, it is synced at the build's end, with all the others.
        """

        def prove(path: Path) -> None:
            if run.former is None and digesting.size > MOST_READ:
                verify_run(path, run.pages, [drawn or b"" for drawn in run.drawn])
            else:
                self._runs.keep(job, digesting.digest.hexdigest(), prove_run(path, run), run)

        with whole(self.folder / job.path, sync=not SYNCS_ALL, prove=prove) as file:
            digesting = _Digesting(file)
            run = fill(digesting, self._runs.find(job))  # type: ignore[arg-type]
        sha256 = digesting.digest.hexdigest()
        return MadeFile(FinishedFile(job.path, sha256, digesting.size, run.pages))


class _Digesting:
    """A file that is written once from its head to its foot, and digested on the way."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.digest, self.size = file, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.size += len(data)
        return self._file.write(data)


def perform(
    maker: CopyMaker, task: EventTask, write: WriteFile | None, write_run: WriteRun
) -> TaskResult:
    """Return what became of a task; our own mistakes become Problems too.

    Without `write`, copies are looked over, and none is made.
    """
    if isinstance(task, ShellJob):
        return _guarded(task.name, task.material, lambda: maker.shell_or_failure(task))
    if isinstance(task, PaperJob):
        return (_guarded(task.path, task.path, lambda: _paper(maker, task)),)
    if isinstance(task, RunJob):
        fill = partial(maker.run, task)
        return (_guarded(task.path, task.job.material, lambda: write_run(task, fill)),)
    copy = partial(_copy, maker, write=write) if write else partial(_looked_over, maker)
    made = tuple(_guarded(job.path, job.job.material, partial(copy, job)) for job in task)
    maker.end_task()
    return made


def _guarded(path: str, about: str, make: Callable[[], MadeT]) -> MadeT | Failure:
    """Return what `make` returns, or why it could not; `about` is what our own mistake is of."""
    try:
        return make()
    except HrcpubError as error:
        return Failure(error.problems)
    except OSError as error:
        return Failure((not_written(path, error),))
    except MemoryError:
        raise  # of the process, not of the piece: a new one may have enough
    except Exception as error:  # one piece's trouble must not cost the others
        return Failure((our_bug(about, error),))


def _paper(maker: CopyMaker, job: PaperJob) -> MadeFile:
    """Print a paper's document; its bytes are given back, since it may be a part of one."""
    from hrcpub.events.paperwork import printed

    paper = printed(job.html, maker.project)
    file = finished_file(job.path, paper.pdf, paper.pages, paper.problems)
    return MadeFile(file, packed(paper))


def _copy(maker: CopyMaker, job: CopyJob, write: WriteFile) -> MadeFile:
    copy = maker.copy(job)
    data = write(job.path, copy.pdf, copy.verify)
    file = FinishedFile(job.path, copy.sha256, len(copy.pdf), copy.pages, copy.problems)
    return MadeFile(file, data)


def _looked_over(maker: CopyMaker, job: CopyJob) -> MadeFile:
    """Return what would be said of a copy, without its file."""
    return MadeFile(FinishedFile(job.path, "", 0, 0, maker.problems(job)))


def run_in_memory(job: RunJob, fill: FillRun) -> MadeFile:
    """Make a run file where it cannot be written: its bytes are given back."""
    file = io.BytesIO()
    run = fill(file, None)
    data = file.getvalue()
    prove_run(data, run)
    return MadeFile(finished_file(job.path, data, run.pages), data)


def started(paths: WorkerPaths) -> Callable[[EventTask], TaskResult]:
    """Set a worker process of this machine up, and return what does its tasks."""
    worker = EventWorker(paths)

    def do(task: EventTask) -> TaskResult:
        try:
            return worker.do(task)
        except MemoryError:
            os._exit(70)  # the next try, alone and in a new process, has more of it

    return do
