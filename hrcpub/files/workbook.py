"""A workbook (.xlsx) to the same rows that a CSV file has, read by openpyxl.

Why: lists of sites are kept in Excel, and saving them as CSV loses letters and zeros. What a cell
shows is what counts: a number is written in full, and `00000` keeps the zero in front.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, cast
from xml.etree.ElementTree import ParseError

from hrcpub.files import csv_problems, workbook_problems
from hrcpub.files.number_format import shown
from hrcpub.files.sheet_view import SheetView, sheet_view
from hrcpub.files.table import Cell, Columns, Record, Table, make_table, tidy
from hrcpub.problems import Problem, Source
from hrcpub.records import record

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # .xlsx and .ods; .xls, and .xlsx with a password
LARGEST_UNPACKED = 96 * 2**20  # bytes of XML: some 100,000 rows
TITLES = 20  # rows above the names of the columns, at most: a title, a date, a blank line
_PARTS = ("[Content_Types].xml", "xl/workbook.xml")
# What openpyxl raises for a file that is torn or was not written by a spreadsheet program.
_TORN = (
    zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError,
    OSError, ParseError,
)  # fmt: skip
# How a workbook writes a control character: a line break that Windows wrote is `_x000D_` and LF.
_CONTROL = re.compile("_x(00[01][0-9A-F])_", re.IGNORECASE)


@record
class _FirstSheet:
    """A sheet's rows that hold something, its name and the others', and what is hidden in it."""

    name: str
    others: list[str]
    records: list[Record]
    view: SheetView
    reading: _RowsOfCells


def is_workbook(data: bytes) -> bool:
    """Return whether bytes are a spreadsheet program's own file, whatever its name ends in."""
    return data.startswith((ZIP, OLE))


def parse_workbook(data: bytes, path: str, columns: Columns) -> Table:
    """Return the table of a workbook's first sheet that can be seen."""
    place = Source(path)
    if refused := _refusal(data, place):
        return Table((), (refused,))
    try:
        sheet = _sheet(data, path)
    except _TORN as error:
        return Table((), (workbook_problems.torn(place, error),))
    notes = list[Problem]()
    if sheet.others:
        notes.append(workbook_problems.other_sheets(place, sheet.name, sheet.others))
    start = _header(sheet.records, columns)
    if start is None:
        return Table((), (csv_problems.no_rows(place), *notes))
    header, *records = sheet.records[start:]
    for row in records:  # in a sheet an empty cell at the end of a row is no slip
        lacking = range(len(row.cells) + 1, len(header.cells) + 1)
        row.cells.extend(Cell("", Source(path, row.source.line, n)) for n in lacking)
    notes += _notes(sheet, header, records, columns)
    return make_table(header, records, columns, notes)


def _refusal(data: bytes, place: Source) -> Problem | None:
    """Return why a file is not even opened."""
    if data.startswith(OLE):
        return workbook_problems.unfit(place)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
    except zipfile.BadZipFile as error:
        return workbook_problems.torn(place, error)
    if not all(part in sizes for part in _PARTS):
        return workbook_problems.unfit(place)
    if sum(sizes.values()) > LARGEST_UNPACKED:
        return csv_problems.too_large(place)
    return None


def _sheet(data: bytes, path: str) -> _FirstSheet:
    """Return all rows of the first sheet that can be seen, and what its program says of them."""
    with warnings.catch_warnings():
        # openpyxl tells who writes the file again what would be lost of it, such as a list of
        # choices; a day that is none is told at its cell.
        warnings.simplefilter("ignore")
        return _read(data, path)


def _read(data: bytes, path: str) -> _FirstSheet:
    shown, *others = _sheets(_open(data, values=True))
    view = sheet_view(data, shown.title)
    formulas = _formulas(_sheets(_open(data, values=False))[0]) if view.has_formulas else {}
    reading = _RowsOfCells(path, formulas)
    records = [
        reading.record(cells, row) for row, cells in enumerate(shown.iter_rows(), 1) if cells
    ]
    filled = [record for record in records if not record.is_blank]
    return _FirstSheet(shown.title, [one.title for one in others], filled, view, reading)


def _open(data: bytes, *, values: bool) -> Workbook:
    # Loaded here: it costs 0.1 s, and most projects have no workbook.
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data), read_only=True, data_only=values)


