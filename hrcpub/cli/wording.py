"""Materials to what is told of their words: all of it for `words`, the serious part for `check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import ExitCode, HrcpubError, Problem, Severity

if TYPE_CHECKING:
    from hrcpub.pipeline.stages import Report
    from hrcpub.project.house_style.reading_grade import ReadingEase
    from hrcpub.project.house_style.rules import RuleBook, StyleRule
    from hrcpub.project.material import Material

_FEWEST = 30  # words of a piece whose grade says something


class WordReport(NamedTuple):
    """What is told of the words of one piece."""

    name: str
    problems: tuple[Problem, ...]
    reading: ReadingEase | None = None
    waived: int = 0


def show_words(
    sources: Sources, names: list[str], as_json: bool, language: str | None = None
) -> int:
    """Print all that is told of the words of materials, in one language or all.

    Returns the exit code.
    """
    from hrcpub.project.facts import two_ways
    from hrcpub.project.languages import main_part
    from hrcpub.project.material import read_material

    project = Project(sources)
    materials: list[Material] = []
    reports = []
    for name in names:
        try:
            # An open translation is looked at as far as it goes.
            material = read_material(project, name, is_draft=True)
        except HrcpubError as error:
            reports.append(WordReport(name, error.problems))
            continue
        if language and main_part(material.language) != language:
            continue
        materials.append(material)
        reports.append(_of(material, project))
    more = two_ways(materials, project)
    if as_json:
        say_json([_as_json(report) for report in reports] + [_shared(more)])
    else:
        _show(reports, more)
    has_failed = any(problem.is_error for report in reports for problem in report.problems)
    return ExitCode.PROBLEMS if has_failed else ExitCode.DONE


def _of(material: Material, project: Project) -> WordReport:
    from hrcpub.project.facts import facts_of
    from hrcpub.project.house_style import style_of_words
    from hrcpub.project.material.codes import shared_code

    style = style_of_words(material, project.sources)
    codes = shared_code(material.name, project)
    found = (*codes, *facts_of(material, project), *style.problems)
    return WordReport(material.name, found, style.reading, style.waived)


def _show(reports: list[WordReport], more: list[Problem]) -> None:
    problems = [problem for report in reports for problem in report.problems]
    show_problems(dict.fromkeys([*problems, *more]))
    width = max((len(report.name) for report in reports), default=0)
    for report in reports:
        if report.problems or report.reading or report.waived:
            say(f"{report.name:{width}}  {_summary(report)}")
    told = len(dict.fromkeys([*problems, *more]))
    pieces = f"{len(reports)} piece{'s' * (len(reports) != 1)}"
    say(f"{told} to look at in {pieces}", err=True)


def _summary(report: WordReport) -> str:
    said = []
    if report.reading and report.reading.words >= _FEWEST:
        scale = f", {report.reading.scale}" if report.reading.scale else ""
        said.append(f"grade {report.reading.grade:.0f}{scale}")
    count = len(report.problems)
    said.append(f"{count} to look at" if count else "nothing to look at")
    if report.waived:
        said.append(f"{report.waived} waived")
    return "; ".join(said)


def _as_json(report: WordReport) -> dict[str, object]:
    reading = report.reading
    return {
        "material": report.name,
        "grade": round(reading.grade, 1) if reading else None,
        "scale": reading.scale or None if reading else None,
        "waived": report.waived,
        "problems": [problem.as_json() for problem in report.problems],
    }


def _shared(problems: list[Problem]) -> dict[str, object]:
    """Return what is told of several pieces together, as JSON."""
    shared = _as_json(WordReport("", tuple(problems)))
    return shared | {"material": None}


def with_serious_words(report: Report, project: Project) -> Report:
    """Return a report of `check` with what is serious in the words of its piece.

    That are stigmatising words, and facts that cannot be right. A piece with mistakes has others
    to be told first.
    """
    if report.failed:
        return report

    def found(sources: Sources) -> tuple[Problem, ...]:
        return _serious(report.material, replace(project, sources=sources))

    # Kept: to read a piece again takes longer than all the rest where nothing has changed.
    serious = project.known(("serious words", report.material, project.sheet), found)
    return replace(report, problems=(*report.problems, *serious))


def _serious(name: str, project: Project) -> tuple[Problem, ...]:
    from hrcpub.project.material import read_material

    try:
        material = read_material(project, name, is_draft=True)
    except HrcpubError:
        return ()
    return tuple(
        problem
        for problem in _of(material, project).problems
        if problem.severity is not Severity.NOTE or problem.code == "telephone-called"
    )


def show_rules(languages: Iterable[str], as_json: bool) -> int:
    """Print every rule of languages: what it finds, what to say instead, why, and after whom."""
    from hrcpub.project.house_style.rules import rule_book

    books = [book for language in languages if (book := rule_book(language))]
    if as_json:
        say_json([_rule_as_json(rule, book) for book in books for rule in book.rules])
        return ExitCode.DONE
    for book in books:
        for line in _rule_lines(book):
            say(line)
    return ExitCode.DONE


def _rule_lines(book: RuleBook) -> Iterator[str]:
    for rule in book.rules:
        yield f"{book.language}  {rule.family}  {rule.id}"
        yield f"    not   {rule.bad}"
        yield f"    but   {rule.good}"
        yield f"    say   {rule.say}"
        yield f"    why   {rule.because}"
        yield f"    after {rule.guidance}"


def _rule_as_json(rule: StyleRule, book: RuleBook) -> dict[str, object]:
    return {
        "language": book.language,
        "rule": rule.family,
        "id": rule.id,
        "say": rule.say,
        "because": rule.because,
        "bad": rule.bad,
        "good": rule.good,
        "source": rule.guidance._asdict(),
    }
