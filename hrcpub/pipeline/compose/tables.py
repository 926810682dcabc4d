"""`TableRows` to what a template draws: columns, and which cells are display lines of one size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hrcpub.patterns import pattern
from hrcpub.pipeline import setting
from hrcpub.pipeline.compose.measures import Measures
from hrcpub.pipeline.setting import Face, Fit
from hrcpub.project.words import TableRows, Words
from hrcpub.records import record

_FIRST = 0.36  # of the measure: the most that the first column takes
_NUMBER = pattern(r"[0-9]")


class RowCell(NamedTuple):
    """A cell: its words, as a display line in the first column and where they are numbers."""

    words: Words
    line: Fit | None


@record
class TableView:
    """A table in points. Columns do not touch: each is as wide as its words may be."""

    widths: tuple[float, ...]  # of the columns, the gutter behind them not counted
    is_number: tuple[bool, ...]  # columns that are ranged right
    size: float  # of the display lines
    rise: float  # of their capitals
    head: tuple[Words, ...]
    rows: tuple[tuple[RowCell, ...], ...]


def table_view(
    table: TableRows,
    shown: Mapping[str, str],
    faces: Mapping[str, Face],
    grid: Measures,
    measure: float,
) -> TableView:
    """Return a table as wide as `measure`; `shown` are the texts of display lines by slot.

    A column of which every cell begins with a digit is one of numbers. The display lines are as
    large as the grid's `cell`, or smaller so that the longest fits the first column.
    Numbers are no narrower than what stands over them.
    """
    face = faces["display"]
    columns = list(zip(*table.rows, strict=True))
    is_number = tuple(
        index > 0 and all(_NUMBER.match(words.text) for words in column)
        for index, column in enumerate(columns)
    )
    lines = [index == 0 or is_number[index] for index in range(len(columns))]
    first = _widest(columns[0], shown, face)
    size = min(grid["cell"], _FIRST * measure / first)
    heads = [
        grid["small-size"] * sum(faces["bold"].advances(words.text)) + 1 for words in table.head
    ]
    own = [
        max(head, size * _widest(column, shown, face)) if is_line else 0.0
        for column, is_line, head in zip(columns, lines, heads, strict=True)
    ]
    rest = measure - sum(own) - grid["gutter"] * (len(columns) - 1)
    texts = max(1, lines.count(False))
    return TableView(
        tuple(width or rest / texts for width in own),
        is_number,
        size,
        setting.at_size("H", face, size).rise,
        table.head,
        tuple(
            tuple(
                RowCell(words, setting.at_size(shown[words.slot], face, size) if is_line else None)
                for words, is_line in zip(row, lines, strict=True)
            )
            for row in table.rows
        ),
    )


def _widest(column: tuple[Words, ...], shown: Mapping[str, str], face: Face) -> float:
    """Return how wide the longest text of a column is, for type of 1 pt."""
    return max(face.display_ink(shown[words.slot]).width for words in column)
