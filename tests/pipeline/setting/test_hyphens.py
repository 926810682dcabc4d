"""Words of languages that have long ones are divided where there is no room for them."""

from __future__ import annotations

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
    assert lines(text, 30, 1.0) == lines(text, 30, None)
    narrow = lines(text, 18, 1.0)
    assert any(line.endswith("Scha") or line.endswith("Schadens") for line in narrow)
    assert all(len(line) <= 18 for line in narrow)


def test_a_word_wider_than_the_measure_is_divided() -> None:
    text = "Schadensminderung hilft"
    assert lines(text, 12, None) == []
    assert lines(text, 12, 1.0) == ["Schadensmin", "derung hilft"]
