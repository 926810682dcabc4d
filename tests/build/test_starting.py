"""New files of a project, begun from a layout: what is in them, and what is never written over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hrcpub.build.starting import copy_layout, start_material, write_text
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.project.layout import layout_names, read_layout
from hrcpub.project.material import read_material
from tests.shared.project import read_yaml


def test_a_layout_is_copied_and_its_sample_is_of_the_new_one(sources: Sources) -> None:
    folder = copy_layout(sources, "card", "our-card")
    assert folder == "layouts/our-card"
    again = Sources(sources.root)
    assert "our-card" in layout_names(again)
    first, copy = (read_layout(again, name) for name in ("card", "our-card"))
    assert copy.title == f"{first.title} (our-card)"
    assert list(copy.slots) == list(first.slots)
    for file in ("layout.html", "layout.css"):
        assert again.read(f"{folder}/{file}") == again.read(f"layouts/card/{file}")
    assert read_yaml(str(sources.root / folder / "sample.yaml"))["layout"] == "our-card"
    assert (sources.root / folder / "schema.json").is_file()
    name = start_material(again, "our-card", "my-card", "en")
    assert read_material(Project(Sources(sources.root)), Path(name).stem).layout.name == "our-card"


BEGUN: dict[str, tuple[Callable[[Sources], object], str]] = {
    "a layout that is there": (lambda at: copy_layout(at, "card", "brief"), "name-taken"),
    "a layout without a name": (lambda at: copy_layout(at, "card", "Our Card"), "name-unfit"),
    "a layout called as a device": (lambda at: copy_layout(at, "card", "con"), "name-unfit"),
    "a layout of none": (lambda at: copy_layout(at, "kard", "our-card"), "layout-unknown"),
    "a material that is there": (lambda at: start_material(at, "card", "overdose"), "name-taken"),
    "a file below a file": (
        lambda at: write_text(at, "materials/overdose.yaml/a.txt", "words"),
        "output-not-written",
    ),
}


@pytest.mark.parametrize("name", BEGUN)
def test_what_cannot_be_begun_is_told_and_nothing_is_changed(name: str, sources: Sources) -> None:
    begin, code = BEGUN[name]
    with pytest.raises(HrcpubError) as told:
        begin(sources)
    assert [problem.code for problem in told.value.problems] == [code]
    assert not (sources.root / "layouts/our-card").exists()


def test_a_file_that_cannot_be_written_is_told_with_what_to_do(sources: Sources) -> None:
    with pytest.raises(HrcpubError) as told:
        write_text(sources, "materials/overdose.yaml/a.txt", "words")
    assert "get permission to write into this folder" in told.value.problems[0].hint
