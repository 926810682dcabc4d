"""The office printer's sheet, and the family of sizes that goes with it.

A layout may have a trim in each family: Letter where offices print on Letter, Legal and Tabloid;
A4 where they print on A4 and A3 (ISO 216).
"""

from __future__ import annotations

from typing import NamedTuple

from hrcpub.units import PAPER_SIZES, Size


class Sheet(NamedTuple):
    """A size of paper that offices load."""

    name: str  # "letter": as people write it
    family: str  # "letter" or "a4": which of a layout's trims goes with it

    @property
    def size(self) -> Size:
        """Return its width and height in points, upright."""
        return PAPER_SIZES[self.name]

    @property
    def page(self) -> Size:
        """Return the size of an ordinary page of the family, in points."""
        return PAPER_SIZES[self.family]


SHEETS = {
    sheet.name: sheet
    for sheet in (
        Sheet("letter", "letter"),
        Sheet("legal", "letter"),
        Sheet("tabloid", "letter"),
        Sheet("a4", "a4"),
        Sheet("a3", "a4"),
    )
}
FAMILIES = tuple(dict.fromkeys(sheet.family for sheet in SHEETS.values()))
DEFAULT = SHEETS["letter"]
