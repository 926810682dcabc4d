"""A `Figure` to the paths that draw it: outlines and lines in two inks, y downwards as in SVG.

Everything has round joins. What lies in front of something else has a hair of paper around it, of
one width in all figures, so that one reads as being before the other on a bad copy too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from hrcpub.project.figures import HIGH
from hrcpub.project.figures.body import CHEST, HEAD, HIPS, FieldPoint, Person, Posed, View
from hrcpub.project.figures.shapes import (
    GAP,
    Arc,
    Disc,
    Figure,
    Inset,
    Paint,
    Patch,
    Stroke,
    Vertex,
)


class FigurePath(NamedTuple):
    """A path of a figure: filled, or a line of some width."""

    path: str
    paint: Paint
    wide: float | None = None  # None: it is filled
    is_flat: bool = False


class _Field(NamedTuple):
    """Where a figure's points lie on the drawing: turned, scaled, mirrored."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = -1.0  # y upwards becomes y downwards
    e: float = 0.0
    f: float = HIGH
    is_reversed: bool = False  # the two inks changed
    scale: float = 1.0

    def at(self, point: FieldPoint) -> FieldPoint:
        """Return where a point lies."""
        x, y = point
        return FieldPoint(self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)

    @property
    def is_mirrored(self) -> bool:
        """Return whether what goes clockwise on the field goes so on the drawing."""
        return self.a * self.d - self.b * self.c > 0

    def paint(self, paint: Paint) -> Paint:
        """Return the ink that a shape has in the end."""
        return _OTHER[paint] if self.is_reversed else paint

    def inside(self, inset: Inset) -> _Field:
        """Return the grid of a figure inside this one."""
        scale, angle = inset.high / HIGH, math.radians(inset.turn)
        across = -scale if inset.is_mirrored else scale
        cos, sin = math.cos(angle), math.sin(angle)
        # About the middle of its floor: clockwise, with y upwards.
        a, b, c, d = across * cos, -across * sin, scale * sin, scale * cos
        half = inset.figure.wide / 2
        x, y = inset.at.x - a * half, inset.at.y - b * half
        return _Field(
            self.a * a + self.c * b,
            self.b * a + self.d * b,
            self.a * c + self.c * d,
            self.b * c + self.d * d,
            self.a * x + self.c * y + self.e,
            self.b * x + self.d * y + self.f,
            self.is_reversed is not (inset.style.paint is Paint.PAPER),
            self.scale * scale,
        )


_OTHER = {Paint.INK: Paint.PAPER, Paint.PAPER: Paint.INK}


def painted(figure: Figure) -> list[FigurePath]:
    """Return the paths of a figure in the order of painting; it is 100 high."""
    return list(_figure(figure, _Field()))


def _figure(figure: Figure, grid: _Field, outset: float = 0.0) -> Iterator[FigurePath]:
    """Yield a figure's paths; with `outset` all of it in paper, and larger by that on all sides."""
    for shape in figure.shapes:
        match shape:
            case Inset():
                inner = grid.inside(shape)
                if shape.style.has_gap and not outset:
                    yield from _figure(shape.figure, inner, GAP / inner.scale)
                yield from _figure(shape.figure, inner, outset / (shape.high / HIGH))
            case Person():
                yield from _person(shape, grid, outset)
            case _:
                yield from _plain(shape, grid, outset)


def _plain(shape: Disc | Patch | Stroke | Arc, grid: _Field, outset: float) -> Iterator[FigurePath]:
    """Yield the path of a shape, before it that of its gap."""
    style = shape.style
    paint, other = grid.paint(style.paint), grid.paint(_OTHER[style.paint])
    path = _path(shape, grid)
    line = isinstance(shape, Stroke | Arc)
    wide = (style.wide if line or style.is_hollow else 0.0) * grid.scale
    paper = grid.paint(Paint.PAPER)
    if outset or style.has_gap:
        around = (outset or GAP / grid.scale) * grid.scale
        yield FigurePath(path, paper, wide + 2 * around, style.is_flat)
        if not line:
            yield FigurePath(path, paper)
    if outset:
        return
    if line:
        yield FigurePath(path, paint, wide, style.is_flat)
    elif style.is_hollow:
        yield FigurePath(path, other)
        yield FigurePath(path, paint, wide)
    else:
        yield FigurePath(path, paint)


def _path(shape: Disc | Patch | Stroke | Arc, grid: _Field) -> str:
    match shape:
        case Disc():
            return _disc(grid.at(shape.at), shape.radius * grid.scale)
        case Patch():
            return _rounded([replace(c, at=grid.at(c.at)) for c in shape.corners], grid.scale, True)
        case Stroke():
            return _rounded(
                [replace(c, at=grid.at(c.at)) for c in shape.corners], grid.scale, False
            )
        case Arc():
            return _arc(shape, grid)


