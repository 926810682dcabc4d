"""`build` and `check`: jobs from what was asked for, progress while they run, a summary after."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from hrcpub.build.batch import BatchOptions, BuildWorker, run
from hrcpub.build.job import Job
from hrcpub.build.watch import changed, look
from hrcpub.cli.hints import fullness_lines
from hrcpub.cli.report_json import report_fields
from hrcpub.cli.show import is_lively, report_lines, say, say_json, show_problems, summary
from hrcpub.files.sources import Reads, Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.pipeline.stages import Report
from hrcpub.problems import ExitCode, HrcpubError, Problem, Source
from hrcpub.project.edition import EDITIONS
from hrcpub.project.layout import read_layout
from hrcpub.project.material import material_names
from hrcpub.project.material_problems import unknown_material
from hrcpub.project.printers import printer, read_printers

OnReport = Callable[[Report], None]


class BuildOptions(NamedTuple):
    """How the pieces that were asked for are wanted; empty and None take what is usual."""

    editions: tuple[str, ...] = ()
    paper: str | None = None
    printer: str | None = None


FEW = 3  # jobs that are told line by line, by one process


def make(
    sources: Sources,
    materials: tuple[str, ...],
    wishes: BuildOptions,
    output: Path | None,
    jobs: int | None,
    force: bool,
    as_json: bool,
) -> int:
    """Build once, and say what became of it."""
    started = time.perf_counter()
    printer(wishes.printer, read_printers(sources))
    order = _order(sources, output, force)
    todo = _jobs(sources, materials, wishes)
    reports = []
    with _progress(len(todo), as_json) as tick:
        for report in run(todo, order, jobs or _workers(todo)):
            reports.append(report)
            tick(report)
    return _end(reports, as_json, time.perf_counter() - started)


def look_over(sources: Sources, materials: tuple[str, ...], as_json: bool) -> int:
    """Check materials, short of writing files."""
    started = time.perf_counter()
    order = BatchOptions(str(sources.root), str(sources.root / "output"), only_check=True)
    todo = [Job(name, ()) for name in _names(sources, materials)]
    reports = []
    with _progress(len(todo), as_json) as tick:
        for report in run(todo, order, _workers(todo)):
            reports.append(report)
            tick(report)
    if as_json:
        return _end(reports, as_json, 0.0)
    every = bool(materials) or len(reports) <= FEW
    for report in reports:
        for line in fullness_lines(report, every=every):
            say(line)
    failed = sum(report.failed for report in reports)
    seconds = time.perf_counter() - started
    say(f"{len(reports) - failed} right, {failed} with mistakes in {seconds:.1f} s", err=True)
    return _exit_code(reports)


def _workers(jobs: list[Job]) -> int:
    """Return one a core; for a few jobs one alone, which takes less time than to start more."""
    return os.cpu_count() or 1 if len(jobs) > FEW else 1


def make_and_watch(
    sources: Sources,
    materials: tuple[str, ...],
    wishes: BuildOptions,
    output: Path | None,
    jobs: int | None,
    force: bool,
    as_json: bool,
) -> int:
    """Build, then build again whatever was made from a file that changes, until interrupted.

    Everything runs in this process, where what was parsed is kept warm. A mistake is shown, and
    the last good file stays. A material that is deleted is let go, and taken up when it is back.
    """
    bench = BuildWorker(_order(sources, output, force))
    asked = _names(sources, materials) if materials else None
    reports: dict[str, Report] = {}
    say("watching; Ctrl-C ends", err=True)
    while True:
        seen = look(sources.root, [sources.reads, *(one.reads for one in reports.values())])
        there = [n for n in material_names(sources) if asked is None or n in asked]
        for name in reports.keys() - set(there):
            del reports[name]
            say(f"{name} is gone; what was made of it stays", err=True)
        stale = [n for n in there if n not in reports or not sources.still_holds(reports[n].reads)]
        teller = _ProgressPrinter()
        for name in stale:
            reports[name] = _remake(bench, name, wishes, reports.get(name))
            teller.tell(reports[name])
        if not stale:
            changed(sources.root, seen)


def _remake(bench: BuildWorker, name: str, wishes: BuildOptions, last: Report | None) -> Report:
    """Return what became of a material; what it was made from is known even when it failed."""
    looked = bench.project.sources.recording()
    try:
        job = _job(looked, name, wishes)
        report = bench.do(job) if job else Report(name)
    except HrcpubError as error:
        report = Report(name, problems=error.problems)
    reads = Reads()
    if last and not report.reads.files:
        # After our own mistake nobody knows what was read: what was the last time is watched.
        reads.files |= {path: looked.digest(path) for path in last.reads.files}
    reads.add(looked.reads)
    reads.add(report.reads)
    return replace(report, reads=reads)


def _order(sources: Sources, output: Path | None, force: bool) -> BatchOptions:
    folder = output.resolve() if output else sources.root / "output"
    return BatchOptions(str(sources.root), str(folder), force=force)


def _names(sources: Sources, materials: tuple[str, ...]) -> list[str]:
    """Return the materials that were asked for; raise HrcpubError for each that is not there."""
    known = material_names(sources)
    # A file's path is what shells complete: materials/brief.yaml means brief.
    asked = [Path(name).name.removesuffix(".yaml") for name in materials]
    unknown = [unknown_material(name, known) for name in asked if name not in known]
    if unknown:
        raise HrcpubError(*unknown)
    return list(dict.fromkeys(asked or known))


def _jobs(sources: Sources, materials: tuple[str, ...], wishes: BuildOptions) -> list[Job]:
    """Return the jobs that were asked for; raise HrcpubError where there are none.

    With all materials asked for, those that lack an edition are passed over; one that was named
    and lacks it is a mistake.
    """
    jobs, problems = [], []
    for name in _names(sources, materials):
        if job := _job(sources, name, wishes):
            jobs.append(job)
        elif materials:
            has = _editions(sources, name)
            problems.append(edition_missing(name, wishes.editions, has))
    if problems:
        raise HrcpubError(*problems)
    return jobs


def _job(sources: Sources, name: str, wishes: BuildOptions) -> Job | None:
    """Return the job of one material; None when it has none of the editions."""
    has, asked = _editions(sources, name), wishes.editions
    wanted = tuple(edition for edition in has if not asked or edition in asked)
    return Job(name, wanted, wishes.paper, wishes.printer) if wanted else None


def edition_missing(name: str, editions: tuple[str, ...], has: tuple[str, ...]) -> Problem:
    """You asked for an edition that the material, or its layout, does not have.

    Fix: ask for one that it has: `editions:` in the material, and in its layout's
    `layout.yaml`, name them.
    """
    return Problem(
        "edition-missing",
        f"{name} has no {' or '.join(editions)} edition",
        Source(f"materials/{name}.yaml"),
        f"it has {', '.join(has)}",
    )


def _editions(sources: Sources, name: str) -> tuple[str, ...]:
    """Return the editions a material has, told quickly; all where its file has mistakes."""
    try:
        node = read_yaml(sources, f"materials/{name}.yaml").mapping or {}
        named = node.get("editions")
        if named is None:
            layout = node["layout"].text or ""
            return read_layout(sources, layout).editions
        found = tuple(item.text for item in named.items or () if item.text in EDITIONS)
    except (HrcpubError, KeyError):
        return tuple(EDITIONS)
    return found or tuple(EDITIONS)


@contextlib.contextmanager
def _progress(total: int, as_json: bool) -> Iterator[OnReport]:
    """Show each Report as it is done: with a bar where somebody watches long work."""
    if as_json:
        yield lambda report: None
    elif total > FEW and is_lively():
        yield from _bar(total)
    else:
        yield _ProgressPrinter().tell


def _bar(total: int) -> Iterator[OnReport]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    teller = _ProgressPrinter()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)

        def tick(report: Report) -> None:
            progress.update(task, advance=1, description=report.material)
            teller.tell_problems(report)

        yield tick


class _ProgressPrinter:
    """Tells of Reports; a Problem that many pieces share is told once."""

    def __init__(self) -> None:
        self._told: set[Problem] = set()

    def tell(self, report: Report) -> None:
        for line in report_lines(report):
            say(line)
        self.tell_problems(report)

    def tell_problems(self, report: Report) -> None:
        new = [problem for problem in report.all_problems if problem not in self._told]
        self._told.update(new)
        show_problems(new)


def _end(reports: list[Report], as_json: bool, seconds: float) -> int:
    if as_json:
        say_json([report_fields(report) for report in reports])
    else:
        say(summary(reports, seconds), err=True)
    return _exit_code(reports)


def _exit_code(reports: list[Report]) -> int:
    codes = {problem.code for report in reports for problem in report.all_problems}
    if "our-bug" in codes:
        return ExitCode.OUR_BUG
    return ExitCode.PROBLEMS if any(report.failed for report in reports) else ExitCode.DONE


CODES = {"edition-missing": edition_missing}
