"""A CSV file's text and `Edit`s to the same text with other cells: rows that they leave, stay.

The values are a group: `head`, the names of the columns, and `rows`, a list of cells for each. What
stands between rows (remarks, empty lines) belongs to the row below it, and goes where that goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from hrcpub.files.csvfile import CsvShape, csv_shape
from hrcpub.files.table import Columns, Record
from hrcpub.files.yaml_edits import Edit, Insert, Move, Put, Remove, changed
from hrcpub.files.yaml_spans import Plain

HEAD, ROWS = "head", "rows"
_END = re.compile(r"\r\n|\r|\n")


class _RowText(NamedTuple):
    """A row as it is written, with the remarks above it."""

    above: str
    text: str  # without the end of its line
    end: str
    cells: tuple[str, ...]


class CsvRows(NamedTuple):
    """A table's text in its parts: what is above the header, it, its rows, what is below them."""

    head: _RowText
    rows: tuple[_RowText, ...]
    below: str
    delimiter: str

    @property
    def plain(self) -> Plain:
        """Its values, every row as wide as the header."""
        rows = [list(row.cells) for row in self.rows]
        width = len(self.head.cells)
        padded = [[*row, *[""] * (width - len(row))] for row in rows]
        return {HEAD: list(self.head.cells), ROWS: padded}


def csv_rows(text: str, columns: Columns) -> CsvRows:
    """Return a table's parts; raise ValueError for a text without a header."""
    shape = csv_shape(text, columns)
    parts = list(_parts(shape))
    if not parts or parts[0].text == "":
        raise ValueError("there is no row with the names of the columns")
    loose, rows = "", []
    for part in parts[1:]:
        if part.cells:
            rows.append(part._replace(above=loose + part.above))
            loose = ""
        else:
            loose += part.above + part.text + part.end
    return CsvRows(parts[0], tuple(rows), loose, shape.delimiter)


def csv_edited(text: str, edits: Sequence[Edit], columns: Columns) -> str:
    """Return a table's text after all edits, each made on what the one before it left.

    Raises LookupError for a place that is not there.
    """
    table = csv_rows(text, columns)
    is_open = not [table.head, *table.rows][-1].end  # no line ends behind the last row
    for edit in edits:
        table = _edited(table, edit)
    end = table.head.end or "\n"
    written = [table.head, *table.rows]
    lines = [f"{row.above}{row.text}{row.end or end}" for row in written]
    if is_open and not table.below:
        lines[-1] = lines[-1].removesuffix(end)
    return "".join(lines) + table.below


def places(text: str, columns: Columns) -> dict[int, tuple[int, Record]]:
    """Return the rows by the lines of a text, from 1: their numbers from 0, with their cells.

    The header's number is -1.
    """
    shape, found, number = csv_shape(text, columns), {}, -1
    for first, record in shape.rows:
        if number < 0 or _is_row(record):
            found[first + 1] = (number, record)
            number += 1
    return found


def _parts(shape: CsvShape) -> Iterator[_RowText]:
    """Yield the rows of a text; remarks and empty lines have no cells."""
    firsts = [first for first, _ in shape.rows]
    above = "".join(shape.lines[: firsts[0]]) if firsts else ""
    for (first, record), end in zip(shape.rows, [*firsts[1:], len(shape.lines)], strict=True):
        text = "".join(shape.lines[first:end])
        tail = _END.search(text, max(0, len(text) - 2))
        is_row = first == firsts[0] or _is_row(record)
        cells = tuple(cell.text for cell in record.cells) if is_row else ()
        text, end_sign = (text[: tail.start()], tail[0]) if tail else (text, "")
        yield _RowText(above, text, end_sign, cells)
        above = ""


def _is_row(record: Record) -> bool:
    """Return whether a row has a site in it: it is no remark, and not empty."""
    texts = [cell.text for cell in record.cells]
    is_remark = bool(texts) and texts[0].startswith("#") and not any(texts[1:])
    return any(texts) and not is_remark


def _edited(table: CsvRows, edit: Edit) -> CsvRows:
    plain: Any = changed(table.plain, edit)  # raises for what is not there
    rows, path = list(table.rows), edit.path
    match edit:
        case Put() if path[0] == HEAD:
            return table._replace(head=_with_cells(table.head, plain[HEAD], table.delimiter))
        case Put() if path == (ROWS,):
            return table._replace(rows=tuple(_arranged(table, plain[ROWS])))
        case Insert() if len(path) == 2:
            row = _RowText("", "", "", ())
            rows.insert(int(path[1]), _with_cells(row, plain[ROWS][int(path[1])], table.delimiter))
        case Remove() if len(path) == 2:
            del rows[int(path[1])]
        case Move() if path == (ROWS,):
            rows.insert(edit.target, rows.pop(edit.origin))
        case Put() if len(path) >= 2:
            at = int(path[1])
            rows[at] = _with_cells(rows[at], plain[ROWS][at], table.delimiter)
        case _:
            raise LookupError(f"{path} is no place of a table")
    return table._replace(rows=tuple(rows))


def _arranged(table: CsvRows, wanted: list[list[str]]) -> Iterator[_RowText]:
    """Yield rows in another order; each that was there is written as it was."""
    width = len(table.head.cells)
    free: dict[tuple[str, ...], list[_RowText]] = {}
    for row in table.rows:
        free.setdefault((*row.cells, *[""] * (width - len(row.cells))), []).append(row)
    for cells in wanted:
        known = free.get(tuple(cells))
        fresh = _RowText("", "", "", ())
        yield known.pop(0) if known else _with_cells(fresh, cells, table.delimiter)


def _with_cells(row: _RowText, cells: Sequence[str], delimiter: str) -> _RowText:
    """Return a row with other cells; those that are the same are written as they were."""
    written = _written(row.text, delimiter)
    if len(written) != len(row.cells):
        written = []
    kept = dict(enumerate(zip(row.cells, written, strict=False)))
    texts = []
    for number, cell in enumerate(cells):
        before, as_written = kept.get(number, (None, ""))
        texts.append(as_written if before == cell else _quoted(cell, delimiter))
    return row._replace(text=delimiter.join(texts), cells=tuple(cells))


def _written(text: str, delimiter: str) -> list[str]:
    """Return the cells of a row as they are written, quotation marks and all."""
    if not text:
        return []
    cells, begin, is_quoted = [], 0, False
    for at, sign in enumerate(text):
        if sign == '"' and (is_quoted or not text[begin:at].strip(" ")):
            is_quoted = not is_quoted
        elif sign == '"' and text[at - 1] == '"':  # the second of two: the mark itself
            is_quoted = True
        elif sign == delimiter and not is_quoted:
            cells.append(text[begin:at])
            begin = at + 1
    return [*cells, text[begin:]]


def _quoted(cell: str, delimiter: str) -> str:
    """Return a cell as it must be written."""
    is_plain = not (set(cell) & {delimiter, '"', "\n", "\r"}) and cell == cell.strip()
    if is_plain and not cell.startswith("#"):
        return cell
    return '"{}"'.format(cell.replace('"', '""'))
