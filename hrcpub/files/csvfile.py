"""CSV bytes to rows: every cell a text with its place, every mistake a Problem of its row.

Why: a list of sites comes out of a spreadsheet program, which chose the encoding and the delimiter
and says neither. Both are recognised. A bad row is reported, and the rows after it are still read.
Nothing is taken for a number: `02114` stays `02114`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.files import csv_problems
from hrcpub.files.decoding import Decoded, decode, of_other_script
from hrcpub.files.table import Cell, Columns, Record, Table, make_table, tidy
from hrcpub.patterns import pattern
from hrcpub.problems import Problem, Source

if TYPE_CHECKING:
    from _csv import Reader

LONGEST = 100  # lines of one row: if it is longer, a quotation mark was never closed
FEWEST = 3  # columns from which on a line within a cell can be told from a row
DELIMITERS = ",;\t|"

# str.splitlines would also end a line at form feeds and the like, which the csv module does not.
_LINE = pattern("[^\r\n]*(?:\r\n|\n|\r|$)")
_SEPARATOR = pattern(rf'\s*"?sep=([{DELIMITERS}])', re.IGNORECASE)
_COMMENT = pattern(r'\s*"?#')
_FOREIGN_WORD = pattern(r"[^\s,;|]*[^\x00-\x7f][^\s,;|]*")


class CsvShape(NamedTuple):
    """The lines of a CSV file, and the rows in them: the first is the header.

    A row comes with the number of its first line, 0-based, and ends where the next one begins.
    """

    lines: tuple[str, ...]  # with their ends
    delimiter: str
    rows: tuple[tuple[int, Record], ...]


def csv_shape(text: str, columns: Columns) -> CsvShape:
    """Return which lines of a text are which rows, for who changes some of them."""
    return _RowReader(Decoded(text, "utf-8", False), "", columns).shape()


def parse_csv(data: bytes, path: str, columns: Columns) -> Table:
    """Return the table of a CSV file's bytes."""
    try:
        decoded = decode(data)
    except UnicodeDecodeError as error:
        return Table((), (csv_problems.garbled(Source(path), error),))
    if decoded.is_guess and (signs := of_other_script(data)):
        return Table((), (csv_problems.other_script(signs, Source(path)),))
    return _RowReader(decoded, path, columns).table()


class _RowReader:
    """Goes through a text from row to row, collecting Problems."""

    def __init__(self, decoded: Decoded, path: str, columns: Columns) -> None:
        self.path, self.columns = path, columns
        self.lines = [line for line in _LINE.findall(decoded.text) if line]
        self.problems: list[Problem] = []
        if decoded.is_guess:
            self.problems.append(csv_problems.guessed(decoded, self._first_foreign_word()))
        self.delimiter = ","

    def table(self) -> Table:
        """Return the whole table."""
        start = self._header_line()
        if start is None:
            return Table((), (*self.problems, csv_problems.no_rows(Source(self.path))))
        records = self._records(start)
        header = next(records)
        return make_table(header, records, self.columns, self.problems, self.delimiter)

    def _header_line(self) -> int | None:
        """Set the delimiter; return the header's line, 0-based, None when there is none.

        Above the header may be Excel's `sep=;` and comments, which begin with #.
        """
        stated = None
        for number, line in enumerate(self.lines):
            if match := _SEPARATOR.match(line):
                stated = match[1]
            elif line.strip(" \t\r\n,;|") and not _COMMENT.match(line):
                self.delimiter = stated or max(DELIMITERS, key=lambda sign: self._fit(number, sign))
                return number
        return None

    def _fit(self, line: int, delimiter: str) -> tuple[int, int]:
        """Return how many known names, and how many cells, a header has with a delimiter."""
        try:
            cells = next(self._csv(line, delimiter), [])
        except csv.Error:
            cells = self.lines[line].split(delimiter)
        return self.columns.count(cells), len(cells)

    def _csv(self, line: int, delimiter: str) -> Reader:
        lines = self.lines[line : line + LONGEST]
        return csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)

    def _records(self, line: int) -> Iterator[Record]:
        """Yield the rows from a line on; no line is in two rows."""
        return (record for _, record in self._placed_records(line))

    def _placed_records(self, line: int) -> Iterator[tuple[int, Record]]:
        """Yield the rows from a line on, each with the number of its first line, 0-based."""
        while line < len(self.lines):
            reader = self._csv(line, self.delimiter)
            place = self._place(line, 0, len(self.lines[line]))
            try:
                texts = next(reader)
            except csv.Error as error:
                # Go on with the very next line. A quotation mark that was never closed took in
                # the rows after it, and only its own row must be lost.
                yield line, Record(self._torn(line), place, [self._broken(error, line)])
                line += 1
                continue
            taken = range(line + 1, line + reader.line_num)
            self.problems += self._swallowed(taken, line, len(texts))
            yield line, Record(self._cells(line, texts), place)
            line = taken.stop

    def _swallowed(self, lines: range, begun: int, width: int) -> Iterator[Problem]:
        """Yield a Problem where a row took in a line that looks like a row of its own.

        An address over two lines has a comma as well, but hardly one for each column. A mark that
        closes it stands before the cells that follow, and not at the line's end.
        """
        for line in lines:
            text = self.lines[line].rstrip("\r\n").removesuffix('"')
            cells = text.split(self.delimiter)
            if len(cells) == width >= FEWEST and cells[0].strip() and '"' not in text:
                place = self._place(line, 0, len(self.lines[line]))
                yield csv_problems.swallowed(begun + 1, place)

    def shape(self) -> CsvShape:
        """Return which lines each row takes; none where there is no header."""
        start = self._header_line()
        rows = [] if start is None else list(self._placed_records(start))
        return CsvShape(tuple(self.lines), self.delimiter, tuple(rows))

    def _torn(self, line: int) -> list[Cell]:
        """Return what can be guessed of a row that csv refuses: it may still name its site."""
        texts = self.lines[line].rstrip("\r\n").split(self.delimiter)
        place = self._place(line, 0, len(self.lines[line]))
        return [Cell(tidy(text.strip('" ')), place) for text in texts]

    def _broken(self, error: csv.Error, line: int) -> Problem:
        column = self.lines[line].rfind('"')
        return csv_problems.broken(str(error), self._place(line, max(0, column), 1))

    def _cells(self, line: int, texts: list[str]) -> list[Cell]:
        """Return a row's cells with their places; `line` is its first.

        csv gives texts without places. But how long a cell is in the file follows from its text:
        it is there as it is, or in quotation marks with those inside it doubled.
        """
        cells, column = [], 0
        for text in texts:
            while line + 1 < len(self.lines) and column >= len(self.lines[line]):
                column -= len(self.lines[line])
                line += 1
            rest = self.lines[line][column:]
            column += len(rest) - len(rest.lstrip(" "))  # as skipinitialspace has it
            width = len(text)
            if self.lines[line].startswith('"', column):
                width += text.count('"') + 2
            cells.append(Cell(tidy(text), self._place(line, column, width)))
            column += width + 1
        return cells

    def _place(self, line: int, column: int, width: int) -> Source:
        """Return a Source; `line` and `column` are 0-based, `width` ends with the line."""
        quote = self.lines[line].rstrip("\r\n")
        width = max(1, min(width, len(quote) - column))
        return Source(self.path, line + 1, column + 1, quote=quote, width=width)

    def _first_foreign_word(self) -> Source:
        """Return the place of the first word with a letter that the encoding decides about."""
        for number, line in enumerate(self.lines):
            if match := _FOREIGN_WORD.search(line):
                return self._place(number, match.start(), len(match[0]))
        return Source(self.path)
