"""What a Face says of a font file, against fontTools' reading of the same file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.setting.face import DISPLAY_FEATURES
from tests.shared.project import ROOT

FILES = sorted((ROOT / "fonts").glob("*/*.ttf"))
FRANKLIN = ROOT / "fonts/libre-franklin/LibreFranklin-Regular.ttf"
GOTHIC = ROOT / "fonts/league-gothic/LeagueGothic-Regular.ttf"


def test_fonts_were_found() -> None:
    assert len(FILES) >= 7
    assert {FRANKLIN, GOTHIC} <= set(FILES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_face_draws_the_characters_that_its_file_maps(file: Path) -> None:
    face, font = Face(file.read_bytes()), TTFont(BytesIO(file.read_bytes()))
    mapped = font.getBestCmap()
    assert face.count == len(mapped)
    assert face.missing("".join(map(chr, mapped))) == ""


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Harm Reduction", ""),
        ("", ""),
        ("two words\tand\nspace\u3000", ""),
        ("☎ call ☎ me", "☎"),
        ("Ω→☎", "→☎"),
        ("“quotes” — dashes – and … é ñ ç", ""),
    ],
)
def test_what_a_face_lacks_is_named_once_and_in_order(text: str, missing: str) -> None:
    assert Face(FRANKLIN.read_bytes()).missing(text) == missing


@pytest.mark.parametrize("letter", "HWgjyQ,“")
def test_the_ink_of_a_letter_is_its_outline_in_the_file(letter: str) -> None:
    font = TTFont(BytesIO(GOTHIC.read_bytes()))
    outline = font["glyf"][font.getBestCmap()[ord(letter)]]
    upem = font["head"].unitsPerEm
    ink = Face(GOTHIC.read_bytes()).ink(letter)
    box = (outline.xMin, outline.xMax, outline.yMax, outline.yMin)
    assert ink == pytest.approx([edge / upem for edge in box], abs=1e-6)


def test_a_lines_ink_is_kerned_as_it_will_be_printed() -> None:
    face = Face(FRANKLIN.read_bytes())
    apart = face.ink("A").right + face.ink("V").right
    assert face.ink("AV").right < apart


@pytest.mark.parametrize("text", ["", " ", "\u00a0"])
def test_a_line_without_ink_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no ink"):
        Face(FRANKLIN.read_bytes()).ink(text)


def test_display_lines_are_measured_without_ligatures() -> None:
    face = Face(GOTHIC.read_bytes())
    assert len(face.glyph_inks("fi")) == 1, "the face has no ligature to switch off"
    assert len(face.glyph_inks("fi", DISPLAY_FEATURES)) == 2
    assert face.display_ink("fi") == face.ink("fi", DISPLAY_FEATURES)


def test_an_advance_stands_on_the_first_character_of_its_cluster() -> None:
    face = Face(FRANKLIN.read_bytes())
    f, i, e, accent = face.advances("fie\u0301")
    assert f == pytest.approx(face.advances("\ufb01")[0]), "f and i print as one letter"
    assert i == accent == 0
    assert e == pytest.approx(face.advances("é")[0])


def test_ascent_and_descent_are_those_that_css_puts_a_baseline_by() -> None:
    font = TTFont(BytesIO(FRANKLIN.read_bytes()))
    face, upem = Face(FRANKLIN.read_bytes()), font["head"].unitsPerEm
    assert face.ascent == pytest.approx(font["hhea"].ascent / upem)
    assert face.descent == pytest.approx(-font["hhea"].descent / upem)
