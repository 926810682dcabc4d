"""Rows of cells to a `Table`: which column each cell is of, and what is wrong with it.

Why: a list of sites has the names that its own authors gave to its columns. Names that are known
here are recognised; a `Columns` with chosen names reads those columns alone.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from hrcpub.files import csv_problems
from hrcpub.patterns import pattern
from hrcpub.problems import Problem, Source
from hrcpub.records import record
from hrcpub.unseen import INVISIBLE

SLIP = 0.75  # how like another a name is that was mistyped: `nmae` is as like `name`
_IN_BRACKETS = pattern(r"\(.*\)")  # the name of a column that is only for its author


@record
class Cell:
    """One cell of the table: its text, without the spaces around it, and its place."""

    text: str
    source: Source


@record
class Row:
    """One row by the names of its columns. With an error among its Problems it must not be used."""

    cells: Mapping[str, Cell]  # those that hold something
    source: Source
    problems: tuple[Problem, ...] = ()

    @property
    def is_bad(self) -> bool:
        """Whether something is wrong with the row itself."""
        return any(problem.is_error for problem in self.problems)


@record
class Table:
    """All rows of a file, bad ones too, and the Problems of the file as a whole."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    names: tuple[str, ...] = ()  # of its columns, as the first row has them


@record
class Record:
    """One row before its columns are known; it may go over several lines."""

    cells: list[Cell]
    source: Source
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it, and nothing wrong with it."""
        return not self.problems and not any(cell.text for cell in self.cells)


@record
class OwnName:
    """The name that a table's own authors gave to a column, and where that is said."""

    text: str
    source: Source


@record
class Columns:
    """The columns that a table may have.

    `also` has the other names of each, of `optional` ones too, the likeliest first: where a table
    has two of them, the first is read. With `chosen`, a table's own names by ours, no other column
    is looked at but those of `optional`, which may be missing. `foreign` are names that look like a
    slip for one of ours, and are none.
    """

    known: tuple[str, ...]
    also: Mapping[str, Sequence[str]] = field(default_factory=dict)
    chosen: Mapping[str, OwnName] = field(default_factory=dict)
    optional: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    def ranks(self) -> dict[str, tuple[str, int]]:
        """Return for each name, as names are compared, its column and how likely it is meant."""
        optional = self._ranked(self.optional)
        if self.chosen:
            chosen = {plain_name(own.text): (name, 0) for name, own in self.chosen.items()}
            return {**optional, **chosen}
        return optional | self._ranked(self.known)

    def _ranked(self, names: Iterable[str]) -> dict[str, tuple[str, int]]:
        return {
            plain_name(one): (name, rank)
            for name in names
            for rank, one in reversed([*enumerate((name, *self.also.get(name, ())))])
        }

    def count(self, texts: Iterable[str]) -> int:
        """Return how many of some texts name a column."""
        ranks = self.ranks()
        return sum(plain_name(text) in ranks for text in texts)


def make_table(
    header: Record,
    records: Iterable[Record],
    columns: Columns,
    problems: Sequence[Problem] = (),
    delimiter: str = ",",
) -> Table:
    """Return the table of a first row and the rows after it.

    `problems` are those of the file; `delimiter` is what parts the cells, for what is said of them.
    """
    names = _names(header, columns)
    named = [name for name in names if name]
    found = list(header.problems or _header_problems(header, names, columns))
    others = _others(header, names, columns)
    beside = [] if columns.chosen else [not cell.text for cell in header.cells]
    rows = []
    for row in records:
        if _is_comment(row, len(names)):
            found.append(csv_problems.comment(row.source))
        elif not row.is_blank:
            rows.append(_row(names, others, beside, row, delimiter))
    heads = tuple(cell.text for cell in header.cells if cell.text)
    return Table(tuple(rows) if named else (), (*problems, *found), heads)


def tidy(text: str) -> str:
    """Return a cell's text with line breaks of one kind, and none of the spaces around it."""
    return unicodedata.normalize("NFC", re.sub("\r\n?", "\n", text)).strip()


def plain_name(name: str) -> str:
    """Return a column's name as it is compared: `Logo_Alt` is `logo-alt`, `Teléfono` `telefono`."""
    letters = re.sub(r"[\s_:.-]+", "", name.casefold())
    if letters.isascii():
        return letters
    parts = unicodedata.normalize("NFD", letters)
    return "".join(part for part in parts if unicodedata.category(part) not in ("Mn", "Cf"))


