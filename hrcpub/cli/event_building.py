"""`hrcpub event build` and `status`: an event to its files, and to how many of them there are."""

from __future__ import annotations

import contextlib
import datetime
import itertools
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from hrcpub.build.store import not_written
from hrcpub.cli.event_progress import Log, progress_of
from hrcpub.cli.show import megabytes, say, say_json, show_problems
from hrcpub.events.fulfil.jobs import ItemStatus
from hrcpub.events.fulfil.lock import alone_in
from hrcpub.events.fulfil.outcome import FOLDER, EventOptions, Outcome
from hrcpub.events.manifest.manifest import event_path
from hrcpub.events.paperwork import INCOMPLETE
from hrcpub.files.sources import Sources
from hrcpub.problems import ExitCode, HrcpubError, Problem

LOG = "build.log"
MOST_LINES = 20  # of what failed; the log has all of it


def build(
    sources: Sources,
    name: str,
    output: Path | None,
    options: EventOptions,
    *,
    as_json: bool,
) -> int:
    """Build an event and print what was made; return the exit code."""
    from hrcpub.events.fulfil.run import build_event

    started = time.perf_counter()
    event_path(sources, name)  # raises if there is no such event, before a folder is made for it
    base = output.resolve() if output else sources.root / "output"
    folder = base / FOLDER / name
    with (
        _interrupts() as check_interrupt,
        alone_in(folder, _waiting),
        _log(folder / LOG) as log,
        progress_of(as_json, log) as progress,
    ):
        progress = progress._replace(check_interrupt=check_interrupt)
        outcome = build_event(sources, name, folder, options, progress)
        seconds = time.perf_counter() - started
        for line in _lines(outcome, seconds):
            log(line)
    if as_json:
        say_json(_as_json(outcome, seconds))
    else:
        _show(sources, outcome, seconds)
    return ExitCode.PROBLEMS if _is_wrong(outcome) else ExitCode.DONE


def check(sources: Sources, name: str, workers: int, *, as_json: bool) -> Outcome:
    """Return what a build of an event would say, without its files.

    Raises HrcpubError if its manifest has mistakes.
    """
    from hrcpub.events.fulfil.checking import check_event

    folder = sources.root / "output" / FOLDER / name
    with progress_of(as_json, lambda line: None) as progress:
        return check_event(sources, name, folder, EventOptions(workers), progress)


def status(sources: Sources, name: str, output: Path | None, *, as_json: bool) -> int:
    """Print how much of each item is made, out of date and missing; return the exit code."""
    from hrcpub.cli.tables import table
    from hrcpub.events.fulfil.status import event_status

    base = output.resolve() if output else sources.root / "output"
    items = event_status(sources, name, base / FOLDER / name)
    if as_json:
        say_json([item._asdict() for item in items])
    else:
        heads: tuple[str, ...] = (
            *ItemStatus._fields[:3],
            "up to date",
            "out of date",
            "missing",
            "approved",
        )
        tells = any(item.approved for item in items)
        columns = ItemStatus._fields if tells else ItemStatus._fields[:-1]
        heads = heads[: len(columns)]
        rows = [dict(zip(columns, heads, strict=True))]
        rows += [{key: str(value) for key, value in item._asdict().items()} for item in items]
        say(table(f"{name}: {base / FOLDER / name}", rows, columns))
        missing = sum(item.stale + item.missing for item in items)
        say(
            f"\n{missing:,} still to make: hrcpub event build {name}"
            if missing
            else "\neverything is made"
        )
    return ExitCode.DONE


def _waiting(who: str) -> None:
    say(f"waiting for another build in this folder to finish (process {who})", err=True)


