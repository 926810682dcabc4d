"""A workbook (.xlsx) to the same rows that a CSV file has, read by openpyxl.

Why: lists of sites are kept in Excel, and saving them as CSV loses letters and zeros. What a cell
shows is what counts: a number is written in full, and `00000` keeps the zero in front.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast
from xml.etree.ElementTree import ParseError

from hrcpub.files import csv_problems
from hrcpub.files.table import Cell, Columns, Record, Table, make_table, tidy
from hrcpub.problems import Problem, Source

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
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_ZEROS = re.compile("0+")


def is_workbook(data: bytes) -> bool:
    """Return whether bytes are a spreadsheet program's own file, whatever its name ends in."""
    return data.startswith((ZIP, OLE))


def parse_workbook(data: bytes, path: str, columns: Columns) -> Table:
    """Return the table of a workbook's first sheet that can be seen."""
    place = Source(path)
    if refused := _refusal(data, place):
        return Table((), (refused,))
    try:
        records, others = _records(data, path)
    except _TORN as error:
        return Table((), (csv_problems.torn_workbook(place, error),))
    notes = [csv_problems.other_sheets(place, *others)] if others[1] else []
    start = _header(records, columns)
    if start is None:
        return Table((), (csv_problems.no_rows(place), *notes))
    return make_table(records[start], records[start + 1 :], columns, notes)


def _refusal(data: bytes, place: Source) -> Problem | None:
    """Return why a file is not even opened."""
    if data.startswith(OLE):
        return csv_problems.workbook(place)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
    except zipfile.BadZipFile as error:
        return csv_problems.torn_workbook(place, error)
    if not all(part in sizes for part in _PARTS):
        return csv_problems.workbook(place)
    if sum(sizes.values()) > LARGEST_UNPACKED:
        return csv_problems.too_large(place)
    return None


def _records(data: bytes, path: str) -> tuple[list[Record], tuple[str, list[str]]]:
    """Return all rows of the first sheet that can be seen, its name and those of the others."""
    shown, *others = _sheets(_open(data, values=True))
    formulas = {}
    if _has_formulas(data):
        formulas = _uncounted(_sheets(_open(data, values=False))[0])
    records = [
        _record(cells, path, row, formulas) for row, cells in enumerate(shown.iter_rows(), 1)
    ]
    width = max((len(record.cells) for record in records), default=0)
    for record in records:  # in a sheet an empty cell at the end of a row is no slip
        record.cells.extend(Cell("", record.source) for _ in range(width - len(record.cells)))
    return records, (shown.title, [sheet.title for sheet in others])


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
    return sheets


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb"<(?:\w+:)?f[ >/]", archive.read(name)) for name in sheets)


def _uncounted(sheet: Worksheet) -> dict[tuple[int, int], str]:
    """Return the formulas of a sheet by row and column, both 1-based."""
    return {
        (row, column): cell.value
        for row, cells in enumerate(sheet.iter_rows(), 1)
        for column, cell in enumerate(cells, 1)
        if isinstance(cell.value, str) and cell.value.startswith("=")
    }


def _record(
    cells: tuple[SheetCell | MergedCell, ...],
    path: str,
    row: int,
    formulas: Mapping[tuple[int, int], str],
) -> Record:
    source = Source(path, row)
    texts = [Cell(tidy(_text(cell)), Source(path, row, n)) for n, cell in enumerate(cells, 1)]
    problems = [
        csv_problems.uncounted(formulas[row, n], cell.source)
        for n, cell in enumerate(texts, 1)
        if not cell.text and (row, n) in formulas
    ]
    return Record(texts, source, problems)


def _text(cell: SheetCell | MergedCell) -> str:
    """Return what a cell shows, as near as its number's format is known."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and _ZEROS.fullmatch(str(cell.number_format)):
        return str(value).zfill(len(str(cell.number_format)))
    if isinstance(value, datetime.datetime):
        return f"{value.day}-{_MONTHS[value.month - 1]}"  # as in a CSV: most often it was no date
    return str(value)


def _header(records: list[Record], columns: Columns) -> int | None:
    """Return which row names the columns: of the first rows, the one that names the most.

    Where none does, it is the first that is not blank; None where all are.
    """
    filled = [place for place, record in enumerate(records) if not record.is_blank]
    counts = {
        place: columns.count(cell.text for cell in records[place].cells)
        for place in filled
        if place <= TITLES
    }
    return max(counts, key=lambda place: counts[place], default=None)
