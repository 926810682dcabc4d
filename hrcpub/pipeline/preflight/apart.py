"""Work in a process of its own, which may die, hang, or take too much, and harms nobody.

On Linux it is forked, which hands over a file without a copy; elsewhere that is not safe beside
threads. Why not by multiprocessing there, too: to load that takes as long as to judge a page.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, NoReturn, Self

from hrcpub.forking import refusal_told
from hrcpub.leaving import TOLD, interrupted_after

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

FORKS = sys.platform.startswith("linux")
_SIZE = 8  # bytes of an answer's length


class ApartTask(NamedTuple):
    """What a process of its own does, and within what."""

    work: Callable[..., object]
    arguments: tuple[object, ...]
    load: Callable[[], object]  # what it is done with, meanwhile
    seconds: int  # of the processor
    memory: int  # bytes of address space


def done_apart(
    task: ApartTask, seconds: float, *, forks: bool = FORKS, ready: Forked | None = None
) -> object:
    """Return what became of a task; words where it failed.

    Raises EOFError when the process died, TimeoutError when it takes longer, HrcpubError where the
    system refuses one. Its temporary files are in a folder that is removed here: one that was
    killed cannot do it. `ready` is a process that was forked before there was a task, and has
    loaded what this one is done with.
    """
    with contextlib.ExitStack() as ends:
        worker: Forked | _Spawned
        if ready:
            worker = ready.given(task)
        else:
            worker = Forked(task.load, task) if forks else _Spawned(task)
        ends.callback(worker.end)
        import tempfile  # while the other loads what it needs

        scratch = ends.enter_context(tempfile.TemporaryDirectory(prefix="hrcpub-"))
        ends.callback(worker.end)  # first: it may be writing there
        return worker.answer(scratch, seconds)


class Forked:
    """A worker that is forked, with a pipe in and one out.

    One that is forked without its task loads meanwhile, and is told by the pipe what to do.
    """

    def __init__(self, load: Callable[[], object], task: ApartTask | None = None) -> None:
        self._task: ApartTask | None = None  # what the other does not know yet
        with contextlib.ExitStack() as ours, contextlib.ExitStack() as theirs, refusal_told():
            told, self._told = os.pipe()
            theirs.callback(os.close, told)
            ours.callback(os.close, self._told)
            self._answer, answer = os.pipe()
            theirs.callback(os.close, answer)
            ours.callback(os.close, self._answer)
            with interrupted_after():  # the other must not unwind what is this one's
                self._process = os.fork()
                if not self._process:
                    os.close(self._told)
                    os.close(self._answer)  # so that nobody answers one that is gone
                    _live_forked(load, task, told, answer)
            ours.pop_all()  # it is forked: they stay
        self._is_ended = False

    def given(self, task: ApartTask) -> Self:
        """Return this one with the task that it was forked without."""
        self._task = task
        return self

    def answer(self, scratch: str, seconds: float) -> object:
        """Return what came of it, its temporary files in `scratch`."""
        import pickle

        deadline = time.monotonic() + seconds
        told, self._told = self._told, -1
        with contextlib.suppress(BrokenPipeError), os.fdopen(told, "wb") as file:
            pickle.dump((scratch, self._task), file)  # it may have died: the answer says so
        size = int.from_bytes(self._read(_SIZE, deadline), "big")
        return pickle.loads(self._read(size, deadline))  # of this same program

    def _read(self, size: int, deadline: float) -> bytes:
        poll, data = select.poll(), bytearray()
        poll.register(self._answer, select.POLLIN)
        while len(data) < size:
            if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
                raise TimeoutError
            if not (more := os.read(self._answer, size - len(data))):
                raise EOFError
            data += more
        return bytes(data)

    def end(self) -> None:
        """End it, wherever it is."""
        if self._is_ended:
            return
        self._is_ended = True
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        for descriptor in (self._told, self._answer):
            if descriptor >= 0:
                os.close(descriptor)


def _live_forked(
    load: Callable[[], object], task: ApartTask | None, told: int, answer: int
) -> NoReturn:
    """Do a task and end. Whatever happens, nothing of who forked this is done here."""
    try:
        for number in (signal.SIGINT, *TOLD):
            signal.signal(number, signal.SIG_DFL)

        def order() -> tuple[str, ApartTask]:
            with os.fdopen(told, "rb") as file:
                scratch, other = pickle.load(file)  # EOFError: who asked is gone
            return scratch, task or other

        import pickle

        data = pickle.dumps(_done(load, order))
        with os.fdopen(answer, "wb") as file:
            file.write(len(data).to_bytes(_SIZE, "big") + data)
    finally:
        os._exit(0)


class _Spawned:
    """A worker that is begun anew."""

    def __init__(self, task: ApartTask) -> None:
        import multiprocessing

        context = multiprocessing.get_context("spawn")
        with refusal_told():
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_live_spawned, args=(task, theirs), daemon=True)
            self._process.start()
        theirs.close()

    def answer(self, scratch: str, seconds: float) -> object:
        with contextlib.suppress(OSError):  # it died: the answer says so
            self._pipe.send(scratch)
        if not self._pipe.poll(seconds):
            raise TimeoutError
        return self._pipe.recv()

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _live_spawned(task: ApartTask, pipe: Connection) -> None:
    pipe.send(_done(task.load, lambda: (pipe.recv(), task)))


def _done(load: Callable[[], object], order: Callable[[], tuple[str, ApartTask]]) -> object:
    """Return what a task returns, or why it cannot be done; its files go into a folder."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123  libraries written in C print warnings
        os.dup2(nowhere.fileno(), 2)
    try:
        load()
        scratch, task = order()
        _use(scratch)
        _bound(task)
        return task.work(*task.arguments)
    except MemoryError:
        return "more memory than is allowed"
    except Exception as error:  # a bug of ours must not stop the check of the other files
        return f"something that preflight cannot handle ({error!r:.200}; please report it)"


def _use(scratch: str) -> None:
    """Have temporary files made in a folder, by Python and by all that it calls."""
    os.environ["TMPDIR"] = scratch
    if "tempfile" in sys.modules:  # which may have looked before
        sys.modules["tempfile"].__dict__["tempdir"] = scratch


def _bound(task: ApartTask) -> None:
    """Bound the memory and the processor time of this process, where the system can."""
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (task.memory, hard))
        resource.setrlimit(resource.RLIMIT_CPU, (task.seconds, task.seconds + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):  # not on every system
        pass
