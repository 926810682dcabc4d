"""Marks of sources in words: what is left without them, what they say, and what lacks one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node, parse
from hrcpub.problems import Source
from hrcpub.project.claims import Claimed, take_claims, unsourced, without_numbers
from hrcpub.project.house_style.findings import SeenText, findings
from hrcpub.project.house_style.rules import rule_book
from hrcpub.project.markup import one_line, spans
from hrcpub.project.slot import Slot
from hrcpub.project.words import Words

NO_FILES = Sources(Path())
MATERIAL = """
title: Why carry it? {survey}
words:
  lead: Nine in ten people survive {survey}. Many do not know {survey-2}, and ask.
  steps:
    - text: Breathe. {first-aid}
    - text: "Stay {survey}!"
  plain: No braces {But These}
"""


def taken(text: str = MATERIAL, *, are_numbered: bool = False) -> Claimed:
    """Return what is taken out of a YAML text."""
    node, problems = parse(text, "materials/one.yaml")
    assert node
    assert not problems
    return take_claims(node, are_numbered=are_numbered)


def words_of(claimed: Claimed) -> list[str]:
    """Return the texts of words."""
    words = (claimed.node.mapping or {})["words"].mapping or {}
    steps = [(one.mapping or {})["text"].text for one in words["steps"].items or ()]
    return [text or "" for text in (words["lead"].text, *steps, words["plain"].text)]


def test_marks_are_not_printed() -> None:
    assert (taken().node.mapping or {})["title"].text == "Why carry it?"
    assert words_of(taken()) == [
        "Nine in ten people survive. Many do not know, and ask.",
        "Breathe.",
        "Stay!",
        "No braces {But These}",
    ]


def test_endnotes_have_numbers_behind_the_sign_in_the_order_of_their_sources() -> None:
    assert words_of(taken(are_numbered=True))[:3] == [
        "Nine in ten people survive.¹ Many do not know,² and ask.",
        "Breathe.³",
        "Stay!¹",
    ]


def test_words_do_not_run_together_where_no_space_was_typed_behind_a_mark() -> None:
    yaml = "words: {lead: 'Lips {a}or nails {b}{a}blue. Un{c}done {a}- so'}"
    for are_numbered, expected in (
        (False, "Lips or nails blue. Undone- so"),
        (True, "Lips¹ or nails²\u00a0¹ blue. Un³done¹- so"),
    ):
        claimed = taken(yaml, are_numbered=are_numbered)
        lead = ((claimed.node.mapping or {})["words"].mapping or {})["lead"]
        assert lead.text == expected


def test_the_numbers_of_marks_in_a_row_stand_apart() -> None:
    claimed = taken("words: {lead: 'It works {a}{b} {a}. So {b}'}", are_numbered=True)
    lead = ((claimed.node.mapping or {})["words"].mapping or {})["lead"]
    assert lead.text == "It works.¹\u00a0² So²"


def test_a_number_is_no_part_of_the_address_before_it() -> None:
    claimed = taken("words: {lead: 'See https://example.org/a {a}.'}", are_numbered=True)
    lead = ((claimed.node.mapping or {})["words"].mapping or {})["lead"].text or ""
    assert [span.link for span in spans(lead) if span.link] == ["https://example.org/a"]


NUMBERED = (
    "Nine in ten people survive {survey}. Many do not know {survey-2}, and ask.",
    "12 m² {a}. And m³ {b}{a}! {c} Then",
    "*Emphasis {a}* and **strong. {b}** [link {c}](https://example.org)",
    "{a} It begins",
    "None, but m²",
    "Call\\\\ us {a}, now.",
    "Lips {a}or nails {b} {a}are{c} blue{b}.",
)


@pytest.mark.parametrize("text", NUMBERED)
def test_numbers_can_be_taken_out_again(text: str) -> None:
    yaml = f'words:\n  lead: "{text}"\n'
    numbered, bare = taken(yaml, are_numbered=True), taken(yaml)
    lead, expected = (
        one_line(((one.node.mapping or {})["words"].mapping or {})["lead"].text or "")
        for one in (numbered, bare)
    )
    (found,) = without_numbers([Words(lead, Source(), "words.lead")], numbered.claims)
    assert found.text == expected


def test_numbers_are_those_of_the_notes_where_a_mark_leaves_none() -> None:
    yaml = "title: Why? {a}\nwords: {photo: {alt: 'A hand {b}'}, lead: 'Ten {c}. Two {a}'}"
    claimed = taken(yaml, are_numbered=True)
    words = (claimed.node.mapping or {})["words"].mapping or {}
    lead, alt = words["lead"].text or "", (words["photo"].mapping or {})["alt"].text
    assert [claim.source for claim in claimed.claims] == ["a", "b", "c", "a"]
    assert (alt, lead) == ("A hand", "Ten.³ Two¹")
    (found,) = without_numbers([Words(lead, Source(), "words.lead")], claimed.claims)
    assert found.text == "Ten. Two"


def test_a_claim_within_markup_says_what_a_reader_sees() -> None:
    claims = taken("words: {lead: '**Nine {a}** live. [Ten {b}](https://example.org)'}").claims
    assert [claim.passage for claim in claims] == ["Nine", "Ten"]


def test_a_claim_is_the_sentence_before_its_mark_with_its_place() -> None:
    claims = taken().claims
    assert [(one.source, one.slot, one.passage) for one in claims] == [
        ("survey", "title", "Why carry it?"),
        ("survey", "words.lead", "Nine in ten people survive"),
        ("survey-2", "words.lead", "Many do not know"),
        ("first-aid", "words.steps.1.text", "Breathe."),
        ("survey", "words.steps.2.text", "Stay"),
    ]
    assert [one.place.line for one in claims] == [2, 4, 4, 6, 7]


PLACES = """
words:
  photo: {file: "a.png {survey}", alt: "A hand {survey}", caption: "Half of all people {survey}"}
  code: {url: "https://example.org/{survey}", about: "The list {survey}"}
  contacts: ["night-van {survey}"]
  lead: It works. {survey}
