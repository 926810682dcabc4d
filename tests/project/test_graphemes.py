"""Letters are counted as people count them."""

from __future__ import annotations

import pytest

from hrcpub.project.graphemes import letter_count, limit_for


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("two words", 9),
        ("naïve", 5),
        ("nai\u0308ve", 5),  # the same, with its dots as a sign of their own
        ("ខ្មែរ", 2),
        ("हिन्दी", 2),
        ("ที่นี่", 2),
        ("မြန်မာ", 3),
        ("化学", 2),
        ("한국", 2),
        ("می\u200cخواهم", 7),
        ("ภาษา\u200bไทย", 7),
    ],
)
def test_marks_and_letters_under_a_letter_are_a_part_of_it(text: str, count: int) -> None:
    assert letter_count(text) == count


@pytest.mark.parametrize(
    ("text", "limit"), [("Naloxone", 40), ("纳洛酮", 20), ("Narcan 纳洛酮", 40), ("នយ", 40)]
)
def test_a_place_holds_half_as_many_squares(text: str, limit: int) -> None:
    assert limit_for(text, 40) == limit
