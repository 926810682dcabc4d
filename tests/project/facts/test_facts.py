"""Numbers, places and days of a piece and its offices that cannot be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import Source
from hrcpub.project.facts import facts_of, two_ways
from hrcpub.project.material import read_material

OFFICE = """\
verified: 2026-01-01
review-by: 2099-01-01
calling-code: "1"
offices:
  van:
    name: The van
    lines: [12 Main Street, "{place}"]
    tel: {tel}
{more}"""
SHEET = """\
layout: half-sheet
title: Ask us
language: {language}
code: C9
revision: 1
revised: 2026-01-01
words:
  title: Ask us
  lead: {lead}
  points:
    - {{opening: One, text: "{point}"}}
    - {{opening: Two, text: We are here.}}
    - {{opening: Three, text: Come in.}}
  contacts: [van]
"""
NEW_YORK, NUMBER = "New York, NY 10001", "(212) 213-6376"


def written(
    root: Path,
    place: str = NEW_YORK,
    tel: str = NUMBER,
    more: str = "",
    lead: str = "We help.",
    point: str = "We help.",
    language: str = "en",
) -> Project:
    """Write an office and a piece that names it; return their project."""
    office = OFFICE.format(place=place, tel=tel, more=more and f"    {more}\n")
    (root / "materials/contacts.yaml").write_text(office, encoding="utf-8")
    text = SHEET.format(lead=lead, point=point, language=language)
    (root / "materials/mine.yaml").write_text(text, encoding="utf-8")
    return Project(Sources(root))


def told(project: Project) -> list[tuple[str, int | None, int | None]]:
    found = facts_of(read_material(project, "mine"), project)
    at = [(problem.code, problem.source or Source()) for problem in found]
    return [(code, place.line, place.column) for code, place in at]


RIGHT: list[dict[str, str]] = [
    {},
    {"tel": "1-800-662-4357"},  # no state's
    {"place": "Oakland, California 94612", "tel": "(510) 444-6969"},
    {"place": "Suite 94612"},
    {"tel": "(510) 444-6969", "more": "called: {on: 2026-11-01, by: Dana R.}"},
    {"tel": "(510) 444-6969", "more": "historical: yes"},
    {"tel": "{Toll-free: 1-800-662-4357}"},
    {"lead": "Write to us at Boston, MA 02114."},
    {"lead": "Call toll-free 1-800-662-4357."},
    {"lead": "Come on Wednesday, March 4, 2026."},
    {"lead": "In 2025, NY had 10001 visits"},
    {"lead": "Call 9-1-1, or 1-800-GO-FEDEX, 10 l of water, O 2, I 10."},
]
WRONG: list[tuple[dict[str, str], tuple[str, int, int]]] = [
    ({"tel": "(510) 444-6969"}, ("telephone-state", 8, 10)),
    ({"place": "New York, NY 94612"}, ("zip-state", 7, 29)),
    ({"place": "New York, NY 00100"}, ("zip-state", 7, 29)),
    ({"more": "fax: (617) 213-6376"}, ("telephone-state", 9, 10)),
    ({"tel": "{Toll-free: (212) 213-6376}"}, ("telephone-not-free", 8, 22)),
    ({"lead": "Write to us at Boston, MA 10001."}, ("zip-state", 9, 35)),
    ({"lead": "Call toll-free (212) 213-6376."}, ("telephone-not-free", 9, 24)),
    ({"lead": "Come on Tuesday, March 4, 2026."}, ("weekday-date", 9, 17)),
    ({"lead": "Venga el martes, 4 de marzo de 2026.", "language": "es"}, ("weekday-date", 9, 18)),
    ({"lead": "Call (2l2) 213-6376."}, ("telephone-letters", 9, 14)),
    ({"lead": "Call 1-8OO-662-4357 today."}, ("telephone-letters", 9, 14)),
    ({"lead": "Llame al 9l1 o al 988.", "language": "es"}, ("telephone-letters", 9, 18)),
    ({"lead": "Call ٢١٢-٢١٣-٦٣٧٦."}, ("telephone-turned", 9, 14)),
    ({"point": "Text 74l741"}, ("telephone-letters", 11, 34)),
    ({"more": "called: {on: 2020-01-01, by: Dana R.}"}, ("telephone-called", 9, 34)),
]


@pytest.mark.parametrize("words", RIGHT)
def test_these_facts_can_be_right(words: dict[str, str], project: Path) -> None:
    assert told(written(project, **words)) == []


@pytest.mark.parametrize(("words", "place"), WRONG)
def test_these_facts_cannot_be_right(
    words: dict[str, str], place: tuple[str, int, int], project: Path
) -> None:
    assert told(written(project, **words)) == [place]


def test_offices_of_other_countries_are_held_to_no_state(project: Path) -> None:
    opened = written(project, tel="020 7946 0958", place="London, NY 94612")
    path = project / "materials/contacts.yaml"
    path.write_text(path.read_text().replace('calling-code: "1"', 'calling-code: "44"'))
    assert told(opened) == []


def test_a_number_that_is_written_in_two_ways_is_told_at_its_second_place(project: Path) -> None:
    opened = written(project, lead="Call 212-213-6376.", point="Or call (212) 213-6376.")
    (one,) = two_ways([read_material(opened, "mine")], opened)
    assert one.code == "telephone-two-ways"
    assert one.source
    assert (one.source.line, one.source.column) == (9, 14)
    assert one.message == (
        '"212-213-6376" is written "(212) 213-6376" at materials/contacts.yaml:8:10'
    )


def test_a_number_in_letters_is_another_way_on_purpose(project: Path) -> None:
    opened = written(project, tel="1-800-662-4357", lead="Call 1-800-662-HELP.")
    assert two_ways([read_material(opened, "mine")], opened) == []


def test_a_call_has_a_day_and_a_name(project: Path) -> None:
    from hrcpub.problems import HrcpubError

    opened = written(project, more="called: {on: 2026-11-01}")
    with pytest.raises(HrcpubError, match=r"called\.by"):
        read_material(opened, "mine")


def test_facts_of_this_repositorys_pieces_can_be_right(project: Path) -> None:
    opened = Project(Sources(project))
    names = ("carry-naloxone", "where-sheet", "where", "kit-stickers", "overdose", "overdose-es")
    materials = [read_material(opened, name, is_draft=True) for name in names]
    assert [one for material in materials for one in facts_of(material, opened)] == []
    assert two_ways(materials, opened) == []
