"""`build` and `check`: jobs from what was asked for, progress while they run, a summary after."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from hrcpub.batch import Bench, Order, run
from hrcpub.cli.show import is_lively, report_lines, show_problems, summary
from hrcpub.edition import EDITIONS
from hrcpub.job import Job
from hrcpub.layout import read_layout
from hrcpub.material import material_names, unknown_material
from hrcpub.problems import ExitCode, HrcpubError, Problem, Source
from hrcpub.sources import Sources
from hrcpub.stages import Report
from hrcpub.watch import changed, look
from hrcpub.yamlfile import read_yaml

Tick = Callable[[Report], None]


def make(
    sources: Sources,
    materials: tuple[str, ...],
    editions: tuple[str, ...],
    paper: str | None,
    output: Path | None,
    jobs: int | None,
    force: bool,
    as_json: bool,
) -> int:
    """Build once, and say what became of it."""
    started = time.perf_counter()
    order = _order(sources, output, force)
    todo = _jobs(sources, materials, editions, paper)
    workers = jobs or os.cpu_count() or 1
    reports = []
    with _progress(len(todo), as_json) as tick:
        for report in run(todo, order, workers if len(todo) > 3 else 1 if not jobs else workers):
            reports.append(report)
            tick(report)
    return _end(reports, as_json, time.perf_counter() - started)


def look_over(sources: Sources, materials: tuple[str, ...], as_json: bool) -> int:
    """Check materials, short of writing files."""
    started = time.perf_counter()
    order = Order(str(sources.root), str(sources.root / "output"), only_check=True)
    todo = [Job(name, ()) for name in _names(sources, materials)]
    reports = list(run(todo, order, os.cpu_count() or 1 if len(todo) > 3 else 1))
    if as_json:
        return _end(reports, as_json, 0.0)
    for report in reports:
        show_problems(report.all_problems)
    failed = sum(report.failed for report in reports)
    seconds = time.perf_counter() - started
    click.echo(f"{len(reports) - failed} right, {failed} with mistakes in {seconds:.1f} s")
    return _exit_code(reports)


def make_and_watch(
    sources: Sources,
    materials: tuple[str, ...],
    editions: tuple[str, ...],
    paper: str | None,
    output: Path | None,
    jobs: int | None,
    force: bool,
    as_json: bool,
) -> int:
    """Build, then build again whatever was made from a file that changes, until interrupted.

    Everything runs in this process, where what was parsed is kept warm. A mistake is shown, and
    the last good file stays.
    """
    bench = Bench(_order(sources, output, force))
    reports: dict[str, Report] = {}

    def do(names: list[str]) -> None:
        for name in names:
            for job in _jobs(sources, (name,), editions, paper):
                report = reports[name] = bench.do(job)
                _say(report)

    do(_names(sources, materials))
    click.echo("watching; Ctrl-C ends", err=True)
    while True:
        seen = look(sources.root, (report.reads for report in reports.values()))
        before = set(material_names(sources))
        paths = changed(sources.root, seen | look(sources.root, [sources.reads]))
        touched = [name for name, report in reports.items() if _read_any(report, paths)]
        added = [] if materials else sorted(set(material_names(sources)) - before)
        do([*touched, *added])


def _read_any(report: Report, paths: set[str]) -> bool:
    return any(path in report.reads.files or path in report.reads.folders for path in paths)


def _order(sources: Sources, output: Path | None, force: bool) -> Order:
    folder = output.resolve() if output else sources.root / "output"
    return Order(str(sources.root), str(folder), force=force)


def _names(sources: Sources, materials: tuple[str, ...]) -> list[str]:
    """Return the materials that were asked for; raise HrcpubError for each that is not there."""
    known = material_names(sources)
    # A file's path is what shells complete: materials/brief.yaml means brief.
    asked = [Path(name).name.removesuffix(".yaml") for name in materials]
    unknown = [unknown_material(name, known) for name in asked if name not in known]
    if unknown:
        raise HrcpubError(*unknown)
    return list(dict.fromkeys(asked or known))


def _jobs(
    sources: Sources, materials: tuple[str, ...], editions: tuple[str, ...], paper: str | None
) -> list[Job]:
    """Return the jobs that were asked for; raise HrcpubError where there are none.

    With all materials asked for, those that lack an edition are passed over; one that was named
    and lacks it is a mistake.
    """
    jobs, problems = [], []
    for name in _names(sources, materials):
        has = _editions(sources, name)
        wanted = tuple(edition for edition in has if not editions or edition in editions)
        if wanted:
            jobs.append(Job(name, wanted, paper))
        elif materials:
            problems.append(edition_missing(name, editions, has))
    if problems:
        raise HrcpubError(*problems)
    return jobs


def edition_missing(name: str, editions: tuple[str, ...], has: tuple[str, ...]) -> Problem:
    """A material was asked for in an edition that it, or its layout, does not have.

    `editions:` in the material, and in its layout's `layout.yaml`, name those it has.
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
def _progress(total: int, as_json: bool) -> Iterator[Tick]:
    """Show each Report as it is done: with a bar where somebody watches long work."""
    if as_json:
        yield lambda report: None
    elif total > 3 and is_lively():
        yield from _bar(total)
    else:
        yield _say


def _bar(total: int) -> Iterator[Tick]:
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
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)

        def tick(report: Report) -> None:
            progress.advance(task)
            progress.update(task, description=report.material)
            if report.all_problems:
                progress.console.print("", end="")
                show_problems(report.all_problems)

        yield tick


def _say(report: Report) -> None:
    for line in report_lines(report):
        click.echo(line)
    show_problems(report.all_problems)


def _end(reports: list[Report], as_json: bool, seconds: float) -> int:
    if as_json:
        click.echo(
            json.dumps([report.as_json() for report in reports], indent=1, ensure_ascii=False)
        )
    else:
        click.echo(summary(reports, seconds), err=True)
    return _exit_code(reports)


def _exit_code(reports: list[Report]) -> int:
    codes = {problem.code for report in reports for problem in report.all_problems}
    if "our-bug" in codes:
        return ExitCode.OUR_BUG
    return ExitCode.PROBLEMS if any(report.failed for report in reports) else ExitCode.DONE


CODES = {"edition-missing": edition_missing}
