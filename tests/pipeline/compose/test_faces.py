"""Words in other scripts than their text's: set where the project has a face, else told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose import compose
from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset import typeset
from hrcpub.problems import HrcpubError
from hrcpub.project.material import read_material
from tests.shared.pages import texts

CARD = """\
layout: card
title: Ask us anything
language: {language}
code: C9
revision: 1
revised: 2026-01-01
words:
  title: Ask us anything
  contacts: [east-coast]
"""


def composed(project: Path, address: str, language: str = "en") -> Html:
    """Compose a card whose office has something in another script in its address."""
    contacts = project / "materials/contacts.yaml"
    text = contacts.read_text(encoding="utf-8")
    assert "5th Floor" in text
    contacts.write_text(text.replace("5th Floor", address), encoding="utf-8")
    card = project / "materials/mine.yaml"
    card.write_text(CARD.format(language=language), encoding="utf-8")
    files = Project(Sources(project))
    return compose(read_material(files, "mine"), files)


def test_a_name_in_another_script_is_set_in_its_face(project: Path) -> None:
    html = composed(project, "Рынок 市场 שוק")
    assert html.families == {
        "HRC Gothic",
        "HRC Franklin",  # which has Cyrillic
        "HRC Simplified Chinese",
        "HRC Hebrew",
    }
    pdf = typeset(html, Project(Sources(project))).document.write_pdf()
    printed = " ".join(texts(pdf))
    assert "Рынок" in printed
    assert "市" in printed


def test_a_script_without_a_face_here_is_told_once(project: Path) -> None:
    with pytest.raises(HrcpubError) as caught:
        composed(project, "시장 ක්‍රම 한국")
    korean, sinhala = caught.value.problems
    assert korean.code == sinhala.code == "glyph-missing"
    assert "Korean letters: 4 of them" in korean.message
    assert korean.hint
    assert korean.hint.endswith("hrcpub fonts add ko")
    assert "SINHALA" in sinhala.message.upper()
    assert str(korean.source).startswith("materials/contacts.yaml:")


def test_pages_in_our_own_letters_have_our_own_faces_alone(project: Path) -> None:
    css = composed(project, "5th Floor", "en").stylesheets[0].text
    assert ":root em{" not in css
    assert '--text-face:"HRC Franklin";' in css
    assert "?ascent=" not in css
