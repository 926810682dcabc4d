"""Names of glyphs and codes of simple fonts say which characters they are."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.preflight.page.glyph_names import character, glyph_name, letters


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("A", "A"),
        ("eacute", "é"),
        ("quoteright", "’"),
        ("A.small", "A"),
        ("f_i", "fi"),
        ("fi", "ﬁ"),
        ("uni20AC", "€"),
        ("u1F600", "😀"),
        ("afii10017", "А"),
        ("alpha", "α"),
        (".notdef", ""),
        ("g12", ""),
        ("uniXXXX", ""),
    ],
)
def test_a_glyph_is_known_by_its_name(name: str, words: str) -> None:
    assert character(name) == words


@pytest.mark.parametrize("letter", ["A", " ", "é", "²", "ﬁ", "’", "€", "-", "Я"])
def test_every_letter_has_a_name_that_leads_back_to_it(letter: str) -> None:
    assert character(glyph_name(letter)) == letter


@pytest.mark.parametrize(
    ("encoding", "code", "letter"),
    [
        ("/WinAnsiEncoding", 0x80, "€"),
        ("/WinAnsiEncoding", 0xAD, "-"),
        ("/MacRomanEncoding", 0x8E, "é"),
        ("/MacRomanEncoding", 0xDB, "¤"),
        ("/StandardEncoding", 0x27, "’"),
        ("/StandardEncoding", 0xAE, "ﬁ"),
    ],
)
def test_codes_are_letters_as_the_standard_has_them(encoding: str, code: int, letter: str) -> None:
    assert letters(encoding)[code] == letter


def test_an_encoding_that_pdf_does_not_define_has_no_letters() -> None:
    assert letters("/Identity-H") == {}
