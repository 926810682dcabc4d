"""The lines where a YAML parser stopped to the slip that most likely stopped it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from hrcpub.patterns import pattern


class Slip(NamedTuple):
    """A slip of the keyboard: its line and column (0-based), what it is, and what to do."""

    line: int
    column: int
    message: str
    hint: str


def slip_near(lines: Sequence[str], at: int) -> Slip | None:
    """Return the slip on the line `at` (0-based), where the parser stopped, or just above it."""
    for number in range(at, max(-1, at - 3), -1):
        for find in _SLIPS:
            if slip := find(lines, number):
                return slip
    return None


def _no_space(lines: Sequence[str], number: int) -> Slip | None:
    match = _NO_SPACE.fullmatch(lines[number])
    if not match:
        return None
    said = "colon" if match["name"].endswith(":") else "hyphen"
    hint = f'write "{match["name"]} {match["rest"]}"'
    return Slip(number, match.start("rest"), f"there is no space after this {said}", hint)


# `title:Is it?` and `-opening: Dilute`, but no address (`https://…`), and no time.
_NO_SPACE = pattern(
    r"\s*(?:- )?(?P<name>[A-Za-z][\w-]*:|-(?=[A-Za-z][\w-]*:(?:\s|$)))(?P<rest>(?!//)[^\s].*)"
)


def _no_colon(lines: Sequence[str], number: int) -> Slip | None:
    match = _NO_COLON.fullmatch(lines[number])
    if not match:
        return None
    hint = f'write "{match["name"]}: {match["rest"]}"'
    message = f'there is no colon with a space after "{match["name"]}"'
    return Slip(number, match.end("name"), message, hint)


# `title = Is it?`, the wide colon of Chinese keyboards, and a no-break space behind a colon.
_NO_COLON = pattern(
    r"\s*(?:- )?(?P<name>[A-Za-z][\w-]*)(?:\s?=\s|\s*\uff1a|:\u00a0)\s*(?P<rest>\S.*)"
)


def _no_break_spaces(lines: Sequence[str], number: int) -> Slip | None:
    match = re.match(r" *(\u00a0)", lines[number])
    message = "this line is indented with no-break spaces"
    return match and Slip(number, match.start(1), message, "type ordinary spaces in their place")


def _words_behind_header(lines: Sequence[str], number: int) -> Slip | None:
    match = re.search(r":\s+[|>][-+0-9]*\s+(?=[^#\s])", lines[number])
    hint = "write them on the lines below, indented; or take this sign out"
    return match and Slip(number, match.end(), "there are words behind > or | on its line", hint)


def _words_outside(lines: Sequence[str], number: int) -> Slip | None:
    """Find words after a `>-` that are not indented as they have to be."""
    line, below = lines[number], "".join(lines[number + 1 : number + 2])
    is_words = below.strip() and not re.match(r"\s*(?:-\s|#|[\w-]+:(?:\s|$))", below)
    if not (re.search(r":\s+[|>][-+0-9]*\s*$", line) and is_words) or _inset(below) > _inset(line):
        return None
    message = "the words that belong to the line above are not indented"
    return Slip(number + 1, 0, message, f"begin each line of them {_FURTHER}")


def _words_without_name(lines: Sequence[str], number: int) -> Slip | None:
    """Find the second line of a text that begins in the column of its name, or before it."""
    line, above = lines[number], lines[number - 1] if number else ""
    is_text = re.match(r"\s*(?:- )?[A-Za-z][\w-]*:\s+[^\s\"'\[{|>#]", above)
    is_next = re.fullmatch(r"\s*[^\s#:-][^:]*", line)
    if not (is_text and is_next) or _inset(line) > _inset(above):
        return None
    message = "these words have no name, and are not indented as a part of the text above"
    return Slip(number, _inset(line), message, f"begin them {_FURTHER}")


def _remark_in_bracket(lines: Sequence[str], number: int) -> Slip | None:
    """Find a value that begins with # before the bracket that is closed in vain: `{a: #fff}`."""
    line = lines[number]
    match = _REMARK_IN_BRACKET.match(line)
    if not match or not re.search(r"[]}]", line[match.end() :]):
        return None
    before = match[0]
    if not (before[-1].isspace() and before.rstrip().endswith((":", ","))):
        return None
    lost = re.split(r"[\s,\]}]", line[match.end() :], maxsplit=1)[0]
    message = f'"{lost}" would be lost: after a space, # begins a comment'
    return Slip(number, match.end(), message, f'put it in quotation marks: "{lost}"')


# From a line's first bracket to the first # that is not in quotation marks. One sign at a time:
# so it takes no longer than the line is long.
_REMARK_IN_BRACKET = pattern(r"[^#'\"\[{]*[\[{](?:[^#'\"]|\"[^\"]*\"|'[^']*')*(?=#)")


_FURTHER = "two spaces further in than the name above"


def _inset(line: str) -> int:
    return len(line) - len(line.lstrip())


_SLIPS: tuple[Callable[[Sequence[str], int], Slip | None], ...] = (
    _no_space,
    _no_colon,
    _no_break_spaces,
    _words_behind_header,
    _words_outside,
    _words_without_name,
    _remark_in_bracket,
)
