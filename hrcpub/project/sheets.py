"""The office printer's sheet, and the family of sizes that goes with it.

A layout may have a trim in each family: Letter where offices print on Letter, Legal and Tabloid;
A4 where they print on A4 and A3 (ISO 216).
"""

from __future__ import annotations

from typing import NamedTuple

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.problems import Problem, stop_on_errors
from hrcpub.project import slots
from hrcpub.project.slots import Slot
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
    def title(self) -> str:
        """Return its name as it is printed: "Letter", "A4"."""
        return self.name.capitalize()

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
ORGANISATION = "materials/organisation.yaml"
PAPER_SIZE = Slot("choice", "what the office printer is loaded with", choices=tuple(SHEETS))


def project_sheet(sources: Sources) -> Sheet:
    """Return the sheet that the project's offices print on: `paper-size` in its organisation.yaml.

    Raises HrcpubError where that is not a sheet. Letter where nothing is said.
    """
    if not sources.has(ORGANISATION):
        return DEFAULT
    node = (read_yaml(sources, ORGANISATION).mapping or {}).get("paper-size")
    if node is None:
        return DEFAULT
    problems: list[Problem] = []
    name = slots.check(node, PAPER_SIZE, "paper-size", problems)
    stop_on_errors(problems)
    return SHEETS[name]


def sheet_of(project: Project) -> Sheet:
    """Return the sheet that was asked for when hrcpub was called, else the project's."""
    return SHEETS[project.sheet] if project.sheet else project_sheet(project.sources)
