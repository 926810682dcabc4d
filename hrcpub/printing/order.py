"""What a person wants on paper: one file, how often, and how its sheets are printed."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from hrcpub.records import record
from hrcpub.units import Rect


class Sides(StrEnum):
    """How pages go onto sheets, in the words of IPP (RFC 8011 §5.2.8)."""

    ONE = "one-sided"
    LONG = "two-sided-long-edge"
    SHORT = "two-sided-short-edge"

    @property
    def is_two_sided(self) -> bool:
        """Whether sheets have backs."""
        return self is not Sides.ONE

    @property
    def edge(self) -> str:
        """Return the edge that sheets are turned about; nothing where they have no backs."""
        return {Sides.ONE: "", Sides.LONG: "long", Sides.SHORT: "short"}[self]


@record
class PrintOrder:
    """A finished file, and how it is to come out. Its pages are printed at their own size.

    `sheet` is a name in `SHEETS`. `pages` are counted from 1, in the order in which they are
    printed; None: all. `paper` is the colour of paper to load, in words ("yellow"); nothing: any.
    Words outside of `pieces` are for who prints and cuts; None: there are none. With
    `is_to_the_edge` ink goes over the sheet's edge on purpose, as a separator's tab does.
    """

    pdf: Path
    sheet: str
    sides: Sides
    copies: int = 1
    is_black_only: bool = False
    pages: tuple[int, ...] | None = None
    title: str = ""
    paper: str = ""
    pieces: Rect | None = None
    is_to_the_edge: bool = False
