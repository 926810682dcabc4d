"""A file with a table to its `Table`, whether it is a CSV or a workbook: its first bytes say."""

from __future__ import annotations

from hrcpub.files import csv_problems
from hrcpub.files.csvfile import parse_csv
from hrcpub.files.sources import Sources
from hrcpub.files.table import Columns, Table
from hrcpub.problems import HrcpubError, Source

LARGEST = 4 * 2**20  # bytes: 20,000 sites, even in UTF-16 with two bytes for a letter


def read_table(sources: Sources, path: str, columns: Columns) -> Table:
    """Return a file's table; raise HrcpubError when the file or its first row cannot be read."""
    table = parse(sources.read(path), path, columns)
    if any(problem.is_error for problem in table.problems):
        raise HrcpubError(*table.problems, *(p for row in table.rows for p in row.problems))
    return table


def parse(data: bytes, path: str, columns: Columns) -> Table:
    """Return the table of a file's bytes."""
    if len(data) > LARGEST:
        return Table((), (csv_problems.too_large(Source(path)),))
    from hrcpub.files.workbook import is_workbook, parse_workbook  # only where there is a table

    return (parse_workbook if is_workbook(data) else parse_csv)(data, path, columns)
