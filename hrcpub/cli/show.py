"""Problems and Reports to text: a clickable place, the line, and a caret under the mistake."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from hrcpub import __version__
from hrcpub.problems import Problem, Severity, Source

if TYPE_CHECKING:
    from hrcpub.pipeline.stages import Output, Report

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
MOST_ALIKE, FIRST_ALIKE = 12, 5  # Problems of one kind in one file that are all shown; of more
WIDEST = 90  # characters of a line that people read
_FILE = 1_000_000  # bytes of a file, where none was made that could tell


def say(text: str = "", *, err: bool = False) -> None:
    """Print a text; in colour on a terminal, unless NO_COLOR is set."""
    is_plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    click.echo(text, err=err, color=False if is_plain else None)


def say_json(value: object) -> None:
    """Print a value as JSON, in ASCII, so that no terminal's encoding can damage it."""
    import json

    click.echo(json.dumps(value, indent=1))


def show_problems(problems: Iterable[Problem]) -> None:
    """Print Problems on the error stream: the worst first, then in the order of their files.

    Of many that are alike in one file, the first are shown and the others counted.
    """
    ranked = sorted(problems, key=_rank)
    counts = Counter(map(_kind, ranked))
    shown: Counter[tuple[str, ...]] = Counter()
    for number, problem in enumerate(ranked):
        kind = _kind(problem)
        shown[kind] += 1
        if counts[kind] <= MOST_ALIKE or shown[kind] <= FIRST_ALIKE:
            say(problem_text(problem), err=True)
        if counts[kind] > MOST_ALIKE and shown[kind] == FIRST_ALIKE:
            others = [other for other in ranked[number + 1 :] if _kind(other) == kind]
            say(_others(others, problem), err=True)


def _kind(problem: Problem) -> tuple[str, ...]:
    """Return what Problems have in common that are alike."""
    place = problem.source.path if problem.source else None
    return problem.code, str(problem.severity), place or ""


def _others(others: Sequence[Problem], first: Problem) -> str:
    """Return a line that counts Problems like one that is shown."""
    places = [problem.source for problem in others if problem.source]
    lines = sorted({place.line or place.page or 0 for place in places} - {0})
    kind = "page" if places and places[0].page else "line"
    where = f", on {kind}s {lines[0]} to {lines[-1]}" if len(lines) > 1 else ""
    path = f"{first.source.path}: " if first.source and first.source.path else ""
    return f"{path}{len(others)} more like this{where} [{first.code}]: --json has them all"


def _rank(problem: Problem) -> tuple[int, str, int, int]:
    place = problem.source or Source()
    weight = list(Severity).index(problem.severity)
    return weight, place.path or "", place.line or place.page or 0, place.column or 0


def problem_text(problem: Problem) -> str:
    """Return a Problem as people read it.

    The first line is `path:line:column: error: message [code]`, as editors and terminals know it.
    """
    kind = click.style(str(problem.severity), fg=COLOURS[problem.severity], bold=True)
    place = f"{problem.source}: " if problem.source and str(problem.source) else ""
    lines = [f"{place}{kind}: {problem.message} {click.style(f'[{problem.code}]', dim=True)}"]
    if problem.source and problem.source.quote is not None:
        lines += _quote(problem.source)
    if problem.hint:
        lines += [f"    {line}" for line in problem.hint.splitlines()]
    return "\n".join(lines)


def _quote(source: Source) -> list[str]:
    """Return the quoted line and a caret under its place; of a long line, a part."""
    number, quote = str(source.line), (source.quote or "").replace("\t", " ")
    if not quote.isprintable():
        quote = "".join(c if c.isprintable() else " " for c in quote)
    column, width = (source.column or 1) - 1, source.width
    # The place of the mistake is in the middle of the 100 characters that are shown.
    start = max(0, column - 50)
    shown = ("…" if start else "") + quote[start : start + 100]
    if len(quote) > start + 100:
        shown += "…"
    lines = [f"  {number} | {shown}"]
    if source.column is not None:
        offset = column - start + bool(start)
        width = max(1, min(width, len(shown) - offset))
        carets = click.style("^" * width, fg="red", bold=True)
        lines.append(f"  {' ' * len(number)} | {' ' * offset}{carets}")
    return lines


def report_lines(report: Report) -> list[str]:
    """Return a line for each file of a Report that was made or is up to date."""
    return [_output_line(output, report) for output in report.outputs]


def _output_line(output: Output, report: Report) -> str:
    state = "up to date" if output.is_cached else f"{report.seconds:.1f} s"
    note = f"  {output.note}" if output.note else ""
    return f"{output.path}  {output.size / 1000:.0f} kB  {state}{note}"


def summary(reports: list[Report], seconds: float) -> str:
    """Return a line that counts what was made and, after a failure, one that says what to do."""
    outputs = [output for report in reports for output in report.outputs]
    new = sum(not output.is_cached for output in outputs)
    failed = [report.material for report in reports if report.failed]
    parts = [f"{new} made", f"{len(outputs) - new} already up to date"]
    if failed:
        parts.append(click.style(f"{len(failed)} failed", fg="red", bold=True))
    text = f"{', '.join(parts)} in {seconds:.1f} s"
    if room := _room_wanted(reports):
        text += f"\nthe disk is full: about {megabytes(room)} more room is wanted; make it first"
    if failed:
        import shlex

        command = f"after fixing these, run: hrcpub build {shlex.join(sorted(failed))}"
        # Files that are up to date are left alone, so the short command does the same.
        text += (
            f"\n{command if len(command) <= WIDEST else 'after fixing these, run: hrcpub build'}"
        )
    return text


def _room_wanted(reports: list[Report]) -> int:
    """Return about how many bytes are wanted for the files that a full disk did not take."""
    sizes = [output.size for report in reports for output in report.outputs]
    mean = sum(sizes) / len(sizes) if sizes else _FILE
    problems = [problem for report in reports for problem in report.problems]
    return round(mean * sum(problem.code == "disk-full" for problem in problems))


def megabytes(size: int) -> str:
    """Return a size as people say it, rounded up."""
    return f"{max(1, -(-size // 1_000_000)):,} MB"


def reflowed(text: str, indent: str = "") -> str:
    """Return a docstring's paragraphs, filled to the terminal's width."""
    import shutil

    width = min(WIDEST, shutil.get_terminal_size().columns)
    return click.wrap_text(text, width, indent, indent, preserve_paragraphs=True)


def is_lively() -> bool:
    """Return whether the error stream is a terminal that can show progress."""
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def show_bug(error: Exception) -> None:
    """Print what a report about a mistake of ours needs."""
    import platform
    import traceback

    trace = "".join(traceback.format_exception(error))
    say(
        f"{trace}\nThis is a mistake in hrcpub, not yours. Please report it with everything "
        f"above.\nhrcpub {__version__}, Python {platform.python_version()}, {platform.platform()}",
        err=True,
    )
