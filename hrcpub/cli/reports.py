"""Reports of a build to what people read as they come, and to an exit code."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence

from hrcpub.build.job import FEW
from hrcpub.cli.show import is_lively, report_lines, say, show_problems
from hrcpub.pipeline.stages import Report
from hrcpub.problems import ExitCode, Problem

OnReport = Callable[[Report], None]


def is_barred(total: int) -> bool:
    """Return whether so many jobs are shown by a bar, and not by a line for each file."""
    return total > FEW and is_lively()


@contextlib.contextmanager
def progress(total: int, as_json: bool) -> Iterator[OnReport]:
    """Show each Report as it comes; many of them on a terminal with a progress bar."""
    if as_json:
        yield lambda report: None
    elif is_barred(total):
        yield from _bar(total)
    else:
        yield ReportPrinter().show


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
    terminal = ReportPrinter()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)

        def on_report(report: Report) -> None:
            progress.update(task, advance=1, description=report.material)
            terminal.show_problems(report)

        yield on_report


class ReportPrinter:
    """Prints Reports. A Problem that many pieces share is printed once."""

    def __init__(self) -> None:
        self._shown: set[Problem] = set()

    def show(self, report: Report) -> None:
        """Print a line for each file, and the Problems."""
        for line in report_lines(report):
            say(line)
        self.show_problems(report)

    def show_problems(self, report: Report) -> None:
        """Print the Problems that were not printed yet."""
        new = [problem for problem in report.all_problems if problem not in self._shown]
        self._shown.update(new)
        show_problems(new)


def exit_code(reports: list[Report], more: Sequence[Problem] = ()) -> int:
    """Return the exit code for what became of jobs, and for more that went wrong after them."""
    codes = {problem.code for report in reports for problem in report.all_problems}
    if "our-bug" in codes:
        return ExitCode.OUR_BUG
    has_failed = more or any(report.failed for report in reports)
    return ExitCode.PROBLEMS if has_failed else ExitCode.DONE