@contextlib.contextmanager
def _interrupts() -> Iterator[Callable[[], None]]:
    """Remember ^C, since KeyboardInterrupt can get lost in a library's callback.

    Gives a function that raises it again if ^C was typed. Workers leave ^C to their parent.
    """
    before, process, asked = signal.getsignal(signal.SIGINT), os.getpid(), list[int]()
    if before != signal.default_int_handler:  # ^C is ignored, as by nohup, or handled elsewhere
        yield lambda: None
        return

    def note(number: int, frame: object) -> None:
        if os.getpid() == process:
            asked.append(number)
            raise KeyboardInterrupt

    def check() -> None:
        if asked:
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, note)
    try:
        yield check
        check()
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _log(path: Path) -> Iterator[Log]:
    """Add lines with their times to a log.

    A line for which the disk has no space is dropped: the build itself prints what matters.
    Raises HrcpubError if the log cannot be opened.
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


def _lines(outcome: Outcome, seconds: float) -> Iterator[str]:
    for path, problems in outcome.failed.items():
        for problem in problems:
            yield f"failed {path}: {problem.message} [{problem.code}]"
    yield (
        f"ends: {outcome.made} made, {outcome.cached} already up to date, "
        f"{len(outcome.failed)} failed, {len(outcome.removed)} removed in {seconds:.1f} s"
    )
    if outcome.missing:
        yield _incomplete(outcome)


def _show(sources: Sources, outcome: Outcome, seconds: float) -> None:
    """Print what failed and why, and where the files are."""
    show_problems(distinct(outcome))
    for line in _failures(outcome):
        say(line, err=True)
    folder = outcome.folder
    place = folder.relative_to(sources.root) if folder.is_relative_to(sources.root) else folder
    for path in outcome.papers:
        is_told = "/" not in path or path.endswith(("ticket.pdf", ".zip"))
        if is_told and path not in outcome.failed:
            say(f"{place}/{path}")
    rate = f", {outcome.made / seconds:.0f} a second" if outcome.made > MOST_LINES else ""
    say(
        f"{place}: {outcome.made:,} made, {outcome.cached:,} already up to date, "
        f"{len(outcome.failed):,} failed in {seconds:.1f} s{rate}",
        err=True,
    )
    if outcome.removed:
        count = len(outcome.removed)
        say(f"removed {count} outdated file{'' if count == 1 else 's'}", err=True)
    if outcome.missing:
        say(_incomplete(outcome), err=True)


def _incomplete(outcome: Outcome) -> str:
    """Return the last line of a build that did not make all of its event."""
    count = len(outcome.missing)
    missing = f"{count:,} thing is missing" if count == 1 else f"{count:,} things are missing"
    again = f"hrcpub event build {outcome.event.id}"
    if outcome.room is not None:
        made = outcome.made + outcome.cached
        room = f"{made:,} files are made, and about {megabytes(outcome.room)} more room is wanted"
        return f"{INCOMPLETE}: the disk is full: {room}. Make room, then run: {again}"
    return f"{INCOMPLETE}: {missing}; after fixing what is told above, run: {again}"


def _failures(outcome: Outcome) -> Iterator[str]:
    """Yield a line for each file that was not made, up to `MOST_LINES`."""
    for path, problems in itertools.islice(outcome.failed.items(), MOST_LINES):
        codes = dict.fromkeys(problem.code for problem in problems)
        yield f"  not made: {path} ({', '.join(codes)})"
    if len(outcome.failed) > MOST_LINES:
        yield f"  … and {len(outcome.failed) - MOST_LINES} more: see {LOG}"


def distinct(outcome: Outcome) -> list[Problem]:
    """Return every Problem once: a site's mistake comes with each of its pieces."""
    problems = itertools.chain(outcome.problems, *outcome.failed.values())
    return list(dict.fromkeys(problems))


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
        "room": outcome.room,
        "missing": [missing.what for missing in outcome.missing],
        "failed": {
            path: [problem.as_json() for problem in problems]
            for path, problems in outcome.failed.items()
        },
        "problems": [problem.as_json() for problem in outcome.problems],
    }


def workers(jobs: str) -> int:
    """Return how many workers `--jobs` asks for; raise UsageError if it is not a number."""
    if jobs == "auto":
        return os.cpu_count() or 1
    if jobs.isdigit() and 1 <= int(jobs) <= 256:
        return int(jobs)
    raise click.UsageError(f'--jobs takes a number from 1 to 256, or auto, not "{jobs}"')
