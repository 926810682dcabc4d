"""The one body of all figures: its proportions, and a pose as it is written to joints in place.

A person is seven heads tall. All lengths here are in heads; a figure says how tall its person is.
Points are (x, y), y upwards from the floor. A trunk that leans 0 degrees is upright; it leans to
the right, clockwise. So someone who looks left and leans 90 lies on their back, head at the right.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import NamedTuple

from hrcpub.records import record

HEADS = 7.0


class FieldPoint(NamedTuple):
    """A place on a figure's field: to the right, and up from the floor."""

    x: float
    y: float

    def towards(self, degrees: float, length: float) -> FieldPoint:
        """Return the point so far away; 0 degrees is up, 90 to the right."""
        angle = math.radians(degrees)
        return FieldPoint(self.x + length * math.sin(angle), self.y + length * math.cos(angle))

    def to(self, other: FieldPoint) -> tuple[float, float]:
        """Return the direction of another point in those degrees, and how far it is."""
        across, up = other.x - self.x, other.y - self.y
        return math.degrees(math.atan2(across, up)), math.hypot(across, up)


class View(StrEnum):
    """From where a person is seen: where they look."""

    LEFT = "left"
    RIGHT = "right"
    FRONT = "front"


class Bone(NamedTuple):
    """A part of a limb: how long, and the radius at its two ends."""

    length: float
    near: float
    far: float


TRUNK = 2.0  # from the hips' joint to the shoulders'
NECK = 1.2  # from the shoulders' joint to the middle of the head
HEAD = 0.5  # its radius
CHEST, HIPS = 0.52, 0.46  # a trunk's radius at its ends, seen from a side
SHOULDER, PELVIS = 0.74, 0.27  # from the middle to the joints of arms and legs, seen from in front
ARM = (Bone(1.2, 0.27, 0.24), Bone(1.12, 0.24, 0.21))
LEG = (Bone(1.62, 0.4, 0.31), Bone(1.42, 0.31, 0.25))
FOOT = Bone(0.5, 0.25, 0.17)
SLACK = 0.12  # heads by which a hand or a foot may miss its place


@record
class Limb:
    """Where an arm or a leg goes, as it was written: its end, its joint, and toes."""

    end: FieldPoint
    joint: FieldPoint | None = None  # the elbow or the knee; None: it is found
    toes: FieldPoint | None = None


@record
class Posed:
    """A limb in place: its joints from the trunk outwards, and by how much its end misses."""

    joints: tuple[FieldPoint, ...]
    bones: tuple[Bone, ...]
    miss: float  # heads


@record
class Person:
    """A person in a pose; far limbs stand before near ones."""

    view: View
    tall: float
    hips: FieldPoint
    lean: float
    nod: float  # of the head, against the trunk: positive is clockwise
    arms: tuple[Limb, ...]
    legs: tuple[Limb, ...]

    @property
    def unit(self) -> float:
        """Return how large a head is."""
        return self.tall / HEADS

    @property
    def shoulders(self) -> FieldPoint:
        """Return the joint of the shoulders."""
        return self.hips.towards(self.lean, TRUNK * self.unit)

    @property
    def head(self) -> FieldPoint:
        """Return the middle of the head."""
        return self.shoulders.towards(self.lean + self.nod, NECK * self.unit)

    def posed_arms(self) -> list[Posed]:
        """Return the arms in place."""
        return [
            self._posed(arm, self.beside(self.shoulders, SHOULDER, number), ARM, -1, number)
            for number, arm in enumerate(self.arms)
        ]

    def posed_legs(self) -> list[Posed]:
        """Return the legs in place, feet and all."""
        return [
            self._with_foot(
                leg, self._posed(leg, self.beside(self.hips, PELVIS, number), LEG, 1, number)
            )
            for number, leg in enumerate(self.legs)
        ]

    def beside(self, middle: FieldPoint, heads: float, number: int) -> FieldPoint:
        """Return a joint left (0) or right (1) of the middle, where a person is seen in front."""
        if self.view is not View.FRONT:
            return middle
        side = 90.0 if number else -90.0
        return middle.towards(self.lean + side, heads * self.unit)

    def _posed(
        self, limb: Limb, start: FieldPoint, bones: tuple[Bone, Bone], bends: int, number: int
    ) -> Posed:
        """Return a limb in place; `bends` is 1 for joints that go forward, as knees do."""
        upper, lower = (bone.length * self.unit for bone in bones)
        if limb.joint:
            joint = start.towards(start.to(limb.joint)[0], upper)
        else:
            joint = _joint(start, limb.end, upper, lower, self._side(bends, number))
        end = joint.towards(joint.to(limb.end)[0], lower)
        return Posed((start, joint, end), bones, end.to(limb.end)[1] / self.unit)

    def _side(self, bends: int, number: int) -> int:
        """Return on which side of the line to its end a joint lies: 1 is anticlockwise of it."""
        if self.view is View.FRONT:  # knees and elbows turn outwards
            return 1 if number else -1
        return bends if self.view is View.RIGHT else -bends

    def _with_foot(self, leg: Limb, posed: Posed) -> Posed:
        """Return a leg with its foot: none where it is seen from in front."""
        if self.view is View.FRONT and not leg.toes:
            return posed
        knee, ankle = posed.joints[1:]
        # A foot stands square to the shin, so that it goes with the leg in any position.
        forward = -90.0 if self.view is View.RIGHT else 90.0
        turn = ankle.to(leg.toes)[0] if leg.toes else knee.to(ankle)[0] + forward
        toes = ankle.towards(turn, FOOT.length * self.unit)
        return Posed((*posed.joints, toes), (*posed.bones, FOOT), posed.miss)


def _joint(start: FieldPoint, end: FieldPoint, upper: float, lower: float, side: int) -> FieldPoint:
    """Return the elbow or knee of a limb between two points (law of cosines)."""
    turn, distance = start.to(end)
    distance = max(distance, abs(upper - lower) + 1e-6)
    if distance >= upper + lower:
        return start.towards(turn, upper)
    cosine = (upper**2 + distance**2 - lower**2) / (2 * upper * distance)
    return start.towards(turn - side * math.degrees(math.acos(max(-1.0, min(1.0, cosine)))), upper)
