"""A cell of a public list to the text that is meant: without markup, in letters that were lost.

Why: lists come out of web sites and databases, and cells bring `&amp;`, `<br>` and `Ã©` along. What
is meant is plain in each case, so it is set right and told. What says that there is nothing
(`N/A`, `none`) is nothing.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import NamedTuple

from hrcpub.files.table import Cell, tidy
from hrcpub.patterns import pattern
from hrcpub.problems import Problem, Severity
from hrcpub.project.digits import latin_digits

_ENTITY = pattern(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
# A vertical tab is Word's line break.
_BREAK = pattern(
    r"\s*(?:<br ?/?>|</(?:p|div|li|tr)>|\\r\\n|\\n|\\r|[\x0b\u2028\u2029])\s*", re.IGNORECASE
)
_TAG = pattern(
    r"</?(?:a|b|div|em|font|i|li|ol|p|small|span|strong|sup|tr|u|ul)(?: [^<>]*)?/?>", re.IGNORECASE
)
# What Windows-1252 has where Latin-1 has controls nobody uses; a program took one for the other.
_CONTROLS = pattern("[\u0080-\u009f]")
# UTF-8 that was read as Windows-1252: two to four of its letters, of which the first says how many.
_MISREAD = pattern(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}"
)
# What telephones, browsers and Windows' own dialogs put around a text that is copied from them.
# Overrides (U+202D, U+202E) are none of these: with them a text is not what it looks like.
_MARKS = pattern("[\u202a\u202b\u202c\u2066-\u2069\ufeff]")
_OVERRIDE = pattern("[\u202d\u202e]")
_NO_WIDTH = "\u200b\u2060"
# In these columns nothing that has no sign means anything.
_PLAIN = ("id", "tel", "tel2", "url", "email", "zip", "copies")
# The forms of ASCII that are as wide as a Chinese sign.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_NOTHING = pattern(
    r"[-–—./*?\s]*|\(?(?:n\.?\s?/?\s?a\.?|none|nil|null|nan|unknown|tb[ad]|varies|pending"
    r"|not (?:available|applicable|listed|provided)|to be (?:announced|determined)"
    r"|no (?:phone|telephone|website|address|email)|see (?:website|web site))\)?\.?",
    re.IGNORECASE,
)
_NO_NUMBER = pattern(
    r"\D*\b(?:call|contact|ask|see|visit|by appointment|website|online)\b\D*", re.IGNORECASE
)


class MeantCell(NamedTuple):
    """A cell as it is meant, and what its author is told of that."""

    cell: Cell
    problem: Problem | None = None


def mended(given: Cell, column: str = "") -> MeantCell:
    """Return a cell without markup, and with the letters that another program misread.

    Marks that change nothing are taken away without a word.
    """
    cell = Cell(_without_marks(given.text, column), given.source)
    text = _in_ascii(cell.text) if column in _PLAIN else cell.text
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


def _without_marks(text: str, column: str) -> str:
    """Return a text without the marks around it that nobody sees."""
    if text.isascii() or _OVERRIDE.search(text):
        return text
    text = tidy(_MARKS.sub("", text).strip(_NO_WIDTH))
    if column not in _PLAIN:
        return text
    return "".join(sign for sign in text if sign == "\u00ad" or unicodedata.category(sign) != "Cf")


def _in_ascii(text: str) -> str:
    """Return a text with the digits 0 to 9 and narrow letters: ２１２ and ٢١٢ are 212."""
    if text.isascii():
        return text
    return latin_digits(text.translate(_WIDE))


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

    So are a telephone's digits of another script, and digits without their spaces.

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
