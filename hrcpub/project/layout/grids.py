"""The grids of the design system, and of a layout's own folder: measures for one kind of page.

A grid is read once, as formulas, and worked out for each trim: so that one grid serves a Letter
sheet and an A4 one. Formulas may name `width` and `height` (of the trim), and `sheet-width` and
`sheet-height` (of the family's ordinary page, Letter or A4), besides their own grid's values.
"""

from __future__ import annotations

from collections.abc import Mapping

from hrcpub.files.yamlfile import Node
from hrcpub.problems import Problem, Source
from hrcpub.project import slot_problems, slots
from hrcpub.project.layout.formulas import Formula, FormulaError, read_formula, worked_out
from hrcpub.project.sheets import DEFAULT, Sheet
from hrcpub.project.words import Words
from hrcpub.records import record
from hrcpub.units import Size

# What compose asks a grid for by name; layouts ask for more.
MEASURES = (
    "margin", "step", "rule", "drop", "gap", "text-size", "text-leading", "small-size",
    "small-leading", "smallest",
)  # fmt: skip
_EXAMPLE = "13.5 pt (or mm, cm, in), or (width - 2 * margin) / 3"


# Distances of lines, and what is counted in them.
_LINES = ("step", "drop", "after")


@record
class Suit:
    """What the text of another script asks of a grid, as multiples of its own values."""

    size: float
    leading: float
    least: float  # the size under which nothing is made smaller, in points

    def suited(self, name: str, value: float) -> float:
        """Return a grid's value as it suits the script: sizes, leadings, and the lattice."""
        if name.endswith("-size"):
            return max(value * self.size, min(value, self.least))
        is_line = name in _LINES or name.endswith("-leading")
        return value * self.leading if is_line else value


def unsuited(name: str, value: float) -> float:
    """Return a value as it is."""
    return value


@record
class Grid:
    """The measures of one kind of page, not yet worked out."""

    path: str  # where it stands in its file: "grids.letter"
    formulas: Mapping[str, Formula]
    places: Mapping[str, Source]  # of each value

    def worked_out(
        self, trim: Size | None, sheet: Sheet, problems: list[Problem], suit: Suit | None = None
    ) -> dict[str, float]:
        """Return the values in points for a trim; None: the family's ordinary page.

        Problems go onto the list. `suit` is what another script's text asks for.
        """
        width, height = trim or sheet.page
        given = {
            "width": width,
            "height": height,
            "sheet-width": sheet.page.width,
            "sheet-height": sheet.page.height,
        }
        values, faults = worked_out(self.formulas, given, suit.suited if suit else unsuited)
        problems += [
            formula_wrong(f"{self.path}.{name}", why, self.places[name])
            for name, why in faults.items()
        ]
        if values.get("step") == 0:  # compose divides by it
            place = Words("0", self.places["step"], f"{self.path}.step")
            problems.append(slot_problems.not_a(place, "step", "4.5 pt"))
        return values


def read_grids(node: Node | None, problems: list[Problem]) -> dict[str, Grid]:
    """Return the grids under a system's `grids:`; Problems go onto the list."""
    return {
        name: read_grid(grid, f"grids.{name}", problems)
        for name, grid in ((node and node.mapping) or {}).items()
    }


def read_grid(node: Node, path: str, problems: list[Problem], like: Grid | None = None) -> Grid:
    """Return one grid; `like` is another one that has the values which this one does not name.

    A grid's further values have any names that CSS takes. Mistakes that show only when it is
    worked out are told for its family's ordinary page, so that they are told in any project.
    """
    if node.mapping is None:
        problems.append(slot_problems.wrong_shape(node, path, "a group of names and values"))
        return Grid(path, {}, {})
    before = len(problems)
    entries = {name: entry for name, entry in node.mapping.items() if name != "like"}
    formulas = dict(like.formulas) if like else {}
    places = dict(like.places) if like else {}
    problems += [
        slot_problems.missing(node.source, f"{path}.{name}")
        for name in MEASURES
        if name not in entries and name not in formulas
    ]
    for name, entry in entries.items():
        if not slots.ID.fullmatch(name):
            place = Words(name, node.key(name), path)
            problems.append(slot_problems.not_a(place, "name", "text-size: small letters, hyphens"))
        elif formula := _formula(entry, f"{path}.{name}", problems):
            formulas[name], places[name] = formula, entry.source
    grid = Grid(path, formulas, places)
    if len(problems) == before and not like:
        grid.worked_out(None, DEFAULT, problems)
    return grid


def _formula(entry: Node, path: str, problems: list[Problem]) -> Formula | None:
    if entry.text is None:
        problems.append(slot_problems.wrong_shape(entry, path, "a length"))
        return None
    try:
        return read_formula(entry.text)
    except FormulaError:
        words = Words(entry.text, entry.source, path)
        problems.append(slot_problems.not_a(words, "length", _EXAMPLE))
        return None


def formula_wrong(path: str, why: str, place: Source) -> Problem:
    """A value of a grid cannot be worked out.

    Fix: write a length with its unit (`13.5 pt`), or a sum of lengths: `(width - 2 * margin) / 3`.
    It may name the grid's other values, `width` and `height` (of the finished piece), `sheet-width`
    and `sheet-height` (Letter or A4). + and - need a space on both sides; `round(a, b)` is the
    multiple of b that is nearest to a.
    """
    said = f'"{path}" cannot be worked out: {why}'
    return Problem("grid-value", said, place, f"write it like {_EXAMPLE}")


CODES = {"grid-value": formula_wrong}
