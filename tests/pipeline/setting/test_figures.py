"""Figures as paths: where points come to lie, round corners, and figures inside of others."""

from __future__ import annotations

import math
import re

import pytest

from hrcpub.pipeline.setting.figures import FigurePath, painted
from hrcpub.project.figures.body import ARM, LEG, FieldPoint, Limb, Person, View
from hrcpub.project.figures.shapes import (
    GAP,
    LINE,
    Arc,
    Brush,
    Disc,
    Figure,
    Inset,
    Paint,
    Patch,
    Shape,
    Stroke,
    Vertex,
)

PLAIN = Brush()
PAPER = Brush(paint=Paint.PAPER)
HIPS = FieldPoint(50, 33)


def figure(*shapes: Shape) -> Figure:
    return Figure("one", 100, {"en": "A figure"}, False, shapes)


def drawn(*shapes: Shape) -> list[FigurePath]:
    return painted(figure(*shapes))


def outline(*corners: tuple[float, float, float]) -> Patch:
    return Patch(tuple(Vertex(FieldPoint(x, y), radius) for x, y, radius in corners), PLAIN)


def numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]


def curves(path: str) -> list[tuple[complex, complex, complex, complex]]:
    """Return the ends and handles of a path's curves."""
    places = [complex(x, y) for x, y in zip(numbers(path)[::2], numbers(path)[1::2], strict=True)]
    return [(a, b, c, d) for a, b, c, d in zip(*(places[n::3] for n in range(4)), strict=False)]


def distances(path: str, middle: FieldPoint) -> list[float]:
    """Return how far from a middle each straight or round part of a path ends."""
    ends = (numbers(step)[-2:] for step in re.findall("[MLC]([^MLCZ]*)", path))
    return [math.dist(end, middle) for end in ends]


def test_the_floor_is_at_the_foot_of_the_drawing() -> None:
    (line,) = drawn(Stroke((Vertex(FieldPoint(10, 0)), Vertex(FieldPoint(20, 30))), PLAIN))

    assert line == FigurePath("M10 100L20 70", Paint.INK, LINE, False)


def test_corners_are_as_round_as_they_say() -> None:
    (path,) = drawn(outline((0, 0, 0), (40, 0, 10), (40, 40, 0)))

    assert path.path == "M0 100L30 100C35.52 100 40 95.52 40 90L40 60Z"


def test_no_corner_is_rounder_than_its_sides_are_long() -> None:
    (path,) = drawn(outline((0, 0, 500), (40, 0, 500), (40, 40, 500), (0, 40, 500)))

    assert distances(path.path, FieldPoint(20, 80)) == pytest.approx([20] * 8)  # a circle


@pytest.mark.parametrize("turn", [30, 90, 179, 270, 360])
def test_what_is_round_is_round(turn: float) -> None:
    """Arcs become curves, which may be no further from a circle than a printer's dot."""
    (arc,) = drawn(Arc(FieldPoint(50, 50), 40, 20, 20 + turn, PLAIN))
    middles = [
        (start + 3 * one + 3 * two + end) / 8  # de Casteljau, half way
        for start, one, two, end in curves(arc.path)
    ]

    assert len(middles) == math.ceil(turn / 90)
    assert [abs(middle - (50 + 50j)) for middle in middles] == pytest.approx(
        [40] * len(middles), abs=0.02
    )


def test_what_is_hollow_is_a_line_around_the_other_ink() -> None:
    inside, around = drawn(Disc(FieldPoint(50, 50), 20, Brush(is_hollow=True)))

    assert (inside.paint, inside.wide) == (Paint.PAPER, None)
    assert (around.paint, around.wide) == (Paint.INK, LINE)
    assert inside.path == around.path


def test_a_gap_is_paper_around_a_shape() -> None:
    around, under, disc = drawn(Disc(FieldPoint(50, 50), 20, Brush(has_gap=True)))

    assert (around.paint, around.wide) == (Paint.PAPER, 2 * GAP)
    assert (under.paint, disc.paint) == (Paint.PAPER, Paint.INK)


