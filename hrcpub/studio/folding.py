"""A folding to leaves that a page can turn: what hangs on what, at which edge, and how far.

A folded piece is looked at from its inside, where it lies open. Each panel is a leaf with two
faces. One leaf, the root, stays where it is; the others hang on it like doors on each other. When
all are turned by their angles, the piece is closed, and its front cover lies on top.
"""

from __future__ import annotations

from typing import NamedTuple

from hrcpub.project.folds import FoldedSide, Folding, FoldPanel

TURN = 180.0
NEAR = 0.01  # points: edges that are closer are the same


class Hinge(NamedTuple):
    """A panel that is folded onto another, both by their names on the outside.

    `step` is its turn when the piece is closed, from 1. `lift` is how many layers of paper it
    stands off the other then; below 0 where it is folded behind it.
    """

    panel: str
    on: str
    step: int
    lift: int


class _Doors(NamedTuple):
    """How a fold moves: the panel that stays, and the hinges, those nearest to it first."""

    root: str
    hinges: tuple[Hinge, ...]


_DOORS = {  # by the names of `project/folds.py`
    "half": _Doors("back", (Hinge("front", "back", 1, 1),)),
    "letter": _Doors("back", (Hinge("flap", "back", 1, 1), Hinge("front", "back", 2, 2))),
    # Zigzags open and close like a bellows, all folds at once.
    "z": _Doors("middle", (Hinge("front", "middle", 1, 1), Hinge("right", "middle", 1, -1))),
    "gate": _Doors("back", (Hinge("right door", "back", 1, 1), Hinge("left door", "back", 1, 1))),
    "double-gate": _Doors(
        "back",
        (
            Hinge("front", "back", 2, 3),
            Hinge("right door", "back", 1, 1),
            Hinge("left door", "front", 1, 1),
        ),
    ),
    "roll": _Doors(
        "back",
        (
            Hinge("flap", "back", 2, 2),
            Hinge("front", "back", 3, 3),
            Hinge("inner flap", "flap", 1, 1),
        ),
    ),
    "accordion": _Doors(
        "outside right",
        (
            Hinge("front", "outside right", 1, 1),
            Hinge("outside left", "outside right", 1, -1),
            Hinge("back", "outside left", 1, 1),
        ),
    ),
    "french": _Doors(
        "back",
        (
            Hinge("front", "back", 2, 3),
            Hinge("inside right", "back", 1, 1),
            Hinge("inside left", "front", 1, 1),
        ),
    ),
}


class FoldLeaf(NamedTuple):
    """A panel with its two faces. Boxes are left, top, right, foot, in points from the upper left.

    `place` is where it lies when the piece is open, seen from the inside: the inside's face too.
    `outside` is its other face on page 1. It turns by `angle` degrees about `axis` ("x" lies
    across), which goes through `at`, as CSS counts; the root has an angle of 0.
    """

    name: str
    inside_name: str
    order: int  # in reading: the outside's
    inside_order: int
    place: tuple[float, float, float, float]
    outside: tuple[float, float, float, float]
    on: str | None = None
    axis: str = "y"
    at: float = 0.0
    angle: float = 0.0
    lift: int = 0
    step: int = 0


class FoldedShape(NamedTuple):
    """A folded piece, ready to be turned; of `leaves` each comes after the one that it hangs on."""

    name: str
    steps: int
    leaves: tuple[FoldLeaf, ...]


def folded_shape(folding: Folding) -> FoldedShape:
    """Return the leaves of a folding, as it lies on the paper."""
    doors = _DOORS[folding.name]
    panels = {panel.name: panel for panel in folding.outside.panels}
    leaves = [_leaf(panels[doors.root], folding)]
    leaves += [_hung(hinge, panels, folding) for hinge in doors.hinges]
    return FoldedShape(folding.name, max(leaf.step for leaf in leaves), tuple(leaves))


def _leaf(panel: FoldPanel, folding: Folding) -> FoldLeaf:
    wide, high = folding.trim.width, folding.trim.height
    # The sheet is turned over sideways: what lies left on the outside lies right on the inside.
    place = (wide - panel.right, high - panel.top, wide - panel.left, high - panel.foot)
    behind = _panel_at(folding.inside, place, high)
    return FoldLeaf(
        panel.name,
        behind.name,
        panel.order,
        behind.order,
        place,
        (panel.left, high - panel.top, panel.right, high - panel.foot),
    )


def _panel_at(side: FoldedSide, place: tuple[float, float, float, float], high: float) -> FoldPanel:
    """Return the panel of the inside that a place is in: a poster has all of them."""
    x, y = (place[0] + place[2]) / 2, high - (place[1] + place[3]) / 2
    inside = (p for p in side.panels if p.left <= x <= p.right and p.foot <= y <= p.top)
    return next(inside)


def _hung(hinge: Hinge, panels: dict[str, FoldPanel], folding: Folding) -> FoldLeaf:
    """Return a leaf with its hinge: at the edge that it has in common with the one it hangs on."""
    leaf, on = _leaf(panels[hinge.panel], folding), _leaf(panels[hinge.on], folding)
    axis, at, towards = _edge(leaf.place, on.place)
    angle = towards * TURN if hinge.lift > 0 else -towards * TURN
    return leaf._replace(
        on=hinge.on, axis=axis, at=at, angle=angle, lift=hinge.lift, step=hinge.step
    )


def _edge(
    leaf: tuple[float, float, float, float], on: tuple[float, float, float, float]
) -> tuple[str, float, int]:
    """Return the axis, where it is, and which way it turns the leaf to who looks at it.

    CSS: a turn about the upright axis brings to us what is left of it, one about the axis that lies
    across what is under it.
    """
    if abs(leaf[2] - on[0]) < NEAR:
        return "y", on[0], 1
    if abs(leaf[0] - on[2]) < NEAR:
        return "y", on[2], -1
    return ("x", on[1], -1) if abs(leaf[3] - on[1]) < NEAR else ("x", on[3], 1)