"""


def test_marks_are_taken_out_of_words_and_out_of_nothing_else() -> None:
    node, _ = parse(PLACES, "materials/one.yaml")
    assert node
    slots = {name: Slot(kind) for name, kind in KINDS_OF_PLACES.items()}
    claimed = take_claims(node, slots, are_numbered=True)
    assert list(_plain(claimed.node)) == [
        "a.png {survey}", "A hand", "Half of all people¹", "https://example.org/{survey}",
        "The list¹", "night-van {survey}", "It works.¹",
    ]  # fmt: skip
    assert len(claimed.claims) == 4


KINDS_OF_PLACES = {"photo": "image", "code": "code", "contacts": "contacts", "lead": "text"}


def _plain(node: Node) -> Iterator[str]:
    if node.text is not None:
        yield node.text
    for one in node.items or (node.mapping or {}).values():
        yield from _plain(one)


def test_words_without_marks_are_left_alone() -> None:
    text = "title: One\nwords:\n  lead: No marks\n"
    node, _ = parse(text, "one.yaml")
    assert node
    assert take_claims(node) == Claimed(node, ())


FIGURES = {
    "en": (
        "Naloxone works in 80 % of them.",
        "It saved 26,000 lives, or 5 percent.",
        "1.5 million are without care.",
        "Nine in ten people live.",
        "3 out of 4 deaths could be avoided.",
        "Half of all people know it.",
        "It is 50 times as strong.",
        "Twice as many came.",
    ),
    "es": (
        "El 80 % vive.",
        "Hay 3 millones.",
        "Nueve de cada diez viven.",
        "La mitad de las personas lo sabe.",
        "Es 50 veces más fuerte.",
    ),
    "fr": ("80 % survivent.",),
}
NO_FIGURES = {
    "en": (
        "Give another dose after 2 to 3 minutes.",
        "Call 911, or (212) 555-0100.",
        "One slow breath every 5 seconds.",
        "Open Monday to Friday, 9 to 5.",
        "Two people can carry it.",
        "You are 100 times welcome.",
    ),
    "es": ("Llame al 911.", "Espere 2 o 3 minutos.", "Dos personas."),
    "fr": ("Appelez le 15.",),
}


@pytest.mark.parametrize(("language", "text"), [(k, t) for k, ts in FIGURES.items() for t in ts])
def test_a_figure_without_a_source_is_told(language: str, text: str) -> None:
    found = list(unsourced([Words(text, Source())], [], language, NO_FILES))
    assert [problem.code for problem in found] == ["figure-unsourced"], text


@pytest.mark.parametrize(("language", "text"), [(k, t) for k, ts in NO_FIGURES.items() for t in ts])
def test_doses_hours_and_telephones_are_no_figures(language: str, text: str) -> None:
    assert list(unsourced([Words(text, Source())], [], language, NO_FILES)) == []


SOURCED = {
    "80 % live {a}.": 0,
    "In 2023 {a}, 80 % lived.": 0,
    "80 % live. They are well. {a}": 0,
    "80 % live. {a} And 5 % do not.": 1,
    "80 % live. Some do not.": 1,
    "Some do not {a}. *80 %* live.": 1,
    "It is 1.5 times as strong {a} as 2.5 % were.": 0,
}


@pytest.mark.parametrize("text", SOURCED)
def test_a_mark_is_of_what_stands_before_it_and_of_its_sentence(text: str) -> None:
    claimed = taken(f'words:\n  lead: "{text}"\n')
    node = ((claimed.node.mapping or {})["words"].mapping or {})["lead"]
    words = Words(node.text or "", Source(), "words.lead")
    assert len(list(unsourced([words], claimed.claims, "en", NO_FILES))) == SOURCED[text]


def test_a_figure_is_told_where_it_was_typed(tmp_path: Path) -> None:
    text = 'words:\n  lead: >-\n    *5 %* and more {a}.\n    So, "5 %" of us.\n'
    (tmp_path / "one.yaml").write_text(text, encoding="utf-8")
    node, _ = parse(text, "one.yaml")
    assert node
    claimed = take_claims(node)
    lead = ((claimed.node.mapping or {})["words"].mapping or {})["lead"]
    words = Words(one_line(lead.text or ""), lead.source, "words.lead")
    (problem,) = unsourced([words], claimed.claims, "en", Sources(tmp_path))
    assert problem.source
    assert (problem.source.line, problem.source.column, problem.source.width) == (4, 10, 3)


LONG_ROWS = {
    "digits": "1" * 20_000,
    "stops": "1." * 10_000,
    "spaces": "a" + " " * 100_000 + "b",
    "marks": "a {b}" * 15_000,
}


@pytest.mark.parametrize("name", LONG_ROWS)
def test_what_has_no_end_is_gone_over_in_a_moment(name: str) -> None:
    text = LONG_ROWS[name]
    node, _ = parse(f'words: {{lead: "{text}"}}', "materials/one.yaml")
    assert node
    started = time.process_time()
    take_claims(node, are_numbered=True)
    words = Words(text, Source(), "words.lead")
    assert list(unsourced([words], [], "en", NO_FILES)) == []
    book = rule_book("en")
    assert book
    findings([SeenText(text[:20_000])], book)
    assert time.process_time() - started < 5, "it took 10 to 50 seconds"
