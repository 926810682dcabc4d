"""Materials and options to jobs, and those to Reports: for `build`, `build --watch` and `check`."""

from __future__ import annotations

import contextlib
import functools
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from hrcpub import loading
from hrcpub.build.abreast import can_fork
from hrcpub.build.batch import BatchOptions, BuildWorker, run, second_for
from hrcpub.build.job import FEW, BuildOptions, Job
from hrcpub.build.notices import Notices
from hrcpub.build.orders import check_printer, is_alone, job_of, jobs_of, names_of, workers_for
from hrcpub.build.watch import changed, take_snapshot
from hrcpub.cli.building import output_folder
from hrcpub.cli.reports import ReportPrinter, exit_code, progress
from hrcpub.cli.show import say, say_json
from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Reads, Sources
from hrcpub.pipeline.stages import Report
from hrcpub.problems import HrcpubError
from hrcpub.project.material import material_names

if TYPE_CHECKING:
    from hrcpub.cli.online import CheckedAddress, OnlineOptions


def reports_of(
    sources: Sources,
    materials: tuple[str, ...],
    options: BuildOptions,
    output: Path | None,
    jobs: int | None,
    force: bool,
    is_quiet: bool,
) -> list[Report]:
    """Build once; return the Reports, each of which was shown when it came, unless quietly."""
    project = Project(sources, sheet=options.sheet)
    check_printer(project, options.printer)
    todo = jobs_of(project, materials, options, jobs)
    batch = _batch_options(sources, output, force, is_alone=is_alone(todo, jobs))
    return _run(todo, batch, jobs or workers_for(todo), is_quiet, project.cache)


def check_materials(
    sources: Sources,
    materials: tuple[str, ...],
    options: BuildOptions,
    jobs: int | None,
    as_json: bool,
    online: OnlineOptions | None = None,
) -> int:
    """Say what `build` would say, and what is serious in the words; return the exit code.

    No files are written. With `online`, the addresses of the web are opened too.
    """
    from hrcpub.cli.wording import with_serious_words

    started = time.perf_counter()
    project = Project(sources, sheet=options.sheet)
    check_printer(project, options.printer)
    todo = jobs_of(project, materials, options, jobs)
    batch = _batch_options(sources, None, force=False, is_alone=is_alone(todo, jobs))
    batch = replace(batch, only_check=True)
    also = functools.partial(with_serious_words, project=project)
    reports = _run(todo, batch, jobs or workers_for(todo), as_json, project.cache, also)
    addresses = _opened(project, reports, online, as_json) if online else {}
    if as_json:
        say_json([_checked_fields(report, addresses) for report in reports])
        return exit_code(reports)
    _show_fullness(reports, shows_all=bool(materials) or len(reports) <= FEW)
    failed = sum(report.failed for report in reports)
    seconds = time.perf_counter() - started
    say(f"{len(reports) - failed} right, {failed} with mistakes in {seconds:.1f} s", err=True)
    return exit_code(reports)


def _opened(
    project: Project, reports: list[Report], online: OnlineOptions, as_json: bool
) -> dict[str, list[CheckedAddress]]:
    """Open the addresses that materials print; return them by material, and show their answers."""
    from hrcpub.cli.online import checked_addresses, show_addresses

    addresses = checked_addresses(project, [report.material for report in reports], online)
    if not as_json:
        show_addresses(addresses)
    return addresses


def _checked_fields(
    report: Report, addresses: dict[str, list[CheckedAddress]]
) -> dict[str, object]:
    """Return a Report as `check --json` has it; addresses, where they were opened."""
    from hrcpub.cli.report_json import fullness_fields, report_fields

    fields = report_fields(report) | fullness_fields(report)
    if report.material in addresses:
        fields["addresses"] = [one.as_json() for one in addresses[report.material]]
    return fields


def _show_fullness(reports: list[Report], *, shows_all: bool) -> None:
    from hrcpub.cli.hints import fullness_lines

    for report in reports:
        for line in fullness_lines(report, shows_all=shows_all):
            say(line)


