"""How far an event's build is: a bar on a terminal, and lines in the build's log."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from hrcpub.cli.show import is_lively, say
from hrcpub.events.fulfil.outcome import BuildProgress

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

Log = Callable[[str], None]


@contextlib.contextmanager
def progress_of(as_json: bool, log: Log) -> Iterator[BuildProgress]:
    """Show the progress of a build: on a terminal, a bar with the rate and the time left."""
    if as_json or not is_lively():
        yield BuildProgress(
            lambda step, total: log(f"{step}: {total} files"),
            lambda path: log(f"done {path}"),
            log,
            lambda line: _tell(line, log),
        )
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = _Bar(progress, log)
        yield BuildProgress(bar.begin, bar.done, log, bar.tell)


class _Bar:
    """How far the step under way is, on a terminal."""

    def __init__(self, progress: Progress, log: Log) -> None:
        self._progress, self._log = progress, log
        self._step: TaskID | None = None

    def begin(self, step: str, total: int) -> None:
        """Begin a step of so many files."""
        self._log(f"{step}: {total} files")
        self._step = self._progress.add_task(step, total=total, rate="")

    def done(self, path: str) -> None:
        """Count a file."""
        self._log(f"done {path}")
        if self._step is not None:
            speed = self._progress.tasks[self._step].speed
            rate = f"{speed:.0f} files/s" if speed else ""
            self._progress.update(self._step, advance=1, rate=rate)

    def tell(self, line: str) -> None:
        """Print a line above the bar."""
        self._log(line)
        self._progress.console.print(line, markup=False, highlight=False)


def _tell(line: str, log: Log) -> None:
    log(line)
    say(line, err=True)
