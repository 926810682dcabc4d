"""Words that lean on the next one, by language."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.setting.sense import (
    cuts_names,
    ends_badly,
    holds,
    is_small,
    leans,
    names_of,
)


@pytest.mark.parametrize(
    ("language", "leaning", "standing"),
    [
        ("en", "the The OF a and to 2 24", "harm drug Coalition, the, 1980 2,"),
        ("en-US", "the of", "reduction"),
        ("es", "el la los de que y", "daños drogas the"),
        ("fr", "le les des du et à", "usage réduction"),
        ("vi", "", "the of giảm"),
        ("", "3", "the"),
    ],
)
def test_small_words_lean_on_the_next_in_their_own_language(
    language: str, leaning: str, standing: str
) -> None:
    words = f"{leaning} {standing}".split()
    assert [word for word in words if leans(word, language)] == leaning.split()


HELD = """
5|mg  0.4|mg  24|hours  24|hours,  10|a.m.  9:30|p.m.  3|million  $5|million  5th|Floor  5th|Floor,
(212)|213-6376  +1|(212)  212)|683  Suite|510  No.|7  p.|12  Box|88  Fax:|(212)  Dr.|Ruiz  Ms.|Lee
2|días  12|años  30|minutes.  100|%  (5|mg)  mots|?  say|;  this|...
giờ|30  giờ|30.  h|05  Uhr|15,
"""
FREE = """
5|people  mg|5  the|24  Suite|room  No.|way  Dr.|says  St.|on  five|mg  1440|Broadway,  hours|24
(see|213  a.m.|10  York,|NY  NY|10001  who|?x  and|(
giờ|7  giờ|24/7  giờ|sáng  h|90
"""


@pytest.mark.parametrize("pair", HELD.split())
def test_a_number_and_its_unit_are_one_thing(pair: str) -> None:
    assert holds(*pair.split("|"))


@pytest.mark.parametrize("pair", FREE.split())
def test_words_that_stand_for_themselves_are_two(pair: str) -> None:
    assert not holds(*pair.split("|"))


def test_lines_that_end_where_they_should_not_are_counted() -> None:
    assert ends_badly(["ways of", "the", "river 5", "mg a day"]) == 3
    assert ends_badly(["one line of"]) == 0
    assert ends_badly(["one line", "two lines"]) == 0


@pytest.mark.parametrize(
    ("lines", "cuts"),
    [
        ("What Is / Harm Reduction?", 0),
        ("What Is Harm / Reduction?", 1),
        ("How to Reach the Harm / Reduction / Coalition", 3),
        ("How to Reach / the Harm Reduction / Coalition", 1),
        ("Harm / No Reduction", 0),
        ("HARM / REDUCTION", 1),
    ],
)
def test_a_name_is_cut_where_a_line_ends_within_it(lines: str, cuts: int) -> None:
    names = names_of(["harm reduction", "Harm Reduction Coalition", "Naloxone"])
    assert len(names) == 2  # a name of one word cannot be cut
    assert cuts_names(lines.split(" / "), names) == cuts


@pytest.mark.parametrize(
    ("word", "language", "says_nothing"),
    [
        ("of", "en", True),
        ("für", "de", True),
        ("YOUR", "en", False),
        ("hại", "vi", False),  # harm: a syllable, and a word
        ("là", "vi", True),  # is
        ("mob", "hmn", False),  # ill
    ],
)
def test_short_words_say_nothing_alone_but_where_each_syllable_is_one(
    word: str, language: str, says_nothing: bool
) -> None:
    assert is_small(word, language) is says_nothing
