"""What can be wrong with a row of the table of sites, as the Problems that its author reads."""

from __future__ import annotations

from hrcpub.files.table import Cell
from hrcpub.problems import Problem, Severity, Source
from hrcpub.project.names import slug
from hrcpub.project.words import Words


def unfit_id(cell: Cell) -> Problem:
    """A site's id is part of the names of its files, so it must be safe in every file system.

    Fix: use small letters, digits and hyphens, and no name that Windows keeps for itself, such as
    con or aux. Or leave the id out: then one is made from the site's name.
    """
    return Problem(
        "site-id",
        f'"{cell.text}" cannot be a site\'s id',
        cell.source,
        f"use small letters, digits and hyphens, such as {slug(cell.text, 'site')}",
    )


def twice(cell: Cell, first: Source) -> Problem:
    """Two rows have the same id; capitals and small letters count as the same.

    Fix: give the second row an id of its own, or delete it if it is the same site. It is left out.
    """
    return Problem(
        "site-twice",
        f'the id "{cell.text}" is already on line {first.line}',
        cell.source,
        "give this site another id",
    )


def alike(name: Words, first: Source, row: Source) -> Problem:
    """Two rows have the same name and address, so most likely they are one site.

    Fix: delete one of the rows, or the site gets everything twice.
    """
    return Problem(
        "site-alike",
        f'"{name}" has the name and address of line {first.line}',
        row,
        "delete one of the two",
        Severity.WARNING,
    )


def total(name: Cell) -> Problem:
    """A row adds up the numbers of the rows above it. It is no site, and gets nothing.

    Fix: delete the row, or put a `#` before its name and leave its other cells empty. If it is a
    site, write its name in full, or its address.
    """
    return Problem(
        "site-total",
        f'"{name.text}" looks like the sum of the rows above: it gets nothing',
        name.source,
        "delete this row; if it is a site, write its address",
    )


def no_name(place: Source) -> Problem:
    """A site has no name, so nobody would know whose pieces these are.

    Fix: fill in the column `name`.
    """
    return Problem("site-name", "this site has no name", place, 'fill in the column "name"')


def no_alt(cell: Cell) -> Problem:
    """A site has a logo, but no words for those who cannot see it.

    Fix: fill in the column `logo-alt`. Most often the organisation's name is enough.
    """
    return Problem(
        "site-logo-alt",
        "this logo has no alternative text",
        cell.source,
        'fill in the column "logo-alt"',
    )


def nothing(cell: Cell) -> Problem:
    """A cell says in words that there is nothing, such as `N/A` or `call first`. It is left empty.

    Fix: nothing, if there is none. If these words are to be printed, put them into the column
    `hours` or `note`.
    """
    return Problem(
        "site-nothing",
        f'"{cell.text}" is taken as empty',
        cell.source,
        "if the words are to be printed, put them into the column hours",
        Severity.NOTE,
    )


def still_sample(cell: Cell) -> Problem:
    """The example row that `hrcpub event new` wrote is still in the table.

    Fix: write your first site in its place. Nothing is printed for the example.
    """
    return Problem(
        "site-sample",
        "this is still the example row",
        cell.source,
        "write a site of yours in its place, with an id of its own",
    )


def sample_telephones(first: Source) -> Problem:
    """All telephones and web addresses of a table are made up, so it is a sample.

    Fix: if it is to be printed for real sites, write their numbers and addresses. As soon as some
    are real, each number that is not is a warning.
    """
    return Problem(
        "site-fiction",
        "the telephones and web addresses of this table are made up: it is a sample",
        first,
        "for real sites, write theirs",
        Severity.NOTE,
    )


CODES = {
    "site-id": unfit_id,
    "site-twice": twice,
    "site-alike": alike,
    "site-total": total,
    "site-name": no_name,
    "site-logo-alt": no_alt,
    "site-nothing": nothing,
    "site-sample": still_sample,
    "site-fiction": sample_telephones,
}
