"""A text to where gettext ends its lines in a PO file: by Unicode's line breaking (UAX 14).

Why: who saves a file with Poedit, Weblate or msgmerge gets its lines cut so. If ours were cut
otherwise, every line would be a change. Letters' classes are worked out from what Python knows of
them; for scripts without spaces gettext knows no words either, and ends no line within.
It has a few rules of its own (a line may end between `.` and a letter), found by trying each pair.
"""

from __future__ import annotations

import itertools
import unicodedata
from functools import lru_cache

_SIGNS = {
    "SP": " ",
    "ZW": "\u200b",
    "WJ": "\u2060\ufeff",
    "GL": "\u00a0\u202f\u2007\u2011\u034f",
    "HY": "-",
    "B2": "\u2014",
    "BA": "\t|\u00ad\u2010\u2012\u2013\u058a\u05be\u0964\u0965\u104a\u104b\u1361\u17d4\u17d5\u3000",
    "EX": "!?\u061b\u061e\u061f\u06d4\uff01\uff1f",
    "IS": ",.:;\u037e\u0589\u060c\u060d",
    "SY": "/",
    "PR": "$+\\\u00a3\u00a4\u00a5\u00b1\u2116\u2212",
    "PO": "%\u00a2\u00b0\u2030\u2032\u2033\u2103\u066a\u060b",
    "QU": "\"'",
    "OP": "\u00a1\u00bf\u201a\u201e",
    "IN": "\u2024\u2025\u2026",
    "CP": ")]",
    "CL": "}\u3001\u3002\uff0c\uff0e\ufe12",
    "NS": "\u17d6\u203c\u2047\u2048\u2049\u3005\u301c\u303b\u309b\u309c\u309d\u309e\u30a0\u30fb"
    "\u30fd\u30fe\u30fc\uff1a\uff1b"
    "\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e\u3095\u3096"
    "\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee\u30f5\u30f6",
    "AL": "#&*<=>@^_`~\u2015\u2022\u00b7",
}
_CLASS = {sign: name for name, signs in _SIGNS.items() for sign in signs}
_OF_CATEGORY = {
    "Ps": "OP",
    "Pe": "CL",
    "Pi": "QU",
    "Pf": "QU",
    "Pd": "BA",
    "Nd": "NU",
    "Sc": "PR",
    "Zs": "BA",
    "Mn": "CM",
    "Mc": "CM",
    "Me": "CM",
    "Cf": "CM",
    "Cc": "CM",
}
_LETTERS = frozenset({"AL", "HL"})
# Rules that forbid a break between two classes that stand side by side (LB19 to LB30).
_NUMERIC = {
    *(("CL", "PO"), ("CP", "PO"), ("CL", "PR"), ("CP", "PR"), ("NU", "PO"), ("NU", "PR")),
    *(("PO", "OP"), ("PO", "NU"), ("PR", "OP"), ("PR", "NU"), ("HY", "NU"), ("IS", "NU")),
    *(("NU", "NU"), ("SY", "NU")),
}
_TOGETHER = {
    *_NUMERIC,
    *((letter, other) for letter in _LETTERS for other in ("NU", "PR", "PO", "OP", "AL", "HL")),
    *((other, letter) for letter in _LETTERS for other in ("NU", "PR", "PO", "CP")),
    *(
        ("NU", "OP"),
        ("CP", "NU"),
        ("SY", "HL"),
        ("PR", "ID"),
        ("ID", "PO"),
        ("PR", "H2"),
        ("H2", "PO"),
    ),
}


@lru_cache(maxsize=4096)
def _class(character: str) -> str:
    known = _CLASS.get(character)
    if known:
        return known
    category = unicodedata.category(character)
    if category in _OF_CATEGORY:
        return _OF_CATEGORY[category]
    if "\u0590" <= character <= "\u05ff" and category == "Lo":
        return "HL"
    if "\uac00" <= character <= "\ud7a3":
        return "H2"
    return "ID" if unicodedata.east_asian_width(character) in "WF" else "AL"


def width(text: str) -> int:
    """Return how many columns a text takes in a terminal: two for each ideograph."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def break_places(text: str) -> list[int]:
    """Return where a line may end, as offsets of the character that would begin the next."""
    places: list[int] = []
    before, spaces = "", False  # the class before, and whether spaces followed it
    for at, character in enumerate(text):
        after = _class(character)
        if at == 0:
            before = "AL" if after == "CM" else after
        elif after == "CM" and not spaces and before not in ("SP", "ZW"):
            continue  # a sign on the letter before it (LB9)
        elif after == "SP":
            spaces = True
            continue
        else:
            after = "AL" if after == "CM" else after
            if _may_break(before, after, spaces=spaces):
                places.append(at)
            before = after
        spaces = after == "SP"
    return places


def _may_break(before: str, after: str, *, spaces: bool) -> bool:
    """Return whether a line may end between two classes; UAX 14, LB7 to LB31."""
    if before == "SP":  # at the beginning of the text
        return after not in ("ZW", "CL", "CP", "EX", "IS", "SY", "WJ")
    if before == "ZW" or after == "ZW":
        return before == "ZW" and after != "ZW"
    if after in ("CL", "CP", "EX", "IS", "SY", "WJ") or before == "OP":
        return False
    if (before, after) in (("QU", "OP"), ("B2", "B2"), ("CL", "NS")):
        return False
    if spaces:
        return True
    if before in ("WJ", "GL", "QU") or after in ("QU", "BA", "HY", "NS", "IN"):
        return False
    if after == "GL":
        return before in ("BA", "HY")
    return (before, after) not in _TOGETHER


def wrapped(text: str, first: int, room: int, held: frozenset[int] = frozenset()) -> list[str]:
    """Return the lines of a text that fit into `room` columns; `first` are taken in the first line.

    No line begins at an offset of `held`. What has no place to break goes over the edge. Each line
    but the last ends in its space.
    """
    lines: list[str] = []
    column, start = first, 0
    pieces = [0, *(at for at in break_places(text) if at not in held), len(text)]
    for begin, end in itertools.pairwise(pieces):
        wide = width(text[begin:end])
        if begin > start and column + wide > room:
            lines.append(text[start:begin])
            column, start = 0, begin
        column += wide
    return [*lines, text[start:]]
