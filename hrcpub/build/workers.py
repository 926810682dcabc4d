"""Many tasks to their results, by any `WorkerPool`: the rules for tasks whose worker is lost.

A task whose worker died or took too long is tried once more, in parts, each of them alone. When it
happens again, that part is lost, and reported so; all others are done. Why alone: an executor may
report every task as dead that was under way when one worker died. A task that dies by itself is
surely the guilty one. Why once: a worker may also die of something else, such as a
machine that is short of memory for a moment; twice is no accident.

A task that raises an exception is not tried again: it would raise it again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")

DIED, HUNG = "died", "hung"


class LostTask(NamedTuple):
    """A task that was given up."""

    how: str  # DIED, HUNG, or what went wrong
    error: Exception | None = None  # that the task raised

    @classmethod
    def by(cls, error: Exception) -> LostTask:
        """Return one that was given up since it raised an error."""
        return cls(f"{type(error).__name__}: {error}", error)

    @property
    def took_its_worker(self) -> bool:
        """Return whether the worker died or hung: another try may go better."""
        return self.error is None


class Quiet(NamedTuple, Generic[TaskT]):
    """Whom to tell, once each, of tasks that had no answer for some seconds."""

    seconds: float
    tell: Callable[[Sequence[TaskT]], None]


class Answer(NamedTuple, Generic[TaskT, ResultT]):
    """What became of a task."""

    task: TaskT
    result: ResultT | LostTask


class WorkerPool(Protocol[TaskT, ResultT]):
    """Workers that do tasks."""

    @property
    def has_room(self) -> bool:
        """Return whether another task can be given now."""

    @property
    def is_idle(self) -> bool:
        """Return whether no task is under way."""

    def give(self, task: TaskT) -> None:
        """Have a task done."""

    def answers(self) -> list[Answer[TaskT, ResultT]]:
        """Wait until something is done, and return it."""

    def give_up(self) -> None:
        """Forget all tasks that are under way, and end the workers that have them."""


def work(
    tasks: Sequence[TaskT],
    pool: WorkerPool[TaskT, ResultT],
    *,
    split: Callable[[TaskT], Sequence[TaskT]] = lambda task: [task],
    again: Callable[[TaskT, ResultT], TaskT | None] = lambda task, result: None,
    meanwhile: Callable[[], None] = lambda: None,
) -> Generator[Answer[TaskT, ResultT], None, None]:
    """Yield each task with its result as soon as it is done, or with how it was lost.

    `split` returns the parts of a task whose worker was lost: only the guilty part is lost then.
    `again` returns the task to do next where a result says that something was missing for it.
    `meanwhile` is done here, once, when the first tasks were given.
    """
    left, suspects = deque(tasks), deque[TaskT]()
    done: list[Answer[TaskT, ResultT]] = []
    is_begun = False
    try:
        while True:
            while left and pool.has_room:
                pool.give(left.popleft())
            is_alone = pool.is_idle
            if is_alone and suspects:  # all others are done: only this one can be guilty now
                pool.give(suspects.popleft())
            yield from done  # after workers got their next tasks: the caller may take a while
            if pool.is_idle:
                return
            if not is_begun:
                is_begun = True
                meanwhile()
            done = []
            for task, result in pool.answers():
                if isinstance(result, LostTask):
                    if result.took_its_worker and not is_alone:
                        suspects.extend(split(task))
                        continue
                elif (task_again := again(task, result)) is not None:
                    left.appendleft(task_again)
                    continue
                done.append(Answer(task, result))
    finally:
        pool.give_up()
