"""What figures are drawn from: records of shapes on a field, y upwards from the floor."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from hrcpub.project.figures.body import FieldPoint, Person
from hrcpub.project.languages import main_part
from hrcpub.records import record

LINE = 5.0  # the weight of every line, of a figure that is 100 high
GAP = 3.2  # of paper around what lies before something else


class Paint(StrEnum):
    """The two inks of a figure."""

    INK = "ink"
    PAPER = "paper"


@record
class Vertex:
    """A point of an outline or of a line, and the radius with which it is rounded there."""

    at: FieldPoint
    radius: float = 0.0


@record
class Brush:
    """How a shape is painted."""

    paint: Paint = Paint.INK
    is_hollow: bool = False  # a line around the other ink
    has_gap: bool = False  # it stands off what lies behind it
    wide: float = LINE  # of a line
    is_flat: bool = False  # a line's ends


@record
class Disc:
    """A disc, or a ring where it is hollow."""

    at: FieldPoint
    radius: float
    style: Brush


@record
class Patch:
    """A closed outline with round corners: a box or any other."""

    corners: tuple[Vertex, ...]
    style: Brush


@record
class Stroke:
    """A line through points."""

    corners: tuple[Vertex, ...]
    style: Brush


@record
class Arc:
    """A part of a ring, clockwise from one direction to another; 0 degrees is up."""

    at: FieldPoint
    radius: float
    start: float
    end: float
    style: Brush


@record
class Inset:
    """Another figure inside this one: its floor's middle, its height, its turn, clockwise."""

    figure: Figure
    at: FieldPoint
    high: float
    turn: float
    is_mirrored: bool
    style: Brush  # in paper, it is reversed


Shape = Disc | Patch | Stroke | Arc | Inset | Person


@record
class Figure:
    """A figure: shapes on a field that is 100 high, painted in their order."""

    name: str
    wide: float
    alts: Mapping[str, str]  # by language
    is_tested: bool
    shapes: tuple[Shape, ...]

    def alt(self, language: str) -> str:
        """Return what it shows, in a language; in English where it does not say it."""
        return self.alts.get(language) or self.alts.get(main_part(language)) or self.alts["en"]

    def speaks(self, language: str) -> bool:
        """Return whether it says in a language what it shows."""
        return language in self.alts or main_part(language) in self.alts
