"""Values as people type them."""

from __future__ import annotations

import pytest

from hrcpub.project.values import place


@pytest.mark.parametrize(
    ("typed", "across_and_down"),
    [
        ("60% 30%", (0.6, 0.3)),
        ("60 %, 30 %", (0.6, 0.3)),
        ("left top", (0.0, 0.0)),
        ("Top Left", (0.0, 0.0)),
        ("top 30%", (0.3, 0.0)),
        ("60%", (0.6, 0.5)),
        ("right", (1.0, 0.5)),
        ("top", (0.5, 0.0)),
        ("bottom", (0.5, 1.0)),
        ("centre", (0.5, 0.5)),
    ],
)
def test_a_place_is_read_in_words_and_in_per_cent(
    typed: str, across_and_down: tuple[float, float]
) -> None:
    assert place(typed) == across_and_down


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", "^$"),
        ("60", "^60$"),
        ("60% 30% 10%", "10%"),
        ("top bottom", "bottom"),
        ("left right", "left"),
        ("110%", "110%"),
    ],
)
def test_a_place_that_is_none_is_refused(typed: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        place(typed)
