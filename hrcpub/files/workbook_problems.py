"""What can be wrong with a workbook, as the Problems that its author reads."""

from __future__ import annotations

from collections.abc import Sequence

from hrcpub.files.sheet_view import column_letters
from hrcpub.files.table import Cell
from hrcpub.problems import Problem, Severity, Source, some

MANY = 12  # rows or cells that one message names


def unfit(place: Source) -> Problem:
    """Return the Problem of a workbook that cannot be opened here: an old or a locked one."""
    message = "this is an .xls, an .ods, a workbook with a password, or a zip"
    hint = 'open it, and save it without a password as .xlsx or as "CSV UTF-8"'
    return Problem("csv-encoding", message, place, hint)


def torn(place: Source, error: Exception) -> Problem:
    """The workbook cannot be read: it was cut short, or a program wrote it wrongly.

    Fix: open it in Excel or LibreOffice, and save it again as .xlsx, or as "CSV UTF-8".
    """
    return Problem(
        "workbook-torn",
        f"this workbook cannot be read: {error or type(error).__name__}",
        place,
        "open it in a spreadsheet program, and save it again",
    )


def other_sheets(place: Source, read: str, others: Sequence[str]) -> Problem:
    """A workbook has several sheets, and only the first that can be seen is read.

    Fix: nothing, if all sites are on it. If not, move the right sheet to the front.
    """
    names = ", ".join(f'"{name}"' for name in others)
    return Problem(
        "workbook-sheets",
        f'the sheet "{read}" is read; not read: {names}',
        place,
        "if that is wrong, move the right sheet to the front, and save",
        Severity.NOTE,
    )


def uncounted(formula: str, place: Source) -> Problem:
    """A cell has a formula without its result, so nobody can tell what it shows.

    Fix: open the workbook in Excel or LibreOffice, and save it: then the results are in it. The
    program that wrote it left them out.
    """
    return Problem(
        "workbook-formula",
        f"this cell is a formula without its result: {formula[:60]}",
        place,
        "open the workbook in a spreadsheet program, and save it",
    )


def hidden_rows(places: Sequence[Source]) -> Problem:
    """Rows of a workbook are hidden, by a filter or by hand. They are read like all others.

    Fix: show all rows (*Data → Clear*, *Unhide*). Delete the ones that are to get nothing, or move
    them to another sheet.
    """
    return Problem(
        "workbook-hidden",
        f"hidden in the workbook, and read all the same: {_rows(places)}",
        places[0],
        "show all rows, delete those that are to get nothing, and save",
        Severity.WARNING,
    )


def hidden_columns(cells: Sequence[Cell]) -> Problem:
    """Return the Problem of columns that are read, and that nobody sees in the workbook."""
    names = ", ".join(f'"{cell.text}"' for cell in cells)
    return Problem(
        "workbook-hidden",
        f"columns that are hidden in the workbook, and read all the same: {names}",
        cells[0].source,
        "show them, and look whether they are right; delete what is not, and save",
        Severity.WARNING,
    )


def struck(places: Sequence[Source]) -> Problem:
    """Cells of a workbook are struck through. They are read as if they were not.

    Fix: delete what no longer holds. If it does, take the line through it away.
    """
    return Problem(
        "workbook-struck",
        f"struck through in the workbook, and read all the same: {_cells(places)}",
        places[0],
        "delete what no longer holds, and save",
        Severity.WARNING,
    )


def covered(places: Sequence[Source]) -> Problem:
    """A cell goes over several rows of a workbook. What it says is read in its first row only.

    Fix: undo the merging (*Unmerge Cells*), and write the text into each row that it is for.
    """
    return Problem(
        "workbook-merged",
        f"merged with a cell above, and read as empty: {_cells(places)}",
        places[0],
        "unmerge these cells, write the text into each row, and save",
        Severity.WARNING,
    )


def other_format(text: str, form: str, place: Source) -> Problem:
    """A number is shown in a format that is not known here, such as a per cent or a currency.

    Fix: format the cell as Text, and type what is to be read. If the message says the right thing,
    do nothing.
    """
    return Problem(
        "workbook-format",
        f'read as "{text}": the workbook shows this number as {form}',
        place,
        "if that is wrong, format the cell as Text, and type what is to be read",
        Severity.WARNING,
    )


def _cells(places: Sequence[Source]) -> str:
    """Return cells by the names that a spreadsheet program gives them: B2, B3."""
    names = [f"{column_letters(place.column or 1)}{place.line}" for place in places]
    return some(names, MANY)


def _rows(places: Sequence[Source]) -> str:
    return f"row{'s' * (len(places) > 1)} {some([str(place.line) for place in places], MANY)}"


CODES = {
    "workbook-torn": torn,
    "workbook-sheets": other_sheets,
    "workbook-formula": uncounted,
    "workbook-hidden": hidden_rows,
    "workbook-struck": struck,
    "workbook-merged": covered,
    "workbook-format": other_format,
}
