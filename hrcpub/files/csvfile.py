"""CSV bytes to rows: every cell a text with its place, every mistake a Problem of its row.

Why: a list of sites comes out of a spreadsheet program, which chose the encoding and the delimiter
and says neither. Both are recognised. A bad row is reported, and the rows after it are still read.
Nothing is taken for a number: `02114` stays `02114`.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hrcpub.files import csv_problems
from hrcpub.files.decoding import Decoded, decode
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.unseen import INVISIBLE

if TYPE_CHECKING:
    from _csv import Reader

LARGEST = 4 * 2**20  # bytes: 20,000 sites, even in UTF-16 with two bytes for a letter
LONGEST = 100  # lines of one row: if it is longer, a quotation mark was never closed
DELIMITERS = ",;\t|"

# str.splitlines would also end a line at form feeds and the like, which the csv module does not.
_LINE = re.compile("[^\r\n]*(?:\r\n|\n|\r|$)")
_SEPARATOR = re.compile(rf'\s*"?sep=([{DELIMITERS}])', re.IGNORECASE)
_COMMENT = re.compile(r'\s*"?#')
_IN_BRACKETS = re.compile(r"\(.*\)")  # the name of a column that is only for its author
_FOREIGN_WORD = re.compile(r"[^\s,;|]*[^\x00-\x7f][^\s,;|]*")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table: its text, without the spaces around it, and its place."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Row:
    """One row by the names of its columns. With an error among its Problems it must not be used."""

    cells: Mapping[str, Cell]  # those that hold something
    source: Source
    problems: tuple[Problem, ...] = ()

    @property
    def is_bad(self) -> bool:
        """Whether something is wrong with the row itself."""
        return any(problem.is_error for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a file, bad ones too, and the Problems of the file as a whole."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Record:
    """One row before its columns are known; it may go over several lines."""

    cells: list[Cell]
    source: Source
    problems: list[Problem]

    @property
    def is_blank(self) -> bool:
        return not self.problems and not any(cell.text for cell in self.cells)


def read_csv(
    sources: Sources, path: str, columns: Iterable[str], also: Mapping[str, str] | None = None
) -> Table:
    """Return a file's table; raise HrcpubError when the file or its first row cannot be read.

    `also` gives other names that a column may have.
    """
    table = parse(sources.read(path), path, columns, also)
    if any(problem.is_error for problem in table.problems):
        raise HrcpubError(*table.problems, *(p for row in table.rows for p in row.problems))
    return table


def parse(
    data: bytes, path: str, columns: Iterable[str], also: Mapping[str, str] | None = None
) -> Table:
    """Return the table of a CSV file's bytes; arguments as in `read_csv`."""
    if len(data) > LARGEST:
        return Table((), (csv_problems.too_large(Source(path)),))
    if data.startswith(b"PK\x03\x04"):
        return Table((), (csv_problems.workbook(Source(path)),))
    try:
        decoded = decode(data)
    except UnicodeDecodeError as error:
        return Table((), (csv_problems.garbled(Source(path), error),))
    known = {_plain(name): name for name in columns}
    aliases = {_plain(other): name for other, name in (also or {}).items()}
    return _RowReader(decoded, path, known, aliases).table()