def _disc(at: FieldPoint, radius: float) -> str:
    right = FieldPoint(at.x + radius, at.y)
    return f"M{_pair(right)}{_curve(at, radius, 0, 2 * math.pi)}Z"


def _arc(arc: Arc, field: _Field) -> str:
    middle = field.at(arc.at)
    start = field.at(arc.at.towards(arc.start, arc.radius))
    begin = math.atan2(start.y - middle.y, start.x - middle.x)
    turn = math.radians((arc.end - arc.start) % 360 or 360)
    turned = -turn if field.is_mirrored else turn
    return f"M{_pair(start)}{_curve(middle, arc.radius * field.scale, begin, turned)}"


def _curve(middle: FieldPoint, radius: float, begin: float, turn: float) -> str:
    """Return the curves around a middle from one angle on; a positive turn is clockwise.

    Why no arcs: WeasyPrint 70 makes one curve of half a circle, and heads come out square.
    """
    parts = math.ceil(abs(turn) / (math.pi / 2) - 1e-9) or 1
    step = turn / parts
    reach = radius * 4 / 3 * math.tan(step / 4)  # of the handles, for the curve nearest to an arc
    curves = []
    for number in range(parts):
        angles = begin + number * step, begin + (number + 1) * step
        (cos1, sin1), (cos2, sin2) = ((math.cos(angle), math.sin(angle)) for angle in angles)
        (x1, y1), (x2, y2) = (
            (middle.x + radius * cos, middle.y + radius * sin)
            for cos, sin in ((cos1, sin1), (cos2, sin2))
        )
        handles = (x1 - reach * sin1, y1 + reach * cos1), (x2 + reach * sin2, y2 - reach * cos2)
        points = (*handles, (x2, y2))
        curves.append("C" + " ".join(_pair(FieldPoint(*point)) for point in points))
    return "".join(curves)


def _rounded(corners: Sequence[Vertex], scale: float, is_closed: bool) -> str:
    """Return the path through corners, each rounded as far as its two sides allow."""
    parts: list[str] = []
    for number, corner in enumerate(corners):
        before, after = corners[number - 1].at, corners[(number + 1) % len(corners)].at
        is_end = not is_closed and number in (0, len(corners) - 1)
        rounding = None if is_end else _rounding(before, corner, after, scale)
        command = "L" if parts else "M"
        if rounding is None:
            parts.append(f"{command}{_pair(corner.at)}")
        else:
            start, curve = rounding
            parts.append(f"{command}{_pair(start)}{curve}")
    return "".join(parts) + ("Z" if is_closed else "")


def _rounding(
    before: FieldPoint, corner: Vertex, after: FieldPoint, scale: float
) -> tuple[FieldPoint, str] | None:
    """Return where a round corner begins, and its curve; None: it is sharp."""
    at = corner.at
    (x1, y1), (x2, y2) = (before.x - at.x, before.y - at.y), (after.x - at.x, after.y - at.y)
    first, second = math.hypot(x1, y1), math.hypot(x2, y2)
    if not corner.radius or not first or not second:
        return None
    cross = x1 * y2 - y1 * x2
    half = math.atan2(abs(cross), x1 * x2 + y1 * y2) / 2  # of the corner's angle
    if not 0.01 < half < math.pi / 2 - 0.01:
        return None
    cut = min(corner.radius * scale / math.tan(half), first / 2, second / 2)
    start = FieldPoint(at.x + x1 * cut / first, at.y + y1 * cut / first)
    # Square to the first side, on that of the second.
    radius, side = cut * math.tan(half), math.copysign(1, cross)
    middle = FieldPoint(start.x - side * y1 / first * radius, start.y + side * x1 / first * radius)
    begin = math.atan2(start.y - middle.y, start.x - middle.x)
    return start, _curve(middle, radius, begin, -side * (math.pi - 2 * half))


def _person(person: Person, grid: _Field, outset: float) -> Iterator[FigurePath]:
    """Yield a body: paper around all of it, far limbs, trunk, near limbs with paper along them."""
    arms, legs = person.posed_arms(), person.posed_legs()
    gap = outset or GAP / grid.scale
    paper, ink = grid.paint(Paint.PAPER), grid.paint(Paint.INK)
    draw = _Body(person, grid)
    everything = [*draw.trunk(gap), draw.head(gap), *draw.limbs([*arms, *legs], gap)]
    yield FigurePath("".join(everything), paper)
    if outset:
        return
    far, near = (arms, []) if person.view is View.FRONT else (arms[:-1], arms[-1:])
    if person.view is View.FRONT:
        yield FigurePath("".join([*draw.trunk(0), *draw.limbs(legs, 0)]), ink)
        near = arms
    else:
        yield FigurePath("".join([*draw.limbs([*far, *legs], 0), *draw.trunk(0)]), ink)
    for arm in near:
        yield FigurePath(draw.along(arm), paper)
        yield FigurePath("".join(draw.limbs([arm], 0)), ink)
    yield FigurePath(draw.head(gap), paper)
    yield FigurePath(draw.head(0), ink)