def test_an_arc_goes_clockwise_from_above() -> None:
    (arc,) = drawn(Arc(FieldPoint(50, 50), 20, 0, 90, PLAIN))

    assert arc.path == "M50 30C61.05 30 70 38.95 70 50"


@pytest.mark.parametrize(
    ("turn", "is_mirrored", "expected"),
    [
        (0, False, (60, 20, 70, 40)),
        (90, False, (110, 90, 90, 100)),
        (0, True, (40, 20, 30, 40)),
    ],
)
def test_a_figure_inside_another_is_placed_turned_and_mirrored(
    turn: float, is_mirrored: bool, expected: tuple[float, ...]
) -> None:
    line = Stroke((Vertex(FieldPoint(70, 120)), Vertex(FieldPoint(90, 80))), PLAIN)
    inset = Inset(figure(line), FieldPoint(50, 20), 50, turn, is_mirrored, PLAIN)

    (path,) = drawn(inset)

    assert path.wide == LINE / 2
    assert numbers(path.path) == pytest.approx(expected)


def test_a_figure_in_paper_is_reversed() -> None:
    inner = figure(Disc(FieldPoint(50, 50), 20, PLAIN), Disc(FieldPoint(50, 50), 10, PAPER))
    inset = Inset(inner, FieldPoint(50, 0), 100, 0, False, PAPER)

    assert [path.paint for path in drawn(inset)] == [Paint.PAPER, Paint.INK]


def person(
    view: View = View.RIGHT,
    hips: FieldPoint = HIPS,
    arms: tuple[Limb, ...] = (),
    legs: tuple[Limb, ...] = (),
) -> Person:
    return Person(view, 70, hips, 0, 0, arms, legs)


def test_a_person_is_seven_heads_tall() -> None:
    body = person(hips=FieldPoint(50, 10 * (1.62 + 1.42 + 0.25)))

    assert body.head.y + 5 == pytest.approx(70, abs=1)


@pytest.mark.parametrize(("view", "side"), [(View.RIGHT, 1), (View.LEFT, -1)])
def test_knees_bend_forward_and_elbows_backward(view: View, side: int) -> None:
    body = person(view, HIPS, (Limb(FieldPoint(50, 35)),), (Limb(FieldPoint(50, 8)),))
    (leg,), (arm,) = body.posed_legs(), body.posed_arms()

    assert side * (leg.joints[1].x - 50) > 5
    assert side * (arm.joints[1].x - 50) < -2
    assert (leg.miss, arm.miss) == pytest.approx((0, 0))


def test_bones_are_as_long_as_the_one_body_has_them() -> None:
    body = person(
        legs=(Limb(FieldPoint(58, 6), joint=FieldPoint(90, 33)),), arms=(Limb(FieldPoint(66, 51)),)
    )
    for limb, bones in ((body.posed_legs()[0], LEG), (body.posed_arms()[0], ARM)):
        lengths = [math.dist(a, b) for a, b in zip(limb.joints, limb.joints[1:], strict=False)]
        assert lengths[:2] == pytest.approx([bone.length * body.unit for bone in bones])


def test_a_limb_that_does_not_reach_says_by_how_much() -> None:
    (arm,) = person(arms=(Limb(FieldPoint(50, 33 + 20 + 23.2 + 5)),)).posed_arms()

    assert arm.miss == pytest.approx(0.5)


def test_all_parts_of_a_body_go_round_the_same_way() -> None:
    """Of two that did not, nothing would be painted where both are."""
    body = person(View.FRONT, HIPS, (Limb(FieldPoint(38, 31)), Limb(FieldPoint(62, 31))))
    for is_mirrored in (False, True):
        inset = Inset(figure(body), FieldPoint(50, 0), 100, 0, is_mirrored, PLAIN)
        parts = re.findall(r"M[^Z]*Z", "".join(path.path for path in drawn(inset)))
        assert len(parts) > 10
        assert all(_area(part) > 0 for part in parts)


def _area(path: str) -> float:
    """Return about twice an outline's area; positive when it goes clockwise, y downwards."""
    places = numbers(path)
    points = list(zip(places[::2], places[1::2], strict=True))
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)