class _RowReader:
    """Goes through a text from row to row, collecting Problems."""

    def __init__(
        self, decoded: Decoded, path: str, known: Mapping[str, str], aliases: Mapping[str, str]
    ) -> None:
        self.path, self.known, self.aliases = path, known, aliases
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
        self.problems += header.problems or self._header_problems(header)
        names = [self._name(cell.text) for cell in header.cells]
        is_nameless = [not cell.text for cell in header.cells]
        rows = [
            _row(names, is_nameless, record, self.delimiter)
            for record in records
            if not record.is_blank and not self._is_comment(record, len(names))
        ]
        return Table(tuple(rows), tuple(self.problems))

    def _is_comment(self, record: _Record, width: int) -> bool:
        """Return whether a row is a remark, and note it: `# closed in winter,,,`."""
        first, *others = record.cells
        is_comment = (
            not record.problems
            and width > 1
            and first.text.startswith("#")
            and not any(cell.text for cell in others)
        )
        if is_comment:
            self.problems.append(csv_problems.comment(record.source))
        return is_comment

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
        return sum(self._name(cell) is not None for cell in cells), len(cells)

    def _csv(self, line: int, delimiter: str) -> Reader:
        lines = self.lines[line : line + LONGEST]
        return csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)

    def _records(self, line: int) -> Iterator[_Record]:
        """Yield the rows from a line on; no line is in two rows."""
        while line < len(self.lines):
            reader = self._csv(line, self.delimiter)
            place = self._place(line, 0, len(self.lines[line]))
            try:
                texts = next(reader)
            except csv.Error as error:
                # Go on with the very next line. A quotation mark that was never closed took in
                # the rows after it, and only its own row must be lost.
                yield _Record(self._torn(line), place, [self._broken(error, line)])
                line += 1
                continue
            end = line + reader.line_num
            yield _Record(self._cells(line, texts), place, self._invisible(line, end))
            line = end

    def _torn(self, line: int) -> list[Cell]:
        """Return what can be guessed of a row that csv refuses: it may still name its site."""
        texts = self.lines[line].rstrip("\r\n").split(self.delimiter)
        place = self._place(line, 0, len(self.lines[line]))
        return [Cell(_tidy(text.strip('" ')), place) for text in texts]

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
            cells.append(Cell(_tidy(text), self._place(line, column, width)))
            column += width + 1
        return cells

    def _place(self, line: int, column: int, width: int) -> Source:
        """Return a Source; `line` and `column` are 0-based, `width` ends with the line."""
        quote = self.lines[line].rstrip("\r\n")
        width = max(1, min(width, len(quote) - column))
        return Source(self.path, line + 1, column + 1, quote=quote, width=width)

    def _invisible(self, start: int, end: int) -> list[Problem]:
        """Return a Problem for each line that has an invisible character."""
        matches = ((number, INVISIBLE.search(self.lines[number])) for number in range(start, end))
        return [
            csv_problems.unseen_character(match[0], self._place(number, match.start(), 1))
            for number, match in matches
            if match
        ]

    def _name(self, text: str) -> str | None:
        """Return the column that a header means, whatever its case, spaces and hyphens."""
        plain = _plain(text)
        return self.known.get(plain) or self.aliases.get(plain)

    def _header_problems(self, header: _Record) -> Iterator[Problem]:
        """Yield what is wrong with the names of the columns."""
        first: dict[str, str] = {}
        for cell in header.cells:
            name = self._name(cell.text)
            if name is None and cell.text and not _IN_BRACKETS.fullmatch(cell.text):
                yield csv_problems.unknown_column(cell.text, cell.source, self.known.values())
            elif name in first:
                yield csv_problems.column_twice(cell.text, cell.source, first[name])
            elif name:
                first[name] = cell.text
        if not first:
            yield csv_problems.no_header(header.source, self.known.values())

    def _first_foreign_word(self) -> Source:
        """Return the place of the first word with a letter that the encoding decides about."""
        for number, line in enumerate(self.lines):
            if match := _FOREIGN_WORD.search(line):
                return self._place(number, match.start(), len(match[0]))
        return Source(self.path)


def _row(names: list[str | None], is_nameless: list[bool], record: _Record, delimiter: str) -> Row:
    """Return a row's cells by their columns; a text outside all named columns is a Problem."""
    cells, problems, width = record.cells, record.problems, len(names)
    beside = [n for n, cell in enumerate(cells) if cell.text and (n >= width or is_nameless[n])]
    if not problems and (beside or len(cells) < width):
        count = max(beside, default=len(cells) - 1) + 1
        problems = [csv_problems.wrong_width(record.source, count, width, delimiter)]
    pairs = zip(names, cells, strict=False)
    named = {name: cell for name, cell in pairs if name and cell.text}
    return Row(named, record.source, tuple(problems))


def _plain(name: str) -> str:
    """Return a column's name as it is compared: `Logo_Alt` and `logo-alt` are the same."""
    return re.sub(r"[\s_-]+", "", name.casefold())


def _tidy(text: str) -> str:
    """Return a cell's text with line breaks of one kind, and none of the spaces around it."""
    return unicodedata.normalize("NFC", re.sub("\r\n?", "\n", text)).strip()