def _run(
    jobs: list[Job],
    batch: BatchOptions,
    workers: int,
    as_json: bool,
    cache: ParsedCache,
    also: Callable[[Report], Report] = lambda report: report,
) -> list[Report]:
    """Return the Reports of jobs as they were shown: with what is `also` told of each."""
    reports = []
    with progress(len(jobs), as_json) as on_report:
        for report in map(also, run(jobs, batch, workers, cache)):
            reports.append(report)
            on_report(report)
    return reports


def make_and_watch(
    sources: Sources,
    materials: tuple[str, ...],
    options: BuildOptions,
    output: Path | None,
    jobs: int | None,
    force: bool,
    as_json: bool,
) -> NoReturn:
    """Build, and build a piece again when what it was made from changes, until ^C.

    That is its files, and the day, where it was asked about: past midnight it may be another piece.

    Everything runs in this process, so that parsed files stay in memory (but a second one, which
    stays too, makes some of a piece's editions). If there is a mistake, it is shown, and the last
    good file stays. A material that is deleted is forgotten, and built again if it comes back.
    """
    batch = _batch_options(sources, output, force, is_alone=jobs is None)
    asked = names_of(sources, materials) if materials else None
    with contextlib.ExitStack() as ends:
        second = ends.enter_context(second_for(batch)) if jobs is None and can_fork() else None
        notices = ends.enter_context(Notices())
        say("watching for changes; Ctrl-C stops", err=True)
        _watch(BuildWorker(batch, second=second), asked, options, sources, notices)


def _watch(
    worker: BuildWorker,
    asked: list[str] | None,
    options: BuildOptions,
    sources: Sources,
    notices: Notices,
) -> NoReturn:
    """Build all that was asked for, and again what changes; None: all pieces that there are."""
    reports: dict[str, Report] = {}
    while True:
        for each in (sources, worker.project.sources):
            each.look_at_clock()
        snapshot = take_snapshot(
            sources.root, [sources.reads, *(report.reads for report in reports.values())]
        )
        names = [name for name in material_names(sources) if asked is None or name in asked]
        for name in reports.keys() - set(names):
            del reports[name]
            say(f"{name} was deleted; its PDFs stay", err=True)
        stale = [
            name
            for name in names
            if name not in reports or not sources.still_holds(reports[name].reads)
        ]
        terminal = ReportPrinter()
        for name in stale:
            reports[name] = _rebuilt(
                worker, name, options, reports.get(name), may_be_open=asked is None
            )
            terminal.show(reports[name])
        if not stale:
            loading.collect_between()  # rather than in the midst of the next build
            changed(sources.root, snapshot, notices, sources.is_of_yesterday)


def _rebuilt(
    worker: BuildWorker,
    name: str,
    options: BuildOptions,
    last: Report | None,
    *,
    may_be_open: bool,
) -> Report:
    """Return a new Report of a material; it says what was read even if the build failed."""
    project = worker.project.recording(options.sheet)
    recording = project.sources
    try:
        # Recorded: if the material cannot be read, what was read is still watched.
        job = job_of(project, name, options)
        job = job and replace(job, may_be_open=may_be_open)
        report = worker.do(job) if job else Report(name)
    except HrcpubError as error:
        report = Report(name, problems=error.problems)
    reads = Reads()
    if last and not report.reads.files:
        # After a mistake of ours, nothing says what was read: watch what the last build read.
        reads.files |= {path: recording.digest(path) for path in last.reads.files}
    reads.add(recording.reads)
    reads.add(report.reads)
    return replace(report, reads=reads)


def _batch_options(
    sources: Sources, output: Path | None, force: bool, *, is_alone: bool
) -> BatchOptions:
    folder = output_folder(sources, output)
    return BatchOptions(str(sources.root), str(folder), force=force, is_alone=is_alone)
