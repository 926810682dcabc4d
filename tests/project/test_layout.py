"""Layouts and the design system: what their files give. Mistakes in a layout.yaml are in bad/."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Source
from hrcpub.project.edition import EDITIONS
from hrcpub.project.layout import layout_names, read_layout, read_system
from hrcpub.project.material import read_material, read_material_file
from hrcpub.project.sheets import SHEETS
from hrcpub.project.slots import KINDS
from tests.shared.project import DESIGNS, ROOT, read_yaml

NAMES = layout_names(Sources(ROOT))
SYSTEM = "layouts/system/system.yaml"


def test_the_projects_layouts_are_found_and_the_system_is_none_of_them() -> None:
    assert {"sheet", "brief", "card"} <= set(NAMES)
    assert "system" not in NAMES
    assert set(NAMES) == set(DESIGNS)


def test_a_folder_without_layout_yaml_is_no_layout(project: Path) -> None:
    (project / "layouts" / "draft").mkdir()
    (project / "layouts" / "notes.txt").touch()
    assert layout_names(Sources(project)) == NAMES


@pytest.mark.parametrize("name", DESIGNS)
def test_a_layout_has_its_trim_its_sides_and_its_paper(name: str) -> None:
    layout = read_layout(Sources(ROOT), name)
    design = DESIGNS[name]
    words = read_yaml(f"layouts/{name}/sample.yaml")["words"]
    found = (layout.trim, layout.sides_of(words), layout.colour)
    assert found == (design.trim, design.sides, design.paper)
    assert layout.folder == f"layouts/{name}"
    every = [edition for edition in EDITIONS if edition != "office" or design.sheets]
    assert list(layout.editions) == every


@pytest.mark.parametrize("sheet", ["letter", "a4"])
@pytest.mark.parametrize("name", DESIGNS)
def test_a_layout_has_the_format_of_its_trim(name: str, sheet: str) -> None:
    layout = read_layout(Sources(ROOT), name, sheet=SHEETS[sheet])
    assert layout.format == layout.system.formats[DESIGNS[name].format]
    assert layout.form("large-print").format.least == 18
    assert layout.grid["smallest"] >= layout.format.least


def test_a_layout_may_name_another_format(project: Path) -> None:
    file = project / "layouts/half-sheet/layout.yaml"
    file.write_text(file.read_text().replace("grid:", "format: card\ngrid:", 1))
    assert read_layout(Sources(project), "half-sheet").format.name == "card"


@pytest.mark.parametrize("name", DESIGNS)
def test_where_offices_print_on_a4_a_layout_has_its_a_size(name: str) -> None:
    letter, a4 = (read_layout(Sources(ROOT), name, sheet=SHEETS[own]) for own in ("letter", "a4"))
    millimetres = [length * 25.4 / 72 for length in a4.trim]
    assert millimetres == pytest.approx(DESIGNS[name].a_trim)
    assert (a4.editions, a4.sides, a4.slots) == (letter.editions, letter.sides, letter.slots)
    assert a4.form("large-print").trim == pytest.approx((595.28, 841.89), abs=0.01)
    assert list(a4.grid) == list(letter.grid)
    # What is read has the same size on both; what is measured has changed.
    assert a4.grid["text-size"] == letter.grid["text-size"]
    assert a4.grid["measure"] != letter.grid["measure"]
    assert a4.grid["measure"] < a4.trim.width - a4.grid["margin"]


def test_an_office_that_prints_on_tabloid_has_the_poster_too() -> None:
    editions = {
        name: read_layout(Sources(ROOT), "poster", sheet=SHEETS[name]).editions for name in SHEETS
    }
    assert [name for name in SHEETS if "office" in editions[name]] == ["tabloid", "a3"]


@pytest.mark.parametrize("name", SHEETS)
def test_the_projects_own_paper_size_is_its_sheet(name: str, project: Path) -> None:
    path = project / "materials/organisation.yaml"
    path.write_text(f"paper-size: {name}\n", encoding="utf-8")
    layout = read_layout(Sources(project), "sheet")
    assert layout.sheet == SHEETS[name]
    assert layout.edition("office").sheet == SHEETS[name].size
    assert layout.trim == SHEETS[name].page


def test_a_paper_size_that_is_none_is_told(project: Path) -> None:
    path = project / "materials/organisation.yaml"
    path.write_text("paper-size: A2\n", encoding="utf-8")
    with pytest.raises(HrcpubError) as caught:
        read_layout(Sources(project), "sheet")
    (problem,) = caught.value.problems
    assert (problem.code, problem.source and problem.source.line) == ("slot-choice", 1)


def test_a_formula_that_its_comma_cuts_in_two_is_told_to_be_quoted(project: Path) -> None:
    path = project / "layouts/sheet/layout.yaml"
    written = "grid: {like: letter, gutter: round(width / 30, step)}"
    path.write_text(path.read_text().replace("grid: letter", written))
    with pytest.raises(HrcpubError) as caught:
        read_layout(Sources(project), "sheet")
    (problem,) = caught.value.problems
    assert problem.hint is not None
    assert "quotation marks" in problem.hint


OWN_GRIDS = {
    "grid:\n  like: letter\n  margin: 36 pt\n": ("", {"margin": 36, "measure": 540, "gutter": 18}),
    "grid: leter\n": ("slot-choice", {}),
    "grid:\n  like: leter\n  margin: 36 pt\n": ("slot-choice", {}),
    "grid:\n  margin: 36 pt\n": ("slot-missing", {}),
    "grid:\n  like: letter\n  margin: widht / 2\n": ("grid-value", {}),
}


@pytest.mark.parametrize("written", OWN_GRIDS)
def test_a_layout_may_have_a_grid_of_its_own(written: str, project: Path) -> None:
    code, values = OWN_GRIDS[written]
    path = project / "layouts/sheet/layout.yaml"
    path.write_text(path.read_text().replace("grid: letter\n", written))
    if code:
        with pytest.raises(HrcpubError) as caught:
            read_layout(Sources(project), "sheet")
        assert {problem.code for problem in caught.value.problems} >= {code}
        assert all(
            p.source and p.source.path == "layouts/sheet/layout.yaml" for p in caught.value.problems
        )
    else:
        grid = read_layout(Sources(project), "sheet").grid
        assert {name: grid[name] for name in values} == values


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("trim: A4", ""),
        ("trim: {letter: letter}", "slot-missing"),
        ("trim: {letter: letter, a4: A4, b5: B5}", "slot-unknown"),
        ("trim: {letter: letter, a4: B4}", "slot-value"),
        ("trim: [letter, A4]", "slot-shape"),
    ],
)
def test_a_trim_is_one_size_or_one_for_each_family(written: str, code: str, project: Path) -> None:
    path = project / "layouts/sheet/layout.yaml"
    path.write_text(path.read_text().replace("trim: {letter: letter, a4: A4}", written))
    if code:
        with pytest.raises(HrcpubError) as caught:
            read_layout(Sources(project), "sheet")
        assert [problem.code for problem in caught.value.problems] == [code]
    else:
        layouts = [
            read_layout(Sources(project), "sheet", sheet=SHEETS[s]) for s in ("letter", "a4")
        ]
        assert {layout.trim for layout in layouts} == {SHEETS["a4"].size}


@pytest.mark.parametrize("name", NAMES)
def test_a_layouts_slots_tell_an_author_what_they_are_for(name: str) -> None:
    todo = list(read_layout(Sources(ROOT), name).slots.values())
    assert todo
    assert any(slot.required for slot in todo)
    while todo:
        slot = todo.pop()
        assert slot.about
        assert slot.kind in KINDS
        assert slot.most is None or slot.most >= max(slot.fewest, 1)
        assert slot.fields or slot.kind != "items"
        todo += slot.fields.values()


@pytest.mark.parametrize("name", NAMES)
def test_a_layouts_sample_fills_it_without_an_error(name: str) -> None:
    path = f"layouts/{name}/sample.yaml"
    material = read_material_file(Project(Sources(ROOT)), path, name)
    assert material.layout.name == name
    required = {slot for slot, one in material.layout.slots.items() if one.required}
    assert required <= set(material.words)
    known = {"contact-historical", "contact-due", "not-reviewed", "schedule-fiction"}
    assert {problem.code for problem in material.problems} <= known


def test_slots_of_entries_are_read_with_their_fields() -> None:
    points = read_layout(Sources(ROOT), "brief").slots["points"]
    assert (points.kind, points.required, points.fewest) == ("items", True, 3)
    assert list(points.fields) == ["opening", "text"]
    assert points.fields["opening"].limit
    assert points.fields["opening"].required


def test_the_system_gives_papers_faces_grids_and_phrases() -> None:
    system = read_system(Sources(ROOT))
    assert system.ink.press == (0, 0, 0, 100)
    assert {"what", "why", "how", "bare"} <= set(system.papers)
    assert {"display", "text", "italic", "bold"} <= set(system.faces)
    assert {"margin", "measure", "step"} <= set(system.grids["letter"].formulas)
    assert "en" in system.phrases


def test_every_face_is_a_file_of_the_project_under_a_private_name() -> None:
    sources = Sources(ROOT)
    faces = read_system(sources).faces.values()
    assert faces
    assert all(sources.has(face.file) for face in faces)
    assert all(face.family.startswith("HRC ") for face in faces)
    assert len({(f.family, f.weight, f.style) for f in faces}) == len(faces)


@pytest.mark.parametrize("name", ["nowhere", "system", "", "..", "../materials", "a/b", "Card"])
def test_a_layout_that_is_not_there_is_told_where_it_was_asked_for(name: str) -> None:
    place = Source("a.yaml", 1, 9)
    with pytest.raises(HrcpubError) as caught:
        read_layout(Sources(ROOT), name, place)
    [problem] = caught.value.problems
    assert (problem.code, problem.source) == ("layout-unknown", place)


MISTAKES = {
    "press: 0 0 0 100": ("press: 0 0 100", ["slot-value"]),
    "press: 0 6 80 0": ("press: 0 6 80 101", ["slot-value"]),
    "press: 0 44 8 0": ("press: pink", ["slot-value"]),
    'screen: "#ffe14a"': ("scren: x", ["slot-unknown", "slot-missing"]),
    "gutter: 18 pt": ("gutter: 18", ["grid-value"]),
    "drop: 15 pt": ("drop: 15 points", ["slot-value"]),
    "stamp: 135 pt": ("stamp: [135 pt]", ["slot-shape"]),
    "column: (measure - gutter) / 2": ("column: (measure - guter) / 2", ["grid-value"]),
    "rule: 1.5 pt": ("rule: 1.5 pt - 2 pt", ["grid-value"]),
    "least: 9.5 pt": ("least: 9.5", ["slot-value"]),
    "large-print: {least: 18 pt}": ("larger-print: {least: 18 pt}", ["slot-missing"]),
    "formats:\n": ("format:\n", ["slot-unknown", "slot-missing"]),
    "weight: 800": ("weight: heavy", ["slot-value"]),
    "ink:\n": ("inc:\n", ["slot-unknown", "slot-missing"]),
    "grids:\n": ("grid:\n", ["slot-unknown", "slot-missing"]),
}


@pytest.mark.parametrize("old", MISTAKES)
def test_a_mistake_in_the_system_is_told_in_its_file(old: str, project: Path) -> None:
    new, codes = MISTAKES[old]
    text = (project / SYSTEM).read_text()
    assert old in text
    (project / SYSTEM).write_text(text.replace(old, new, 1))
    with pytest.raises(HrcpubError) as caught:
        read_layout(Sources(project), "card")
    assert [problem.code for problem in caught.value.problems] == codes
    assert all(p.source and p.source.path == SYSTEM for p in caught.value.problems)


def test_a_language_that_lacks_phrases_stops_only_the_pieces_in_it(project: Path) -> None:
    path = project / "layouts" / "system" / "phrases.yaml"
    path.write_text(path.read_text() + "es:\n  tel: Tel.\n")
    system = read_system(Sources(project))
    assert set(system.phrases) == {"en"}
    assert {problem.code for problem in system.unfinished["es"]} == {"slot-missing"}
    card = project / "materials" / "contact-card.yaml"
    read_material(Project(Sources(project)), "contact-card")
    card.write_text(card.read_text().replace("language: en", "language: es"))
    with pytest.raises(HrcpubError) as caught:
        read_material(Project(Sources(project)), "contact-card")
    assert caught.value.problems == system.unfinished["es"]


def test_without_any_finished_language_all_that_is_missing_is_told(project: Path) -> None:
    (project / "layouts" / "system" / "phrases.yaml").write_text("es:\n  tel: Tel.\n")
    with pytest.raises(HrcpubError) as caught:
        read_system(Sources(project))
    assert {problem.code for problem in caught.value.problems} == {"slot-missing"}
    assert len(caught.value.problems) > 5


def test_what_a_layout_was_read_from_is_recorded() -> None:
    sources = Sources(ROOT)
    read_layout(sources, "card")
    assert set(sources.reads.files) == {
        "layouts/card/layout.yaml",
        SYSTEM,
        "layouts/system/phrases.yaml",
        "materials/organisation.yaml",  # which paper the offices print on
    }
