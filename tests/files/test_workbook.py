"""Workbooks as Excel and LibreOffice write them: what a cell shows is what is read."""

from __future__ import annotations

import datetime
import io
import re
import time
import warnings
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
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
    def as_day(sheet: Worksheet) -> None:
        sheet["D2"].number_format = "d-mmm"

    data = saved(HEADER, ["Pier 9", None, None, datetime.datetime(2027, 5, 9)], also=as_day)
    assert texts(parse(data, "sites.xlsx", COLUMNS)) == [{"name": "Pier 9", "hours": "9-May"}]


# A value, its format, and what Excel shows of it.
SHOWN: dict[str, tuple[Any, str, str]] = {
    "a telephone": (5105550101, r"[<=9999999]###\-####;\(###\)\ ###\-####", "(510) 555-0101"),
    "a short telephone": (5550101, r"[<=9999999]###\-####;\(###\)\ ###\-####", "555-0101"),
    "a mask": (5105550101, "000-000-0000", "510-555-0101"),
    "a long ZIP code": (21141234, "00000\\-0000", "02114-1234"),
    "a word before it": (7, '"Box "0', "Box 7"),
    "an account": (1200, r'_(* #,##0_);_(* \(#,##0\);_(* "-"??_);_(@_)', "1200"),
    "an account with nothing": (0, r'_(* #,##0_);_(* \(#,##0\);_(* "-"??_);_(@_)', "0"),
    "a colour": (12, "[Red]0", "12"),
    "yes": (True, "General", "TRUE"),
    "a day": (datetime.datetime(2027, 6, 12), "mm-dd-yy", "2027-06-12"),
    "a day and its time": (
        datetime.datetime(2027, 6, 12, 18), "yyyy-mm-dd h:mm:ss", "2027-06-12 18:00"
    ),
    "a time": (datetime.time(9, 30), "h:mm", "9:30"),
    "a time of twelve hours": (datetime.time(18, 0), "h:mm AM/PM", "6:00 PM"),
    "a duration": (datetime.timedelta(hours=25), "[h]:mm", "25:00"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_a_value_is_read_as_its_format_shows_it(name: str) -> None:
    value, form, text = SHOWN[name]

    def in_form(sheet: Worksheet) -> None:
        sheet["B2"].number_format = form

    table = parse(saved(HEADER, ["Pier 9", value], also=in_form), "sites.xlsx", COLUMNS)
    assert (texts(table), codes(table)) == ([{"name": "Pier 9", "tel": text}], [])


@pytest.mark.parametrize("form", ["0%", '"$"#,##0.00', "0.00E+00"])
def test_a_number_in_another_format_is_told(form: str) -> None:
    def in_form(sheet: Worksheet) -> None:
        sheet["D2"].number_format = form

    table = parse(saved(HEADER, ["Pier 9", None, None, 1.5], also=in_form), "sites.xlsx", COLUMNS)
    assert texts(table) == [{"name": "Pier 9", "hours": "1.5"}]
    assert [(one.code, str(one.source)) for one in table.problems] == [
        ("workbook-format", "sites.xlsx:2:4")
    ]


def repacked(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook whose first sheet has other XML."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if name.endswith("/sheet1.xml") else part)
    return file.getvalue()


@pytest.mark.parametrize("size", [b"A1", b"A1:B2"])
def test_no_row_is_lost_where_a_sheet_says_that_it_is_smaller(size: bytes) -> None:
    def smaller(xml: bytes) -> bytes:
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + size + b'"', xml)

    rows = [[f"Pier {n}", f"{n}", "02114", "noon"] for n in range(4)]
    table = parse(repacked(saved(HEADER, *rows), smaller), "sites.xlsx", COLUMNS)
    assert [len(row.cells) for row in table.rows] == [4, 4, 4, 4]


def test_spaces_at_the_far_end_of_a_sheet_cost_no_time() -> None:
    def far(sheet: Worksheet) -> None:
        sheet["XFD2"] = sheet["XFD3"] = sheet["A1048576"] = " "

    start = time.process_time()
    table = parse(saved(HEADER, ["Pier 9"], ["Pier 10"], also=far), "sites.xlsx", COLUMNS)
    assert texts(table) == [{"name": "Pier 9"}, {"name": "Pier 10"}]
    assert time.process_time() - start < 5  # 0.3 s; a cell for each of 1,048,576 rows: minutes


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    def filtered(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
        sheet.row_dimensions[9].hidden = True  # there is nothing in it
        sheet.column_dimensions["B"].hidden = sheet.column_dimensions["F"].hidden = True

    rows = [["Pier 9", "1"], ["Pier 10"], ["Pier 11"]]
    table = parse(saved(HEADER, *rows, also=filtered), "sites.xlsx", COLUMNS)
    assert len(table.rows) == 3
    assert [problem.message for problem in table.problems] == [
        "hidden in the workbook, and read all the same: rows 3, 4",
        'columns that are hidden in the workbook, and read all the same: "Phone"',
    ]


def test_what_is_struck_through_is_told() -> None:
    def strike(sheet: Worksheet) -> None:
        sheet["A3"].font = Font(strike=True)

    table = parse(saved(HEADER, ["Pier 9"], ["Pier 10"], also=strike), "sites.xlsx", COLUMNS)
    assert [problem.message for problem in table.problems] == [
        "struck through in the workbook, and read all the same: A3"
    ]


def test_a_cell_merged_with_one_above_is_told() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("D2:D3")
        sheet.merge_cells("B4:C4")  # beside each other: nothing is lost

    rows = [["Pier 9", "1", "2", "noon"], ["Pier 10", "3"], ["Pier 11", "4"]]
    table = parse(saved(HEADER, *rows, also=merge), "sites.xlsx", COLUMNS)
    assert [(one.code, one.message) for one in table.problems] == [
        ("workbook-merged", "merged with a cell above, and read as empty: D3")
    ]


def test_a_line_break_that_a_program_wrote_as_its_number_is_one() -> None:
    table = parse(saved(HEADER, ["Pier 9", None, None, "noon_x000D_\nto 4"]), "s.xlsx", COLUMNS)
    assert texts(table) == [{"name": "Pier 9", "hours": "noon\nto 4"}]


def test_a_formula_whose_result_is_an_empty_text_has_one() -> None:
    def empty(xml: bytes) -> bytes:
        return re.sub(
            rb'<c r="B2"><f>(.*?)</f>.*?</c>', rb'<c r="B2" t="str"><f>\1</f><v/></c>', xml
        )

    data = repacked(saved(HEADER, ["Pier 9", '=IF(A1="","",1)', None, "noon"]), empty)
    table = parse(data, "sites.xlsx", COLUMNS)
    assert (texts(table), codes(table)) == ([{"name": "Pier 9", "hours": "noon"}], [])


def test_what_only_the_library_knows_of_a_workbook_is_not_said() -> None:
    def as_day(sheet: Worksheet) -> None:
        sheet["B2"].number_format = "yyyy-mm-dd"

    def with_choices(xml: bytes) -> bytes:
        choices = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst>'
        return xml.replace(b"</worksheet>", choices + b"</worksheet>")

    data = repacked(saved(HEADER, ["Pier 9", 5105550101], also=as_day), with_choices)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table = parse(data, "sites.xlsx", COLUMNS)
    assert texts(table) == [{"name": "Pier 9", "tel": "#VALUE!"}]


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
