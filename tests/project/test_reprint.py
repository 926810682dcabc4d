"""Reprints against their source: no letter, word, sentence or digit may differ."""

from __future__ import annotations

import datetime
import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import Source
from hrcpub.project.contacts import Contact, Way
from hrcpub.project.material import Material, material_names, read_material
from hrcpub.project.reprint import Difference, office_differs, passage_differs, read_source
from hrcpub.project.words import Words
from tests.shared.project import ROOT

COALITION = read_source((ROOT / "materials/sources/harm-reduction-coalition.txt").read_text())
PROJECT = Project(Sources(ROOT, today=datetime.date(2026, 12, 1)))
LIST = """
Numbers
1. Call us -- it is free.
2) Ask for "Sam"
- Come in;
  stay as long as you like, for there is a chair, and as
  quiet as you like, in the warm room behind the kitchen,
  with tea.
  * Rest (all of it). * Leave when you like
They said: don\u2019t hurry. “No,” we say\u2014never. A footnote* has a star.
"""


def words(text: str, slot: str = "words.lead") -> Words:
    return Words(text, Source("materials/piece.yaml", 1), slot)


def said(text: str, source: str = LIST, *, is_title: bool = False) -> str | None:
    """Return what is said of a passage, None when it is right."""
    difference = passage_differs([words(text)], read_source(source), is_title)
    return difference and difference.why


@pytest.mark.parametrize(
    "text",
    [
        "Numbers",
        "Call us -- it is free.",
        "Call us \u2014 it is free.",
        "Call us\u2014it is free.",
        "Ask for \u201cSam\u201d",
        "Come in;",
        "stay as long as you like, for there is a chair, and as quiet as you like, in the warm "
        "room behind the kitchen, with tea.",
        "Rest (all of it).",
        "Leave when you like",
        'They said: don\'t hurry. "No," we say -- never.',
        "don't hurry.",
        "A footnote* has a star.",
        "A footnote\\* has a star.",
        "",
    ],
)
def test_whole_sentences_and_entries_of_lists_are_the_sources(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("all us -- it is free.", "the source has «Call», not «all»"),
        ("Call us -- it is fre", "the source has «free.», not «fre»"),
        ("Call us -- it is free", "the source has «free.», not «free»"),
        ("Call us -- it is freed.", "the source has «free.», not «freed.»"),
        ("Call me -- it is free.", "the source has «us», not «me»"),
        ("Call us - it is free.", "the source has «--», not «-»"),
        ("Call us -- it is", "the source's sentence goes on with «free.»"),
        ("us -- it is free.", "the source's sentence has «Call» before it"),
        (
            "stay as long as you like, for there is a chair, and as",
            "the source's sentence goes on with «quiet»",
        ),
        ("*Leave* when you like", "the source has «Leave», not «*Leave*»"),
        ("A footnote has a star.", "the source has «footnote*», not «footnote»"),
        ("Leave when you like*", "the source has «like», not «like*»"),
        ("A footnote* has a star. Really.", "it has no «Really.» there"),
        ("Zero", "the source has no «Zero»"),
    ],
)
def test_the_first_change_is_told(text: str, why: str) -> None:
    assert said(text) == why


def test_a_title_is_whole_words_of_a_sentence() -> None:
    assert said("us -- it is", is_title=True) is None
    assert said("s -- it is", is_title=True) == "the source has «us», not «s»"


def test_a_text_that_its_source_wraps_is_not_over_at_the_end_of_a_line() -> None:
    sentence = "It rained for so long that nobody in the street remembered the sun, and then it"
    assert said(f"{sentence} stopped.", f"{sentence}\nstopped.") is None
    assert (
        said(sentence, f"{sentence}\nstopped.") == "the source's sentence goes on with «stopped.»"
    )


@functools.cache
def reprints() -> tuple[Material, ...]:
    """Return the pieces here that reprint the Coalition's text."""
    pieces = (read_material(PROJECT, name) for name in material_names(PROJECT.sources))
    return tuple(piece for piece in pieces if piece.verbatim)


def changes(text: str) -> Iterator[str]:
    """Yield a passage with each change at its ends, and some within."""
    first, last = text[0], text[-1]
    yield from (text[1:], text[:-1], "x" + text, text + "x", "*" + text, text + "*", f"*{text}*")
    yield from (first.swapcase() + text[1:], text[:-1] + ("," if last != "," else "."))
    yield from (text.partition(" ")[2], text.rpartition(" ")[0], f"The {text}", f"{text} Not.")
    yield re.sub(r"(\w)(\w)(?=\W*$)", r"\2\1", text) if text[-3:-2] != text[-2:-1] else text + " x"


