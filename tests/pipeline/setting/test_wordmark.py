"""A name signs a piece in letters that are neither stretched, cut, nor too large for it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hrcpub.pipeline.setting import wordmark
from hrcpub.pipeline.setting.wordmark import TALLEST
from tests.pipeline.setting.test_fit import DRAWN, GOTHIC

NAMES = st.lists(st.text(DRAWN, min_size=1, max_size=12), min_size=1, max_size=9).map(" ".join)


@given(NAMES, st.floats(min_value=80, max_value=800))
def test_any_name_stays_within_its_measure_and_its_height(name: str, measure: float) -> None:
    assume(any(map(str.isalnum, name)))
    mark = wordmark(name, GOTHIC, measure)
    assert max(line.measure for line in mark.lines) <= measure + 1e-6
    assert mark.height <= TALLEST[len(mark.lines) - 1] * measure + 1e-6
    assert len({line.size for line in mark.lines}) == 1
    assert " ".join(line.text for line in mark.lines) == " ".join(name.split())


@given(NAMES)
def test_the_ink_of_two_lines_does_not_meet(name: str) -> None:
    assume(any(map(str.isalnum, name)))
    mark = wordmark(name, GOTHIC, 500)
    assert all(line.depth < mark.space for line in mark.lines[:-1])


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("HRC", ["HRC"]),
        ("Harm Reduction Coalition", ["Harm Reduction Coalition"]),
        (
            "Northern New Mexico Harm Reduction Alliance of Questa",
            ["Northern New Mexico Harm", "Reduction Alliance of Questa"],
        ),
        (
            "Northern Quay Needle Exchange & Gypsy Hill Outreach Projects",
            ["Northern Quay Needle Exchange", "& Gypsy Hill Outreach Projects"],
        ),
        ("Schadensminderungsverein" * 2, ["Schadensminderungsverein" * 2]),
    ],
)
def test_a_long_name_has_two_even_lines(name: str, lines: list[str]) -> None:
    assert [line.text for line in wordmark(name, GOTHIC, 558).lines] == lines


def test_a_name_of_the_usual_length_fills_its_measure() -> None:
    [line] = wordmark("Harm Reduction Coalition", GOTHIC, 558).lines
    assert line.measure == pytest.approx(558)


def test_tails_are_part_of_the_height_and_round_letters_are_not() -> None:
    tailed, round_ = (wordmark(name, GOTHIC, 558) for name in ("Gypsy Quay", "Coalition"))
    assert tailed.depth > 5
    assert round_.depth == 0
