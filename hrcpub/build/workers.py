"""Many tasks to their results, over any `concurrent.futures.Executor`; a death costs one task.

When a worker dies, or none has answered for too long, everything that was under way is tried
again, in parts and one by one: so the guilty part is known, lost, and told, and the rest is done.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from concurrent.futures import ProcessPoolExecutor as Pool
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")

MEMORY = 2 * 2**30  # bytes of address space: a worker needs a tenth of it
CHUNK = 2  # tasks under way for each worker, so that none waits for its next
GRACE = 2.0  # seconds: a worker that is asked to end takes a tenth of one


class LostTask(NamedTuple):
    """A task that was given up."""

    how: str  # "died", "hung", or what went wrong
    error: Exception | None = None  # that the task raised


class WorkerPool(Protocol):
    """Workers that can be hired, and let go."""

    workers: int

    def hire(self) -> Executor:
        """Return an executor with its workers ready."""

    def rest(self, pool: Executor) -> None:
        """Take an executor that has nothing left to do."""

    def let_go(self, pool: Executor) -> None:
        """End an executor; what is under way is given up, hanging workers are ended."""

    def is_death(self, error: BaseException) -> bool:
        """Return whether an error says that a worker died, not that a task failed."""


class Processes:
    """Workers on this machine, each with `start(*arguments)` done before its first task."""

    def __init__(self, workers: int, start: Callable[..., None], arguments: tuple[Any, ...]):
        """Plan for so many workers."""
        self.workers = workers
        self._start, self._arguments = start, arguments

    def hire(self) -> Executor:
        """Return a pool: forked where the system can, so that libraries are loaded once."""
        method = "fork" if sys.platform == "linux" else "spawn"
        return _Pool(self.workers, _Context(method), _begin, (self._start, *self._arguments))

    def rest(self, pool: Executor) -> None:
        """End a pool that has nothing left to do."""
        self.let_go(pool)

    def let_go(self, pool: Executor) -> None:
        """End a pool: its workers may tidy up for a moment, then they are killed."""
        workers = [one for one in getattr(pool, "made", ()) if one.pid]
        for worker in workers:
            worker.terminate()
        last = time.monotonic() + GRACE
        for worker in workers:
            worker.join(max(0.0, last - time.monotonic()))
            worker.kill()
        answers = getattr(pool, "_result_queue", None)
        if answers is not None:
            # Half an answer, of a worker that was killed while it wrote: the pool's thread waits
            # for its end, which comes when nobody can write any more, this process included.
            with contextlib.suppress(AttributeError, OSError):
                answers._writer.close()
        pool.shutdown(wait=True, cancel_futures=True)

    def is_death(self, error: BaseException) -> bool:
        """Return whether a worker died."""
        return isinstance(error, BrokenExecutor)


class _Context:
    """A way to start processes that knows those it has made.

    Why: ^C between a worker's start and a pool's note of it leaves a worker that nobody ends, and
    that Python waits for at its own end.
    """

    def __init__(self, method: str) -> None:
        self._context = multiprocessing.get_context(method)
        self.made: list[multiprocessing.process.BaseProcess] = []

    def Process(self, *arguments: Any, **options: Any) -> Any:
        """Return a process that is not started yet."""
        process = self._context.Process(*arguments, **options)  # type: ignore[attr-defined]
        self.made.append(process)
        return process

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)


class _Pool(Pool):
    def __init__(
        self, workers: int, context: Any, start: Callable[..., None], arguments: tuple[Any, ...]
    ) -> None:
        super().__init__(workers, context, start, arguments)
        self.made: list[multiprocessing.process.BaseProcess] = context.made

    def submit(self, *arguments: Any, **options: Any) -> Future[Any]:
        """Give a task to a worker, the first one after all workers were started."""
        with _interrupted_after():
            return super().submit(*arguments, **options)


@contextlib.contextmanager
def _interrupted_after() -> Iterator[None]:
    """Let ^C wait: what it raises while a process forks is written to the terminal, and lost."""
    before = signal.getsignal(signal.SIGINT)
    if before is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    signal.signal(signal.SIGINT, lambda number, frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if came:
            signal.raise_signal(signal.SIGINT)


class StayingProcesses(Processes):
    """Workers that stay for the next tasks, until they are ended."""

    _pool: Executor | None = None

    def hire(self) -> Executor:
        """Return the pool that is there, or a new one."""
        if self._pool is None:
            self._pool = super().hire()
        return self._pool

    def rest(self, pool: Executor) -> None:
        """Keep a pool for what comes next."""

    def let_go(self, pool: Executor) -> None:
        """End a pool, whose workers died or hang."""
        self._pool = None
        super().let_go(pool)

    def end(self) -> None:
        """End the pool, where there is one."""
        if self._pool is not None:
            self.let_go(self._pool)


def settle() -> None:
    """Prepare a process for a worker's life: it ends with its parent, and leaves ^C to it.

    Why: a pool whose parent was killed waits for its next task for ever, with all that its parent
    had open, a folder's lock among it.
    """
    _limit_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _begin(start: Callable[..., None], *arguments: Any) -> None:
    """Set a worker up; until that is done it may end at once, and without a word."""
    start(*arguments)
    signal.signal(signal.SIGTERM, _end)


def _end(number: int, frame: object) -> None:
    """Leave what is being done, which removes what it has half written; then end."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one would stop the tidying up
    end = threading.Timer(GRACE / 4, os._exit, (1,))  # a pool's worker lives on after SystemExit
    end.daemon = True
    end.start()
    sys.exit(1)


