"""Words to the telephone numbers in them that were typed with letters that look like digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hrcpub.project.telephones import Home, Telephone, read

# Of Latin, Greek and Cyrillic letters those that look like 0 and 1.
_NOUGHTS, _ONES = "OoΟοОо", "IlΙІі"
_DIGITS = str.maketrans(_NOUGHTS + _ONES, "0" * len(_NOUGHTS) + "1" * len(_ONES))
_SIGNS = rf"\d{_NOUGHTS}{_ONES}"
_LETTER = re.compile(f"[{_NOUGHTS}{_ONES}]")
# Signs of which one is a digit, or several like a nought: "8OO"; "o" and "I" alone are words.
_GROUP = rf"(?:(?=[{_NOUGHTS}{_ONES}]{{0,5}}\d|[{_NOUGHTS}]{{2}})[{_SIGNS}]{{1,15}})"
_SPACES = " \u00a0\u202f"
_NUMBER = re.compile(
    rf"(?<![^\W_])(?<![.@/])\+?\(?{_GROUP}(?:\)?[{_SPACES}.\-‐‑–]?\(?{_GROUP}){{0,6}}(?![^\W_]|@)"
)
_BETWEEN = re.compile(f"[{_SPACES}]")


class Mistyped(NamedTuple):
    """A telephone number with a letter for a digit, and where it stands in its text."""

    start: int
    end: int
    number: Telephone  # as it was typed
    meant: str  # the same in digits


def mistyped(text: str, home: Home) -> Iterator[Mistyped]:
    """Yield each number among words that would be a telephone's, were its letters digits."""
    if not _LETTER.search(text):
        return
    for match in _NUMBER.finditer(text):
        for start, end in _parts(match):
            typed = text[start:end]
            meant = typed.translate(_DIGITS)
            if _is_number(typed, meant, home):
                yield Mistyped(start, end, Telephone(typed, None), meant)
                break


def _parts(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield where a number may stand: all that was found, and less of it, from space to space.

    What stands beside it may be another number: "2 2l2-213-6376".
    """
    spaces = [space.span() for space in _BETWEEN.finditer(match.string, *match.span())]
    starts = [match.start(), *(after for _, after in spaces)]
    ends = [match.end(), *(before for before, _ in reversed(spaces))]
    yield from ((start, end) for start in starts for end in ends if start < end)


def _is_number(typed: str, meant: str, home: Home) -> bool:
    has_both = _LETTER.search(typed) and any(map(str.isdigit, typed))
    return bool(has_both) and any(number.link for number in read(meant, home))
