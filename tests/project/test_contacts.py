"""Offices: what a file of them gives, and when somebody has to look at one again."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Severity
from hrcpub.project.contacts import NOTICE, Contact, doubtful, due, in_language, read_contacts
from hrcpub.project.homes import PATH
from hrcpub.project.telephones import Home
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
    ("+44 20 7219 4272", "1"): "tel:+442072194272",
    ("020 7219–4272", "44"): "tel:+442072194272",
    ("988", "1"): "tel:988",
    ("1737", "64"): "tel:1737",
    ("Text HOME to 741741", "1"): "sms:741741",
    ("213-6376", "1"): None,
}


@pytest.mark.parametrize(("tel", "code"), LINKS)
def test_a_telephone_is_a_link_that_works_from_anywhere(
    tel: str, code: str, tmp_path: Path
) -> None:
    assert offices(tmp_path, tel, code)["north"].tel_link == LINKS[tel, code]


# What is said of an office's telephone and fax; the fax below has no area code.
DOUBTS = {
    "(212) 213-6376": [],
    "988": [],
    "(212) 213-6376/6582": ["telephone-several"],
    "213-6376": ["telephone-area-code"],
    "(212) 555-0100": ["telephone-fiction"],
    "242 502 1234": ["telephone-abroad"],
    "(555) 234-5678": ["telephone-unknown"],
}


@pytest.mark.parametrize("tel", DOUBTS)
def test_a_doubtful_telephone_is_told_at_its_place(tel: str, tmp_path: Path) -> None:
    north = offices(tmp_path, tel, historical="no")["north"]
    problems = list(doubtful(north))
    assert [problem.code for problem in problems] == DOUBTS[tel]
    assert not any(problem.is_error for problem in problems)
    for problem in problems:
        assert str(problem.source) == f"{PATH}:10:10"


def test_a_fax_is_read_as_a_telephone_is(tmp_path: Path) -> None:
    assert [problem.code for problem in doubtful(offices(tmp_path)["south"])] == [
        "telephone-area-code"
    ]


@pytest.mark.parametrize("tel", [*DOUBTS, "PEnnsylvania 6-5000", "call us"])
def test_the_telephone_of_a_historical_text_stays_as_it_is(tel: str, tmp_path: Path) -> None:
    north = offices(tmp_path, tel)["north"]
    assert str(north.tel) == tel
    assert list(doubtful(north)) == []


@pytest.mark.parametrize("tel", ["call us", "12", "555", "(212) 213-637", "(212) 113-6376"])
def test_what_nobody_can_call_is_a_mistake(tel: str, tmp_path: Path) -> None:
    with pytest.raises(HrcpubError, match="is not a telephone number"):
        offices(tmp_path, tel, historical="no")


@pytest.mark.parametrize(
    ("entry", "home"),
    [
        ("calling-code: '44'", Home("44")),
        ("country: CA", Home("1", "CA")),
        ("calling-code: '7'\n    country: KZ", Home("7", "KZ")),
    ],
)
def test_an_office_in_another_country_says_so(entry: str, home: Home, tmp_path: Path) -> None:
    offices(tmp_path)
    path = tmp_path / PATH
    path.write_text(path.read_text().replace("fax: 555-0199", entry))
    known = read_contacts(Sources(tmp_path))
    assert (known["north"].home, known["south"].home) == (Home("1"), home)


@pytest.mark.parametrize("code", ["999", "one", "800"])
def test_a_calling_code_that_no_country_has_is_a_mistake(code: str, tmp_path: Path) -> None:
    with pytest.raises(HrcpubError, match="calling code") as told:
        offices(tmp_path, code=code)
    (problem,) = told.value.problems
    assert str(problem.source) == f"{PATH}:5:15"


def test_a_country_has_its_files_calling_code(tmp_path: Path) -> None:
    with pytest.raises(HrcpubError, match='"GB" is not a country with the calling code 1'):
        offices(tmp_path, code='"1"\ncountry: GB')


def test_an_office_without_a_telephone_has_no_link(tmp_path: Path) -> None:
    assert offices(tmp_path)["south"].tel_link is None


ADDRESSES = {
    "email: help@example.org": ("help@example.org", "mailto:help@example.org"),
    "url: https://example.org/help/": ("example.org/help", "https://example.org/help/"),
    "url: example.org": ("example.org", "https://example.org"),
}


@pytest.mark.parametrize("entry", ADDRESSES)
def test_an_office_has_addresses_of_mail_and_of_the_web(entry: str, tmp_path: Path) -> None:
    offices(tmp_path)
    path = tmp_path / PATH
    path.write_text(path.read_text().replace("fax: 555-0199", entry))
    south = read_contacts(Sources(tmp_path))["south"]
    [way] = south.ways
    assert (way.words.text, way.link) == ADDRESSES[entry]
    assert way.words in south.texts
    assert str(way.words.source) == f"{PATH}:14:{5 + entry.index(' ') + 1}"


def test_mail_is_printed_above_the_web(tmp_path: Path) -> None:
    offices(tmp_path)
    path = tmp_path / PATH
    entry = "url: example.org\n    email: help@example.org"
    path.write_text(path.read_text().replace("fax: 555-0199", entry))
    south = read_contacts(Sources(tmp_path))["south"]
    assert [way.words.text for way in south.ways] == ["help@example.org", "example.org"]


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


def test_a_day_of_verifying_that_is_still_to_come_is_told(tmp_path: Path) -> None:
    north = offices(tmp_path)["north"]
    before = north.verified - datetime.timedelta(days=2)
    problem = due(north, Sources(tmp_path, today=before))
    assert problem is not None
    assert (problem.code, problem.severity) == ("day-to-come", Severity.WARNING)


def test_a_project_without_its_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(HrcpubError, match="there is no file"):
        read_contacts(Sources(tmp_path))


def test_this_projects_offices_are_those_of_a_historical_text() -> None:
    found = dict(read_contacts(Sources(ROOT)))
    for name in ("samhsa-helpline", "lakeside-night-van"):  # of pieces that are new
        assert not found.pop(name).historical
    assert len(found) == 3
    assert all(office.historical for office in found.values())


def test_a_name_and_a_line_may_be_written_for_each_language(tmp_path: Path) -> None:
    offices(tmp_path)
    text = (tmp_path / PATH).read_text(encoding="utf-8")
    text = text.replace("North Side", "{en: Night Van, es: Furgoneta}")
    (tmp_path / PATH).write_text(text.replace("1 Main Street", "{en: Day, es: Día}"), "utf-8")
    north = read_contacts(Sources(tmp_path))["north"]
    spoken = [north, *(in_language(north, language, {}, []) for language in ("es-MX", "vi"))]
    assert [(str(one.name), *map(str, one.lines)) for one in spoken] == [
        ("Night Van", "Day", "New York, NY 02114"),
        ("Furgoneta", "Día", "New York, NY 02114"),
        ("Night Van", "Day", "New York, NY 02114"),
    ]
