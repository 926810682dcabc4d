"""The days of a notice: how languages print them, and what is said when they are over."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem, Severity
from hrcpub.project.date_problems import is_to_come
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
    # of which CLDR has no month
    ("ht", "2026-11-28", "28 nov", "28 novanm 2026"),
    ("nv", "2026-11-28", "Níłchʼitsʼósí 28", "Níłchʼitsʼósí 28, 2026"),
    ("hmn", "2026-11-28", "Kaum Ib Hlis 28", "Lub Kaum Ib Hlis Hnub Tim 28, 2026"),
    # by Babel, some with figures of their own
    ("fr-CA", "2026-11-28", "28 nov.", "28 novembre 2026"),
    ("vi", "2026-11-28", "28 thg 11", "28 tháng 11, 2026"),
    ("zh-Hant", "2026-11-28", "11月28日", "2026年11月28日"),
    ("ru", "2026-11-28", "28 нояб.", "28 ноября 2026 г."),
    ("th", "2026-11-28", "28 พ.ย.", "28 พฤศจิกายน ค.ศ. 2026"),
    ("ar", "2026-11-28", "28 نوفمبر", "28 نوفمبر 2026"),
    ("ar-EG", "2026-11-28", "٢٨ نوفمبر", "٢٨ نوفمبر ٢٠٢٦"),
    ("fa", "2026-11-28", "۲۸ نوامبر", "۲۸ نوامبر ۲۰۲۶"),
    ("ne", "2026-11-28", "नोभेम्बर २८", "२०२६ नोभेम्बर २८"),
    ("am", "2026-11-28", "ኖቬም 28", "28 ኖቬምበር 2026"),
]
# What groups like ours print in. Each must have words for months.
SPOKEN = """es fr ht pt pl tr ro so tl hmn vi yo nv haw ru uk el ar fa ur ps ku ckb he hi ne bn pa
    ta te gu th lo km my am ti zh-Hans zh-Hant ja ko chr hy ka"""


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


@pytest.mark.parametrize("language", SPOKEN.split())
def test_each_language_has_words_for_its_months(language: str) -> None:
    style = style_of(language)
    assert style
    said = {date_in_words(datetime.date(2026, month, 28), style) for month in range(1, 13)}
    assert len(said) == 12
    for text in said:
        assert re.search(r"[^\W\dM]", text), text
        assert not text.isascii() or not re.search(r"M\d\d", text)
        assert sum(character.isdecimal() for character in text) >= 6  # day and year


def test_a_date_in_english_loads_no_babel() -> None:
    code = (
        "import sys, datetime; from hrcpub.project.dates import style_of, date_in_words; "
        "[date_in_words(datetime.date.today(), style_of(tag)) for tag in ('en', 'es-MX', 'de')]; "
        "sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


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
    assert style_of("tlh") is None
    assert style_of("und") is None


def test_a_language_without_the_phrase_is_told(project: Path) -> None:
    path = project / "layouts/system/phrases.yaml"
    english = path.read_text("utf-8").partition("\nen:\n")[2]
    spanish = "".join(line for line in english.splitlines(True) if "valid-until" not in line)
    path.write_text(path.read_text("utf-8") + f"es:\n{spanish}tlh:\n{english}", "utf-8")
    assert [problem.code for problem in told(project, language="es")] == ["date-phrase"]
    path = project / ALERT
    path.write_text(path.read_text("utf-8").replace("language: es", "language: en"), "utf-8")
    assert [problem.code for problem in told(project, language="tlh")] == ["date-language"]


@pytest.mark.parametrize(
    ("day", "is_it"),
    [("2026-11-29", False), ("2026-11-30", False), ("2026-12-01", True), ("0001-01-01", False)],
)
def test_tomorrow_has_begun_somewhere_and_the_day_after_nowhere(day: str, is_it: bool) -> None:
    sources = Sources(Path(), today=datetime.date(2026, 11, 29))
    assert is_to_come(datetime.date.fromisoformat(day), sources) is is_it


def test_a_day_is_over_on_the_next_and_the_last_of_all_never() -> None:
    today = datetime.date(2026, 11, 29)
    days = (datetime.date(2026, 11, 28), today, datetime.date.max)
    assert [Sources(Path(), today=today).is_over(day) for day in days] == [True, False, False]
    assert not Sources(Path(), today=datetime.date.max).is_over(datetime.date.max)
