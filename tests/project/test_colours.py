"""A group's own colours: what `colours:` of organisation.yaml may say, and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.layout import System, read_system
from hrcpub.project.organisation import organisation_schema


def read(project: Path, colours: str) -> System:
    text = f"name: Night Van\ncolours: {colours}\n"
    (project / "materials/organisation.yaml").write_text(text, encoding="utf-8")
    return read_system(Sources(project))


def wrong(project: Path, colours: str) -> Problem:
    with pytest.raises(HrcpubError) as caught:
        read(project, colours)
    [problem] = caught.value.problems
    assert problem.source
    assert problem.source.path == "materials/organisation.yaml"
    return problem


def test_an_own_yellow_takes_the_place_of_the_designs(project: Path) -> None:
    system = read(project, '{yellow: "#f4d35e", how: {screen: "#a0d8ef", press: 40 0 3 0}}')
    yellow, blue = system.papers["what"], system.papers["how"]
    assert (yellow.name, yellow.screen, yellow.press) == ("yellow", "#f4d35e", None)
    assert (blue.name, blue.screen, blue.press) == ("light blue", "#a0d8ef", (40, 0, 3, 0))
    assert system.papers["why"].screen == "#f7a6bd"


def test_a_paper_of_another_name_goes_by_both(project: Path) -> None:
    system = read(project, '{yellow: {name: sand, screen: "#f4d35e"}}')
    names = system.paper_names
    assert names["sand"] == names["yellow"] == names["what"] == "what"


def test_a_new_name_is_one_more_paper(project: Path) -> None:
    system = read(project, "{mint: b5ead7}")
    assert (system.papers["mint"].name, system.papers["mint"].screen) == ("mint", "#b5ead7")
    assert system.paper_names["mint"] == "mint"
    assert system.accent is None


def test_an_accent_is_no_paper(project: Path) -> None:
    system = read(project, '{accent: {screen: "#0b5394", press: 95 70 5 10, spot: PANTONE 286 U}}')
    assert system.accent
    assert (system.accent.screen, system.accent.spot) == ("#0b5394", "PANTONE 286 U")
    assert "accent" not in system.paper_names


def test_an_accent_is_seen_where_it_stands_out(project: Path) -> None:
    system = read(project, '{accent: "#0b5394"}')
    assert system.accent
    assert system.accent.stands_out(system.papers["what"])
    system = read(project, '{accent: "#2f8fbf"}')
    assert system.accent
    assert not system.accent.stands_out(system.papers["how"])


@pytest.mark.parametrize(
    ("colours", "code"),
    [
        ("[mint]", "slot-shape"),
        ("{mint: green}", "slot-value"),
        ('{Mint: "#b5ead7"}', "slot-value"),
        ('{mint: {colour: "#b5ead7", screen: "#b5ead7"}}', "slot-unknown"),
        ("{mint: {press: 30 0 20 0}}", "slot-missing"),
        ('{mint: {screen: "#b5ead7", press: 30 0 20}}', "slot-value"),
        ('{mint: {screen: "#b5ead7", spot: PANTONE 344 U}}', "slot-missing"),
        ('{ink: "#003366"}', "colour-fixed"),
        ('{bare: "#fffff0"}', "colour-fixed"),
        ('{mint: "#225533"}', "colour-contrast"),
        ('{accent: "#ffcc00"}', "colour-contrast"),
        ('{mint: "#FFE14A"}', "colour-twice"),
        ('{accent: "#888888", mint: "#888888"}', "colour-twice"),
    ],
)
def test_a_mistake_is_told_at_its_place(project: Path, colours: str, code: str) -> None:
    problem = wrong(project, colours)
    assert problem.code == code
    assert problem.source
    assert problem.source.line == 2


def test_a_colour_that_yaml_takes_for_a_comment_is_told(project: Path) -> None:
    assert wrong(project, "\n  mint: #b5ead7").code == "yaml-comment"


@pytest.mark.parametrize(
    ("value", "is_right"),
    [
        ({"yellow": "#f4d35e"}, True),
        ({"mint": {"screen": "#b5ead7", "press": "30 0 20 0", "name": "mint"}}, True),
        ({"mint": {"press": "30 0 20 0"}}, False),
        ({"mint": 5}, False),
        (["#f4d35e"], False),
    ],
)
def test_the_schema_takes_what_colours_may_be(value: object, is_right: bool) -> None:
    schema = Draft202012Validator(organisation_schema())
    assert schema.is_valid({"name": "Night Van", "colours": value}) is is_right
