"""What takes a while (to build, to compare, to pack), done beside the pages that are typed.

Errands are done one after the other by a process of their own, so that the pages keep coming while
one is under way. One that crashes its process, or takes too long, costs itself alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from hrcpub.build.processes import Processes
from hrcpub.build.workers import HUNG, LostTask
from hrcpub.problems import HrcpubError, Problem

PATIENCE = 600.0  # seconds for an errand: a book of 300 pages, built and compared, takes a tenth
MOST_ERRANDS = 40  # of a process's life: Pango holds on to a little after each layout


ErrandT = TypeVar("ErrandT", covariant=True)


class Errand(Protocol[ErrandT]):
    """Something to be done: a record, which can be sent to a process."""

    def run(self, root: Path) -> ErrandT:
        """Do it in the project in `root`, and return plain values; mistakes are HrcpubErrors."""


class ErrandAnswer(NamedTuple):
    """What came of an errand: a value, or Problems."""

    value: object = None
    problems: tuple[Problem, ...] = ()


class Errands:
    """The process that does errands, started with the first."""

    def __init__(self, root: Path, *, patience: float = PATIENCE) -> None:
        """Plan for the project in `root`."""
        self._pool: Processes[Errand[Any], ErrandAnswer] = Processes(
            1, ready, (str(root),), task_timeout=patience, max_tasks=MOST_ERRANDS, forks=False
        )
        self._turn = threading.Lock()
        self._is_ending = False

    async def run(self, errand: Errand[ErrandT]) -> ErrandT:
        """Return what an errand returned; raise HrcpubError where it cannot be done."""
        future: Future[Any] = Future()
        # No executor's: those are waited for when the studio ends.
        threading.Thread(target=self._do, args=(errand, future), daemon=True).start()
        answer = await asyncio.wrap_future(future)
        if isinstance(answer, LostTask):
            raise HrcpubError(errand_lost(answer))
        if answer.problems:
            raise HrcpubError(*answer.problems)
        return cast(ErrandT, answer.value)

    def _do(self, errand: Errand[Any], future: Future[Any]) -> None:
        with self._turn:
            if self._is_ending or not future.set_running_or_notify_cancel():
                return
            try:
                self._pool.give(errand)
                future.set_result(self._pool.answers()[0].result)
            except Exception as error:  # else nobody would hear of it
                future.set_result(LostTask.by(error))

    def end(self) -> None:
        """End the process, and what it does."""
        self._is_ending = True
        with contextlib.suppress(Exception):  # it may be ending by itself
            self._pool.end()


def ready(root: str) -> Callable[[Errand[Any]], ErrandAnswer]:
    """Set the process up, and return what does errands in it."""
    folder = Path(root)

    def do(errand: Errand[Any]) -> ErrandAnswer:
        try:
            return ErrandAnswer(errand.run(folder))
        except HrcpubError as error:
            return ErrandAnswer(problems=error.problems)

    return do


def errand_lost(lost: LostTask) -> Problem:
    """Something that you asked the studio for was not done: its process died, or took too long.

    Fix: try again. What is saved is safe. If it happens again, try the same with `hrcpub` in a
    terminal, which says more: `hrcpub build PIECE`.
    """
    how = "it took too long" if lost.how == HUNG else "its process was lost"
    return Problem(
        "errand-lost",
        f"that was not done: {how}" + (f" ({lost.how})" if lost.error else ""),
        None,
        "what is saved is safe; try again",
    )


CODES = {"errand-lost": errand_lost}
