"""Days of the week by the names that people type, in many languages."""

from __future__ import annotations

import pytest

from hrcpub.project.cldr import cldr_of
from hrcpub.project.day_names import days_read

LANGUAGES = (
    *("de", "fr", "it", "pt", "vi", "tl", "pl", "ru", "uk", "ar", "fa", "ur", "he", "hi", "ne"),
    *("bn", "am", "km", "lo", "my", "th", "zh", "ja", "ko"),
)
CLASHES = {"di", "do"}  # a Tuesday and a Sunday; a Thursday and a Sunday


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_name_of_a_language_is_its_own_day(language: str) -> None:
    """`Thứ bảy`, a Saturday, was a Tuesday with an ending."""
    known = cldr_of(language)
    assert known
    for day, names in enumerate(known.day_names):
        for name in names:
            read = days_read(name)
            if name.casefold().rstrip(".") in CLASHES:
                assert frozenset({day}) in [one.days for one in read]
            else:
                assert [one.days for one in read] == [frozenset({day})], name


@pytest.mark.parametrize("name", ["M", "Mox", "sem", "Mon-Wed-Fri", "", "-", "always", "八"])
def test_what_is_no_day_is_none(name: str) -> None:
    assert days_read(name) == ()
