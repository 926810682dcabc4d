"""Words that are still the layout's sample: which count, and what the press is told."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.project.material import read_material
from hrcpub.project.placeholders import unfit_for_press
from tests.shared.project import ROOT

OURS = [{"opening": f"O{number}", "text": "T"} for number in range(3)]
# What an author made of the half sheet's sample, by slot, and what is left of the sample.
CASES = {
    "nothing": ({}, "title, lead, code.about, points.1.opening and 6 more"),
    "the title": (
        {"title": "Ours"},
        "lead, code.about, points.1.opening, points.1.text and 5 more",
    ),
    "quotes, cases and spaces are no words": (
        {"lead": "  a half  SHEET", "title": "why hand OUT half a sheet?"},
        "title, code.about, points.1.opening, points.1.text and 5 more",
    ),
    "all but a short title": (
        {"lead": "L", "code": {"tel": "988"}, "points": OURS},
        "title",
    ),
    # By chance an entry begins as the sample's does.
    "all but a short opening": (
        {
            "title": "T",
            "lead": "L",
            "code": {"about": "A", "url": "example.org/our"},
            "points": [
                {"opening": "One sentence", "text": "of ours"},
                {"opening": "Two", "text": "of ours"},
                {"opening": "Three", "text": "of ours"},
            ],
        },
        None,
    ),
    "a sample's address": (
        {"title": "T", "lead": "L", "points": OURS},
        "code.about, code.url",
    ),
    "moved to another place": (
        {
            "title": "T",
            "lead": "Why Hand Out Half a Sheet?",
            "code": {"tel": "988"},
            "points": OURS,
        },
        "lead",
    ),
}


@pytest.fixture
def root(project: Path) -> Path:
    return project


@pytest.mark.parametrize(("words", "left"), CASES.values(), ids=CASES)
def test_a_material_knows_which_words_are_still_the_samples(
    root: Path, words: dict[str, object], left: str | None
) -> None:
    sample = yaml.load(
        (ROOT / "layouts/half-sheet/sample.yaml").read_text(encoding="utf-8"), yaml.CBaseLoader
    )
    sample["words"] |= words
    (root / "materials/mine.yaml").write_text(yaml.safe_dump(sample), encoding="utf-8")
    sources = Sources(root, today=datetime.date(2026, 12, 1))
    problems = read_material(Project(sources), "mine").problems
    told = [problem for problem in problems if problem.code == "sample-words"]
    said = [problem.message.rpartition(": ")[2] for problem in told]
    assert said == ([left] if left else [])
    refused = unfit_for_press(problems)
    assert [problem.code for problem in refused] == (["placeholder-left"] if left else [])
    assert all(problem.is_error and problem.hint for problem in refused)
    assert [problem.source for problem in refused] == [problem.source for problem in told]


@pytest.mark.parametrize(("number", "is_refused"), [("100", True), ("143", False)])
def test_the_telephone_of_a_new_projects_example_is_refused(
    root: Path, number: str, is_refused: bool
) -> None:
    contacts = root / "materials/contacts.yaml"
    office = (
        "\n  ours:\n    historical: no\n    name: Ours\n    lines: [x]\n"
        f"    tel: (212) 555-0{number}\n"
    )
    contacts.write_text(contacts.read_text(encoding="utf-8") + office, encoding="utf-8")
    card = (root / "materials/contact-card.yaml").read_text(encoding="utf-8")
    parsed = yaml.load(card, yaml.CBaseLoader)
    parsed["verbatim"] = "no"
    parsed["words"]["contacts"] = ["ours"]
    (root / "materials/mine.yaml").write_text(yaml.safe_dump(parsed), encoding="utf-8")
    material = read_material(Project(Sources(root)), "mine")
    assert "telephone-fiction" in {problem.code for problem in material.problems}
    assert len(unfit_for_press(material.problems)) == is_refused
    for refused in unfit_for_press(material.problems):
        assert (refused.code, refused.hint) == ("placeholder-left", "write the real number")
        assert refused.source is not None
        assert refused.source.path == "materials/contacts.yaml"