class _Body:
    """Draws the parts of one body, each larger by a gap where that is asked for."""

    def __init__(self, person: Person, grid: _Field) -> None:
        self.person, self.grid = person, grid

    def head(self, gap: float) -> str:
        radius = HEAD * self.person.unit + gap
        return _disc(self.grid.at(self.person.head), radius * self.grid.scale)

    def trunk(self, gap: float) -> list[str]:
        person = self.person
        if person.view is not View.FRONT:
            return [self.bone(person.shoulders, person.hips, CHEST, HIPS, gap)]
        return [self.front(gap)]

    def front(self, gap: float) -> str:
        """Return a trunk seen from in front: shoulders round, narrower at the hips."""
        person = self.person
        unit = person.unit
        sides = [(1.0, 0.42, 0.42), (0.56, -2.35, 0.3)]  # across, up from the shoulders, radius
        outline = [*sides, *((-x, y, r) for x, y, r in reversed(sides))]
        corners = []
        for across, up, radius in outline:
            middle = person.shoulders.towards(person.lean, up * unit + math.copysign(gap, up))
            out = abs(across) * unit + gap
            at = middle.towards(person.lean + math.copysign(90, across), out)
            corners.append(Vertex(self.grid.at(at), radius * unit + gap))
        return _rounded(self.clockwise(corners), self.grid.scale, True)

    def clockwise(self, corners: list[Vertex]) -> list[Vertex]:
        """Return corners so that they go clockwise on the drawing, as all parts of a body do.

        Why: of two parts in one path that go opposite ways, nothing is painted where both are.
        """
        return corners[::-1] if self.grid.is_mirrored else corners

    def limbs(self, limbs: Sequence[Posed], gap: float) -> list[str]:
        return [
            self.bone(limb.joints[n], limb.joints[n + 1], bone.near, bone.far, gap)
            for limb in limbs
            for n, bone in enumerate(limb.bones)
        ]

    def bone(self, start: FieldPoint, end: FieldPoint, near: float, far: float, gap: float) -> str:
        """Return a part of a body: two discs and what lies between them."""
        unit, scale = self.person.unit, self.grid.scale
        radii = ((near * unit + gap) * scale, (far * unit + gap) * scale)
        return _capsule(self.grid.at(start), self.grid.at(end), *radii)

    def along(self, arm: Posed) -> str:
        """Return the paper beside an arm, which goes over into the shoulder.

        It is on both sides of an arm that hangs along the trunk, and only between arm and trunk
        where they part: on the other side it would cut a sickle off the shoulder.
        """
        unit, gap, bone = self.person.unit, GAP / self.grid.scale, arm.bones[0]
        shoulder, elbow = arm.joints[:2]
        turn = shoulder.to(elbow)[0]
        apart = (turn - self.person.lean) % 360 - 180  # from the hips: positive is clockwise
        # Where there is none, well under the arm: edges that meet would show as a hairline.
        none = -bone.far * unit / 2
        left, right = (gap if side * apart < _HANGING else none for side in (-1, 1))
        begin = shoulder.towards(turn, bone.near * unit)
        sides = [
            begin.towards(turn - 90, bone.near * unit + left),
            elbow.towards(turn - 90, bone.far * unit + left),
            elbow.towards(turn + 90, bone.far * unit + right),
            begin.towards(turn + 90, bone.near * unit + right),
        ]
        beside = self.clockwise([Vertex(self.grid.at(point)) for point in sides])
        fore = replace(arm, joints=arm.joints[1:], bones=arm.bones[1:])
        return _rounded(beside, 1.0, True) + "".join(self.limbs([fore], gap))


_HANGING = 18.0  # degrees between an arm and its trunk, up to which it hangs along it


def _capsule(start: FieldPoint, end: FieldPoint, near: float, far: float) -> str:
    """Return the outline of two discs with what lies between them, clockwise."""
    across, down = end.x - start.x, end.y - start.y
    length = math.hypot(across, down)
    if length <= abs(near - far):
        return _disc(start, near) if near > far else _disc(end, far)
    along = math.atan2(down, across)
    tilt = math.acos((near - far) / length)

    def on(middle: FieldPoint, radius: float, angle: float) -> str:
        return _pair(
            FieldPoint(middle.x + radius * math.cos(angle), middle.y + radius * math.sin(angle))
        )

    left = along - tilt
    return (
        f"M{on(start, near, left)}L{on(end, far, left)}{_curve(end, far, left, 2 * tilt)}"
        f"L{on(start, near, along + tilt)}"
        f"{_curve(start, near, along + tilt, 2 * (math.pi - tilt))}Z"
    )


def _pair(point: FieldPoint) -> str:
    return f"{_number(point.x)} {_number(point.y)}"


def _number(value: float) -> str:
    """Return a number with two decimals at most, without those that say nothing."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
