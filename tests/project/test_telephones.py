"""Telephone numbers: what is one, and the link that calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.project.telephones import is_number, read
from tests.project.test_contacts import offices

# As it is typed; its link without a country, and with the calling code 1.
LINKS = {
    "(212) 213-6376": ("tel:2122136376", "tel:+12122136376"),
    "212.213.6376": ("tel:2122136376", "tel:+12122136376"),
    "+44 20 7946 0000": ("tel:+442079460000", "tel:+442079460000"),
    "1 212 213 6376": ("tel:12122136376", "tel:+12122136376"),
    "1-800-555-HELP": ("tel:18005554357", "tel:+18005554357"),
    "(510) 555-0101 ext. 12": ("tel:5105550101;ext=12", "tel:+15105550101;ext=12"),
    "510 555 0101x12": ("tel:5105550101;ext=12", "tel:+15105550101;ext=12"),
    "555–0100": ("tel:5550100", "tel:+15550100"),
    "٥١٠ ٥٥٥ ٠١٠١": ("tel:5105550101", "tel:+15105550101"),
    "988": ("tel:988", "tel:988"),
    "211": ("tel:211", "tel:211"),
    "112": ("tel:112", "tel:112"),
}


@pytest.mark.parametrize("text", LINKS)
def test_a_number_has_a_link_that_calls_it(text: str) -> None:
    number = read(text)

    assert is_number(text)
    assert number
    assert (number.link(), number.link("1")) == LINKS[text]


@pytest.mark.parametrize("code", ["1", "44"])
def test_an_offices_short_number_keeps_its_own_link(tmp_path: Path, code: str) -> None:
    assert offices(tmp_path, "988", code)["north"].tel_link == "tel:988"


@pytest.mark.parametrize("text", ["", "call us", "12-34", "HELP", "()-–", "1" * 16])
def test_other_texts_are_no_numbers(text: str) -> None:
    assert not is_number(text)


@pytest.mark.parametrize("text", ["555", "12345", "+988"])
def test_a_number_of_few_digits_is_none_that_anybody_can_call(text: str) -> None:
    assert read(text)
    assert not is_number(text)
