"""What the rules find in the texts of a piece, and what they let be."""

from __future__ import annotations

import pytest

from hrcpub.project.house_style.findings import SeenText, StyleFinding, findings
from hrcpub.project.house_style.rules import rule_book


def found_in(*texts: str, language: str = "en", slot: str = "words.lead") -> list[StyleFinding]:
    book = rule_book(language)
    assert book
    return findings([SeenText(text, slot) for text in texts], book).found


def told(*texts: str, language: str = "en", slot: str = "words.lead") -> list[str]:
    return [
        f"{one.rule.family} {one.text}" for one in found_in(*texts, language=language, slot=slot)
    ]


def test_words_are_found_where_they_stand() -> None:
    (one,) = found_in("A first text.", "Ask the addicts here.")
    assert (one.passage, one.start, one.end, one.text) == (1, 8, 15, "addicts")


def test_of_words_within_others_the_longest_is_told() -> None:
    assert told("Many recovering drug addicts work here.") == ["stigma recovering drug addicts"]


NOT_TOLD = [
    "He said “addict” and meant me.",  # a quotation
    "Call the National Substance Abuse Helpline.",  # a name
    "See addict.example.org for more.",  # an address
    "Do not drink alcoholic drinks.",
    "Clean the skin with soap.",
    "It is never too late.",
    "Addiction is an illness.",  # no whole word
    "Medicine for opioid use disorder (MOUD) helps. Ask for MOUD.",
    "MOUD (medicine for opioid use disorder) helps.",
    "Text HOME to 741741.",
    "CALL NOW FOR HELP",
    "People with HIV, in the US, at 9 AM",
    "911 is free to call from any phone.",
    "2 to 3 minutes",
    "The drug brings on swelling (edema).",  # with a plain word beside it
    "The drug brings on edema (swelling).",
    "Ask of the National Lung Trial, or NLT.",
    "Users of wheelchairs come in from the side.",  # no word of drugs
    "Wheelchair users get naloxone here too.",
    "Failing to wake is a sign.",
]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_these_are_let_be(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Meth makes users feel edgy.", "stigma users"),
        ("If a user of heroin stops, the body hurts.", "stigma a user"),
        ("We see homeless clients.", "stigma homeless clients"),
        ("Many people fail to come back.", "fear people fail to"),
        ("Put it in an intravenous (IV) line.", "jargon intravenous"),
    ],
)
def test_these_are_told(text: str, found: str) -> None:
    assert told(text) == [found]


def test_letters_are_told_once_at_their_first_place() -> None:
    assert told("Ask for MOUD.", "MOUD is free.") == ["acronym MOUD"]
    assert told("MOUD is free.", "Medicine for opioid use disorder (MOUD)") == []


def test_two_things_in_one_sentence_are_told_of_steps_alone() -> None:
    text = "Call 911, then give naloxone."
    assert told(text, slot="words.steps.2.text") == [f"two-actions {text}"]
    assert told(text) == []
    assert told("Llame al 911 y dé naloxona.", language="es", slot="words.steps.1.text")


def test_a_hard_text_is_told_at_its_hardest_sentence() -> None:
    easy = "You can go home."
    hard = (
        "Pharmaceutical manufacturers periodically recommend alternative concentrations of "
        "medications."
    )
    texts = found_in(f"{easy} {hard} {easy}")
    (one,) = [found for found in texts if found.rule.family == "grade"]
    assert one.text == hard
    assert "not 6; this sentence" in one.remark


def test_a_name_in_a_heading_is_no_name() -> None:
    assert told("Drug Abuse Prevention") == ["stigma Drug Abuse"]


def test_signs_of_all_kinds_are_read() -> None:
    assert told("\u202eİ\u00a0addicts’ \U0001f600 x") == ["stigma addicts"]
    assert told("") == []
