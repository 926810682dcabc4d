"""How readers reach an organisation: what its file may say, and what a piece says of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.project.material import read_material
from hrcpub.project.organisation import organisation_schema

ALL = """tel: (212) 689-6347
text: HOME to 741741
url: https://www.nightvan.org/
email: help@nightvan.org
"""


def lines(
    project: Path, entries: str, material: str = "principles"
) -> list[tuple[str, str | None]]:
    """Return how a piece says that readers reach its organisation, with the links."""
    path = project / "materials/organisation.yaml"
    path.write_text(f"name: Night Van\n{entries}", encoding="utf-8")
    reach = read_material(Project(Sources(project)), material).reach
    return [(line.text.replace("\u00a0", " "), line.link) for line in reach]


def test_a_piece_says_all_ways_with_their_links(project: Path) -> None:
    assert lines(project, ALL) == [
        ("Tel: (212) 689-6347", "tel:+12126896347"),
        ("Text HOME to 741741", "sms:741741?body=HOME"),
        ("www.nightvan.org", "https://www.nightvan.org/"),
        ("help@nightvan.org", "mailto:help@nightvan.org"),
    ]


def test_without_any_it_says_none(project: Path) -> None:
    assert lines(project, "") == []


def test_several_telephones_have_their_labels(project: Path) -> None:
    said = lines(project, "tel: {Van: (212) 689-6347, Office: (212) 689-6348}\n")
    assert [text for text, _ in said] == ["Van: (212) 689-6347", "Office: (212) 689-6348"]


OFFICE = """    tel: 212 689-6347
    text: 741741
    url: nightvan.org
    email: Help@nightvan.org
"""


def test_what_an_office_of_the_piece_says_is_not_said_again(project: Path) -> None:
    contacts = project / "materials/contacts.yaml"
    text = contacts.read_text(encoding="utf-8")
    office = "  van:\n    historical: no\n    name: Van\n    lines: [1 Example Street]\n"
    contacts.write_text(f"{text.rstrip()}\n{office}{OFFICE}", encoding="utf-8")
    piece = project / "materials/principles.yaml"
    words = piece.read_text(encoding="utf-8").replace("- east-coast\n", "- van\n", 1)
    assert "- van" in words
    piece.write_text(words.replace("verbatim: yes", "verbatim: no"), encoding="utf-8")
    assert lines(project, ALL) == []
    assert lines(project, ALL.replace("6347", "6348")) == [
        ("Tel: (212) 689-6348", "tel:+12126896348")
    ]


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("tel: call us", "slot-value"),
        ("text: HOME to nobody", "slot-value"),
        ("url: night van", "slot-value"),
        ("email: help.nightvan.org", "slot-value"),
        ("url: " + "x" * 60 + ".org", "slot-limit"),
        ("tel: [(212) 689-6347, 12]", "slot-value"),
    ],
)
def test_a_mistake_is_told_at_its_line(project: Path, entry: str, code: str) -> None:
    with pytest.raises(HrcpubError) as caught:
        lines(project, f"{entry}\n")
    [problem] = caught.value.problems
    assert problem.code == code
    assert problem.source
    assert (problem.source.path, problem.source.line) == ("materials/organisation.yaml", 2)


def test_a_number_that_nobody_has_is_doubted(project: Path) -> None:
    path = project / "materials/organisation.yaml"
    path.write_text("name: Night Van\ntel: (212) 555-0100\n", encoding="utf-8")
    problems = read_material(Project(Sources(project)), "principles").problems
    fiction = [problem for problem in problems if problem.code == "telephone-fiction"]
    assert [problem.source.line for problem in fiction if problem.source] == [2]


@pytest.mark.parametrize(
    ("value", "is_right"),
    [
        ({"tel": "(212) 689-6347", "text": "741741", "url": "a.org", "email": "a@a.org"}, True),
        ({"tel": ["988", "911"]}, True),
        ({"url": ["a.org"]}, False),
    ],
)
def test_the_schema_takes_an_address(value: dict[str, object], is_right: bool) -> None:
    schema = Draft202012Validator(organisation_schema())
    assert schema.is_valid({"name": "Night Van"} | value) is is_right
