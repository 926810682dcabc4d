"""What a sheet of a workbook hides from its reader: its XML to rows, columns and merged cells.

Why not openpyxl: it says so only of a sheet that it keeps as a whole, which takes much memory.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from hrcpub.records import record

_WORKBOOK = "xl/workbook.xml"
_TAG = re.compile(rb"<(?:\w+:)?(row|col|mergeCell|f)(?=[\s>/])([^>]*)")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


@record
class Merged:
    """A block of cells that are shown as one: its first and last row and column, 1-based."""

    top: int
    left: int
    bottom: int
    right: int


@record
class SheetView:
    """Rows and columns of a sheet that are hidden, 1-based, and its merged cells."""

    rows: frozenset[int]
    columns: tuple[range, ...]
    merged: tuple[Merged, ...]
    has_formulas: bool

    def hides_column(self, number: int) -> bool:
        """Return whether a column is hidden."""
        return any(number in columns for columns in self.columns)


def sheet_view(data: bytes, name: str) -> SheetView:
    """Return what the sheet of a name hides in a workbook's bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(_part(archive, name))
    rows, columns, merged, has_formulas = set[int](), list[range](), list[Merged](), False
    for tag, fields in _tags(xml):
        is_hidden = fields.get("hidden") in ("1", "true")
        if tag == b"f":
            has_formulas = True
        elif tag == b"mergeCell":
            merged += _merged(fields.get("ref", ""))
        elif is_hidden and tag == b"row" and fields.get("r", "").isdecimal():
            rows.add(int(fields["r"]))
        elif is_hidden and tag == b"col":
            columns.append(range(int(fields["min"]), int(fields["max"]) + 1))
    return SheetView(frozenset(rows), tuple(columns), tuple(merged), has_formulas)


def _part(archive: zipfile.ZipFile, name: str) -> str:
    """Return the path of a sheet in its workbook; raise KeyError where it has none."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    for sheet in ElementTree.fromstring(archive.read(_WORKBOOK)).iter():
        if sheet.tag.endswith("}sheet") and sheet.get("name") == name:
            ids = [value for key, value in sheet.attrib.items() if key.endswith("}id")]
            return posixpath.normpath(posixpath.join("/xl", targets[ids[0]])).lstrip("/")
    raise KeyError(name)


def _tags(xml: bytes) -> Iterator[tuple[bytes, dict[str, str]]]:
    for match in _TAG.finditer(xml):
        fields = _ATTRIBUTE.findall(match[2])
        yield match[1], {key.decode(): value.decode() for key, value in fields}


def _merged(ref: str) -> Iterator[Merged]:
    if match := _RANGE.fullmatch(ref):
        top, left, bottom, right = match[2], _number(match[1]), match[4], _number(match[3])
        yield Merged(int(top), left, int(bottom), right)


def _number(letters: str) -> int:
    """Return a column's number: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Return a column's letters, as a spreadsheet program shows them."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
