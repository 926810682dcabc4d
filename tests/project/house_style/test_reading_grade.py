"""How hard a text is to read, as the formulas have it."""

from __future__ import annotations

import pytest

from hrcpub.project.house_style.reading_grade import reading, syllables

# As the CMU Pronouncing Dictionary has them, and as the RAE divides Spanish words.
WORDS = {
    "en": {
        "breathe": 1, "naloxone": 3, "people": 2, "lived": 1, "wanted": 2, "needle": 2, "used": 1,
        "overdose": 3, "fentanyl": 3, "medicine": 3, "area": 3, "nation": 2, "being": 2, "idea": 3,
        "something": 2, "does": 1, "doctor": 2, "911": 1, "CDC": 1, "don't": 1, "harm-free": 2,
        "places": 2, "lips": 1, "created": 3, "medical": 3,
    },
    "es": {
        "naloxona": 4, "respira": 3, "día": 2, "ahí": 2, "agua": 2, "queso": 2, "guitarra": 3,
        "pingüino": 3, "leer": 2, "ciudad": 2, "país": 2, "oír": 2, "muy": 1, "ayuda": 3,
        "sobredosis": 4, "héroe": 3, "buey": 1,
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "word"), [(language, word) for language in WORDS for word in WORDS[language]]
)
def test_a_word_has_so_many_syllables(language: str, word: str) -> None:
    assert syllables(word, language) == WORDS[language][word]


def test_english_is_graded_by_flesch_and_kincaid() -> None:
    """Two sentences, 6 + 3 words, 10 syllables: 0.39 * 4.5 + 11.8 * 10 / 9 - 15.59 is below 0."""
    easy = reading(
        [["The", "cat", "sat", "on", "the", "mat"], ["It", "was", "happy"]], "en", frozenset()
    )
    assert easy
    assert (easy.grade, easy.words) == (0.0, 9)
    hard = reading([["medical"] * 10], "en", frozenset())
    assert hard
    assert hard.grade == pytest.approx(0.39 * 10 + 11.8 * 3 - 15.59)


def test_spanish_is_graded_by_fernandez_huerta_with_inflesz_beside_it() -> None:
    """10 words of 2 syllables: 206.84 - 120 - 10.2 is 76.64, which is the 6th grade's row."""
    found = reading([["casa"] * 10], "es", frozenset())
    assert found
    assert found.grade == pytest.approx(6 - 1.64 / 10)
    assert found.scale == f"INFLESZ {206.835 - 62.3 * 2 - 10:.0f}"


def test_the_name_of_a_medicine_is_a_short_word() -> None:
    plain = reading([["Give", "buprenorphine"]], "en", frozenset())
    known = reading([["Give", "buprenorphine"]], "en", frozenset(["buprenorphine"]))
    assert plain
    assert known
    assert known.grade < plain.grade


def test_a_text_without_words_has_no_grade() -> None:
    assert reading([[], []], "en", frozenset()) is None
