"""The editions of one piece, finished by two processes where one piece is all there is to make.

The pages are laid out once, by this process. A second one is forked then: it has all of them, and
finishes some editions while this one finishes the others. What is typeset anew for an edition stays
here: a forked process has lost the thread by which Pango looks for fonts.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from hrcpub.build.workers import LostTask
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError

KeyT = TypeVar("KeyT")
DoneT = TypeVar("DoneT")

PATIENCE = 60.0  # seconds after which this process does itself what the other was to do


class FinishedEditions(NamedTuple, Generic[KeyT, DoneT]):
    """What became of a task: what it returned, or why not."""

    key: KeyT
    done: DoneT | HrcpubError


def can_fork() -> bool:
    """Return whether a second process would help: there is a core for it, and no thread.

    What another thread has locked stays locked in a fork.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    return len(os.sched_getaffinity(0)) > 1


def finish_all(
    ours: Sequence[KeyT],
    theirs: Sequence[KeyT],
    finish: Callable[[KeyT], DoneT],
    sources: Sources,
    finish_here: Callable[[KeyT], DoneT] | None = None,
) -> Iterator[FinishedEditions[KeyT, DoneT]]:
    """Yield all tasks as they are done: `ours` by this process, `theirs` by a forked one.

    `finish_here` does what `finish` does, and what only this process may; None: the same. What the
    other process reads of the project is recorded here, too.
    """
    finish_here = finish_here or finish
    if not theirs:
        yield from (_tried(key, finish_here) for key in ours)
        return
    # Not before: a build of one edition is over sooner than this is loaded.
    from hrcpub.build.processes import Processes

    def started() -> Callable[[Sequence[KeyT]], Any]:
        return lambda keys: ([_tried(key, finish) for key in keys], sources.reads)

    pool: Processes[Any, Any] = Processes(1, started, task_timeout=PATIENCE)
    with pool:  # which ends last: the files are stored by then
        try:
            pool.give(tuple(theirs))
        except HrcpubError:  # there is no room for another process: this one does all
            ours, theirs = [*ours, *theirs], ()
        yield from (_tried(key, finish_here) for key in ours)
        if not theirs:
            return
        [answer] = pool.answers()
        if isinstance(answer.result, LostTask):  # it died, or hung
            yield from (_tried(key, finish_here) for key in theirs)
            return
        finished, reads = answer.result
        sources.reads.add(reads)
        yield from finished


def _tried(key: KeyT, finish: Callable[[KeyT], DoneT]) -> FinishedEditions[KeyT, DoneT]:
    try:
        return FinishedEditions(key, finish(key))
    except HrcpubError as error:
        return FinishedEditions(key, error)
