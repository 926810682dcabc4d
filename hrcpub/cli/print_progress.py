"""A job on its way to paper: a bar, what the printer wants, and what Ctrl-C means."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

import click

from hrcpub.cli.show import is_lively, say, show_problems
from hrcpub.printing.fitting import PrintJob, SheetPart
from hrcpub.printing.queues import Queue
from hrcpub.printing.reasons import Matter, matter
from hrcpub.printing.sending import JobState, cancel, follow, send
from hrcpub.problems import Problem

OnState = Callable[[JobState], None]


class Followed(NamedTuple):
    """A job that was sent, and how it ended; `state` is sent where nobody waited for it."""

    job_id: int
    part: SheetPart
    state: str
    sheets: int

    @property
    def is_done(self) -> bool:
        """Whether nothing went wrong."""
        return self.state in ("done", "sent")


def follow_job(job: PrintJob, queue: Queue, *, waits: bool, quiet: bool) -> Followed:
    """Send a job, and show how far it is until it is on paper; return how it ended."""
    number = send(job, queue)
    if not waits:
        if not quiet:
            say(f"job {number} was sent to {queue.name}; to stop it: cancel {queue.name}-{number}")
        return Followed(number, job.part, "sent", job.sheets)
    state = JobState("waiting", 0)
    try:
        with _shown(job, queue, quiet) as on_state:
            for state in follow(queue, number):
                on_state(state)
    except KeyboardInterrupt:
        _interrupted(queue, number)
        raise
    if state.state != "done":
        show_problems([not_printed(queue.name, number, state)])
    elif not quiet:
        part = "" if job.part is SheetPart.ALL else f", {job.part}"
        say(f"{job.order.title or job.order.pdf.stem}: {_sheets(job.sheets)} printed{part}")
    return Followed(number, job.part, state.state, job.sheets)


@contextlib.contextmanager
def _shown(job: PrintJob, queue: Queue, quiet: bool) -> Iterator[OnState]:
    """Give what shows each state of a job: a bar on a terminal, else a line for what is new."""
    if quiet:
        yield lambda state: None
        return
    told = _JobTeller(queue.name)
    if not is_lively():
        yield told.tell
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=job.sheets)

        def on_state(state: JobState) -> None:
            done = min(state.sheets, job.sheets)
            progress.update(task, completed=done, description=f"{state.state} on {queue.name}")
            told.tell(state)

        yield on_state


class _JobTeller:
    """Says what is the matter with a printer, each thing once while it lasts."""

    def __init__(self, queue: str) -> None:
        self._queue = queue
        self._now: frozenset[str] = frozenset()

    def tell(self, state: JobState) -> None:
        """Print what is new."""
        told = (matter(word, self._queue) for word in state.reasons)
        now = {found.words: found for found in told if found}
        if state.state in ("stopped", "held") and not now and state.said:
            now = {state.said: Matter("", state.said)}
        if not state.is_end:
            for words, found in now.items():
                if words not in self._now:
                    todo = f": {found.todo}" if found.todo else ""
                    say(f"{self._queue}: {words}{todo}", err=True)
        self._now = frozenset(now)


def _interrupted(queue: Queue, number: int) -> None:
    """Say that the job goes on, or stop it where a person wants that."""
    say(err=True)
    if sys.stdin.isatty() and click.confirm("The printer has the job. Stop it, too?", err=True):
        is_stopped = cancel(queue, number)
        say("it is stopped" if is_stopped else "it could not be stopped", err=True)
        return
    say(f"the job goes on; to stop it: cancel {queue.name}-{number}", err=True)


def _sheets(count: int) -> str:
    return f"{count} sheet{'' if count == 1 else 's'}"


def not_printed(queue: str, number: int, state: JobState) -> Problem:
    """A job ended before it was on paper: it was stopped, or the printer gave it up.

    Fix: look at the printer's display, and print again. With `--pages` you print only what is
    missing.
    """
    found = [each.words for word in state.reasons if (each := matter(word))]
    why = "; ".join(found) or state.said or "the printer does not say why"
    how = "was stopped" if state.state == "canceled" else "was given up"
    return Problem(
        "print-not-done",
        f"job {number} {how} at {queue}: {why}",
        None,
        "look at the printer, then print again; --pages prints only what is missing",
    )


CODES = {"print-not-done": not_printed}
