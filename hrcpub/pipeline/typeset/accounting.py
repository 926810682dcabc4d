"""The composed HTML against the laid-out pages: every character that is to be seen is there.

Why: WeasyPrint drops text silently. What comes past the foot of a block with a fixed height, of an
absolute box or of a float never reaches the PDF, and nothing is logged (WeasyPrint's #2798; by
design for fixed heights). Limits: letters inside an SVG drawing, and words in pictures.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from hrcpub.pipeline.typeset import tree
from hrcpub.pipeline.typeset.laid_page import LaidPage, LaidText
from hrcpub.pipeline.typeset.tree import MAY, PANEL

# What layout may take out or put in: the dot of a Turkish i, soft hyphens, joiners, marks of
# direction.
_UNSEEN = dict.fromkeys([0x307, 0xAD, 0x200B, 0x200E, 0x200F, 0x2060, *range(0x2066, 0x206A)])


class Loss(NamedTuple):
    """Text of one element that is on no page."""

    element: Any
    panel: str | None
    missing: str  # from the first letter that is not there
    share: float  # of the element's letters that are on the pages, 0 to 1


def letters(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


def losses(body: Any, written: list[tuple[Any, str]], pages: list[LaidPage]) -> list[Loss]:
    """Return what is lost of each element's own text.

    Compared element by element, so that a word that stands twice on the page does not stand in
    for one that is gone. More than was written (a table's head on each page) is no loss.
    """
    asked: dict[Any, list[str]] = {}
    for element, text in written:
        asked.setdefault(element, []).append(text)
    shown: dict[Any, list[str]] = {}
    for page in pages:
        for one in page.texts:
            if one.is_written:
                shown.setdefault(one.element, []).append(one.text)
    found = []
    for element, parts in asked.items():
        text = "".join(parts)
        there = "".join(shown.get(element, ()))
        if letters(text) != letters(there) and (gone := _missing(text, there)):
            found.append((element, text, gone))
    return list(_losses(body, found)) if found else []


def _losses(body: Any, found: list[tuple[Any, str, str]]) -> Iterator[Loss]:
    around_of = surroundings(body)
    for element, text, gone in found:
        around = around_of(element)
        if is_let_hide(around):
            continue
        panel = next((one.get(PANEL) for one in around if one.get(PANEL)), None)
        yield Loss(element, panel, gone, 1 - len(letters(gone)) / len(letters(text)))


def surroundings(body: Any) -> Callable[[Any], list[Any]]:
    """Return what gives an element of a body with those around it, the innermost first."""
    parents = {child: parent for parent in body.iter() for child in parent}

    def around(element: Any) -> list[Any]:
        found = [element]
        while found[-1] in parents:
            found.append(parents[found[-1]])
        return found

    return around


def is_let_hide(around: list[Any]) -> bool:
    """Return whether a template hides an element knowingly."""
    return any("hide" in one.get(MAY, "").split() or "hidden" in one.attrib for one in around)


def _missing(written: str, shown: str) -> str:
    """Return the rest of a text from its first letter that is not shown; "" when all are.

    What is shown may be in other letters (text-transform), with hyphens put in, and repeated.
    """
    there = iter(_plain(shown))
    if not Counter(_plain(written)) - Counter(_plain(shown)):
        return ""  # all of it, in whatever order
    for index, character in enumerate(written):
        for letter in _plain(character):
            if not any(letter == one for one in there):
                return written[_word(written, index) :]
    return ""


def _word(text: str, index: int) -> int:
    """Return where the word begins that holds a letter."""
    while index and not text[index - 1].isspace():
        index -= 1
    return index


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return letters(folded.translate(_UNSEEN).replace("ı", "i"))


def hidden(pages: list[LaidPage]) -> list[LaidText]:
    """Return the texts that are laid out and not painted: transparent, invisible, shrunk away."""
    return [
        text
        for page in pages
        for text in page.texts
        if not tree.is_painted(text) and text.text.strip() and "hide" not in text.area.may
    ]
