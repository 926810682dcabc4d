"""Quotes and apostrophes of languages other than English, and letters that look like them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcpub.pipeline.compose.titles import weights
from hrcpub.project.markup import one_line, plain, spans
from hrcpub.project.quotes import LETTERS, QUOTES, letters_meant, quoted_as, signs_of, tight

# By CLDR 48.2, the package cldr-misc-full: delimiters.
SET = [
    ("es", """dice "no 'ahora'" y va""", "dice “no ‘ahora’” y va"),
    ("es-MX", '"*sí*", (\'no\')', "“*sí*”, (‘no’)"),
    ("fr", """Il dit "oui", l'eau d'ici""", "Il dit «\u202foui\u202f», l’eau d’ici"),
    ("fr", "« Oui » ; non ! Oui :", "«\u202fOui\u202f»\u202f; non\u202f! Oui\u00a0:"),
    ("fr", """"dire 'oui' ici" """, "«\u202fdire “oui” ici\u202f» "),
    ("fr-CA", '"oui" ; non !', "«\u00a0oui\u00a0» ; non !"),
    ("ht", """m'ap di "wi" """, "m’ap di «\u202fwi\u202f» "),
    ("de", """Er sagt "so 'ja' geht's".""", "Er sagt „so ‚ja‘ geht’s“."),
    ("pl", '"tak"', "„tak”"),
    ("ro", '"da"', "„da”"),
    ("ru", """"да 'нет' да" 'нет'""", "«да „нет“ да» „нет“"),
    ("uk", """"п'ять" """, "«п’ять» "),
    ("el", '"ναι"', "«ναι»"),
    ("ar", '"نعم" هنا', "”نعم“ هنا"),
    ("fa", '"بله"', "«بله»"),
    ("he", """צה"ל אמר "כן", צ'ק""", "צה״ל אמר ”כן”, צ׳ק"),
    ("am", '"አዎ"', "«አዎ»"),
    ("hi", '"हाँ"', "“हाँ”"),
    ("zh", '他说"你好"了', "他说“你好”了"),
    ("zh-Hant", """他說"你'好'"了""", "他說「你『好』」了"),
    ("ja", '彼は"はい"と', "彼は「はい」と"),
    ("th", 'เขาว่า"ใช่"ครับ', "เขาว่า“ใช่”ครับ"),
    ("ko", '"네"라고', "“네”라고"),
    ("so", "go'aan, la'", "go’aan, la’"),
    ("haw", """"Hawai'i" 'o ia""", "“Hawai'i” 'o ia"),
    ("nv", """"ha'át'íí" """, """“ha'át'íí” """),
]  # fmt: skip


@pytest.mark.parametrize(("language", "typed", "shown"), SET)
def test_each_language_has_its_own_quotes(language: str, typed: str, shown: str) -> None:
    assert quoted_as(typed, language) == shown
    assert quoted_as(shown, language) == shown, "typographic quotes stay"


LETTERED = [
    ("haw", "Hawai'i, ‘Ōlelo", [("Hawai'i", "Hawaiʻi"), ("‘Ōlelo", "ʻŌlelo")]),
    ("haw", "Hawaiʻi ʻo ia", []),
    ("haw", "“Aloha”", []),
    ("nv", "Diné ha’át’íí, t'óó", [("ha’át’íí", "haʼátʼíí"), ("t'óó", "tʼóó")]),
    ("yap", "Waqab ko Ra'", [("Ra'", "Raʼ")]),
    ("es", "Hawai'i", []),
]


@pytest.mark.parametrize(("language", "text", "meant"), LETTERED)
def test_a_quote_in_the_place_of_a_letter_is_told(
    language: str, text: str, meant: list[tuple[str, str]]
) -> None:
    assert list(letters_meant(text, language)) == meant


@given(
    st.text(st.sampled_from("ab אв中 '\"«»—.(")),
    st.sampled_from(sorted({*QUOTES, *LETTERS})),
)
def test_no_letter_is_changed(text: str, language: str) -> None:
    shown = quoted_as(text, language)
    assert re.findall(r"\w", shown) == re.findall(r"\w", text)
    if language in LETTERS:
        assert shown.count("'") == text.count("'")


def test_a_narrow_space_that_was_typed_stays() -> None:
    assert one_line("«\u202foui\u202f»  et") == "«\u202foui\u202f» et"


def test_an_address_keeps_what_was_typed() -> None:
    assert [span.link for span in spans("[a 'b'](https://example.org/?a='b') !", "fr")] == [
        "https://example.org/?a=%27b%27",
        None,
    ]


@pytest.mark.parametrize(
    ("language", "signs"),
    [("en", ":, "), ("fr-CA", "\u00a0:, "), ("zh-Hant", "：、"), ("fa", ":، "), ("am", "፦፣ ")],
)
def test_a_language_has_its_own_colon_and_comma(language: str, signs: str) -> None:
    assert "".join(signs_of(language)) == signs


def test_large_type_has_no_narrow_spaces() -> None:
    text = plain('*"Oui"* ! Non', "fr")
    assert tight(text) == "«Oui»! Non"
    assert weights('*"Oui"* ! Non', "fr") == [True, False]
