"""Words that lean on the next one, by language."""

from __future__ import annotations

import pytest

from hrcpub.setting.sense import leans


@pytest.mark.parametrize(
    ("language", "leaning", "standing"),
    [
        ("en", "the The OF a and to", "harm drug Coalition, the,"),
        ("en-US", "the of", "reduction"),
        ("es", "el la los de que y", "daños drogas the"),
        ("fr", "le les des du et à", "usage réduction"),
        ("vi", "", "the of giảm"),
        ("", "", "the"),
    ],
)
def test_small_words_lean_on_the_next_in_their_own_language(
    language: str, leaning: str, standing: str
) -> None:
    words = f"{leaning} {standing}".split()
    assert [word for word in words if leans(word, language)] == leaning.split()
