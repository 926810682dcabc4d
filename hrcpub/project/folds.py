"""A trim and a way of folding to panels: where each lies, on either side, and when it is read.

Pure geometry. Lengths in points, x from the trim's left and y from its foot, on the side that is
looked at; the inside is seen by turning the sheet over sideways, so that what lies left on the
outside lies right on the inside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from hrcpub.records import record
from hrcpub.units import Size, points

TEXT_STOCK = points("0.1 mm")  # 80 lb text, about 120 g/m²
COVER = points("0.15 mm")  # from this caliper on, a stock is creased like a cover
# By how much a panel that is folded inwards is narrower, so that it does not buckle. US binderies
# ask for 1/16 in on text stock and 1/8 in on cover.
ROLL_IN, ROLL_IN_COVER = points("0.0625 in"), points("0.125 in")


@record
class FoldPanel:
    """One panel of a folded piece, on one of its sides.

    `order` is its place in reading, 1 the front cover; a reader meets panels in this order while
    the piece is opened, and the back last. `rotation` is 180 where it is upside down.
    """

    name: str
    order: int
    left: float
    right: float
    foot: float
    top: float
    rotation: int = 0

    @property
    def width(self) -> float:
        """Return the panel's width."""
        return self.right - self.left


@record
class FoldedSide:
    """One side of the flat piece: its panels from left to right and top to bottom, its folds."""

    name: str
    panels: tuple[FoldPanel, ...]
    folds_x: tuple[float, ...]  # from the trim's left, for marks above and below
    folds_y: tuple[float, ...] = ()  # from the trim's foot, for marks left and right

    @property
    def reading(self) -> tuple[FoldPanel, ...]:
        """Return the panels in the order in which they are read."""
        return tuple(sorted(self.panels, key=lambda panel: panel.order))


@record
class Folding:
    """A folded piece: the outside, which is page 1 of its file, and the inside, page 2."""

    name: str
    trim: Size
    folded: Size  # its size when folded: the widest panel's
    sides: tuple[FoldedSide, FoldedSide]

    @property
    def outside(self) -> FoldedSide:
        """Return the side that has the front cover."""
        return self.sides[0]

    @property
    def inside(self) -> FoldedSide:
        """Return the side that is seen when the piece is open."""
        return self.sides[1]

    @property
    def reading(self) -> tuple[FoldPanel, ...]:
        """Return all panels in the order in which they are read."""
        panels = (panel for side in self.sides for panel in side.panels)
        return tuple(sorted(panels, key=lambda panel: panel.order))

    @property
    def cover(self) -> FoldPanel:
        """Return the front cover."""
        return self.reading[0]


def fold(
    name: str,
    trim: Size,
    caliper: float = TEXT_STOCK,
    *,
    roll_in: float | None = None,
    is_right_to_left: bool = False,
) -> Folding:
    """Return how a piece of a trim folds; `caliper` is its stock's thickness.

    `roll_in` is by how much an inner panel is narrower, for a bindery that names its own. A piece
    that reads from right to left opens the other way: everything lies mirrored.

    Raises KeyError for a fold that is not in `FOLDS`, ValueError for a trim too narrow to fold.
    """
    step = (ROLL_IN if caliper < COVER else ROLL_IN_COVER) if roll_in is None else roll_in
    folding = FOLDS[name].panels(trim, step)
    if any(panel.width <= 0 for panel in folding.reading):
        raise ValueError(f"{trim.width:g} pt is too narrow for the fold {name}")
    return mirrored(folding) if is_right_to_left else folding


def half(trim: Size, step: float) -> Folding:
    """One fold in the middle: four panels."""
    return _parallel("half", trim, (1, 1), 0, ("back", "front"), (4, 1), (2, 3))


def letter(trim: Size, step: float) -> Folding:
    """Two folds inwards, the C fold: the right panel inside is rolled in, and narrower."""
    names = ("flap", "back", "front")
    return _parallel("letter", trim, (0, 0, 1), step, names, (2, 6, 1), (3, 4, 5))


def z(trim: Size, step: float) -> Folding:
    """Two folds, one each way: three equal panels, the back on the inside."""
    names = ("right", "middle", "front")
    return _parallel("z", trim, (0, 0, 0), 0, names, (5, 6, 1), (2, 3, 4))


def gate(trim: Size, step: float) -> Folding:
    """Two quarters fold in like doors over a half: both doors together are the front."""
    names = ("right door", "back", "left door")
    widths = _gates(trim.width, step)
    middle = (widths[0], widths[1] + widths[2], widths[3])
    return _folding("gate", trim, middle, names, (2, 6, 1), (3, 4, 5))


def double_gate(trim: Size, step: float) -> Folding:
    """A gate that is folded once more in its middle: eight panels."""
    names = ("right door", "back", "front", "left door")
    widths = _gates(trim.width, step)
    return _folding("double-gate", trim, widths, names, (3, 8, 1, 2), (4, 5, 6, 7))


def roll(trim: Size, step: float) -> Folding:
    """Three folds inwards, one about the other: four panels, the innermost narrowest.

    17 in fold to 4.3125, 4.3125, 4.21875 and 4.15625 in on text stock, as binderies have it.
    """
    names = ("inner flap", "flap", "back", "front")
    return _parallel("roll", trim, (0, 0, 1.5, 2.5), step, names, (4, 2, 8, 1), (3, 5, 6, 7))


