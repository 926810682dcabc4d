"""`preflight`: files to what a print shop would find in them, as text, JSON, or marked on pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import click

from hrcpub import units
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.files.sources import Sources
from hrcpub.pipeline.preflight import DEFAULT, Wanted, guard, limits_of
from hrcpub.problems import ExitCode, HrcpubError, Problem, Severity, Source, did_you_mean
from hrcpub.project.printers import Printer, printer, read_printers


class PreflightOptions(NamedTuple):
    """What the command line asks of files."""

    variant: str | None
    printer: str | None
    size: str | None
    folds: tuple[str, ...]
    binding: str | None
    ignored: tuple[str, ...]
    proof: Path | None


class Verdict(NamedTuple):
    """What was found in a file, and what was left out because nobody wanted to hear of it."""

    path: Path
    problems: tuple[Problem, ...]
    ignored: tuple[Problem, ...]
    proof: str | None = None

    @property
    def failed(self) -> bool:
        """Whether the file must not leave."""
        return any(problem.is_error for problem in self.problems)

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "path": str(self.path),
            "failed": self.failed,
            "problems": [problem.as_json() for problem in self.problems],
            "ignored": [problem.as_json() for problem in self.ignored],
            "proof": self.proof,
        }


def look_at(
    files: tuple[Path, ...], asked: PreflightOptions, sources: Sources | None, as_json: bool
) -> int:
    """Judge files and tell what was found; return the exit code."""
    _refuse_strangers(asked.ignored)
    shop = _shop(asked, sources)
    variant = asked.variant or (shop.kind if shop else DEFAULT)
    wanted = _wanted(asked, variant, shop)
    said = () if asked.variant or not shop else shop.problems
    if not as_json:
        show_problems(said)
    verdicts = []
    for file in files:
        verdict = _verdict(file, wanted, asked, is_one=len(files) == 1)
        verdicts.append(verdict)
        if not as_json:
            _tell(verdict)
    if as_json:
        about = {
            "variant": variant,
            "printer": asked.printer,
            "problems": [problem.as_json() for problem in said],
        }
        say_json(about | {"files": [verdict.as_json() for verdict in verdicts]})
    failed = any(verdict.failed for verdict in verdicts)
    return ExitCode.PROBLEMS if failed else ExitCode.DONE


def _shop(asked: PreflightOptions, sources: Sources | None) -> Printer | None:
    """Return the printer that is asked for; raise HrcpubError when it is not known."""
    if not asked.printer:
        return None
    return printer(asked.printer, read_printers(sources) if sources else {})


def _wanted(asked: PreflightOptions, variant: str, shop: Printer | None) -> Wanted:
    """Return what files are held to."""
    try:
        size = units.size(asked.size) if asked.size else None
        folds = tuple(units.points(fold) for fold in asked.folds)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    return Wanted(
        size=size,
        limits=limits_of(variant, shop),
        folds=folds,
        binding=asked.binding,
        sheets=shop.sheets if shop else (),
        ours=False,
    )


def _verdict(file: Path, wanted: Wanted, asked: PreflightOptions, *, is_one: bool) -> Verdict:
    try:
        data = guard.read(file)
    except HrcpubError as error:
        return Verdict(file, tuple(error.problems), ())
    found = [_in_file(problem, file) for problem in guard.judged(data, wanted)]
    told = tuple(problem for problem in found if problem.code not in asked.ignored)
    left = tuple(problem for problem in found if problem.code in asked.ignored)
    drawn = None
    if asked.proof is not None:
        path = asked.proof if is_one else asked.proof / f"{file.stem}.proof.pdf"
        drawn = _draw(path, data, told, file)
    return Verdict(file, told, left, drawn)


def _in_file(problem: Problem, file: Path) -> Problem:
    return replace(problem, source=replace(problem.source or Source(), path=str(file)))


def _draw(path: Path, data: bytes, problems: tuple[Problem, ...], file: Path) -> str | None:
    """Write a proof; return where it stands, or None when the file cannot be drawn."""
    from hrcpub.files.cache import write_whole

    made = guard.proven(data, problems, file.name, is_picture=path.suffix.lower() == ".png")
    if made is None:
        return None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, made)
    except OSError as error:
        raise click.UsageError(f"{path} could not be written: {error.strerror}") from None
    return str(path)


def _tell(verdict: Verdict) -> None:
    show_problems(verdict.problems)
    errors = sum(problem.is_error for problem in verdict.problems)
    warnings = sum(problem.severity is Severity.WARNING for problem in verdict.problems)
    state = click.style("not to be printed", fg="red") if errors else "may be printed"
    if not verdict.problems:
        state = click.style("nothing found", fg="green")
    left = f", {len(verdict.ignored)} ignored" if verdict.ignored else ""
    counts = f"{errors} errors, {warnings} warnings{left}" if verdict.problems else left.strip(", ")
    say(f"{verdict.path}: {state}{f' ({counts})' if counts else ''}")
    if verdict.proof:
        say(f"  marked up in {verdict.proof}")


def _refuse_strangers(ignored: tuple[str, ...]) -> None:
    from hrcpub.cli.explaining import explanations

    known = explanations()
    strangers = [code for code in ignored if code not in known]
    if strangers:
        hint = did_you_mean(strangers[0], known) if strangers[0] else ""
        raise click.UsageError(f'no finding has the code "{strangers[0]}": {hint[:200]}')
