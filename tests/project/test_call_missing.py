"""Words that tell people to call, in pieces that give a number and in those that give none."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import Severity, Source
from hrcpub.project.call_missing import call_missing
from hrcpub.project.material import read_material
from hrcpub.project.words import Words

TOLD = [
    ("en", "Call us, day or night", True),
    ("en", "Call 911, then stay", False),
    ("en", "Call (510) 555-0101", False),
    ("en", "A so-called helpline; make a call when you can", False),
    ("es", "Llame en cuanto pueda", True),
    ("es", "Llame al 911", False),
    ("de", "Rufen Sie uns an", True),
    ("ht", "Call us", False),  # a language whose words for it are not known
]


@pytest.mark.parametrize(("language", "text", "is_told"), TOLD)
def test_who_is_told_to_call_needs_a_number(language: str, text: str, is_told: bool) -> None:
    words = Words(text, Source("materials/piece.yaml", 3), "words.lead")
    found = call_missing([words], language, has_number=False)
    assert [problem.code for problem in found] == ["call-missing"] * is_told
    assert call_missing([words], language, has_number=True) == []


def test_a_piece_without_its_office_is_told_at_the_words(project: Path) -> None:
    path = project / "materials/overdose.yaml"
    text = path.read_text("utf-8")
    assert 'number: "911"' in text
    text = text.replace('      number: "911"\n', "").replace("    - samhsa-helpline", "    []")
    path.write_text(text.replace("  call:\n    []", "  call: []"), "utf-8")
    material = read_material(Project(Sources(project)), "overdose")
    [told] = [problem for problem in material.problems if problem.code == "call-missing"]
    assert told.severity is Severity.WARNING
    assert told.source is not None
    assert told.source.path == "materials/overdose.yaml"
    assert "words.steps.2.verb" in told.message


def test_what_a_number_is_for_needs_a_number() -> None:
    label = Words("To talk to somebody:", Source("materials/piece.yaml", 9), "words.call-label")
    [problem] = call_missing([label], "en", has_number=False)
    assert problem.code == "call-missing"
    assert "says what a number is for, and there is no number" in problem.message
    assert call_missing([label], "en", has_number=True) == []
