"""Shapes that meet: squares drawn as text."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.typeset.shapes import Contour, do_meet


def square(left: float, top: float, size: float) -> Contour:
    right, bottom = left + size, top + size
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


RING = [square(0, 0, 10), square(2, 2, 6)]


@pytest.mark.parametrize(
    ("other", "does"),
    [
        (square(9, 9, 5), True),  # over a corner
        (square(12, 0, 5), False),
        (square(4, 4, 2), False),  # in the hole
        (square(0.5, 0.5, 1), True),  # within the ring
        (square(-5, -5, 30), True),  # all around it
        (square(20, 20, 1), False),
        (square(1, 4, 3), True),  # from the ring into the hole
    ],
)
def test_shapes_meet_where_both_have_ink(other: Contour, does: bool) -> None:
    assert do_meet(RING, [other]) is does
    assert do_meet([other], RING) is does


def test_a_turned_shape_does_not_reach_to_its_upright_corners() -> None:
    diamond = [(5.0, 0.0), (10.0, 5.0), (5.0, 10.0), (0.0, 5.0)]
    assert not do_meet([diamond], [square(8.5, 8.5, 5)])
    assert do_meet([diamond], [square(7, 7, 5)])


@pytest.mark.parametrize(("gap", "does"), [(0.2, True), (0.39, True), (0.41, False), (3, False)])
def test_shapes_that_are_near_enough_touch(gap: float, does: bool) -> None:
    assert do_meet(RING, [square(10 + gap, 3, 5)], within=0.4) is does
    assert not do_meet(RING, [square(10 + gap, 3, 5)])


def test_a_part_that_is_apart_counts_as_much_as_the_others() -> None:
    accented = [square(0, 10, 10), square(4, 0, 2)]
    assert do_meet(accented, [square(-1, -1, 9)])
    assert not do_meet(accented, [square(-1, -1, 4.5)])