def _end_after(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def _limit_memory() -> None:
    """Keep one bad piece from taking the whole machine's memory (where the system can)."""
    if os.name == "posix" and sys.platform != "darwin":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def work(
    tasks: Sequence[TaskT],
    do: Callable[[TaskT], ResultT],
    crew: WorkerPool,
    *,
    patience: float | None = None,
    shift: int | None = None,
    split: Callable[[TaskT], Sequence[TaskT]] = lambda task: [task],
    again: Callable[[TaskT, ResultT], TaskT | None] = lambda task, result: None,
) -> Iterator[tuple[TaskT, ResultT | LostTask]]:
    """Yield each task with its result as it is done, or with how it was lost.

    `patience` is for how many seconds all workers may be silent; after `shift` tasks for each,
    others are hired. `split` parts a task, so that a death costs as little as can be; `again`
    returns a task that is to be done in place of one whose result says that something was missing.
    """
    most = shift * crew.workers if shift else None
    yield from _Shift(do, crew, patience, most, split, again, deque(tasks)).results()


@dataclass
class _Shift(Generic[TaskT, ResultT]):
    do: Callable[[TaskT], ResultT]
    crew: WorkerPool
    patience: float | None
    most: int | None  # tasks of all workers' life
    split: Callable[[TaskT], Sequence[TaskT]]
    again: Callable[[TaskT, ResultT], TaskT | None]
    left: deque[TaskT]
    suspects: deque[TaskT] = field(default_factory=deque)
    under_way: dict[Future[ResultT], TaskT] = field(default_factory=dict)
    pool: Executor | None = None
    given: int = 0  # to this pool

    def results(self) -> Iterator[tuple[TaskT, ResultT | LostTask]]:
        try:
            while self.left or self.suspects or self.under_way:
                yield from self._step()
            if self.pool is not None:
                self.crew.rest(self.pool)
                self.pool = None
        finally:
            self._let_go()

    def _step(self) -> Iterator[tuple[TaskT, ResultT | LostTask]]:
        is_alone = not self.left and not self.under_way
        death = None if self._submit() else "died"
        done = wait(self.under_way, timeout=self.patience, return_when=FIRST_COMPLETED).done
        for future in done:
            error = future.exception()
            if error is not None and self.crew.is_death(error):
                death = "died"
                continue
            task = self.under_way.pop(future)
            if error is not None:
                raised = error if isinstance(error, Exception) else None
                yield task, LostTask(f"{type(error).__name__}: {error}", raised)
            elif (next_one := self.again(task, future.result())) is not None:
                self.left.appendleft(next_one)
            else:
                yield task, future.result()
        if not done and self.under_way:
            death = "hung"
        if death:
            yield from self._bury(death, is_alone)

    def _submit(self) -> bool:
        """Give workers what they have room for; return False when they turn out to be dead."""
        if self._is_over() and not self.under_way:
            self._let_go()
        try:
            while self.left and len(self.under_way) < self.crew.workers * CHUNK:
                if self._is_over():
                    break
                self._give(self.left)
            if not self.under_way and self.suspects:  # one at a time, when all others are done
                self._give(self.suspects)
        except BrokenExecutor:
            return False
        return True

    def _is_over(self) -> bool:
        return self.most is not None and self.given >= self.most

    def _give(self, tasks: deque[TaskT]) -> None:
        """Give the first of some tasks to a worker; raise BrokenExecutor with it still there."""
        if self.pool is None:
            self.pool = self.crew.hire()
        future = self.pool.submit(self.do, tasks[0])
        self.under_way[future] = tasks.popleft()
        self.given += 1

    def _bury(self, how: str, is_alone: bool) -> Iterator[tuple[TaskT, LostTask]]:
        """Let the dead go; whoever was under way is a suspect, and lost if it was alone."""
        at_hand = list(self.under_way.values())
        self._let_go()
        for task in at_hand:
            if is_alone and len(at_hand) == 1:
                yield task, LostTask(how)
            else:
                self.suspects.extend(self.split(task))

    def _let_go(self) -> None:
        self.under_way.clear()
        if self.pool is not None:
            pool, self.pool = self.pool, None
            self.given = 0
            with contextlib.suppress(OSError):
                self.crew.let_go(pool)
