"""`preflight`: PDFs to the problems a print shop would find, as text, JSON or a marked proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from hrcpub import units
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.pipeline.preflight import DEFAULT, Expected, guard, limits_of
from hrcpub.problems import ExitCode, HrcpubError, Problem, Severity, Source, did_you_mean

if TYPE_CHECKING:
    from hrcpub.files.sources import Sources
    from hrcpub.project.printers import Printer


class PreflightOptions(NamedTuple):
    """What files are checked for, as given on the command line; None takes the default."""

    variant: str | None
    printer: str | None
    size: str | None
    folds: tuple[str, ...]
    binding: str | None
    ignored: tuple[str, ...]
    proof: Path | None


class Verdict(NamedTuple):
    """The problems of a file, and those that `--ignore` leaves out."""

    path: Path
    problems: tuple[Problem, ...]
    ignored: tuple[Problem, ...]
    proof: str | None = None

    @property
    def failed(self) -> bool:
        """Whether the file must not go to a print shop."""
        return any(problem.is_error for problem in self.problems)

    def as_json(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "path": str(self.path),
            "failed": self.failed,
            "problems": [_with_rules(problem) for problem in self.problems],
            "ignored": [_with_rules(problem) for problem in self.ignored],
            "proof": self.proof,
        }


def _with_rules(problem: Problem) -> dict[str, object]:
    """Return a problem's plain values, with the numbers by which a print shop knows it."""
    from hrcpub.cli.explaining import shop_rules

    return problem.as_json() | {"rules": list(shop_rules().get(problem.code, ()))}


def preflight_files(
    files: tuple[Path, ...], options: PreflightOptions, sources: Sources | None, as_json: bool
) -> int:
    """Check files and print what was found; return the exit code."""
    _check_codes(options.ignored)
    shop = _shop(options, sources)
    variant = options.variant or (shop.kind if shop else DEFAULT)
    expected = _expected(options, variant, shop)
    # With --variant the shop's kind does not count, so nothing needs saying about it.
    about_shop = () if options.variant or not shop else shop.problems
    if not as_json:
        show_problems(about_shop)
    if len(files) > 1:
        guard.load_for_many()
    elif options.proof:
        guard.load()
    verdicts = []
    for file in files:
        verdict = _verdict(file, expected, options, is_only=len(files) == 1)
        verdicts.append(verdict)
        if not as_json:
            _show(verdict)
    if as_json:
        about = {
            "variant": variant,
            "printer": options.printer,
            "problems": [problem.as_json() for problem in about_shop],
        }
        say_json(about | {"files": [verdict.as_json() for verdict in verdicts]})
    else:
        _show_advice(verdicts)
    failed = any(verdict.failed for verdict in verdicts)
    return ExitCode.PROBLEMS if failed else ExitCode.DONE


def _shop(options: PreflightOptions, sources: Sources | None) -> Printer | None:
    """Return the print shop that was asked for; raise HrcpubError if it is unknown."""
    if not options.printer:
        return None
    from hrcpub.project.printers import printer, read_printers

    return printer(options.printer, read_printers(sources) if sources else {})


def _expected(options: PreflightOptions, variant: str, shop: Printer | None) -> Expected:
    """Return what files must be; raise UsageError if a length cannot be read."""
    try:
        size = units.size(options.size) if options.size else None
        folds = tuple(units.points(fold) for fold in options.folds)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    return Expected(
        size=size,
        limits=limits_of(variant, shop),
        folds=folds,
        binding=options.binding,
        sheets=shop.sheets if shop else (),
        ours=False,
    )


def _verdict(
    file: Path, expected: Expected, options: PreflightOptions, *, is_only: bool
) -> Verdict:
    try:
        data = guard.read(file)
    except HrcpubError as error:
        return Verdict(file, tuple(error.problems), ())
    problems = [_in_file(problem, file) for problem in guard.judged(data, expected)]
    shown = tuple(problem for problem in problems if problem.code not in options.ignored)
    ignored = tuple(problem for problem in problems if problem.code in options.ignored)
    proof = None
    if options.proof is not None:
        # Of several files, --proof names a folder.
        path = options.proof if is_only else options.proof / f"{file.stem}.proof.pdf"
        proof = _write_proof(path, data, shown, file)
    return Verdict(file, shown, ignored, proof)


def _in_file(problem: Problem, file: Path) -> Problem:
    return replace(problem, source=replace(problem.source or Source(), path=str(file)))


def _write_proof(path: Path, data: bytes, problems: tuple[Problem, ...], file: Path) -> str | None:
    """Write a proof and return its path; None if the file cannot be drawn."""
    from hrcpub.files.cache import write_whole

    proof = guard.proven(data, problems, file.name, is_picture=path.suffix.lower() == ".png")
    if proof is None:
        return None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, proof)
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written: {error.strerror}") from None
    return str(path)


def _show(verdict: Verdict) -> None:
    show_problems(verdict.problems)
    counts = [
        _count(sum(problem.is_error for problem in verdict.problems), "error"),
        _count(
            sum(problem.severity is Severity.WARNING for problem in verdict.problems), "warning"
        ),
    ]
    if not verdict.problems:
        state, counts = click.style("nothing found", fg="green"), []
    elif verdict.failed:
        state = click.style("do not print", fg="red")
    else:
        state = "may be printed"
    if verdict.ignored:
        counts.append(f"{len(verdict.ignored)} ignored")
    said = f" ({', '.join(counts)})" if counts else ""
    say(f"{verdict.path}: {state}{said}")
    if verdict.proof:
        say(f"  proof: {verdict.proof}")


def _show_advice(verdicts: Sequence[Verdict]) -> None:
    """Say where to read on: a finding says what is wrong, its explanation what to do."""
    problems = [problem for verdict in verdicts for problem in verdict.problems]
    if problems:
        code = next((p.code for p in problems if p.is_error), problems[0].code)
        say(f"\nhrcpub explain CODE says what to do, such as: hrcpub explain {code}")


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _check_codes(ignored: tuple[str, ...]) -> None:
    """Raise UsageError if `--ignore` names a code that no problem has."""
    if not ignored:  # all codes are in all modules, which take longer to load than a file to judge
        return
    from hrcpub.cli.explaining import explanations

    known = explanations()
    unknown = [code for code in ignored if code not in known]
    if unknown:
        hint = did_you_mean(unknown[0], known) if unknown[0] else ""
        # All codes together would fill the screen.
        raise click.UsageError(f'no problem has the code "{unknown[0]}": {hint[:200]}')
