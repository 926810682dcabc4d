"""`hrcpub event build` and `status`: an event's files made, and what is there of them."""

from __future__ import annotations

import contextlib
import datetime
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from hrcpub.build.store import not_written
from hrcpub.cli.show import is_lively, say, say_json, show_problems
from hrcpub.events.fulfil.jobs import ItemStatus
from hrcpub.events.fulfil.lock import alone_in
from hrcpub.events.fulfil.outcome import BuildProgress, EventOptions, Outcome
from hrcpub.events.fulfil.run import FOLDER, build_event
from hrcpub.events.fulfil.status import standing
from hrcpub.events.manifest.manifest import event_path
from hrcpub.files.sources import Sources
from hrcpub.problems import ExitCode, HrcpubError, Problem

LOG = "build.log"
MOST_LINES = 20  # of what failed; the log has all


def build(
    sources: Sources,
    name: str,
    output: Path | None,
    wishes: EventOptions,
    *,
    as_json: bool,
) -> int:
    """Build an event, and say what became of it."""
    started = time.perf_counter()
    event_path(sources, name)  # before a folder is made for it
    base = output.resolve() if output else sources.root / "output"
    folder = base / FOLDER / name
    with (
        _heeding() as heed,
        alone_in(folder, _waiting),
        _log(folder / LOG) as log,
        _told(as_json, log) as told,
    ):
        outcome = build_event(sources, name, folder, wishes, told._replace(heed=heed))
        seconds = time.perf_counter() - started
        for line in _lines(outcome, seconds):
            log(line)
    if as_json:
        say_json(_as_json(outcome, seconds))
    else:
        _show(sources, outcome, seconds)
    return ExitCode.PROBLEMS if _is_wrong(outcome) else ExitCode.DONE


def status(sources: Sources, name: str, output: Path | None, *, as_json: bool) -> int:
    """Say of each item what is made, what is out of date and what is missing."""
    from hrcpub.cli.lists import table

    base = output.resolve() if output else sources.root / "output"
    found = standing(sources, name, base / FOLDER / name)
    if as_json:
        say_json([one._asdict() for one in found])
    else:
        columns = ItemStatus._fields
        rows = [dict(zip(columns, columns, strict=True))]
        rows += [{key: str(value) for key, value in one._asdict().items()} for one in found]
        say(table(f"{name}: {base / FOLDER / name}", rows, columns))
        missing = sum(one.stale + one.missing for one in found)
        say(
            f"\n{missing:,} to be made: hrcpub event build {name}"
            if missing
            else "\neverything is made"
        )
    return ExitCode.DONE


def _waiting(who: str) -> None:
    say(f"another build is at work in this folder (process {who}); waiting for it", err=True)


@contextlib.contextmanager
def _heeding() -> Iterator[Callable[[], None]]:
    """Take note of ^C: what it raises can get lost in a library's callback.

    Gives what raises KeyboardInterrupt when it was typed since. Workers leave ^C to their parent.
    """
    before, process, asked = signal.getsignal(signal.SIGINT), os.getpid(), list[int]()
    if before != signal.default_int_handler:  # ignored, as nohup has it, or somebody else's
        yield lambda: None
        return

    def note(number: int, frame: object) -> None:
        if os.getpid() == process:
            asked.append(number)
            raise KeyboardInterrupt

    def heed() -> None:
        if asked:
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, note)
    try:
        yield heed
        heed()
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _log(path: Path) -> Iterator[Any]:
    """Write lines with their times into a log, after what it has already.

    A line that finds no room on the disk is let go: the build tells what matters itself. Raises
    HrcpubError where there can be no log.
    """
    try:
        opened = path.open("ab", buffering=0)
    except OSError as error:
        raise HrcpubError(not_written(str(path), error)) from None
    with opened as file:

        def log(line: str) -> None:
            now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
            with contextlib.suppress(OSError):
                file.write(f"{now} {line}\n".encode())

        log("begins")
        yield log


