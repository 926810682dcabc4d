"""Figures as they are written: what is read of them, and each mistake at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.figures import figure_names
from hrcpub.project.figures.body import Person, View
from hrcpub.project.figures.reading import read_figure
from hrcpub.project.figures.shapes import Arc, Disc, Inset, Paint, Patch, Stroke
from tests.shared.project import ROOT

LIBRARY = Sources(ROOT)
NAMES = figure_names(LIBRARY)
OVERDOSE = {"wake", "call", "give-spray", "breathe", "recovery", "stay"}
HEAD = """\
title: Thing
alt:
  en: A thing
draw:
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "layouts" / "figures"
    folder.mkdir(parents=True)
    return folder


def write(folder: Path, shapes: str, name: str = "thing", head: str = HEAD) -> Sources:
    (folder / f"{name}.yaml").write_text(head + shapes + "\n", encoding="utf-8")
    return Sources(folder.parents[1])


def problems(folder: Path, shapes: str, head: str = HEAD) -> list[Problem]:
    with pytest.raises(HrcpubError) as error:
        read_figure(write(folder, shapes, head=head), "thing")
    return list(error.value.problems)


def test_the_library_has_what_people_print() -> None:
    assert len(NAMES) >= 30
    assert set(NAMES) > OVERDOSE


@pytest.mark.parametrize("name", NAMES)
def test_each_figure_of_the_library_can_be_read(name: str) -> None:
    figure = read_figure(LIBRARY, name)

    assert figure.shapes
    assert figure.speaks("en")
    assert figure.speaks("es-MX")
    assert figure.alt("en") != figure.alt("es")


@pytest.mark.parametrize("name", NAMES)
def test_each_word_of_a_figure_is_for_those_who_cannot_see_it(name: str) -> None:
    """The page has the words; a figure of letters would be unreadable in every other language."""
    text = (ROOT / "layouts" / "figures" / f"{name}.yaml").read_text(encoding="utf-8")

    assert "text:" not in text
    assert "svg" not in text


def test_every_kind_of_shape_is_read(folder: Path) -> None:
    write(folder, "- {disc: [50, 50], r: 9}", "other")
    sources = write(
        folder,
        """\
- {person: right, tall: 90, hips: [40, 43], legs: [{foot: [40, 4]}]}
- {shape: [[0, 0], [10, 0, 4], [5, 9]], in: paper}
- {box: [[0, 0], [10, 20]], round: 3, hollow: yes}
- {disc: [50, 50.5], r: 9, gap: yes}
- {line: [[0, 0], [10, -2.5]], wide: 8, ends: flat}
- {arc: [50, 50], r: 20, from: -90, to: 90}
- {figure: other, at: [50, 0], high: 40, turn: 12, mirrored: yes}""",
    )

    person, shape, box, disc, line, arc, inset = read_figure(sources, "thing").shapes

    assert isinstance(person, Person)
    assert person.view is View.RIGHT
    assert isinstance(shape, Patch)
    assert [corner.radius for corner in shape.corners] == [0, 4, 0]
    assert shape.style.paint is Paint.PAPER
    assert isinstance(box, Patch)
    assert {corner.at for corner in box.corners} == {(0, 0), (10, 0), (10, 20), (0, 20)}
    assert box.style.is_hollow
    assert isinstance(disc, Disc)
    assert disc.style.has_gap
    assert isinstance(line, Stroke)
    assert (line.style.wide, line.style.is_flat) == (8, True)
    assert isinstance(arc, Arc)
    assert isinstance(inset, Inset)
    assert inset.is_mirrored
    assert inset.figure.name == "other"


