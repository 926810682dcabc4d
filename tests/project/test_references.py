"""`sources.yaml`: what it gives, and when somebody has to look at a source again."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Severity
from hrcpub.project.references import NOTICE, PATH, Reference, due, read_references

FILE = """
sources:
  naloxone:
    title: Lifesaving naloxone
    publisher: A health department
    date: 2024-05-02
    url: https://health.example.org/naloxone/
    page: "3"
    checked-by: Ana Ruiz
    checked-on: 2026-11-01
    review-by: 2027-05-01
  toolkit:
    title: A toolkit
    publisher: An agency
    checked-by: Ana Ruiz
    checked-on: 2026-11-01
    review-by: 2027-11-01
"""
REVIEW = datetime.date(2027, 5, 1)


def known(root: Path, text: str = FILE) -> dict[str, Reference]:
    """Return the sources of a project with that file."""
    (root / "materials").mkdir()
    (root / PATH).write_text(text)
    return dict(read_references(Sources(root)))


def told(root: Path, text: str) -> list[tuple[str, str]]:
    """Return the codes and messages of what is wrong with a file."""
    with pytest.raises(HrcpubError) as caught:
        known(root, text)
    return [(problem.code, problem.message) for problem in caught.value.problems]


def test_a_source_is_a_line_of_who_what_when_and_where(tmp_path: Path) -> None:
    found = known(tmp_path)
    assert str(found["naloxone"]) == (
        "A health department: Lifesaving naloxone (2024), p. 3, health.example.org/naloxone"
    )
    assert str(found["toolkit"]) == "An agency: A toolkit"
    assert found["naloxone"].place.line == 3
    assert found["naloxone"].as_json()["review-by"] == "2027-05-01"


@pytest.mark.parametrize("text", ["", "# none yet\n", "sources:\n", "---\nsources: {}\n"])
def test_a_project_need_not_have_sources(tmp_path: Path, text: str) -> None:
    assert dict(read_references(Sources(tmp_path))) == {}
    assert known(tmp_path, text) == {}


def test_a_list_of_sources_is_told_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(HrcpubError) as caught:
        known(tmp_path, "- title: A toolkit\n")
    assert "begin with `sources:`" in caught.value.problems[0].hint


def test_nobody_has_checked_a_source_in_a_year(tmp_path: Path) -> None:
    text = FILE.replace("2026-11-01", "2999-11-01", 1).replace("2027-05-01", "2999-12-01")
    ((code, said),) = told(tmp_path, text)
    assert code == "day-to-come"
    assert '"naloxone" was checked on 2999-11-01' in said


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        (REVIEW - NOTICE - datetime.timedelta(days=1), None),
        (REVIEW - NOTICE, Severity.NOTE),
        (REVIEW - datetime.timedelta(days=1), Severity.NOTE),
        (REVIEW, Severity.WARNING),
    ],
)
def test_a_source_is_due_on_its_day_and_told_before(
    tmp_path: Path, day: datetime.date, severity: Severity | None
) -> None:
    reference = known(tmp_path)["naloxone"]
    problem = due(reference, Sources(tmp_path, today=day))
    assert (problem and problem.severity) == severity


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = FILE.replace("https://health.example.org/naloxone/", "the health department")
    text = text.replace("review-by: 2027-11-01", "review-by: 2026-11-01")
    assert told(tmp_path, text) == [
        ("slot-value", '"the health department" is not a web address'),
        ("source-order", '"toolkit" was checked on 2026-11-01, and would be due on 2026-11-01, '
         "which is not after it"),
    ]  # fmt: skip


def test_who_checked_a_source_must_be_said(tmp_path: Path) -> None:
    text = FILE.replace("    checked-by: Ana Ruiz\n", "", 1)
    assert [code for code, _ in told(tmp_path, text)] == ["slot-missing"]
