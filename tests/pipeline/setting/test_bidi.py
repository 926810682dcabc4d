"""Levels of the Unicode Bidirectional Algorithm, as pictures: a digit under each character."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.setting.bidi import in_visual_order, levels

# R: a Hebrew letter, A: an Arabic one, N: a digit of Arabic, < > ^: isolates and their end.
LETTERS = {"R": "א", "A": "ب", "N": "١", "<": "\u2067", ">": "\u2066", "?": "\u2068", "^": "\u2069"}

LEFT = [
    ("abc", "000"),
    ("abc 12 d", "00000000"),
    ("RRR", "111"),
    ("a RR b", "001100"),
    ("a RR 12 b", "001112200"),
    ("R (a) R", "1000001"),
    ("a R. b", "001000"),
    ("AA 1-2", "111212"),
    ("NN", "22"),
    ("a <RR^ b", "00011000"),
]
RIGHT = [
    ("RRR", "111"),
    ("R a R", "11211"),
    ("R 12 R", "112211"),
    ("R 212-213 R", "11222222211"),
    ("R 12.5 R", "11222211"),
    ("R 5 b R", "1121211"),
    ("a b", "222"),
    ("R >(12) 3^ R", "111222222111"),
    ("AA 12 A", "1112211"),
]


def typed(picture: str) -> str:
    return "".join(LETTERS.get(sign, sign) for sign in picture)


@pytest.mark.parametrize(("picture", "expected"), LEFT)
def test_levels_from_left_to_right(picture: str, expected: str) -> None:
    assert "".join(map(str, levels(typed(picture), False))) == expected


@pytest.mark.parametrize(("picture", "expected"), RIGHT)
def test_levels_from_right_to_left(picture: str, expected: str) -> None:
    assert "".join(map(str, levels(typed(picture), True))) == expected


@pytest.mark.parametrize(
    ("runs", "order"),
    [([0, 1, 0], "012"), ([1, 1], "10"), ([1, 2, 1], "210"), ([0, 1, 2, 1, 0], "03214"), ([], "")],
)
def test_runs_are_turned_by_their_levels(runs: list[int], order: str) -> None:
    assert "".join(map(str, in_visual_order(runs))) == order