@contextlib.contextmanager
def _told(as_json: bool, log: Any) -> Iterator[BuildProgress]:
    """Show how the build gets on: a bar with rate and time left where somebody looks."""
    if as_json or not is_lively():
        yield BuildProgress(
            lambda step, total: log(f"{step}: {total} files"), lambda path: log(f"done {path}"), log
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
        bar: list[Any] = []

        def begin(step: str, total: int) -> None:
            log(f"{step}: {total} files")
            bar[:] = [progress.add_task(step, total=total, rate="")]

        def done(path: str) -> None:
            log(f"done {path}")
            if bar:
                speed = progress.tasks[bar[0]].speed
                rate = f"{speed:.0f} files/s" if speed else ""
                progress.update(bar[0], advance=1, rate=rate)

        yield BuildProgress(begin, done, log)


def _lines(outcome: Outcome, seconds: float) -> Iterator[str]:
    for path, problems in outcome.failed.items():
        for problem in problems:
            yield f"failed {path}: {problem.message} [{problem.code}]"
    yield (
        f"ends: {outcome.made} made, {outcome.cached} current, {len(outcome.failed)} failed, "
        f"{len(outcome.removed)} removed in {seconds:.1f} s"
    )


def _show(sources: Sources, outcome: Outcome, seconds: float) -> None:
    """Print what a person wants to know: what failed and why, where everything is."""
    show_problems(_distinct(outcome))
    name = outcome.event.id
    shown = list(outcome.failed.items())
    for path, problems in shown[:MOST_LINES]:
        say(
            f"  not made: {path} ({', '.join(dict.fromkeys(one.code for one in problems))})",
            err=True,
        )
    if len(shown) > MOST_LINES:
        say(f"  … and {len(shown) - MOST_LINES} more: see {LOG}", err=True)
    folder = outcome.folder
    place = folder.relative_to(sources.root) if folder.is_relative_to(sources.root) else folder
    for path in outcome.papers:
        if "/" not in path or path.endswith(("ticket.pdf", ".zip")):
            say(f"{place}/{path}")
    rate = f", {outcome.made / seconds:.0f} a second" if outcome.made > MOST_LINES else ""
    say(
        f"{place}: {outcome.made:,} made, {outcome.cached:,} current, {len(outcome.failed):,} "
        f"failed in {seconds:.1f} s{rate}",
        err=True,
    )
    if outcome.removed:
        say(f"{len(outcome.removed)} files that nobody wants any more were removed", err=True)
    if outcome.failed:
        say(f"when that is mended, this makes what is missing: hrcpub event build {name}", err=True)


def _distinct(outcome: Outcome) -> list[Problem]:
    """Return every Problem once: one site's mistake is in all its pieces."""
    every = [*outcome.problems, *(one for many in outcome.failed.values() for one in many)]
    return list(dict.fromkeys(every))


def _is_wrong(outcome: Outcome) -> bool:
    return bool(outcome.failed) or any(problem.is_error for problem in outcome.problems)


def _as_json(outcome: Outcome, seconds: float) -> dict[str, Any]:
    return {
        "event": outcome.event.id,
        "folder": str(outcome.folder),
        "made": outcome.made,
        "cached": outcome.cached,
        "removed": outcome.removed,
        "seconds": round(seconds, 3),
        "papers": outcome.papers,
        "failed": {
            path: [problem.as_json() for problem in problems]
            for path, problems in outcome.failed.items()
        },
        "problems": [problem.as_json() for problem in outcome.problems],
    }


def workers(jobs: str) -> int:
    """Return how many workers `--jobs` asks for; raise UsageError for what is no number."""
    if jobs == "auto":
        return os.cpu_count() or 1
    if jobs.isdigit() and 1 <= int(jobs) <= 256:
        return int(jobs)
    raise click.UsageError(f'--jobs takes a number, or auto, not "{jobs}"')
