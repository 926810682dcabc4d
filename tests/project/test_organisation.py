"""`materials/organisation.yaml` says who signs, in which language, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.project.material import read_material
from hrcpub.project.organisation import Organisation, read_organisation


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
