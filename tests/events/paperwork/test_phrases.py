"""Facts in the words of those who read them on paper."""

from __future__ import annotations

import datetime

import pytest

from hrcpub.events.paperwork import phrases
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.units import size
from tests.shared import events
from tests.shared.project import ROOT

SOURCES = Sources(ROOT)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("en", "English"),
        ("pt-BR", "Portuguese (pt-BR)"),
        ("ZH-Hant", "Chinese (ZH-Hant)"),
        ("tlh", "tlh"),
    ],
)
def test_a_language_has_its_english_name(code: str, name: str) -> None:
    assert phrases.language(code) == name


def test_a_day_is_said_alike_in_every_locale() -> None:
    assert phrases.day(datetime.date(2026, 6, 10)) == "Wednesday, June 10, 2026"


@pytest.mark.parametrize(
    ("value", "one", "more", "text"),
    [
        (1, "file", None, "1 file"),
        (1260, "file", None, "1,260 files"),
        (2, "box", "boxes", "2 boxes"),
        (0, "box", "boxes", "0 boxes"),
    ],
)
def test_what_is_counted_is_in_the_plural_unless_it_is_one(
    value: int, one: str, more: str | None, text: str
) -> None:
    assert phrases.several(value, one, more) == text


def test_a_size_is_in_inches_and_mm() -> None:
    assert phrases.size(265.5, 612) == "3.688 × 8.5 in (94 × 216 mm)"


def test_a_size_that_was_chosen_in_mm_is_told_in_mm_first() -> None:
    assert phrases.size(*size("A4")) == "210 × 297 mm (8.27 × 11.69 in)"


def test_a_digest_is_in_groups_for_the_eye() -> None:
    assert phrases.digest("0123456789abcdef" * 4) == "0123 4567 89ab"


@pytest.mark.parametrize(
    ("material", "edition", "up", "words"),
    [
        ("principles", "press", 1, "trim to the TrimBox"),
        ("principles", "office", 1, "none"),
        ("contact-card", "office", 10, "cut apart, 10 to a sheet"),
        ("why-folder", "press", 1, "fold; trim to the TrimBox"),
        ("harm-reduction", "office", 1, "gather, fold in half, stitch twice in the fold"),
    ],
)
def test_finishing_is_what_the_bindery_does(
    material: str, edition: str, up: int, words: str
) -> None:
    item = events.item(Project(SOURCES), 1, material, edition=edition)

    assert phrases.finishing(events.run(item, up=up)) == words
