"""What pieces share, as forms: which fields there are, and what is told of what is typed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hrcpub.studio.lists import SharedFile
from hrcpub.studio.studio import Studio
from tests.shared.project import copy_project


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project that no other test has."""
    return copy_project(tmp_path / "project")


@pytest.fixture
def studio(root: Path) -> Iterator[Studio]:
    """Return a studio of a project."""
    studio = Studio(root)
    yield studio
    studio.history.close()


@pytest.fixture
def organisation(studio: Studio) -> SharedFile:
    return studio.shared.organisation()


def told(studio: Studio, shared: SharedFile, value: object) -> list[tuple[str, str]]:
    """Return the places and codes of what is told of colours that are typed."""
    edit: dict[str, Any] = {"do": "put", "path": ["colours"], "value": value}
    found = shared.problems(studio.project, shared.file.open().digest, [edit])
    return [(one["slot"], one["code"]) for one in found]


def test_colours_have_a_field_each_but_those_that_are_the_design_s(
    organisation: SharedFile,
) -> None:
    [colours] = [one for one in organisation.fields if one.name == "colours"]
    names = [field.name for field in colours.fields]
    assert (colours.fill, names[:3]) == ("group", ["accent", "yellow", "pink"])
    assert "white" not in names


def test_colours_that_a_file_names_in_other_ways_are_shown_too(root: Path, studio: Studio) -> None:
    with (root / "materials/organisation.yaml").open("a") as file:
        file.write('\ncolours: {what: "#f3dea6", mint: "#nothing"}\n')
    [colours] = [one for one in studio.shared.organisation().fields if one.name == "colours"]
    names = [field.name for field in colours.fields]
    assert {"what", "mint", "pink"} <= set(names)
    assert "yellow" not in names


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"accent": "#0b5394"}, []),
        ({"accent": "red"}, [("colours.accent", "slot-value")]),
        ("red", [("colours", "slot-shape")]),
    ],
    ids=str,
)
def test_a_colour_that_is_none_is_told_at_its_field(
    studio: Studio, organisation: SharedFile, value: object, expected: list[tuple[str, str]]
) -> None:
    assert told(studio, organisation, value) == expected


def test_a_studio_that_is_open_past_midnight_has_the_new_day(studio: Studio) -> None:
    studio.project.sources._today = datetime.date.min
    assert studio.project.sources.has_come(datetime.date.today())


def test_offices_say_which_pieces_name_them(root: Path, studio: Studio) -> None:
    mine = root / "materials/mine.yaml"
    mine.write_text(
        "words:\n  contacts: [west-coast, 'lakeside-night-van']\n  text: [east-coast]\n"
    )
    named = studio.shared.offices().as_json()["named_by"]
    assert {"mine", "contact-card", "why-in-short"} <= set(named["west-coast"])
    assert "mine" in named["lakeside-night-van"]
    mine.write_text("words:\n  text: ask west-coast, or - east-coast\n")
    named = studio.shared.offices().as_json()["named_by"]
    assert "mine" not in {*named["west-coast"], *named["east-coast"]}
