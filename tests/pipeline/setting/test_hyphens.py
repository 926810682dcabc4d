"""Words of languages that have long ones are divided where there is no room for them."""

from __future__ import annotations

import itertools

import pytest

from hrcpub.pipeline.setting import is_divided, rag
from hrcpub.pipeline.setting.hyphens import hyphens


def divided(text: str, language: str) -> str:
    """Return a text with - where it may be divided."""
    places = set(hyphens(text, language))
    return "".join(f"-{c}" if at in places else c for at, c in enumerate(text))


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("de", "die Überdosierung", "die Über-do-sie-rung"),
        ("es", "La naloxona inmediatamente", "La naloxona inme-dia-ta-mente"),
        ("ru", "безопасность", "без-опас-ность"),
        ("pl", "przedawkowanie", "przedaw-ko-wa-nie"),
        ("fr", "l’accompagnement", "l’accom-pa-gne-ment"),
        ("de", "für İskenderuner", "für İsken-de-ru-ner"),  # of which Pyphen makes İsk-end-er-uner
        # Names stay whole, and what stands in an address.
        ("es", "en Massachusetts, www.informacion.example", None),
    ],
)
def test_words_are_divided_as_their_language_does(
    language: str, text: str, parts: str | None
) -> None:
    assert divided(text, language) == (parts or text)


def test_english_and_scripts_without_hyphens_are_not() -> None:
    assert not any(map(is_divided, ("en", "en-GB", "vi", "ar", "th", "ja")))
    assert is_divided("de")
    assert is_divided("pt-BR")


def lines(text: str, measure: float, hyphen: float | None) -> list[str]:
    places = rag(text, [1.0] * len(text), measure + 0.25, "de", hyphen)
    return [] if places is None else [text[start:end] for start, end in places]


def test_a_word_is_divided_only_where_lines_would_be_far_too_short() -> None:
    text = "Wir alle haben ein Recht auf Schadensminderung und auf Hilfe"
    assert lines(text, 18, 1.0) == lines(text, 18, None)
    text = "Wir üben Schadensminderung und helfen"
    assert lines(text, 17, None) == ["Wir üben", "Schadensminderung", "und helfen"]
    assert lines(text, 17, 1.0) == ["Wir üben Scha", "densminderung", "und helfen"]


def test_words_that_matter_most_are_whole_where_they_have_room() -> None:
    text = "Wir üben Schadensminderung und helfen"
    places = rag(text, [1.0] * len(text), 17.25, "de", 1.0, is_whole=True) or []
    assert [text[a:b] for a, b in places] == lines(text, 17, None)


def test_the_last_word_is_whole_and_no_two_lines_in_a_row_are_divided() -> None:
    text = "Wir üben Schadensminderung"
    assert lines(text, 17, 1.0) == ["Wir üben", "Schadensminderung"]
    text = "Wir üben Schadensminderung, Schadensminderung und Schadensminderung mit allen"
    ends = [text[text.index(line) + len(line) :][:1] for line in lines(text, 20, 1.0)]
    divided_lines = [end.isalpha() for end in ends]
    assert any(divided_lines)
    assert not any(a and b for a, b in itertools.pairwise(divided_lines))


def test_a_word_wider_than_the_measure_is_divided() -> None:
    text = "Schadensminderung hilft"
    assert lines(text, 12, None) == []
    assert lines(text, 12, 1.0) == ["Schadensmin", "derung hilft"]
