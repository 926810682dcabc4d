"""`layouts/system/labels.yaml` to `LabelSheet`s: where the labels of each sheet are die-cut.

Lengths are points; x and y count from the sheet's upper left corner, y downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.problems import HrcpubError, Problem, Source, nearest, stop_on_errors
from hrcpub.project import slots
from hrcpub.project.sheets import SHEETS
from hrcpub.project.slots import Slot
from hrcpub.records import record
from hrcpub.units import POINTS_PER_UNIT, Size, dimensions

PATH = "layouts/system/labels.yaml"
MILLIMETRE = POINTS_PER_UNIT["mm"]
SLACK = 1.0  # points: what figures that were rounded to a tenth of a millimetre may be off


class LabelPlace(NamedTuple):
    """One label of a sheet: its left and top edge."""

    left: float
    top: float


@record
class LabelSheet:
    """A sheet of die-cut labels, counted along its rows from the upper left one."""

    number: str  # "5160", "l7160": as it is called in the file
    about: str
    paper: str  # of sheets.SHEETS
    label: Size
    columns: int
    rows: int
    left: float
    top: float
    across: float  # from a label's left edge to the next one's
    down: float
    corner: float
    also: tuple[str, ...]
    source: str

    @property
    def size(self) -> Size:
        """The sheet's own size, upright."""
        return SHEETS[self.paper].size

    @property
    def label_size(self) -> str:
        """A label's size as its maker gives it: in inches, or in millimetres."""
        if SHEETS[self.paper].family == "letter":
            return dimensions(self.label)
        wide, high = (f"{round(length / MILLIMETRE, 1):g}" for length in self.label)
        return f"{wide} x {high} mm"

    @property
    def count(self) -> int:
        """How many labels there are."""
        return self.columns * self.rows

    @property
    def places(self) -> tuple[LabelPlace, ...]:
        """Where the labels are, row by row."""
        return tuple(
            LabelPlace(self.left + column * self.across, self.top + row * self.down)
            for row in range(self.rows)
            for column in range(self.columns)
        )

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is sold as."""
        return (self.number, *self.also)

    @property
    def is_sound(self) -> bool:
        """Whether its labels lie on the sheet, and beside each other."""
        last = self.places[-1]
        is_inside = (
            last.left + self.label.width <= self.size.width + SLACK
            and last.top + self.label.height <= self.size.height + SLACK
        )
        is_wide = self.columns == 1 or self.across >= self.label.width - SLACK
        return is_inside and is_wide and (self.rows == 1 or self.down >= self.label.height - SLACK)


_ENTRY = {
    "about": Slot("line", "what the labels are for, and how many there are", required=True),
    "paper": Slot("choice", "the sheet", required=True, choices=tuple(SHEETS)),
    "size": Slot("size", "of a label", required=True),
    "columns": Slot("count", "of labels", required=True),
    "rows": Slot("count", "of labels", required=True),
    "left": Slot("length", "from the sheet's left edge to the first label", required=True),
    "top": Slot("length", "from the sheet's top to the first label", required=True),
    "across": Slot("length", "from a label's left edge to the next one's", required=True),
    "down": Slot("length", "from a label's top to the next one's", required=True),
    "corner": Slot("length", "how round a corner is"),
    "also": Slot("paragraphs", "other numbers for the same cut"),
    "source": Slot("line", "where the figures are from", required=True),
}
FILE = Slot("group", fields={"labels": Slot("table", required=True, fields=_ENTRY)})


def read_label_sheets(sources: Sources) -> Mapping[str, LabelSheet]:
    """Return all sheets by their numbers; raise HrcpubError with every mistake in their file."""
    node = read_yaml(sources, PATH)
    problems: list[Problem] = []
    values = slots.check(node, FILE, "", problems) or {}
    stop_on_errors(problems)
    places = (node.mapping or {})["labels"]
    sheets = {name: _sheet(name, entry) for name, entry in values["labels"].items()}
    stop_on_errors(
        labels_misfit(sheet, places.key(name))
        for name, sheet in sheets.items()
        if not sheet.is_sound
    )
    return sheets


def _sheet(name: str, entry: Mapping[str, Any]) -> LabelSheet:
    return LabelSheet(
        number=name,
        about=str(entry["about"]),
        paper=entry["paper"],
        label=entry["size"],
        columns=entry["columns"],
        rows=entry["rows"],
        left=entry["left"],
        top=entry["top"],
        across=entry["across"],
        down=entry["down"],
        corner=entry.get("corner", 0.0),
        also=tuple(str(words) for words in entry.get("also") or ()),
        source=str(entry["source"]),
    )


def label_sheet(name: str, known: Mapping[str, LabelSheet]) -> LabelSheet:
    """Return a sheet by any of its numbers, in small letters or large ones: `Avery l7160`, too.

    Raises HrcpubError when there is none.
    """
    by_name = {other: sheet for sheet in known.values() for other in sheet.names}
    *_, number = name.lower().split() or [""]  # behind the name of its maker
    if number not in by_name:
        raise HrcpubError(unknown_label_sheet(name, by_name))
    return by_name[number]


def unknown_label_sheet(name: str, known: Iterable[str]) -> Problem:
    """The sheet of labels that was asked for is not in `layouts/system/labels.yaml`.

    Fix: take the number on the labels' box: `hrcpub labels --list` shows those that are known. For
    another one, find a known number of the same cut, or add the sheet to that file: its maker says
    the sizes.
    """
    close = nearest(name, known)
    guess = f'did you mean "{close}"? ' if close else ""
    hint = f"{guess}`hrcpub labels --list` has all of them"
    return Problem("labels-unknown", f'there is no sheet of labels "{name}"', None, hint)


def labels_misfit(sheet: LabelSheet, place: Source) -> Problem:
    """The labels of a sheet reach beyond its paper, or over each other.

    Fix: measure `left`, `top`, `across` and `down` again. `across` and `down` count from one
    label's edge to the same edge of the next.
    """
    many = f"{sheet.columns} x {sheet.rows} labels of {sheet.label_size}"
    return Problem(
        "labels-misfit",
        f"{many} do not lie side by side on {dimensions(sheet.size)}",
        place,
        "measure left, top, across and down again",
    )


CODES = {"labels-unknown": unknown_label_sheet, "labels-misfit": labels_misfit}
