"""Folds as leaves that turn: when all are turned, the piece is closed as its folding says."""

from __future__ import annotations

import math

import pytest

from hrcpub.project.folds import FOLDS, Folding, fold
from hrcpub.studio.folding import FoldedShape, FoldLeaf, folded_shape
from hrcpub.units import Size

TRIM = Size(792, 612)
LAYER = 0.9  # points, as the page has it
Point = tuple[float, float, float]
# From the top of the closed piece, by what the outside's panels are called: a layer each.
LAYERS = {
    "half": ["front", "back"],
    "letter": ["front", "flap", "back"],
    "z": ["front", "middle", "right"],
    "roll": ["front", "flap", "inner flap", "back"],
    "accordion": ["front", "outside right", "outside left", "back"],
    "double-gate": ["front", "left door", "right door", "back"],
    "french": ["front", "inside left", "inside right", "back"],
}


def turned(point: Point, leaf: FoldLeaf, closed: float) -> Point:
    """Return where a hinge brings a point of the sheet; as CSS turns, y downwards."""
    x, y, z = point
    angle = math.radians(leaf.angle * closed)
    cosine, sine = math.cos(angle), math.sin(angle)
    if leaf.axis == "y":
        away = x - leaf.at
        x, z = leaf.at + away * cosine + z * sine, -away * sine + z * cosine
    else:
        away = y - leaf.at
        y, z = leaf.at + away * cosine - z * sine, away * sine + z * cosine
    return x, y, z + leaf.lift * LAYER * closed


def placed(shape: FoldedShape, name: str, point: Point, closed: float = 1.0) -> Point:
    """Return where a point of a leaf is, with all that it hangs on turned too."""
    by_name = {leaf.name: leaf for leaf in shape.leaves}
    leaf = by_name[name]
    while leaf.on is not None:
        point = turned(point, leaf, closed)
        leaf = by_name[leaf.on]
    return point


def middle(leaf: FoldLeaf) -> Point:
    return (leaf.place[0] + leaf.place[2]) / 2, (leaf.place[1] + leaf.place[3]) / 2, 0.0


def shape_of(name: str, *, is_right_to_left: bool = False) -> tuple[Folding, FoldedShape]:
    folding = fold(name, TRIM, is_right_to_left=is_right_to_left)
    return folding, folded_shape(folding)


@pytest.mark.parametrize("is_right_to_left", [False, True], ids=["ltr", "rtl"])
@pytest.mark.parametrize("name", FOLDS)
def test_an_open_piece_lies_flat_and_has_each_panel_once(name: str, is_right_to_left: bool) -> None:
    folding, shape = shape_of(name, is_right_to_left=is_right_to_left)
    assert {leaf.name for leaf in shape.leaves} == {p.name for p in folding.outside.panels}
    assert {leaf.inside_name for leaf in shape.leaves} == {p.name for p in folding.inside.panels}
    area = sum((right - left) * (foot - top) for left, top, right, foot in
               (leaf.place for leaf in shape.leaves))  # fmt: skip
    assert area == pytest.approx(TRIM.width * TRIM.height)
    for leaf in shape.leaves:
        assert placed(shape, leaf.name, middle(leaf), closed=0.0) == pytest.approx(middle(leaf))
        # The two faces are two sides of the same paper.
        assert leaf.place[0] + leaf.outside[2] == pytest.approx(TRIM.width)
        assert leaf.place[1::2] == pytest.approx(leaf.outside[1::2])


@pytest.mark.parametrize("is_right_to_left", [False, True], ids=["ltr", "rtl"])
@pytest.mark.parametrize("name", FOLDS)
def test_a_closed_piece_is_as_large_as_its_folding_says(name: str, is_right_to_left: bool) -> None:
    folding, shape = shape_of(name, is_right_to_left=is_right_to_left)
    corners = [
        placed(shape, leaf.name, (x, y, 0.0))
        for leaf in shape.leaves
        for x in leaf.place[::2]
        for y in leaf.place[1::2]
    ]
    wide, high, thick = (max(axis) - min(axis) for axis in zip(*corners, strict=True))
    assert (wide, high) == pytest.approx(folding.folded, abs=0.01)
    assert thick == pytest.approx(LAYER * (len(LAYERS.get(name, [0, 0])) - 1))


@pytest.mark.parametrize("is_right_to_left", [False, True], ids=["ltr", "rtl"])
@pytest.mark.parametrize("name", LAYERS)
def test_closed_leaves_lie_in_their_order_and_the_front_is_on_top(
    name: str, is_right_to_left: bool
) -> None:
    folding, shape = shape_of(name, is_right_to_left=is_right_to_left)
    heights = {leaf.name: placed(shape, leaf.name, middle(leaf))[2] for leaf in shape.leaves}
    assert sorted(heights, key=lambda leaf: -heights[leaf]) == LAYERS[name]
    assert len({round(height, 3) for height in heights.values()}) == len(heights)
    # Its outside looks at us: what is behind the paper when it lies open is before it now.
    cover = next(leaf for leaf in shape.leaves if leaf.name == folding.cover.name)
    x, y, _ = middle(cover)
    behind = placed(shape, cover.name, (x, y, -1.0))
    assert behind[2] > heights[cover.name]


def test_the_doors_of_a_gate_meet_over_its_back() -> None:
    _, shape = shape_of("gate")
    doors = [leaf for leaf in shape.leaves if "door" in leaf.name]
    lefts = sorted(placed(shape, leaf.name, middle(leaf))[0] for leaf in doors)
    back = shape.leaves[0]
    assert back.place[0] < lefts[0] < TRIM.width / 2 < lefts[1] < back.place[2]


def test_a_fold_from_the_right_turns_the_other_way() -> None:
    angles = [
        [leaf.angle for leaf in shape_of("letter", is_right_to_left=rtl)[1].leaves]
        for rtl in (False, True)
    ]
    assert angles[0] == [-angle for angle in angles[1]]
    assert any(angles[0])
