"""A process that stays beside a build that is watched, and lays pieces out itself.

Why not one that is forked when a piece is laid out, as `abreast` does: of what such a process
shares, each of both copies every page of memory that it writes to, which takes this one as long as
to finish an edition. To lay a piece out once more costs no more, and nobody waits for it. It is
forked before anything is loaded: a later one has lost the thread by which Pango looks for fonts.
So what it is given first, it does as practice, once that is done without it: to load all that a
piece is made with takes both, at once, twice as long as one with a process that it forks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic

from hrcpub.build.processes import Processes
from hrcpub.build.workers import LostTask, ResultT, TaskT
from hrcpub.problems import HrcpubError

PATIENCE = 60.0  # seconds after which this process does itself what the other was to do


class Second(Generic[TaskT, ResultT]):
    """The second process. Once it is lost it stays lost."""

    def __init__(
        self, start: Callable[..., Callable[[TaskT], ResultT]], *arguments: object
    ) -> None:
        """Start it; in it, `start(*arguments)` returns what then does its tasks."""
        self._pool: Processes[TaskT, ResultT] = Processes(
            1, start, arguments, task_timeout=PATIENCE, forks=True
        )
        self._is_lost = False
        try:
            self._pool.start()
        except HrcpubError:  # there is no room for it: this one makes all
            self._is_lost = True
        self.is_practised = False  # or is at it: it has been given a task

    def __enter__(self) -> Second[TaskT, ResultT]:
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.end()

    def give(self, task: TaskT) -> bool:
        """Give it a task, and return whether it has it."""
        while not self._pool.is_idle:
            self.answer()  # which nobody waited for, since something went wrong here
        if not self._is_lost:
            self._pool.give(task)
            self.is_practised = True
        return not self._is_lost

    def answer(self) -> ResultT | None:
        """Wait until it has done its task; return what it made, or None where that went wrong."""
        [answer] = self._pool.answers()
        if not isinstance(answer.result, LostTask):
            return answer.result
        self._is_lost = answer.result.took_its_worker
        return None
