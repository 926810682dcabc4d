"""The parts that say where and when: weeks, maps and tables, as an author's YAML makes them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose import compose
from hrcpub.pipeline.compose.maps import Box, _crosses, drawn_map
from hrcpub.pipeline.setting import Face
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.project.material import read_material
from hrcpub.project.words import MapLine, MapPlace, StreetMap, Words
from hrcpub.units import Size
from tests.shared.project import ROOT

GOTHIC = Face((ROOT / "fonts/league-gothic/LeagueGothic-Regular.ttf").read_bytes())
MEASURES = {"street": 3.0, "map-name": 20.0, "map-street": 15.0, "map-number": 17.0}


@pytest.fixture
def told(tmp_path: Path) -> Callable[[str, str, str], list[Problem]]:
    """Return a function: a piece with one text in it replaced, to the errors of composing it."""
    for name in ("layouts", "fonts", "materials"):
        shutil.copytree(ROOT / name, tmp_path / name)

    def errors(name: str, old: str, new: str) -> list[Problem]:
        path = tmp_path / f"materials/{name}.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        project = Project(Sources(tmp_path))
        try:
            compose(read_material(project, name), project)
        except HrcpubError as error:
            return [problem for problem in error.problems if problem.is_error]
        return []

    return errors


SITE = "    - {name: Site %d, address: 1 Example Street, hours: [{days: daily, from: 9, to: 17}]}\n"


def test_too_many_sites_are_told_with_how_many_fit(
    told: Callable[[str, str, str], list[Problem]],
) -> None:
    sites = "  sites:\n" + "".join(SITE % number for number in range(20))
    [problem] = told("where", "  sites: materials/week.csv\n", sites)

    assert problem.code == "schedule-full"
    assert "20 sites" in problem.message
    fit = int(problem.message.split(";")[1].split()[0])
    assert 9 <= fit < 20
    sites = "  sites:\n" + "".join(SITE % number for number in range(fit))
    assert told("where", "  sites:\n" + "".join(SITE % n for n in range(20)), sites) == []


def test_hours_that_their_bar_would_make_tiny_are_told(
    told: Callable[[str, str, str], list[Problem]],
) -> None:
    times = '"7:15-8:45 am, 9:15-10:45 am, 11:15 am-1:45 pm, 2:15-4:45 pm, 5:15-7:45 pm"'
    site = f"  sites: [{{name: Van, hours: [{{days: Mon, times: {times}}}]}}]\n"
    codes = {problem.code for problem in told("where", "  sites: materials/week.csv\n", site)}

    assert codes == {"schedule-bar"}


def test_a_row_of_a_table_with_a_cell_too_few_is_told(
    told: Callable[[str, str, str], list[Problem]],
) -> None:
    [problem] = told("where-sheet", '[Test strips, "2", ', "[Test strips, ")

    assert (problem.code, problem.source and problem.source.line) == ("slot-count", 40)


def test_a_place_that_the_schedule_does_not_have_is_told(
    told: Callable[[str, str, str], list[Problem]],
) -> None:
    [problem] = told("where-sheet", "{name: Night Van, at", "{name: Day Van, at")

    assert problem.code == "map-place"


def words(text: str, slot: str) -> Words:
    return Words(text, Source("piece.yaml", 1), slot)


def drawn(streets: int, places: list[tuple[float, float]]) -> tuple[list[Box], list[Problem]]:
    """Return where the names of a map stand, of some level streets and places, and Problems."""
    lines = tuple(
        MapLine(words(f"Street {n}", f"s.{n}"), ((0, n * 100 / streets), (100, n * 100 / streets)))
        for n in range(1, streets)
    )
    points = tuple(MapPlace(words(f"Place {n}", f"p.{n}"), at) for n, at in enumerate(places))
    problems: list[Problem] = []
    drawing = StreetMap("A map", lines, (), points)
    numbers = {place.name.text: n for n, place in enumerate(points, 1)}
    names = [line.name for line in lines] + [place.name for place in points]
    shown = {name.slot: name.text for name in names}
    size = Size(500, 300)
    found = drawn_map(drawing, numbers, shown, GOTHIC, MEASURES, size, "#141414", problems)
    return [
        Box(
            label.left,
            label.top,
            label.left + label.line.measure,
            label.top + label.line.rise + label.line.depth,
        )
        for label in found.labels
        if not label.is_reversed
    ], problems


def test_names_on_a_map_keep_clear_of_each_other_and_of_streets() -> None:
    boxes, problems = drawn(4, [(20, 25), (30, 25), (50, 50), (96, 75), (52, 30)])

    assert not problems
    assert len(boxes) == 3 + 5
    assert not any(a.meets(b) for n, a in enumerate(boxes) for b in boxes[:n])
    streets = [((0.0, y), (500.0, y)) for y in (75.0, 150.0, 225.0)]
    assert not any(_crosses(street, box) for street in streets for box in boxes)
    assert all(box.left >= 0 and box.right <= 500 and box.top >= 0 for box in boxes)


def test_a_name_without_room_on_a_map_is_told() -> None:
    _, problems = drawn(40, [])

    assert {problem.code for problem in problems} == {"map-crowded"}