def _sheets(workbook: Workbook) -> list[Worksheet]:
    """Return the sheets that can be seen; raise ValueError when there is none."""
    shown = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    sheets = cast("list[Worksheet]", shown)
    if not sheets:
        message = "it has no sheet"
        raise ValueError(message)
    for sheet in shown:
        # A file may say that its sheet is smaller than it is: programs that add rows forget it.
        sheet.reset_dimensions()
    return sheets


def _formulas(sheet: Worksheet) -> dict[tuple[int, int], str]:
    """Return the formulas of a sheet by row and column, both 1-based."""
    return {
        (row, column): str(getattr(cell.value, "text", cell.value))
        for row, cells in enumerate(sheet.iter_rows(), 1)
        for column, cell in enumerate(cells, 1)
        if cell.data_type == "f"
    }


@record
class _RowsOfCells:
    """Reads rows, and keeps which cells are shown in a way that their texts do not say."""

    path: str
    formulas: Mapping[tuple[int, int], str]
    struck: list[Source] = field(default_factory=list)
    formatted: list[tuple[Cell, str]] = field(default_factory=list)

    def record(self, cells: Sequence[SheetCell | MergedCell], row: int) -> Record:
        """Return a row up to its last cell that holds something."""
        number = len(cells)  # of 16,000, where somebody typed a space at the far end
        while number and (row, number) not in self.formulas and _is_blank(cells[number - 1]):
            number -= 1
        cells = cells[:number]
        texts = [self._cell(cell, Source(self.path, row, n)) for n, cell in enumerate(cells, 1)]
        problems = [
            workbook_problems.uncounted(self.formulas[row, n], text.source)
            for n, (text, cell) in enumerate(zip(texts, cells, strict=True), 1)
            # "str" without a value: the formula's result is an empty text
            if not text.text and (row, n) in self.formulas and cell.data_type != "str"
        ]
        return Record(texts, Source(self.path, row), problems)

    def _cell(self, cell: SheetCell | MergedCell, place: Source) -> Cell:
        if cell.value is None:
            return Cell("", place)
        form = str(cell.number_format)
        text, is_sure = shown(cell.value, form)
        read = Cell(tidy(_CONTROL.sub(_unescaped, text)), place)
        if not is_sure:
            self.formatted.append((read, form))
        if cell.font.strike:
            self.struck.append(place)
        return read


def _is_blank(cell: SheetCell | MergedCell) -> bool:
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())


def _unescaped(match: re.Match[str]) -> str:
    """Return the control character that a program wrote as `_x000D_`."""
    return chr(int(match[1], 16))


def _header(records: list[Record], columns: Columns) -> int | None:
    """Return which row names the columns: of the first rows, the one that names the most.

    Where none does, it is the first that is not blank; None where all are.
    """
    counts = {
        place: columns.count(cell.text for cell in record.cells)
        for place, record in enumerate(records)
        if (record.source.line or 0) <= TITLES + 1
    }
    return max(counts, key=lambda place: counts[place], default=None)


def _notes(
    sheet: _FirstSheet, header: Record, records: Sequence[Record], columns: Columns
) -> Iterator[Problem]:
    """Yield what the author of a sheet sees of it, and its texts do not say."""
    read = {n for n, cell in enumerate(header.cells, 1) if columns.count([cell.text])}
    rows = {record.source.line or 0: record for record in records}
    hidden = [rows[row].source for row in sorted(sheet.view.rows & rows.keys())]
    if hidden:
        yield workbook_problems.hidden_rows(hidden)
    out_of_sight = [header.cells[n - 1] for n in sorted(read) if sheet.view.hides_column(n)]
    if out_of_sight:
        yield workbook_problems.hidden_columns(out_of_sight)
    struck = [
        place for place in sheet.reading.struck if place.line in rows and place.column in read
    ]
    if struck:
        yield workbook_problems.struck(struck)
    if covered := [one for one in _covered(sheet.view, rows) if one.column in read]:
        yield workbook_problems.covered(covered)
    for cell, form in sheet.reading.formatted:
        if cell.source.line in rows and cell.source.column in read:
            yield workbook_problems.other_format(cell.text, form, cell.source)


def _covered(view: SheetView, rows: Mapping[int, Record]) -> Iterator[Source]:
    """Yield the empty cells of rows over which a cell further up goes on."""
    for block in view.merged:
        for row in range(block.top + 1, min(block.bottom, max(rows, default=0)) + 1):
            if row in rows and block.top in rows:
                path = rows[row].source.path
                yield Source(path, row, block.left)
