"""`materials/organisation.yaml` says who signs, in which language, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from hrcpub.build.starting import schema_text
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.project.material import read_material
from hrcpub.project.organisation import Organisation, organisation_schema, read_organisation
from tests.shared.project import ROOT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "materials").mkdir()
    return tmp_path / "materials/organisation.yaml"


def read(path: Path, text: str) -> Organisation:
    path.write_text(text, encoding="utf-8")
    return read_organisation(Sources(path.parents[1]))


def said(path: Path, text: str) -> list[tuple[str, int]]:
    with pytest.raises(HrcpubError) as caught:
        read(path, text)
    return [(problem.code, problem.source.line) for problem in caught.value.problems]


def test_a_name_is_the_same_in_all_languages(path: Path) -> None:
    organisation = read(path, "name: Harm Reduction Coalition")
    assert (
        str(organisation.name("en")) == str(organisation.name("es")) == "Harm Reduction Coalition"
    )


def test_a_name_may_differ_by_language(path: Path) -> None:
    organisation = read(path, "name:\n  en: Night Van\n  es: Furgón Nocturno\n")
    assert str(organisation.name("es")) == str(organisation.name("es-MX")) == "Furgón Nocturno"
    assert str(organisation.name("fr")) == "Night Van"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name: " + "x" * 61, ("slot-limit", 1)),
        ("name: Night Van # 5", ("yaml-comment", 1)),
        ("paper-size: a4\nname: …", ("slot-value", 2)),
        ("name:\n  en: Night Van\n  es: '-'", ("slot-value", 3)),
        ("name: [Night, Van]", ("slot-shape", 1)),
        ("name:\n  en: [Night, Van]\n  es: Furgón", ("slot-shape", 2)),
        ("nam: Night Van", ("slot-unknown", 1)),
    ],
)
def test_a_mistake_is_told_at_its_line(path: Path, text: str, problem: tuple[str, int]) -> None:
    assert said(path, text) == [problem]


@pytest.mark.parametrize("text", [None, "paper-size: letter\n"])
def test_a_piece_that_nobody_signs_is_told_with_the_way_out(
    project: Path, text: str | None
) -> None:
    path = project / "materials/organisation.yaml"
    path.unlink()
    if text:
        path.write_text(text, encoding="utf-8")
    problems = read_material(Project(Sources(project)), "principles").problems
    [unsigned] = [problem for problem in problems if problem.code == "organisation-missing"]
    assert not unsigned.is_error
    assert "materials/organisation.yaml" in unsigned.hint


def test_all_mistakes_of_the_file_are_told_at_once(project: Path) -> None:
    path = project / "materials/organisation.yaml"
    wrong = "paper-size: A5\nnam: Night Van\ncolours: {pink: red}\nurl: x y\n"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(HrcpubError) as caught:
        read_material(Project(Sources(project)), "principles")
    told = sorted(problem.source.line for problem in caught.value.problems if problem.source)
    assert told == [1, 2, 3, 4]


def without_contacts(project: Path, offices: str, piece: str = "principles") -> Path:
    """Return a project one of whose pieces names no offices, as its organisation.yaml may."""
    path = project / f"materials/{piece}.yaml"
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition("  contacts:\n")
    assert rest
    lines = rest.splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.startswith("    - "))
    path.write_text(head + kept, encoding="utf-8")
    organisation = project / "materials/organisation.yaml"
    organisation.write_text(f"name: Night Van\n{offices}", encoding="utf-8")
    return project


def test_a_piece_that_names_no_offices_has_the_usual_ones(project: Path) -> None:
    opened = Project(Sources(without_contacts(project, "offices: [west-coast]\n")))
    material = read_material(opened, "principles")
    assert [office.id for office in material.contacts] == ["west-coast"]
    assert [id.slot for id in material.words["contacts"]] == ["words.contacts.1"]


def test_without_usual_offices_only_a_contact_card_must_name_its_own(project: Path) -> None:
    opened = Project(Sources(without_contacts(project, "")))
    assert read_material(opened, "principles").contacts == ()
    opened = Project(Sources(without_contacts(project, "", "contact-card")))
    with pytest.raises(HrcpubError) as caught:
        read_material(opened, "contact-card")
    [problem] = caught.value.problems
    assert problem.code == "slot-missing"


def test_an_empty_list_is_no_office_though_there_are_usual_ones(project: Path) -> None:
    root = without_contacts(project, "offices: [west-coast]\n")
    path = root / "materials/principles.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "  contacts: []\n", encoding="utf-8")
    assert read_material(Project(Sources(root)), "principles").contacts == ()


def test_a_usual_office_that_is_unknown_is_told_at_its_line(project: Path) -> None:
    opened = Project(Sources(without_contacts(project, "offices: [west-cost]\n")))
    with pytest.raises(HrcpubError) as caught:
        read_material(opened, "principles")
    [problem] = caught.value.problems
    assert problem.code == "contact-unknown"
    assert (problem.source.path, problem.source.line) == ("materials/organisation.yaml", 2)


@pytest.mark.parametrize(
    ("value", "is_right"),
    [
        ({"name": "Night Van"}, True),
        ({"name": {"en": "Night Van", "es": "Furgón"}, "paper-size": "a4"}, True),
        ({"name": "Night Van", "short": "NV", "offices": ["downtown"]}, True),
        ({"name": ["Night Van"]}, False),
        ({"name": {"en": 5}}, False),
        ({"paper-size": "A2"}, False),
        ({"nam": "Night Van"}, False),
    ],
)
def test_the_schema_takes_what_the_file_may_hold(value: dict[str, object], is_right: bool) -> None:
    assert Draft202012Validator(organisation_schema()).is_valid(value) is is_right


def test_this_repositorys_schema_is_up_to_date() -> None:
    written = (ROOT / "materials/organisation.schema.json").read_text(encoding="utf-8")
    assert written == schema_text(Sources(ROOT), "organisation")