def test_no_change_at_the_ends_of_any_passage_here_goes_unseen() -> None:
    passages = {text.text for piece in reprints() for text in piece.texts if len(text.text) > 99}
    whole = [text for text in passages if passage_differs([words(text)], COALITION, False) is None]
    assert len(whole) >= 5  # the others go on from an opening
    for text in whole:
        for changed in changes(text):
            assert passage_differs([words(changed)], COALITION, False), changed


def offices() -> list[Contact]:
    """Return the Coalition's offices."""
    return list({office.id: office for piece in reprints() for office in piece.contacts}.values())


def changed_offices(office: Contact) -> Iterator[tuple[Contact, str]]:
    """Yield an office with each change of one text, and the slot of that text."""
    assert office.tel
    assert office.fax
    for text in changed_texts(office.name):
        yield replace(office, name=text), text.slot
    for text in changed_texts(office.tel):
        yield with_tel(office, text), text.slot
    for text in changed_texts(office.fax):
        yield replace(office, fax=text), text.slot
    for at, line in enumerate(office.lines):
        for text in changed_texts(line):
            yield (
                replace(office, lines=(*office.lines[:at], text, *office.lines[at + 1 :])),
                text.slot,
            )


def with_tel(office: Contact, number: Words | None) -> Contact:
    """Return an office with another telephone."""
    assert number
    return replace(office, calls=(replace(office.calls[0], typed=number),))


def changed_texts(right: Words) -> Iterator[Words]:
    """Yield a text with each two neighbours in the other order, and with another end."""
    text = right.text
    for at, (former, latter) in enumerate(itertools.pairwise(text)):
        if former != latter and " " not in (former, latter):
            yield replace(right, text=text[:at] + latter + former + text[at + 2 :])
    for changed in (text[1:], text[:-1], f"{text}1", f"1{text}"):
        yield replace(right, text=changed)


@pytest.mark.slow
def test_no_changed_letter_or_swapped_digit_of_an_office_goes_unseen() -> None:
    assert len(offices()) == 3
    for office in offices():
        assert office_differs(office, COALITION) == []
        cases = list(changed_offices(office))
        assert len(cases) > 70
        for changed, slot in cases:
            assert [each.words.slot for each in office_differs(changed, COALITION)] == [slot]


def test_an_office_may_not_have_the_number_of_another_or_its_fax_for_its_telephone() -> None:
    east, west, _ = offices()
    assert not any(office_differs(office, COALITION) for office in (east, west))
    [difference] = office_differs(replace(east, calls=west.calls), COALITION)
    assert difference == Difference(west.tel, "the source has «Tel: (212) 213-6376»")
    assert len(office_differs(replace(with_tel(east, east.fax), fax=east.tel), COALITION)) == 2
    assert len(office_differs(replace(east, fax=east.tel), COALITION)) == 1


def test_an_office_that_the_source_does_not_have_is_told_by_its_name() -> None:
    east = offices()[0]
    assert [each.words for each in office_differs(east, read_source("Call us."))] == [east.name]
    assert [each.words for each in office_differs(east, read_source(""))] == [east.name]


@pytest.mark.parametrize(
    "numbers",
    [
        "(212) 213-6376\nFax (212) 213-6582",
        "Telephone: (212) 213-6376, fax: (212) 213-6582.",
        "Call (212) 213-6376 | Telefax (212) 213-6582",
        "office@example.org\nT (212) 213-6376\nF\u0041X\u00a0(212) 213-6582",
    ],
)
def test_numbers_stand_under_any_label_and_on_one_line_or_two(numbers: str) -> None:
    east = offices()[0]
    text = "East Coast Office:\n• 22 West 27th Street, 5th Floor\nNew York, NY 10001\n"
    assert office_differs(east, read_source(text + numbers)) == []


@pytest.mark.parametrize(
    ("line", "is_there"),
    [
        ("<https://www.example.org/help/>", True),
        ("Write to us, or see www.example.org/help.", True),
        ("www.example.org/helps", False),
        ("www.example.org", False),
    ],
)
def test_an_address_of_the_web_is_in_the_source(line: str, is_there: bool) -> None:
    words = Words("www.example.org/help", Source(), "offices.east-coast.url")
    east = replace(offices()[0], fax=None, url=Way(words, "https://www.example.org/help"))
    text = "East Coast Office:\n22 West 27th Street, 5th Floor\nNew York, NY 10001\n"
    differences = office_differs(east, read_source(f"{text}Tel: (212) 213-6376\n{line}"))
    assert [each.words for each in differences] == ([] if is_there else [words])


@pytest.mark.parametrize("number", ["+1 (212) 213-6376", "(212) 213-6376 x12", "(212) 213-63765"])
def test_a_number_is_whole(number: str) -> None:
    east = replace(offices()[0], fax=None)
    text = f"East Coast Office:\n22 West 27th Street, 5th Floor\nNew York, NY 10001\nTel: {number}"
    [difference] = office_differs(east, read_source(text))
    assert difference.why == f"the source has «Tel: {number}»"
