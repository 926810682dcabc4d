"""Workbooks as Excel and LibreOffice write them: what a cell shows is what is read."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from hrcpub.files import workbook
from hrcpub.files.table import Columns, Table
from hrcpub.files.tablefile import parse
from hrcpub.problems import Source

COLUMNS = Columns(("id", "name", "tel", "zip", "hours"), {"tel": ("phone",), "name": ("site",)})
HEADER = ["Name", "Phone", "Zip", "Hours"]


def saved(*rows: list[Any], also: Callable[[Worksheet], None] | None = None) -> bytes:
    """Return the bytes of a workbook whose first sheet has some rows."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if also:
        also(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def texts(table: Table) -> list[dict[str, str]]:
    """Return the texts of a table."""
    return [{name: cell.text for name, cell in row.cells.items()} for row in table.rows]


def codes(table: Table) -> list[str]:
    """Return the code of everything that was found."""
    return [
        problem.code
        for problem in (*table.problems, *(one for row in table.rows for one in row.problems))
    ]


def as_zip_code(sheet: Worksheet) -> None:
    sheet["C2"].number_format = "00000"


def test_a_number_is_read_as_it_is_shown() -> None:
    data = saved(HEADER, ["Pier 9", 5105550101, 2114, 24.0], also=as_zip_code)
    table = parse(data, "sites.xlsx", COLUMNS)
    assert texts(table) == [{"name": "Pier 9", "tel": "5105550101", "zip": "02114", "hours": "24"}]
    assert codes(table) == []
    assert table.rows[0].cells["zip"].source == Source("sites.xlsx", 2, 3)


def test_what_became_a_date_is_seen_to_be_one() -> None:
    data = saved(HEADER, ["Pier 9", None, None, datetime.datetime(2027, 5, 9)])
    assert texts(parse(data, "sites.xlsx", COLUMNS)) == [{"name": "Pier 9", "hours": "9-May"}]


def test_names_of_columns_are_found_below_a_title() -> None:
    data = saved(["All our sites"], [], ["March 2027", None, "draft"], HEADER, ["Pier 9", "1"])
    table = parse(data, "sites.xlsx", COLUMNS)
    assert texts(table) == [{"name": "Pier 9", "tel": "1"}]
    assert table.rows[0].source.line == 5


def test_a_formula_without_its_result_is_told_at_its_cell() -> None:
    table = parse(saved(HEADER, ["Pier 9", '="510"&"555"']), "sites.xlsx", COLUMNS)
    assert [(one.code, str(one.source)) for one in table.rows[0].problems] == [
        ("workbook-formula", "sites.xlsx:2:2")
    ]


def add_sheets(sheet: Worksheet) -> None:
    book = sheet.parent
    assert book is not None
    book.create_sheet("Closed").append(["Name"])
    book.create_sheet("Secret").sheet_state = "hidden"


def test_other_sheets_are_told() -> None:
    table = parse(saved(HEADER, ["Pier 9"], also=add_sheets), "sites.xlsx", COLUMNS)
    assert texts(table) == [{"name": "Pier 9"}]
    assert [problem.message for problem in table.problems] == [
        'the sheet "Sheet" is read; not read: "Closed"'
    ]


def hide(sheet: Worksheet) -> None:
    book = sheet.parent
    assert book is not None
    book.create_sheet("Seen").append(["Name"])
    sheet.sheet_state = "hidden"


def test_a_hidden_sheet_is_not_read() -> None:
    table = parse(saved(HEADER, ["Pier 9"], also=hide), "sites.xlsx", COLUMNS)
    assert (texts(table), codes(table)) == ([], [])


def open_document() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return file.getvalue()


REFUSED = {
    "an old workbook": (b"\xd0\xcf\x11\xe0" + bytes(512), "csv-encoding"),
    "an OpenDocument": (open_document(), "csv-encoding"),
    "half of a workbook": (saved(HEADER)[:-800], "workbook-torn"),
    "an empty workbook": (saved(), "csv-empty"),
    "a sheet of something else": (saved(["Fruit", "Price"], ["Apple", 1]), "csv-header"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_told(name: str) -> None:
    data, code = REFUSED[name]
    table = parse(data, "sites.xlsx", COLUMNS)
    assert codes(table)[-1] == code
    assert table.rows == ()


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = saved(HEADER, ["Pier 9"])
    monkeypatch.setattr(workbook, "LARGEST_UNPACKED", 1000)
    assert codes(parse(data, "sites.xlsx", COLUMNS)) == ["csv-too-large"]
