"""Texts to sentences and words."""

from __future__ import annotations

import re

import pytest

from hrcpub.project.house_style.prose import (
    _IN_ADDRESS,
    in_small_letters,
    sentences,
    without_quotations,
)

TEXTS = {
    "Call 911. Give naloxone. Stay.": ["Call 911.", "Give naloxone.", "Stay."],
    "No answer? Go on.": ["No answer?", "Go on."],
    "Dr. Lee is in on Mon. at 9 a.m. to talk.": ["Dr. Lee is in on Mon. at 9 a.m. to talk."],
    "¿No despierta? ¡Llame! Quédese.": ["¿No despierta?", "¡Llame!", "Quédese."],
    "“Wait.” She waited.": ["“Wait.”", "She waited."],
    "Version 2.5 is out": ["Version 2.5 is out"],
    "": [],
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_has_these_sentences(text: str) -> None:
    found = list(sentences(text))
    assert [sentence.text for sentence in found] == TEXTS[text]
    assert all(text[one.start : one.end] == one.text for one in found)


def test_a_label_is_no_whole_sentence() -> None:
    assert [one.is_whole for one in sentences("It works. What to do")] == [True, False]


def test_addresses_are_no_words() -> None:
    (sentence,) = sentences("Write to help@example.org or see www.example.org/a today")
    assert sentence.words == ["Write", "to", "or", "see", "today"]


@pytest.mark.parametrize("text", ["é.é", "1.a", "_.-", "٣.٣", "At 9. A", ".org", "a.", "a .b", ""])
def test_a_stop_is_in_an_address_between_two_letters_or_digits(text: str) -> None:
    assert bool(_IN_ADDRESS.search(text)) == bool(re.search(r"\w\.\w", text))


def test_quotations_and_addresses_are_blank_and_all_stays_in_its_place() -> None:
    text = "They say “junkie” at example.org and don’t ask"
    bare = without_quotations(text)
    assert len(bare) == len(text)
    assert bare.split() == ["They", "say", "at", "and", "don’t", "ask"]


def test_small_letters_are_as_many() -> None:
    text = "İstanbul’s\u00a0A"
    assert len(in_small_letters(text)) == len(text)
    assert in_small_letters("It’s\u00a0A") == "it's a"