def _names(header: Record, columns: Columns) -> list[str | None]:
    """Return the column that each cell of a header names, None where another names it better."""
    ranks = columns.ranks()
    named: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, cell in enumerate(header.cells):
        if found := ranks.get(plain_name(cell.text)):
            named[found[0]].append((found[1], place))
    names: list[str | None] = [None] * len(header.cells)
    for name, places in named.items():
        names[min(places)[1]] = name
    return names


def _others(header: Record, names: Sequence[str | None], columns: Columns) -> dict[str, list[int]]:
    """Return where else a column may be read that has an empty cell, the likeliest place first."""
    ranks = columns.ranks()
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, (name, cell) in enumerate(zip(names, header.cells, strict=True)):
        if name is None and (other := ranks.get(plain_name(cell.text))):
            places[other[0]].append((other[1], place))
    return {name: [place for _, place in sorted(found)] for name, found in places.items()}


def _header_problems(
    header: Record, names: list[str | None], columns: Columns
) -> Iterator[Problem]:
    """Yield what is wrong with the names of the columns."""
    if columns.chosen:
        yield from _absent(header, names, columns)
        return
    ranks = columns.ranks()
    first = {name: cell.text for name, cell in zip(names, header.cells, strict=True) if name}
    for name, cell in zip(names, header.cells, strict=True):
        if not cell.text or _IN_BRACKETS.fullmatch(cell.text):
            continue
        hidden = list(unseen([cell]))
        yield from hidden
        if name or hidden:
            continue
        meant = ranks.get(plain_name(cell.text))
        if meant is None:
            if _is_slip(cell.text, set(first), columns):
                yield csv_problems.unknown_column(cell.text, cell.source, columns.known)
            else:
                yield csv_problems.foreign_column(cell.text, cell.source)
        elif plain_name(first[meant[0]]) == plain_name(cell.text):
            yield csv_problems.column_twice(cell.text, cell.source)
        else:
            yield csv_problems.column_unread(cell.text, cell.source, first[meant[0]])
    if not first:
        yield csv_problems.no_header(header.source, columns.known)


def _is_slip(text: str, read: set[str], columns: Columns) -> bool:
    """Return whether a name was probably meant for a column that the table lacks otherwise.

    A table without any known name has slips alone. Public lists have many columns of their own.
    """
    if plain_name(text) in columns.foreign:
        return False
    # Who has "address 1" does not lack an address.
    lacking = [name for name in columns.known if not any(one.startswith(name) for one in read)]
    return not read or bool(difflib.get_close_matches(text.casefold(), lacking, 1, SLIP))


def _absent(header: Record, names: list[str | None], columns: Columns) -> Iterator[Problem]:
    """Yield a Problem for each chosen column that the table does not have."""
    has = [cell.text for cell in header.cells if cell.text]
    for name, own in columns.chosen.items():
        if name not in names:
            yield csv_problems.column_missing(own.text, own.source, has, header.source)


def _is_comment(record: Record, width: int) -> bool:
    """Return whether a row is a remark: `# closed in winter,,,`."""
    first, *others = record.cells or [Cell("", record.source)]
    return (
        not record.problems
        and width > 1
        and first.text.startswith("#")
        and not any(cell.text for cell in others)
    )


def _row(
    names: list[str | None],
    others: Mapping[str, Sequence[int]],
    is_nameless: list[bool],
    record: Record,
    delimiter: str,
) -> Row:
    """Return a row's cells by their columns; a text outside all named columns is a Problem."""
    cells, problems, width = record.cells, record.problems, len(names)
    beside = [
        place
        for place, cell in enumerate(cells)
        if cell.text and (place >= width or (is_nameless and is_nameless[place]))
    ]
    if not problems and (beside or len(cells) < width):
        count = max(beside, default=len(cells) - 1) + 1
        problems = [csv_problems.wrong_width(record.source, count, width, delimiter)]
    named = {name: cell for name, cell in zip(names, cells, strict=False) if name and cell.text}
    for name, places in others.items():
        filled = [cells[place] for place in places if place < len(cells) and cells[place].text]
        if filled:
            named.setdefault(name, filled[0])
    return Row(named, record.source, tuple(problems))


def unseen(cells: Iterable[Cell]) -> Iterator[Problem]:
    """Yield a Problem for each cell that has a character which cannot be seen."""
    for cell in cells:
        if match := INVISIBLE.search(cell.text):
            yield csv_problems.unseen_character(match[0], _place(cell, match[0]))


def _place(cell: Cell, character: str) -> Source:
    """Return where a character of a cell is; the cell's place where that is on another line."""
    source = cell.source
    column = (source.quote or "").find(character, (source.column or 1) - 1)
    if column < 0:
        return source
    return Source(source.path, source.line, column + 1, quote=source.quote)
