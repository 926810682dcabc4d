"""Openings cut into display lines: the lines as text, `/` between them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrcpub.pipeline.setting import Face, Fit, clear, cuts, even, fit, lead
from hrcpub.pipeline.setting.cut import MOST_LINES, Cut
from tests.shared.project import ROOT

GOTHIC = Face((ROOT / "fonts/league-gothic/LeagueGothic-Regular.ttf").read_bytes())
GAP = 6.5
WORDS = st.lists(st.text("aegilnortyHRW,", min_size=1, max_size=9), min_size=1, max_size=9)


def shown(lines: tuple[Fit, ...] | list[Fit]) -> str:
    return " / ".join(line.text for line in lines)


def cuts_of(text: str, measure: float = 146) -> list[Cut]:
    return cuts(text, GOTHIC, measure, 0.38 * measure, GAP)


@pytest.mark.parametrize(
    "opening",
    ["Accepts,", "Understands", "Establishes", "Ensures", "Affirms", "Recognizes"],
)
def test_a_single_word_is_one_line(opening: str) -> None:
    assert [shown(cut.lines) for cut in cuts_of(opening, 176)] == [opening]


@pytest.mark.parametrize(
    ("opening", "ways"),
    [
        ("The federal government", "The federal government | The federal / government"),
        # A sign has no line to itself: it would fill the measure.
        (
            "Most therapeutic - services",
            "Most therapeutic - services | Most therapeutic - / services",
        ),
        ("- Now …", "- Now …"),
        ("The HIV epidemic", "The HIV epidemic | The HIV / epidemic"),
        ("Most therapeutic services", "Most therapeutic services | Most therapeutic / services"),
        (
            "Current drug control strategies",
            "Current drug control strategies | Current drug / control strategies"
            " | Current / drug control / strategies",
        ),
        (
            "A lack of universal health care",
            "A lack of universal health care | A lack of universal / health care"
            " | A lack / of universal / health care",
        ),
    ],
)
def test_an_opening_has_ways_to_be_cut_each_higher_one_better(opening: str, ways: str) -> None:
    assert " | ".join(shown(cut.lines) for cut in cuts_of(opening)) == ways


@settings(max_examples=40)
@given(WORDS)
def test_every_cut_keeps_the_words_fills_the_measure_and_earns_its_height(
    words: list[str],
) -> None:
    choices = cuts_of(" ".join(words))
    assert choices
    for cut in choices:
        assert " ".join(line.text for line in cut.lines) == " ".join(words)
        assert len(cut.lines) <= MOST_LINES
        assert all(line.measure == pytest.approx(146) for line in cut.lines)
        assert cut.height == pytest.approx(sum(lead(line, GAP) for line in cut.lines))
    for lower, higher in itertools.pairwise(choices):
        assert lower.height <= higher.height
        assert lower.cost > higher.cost


def test_a_cut_that_ends_a_line_in_of_costs_more_than_one_that_does_not() -> None:
    """Of words as wide as each other, the one that does not lean ends the line."""
    best = cuts_of("Lack of of good")[-1]
    assert not any(line.text.endswith("of") for line in best.lines[:-1])


def test_an_opening_longer_than_can_be_tried_is_still_whole() -> None:
    words = " ".join(f"word{number}" for number in range(24))
    assert {" ".join(line.text for line in cut.lines) for cut in cuts_of(words)} == {words}


def test_a_descender_gets_its_room() -> None:
    flat, deep = fit("Harm", GOTHIC, 146), fit("Harmy", GOTHIC, 146)
    assert lead(flat, GAP) == pytest.approx(flat.rise + GAP)
    assert deep.depth > GAP
    assert lead(deep, GAP) > deep.rise + deep.depth


@pytest.mark.parametrize(
    ("title", "measure", "height", "lines"),
    [
        ("Do We Need Harm Reduction?", 260, 80, "Do We Need / Harm Reduction?"),
        ("Do We Need Harm Reduction?", 400, 40, "Do We Need Harm Reduction?"),
        ("Do We Need Harm Reduction?", 120, 300, "Do We Need / Harm / Reduction?"),
    ],
)
def test_lines_of_one_size_are_as_large_as_measure_and_height_allow(
    title: str, measure: float, height: float, lines: str
) -> None:
    fits = even(title, GOTHIC, measure, height, 9)
    assert shown(fits) == lines
    assert len({line.size for line in fits}) == 1
    assert max(line.measure for line in fits) <= measure + 1e-6
    tallest = max(line.rise for line in fits) * len(fits) + 9 * (len(fits) - 1)
    assert tallest <= height + 1e-6
    assert tallest == pytest.approx(height) or max(line.measure for line in fits) == pytest.approx(
        measure
    )


def of(*lines: str) -> list[Fit]:
    return [fit(line, GOTHIC, 108) for line in lines]


def test_a_tail_over_a_letter_needs_its_depth_and_a_little_more() -> None:
    upper, lower = of("to bring", "it?")  # the g is over the ?
    assert clear(upper, lower, GOTHIC, GAP) == pytest.approx(upper.depth + GAP / 2.5, abs=0.5)
    assert clear(upper, lower, GOTHIC, GAP) <= lead(upper, GAP) - upper.rise + 1e-9


@pytest.mark.parametrize("lines", [("gHH", "..H"), ("yHHHH", "...HH"), ("agg", "ÉHH")])
def test_over_what_is_low_a_tail_needs_less(lines: tuple[str, str]) -> None:
    upper, lower = of(*lines)
    assert clear(upper, lower, GOTHIC, GAP) < upper.depth


def test_an_accent_under_a_tail_needs_room_as_a_capital_does() -> None:
    # The accent is the line's top: letters without one are so much lower under the tail.
    tail, *unders = of("Regain", "HHHHH", "HÉHHH", "HHHHÉ")
    apart = {under.text: clear(tail, under, GOTHIC, GAP) for under in unders}
    most = tail.depth + GAP / 2.5
    assert apart["HHHHH"] == apart["HÉHHH"] == pytest.approx(most)
    assert apart["HHHHÉ"] < most


@pytest.mark.parametrize("height", [60, 100, 200, 400])
def test_tails_of_lines_of_one_size_have_their_room_in_the_height(height: float) -> None:
    lines = even("Being gypsy gangs hoping", GOTHIC, 200, height, 2)
    pairs = list(itertools.pairwise(lines))
    between = sum(max(2.0, clear(upper, lower, GOTHIC, 2)) for upper, lower in pairs)
    assert sum(line.rise for line in lines) + between <= height + 0.01


def test_of_cuts_that_are_as_large_the_one_without_a_stump_is_taken() -> None:
    lines = even("How to Reach the Harm Reduction Coalition", GOTHIC, 117, 75, 6)

    assert [line.text for line in lines] == ["How to Reach", "the Harm", "Reduction Coalition"]
