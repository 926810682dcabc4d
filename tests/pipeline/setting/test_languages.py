"""Lines in the language of their text, and letters that need no glyph."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.pipeline.setting import Face
from hrcpub.project.languages import forms_of
from tests.shared.project import ROOT

FONTS = ROOT / "fonts"
FRANKLIN = FONTS / "libre-franklin/LibreFranklin-Regular.ttf"
GOTHIC = FONTS / "league-gothic/LeagueGothic-Regular.ttf"
SOFIA = FONTS / "sofia-sans-extra-condensed/SofiaSansExtraCondensed-Black.ttf"
VAZIRMATN = FONTS / "vazirmatn/Vazirmatn-Medium.ttf"


@pytest.mark.parametrize(
    ("file", "text", "language", "other"),
    [(GOTHIC, "iyilik", "tr", "en"), (SOFIA, "декларация", "bg", "ru")],
)
def test_a_language_has_forms_of_its_own(file: Path, text: str, language: str, other: str) -> None:
    data = file.read_bytes()
    own = [glyph.number for glyph in Face(data, language=language).shaped(text)]
    assert own != [glyph.number for glyph in Face(data, language=other).shaped(text)]


@pytest.mark.parametrize(
    "code", [0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0x2066, 0x2069, 0xFE0F]
)
def test_what_shows_nothing_needs_no_glyph(code: int) -> None:
    assert Face(FRANKLIN.read_bytes()).missing(f"a{chr(code)}b☎") == "☎"


def test_a_stack_takes_each_letter_from_the_first_file_that_has_it() -> None:
    latin, arabic = FRANKLIN.read_bytes(), VAZIRMATN.read_bytes()
    face = Face(latin, arabic, language="ar")
    text = "سلام 12 Naloxone"
    assert face.missing(text + "☎") == "☎"
    # From left to right: the Latin word, the number, the Arabic word.
    drawn = [glyph.font for glyph in face.shaped(text)]
    assert drawn == [0] * len("Naloxone") + [1] * 0 + [0] * len(" 12 ") + [1] * 3
    assert sum(face.advances(text)) == pytest.approx(
        sum(glyph.advance for glyph in face.shaped(text)) * face.scale
    )


def test_a_face_may_sit_as_another() -> None:
    ours = Face(FRANKLIN.read_bytes())
    face = Face(VAZIRMATN.read_bytes(), language="ar", sits_as=ours)
    assert (face.ascent, face.descent) == (ours.ascent, ours.descent)
    assert face.is_moved
    assert Face(VAZIRMATN.read_bytes()).ascent != ours.ascent


def test_a_large_lines_face_lends_signs_alone() -> None:
    khmer = (FONTS / "koulen/Koulen-Regular.ttf").read_bytes()
    face = Face(khmer, GOTHIC.read_bytes(), language="km", lends_signs=True)
    assert face.missing("ក 2–3 é") == "é"
    assert [glyph.font for glyph in face.shaped("2–3")] == [0, 1, 0]


@pytest.mark.parametrize(
    ("language", "forms"),
    [("uk", "ru"), ("sr", "ru"), ("ru", "ru"), ("bg", "bg"), ("sr-Latn", "sr-Latn"), ("es", "es")],
)
def test_large_lines_have_bulgarian_forms_in_bulgarian_alone(language: str, forms: str) -> None:
    assert forms_of(language) == forms