def accordion(trim: Size, step: float) -> Folding:
    """Three folds, each the other way: four equal panels, and the back at the outside's left."""
    names = ("back", "outside left", "outside right", "front")
    return _parallel("accordion", trim, (0, 0, 0, 0), 0, names, (8, 6, 7, 1), (2, 3, 4, 5))


def french(trim: Size, step: float) -> Folding:
    """Two folds across each other, the print outside: four panels, and a poster inside.

    The first fold lies across, its upper half turned behind; its panels are upside down.
    """
    across, up = trim.width / 2, trim.height / 2
    outside = (
        FoldPanel("inside right", 3, 0, across, up, trim.height, 180),
        FoldPanel("inside left", 2, across, trim.width, up, trim.height, 180),
        FoldPanel("back", 4, 0, across, 0, up),
        FoldPanel("front", 1, across, trim.width, 0, up),
    )
    poster = FoldPanel("poster", 5, 0, trim.width, 0, trim.height)
    sides = (
        FoldedSide("outside", outside, (across,), (up,)),
        FoldedSide("inside", (poster,), (across,), (up,)),
    )
    return Folding("french", trim, Size(across, up), sides)


def _gates(width: float, step: float) -> tuple[float, float, float, float]:
    """Return the doors' and the middle's widths: 17 in to 4.21875 and 4.28125 (text stock)."""
    quarter = width / 4
    return quarter - step / 2, quarter + step / 2, quarter + step / 2, quarter - step / 2


def _parallel(
    name: str,
    trim: Size,
    narrower: Sequence[float],
    step: float,
    names: tuple[str, ...],
    outside: tuple[int, ...],
    inside: tuple[int, ...],
) -> Folding:
    """Return a folding whose panels inside are narrower by so many steps, from left to right."""
    widest = (trim.width + step * sum(narrower)) / len(narrower)
    widths = tuple(widest - step * steps for steps in reversed(narrower))
    return _folding(name, trim, widths, names, outside, inside)


def _folding(
    name: str,
    trim: Size,
    widths: tuple[float, ...],
    names: tuple[str, ...],
    outside: tuple[int, ...],
    inside: tuple[int, ...],
) -> Folding:
    """Return a folding with upright panels; widths and names are the outside's, left to right."""
    inner = tuple(f"inside {place}" for place in _INSIDE[len(widths)])
    # The sheet is turned over sideways: the outside's right panel is the inside's left one.
    sides = (
        _side("outside", trim, widths, names, outside),
        _side("inside", trim, widths[::-1], inner, inside),
    )
    return Folding(name, trim, Size(max(widths), trim.height), sides)


_INSIDE = {  # what the inside's panels are called, by how many there are
    2: ("left", "right"),
    3: ("left", "middle", "right"),
    4: ("left", "middle left", "middle right", "right"),
}


def _side(
    name: str,
    trim: Size,
    widths: tuple[float, ...],
    names: tuple[str, ...],
    orders: tuple[int, ...],
) -> FoldedSide:
    edges = [0.0, *accumulate(widths[:-1]), trim.width]
    panels = tuple(
        FoldPanel(panel, order, left, right, 0, trim.height)
        for panel, order, left, right in zip(names, orders, edges[:-1], edges[1:], strict=True)
    )
    return FoldedSide(name, panels, tuple(edges[1:-1]))


def mirrored(folding: Folding) -> Folding:
    """Return a folding with left and right exchanged, its panels again from left to right."""
    width = folding.trim.width
    outside, inside = (
        FoldedSide(
            side.name,
            tuple(
                sorted(
                    (replace(p, left=width - p.right, right=width - p.left) for p in side.panels),
                    key=lambda panel: (-panel.foot, panel.left),
                )
            ),
            tuple(width - x for x in reversed(side.folds_x)),
            side.folds_y,
        )
        for side in folding.sides
    )
    return replace(folding, sides=(outside, inside))


class Fold(NamedTuple):
    """A way of folding: how its panels lie, and how a bindery's people and programs call it.

    `catalog` is its number in XJDF 2.1, table 4.28 "Product Folds"; F6 means a sheet of six pages.
    """

    panels: Callable[[Size, float], Folding]  # trim, and by how much inner panels are narrower
    words: str
    catalog: str


FOLDS = {
    "half": Fold(half, "in half", "F4-1"),
    "letter": Fold(letter, "letter fold (C): two folds inwards", "F6-4"),
    # Not F6-7, which the table calls "Z fold": that is folds of a quarter, as drawings are folded.
    "z": Fold(z, "Z fold: two folds, one each way", "F6-1"),
    "gate": Fold(gate, "gate fold", "F6-3"),
    "double-gate": Fold(double_gate, "double gate fold", "F8-4"),
    "roll": Fold(roll, "roll fold: three folds inwards", "F8-5"),
    # By analogy with F6-1, the zigzag of six pages. To be agreed with the shop.
    "accordion": Fold(accordion, "accordion: three folds, each the other way", "F8-1"),
    # The table leaves it out: this is its sequence in appendix E, half and half across (table E.5).
    "french": Fold(french, "French fold: in half, then in half across", "F8-7"),
}
