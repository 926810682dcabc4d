"""Tasks of windows to answers of one warm worker process; the newest of a window goes first.

A task that crashes its worker, or takes too long, costs itself alone: it is answered with how it
was lost, and the next task gets a new worker. Pango holds on to a little after each layout, so a
worker is replaced after some hundred; the new one has laid out the same piece before it takes over.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import NamedTuple

from hrcpub.build.processes import Processes
from hrcpub.build.workers import LostTask
from hrcpub.studio.preview import Lay, PreviewAnswer, ProveFile, Task, started

PATIENCE = 30.0  # seconds for a task: a book of 300 pages takes a third of it
MOST_LAYS = 150  # of a worker's life: Pango holds 0.1 MB more after each, whatever is freed

Start = Callable[..., Callable[[Task], PreviewAnswer]]


class _Waiting(NamedTuple):
    window: str
    task: Task
    future: Future[PreviewAnswer | LostTask]


def answering(root: str) -> Callable[[Task], PreviewAnswer]:
    """Set a worker up, in its process; return what does its tasks."""
    return started(root).do


class Renderer:
    """The worker, and the tasks that wait for it."""

    def __init__(
        self,
        root: str,
        *,
        start: Start = answering,
        patience: float = PATIENCE,
        most_lays: int = MOST_LAYS,
    ) -> None:
        """Start the worker with its first task. `start` is another one in tests."""
        self._plan = (root, start, patience)
        self._most_lays = most_lays
        self._pool = self._planned()
        self._fresh: _Successor | None = None
        self._lays = 0  # of this worker
        self._is_warmed = False
        self._waiting: list[_Waiting] = []
        self._wake = threading.Condition()
        self._is_ending = False
        self._thread = threading.Thread(target=self._work, name="renderer", daemon=True)
        self._thread.start()

    def ask(self, window: str, task: Task) -> Future[PreviewAnswer | LostTask]:
        """Return what will be the answer; cancelled when a newer Lay of the window comes first."""
        future: Future[PreviewAnswer | LostTask] = Future()
        with self._wake:
            if isinstance(task, Lay):
                for older in [one for one in self._waiting if one.window == window]:
                    self._waiting.remove(older)
                    older.future.cancel()
            self._waiting.append(_Waiting(window, task, future))
            self._wake.notify()
        return future

    def warm(self) -> None:
        """Start the worker while nobody waits for it: it takes longer than the first page."""
        if not self._is_warmed:
            self._is_warmed = True
            self.ask("", ProveFile(0))  # of no Lay: it is answered as soon as there is a worker

    def end(self) -> None:
        """End the worker; what still waits is cancelled."""
        with self._wake:
            self._is_ending = True
            for one in self._waiting:
                one.future.cancel()
            self._waiting.clear()
            self._wake.notify()
        self._thread.join(timeout=5)

    def _planned(self) -> Processes[Task, PreviewAnswer]:
        root, start, patience = self._plan
        return Processes(1, start, (root,), task_timeout=patience, forks=False)

    def _next(self) -> _Waiting | None:
        with self._wake:
            while not self._waiting and not self._is_ending:
                self._wake.wait()
            return self._waiting.pop(0) if self._waiting else None

    def _work(self) -> None:
        try:
            while (one := self._next()) is not None:
                if one.future.set_running_or_notify_cancel():
                    one.future.set_result(self._answer(one.task))
        finally:
            if self._fresh:
                self._fresh.end()
            self._pool.end()

    def _answer(self, task: Task) -> PreviewAnswer | LostTask:
        if isinstance(task, Lay):
            self._succeed(task)
        try:
            self._pool.give(task)
            answer = self._pool.answers()[0].result
        except Exception as error:  # else nobody would hear of it
            return LostTask.by(error)
        if isinstance(answer, LostTask):
            self._lays = 0  # the next task starts another
        return answer

    def _succeed(self, lay: Lay) -> None:
        """Count a Lay; have a successor made in time, and let it take over once it is warm."""
        self._lays += 1
        if self._fresh is None and self._lays >= self._most_lays:
            self._fresh = _Successor(self._planned(), lay)
        elif self._fresh and self._fresh.is_warm:
            self._pool.end()
            self._pool, self._lays, self._fresh = self._fresh.pool, 1, None


class _Successor:
    """A worker that lays out what is on the screen, beside the one that works."""

    def __init__(self, pool: Processes[Task, PreviewAnswer], lay: Lay) -> None:
        self.pool = pool
        self._thread = threading.Thread(target=self._warm, args=(lay,), daemon=True)
        self._thread.start()

    @property
    def is_warm(self) -> bool:
        return not self._thread.is_alive()

    def end(self) -> None:
        self._thread.join(timeout=2)
        with contextlib.suppress(OSError):
            self.pool.end()

    def _warm(self, lay: Lay) -> None:
        self.pool.give(lay)
        self.pool.answers()
