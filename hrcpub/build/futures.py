"""A `WorkerPool` behind a `concurrent.futures.Executor`: threads, or a cluster's machines."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import Generic

from hrcpub.build.workers import DIED, HUNG, Answer, LostTask, Quiet, ResultT, TaskT

IN_FLIGHT = 2  # tasks of each worker: it has the next one there when it is done with one


class Futures(Generic[TaskT, ResultT]):
    """Workers behind a `concurrent.futures.Executor`: threads, or a cluster's machines."""

    def __init__(
        self,
        connect: Callable[[], Executor],
        count: int,
        do: Callable[[TaskT], ResultT],
        *,
        silence_timeout: float | None = None,
        quiet: Quiet[TaskT] | None = None,
        is_death: Callable[[BaseException], bool] = lambda error: False,
    ) -> None:
        """Plan for `count` workers behind what `connect` returns.

        When all are silent for longer than `silence_timeout` seconds, what is under way is given
        up; before that, `quiet` is told. `is_death` returns whether an error says that a worker
        died, not that a task failed.
        """
        self._connect, self._count, self._do = connect, count, do
        self._silence_timeout, self._is_death = silence_timeout, is_death
        self._quiet = quiet
        self._executor: Executor | None = None
        self._under_way: dict[Future[ResultT], TaskT] = {}

    @property
    def has_room(self) -> bool:
        """Return whether workers have fewer tasks than keep them busy."""
        return len(self._under_way) < self._count * IN_FLIGHT

    @property
    def is_idle(self) -> bool:
        """Return whether no task is under way."""
        return not self._under_way

    def give(self, task: TaskT) -> None:
        """Submit a task."""
        if self._executor is None:
            self._executor = self._connect()
        try:
            future = self._executor.submit(self._do, task)
        except BrokenExecutor as error:
            future = Future()
            future.set_exception(error)
        self._under_way[future] = task

    def answers(self) -> list[Answer[TaskT, ResultT]]:
        """Wait for an answer; when none comes in time, everything under way counts as hung."""
        done = self._done()
        if not done:
            hung = list(self._under_way.values())
            self.give_up()
            return [Answer(task, LostTask(HUNG)) for task in hung]
        return [Answer(self._under_way.pop(future), self._answer(future)) for future in done]

    def _done(self) -> set[Future[ResultT]]:
        """Wait for an answer for as long as workers may be silent, and tell before that."""
        limit, quiet = self._silence_timeout, self._quiet
        if quiet and (limit is None or quiet.seconds < limit):
            if done := wait(self._under_way, quiet.seconds, FIRST_COMPLETED).done:
                return done
            quiet.tell(list(self._under_way.values()))
            limit = None if limit is None else limit - quiet.seconds
        return wait(self._under_way, limit, FIRST_COMPLETED).done

    def _answer(self, future: Future[ResultT]) -> ResultT | LostTask:
        error = future.exception()
        if error is None:
            return future.result()
        if isinstance(error, BrokenExecutor):
            self._executor = None
            return LostTask(DIED)
        if self._is_death(error):
            return LostTask(DIED)
        message = f"{type(error).__name__}: {error}"
        return LostTask(message, error if isinstance(error, Exception) else RuntimeError(message))

    def give_up(self) -> None:
        """Leave the executor with its tasks, which nothing can end; new tasks get another one."""
        for future in self._under_way:
            future.cancel()
        self._under_way.clear()
        if self._executor is not None:
            executor, self._executor = self._executor, None
            with contextlib.suppress(OSError):
                executor.shutdown(wait=False)  # Dask's takes no cancel_futures
