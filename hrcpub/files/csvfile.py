"""CSV bytes to rows: every cell a text with its place, every mistake a Problem of its row.

Why: a list of sites comes out of a spreadsheet, whose program chose the encoding and the delimiter
and says neither. Both are recognised. A row with a mistake is told of, and the rows after it are
read all the same. Nothing is taken for a number: `02114` stays `02114`.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hrcpub.files.decoding import Decoded, decode
from hrcpub.files.invisible import UNSEEN, name_of
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem, Severity, Source, did_you_mean

if TYPE_CHECKING:
    from _csv import Reader

LARGEST = 4 * 2**20  # bytes: 20,000 sites, and UTF-16 takes two for a letter
LONGEST = 100  # lines of one row: beyond it a quotation mark was never closed
DELIMITERS = ",;\t|"

_LINE = re.compile("[^\r\n]*(?:\r\n|\n|\r|$)")
_SEPARATOR = re.compile(rf'\s*"?sep=([{DELIMITERS}])', re.IGNORECASE)
_REMARK = re.compile(r'\s*"?#')


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of the table: its text, without the spaces around it."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Row:
    """One row by its columns' names; with an error among its Problems it is not to be used."""

    cells: Mapping[str, Cell]  # those that hold something
    source: Source
    problems: tuple[Problem, ...] = ()

    @property
    def is_bad(self) -> bool:
        """Whether something is wrong with the row itself."""
        return any(problem.is_error for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a file, bad ones too, and what is to be said of the file as a whole."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


def read_csv(
    sources: Sources, path: str, columns: Iterable[str], also: Mapping[str, str] | None = None
) -> Table:
    """Return a file's table; raise HrcpubError when it, or its first row, cannot be read.

    `also` gives other names that a column may have.
    """
    table = parse(sources.read(path), path, columns, also)
    if any(problem.is_error for problem in table.problems):
        raise HrcpubError(*table.problems, *(p for row in table.rows for p in row.problems))
    return table


def parse(
    data: bytes, path: str, columns: Iterable[str], also: Mapping[str, str] | None = None
) -> Table:
    """Return the table of a CSV file's bytes."""
    if len(data) > LARGEST:
        return Table((), (too_large(Source(path)),))
    try:
        found = decode(data)
    except UnicodeDecodeError as error:
        return Table((), (garbled(Source(path), error),))
    known = {_plain(name): name for name in columns}
    aliases = {_plain(other): name for other, name in (also or {}).items()}
    return _RowReader(found, path, known, aliases).table()


class _RowReader:
    """Goes through a text from row to row, collecting Problems."""

    def __init__(
        self, found: Decoded, path: str, known: Mapping[str, str], aliases: Mapping[str, str]
    ) -> None:
        self.path, self.known, self.aliases = path, known, aliases
        self.lines = [line for line in _LINE.findall(found.text) if line]
        self.problems = [guessed(found, self._first_foreign())] if found.is_guess else []
        self.delimiter = ","

    def table(self) -> Table:
        """Return the whole table."""
        start = self._settings()
        if start is None:
            return Table((), (*self.problems, no_rows(Source(self.path))))
        records = self._records(start)
        header, place, found = next(records)
        self.problems += found or self._header_problems(header, place)
        names = [self._name(cell.text) for cell in header]
        blank = [not cell.text for cell in header]
        rows = tuple(
            _row(names, blank, cells, place, found)
            for cells, place, found in records
            if found or any(cell.text for cell in cells)
        )
        return Table(rows, tuple(self.problems))

    def _settings(self) -> int | None:
        """Note the delimiter; return the header's line, 0-based, None when there is none.

        Above the header may stand Excel's `sep=;` and remarks, which begin with #.
        """
        said = None
        for number, line in enumerate(self.lines):
            if match := _SEPARATOR.match(line):
                said = match[1]
            elif line.strip(" \t\r\n,;|") and not _REMARK.match(line):
                self.delimiter = said or max(DELIMITERS, key=lambda sign: self._fit(number, sign))
                return number
        return None

    def _fit(self, line: int, delimiter: str) -> tuple[int, int]:
        """Return how many known names and cells a header has with a delimiter."""
        try:
            cells = next(self._csv(line, delimiter), [])
        except csv.Error:
            cells = self.lines[line].split(delimiter)
        return sum(self._name(cell) is not None for cell in cells), len(cells)

    def _csv(self, line: int, delimiter: str) -> Reader:
        some = self.lines[line : line + LONGEST]
        return csv.reader(some, delimiter=delimiter, strict=True, skipinitialspace=True)

    def _records(self, line: int) -> Iterator[tuple[list[Cell], Source, list[Problem]]]:
        """Yield each row's cells, place and Problems; no line is in two rows."""
        while line < len(self.lines):
            reader = self._csv(line, self.delimiter)
            place = self._place(line, 0, len(self.lines[line]))
            try:
                texts = next(reader)
            except csv.Error as error:
                # What follows is read anew: of two rows, the one with the mark alone is lost.
                yield self._cells(line, line + 1, []), place, [self._broken(error, line)]
                line += 1
                continue
            end = line + reader.line_num
            yield self._cells(line, end, texts), place, self._unseen(line, end)
            line = end

    def _broken(self, error: csv.Error, line: int) -> Problem:
        column = self.lines[line].rfind('"')
        return broken(str(error), self._place(line, max(0, column), 1))

    def _cells(self, start: int, end: int, texts: list[str]) -> list[Cell]:
        """Return a row's cells with their places; without texts, what a torn row begins with."""
        whole = "".join(self.lines[start:end])
        sign = re.escape(self.delimiter)
        one = re.compile(rf' *(?:"(?:[^"]|"")*"|[^{sign}\r\n]*)')
        spans: list[tuple[int, int]] = []
        at = 0
        while match := one.match(whole, at):
            spans.append(match.span())
            at = match.end() + 1
            if at > len(whole) or whole[match.end()] != self.delimiter:
                break
        texts = texts or [whole[left:right].strip('" ') for left, right in spans]
        return [
            Cell(_tidy(text), self._point(start, *(spans[n] if n < len(spans) else (0, 1))))
            for n, text in enumerate(texts)
        ]

    def _point(self, line: int, left: int, right: int) -> Source:
        """Return the place of a row's letters, counted from its first line's beginning."""
        while left >= len(self.lines[line]) and line + 1 < len(self.lines):
            left, right = left - len(self.lines[line]), right - len(self.lines[line])
            line += 1
        return self._place(line, left, right - left)

    def _place(self, line: int, column: int, width: int) -> Source:
        quote = self.lines[line].rstrip("\r\n")
        width = max(1, min(width, len(quote) - column))
        return Source(self.path, line + 1, column + 1, quote=quote, width=width)

    def _unseen(self, start: int, end: int) -> list[Problem]:
        """Return a Problem for each line that has a character nobody can see."""
        found = ((number, UNSEEN.search(self.lines[number])) for number in range(start, end))
        return [
            unseen_character(match[0], self._place(number, match.start(), 1))
            for number, match in found
            if match
        ]

    def _name(self, text: str) -> str | None:
        """Return the column that a header names, whatever its case, spaces and hyphens."""
        plain = _plain(text)
        return self.known.get(plain) or self.aliases.get(plain)

    def _header_problems(self, header: list[Cell], place: Source) -> Iterator[Problem]:
        """Yield what is wrong with the names; a name in brackets is its author's own affair."""
        first: dict[str, Cell] = {}
        for cell in header:
            name = self._name(cell.text)
            if name is None and cell.text and not re.fullmatch(r"\(.*\)", cell.text):
                yield unknown_column(cell, self.known.values())
            elif name in first:
                yield column_twice(cell, first[name])
            elif name:
                first[name] = cell
        if not first:
            yield no_header(place, self.known.values())

    def _first_foreign(self) -> Source:
        """Return the place of the first letter that the encoding decides about."""
        for number, line in enumerate(self.lines):
            if match := re.search(r"[^\s,;|]*[^\x00-\x7f][^\s,;|]*", line):
                return self._place(number, match.start(), len(match[0]))
        return Source(self.path)


def _row(
    names: list[str | None],
    blank: list[bool],
    cells: list[Cell],
    place: Source,
    found: list[Problem],
) -> Row:
    """Return a row's cells by their columns; what stands beside all columns is a Problem."""
    width = len(names)
    nameless = [n for n, cell in enumerate(cells) if cell.text and (n >= width or blank[n])]
    if not found and (nameless or len(cells) < width):
        many = max(nameless, default=len(cells) - 1) + 1
        found = [wrong_width(place, many, width)]
    pairs = zip(names, cells, strict=False)
    return Row({name: cell for name, cell in pairs if name and cell.text}, place, tuple(found))


def _plain(name: str) -> str:
    """Return a column's name as it is compared: `Logo_Alt` and `logo-alt` are one."""
    return re.sub(r"[\s_-]+", "", name.casefold())


def _tidy(text: str) -> str:
    """Return a cell's text with line breaks of one kind, and none of the spaces around it."""
    return unicodedata.normalize("NFC", re.sub("\r\n?", "\n", text)).strip()


def too_large(place: Source) -> Problem:
    """The table is over 4 MB: tens of thousands of rows, so most likely not a list of sites.

    Most often it was saved with thousands of empty rows or columns. Copy what is needed into a
    new sheet and save that.
    """
    return Problem("csv-too-large", "this file is over 4 MB", place, "copy the rows to a new file")


def garbled(place: Source, error: UnicodeDecodeError) -> Problem:
    """The file says at its beginning how its letters are written, and then they are not.

    It was cut short, or put together from two files. Save it again from the spreadsheet.
    """
    return Problem(
        "csv-encoding",
        f"this file says it is {error.encoding.upper()}, but byte {error.start + 1} is not",
        place,
        'save it again as "CSV UTF-8"',
    )


def guessed(found: Decoded, place: Source) -> Problem:
    """The file is not UTF-8, so its letters had to be recognised by where they stand in words.

    Excel's plain "CSV" is Windows-1252 on Windows and Mac Roman on a Mac, and says so nowhere.
    Look whether the words that are quoted are right. Saved as "CSV UTF-8" there is nothing to
    guess, and letters that those encodings lack (Vietnamese, Polish, Chinese) are not lost.
    """
    column = (place.column or 1) - 1
    word = (place.quote or "")[column : column + place.width]
    return Problem(
        "csv-guessed",
        f'read as {found.encoding}: "{word}"',
        place,
        'if that is right, all is well; saved as "CSV UTF-8" nothing has to be guessed',
        Severity.NOTE,
    )


def broken(said: str, place: Source) -> Problem:
    """A quotation mark is never closed, or text goes on after the one that closes.

    A cell that holds the delimiter or a line break stands in quotation marks, and a quotation mark
    within it is written twice: `"The ""Corner"" Store"`. Spreadsheet programs do so by themselves.
    """
    if "expected after" in said:
        message = "text goes on after a closing quotation mark"
        hint = 'write a quotation mark within a text twice: "The ""Corner"" Store"'
    elif "unexpected end" in said:
        message, hint = "this quotation mark is never closed", "close it, or take it away"
    else:
        message, hint = f"this row cannot be read: {said}", "write it anew"
    return Problem("csv-quote", message, place, hint)


def wrong_width(place: Source, count: int, width: int) -> Problem:
    """A row has more or fewer cells than the first row has names, so what is what cannot be told.

    Most often an address with a comma in it stands without quotation marks. A column that is only
    for yourselves may stay when its name is in brackets: `(notes)`.
    """
    return Problem(
        "csv-width",
        f"this row has {count} cells, the first row names {width}",
        place,
        "put a text with the delimiter in it in quotation marks; leave no cell out",
    )


def unknown_column(cell: Cell, known: Iterable[str]) -> Problem:
    """A column has a name that means nothing here, so what stands in it would be lost.

    Most often it is misspelt. A column that is only for yourselves goes in brackets: `(notes)`.
    """
    hint = did_you_mean(cell.text.casefold(), known)
    return Problem(
        "csv-column-unknown",
        f'there is no column "{cell.text}"',
        cell.source,
        f"{hint}; in brackets, ({cell.text}), it is left alone",
    )


def column_twice(cell: Cell, first: Cell) -> Problem:
    """Two columns have the same name, or two names for the same thing, such as tel and phone.

    One of them would be lost. Keep one, or put the other's name in brackets.
    """
    return Problem(
        "csv-column-twice",
        f'"{cell.text}" says the same as the column "{first.text}"',
        cell.source,
        f"keep one of the two, or write ({cell.text})",
    )


def no_header(place: Source, known: Iterable[str]) -> Problem:
    """The first row does not name the columns, so what is what cannot be told.

    Write their names into the first row. Above it only lines that begin with # may stand.
    """
    return Problem(
        "csv-header",
        "the first row names no column that is known here",
        place,
        f"known here: {', '.join(known)}",
    )


def no_rows(place: Source) -> Problem:
    """The file is empty, or has nothing but remarks in it.

    Its first row names the columns, and each row after it is one site.
    """
    return Problem("csv-empty", "this table is empty", place, "begin with the columns' names")


def unseen_character(character: str, place: Source) -> Problem:
    """A character that no one can see: a control character, or one that turns text around.

    They come with copied text, and print as nothing or make a number read backwards. NUL
    characters in every line come of UTF-16 without its mark: save the file as "CSV UTF-8".
    Otherwise type the cell again.
    """
    hint = 'save the file again as "CSV UTF-8"' if character == "\0" else "type the cell again"
    return Problem(
        "csv-unseen-character",
        f"an unseen character stands here: {name_of(character)}",
        place,
        hint,
    )


CODES = {
    "csv-too-large": too_large,
    "csv-encoding": garbled,
    "csv-guessed": guessed,
    "csv-quote": broken,
    "csv-width": wrong_width,
    "csv-column-unknown": unknown_column,
    "csv-column-twice": column_twice,
    "csv-header": no_header,
    "csv-empty": no_rows,
    "csv-unseen-character": unseen_character,
}
