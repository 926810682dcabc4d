"""Titles in their places: lines as text, `/` between them; none is torn off, no hole is left."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrcpub.pipeline.setting import (
    Face,
    Fit,
    TitlePlace,
    apart,
    clear,
    fill,
    fit,
    names_of,
    spread,
)
from hrcpub.pipeline.setting.cut import TAIL_SHARE
from hrcpub.pipeline.setting.title import HOLE, LARGEST, LARGEST_FIRST, LIGHTER
from tests.shared.project import ROOT

GOTHIC = Face((ROOT / "fonts/league-gothic/LeagueGothic-Regular.ttf").read_bytes())
GAP = 6.5
CARD = TitlePlace(108, 225, 3.5)  # of the card in front
COVER = TitlePlace(349, 490, 5.5)  # of the booklet
BACK = TitlePlace(349, 230, 5.5)  # the booklet's last page, over three offices
STRIP = TitlePlace(396, 190, 5.5)  # the postcard
WORDS = st.lists(st.text("aegilnortyHRW,-", min_size=1, max_size=22), min_size=1, max_size=4)
PLACES = st.sampled_from([CARD, COVER, BACK, STRIP])


def shown(lines: list[Fit]) -> str:
    return " / ".join(line.text for line in lines)


@pytest.mark.parametrize(
    ("title", "place", "lines"),
    [
        (
            "How to Reach the Harm Reduction Coalition",
            CARD,
            "How / to Reach / the Harm / Reduction / Coalition",
        ),
        # It was torn: "How to Reach the Harm Reduction / Coalition", 1 to 4, far apart.
        (
            "How to Reach the Harm Reduction Coalition",
            BACK,
            "How to Reach / the Harm Reduction / Coalition",
        ),
        ("Hello", CARD, "Hello"),
        ("How to Help", CARD, "How / to Help"),
        ("Who Answers", CARD, "Who / Answers"),
        # Small words stand with what they belong to.
        ("I Responsibilities", CARD, "I Responsibilities"),
        ("Schutz für Drogengebraucher", COVER, "Schutz für / Drogengebraucher"),
        (
            "What to Do in the Case of an Overdose",
            COVER,
            "What to / Do in the / Case of / an Overdose",
        ),
        ("KNOW YOUR RIGHTS", CARD, "KNOW / YOUR / RIGHTS"),
        # A long word goes on after its hyphens; a short one doesn't.
        ("Night-Outreach-Coordination", CARD, "Night- / Outreach- / Coordination"),
        ("Drop-In Hours", CARD, "Drop-In / Hours"),
    ],
)
def test_a_title_is_cut_as_one_would_say_it(title: str, place: TitlePlace, lines: str) -> None:
    assert shown(fill(title, GOTHIC, place)) == lines


def test_a_title_that_is_too_tall_in_every_cut_takes_the_lowest() -> None:
    low = TitlePlace(108, 1, 3.5)
    assert shown(fill("How to Reach the Harm", GOTHIC, low)) == "How to Reach the Harm"


@settings(max_examples=60, deadline=None)
@given(WORDS, PLACES)
def test_no_line_is_torn_off_by_its_size_or_wider_than_the_place(
    words: list[str], place: TitlePlace
) -> None:
    lines = fill(" ".join(words), GOTHIC, place)
    written = "".join(line.text + " " * (not line.is_glued) for line in lines).strip()
    assert written == " ".join(words)
    smallest = min(line.size for line in lines)
    for number, line in enumerate(lines):
        assert line.measure <= place.measure + 1e-6
        assert line.rise <= place.height + 1e-6
        assert line.size <= smallest * (LARGEST if number else LARGEST_FIRST) + 1e-6


@settings(max_examples=60, deadline=None)
@given(WORDS, PLACES)
def test_no_hole_is_left_between_lines(words: list[str], place: TitlePlace) -> None:
    lines = fill(" ".join(words), GOTHIC, place)
    space = spread(lines, GOTHIC, place.height - sum(line.rise for line in lines), place.gap)
    lowest = min(line.rise for line in lines)
    assert space <= max(place.gap, HOLE * lowest) + 1e-6


@pytest.mark.parametrize("place", [CARD, COVER, BACK])
@pytest.mark.parametrize(
    ("title", "marks"),
    [
        ("We Carry Naloxone", "..*"),
        ("Naloxone Saves Lives", "*.."),
        ("How to Reach the Harm Reduction Coalition", "....**."),
    ],
)
def test_what_has_weight_has_lines_of_its_own_larger_than_all_others(
    title: str, marks: str, place: TitlePlace
) -> None:
    lines = fill(title, GOTHIC, place, weighty=[mark == "*" for mark in marks])
    weights = iter(marks)
    of_lines = [{next(weights) for _ in line.text.split()} for line in lines]
    assert all(len(found) == 1 for found in of_lines), shown(lines)
    heavy = [line.size for line, found in zip(lines, of_lines, strict=True) if "*" in found]
    light = [line.size for line, found in zip(lines, of_lines, strict=True) if "." in found]
    assert min(heavy) >= LIGHTER * max(light) - 1e-6


def of(*lines: str) -> list[Fit]:
    return [fit(line, GOTHIC, 108) for line in lines]


def test_where_no_letters_are_near_lines_share_the_space() -> None:
    lines = of("HRC", "HRC", "HRC")
    assert spread(lines, GOTHIC, 40, GAP) == pytest.approx(20, abs=1e-3)
    assert spread(lines, GOTHIC, 400, GAP) < 40  # they would be torn: they stand close instead
    assert spread(lines, GOTHIC, 10, GAP) == GAP  # never less, even if it is too much
    assert spread(lines[:1], GOTHIC, 40, GAP) == GAP


def test_a_pair_that_needs_more_has_it_and_the_others_share_the_rest() -> None:
    lines = of("Where", "to bring", "it?")
    need = clear(lines[1], lines[2], GOTHIC, GAP)
    spare = need + GAP + 1
    assert spare / 2 < need
    assert GAP <= spread(lines, GOTHIC, spare, GAP) <= GAP + 1


def test_under_a_tail_stays_half_of_the_space_of_a_title() -> None:
    """By baselines alone the tail of Why all but touched the line under it."""
    lines = [fit(line, GOTHIC, 349) for line in ("Why", "Do We Need", "Reduction?")]
    space = spread(lines, GOTHIC, 120, GAP)
    gaps = [apart(*pair, GOTHIC, GAP, space) for pair in itertools.pairwise(lines)]
    assert sum(gaps) == pytest.approx(120, abs=0.01)
    assert gaps[0] > gaps[1] == pytest.approx(space)
    white = gaps[0] - (clear(lines[0], lines[1], GOTHIC, GAP) - GAP / TAIL_SHARE)
    assert white == pytest.approx(space / 2)


def test_a_name_is_kept_in_a_line_where_sizes_stay_near_each_other() -> None:
    names = names_of(["harm reduction"])
    text = "What Is Harm Reduction?"
    place = STRIP._replace(height=230)
    told = [line.text for line in fill(text, GOTHIC, place, names=names)]
    assert told == ["What Is", "Harm Reduction?"]
    assert [line.text for line in fill(text, GOTHIC, place)] != told
    narrow = [line.text for line in fill(text, GOTHIC, CARD, names=names)]
    assert narrow == ["What", "Is Harm", "Reduction?"]  # in one line it would be far smaller
