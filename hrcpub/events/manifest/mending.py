"""A cell of a public list to the text that is meant: without markup, in letters that were lost.

Why: lists come out of web sites and databases, and cells bring `&amp;`, `<br>` and `Ã©` along. What
is meant is plain in each case, so it is set right and told. What says that there is nothing
(`N/A`, `none`) is nothing.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from hrcpub.files.table import Cell, tidy
from hrcpub.problems import Problem, Severity

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
_BREAK = re.compile(r"\s*(?:<br ?/?>|</(?:p|div|li|tr)>|\\r\\n|\\n|\\r)\s*", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|div|em|font|i|li|ol|p|small|span|strong|sup|tr|u|ul)(?: [^<>]*)?/?>", re.IGNORECASE
)
# What Windows-1252 has where Latin-1 has controls nobody uses; a program took one for the other.
_CONTROLS = re.compile("[\u0080-\u009f]")
# UTF-8 that was read as Windows-1252: two to four of its letters, of which the first says how many.
_MISREAD = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}"
)
_NOTHING = re.compile(
    r"[-–—./*?\s]*|\(?(?:n\.?\s?/?\s?a\.?|none|nil|null|nan|unknown|tb[ad]|varies|pending"
    r"|not (?:available|applicable|listed|provided)|to be (?:announced|determined)"
    r"|no (?:phone|telephone|website|address|email)|see (?:website|web site))\)?\.?",
    re.IGNORECASE,
)
_NO_NUMBER = re.compile(
    r"\D*\b(?:call|contact|ask|see|visit|by appointment|website|online)\b\D*", re.IGNORECASE
)


class MeantCell(NamedTuple):
    """A cell as it is meant, and what its author is told of that."""

    cell: Cell
    problem: Problem | None = None


def mended(cell: Cell) -> MeantCell:
    """Return a cell without markup, and with the letters that another program misread."""
    text = cell.text
    if _ENTITY.search(text):
        text = html.unescape(text)
    text = _TAG.sub("", _BREAK.sub("\n", text))
    text = _MISREAD.sub(_read_right, _CONTROLS.sub(_as_windows, text))
    text = tidy(text.replace("\u00ad", ""))
    if text == cell.text:
        return MeantCell(cell)
    return MeantCell(Cell(text, cell.source), set_right(cell, text))


def says_nothing(column: str, text: str) -> bool:
    """Return whether a cell says in words that it is empty."""
    if column in ("tel", "tel2") and _NO_NUMBER.fullmatch(text):
        return True
    return column != "id" and _NOTHING.fullmatch(text) is not None


def _as_windows(match: re.Match[str]) -> str:
    return match[0].encode("latin-1").decode("cp1252", "replace").replace("\ufffd", "")


def _read_right(match: re.Match[str]) -> str:
    """Return what some letters are when their bytes are read as UTF-8; as they are if not."""
    try:
        return b"".join(map(_byte, match[0])).decode()
    except UnicodeError:
        return match[0]


def _byte(letter: str) -> bytes:
    """Return the byte that Windows-1252 has for a letter, or Latin-1 where it has none."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def set_right(cell: Cell, text: str) -> Problem:
    r"""A cell has traces of another program: `&amp;`, `<br>`, `\n` or `Ã©`. They are undone.

    Fix: nothing, if the text in the message is right. If not, type the cell again.
    """
    shown = " / ".join(text.split("\n"))
    return Problem(
        "site-mended",
        f'read as "{shown if len(shown) <= 80 else shown[:79] + "…"}"',
        cell.source,
        "if that is wrong, type the cell again",
        Severity.NOTE,
    )


CODES = {"site-mended": set_right}
