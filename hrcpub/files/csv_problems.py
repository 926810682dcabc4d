"""What can be wrong with a table, as the Problems that its author reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hrcpub.files.decoding import Decoded
from hrcpub.problems import Problem, Severity, Source, did_you_mean
from hrcpub.unseen import name_of


def too_large(place: Source) -> Problem:
    """The table is over 4 MB. That is tens of thousands of rows, so it is hardly a list of sites.

    Fix: copy the rows you need into a new sheet, and save that. Most often the file was saved
    with thousands of empty rows or columns.
    """
    return Problem("csv-too-large", "this file is over 4 MB", place, "copy the rows to a new file")


def garbled(place: Source, error: UnicodeDecodeError) -> Problem:
    """The first bytes of the file name an encoding, but the rest is not written in it.

    Fix: save the file again from the spreadsheet program. It was cut short, or put together from
    two files.
    """
    return Problem(
        "csv-encoding",
        f"this file says it is {error.encoding.upper()}, but byte {error.start + 1} is not",
        place,
        'save it again as "CSV UTF-8"',
    )


def other_script(signs: str, place: Source) -> Problem:
    """Return the Problem of a file in an encoding for other letters than Latin ones."""
    message = f'this file is not UTF-8, and nobody can tell which letters "{signs}" were'
    return Problem("csv-encoding", message, place, 'save it again as "CSV UTF-8"')


def guessed(decoded: Decoded, place: Source) -> Problem:
    """The file is not UTF-8, so its encoding was guessed from where its letters are in words.

    Fix: look whether the word in the message is spelt right. If it is, there is nothing to do.
    Excel's plain "CSV" is Windows-1252 on Windows and Mac Roman on a Mac, and the file does not
    say which. Save it as "CSV UTF-8", and nothing is guessed. That also keeps letters that the
    older encodings lack (Vietnamese, Polish, Chinese).
    """
    column = (place.column or 1) - 1
    word = (place.quote or "")[column : column + place.width]
    return Problem(
        "csv-guessed",
        f'read as {decoded.encoding}: "{word}"',
        place,
        'if this word is right, do nothing; if not, save the file again as "CSV UTF-8"',
        Severity.NOTE,
    )


def broken(reason: str, place: Source) -> Problem:
    """A quotation mark is never closed, or text follows a closing quotation mark.

    Fix: put quotation marks around a cell that holds the delimiter or a line break. Write each
    quotation mark inside it twice: `"The ""Corner"" Store"`. Spreadsheet programs do this
    themselves when they save.
    """
    if "expected after" in reason:
        message = "there is text after a closing quotation mark"
        hint = 'write a quotation mark inside a text twice: "The ""Corner"" Store"'
    elif "unexpected end" in reason:
        message, hint = "this quotation mark is never closed", "close it, or delete it"
    else:
        message, hint = f"this row cannot be read: {reason}", "type the row again"
    return Problem("csv-quote", message, place, hint)


def swallowed(line: int, place: Source) -> Problem:
    """A line that looks like a row is within quotation marks of a row above it, so it is no row.

    Fix: close the quotation mark of that row, or delete it. If the line belongs to a cell with
    several lines, do nothing.
    """
    return Problem(
        "csv-swallowed",
        f"this line is read as part of the row that begins in line {line}, not as a row",
        place,
        f"if it is a row, close the quotation mark in line {line}, or delete it",
        Severity.WARNING,
    )


SIGNS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a vertical bar"}


def wrong_width(place: Source, count: int, width: int, delimiter: str) -> Problem:
    """A row has more or fewer cells than there are columns, so its cells cannot be told apart.

    Fix: put quotation marks around a text that has the sign between the cells in it (a comma, or a
    semicolon), such as an address. Leave no cell out, even if it is empty. For notes of your own,
    add a column with its name in brackets: `(notes)`.
    """
    sign = SIGNS.get(delimiter, delimiter)
    hint = f"put quotation marks around a text with {sign} in it; leave no cell out"
    if (place.quote or "").lstrip(' "').startswith("#"):
        hint = (
            f"if it is a remark, move it above the first row, or delete it; if it is none, {hint}"
        )
    return Problem(
        "csv-width",
        f"this row has {count} cell{'s' * (count != 1)}, but the first row has {width}",
        place,
        hint,
    )


def comment(place: Source) -> Problem:
    """A row that begins with # and has nothing in its other cells was taken for a remark.

    Fix: nothing, if it is one. If it is a row of the table whose name begins with #, fill in its
    other cells. Notes to a row have a column of their own, with its name in brackets: `(notes)`.
    """
    return Problem(
        "csv-comment",
        "this row begins with # and has one cell: it is taken for a remark, and left out",
        place,
        "if it is none, fill in its other cells",
        Severity.NOTE,
    )


def unknown_column(name: str, place: Source, known: Iterable[str]) -> Problem:
    """A column has a name that is not known here, so its cells would be lost.

    Fix: check the spelling. If the column is only for yourselves, put its name in brackets:
    `(notes)`. If the list has names of its own that should stay, say under `columns:` in the
    event's file which of them are read; all others are then left alone.
    """
    hint = did_you_mean(name.casefold(), known)
    return Problem(
        "csv-column-unknown",
        f'there is no column "{name}"',
        place,
        f"{hint}; to keep it for yourselves, write ({name}), "
        "or name the columns to read under columns: in the event's file",
    )


def foreign_column(name: str, place: Source) -> Problem:
    """Return the Problem of a column that is not read, and is no slip for one that would be."""
    return Problem(
        "csv-column-unknown",
        f'the column "{name}" is not read',
        place,
        f"if that is right, write ({name}); if not, say what it is under columns: in the manifest",
        Severity.WARNING,
    )


def column_missing(name: str, place: Source, has: Sequence[str], header: Source) -> Problem:
    """An event's file says that a column is to be read, and the table has none of that name.

    Fix: write the name as it is in the table's first row. Capitals, spaces and hyphens make no
    difference.
    """
    return Problem(
        "csv-column-missing",
        f'{header.path} has no column "{name}"',
        place,
        did_you_mean(name, has),
    )


def column_twice(name: str, place: Source) -> Problem:
    """Two columns have the same name, so nobody can tell which is meant.

    Fix: keep one of them, or put the name of the other in brackets. Otherwise the cells of one
    would be lost.
    """
    return Problem(
        "csv-column-twice",
        f'there are two columns "{name}"',
        place,
        f"keep one of the two, or write ({name})",
    )


def column_unread(name: str, place: Source, read: str) -> Problem:
    """Two columns may be the same thing, such as Organization and Site Name. The likelier is read.

    Where that has an empty cell, the other one's is read.

    Fix: nothing, if the right one is read. If not, put the name of the wrong one in brackets, or
    say under `columns:` in the event's file which columns are read.
    """
    return Problem(
        "csv-column-unread",
        f'the column "{name}" is read only where "{read}" is empty',
        place,
        f"if that is wrong, write ({read})",
        Severity.WARNING,
    )


def no_header(place: Source, known: Iterable[str]) -> Problem:
    """The first row does not name the columns, so their cells cannot be told apart.

    Fix: write the names of the columns into the first row. Only lines that begin with # may come
    before it.
    """
    return Problem(
        "csv-header",
        "the first row does not name any of the columns",
        place,
        f"possible: {', '.join(known)}",
    )


def no_rows(place: Source) -> Problem:
    """The file is empty, or holds nothing but comments.

    Fix: name the columns in the first row, and write one site in each row after it.
    """
    return Problem("csv-empty", "this table is empty", place, "begin with the names of the columns")


def unseen_character(character: str, place: Source) -> Problem:
    """A character cannot be seen: a control character, or one that turns text around.

    Fix: type the cell again. Such characters come with copied text, and they print as nothing or
    make a number read backwards. If every line has NUL characters, the file is UTF-16 that does
    not say so: save it as "CSV UTF-8".
    """
    hint = 'save the file again as "CSV UTF-8"' if character == "\0" else "type the cell again"
    return Problem(
        "csv-unseen-character",
        f"there is an invisible character here: {name_of(character)}",
        place,
        hint,
    )


CODES = {
    "csv-too-large": too_large,
    "csv-encoding": garbled,
    "csv-guessed": guessed,
    "csv-quote": broken,
    "csv-swallowed": swallowed,
    "csv-width": wrong_width,
    "csv-comment": comment,
    "csv-column-unknown": unknown_column,
    "csv-column-missing": column_missing,
    "csv-column-twice": column_twice,
    "csv-column-unread": column_unread,
    "csv-header": no_header,
    "csv-empty": no_rows,
    "csv-unseen-character": unseen_character,
}