@pytest.mark.parametrize(
    ("shapes", "code", "column", "words"),
    [
        ("- {disc: [50], r: 9}", "figure-point", 10, "[40, 12.5]"),
        ("- {disc: [a, 9], r: 9}", "figure-point", 10, ""),
        ("- {disc: [50, 50, 4], r: 9}", "figure-point", 10, ""),
        ("- {disc: [50, 50]}", "slot-missing", 3, "draw.1.r"),
        ("- {disc: [50, 50], r: big}", "slot-value", 23, "-12.5"),
        ("- {disc: [50, nan], r: 9}", "figure-point", 10, ""),
        ("- {disc: [50, 1e999], r: 9}", "figure-point", 10, ""),
        ("- {disc: [50, 50], r: 0}", "slot-value", 23, "above 0"),
        ("- {line: [[0, 0], [9, 9]], wide: -5}", "slot-value", 34, "above 0"),
        ("- {person: left, tall: 0, hips: [40, 43]}", "slot-value", 24, "above 0"),
        ("- {disc: [50, 50], r: 9, wdie: 4}", "slot-unknown", 26, '"wide"'),
        ("- {disc: [50, 50], r: 9, turn: 4}", "slot-unknown", 26, '"turn"'),
        ("- {disc: [50, 50], r: 9, in: red}", "slot-choice", 30, "ink, paper"),
        ("- {disc: [50, 50], line: [[0, 0], [9, 9]]}", "slot-shape", 3, "one of"),
        ("- {shape: [[0, 0], [9, 9]]}", "slot-shape", 11, "3 points or more"),
        ("- {line: [[0, 0], 9]}", "figure-point", 19, ""),
        ("- {figure: tihng, at: [50, 0], high: 9}", "slot-choice", 12, '"thing"'),
        ("- {figure: thing, at: [50, 0], high: 9}", "figure-in-itself", 12, "take it out"),
        ("- {person: up, tall: 90, hips: [40, 43]}", "slot-choice", 12, "front"),
        ("- {person: left, tall: 90}", "slot-missing", 3, "draw.1.hips"),
        (
            "- {person: left, tall: 90, hips: [40, 43], arms: [{hand: [0, 0]}]}",
            "figure-reach", 51, "move the hand",
        ),
        (
            "- {person: left, tall: 90, hips: [40, 43], legs: [{knee: [4, 9]}]}",
            "slot-missing", 51, "foot",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_place(
    folder: Path, shapes: str, code: str, column: int, words: str
) -> None:
    problem = problems(folder, shapes)[0]

    assert problem.code == code
    assert problem.source
    assert (problem.source.line, problem.source.column) == (5, column)
    assert words in f"{problem.message}; {problem.hint}"


def test_a_figure_says_what_it_shows(folder: Path) -> None:
    head = HEAD.replace("  en: A thing", "  es: Una cosa")

    (problem,) = problems(folder, "- {disc: [50, 50], r: 9}", head)

    assert (problem.code, '"alt.en" is missing' in problem.message) == ("slot-missing", True)


def test_a_test_with_readers_is_told_whole(folder: Path) -> None:
    head = f"tested: {{by: The night van, on: 2026-05-31}}\n{HEAD}"
    (problem,) = problems(folder, "- {disc: [50, 50], r: 9}", head)
    assert '"tested.with" is missing' in problem.message

    whole = head.replace("31}", "31, with: 27 of 30 were right}")
    assert read_figure(write(folder, "- {disc: [50, 50], r: 9}", head=whole), "thing").is_tested


def test_a_figure_has_as_many_shapes_as_can_be_drawn(folder: Path) -> None:
    """A hundred of a figure, each of which is a hundred of another one, would be a million."""
    write(folder, "\n".join(["- {disc: [50, 50], r: 9}"] * 100), "part-2")
    for number in (1, 0):
        inner = f"- {{figure: part-{number + 1}, at: [50, 0], high: 50}}"
        sources = write(folder, "\n".join([inner] * 100), f"part-{number}")

    with pytest.raises(HrcpubError) as error:
        read_figure(sources, "part-0")

    assert {problem.code for problem in error.value.problems} == {"figure-shapes"}


def test_a_field_has_a_width(folder: Path) -> None:
    (problem,) = problems(folder, "- {disc: [50, 50], r: 9}", f"wide: 0\n{HEAD}")
    assert problem.code == "slot-value"


def test_figures_in_figures_come_to_an_end(folder: Path) -> None:
    """Each holds the next one, and the last holds the first."""
    for number in range(6):
        inner = f"- {{figure: part-{(number + 1) % 6}, at: [50, 0], high: 50}}"
        sources = write(folder, inner, f"part-{number}")

    with pytest.raises(HrcpubError) as error:
        read_figure(sources, "part-0")

    assert {problem.code for problem in error.value.problems} == {"figure-in-itself"}
