"""A `WorkerPool` of processes on this machine, each with a pipe of its own.

Why not a library's pool: ProcessPoolExecutor loses all workers when one dies. Pebble has one pipe
with one lock for all of them: a worker that is killed while it answers leaves half an answer, or
the lock, and the others wait for ever.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from multiprocessing.process import BaseProcess
from typing import Any, Generic

from hrcpub import loading
from hrcpub.build.foreseen import Foreseen, packed, unpacked
from hrcpub.build.workers import DIED, HUNG, Answer, LostTask, Quiet, ResultT, TaskT
from hrcpub.forking import refusal_told
from hrcpub.leaving import interrupted_after, leave
from hrcpub.problems import HrcpubError

MEMORY = 2 * 2**30  # bytes of address space: a worker needs a tenth of it
GRACE = 2.0  # seconds: a worker that is asked to end takes a tenth of one


@dataclass(slots=True, eq=False)
class _Worker(Generic[TaskT]):
    """A process, this side's end of its pipe, and its task."""

    process: BaseProcess
    pipe: Connection
    foreseen: Foreseen = field(default_factory=dict)  # when it was forked, so it has them
    given: int = 0  # tasks in its life
    task: list[TaskT] = field(default_factory=list)  # one, or none
    deadline: float | None = None
    told_at: float | None = None  # when it is told that it does not answer; None: it was


class Processes(Generic[TaskT, ResultT]):
    """Workers on this machine, started as they are needed; they stay until they are ended.

    In each, `start(*arguments)` returns what then does its tasks. Forked where the system can, so
    that libraries are loaded once. Raises HrcpubError where the system refuses one.
    """

    def __init__(
        self,
        count: int,
        start: Callable[..., Callable[[TaskT], ResultT]],
        arguments: tuple[Any, ...] = (),
        *,
        task_timeout: float | None = None,
        quiet: Quiet[TaskT] | None = None,
        max_tasks: int | None = None,
        forks: bool = sys.platform == "linux",
    ) -> None:
        """Plan for `count` workers.

        One that takes longer than `task_timeout` seconds for a task is ended; `quiet` is told
        before. One that has done `max_tasks` is replaced. Who has threads of its own must not let
        it fork: what another thread has locked stays locked in the worker.
        """
        self.count = count
        self._start, self._arguments = start, arguments
        self._task_timeout, self._max_tasks, self._quiet = task_timeout, max_tasks, quiet
        self._method = "fork" if forks else "spawn"
        self._workers: list[_Worker[TaskT]] = []
        self._foreseen: Foreseen = {}

    def __enter__(self) -> Processes[TaskT, ResultT]:
        return self

    def __exit__(self, *error: object) -> None:
        self.end()

    @property
    def _busy(self) -> list[_Worker[TaskT]]:
        return [worker for worker in self._workers if worker.task]

    @property
    def has_room(self) -> bool:
        """Return whether a worker is free, or can be started."""
        return len(self._busy) < self.count

    @property
    def is_idle(self) -> bool:
        """Return whether no worker has a task."""
        return not self._busy

    def start(self) -> None:
        """Start a worker now, rather than when there is a task."""
        self._started()

    def foresee(self, tasks: Sequence[TaskT], things: Iterable[object] = ()) -> None:
        """Name the tasks that come next, and things that later ones may hold, too.

        Workers that are forked from now on have them, and are sent their identity alone. To pickle
        a task of a thousand sites, and to read it in the worker, takes longer than some of them
        take.
        """
        if self._method == "fork":
            self._foreseen = {id(one): one for one in (*tasks, *things)}

    def give(self, task: TaskT) -> None:
        """Give a task to a worker that has none."""
        worker = next((worker for worker in self._workers if not worker.task), None)
        worker = worker or self._started()
        worker.task, worker.given = [task], worker.given + 1
        worker.told_at = time.monotonic() + self._quiet.seconds if self._quiet else None
        if self._task_timeout is not None:
            worker.deadline = time.monotonic() + self._task_timeout
        with contextlib.suppress(OSError):  # it died while it was idle: `answers` finds out
            worker.pipe.send_bytes(packed(task, worker.foreseen))

    def answers(self) -> list[Answer[TaskT, ResultT]]:
        """Wait until a worker answers, dies, or takes too long; return what became of its task."""
        while not (answers := self._came(self._ready())):
            pass  # a worker was only told of
        return answers

    def _ready(self) -> set[int]:
        """Wait until an answer comes or a deadline passes; return the workers' ids."""
        times = [
            at
            for worker in self._busy
            for at in (worker.deadline, worker.told_at)
            if at is not None
        ]
        timeout = max(0.0, min(times) - time.monotonic()) if times else None
        ready = wait_for([worker.pipe for worker in self._busy], timeout)
        self._tell_quiet(ready)
        return {id(worker) for worker in self._busy if worker.pipe in ready}

    def _tell_quiet(self, ready: Sequence[object]) -> None:
        """Tell of the tasks whose workers have not answered for too long, once of each."""
        now, tasks = time.monotonic(), []
        for worker in self._busy:
            if worker.told_at is not None and worker.told_at <= now and worker.pipe not in ready:
                worker.told_at = None
                tasks += worker.task
        if tasks and self._quiet:
            self._quiet.tell(tasks)

    @interrupted_after()
    def _came(self, ready: set[int]) -> list[Answer[TaskT, ResultT]]:
        """Return what became of the tasks of workers that are `ready`, and of those too late."""
        now = time.monotonic()
        answers: list[Answer[TaskT, ResultT]] = []
        for worker in self._busy:
            if id(worker) in ready:
                answers.append(Answer(worker.task[0], self._answer(worker)))
            elif worker.deadline is not None and worker.deadline <= now:
                answers.append(Answer(worker.task[0], LostTask(HUNG)))
                self._end([worker])
        return answers

    def _answer(self, worker: _Worker[TaskT]) -> ResultT | LostTask:
        """Return a worker's answer; it is free then, or ended."""
        try:
            answer: ResultT | LostTask = worker.pipe.recv()
        except (EOFError, OSError):  # also in the middle of an answer
            self._end([worker])
            return LostTask(DIED)
        except Exception as error:  # whatever unpickling raises; the answer is read off the pipe
            answer = LostTask.by(error)
        worker.task, worker.deadline = [], None
        if self._max_tasks is not None and worker.given >= self._max_tasks:
            self._end([worker])
        return answer

    @interrupted_after()
    def give_up(self) -> None:
        """End the workers that have a task."""
        self._end(self._busy)

    @interrupted_after()
    def end(self) -> None:
        """End all workers."""
        self._end(self._workers)

    @interrupted_after()
    def _started(self) -> _Worker[TaskT]:
        """Start a worker."""
        context: Any = multiprocessing.get_context(self._method)
        with refusal_told():
            ours, theirs = context.Pipe()
        # A forked process has this side's ends of all pipes: none would tell of its worker's death.
        others = [ours, *(worker.pipe for worker in self._workers)]
        others = others if self._method == "fork" else []
        arguments = (theirs, others, self._start, self._arguments, self._foreseen)
        process = context.Process(target=_live, args=arguments, daemon=True)
        try:
            with refusal_told():
                process.start()
        except HrcpubError:
            ours.close()
            theirs.close()
            raise
        worker: _Worker[TaskT] = _Worker(process, ours, self._foreseen)
        self._workers.append(worker)
        theirs.close()
        return worker

    def _end(self, workers: Sequence[_Worker[TaskT]]) -> None:
        """End some workers: they may tidy up for a moment, then they are killed."""
        workers = list(workers)
        for worker in workers:
            worker.process.terminate()
        last = time.monotonic() + GRACE
        for worker in workers:
            worker.process.join(max(0.0, last - time.monotonic()))
            worker.process.kill()
            worker.process.join()
            worker.pipe.close()
            self._workers.remove(worker)


