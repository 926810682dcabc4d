"""Checks of tables in a structure tree: their grid, and which cell heads which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pikepdf

from hrcpub.pipeline.preflight.page.bounded import text
from hrcpub.pipeline.preflight.page.tag_tree import Tag, TagTree
from hrcpub.problems import Problem

_MOST = 500  # rows or columns that a cell may span; honest ones span a few


class TableCell(NamedTuple):
    """A cell in the grid of its table; rows and columns count from 0."""

    tag: Tag
    row: int
    column: int
    rows: int
    columns: int


def grids(tree: TagTree) -> Iterator[Problem]:
    """The rows of a table have not equally many columns, or two cells have the same place.

    Fix: give each `<tr>` the same number of cells; a cell over several counts as so many, by
    `colspan` and `rowspan`. (ISO 14289-1 §7.2, ISO 32000-1 §14.8.4.3.4.)
    """
    for table in _tables(tree):
        taken: set[tuple[int, int]] = set()
        widths: dict[int, int] = {}
        rows = len(_rows(table))
        for cell in _cells(table):
            places = _places(cell)
            tree.budget.operators(len(places))
            if not taken.isdisjoint(places) or cell.row + cell.rows > rows:
                yield Problem("tag-table", "a cell of a table spans too many rows", cell.tag.at)
            taken.update(places)
            for row, _ in places:
                widths[row] = widths.get(row, 0) + 1
        if len({widths.get(row, 0) for row in range(rows)}) > 1:
            said = "the rows of a table have not equally many columns"
            yield Problem("tag-table", said, table.at, "count colspan and rowspan, too")


def headers(tree: TagTree) -> Iterator[Problem]:
    """A cell of a table has no heading, though others have.

    Fix: let `<th>` stand at the head of each column, or at the beginning of each row. A cell is
    read with what heads it. (ISO 14289-1 §7.5.)
    """
    for table in _tables(tree):
        cells = _cells(table)
        heads = [cell for cell in cells if cell.tag.kind == "TH"]
        names = {text(cell.tag.dictionary.get("/ID", "")) for cell in heads}
        tree.budget.operators(len(cells) * len(heads))
        for cell in cells:
            if heads and cell.tag.kind == "TD" and not _is_headed(cell, heads, names):
                yield Problem("tag-header", "a cell of a table has no heading", cell.tag.at)


def _is_headed(cell: TableCell, heads: list[TableCell], names: set[str]) -> bool:
    listed = cell.tag.attribute("/Table", "/Headers")
    if isinstance(listed, pikepdf.Array) and len(listed):
        return all(text(name) in names for name in listed)
    return any(_heads(head, cell) for head in heads)


def _heads(head: TableCell, cell: TableCell) -> bool:
    """Return whether a heading cell says of itself that it heads a row or column of another."""
    scope = str(head.tag.attribute("/Table", "/Scope"))
    in_row = head.row < cell.row + cell.rows and cell.row < head.row + head.rows
    in_column = (
        head.column < cell.column + cell.columns and cell.column < head.column + head.columns
    )
    return (in_row and scope in ("/Row", "/Both")) or (in_column and scope in ("/Column", "/Both"))


def _tables(tree: TagTree) -> Iterator[Tag]:
    return (tag for tag in tree.tags if tag.kind == "Table")


def _rows(table: Tag) -> list[Tag]:
    parts = [kid for kid in table.inner if kid.kind in ("TR", "THead", "TBody", "TFoot")]
    return [
        row
        for part in parts
        for row in ([part] if part.kind == "TR" else part.inner)
        if row.kind == "TR"
    ]


def _cells(table: Tag) -> list[TableCell]:
    """Return the cells with their places: each in the first column that is free in its row."""
    cells: list[TableCell] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(_rows(table)):
        column = 0
        for tag in row.inner:
            if tag.kind not in ("TH", "TD"):
                continue
            while (number, column) in taken:
                column += 1
            cell = TableCell(tag, number, column, _span(tag, "/RowSpan"), _span(tag, "/ColSpan"))
            cells.append(cell)
            taken.update(_places(cell) if cell.rows > 1 else ())
            column += cell.columns
    return cells


def _places(cell: TableCell) -> list[tuple[int, int]]:
    return [
        (cell.row + down, cell.column + along)
        for down in range(cell.rows)
        for along in range(cell.columns)
    ]


def _span(tag: Tag, key: str) -> int:
    value = tag.attribute("/Table", key)
    return min(max(int(value), 1), _MOST) if isinstance(value, int) else 1
