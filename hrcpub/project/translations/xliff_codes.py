r"""A text's own signs to the inline codes of XLIFF, and back: `*`, `[`, `](…)`, `\`, `{side}`.

Programs of translators guard such codes: they cannot be mistyped, and none goes missing unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_SIGN = re.compile(
    r"\*\*|\*|\\\n|\\[*\[\]\\]"  # emphasis, a line's end, signs that are printed
    r"|\[(?=[^\[\]]*\]\([^()\s]+\))|\]\([^()\s]+\)"  # the two ends of a link
    r"|\{[\w-]+\}"  # what is put in later
)


class InlineCode(NamedTuple):
    """A sign that is guarded, by its number in the text; 0 for words between signs."""

    number: int
    text: str


def coded(text: str) -> Iterator[InlineCode]:
    """Yield the words of a text and its signs, in their order."""
    at = 0
    for number, match in enumerate(_SIGN.finditer(text), 1):
        if match.start() > at:
            yield InlineCode(0, text[at : match.start()])
        yield InlineCode(number, match[0])
        at = match.end()
    if at < len(text):
        yield InlineCode(0, text[at:])


def numbers_of(source: str) -> dict[str, list[int]]:
    """Return the numbers of the signs of a text, by what they are; each may be there several times.

    A translation refers to the signs of its source.
    """
    numbers: dict[str, list[int]] = {}
    for code in coded(source):
        if code.number:
            numbers.setdefault(code.text, []).append(code.number)
    return numbers
