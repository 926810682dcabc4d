"""A row's cells to those that are printed: mended, checked, and without what is in doubt.

A public list has a flaw in every tenth row. One in a cell that a site can do without costs that
cell: the site keeps its place, and its author is told what is not printed. One in its name or its
id costs the site, since nobody could tell whose pieces they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from hrcpub.events.manifest import site_problems
from hrcpub.events.manifest.counts import COPIES, read_count
from hrcpub.events.manifest.damage import damage
from hrcpub.events.manifest.links import read_mail, read_tel, read_url
from hrcpub.events.manifest.mending import mended, says_nothing
from hrcpub.files.table import Cell, unseen
from hrcpub.problems import Problem, Severity
from hrcpub.project.names import is_device
from hrcpub.project.slots import ID
from hrcpub.project.telephones import Home

SAMPLE = "replace-this-site"  # the id of the row that `event new` writes
# A logo is this project's own file: its mistakes are not those of a list.
_NEEDED = ("id", "name", "logo", "logo-alt")


def read_cells(
    cells: Mapping[str, Cell], home: Home, counts: Sequence[str] = ()
) -> tuple[dict[str, Cell], list[Problem]]:
    """Return the cells that can be printed, by their columns, and what is wrong with any.

    An error among the Problems costs the site. Telephones are called from `home`.
    `counts` are the columns that say how many a site gets.
    """
    kept, problems = {}, []
    for column, given in cells.items():
        cell, found = _read(COPIES if column in counts else column, given, home)
        if cell:
            kept[column] = cell
        problems += found
    return kept, problems


def _read(column: str, given: Cell, home: Home) -> tuple[Cell | None, list[Problem]]:
    """Return one cell, None when it is not printed, and what is wrong with it."""
    meant, note = mended(given, column)
    found = [note] if note else []
    if column != COPIES and says_nothing(column, meant.text):
        return None, [*found, site_problems.nothing(meant)] if meant.text else found
    check = _CHECKS.get(column, _as_it_is)
    # A cell that a spreadsheet spoilt is not checked further: its other faults come from that.
    spoilt = [problem for problem in (*unseen([meant]), damage(column, meant)) if problem]
    is_lost = any(one.is_error for one in spoilt)
    cell, faults = (meant, spoilt) if is_lost else check(meant, home)
    found += faults if faults is spoilt else [*spoilt, *faults]
    if column in _NEEDED or not any(problem.is_error for problem in found):
        return cell, found
    return None, [_unprinted(problem) for problem in found]


def _unprinted(problem: Problem) -> Problem:
    """Return an error of a cell as the warning that the cell is left empty."""
    if not problem.is_error:
        return problem
    message = f"{problem.message}; this is not printed"
    return replace(problem, message=message, severity=Severity.WARNING)


def _as_it_is(cell: Cell, home: Home) -> tuple[Cell, list[Problem]]:
    return cell, []


def _id(cell: Cell, home: Home) -> tuple[Cell, list[Problem]]:
    return cell, list(_id_faults(cell))


def _id_faults(cell: Cell) -> Iterator[Problem]:
    if not ID.fullmatch(cell.text.casefold()) or is_device(cell.text):
        yield site_problems.unfit_id(cell)
    elif cell.text == SAMPLE:
        yield site_problems.still_sample(cell)


def _count(cell: Cell, home: Home) -> tuple[Cell | None, list[Problem]]:
    return read_count(cell)


_Check = Callable[[Cell, Home], tuple[Cell | None, list[Problem]]]
_CHECKS: Mapping[str, _Check] = {
    "id": _id,
    "tel": read_tel,
    "tel2": read_tel,
    "url": read_url,
    "email": read_mail,
    COPIES: _count,
}