def _live(
    pipe: Connection,
    others: Sequence[Connection],
    start: Callable[..., Callable[[Any], object]],
    arguments: tuple[Any, ...],
    foreseen: Foreseen,
) -> None:
    """Do what comes through a pipe, until it ends."""
    for other in others:
        other.close()
    _become_worker()
    do = start(*arguments)
    # Until here nothing is half written: it may end at once.
    signal.signal(signal.SIGTERM, _leave)
    with contextlib.suppress(EOFError):
        while True:
            task = unpacked(pipe.recv_bytes(), foreseen)
            _send(pipe, _answered(do, task))
            loading.collect_between()  # while nobody waits for it


def _answered(do: Callable[[Any], object], task: object) -> object:
    try:
        return do(task)
    except Exception as error:
        import traceback

        error.add_note(traceback.format_exc())  # which is lost on the way
        return LostTask.by(error)


def _send(pipe: Connection, answer: object) -> None:
    try:
        pipe.send(answer)
    except OSError:
        raise
    except Exception as error:  # what cannot be pickled
        message = f"{type(error).__name__}: {error}"
        pipe.send(LostTask(message, RuntimeError(message)))


def _become_worker() -> None:
    """Limit this process's memory, leave ^C and the terminal's end to its parent, and end with it.

    Why: a worker whose parent was killed would wait for its next task for ever, with all that its
    parent had open, a folder's lock among it.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()
    _limit_memory()  # last: a thread that has no room for its stack never says that it began


def _leave(number: int, frame: object) -> None:
    """Stop the task, so that it removes what it has half written; then end."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one would stop the tidying up
    leave(1)


def _end_after(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)


def _limit_memory() -> None:
    """Keep one bad piece from taking the whole machine's memory (where the system can)."""
    if os.name == "posix" and sys.platform != "darwin":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
