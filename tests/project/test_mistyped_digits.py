"""Letters in place of digits, in telephone numbers among words."""

from __future__ import annotations

import pytest

from hrcpub.project.mistyped_digits import mistyped
from hrcpub.project.telephones import Home

US, GERMANY, RUSSIA = Home(), Home("49"), Home("7", "RU")
FOUND = {
    ("Call (2l2) 213-6376 now", US): ["(212) 213-6376"],
    ("1-8OO-662-4357", US): ["1-800-662-4357"],
    ("llame al 9l1 o 212-213-6376", US): ["911"],
    ("212 2I3 6376 o 2l2 213 6377", US): ["212 213 6376", "212 213 6377"],
    ("+1\u00a0212\u00a02l3\u00a06376", US): ["+1\u00a0212\u00a0213\u00a06376"],
    ("212213637O.", US): ["2122136370"],
    ("Zone O 2l2-213-6376, I", US): ["212-213-6376"],
    ("Rufen Sie O3O 901820 an", GERMANY): ["030 901820"],
    ("Звоните 8 8ОО 2ООО 122", RUSSIA): ["8 800 2000 122"],
}
NONE = (
    "1-800-GO-FEDEX",
    "in 10 l of 212 l",
    "2lO Main St, Apt. 1O1",
    "H2O, IO, I 9, O 2",
    "212-213-6376 I will",
    "see example.org/9l1 or 9l1@example.org",
)


@pytest.mark.parametrize(("text", "home"), FOUND)
def test_a_letter_for_a_digit_is_found_with_what_was_meant(text: str, home: Home) -> None:
    found = list(mistyped(text, home))
    assert [slip.meant for slip in found] == FOUND[text, home]
    assert [text[slip.start : slip.end] for slip in found] == [slip.number.text for slip in found]


@pytest.mark.parametrize("text", NONE)
def test_words_and_other_numbers_are_none(text: str) -> None:
    assert list(mistyped(text, US)) == []
