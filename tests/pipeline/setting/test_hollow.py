"""The outline of letters whose contours overlap is that of what they cover together."""

from __future__ import annotations

from hrcpub.pipeline.setting.hollow import hollow


def box(left: int, foot: int, right: int, top: int, *, is_hole: bool = False) -> str:
    corners = [(left, foot), (left, top), (right, top), (right, foot)]
    first, *others = corners[::-1] if is_hole else corners
    lines = "".join(f"{x} {y} l " for x, y in others)
    return f"{first[0]} {first[1]} m {lines}h "


def test_contours_apart_are_stroked_as_they_are() -> None:
    path = box(0, 0, 10, 10) + box(20, 0, 30, 10)
    assert hollow(path, 1) == f"1.00 w 1 j\n{path}S"


def test_a_hole_and_what_stands_in_it_lie_over_nothing() -> None:
    path = box(0, 0, 90, 90) + box(10, 10, 80, 80, is_hole=True) + box(30, 30, 40, 40)
    assert hollow(path, 1) == f"1.00 w 1 j\n{path}S"


def test_a_cross_is_clipped_to_what_is_outside_of_both_its_bars() -> None:
    down, over = box(40, 0, 50, 90), box(0, 40, 90, 50)
    assert hollow(down + over, 1).splitlines() == [
        f"-2 -2 94 94 re {down.strip()} W* n",
        f"-2 -2 94 94 re {over.strip()} W* n",
        "2.00 w 1 j",
        f"{down}{over}S",
    ]


def test_a_contour_within_the_ink_of_another_is_not_seen() -> None:
    assert hollow(box(0, 0, 90, 90) + box(30, 30, 40, 40), 1).count("W* n") == 2
