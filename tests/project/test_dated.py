"""The days of a notice: how languages print them, and what is said when they are over."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem, Severity
from hrcpub.project.dates import date_in_words, day_in_words, month_in_words, style_of
from hrcpub.project.material import read_material

ALERT = "materials/medetomidine-alert.yaml"
DAYS = "{on: 2026-11-24, until: 2027-05-31}"

PRINTED = [
    ("en", "2026-11-24", "Nov 24", "November 24, 2026"),
    ("en-GB", "2026-11-24", "24 Nov", "24 November 2026"),
    ("en", "2027-06-03", "June 3", "June 3, 2027"),
    ("es-MX", "2027-01-01", "1 ene", "1 de enero de 2027"),
    ("de", "2027-03-09", "9. März", "9. März 2027"),
]


@pytest.mark.parametrize(("language", "date", "day", "whole"), PRINTED)
def test_a_day_is_printed_as_its_language_has_it(
    language: str, date: str, day: str, whole: str
) -> None:
    style = style_of(language)
    assert style
    said = [
        words(datetime.date.fromisoformat(date), style) for words in (day_in_words, date_in_words)
    ]
    assert [text.replace("\u00a0", " ") for text in said] == [day, whole]
    assert not any(" " in text for text in said), "a date may break"


@pytest.mark.parametrize(
    ("language", "month"),
    [("en", "November 2026"), ("en-GB", "November 2026"), ("es", "noviembre de 2026"),
     ("de", "November 2026")],
)  # fmt: skip
def test_a_month_is_printed_as_its_language_has_it(language: str, month: str) -> None:
    style = style_of(language)
    assert style
    assert month_in_words(datetime.date(2026, 11, 24), style).replace("\xa0", " ") == month


def told(
    project: Path, days: str = DAYS, today: str = "2026-12-01", language: str = "en"
) -> list[Problem]:
    """Return what is said of the days of the alert."""
    path = project / ALERT
    text = path.read_text("utf-8")
    assert DAYS in text
    text = text.replace(DAYS, days).replace("language: en", f"language: {language}")
    path.write_text(text, "utf-8")
    sources = Sources(project, today=datetime.date.fromisoformat(today))
    try:
        problems = read_material(Project(sources), "medetomidine-alert").problems
    except HrcpubError as error:
        problems = error.problems
    said = ("date-", "notice-", "slot-")
    return [problem for problem in problems if problem.code.startswith(said)]


def test_days_that_hold_are_not_talked_about(project: Path) -> None:
    assert told(project) == []


LATER = [
    ("2027-05-16", []),
    ("2027-05-17", [("notice-over", Severity.NOTE)]),
    ("2027-05-31", [("notice-over", Severity.NOTE)]),  # its last day: it still holds
    ("2027-06-01", [("notice-over", Severity.WARNING)]),
]


@pytest.mark.parametrize(("today", "said"), LATER)
def test_a_notice_is_told_to_end_before_it_does(
    project: Path, today: str, said: list[tuple[str, Severity]]
) -> None:
    assert [(problem.code, problem.severity) for problem in told(project, today=today)] == said


WRONG = [
    ("{on: 2026-11-24, until: 2026-11-23}", "date-order", "before that day"),
    ("{on: 2026-11-31, until: 2027-05-31}", "slot-value", "2026-11-31"),
    ("{on: 2026-11-24}", "slot-missing", "until"),
    ("2026-11-24", "slot-shape", "must be a group"),
]


@pytest.mark.parametrize(("days", "code", "words"), WRONG)
def test_days_that_cannot_be_are_mistakes_at_their_line(
    project: Path, days: str, code: str, words: str
) -> None:
    [problem] = told(project, days)
    assert (problem.code, problem.severity) == (code, Severity.ERROR)
    assert words in problem.message
    assert problem.source is not None
    assert problem.source.path == ALERT
    assert problem.source.quote is not None
    assert "date:" in problem.source.quote


def test_one_day_may_be_its_last(project: Path) -> None:
    assert told(project, "{on: 2026-12-01, until: 2026-12-20}") == []
    assert style_of("ht") is None


def test_a_language_without_the_phrase_is_told(project: Path) -> None:
    path = project / "layouts/system/phrases.yaml"
    english = path.read_text("utf-8").partition("\nen:\n")[2]
    spanish = "".join(line for line in english.splitlines(True) if "valid-until" not in line)
    path.write_text(path.read_text("utf-8") + f"es:\n{spanish}ht:\n{english}", "utf-8")
    assert [problem.code for problem in told(project, language="es")] == ["date-phrase"]
    path = project / ALERT
    path.write_text(path.read_text("utf-8").replace("language: es", "language: en"), "utf-8")
    assert [problem.code for problem in told(project, language="ht")] == ["date-language"]
