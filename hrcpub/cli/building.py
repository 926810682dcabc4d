"""`build`: what was ordered, made once. An order that still stands is answered before all else."""

from __future__ import annotations

import json
import time
from pathlib import Path

from hrcpub.build.job import BuildOptions
from hrcpub.build.left_behind import left_behind
from hrcpub.build.standing import Standing
from hrcpub.build.store import Store
from hrcpub.cli.reports import ReportPrinter, exit_code, is_barred
from hrcpub.cli.show import say, say_json, show_problems, summary
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Report


def make(
    sources: Sources,
    materials: tuple[str, ...],
    options: BuildOptions,
    output: Path | None,
    jobs: int | None,
    force: bool,
    as_json: bool,
) -> int:
    """Build once and print what was made; return the exit code."""
    started = time.perf_counter()
    folder = output_folder(sources, output)
    order = json.dumps([materials, options, str(folder)])
    standing = Standing(Store(sources.root, folder))
    reports = None if force else standing.current(order, sources)
    if reports is not None:
        _show(reports, as_json)
    else:
        # Not before: a build with nothing to do is over sooner than all this is loaded.
        from hrcpub.cli.making import reports_of

        reports = reports_of(sources, materials, options, output, jobs, force, is_quiet=as_json)
        standing.keep(order, reports, sources.reads)
    if not (as_json or options.editions):
        asked = {report.material for report in reports} if materials else ()
        show_problems(left_behind(reports, Store(sources.root, folder), sources, asked))
    return _end(reports, as_json, time.perf_counter() - started)


def output_folder(sources: Sources, output: Path | None) -> Path:
    """Return where files are written, if nobody says otherwise in the project's `output/`."""
    return output.resolve() if output else sources.root / "output"


def _show(reports: list[Report], as_json: bool) -> None:
    """Print what a build that makes nothing would print, without a bar: it is over at once."""
    if as_json:
        return
    printer = ReportPrinter()
    for report in reports:
        (printer.show_problems if is_barred(len(reports)) else printer.show)(report)


def _end(reports: list[Report], as_json: bool, seconds: float) -> int:
    if as_json:
        from hrcpub.cli.report_json import report_fields

        say_json([report_fields(report) for report in reports])
    else:
        say(summary(reports, seconds), err=True)
    return exit_code(reports)
