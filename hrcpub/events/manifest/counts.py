"""A cell of the table to how many pieces its site gets; and the columns that say so.

Why: people write "50 copies" or "none", a program 50.0, and Excel shows a nought as "-" in its
accounting formats. Taken as empty, each of them would get the site as many as the item says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hrcpub.events.manifest.mending import says_nothing
from hrcpub.files.table import Cell
from hrcpub.patterns import pattern
from hrcpub.problems import Problem, Severity
from hrcpub.project.spoken import own_and_english

COPIES = "copies"  # the table's column with how many each site gets
_ALSO = ("copias", "ejemplares", "exemplaires", "cópias")
_GROUPED = pattern(r"(?<=\d)[,. \u00a0\u2009\u202f'\u2019](?=\d{3}\b)")
# 50.0 and 1,200.00: only three noughts after a point are thousands.
_NOUGHTS = pattern(r"(?<=\d)[.,]0{1,2}$")
# Words that leave a number what it is. Boxes, dozens and packs do not.
_BESIDE = pattern(
    r"(?:(?:[~≈#]|(?:ca|circa|approx|approximately|about|aprox|unos)\b\.?)\s*)?"
    r"(?P<number>\d(?:.*\d)?)"
    r"(?:\s*(?:x|×|,|cop(?:y|ies|ias?)|pieces?|pcs?|piezas?|ejemplares|ea|each)\.?)?",
    re.IGNORECASE,
)
_NONE = pattern(
    r"[-–—]+|no|none|nil|zero|ninguno|ninguna|n\.?\s?/?\s?a\.?|not applicable", re.IGNORECASE
)


def count_columns(column: str, language: str) -> tuple[str, str]:
    """Return the columns that say how many a site gets in a language, the first one first."""
    return f"{column} {language}", column


def other_names(column: str, language: str | None = None) -> Iterator[str]:
    """Yield what else people call a column: that of a language by its code, or by its names."""
    columns = (column, *(_ALSO if column == COPIES else ()))
    if language is None:
        yield from columns
        return
    for word in (language, *(own_and_english(language) or ())):
        for one in columns:
            yield from (f"{one} {word}", f"{word} {one}", f"{one} ({word})")


def count_of(cell: Cell) -> int | None:
    """Return the number of pieces that a cell says, None when it says none: 1,200 is 1200."""
    digits = _GROUPED.sub("", _NOUGHTS.sub("", cell.text))
    return int(digits) if re.fullmatch(r"\d{1,7}", digits) else None


def read_count(cell: Cell) -> tuple[Cell | None, list[Problem]]:
    """Return a cell with a number alone, None when it says no number; and what is told of it."""
    if count_of(cell) is not None:
        return cell, []
    if _NONE.fullmatch(cell.text):
        return Cell("0", cell.source), [none_wanted(cell)]
    beside = _BESIDE.fullmatch(cell.text)
    number = Cell(beside["number"], cell.source) if beside else None
    if number and (count := count_of(number)) is not None:
        return number, [count_alone(cell, count)]
    severity = Severity.NOTE if says_nothing("copies", cell.text) else Severity.WARNING
    return None, [no_count(cell).at(severity)]


def no_count(cell: Cell) -> Problem:
    """A cell that says how many pieces a site gets is no whole number. It counts as empty.

    Fix: write a number alone, such as 250, or 0 for none. As long as the cell is empty, the site
    gets as many as the item says.
    """
    return Problem(
        "site-count",
        f'"{cell.text}" is not a number of pieces: this site gets as many as the item says',
        cell.source,
        "write a whole number, such as 250, or 0 for none",
        Severity.WARNING,
    )


def none_wanted(cell: Cell) -> Problem:
    """A cell says that a site gets no pieces: `none`, `N/A`, or the `-` that Excel has for 0.

    Fix: nothing, if that is right. For as many as the item says, leave the cell empty.
    """
    return Problem(
        "site-count-none",
        f'"{cell.text}" is read as 0: this site gets none of these',
        cell.source,
        "for as many as the item says, leave the cell empty",
        Severity.NOTE,
    )


def count_alone(cell: Cell, count: int) -> Problem:
    """A number of pieces has words beside it, such as `50 copies` or `~40`. It is read alone.

    Fix: nothing, if the number in the message is right.
    """
    return Problem(
        "site-count-words",
        f'"{cell.text}" is read as {count}',
        cell.source,
        "if that is wrong, write the number alone",
        Severity.NOTE,
    )


CODES = {
    "site-count": no_count,
    "site-count-none": none_wanted,
    "site-count-words": count_alone,
}
