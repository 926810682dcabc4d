"""Offices: what a file of them gives, and when somebody has to look at one again."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Severity
from hrcpub.project.contacts import NOTICE, PATH, Contact, due, read_contacts
from tests.shared.project import ROOT

FILE = """
historical: {historical}
verified: 2026-01-10
review-by: 2026-07-10
calling-code: {code}
offices:
  north:
    name: North Side
    lines: [1 Main Street, "New York, NY 02114"]
    tel: {tel}
  south:
    name: South Side
    lines: [2 Main Street]
    fax: 555-0199
    historical: no
    verified: 2026-02-20
    review-by: 2026-08-20
"""
REVIEW = datetime.date(2026, 7, 10)


def offices(
    root: Path, tel: str = "555-0100", code: str = "1", historical: str = "yes"
) -> dict[str, Contact]:
    """Return the offices of the file above."""
    (root / "materials").mkdir(exist_ok=True)
    (root / PATH).write_text(FILE.format(tel=tel, code=code, historical=historical))
    return dict(read_contacts(Sources(root)))


def test_an_office_has_its_own_dates_or_those_of_its_file(tmp_path: Path) -> None:
    found = offices(tmp_path)
    assert list(found) == ["north", "south"]
    assert [(one.verified, one.review_by, one.historical) for one in found.values()] == [
        (datetime.date(2026, 1, 10), REVIEW, True),
        (datetime.date(2026, 2, 20), datetime.date(2026, 8, 20), False),
    ]


def test_an_office_is_as_it_was_typed(tmp_path: Path) -> None:
    north = offices(tmp_path)["north"]
    assert str(north.name) == "North Side"
    assert [str(line) for line in north.lines] == ["1 Main Street", "New York, NY 02114"]
    assert (str(north.tel), north.fax) == ("555-0100", None)
    assert str(north.source) == f"{PATH}:7:3"


LINKS = {
    ("(212) 213-6376", "1"): "tel:+12122136376",
    ("212.213.6376", "+1"): "tel:+12122136376",
    ("+44 20 7946 0000", "1"): "tel:+442079460000",
    ("020 7946–0000", "44"): "tel:+4402079460000",
}


@pytest.mark.parametrize(("tel", "code"), LINKS)
def test_a_telephone_is_a_link_that_works_from_anywhere(
    tel: str, code: str, tmp_path: Path
) -> None:
    assert offices(tmp_path, tel, code)["north"].tel_link == LINKS[tel, code]


def test_an_office_without_a_telephone_has_no_link(tmp_path: Path) -> None:
    assert offices(tmp_path)["south"].tel_link is None


DAYS = {
    REVIEW - NOTICE - datetime.timedelta(days=1): None,
    REVIEW - NOTICE: Severity.NOTE,
    REVIEW - datetime.timedelta(days=1): Severity.NOTE,
    REVIEW: Severity.WARNING,
    REVIEW + datetime.timedelta(days=400): Severity.WARNING,
}


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_an_office_is_noted_30_days_before_its_review_and_warned_of_from_then(
    today: datetime.date, tmp_path: Path
) -> None:
    assert NOTICE.days == 30
    problem = due(offices(tmp_path)["north"], Sources(tmp_path, today=today))
    assert (problem.severity if problem else None) == DAYS[today]
    if problem:
        assert problem.code == "contact-due"
        assert "2026-01-10" in problem.message
        assert "2026-07-10" in problem.message
        assert str(problem.source) == f"{PATH}:7:3"


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_what_was_said_of_a_date_holds_until_it_would_be_said_otherwise(
    today: datetime.date, tmp_path: Path
) -> None:
    north = offices(tmp_path)["north"]
    sources = Sources(tmp_path, today=today)
    due(north, sources)
    for later, severity in DAYS.items():
        if later >= today:
            still = Sources(tmp_path, today=later).still_holds(sources.reads)
            assert still is (severity == DAYS[today])


def test_a_review_at_the_beginning_of_time_is_due(tmp_path: Path) -> None:
    offices(tmp_path)
    path = tmp_path / PATH
    path.write_text(path.read_text().replace("2026-07-10", "0001-01-01"))
    sources = Sources(tmp_path)
    problem = due(read_contacts(sources)["north"], sources)
    assert problem is not None
    assert problem.severity is Severity.WARNING


def test_a_project_without_its_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(HrcpubError, match="there is no file"):
        read_contacts(Sources(tmp_path))


def test_this_projects_offices_are_those_of_a_historical_text() -> None:
    found = read_contacts(Sources(ROOT))
    assert len(found) == 3
    assert all(office.historical for office in found.values())
