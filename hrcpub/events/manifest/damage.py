"""A cell's text to what a spreadsheet program did to it; each kind of damage is a table line."""

from __future__ import annotations

import re
from typing import NamedTuple

from hrcpub.files.table import Cell
from hrcpub.patterns import pattern
from hrcpub.problems import Problem, Severity

_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_NUMBERS = ("tel", "tel2", "zip", "id", "box")
_ANY: tuple[str, ...] = ()
# Postal codes of these states and territories begin with 0 (USPS Publication 65).
_ZERO = "CT|MA|ME|NH|NJ|PR|RI|VI|VT"


class _Damage(NamedTuple):
    """How a kind of damage is recognised, in which columns (none: all), and what is said of it."""

    pattern: re.Pattern[str]
    columns: tuple[str, ...]
    said: str
    hint: str


_DAMAGES = (
    _Damage(
        pattern(r"-?\d(?:[.,]\d+)?E\+?-?\d+", re.IGNORECASE),
        _NUMBERS,
        "the spreadsheet turned it into a number and cut digits off",
        "format the column as Text, type it again in full, and save",
    ),
    _Damage(
        pattern(r"\d+\.0"),
        _NUMBERS,
        "a program turned it into a number with decimals",
        "format the column as Text, and type it again",
    ),
    _Damage(
        pattern(r"=[A-Z][A-Z.]*\(.*", re.DOTALL),
        _ANY,
        "this is a formula, not its result",
        "save the table with the results, or type what the cell shows",
    ),
    _Damage(
        pattern(r"#{3,}"),
        _ANY,
        "the spreadsheet's column was too narrow to show what was here",
        "make the column wider, and save it as CSV again",
    ),
    _Damage(
        pattern(r"#(?:REF|NAME|VALUE|N/A|DIV/0|NUM|NULL)[!?]?"),
        _ANY,
        "the spreadsheet took it for a formula and failed",
        "format the column as Text and type it again",
    ),
    _Damage(
        pattern(
            rf"\d{{1,2}}-(?:{_MONTH})|(?:{_MONTH})-\d\d"
            r"|\d{4}-\d\d-\d\d(?: \d\d:\d\d)?|\d{1,2}([/.-])\d{1,2}\1(?:\d\d|\d{4})",
            re.IGNORECASE,
        ),
        ("hours", "box", "tel", "tel2"),
        "the spreadsheet turned it into a date",
        "format the column as Text and type it again",
    ),
    _Damage(
        pattern(r"\d{4}"),
        ("zip",),
        "it has four digits: the spreadsheet cut off the zero in front",
        "format the column as Text and write five digits, such as 02114",
    ),
    _Damage(
        pattern(rf"(?s:.*)\b(?:{_ZERO})\s+\d{{4}}"),
        ("address", "address2", "city"),
        "its ZIP code has four digits: the zero in front is gone",
        "write five digits, such as 02114",
    ),
)
# UTF-8 that was read as Windows-1252 and saved so: José becomes JosÃ©, ’ becomes â€™.
_TWICE = pattern("[Ã][\u0080-\u00bf\u0152-\u0178\u2018-\u203a\u20ac]|â€|Â[\u00a0-\u00bf]|\ufffd")
_LOST = pattern(r"[^\W\d]\?[^\W\d]")


def damage(column: str, cell: Cell) -> Problem | None:
    """Return what a spreadsheet program did to a cell; None when it did nothing."""
    for kind in _DAMAGES:
        if (not kind.columns or column in kind.columns) and kind.pattern.fullmatch(cell.text):
            return damaged(cell, kind.said, kind.hint)
    if _TWICE.search(cell.text):
        return letters_lost(cell)
    if column != "url" and _LOST.search(cell.text):
        return letters_lost(cell).at(Severity.WARNING)
    return None


def damaged(cell: Cell, said: str, hint: str) -> Problem:
    """A spreadsheet program took a text for a number, a date or a formula, and spoilt it.

    Fix: format the column as Text, type the cell again, and save as "CSV UTF-8". What was cut off
    is gone. Telephone numbers become 1.51E+10, ZIP codes lose their first zero, 9-5 becomes 9-May,
    and narrow columns are saved as ########.
    """
    return Problem("site-damaged", f'"{cell.text}": {said}', cell.source, hint)


def letters_lost(cell: Cell) -> Problem:
    """Letters were lost, or became other signs, when the table was saved in another encoding.

    Fix: type the cell again and save the table as "CSV UTF-8". The other kinds of CSV lack most of
    the world's letters. `JosÃ©` was José, `Nguy?n` was Nguyễn.
    """
    return Problem(
        "site-letters",
        f'letters of "{cell.text}" were lost',
        cell.source,
        'type it again, and save as "CSV UTF-8"',
    )


CODES = {"site-damaged": damaged, "site-letters": letters_lost}
