"""The composed HTML against the laid-out pages: is each character there that should be seen?

Why: WeasyPrint drops text silently. What exceeds the foot of a block with a fixed height, of an
absolute box or of a float never gets into the PDF, and nothing is logged (WeasyPrint's #2798; by
design for fixed heights). Not found are words in pictures.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.pipeline.typeset.laid_page import LaidPage, LaidText
from hrcpub.pipeline.typeset.written_html import MAY, PANEL

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# What layout may leave out or add: the dot of a Turkish i (U+0307), soft hyphens, joiners, spaces
# without width, marks of direction, how an emoji is to look.
_IGNORED = dict.fromkeys(
    [
        *(0x307, 0xAD, 0x34F, 0x61C, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
)
_FOLDED = {**_IGNORED, ord("ı"): "i"}
_TO_FOLD = frozenset(map(chr, _FOLDED))


class Loss(NamedTuple):
    """Text of one element that is on no page."""

    element: Element
    panel: str | None
    missing: str  # its text from the first letter that is not there
    share: float  # of its letters, how many are on the pages: 0 to 1


def letters(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


def losses(body: Element, written: list[tuple[Element, str]], pages: list[LaidPage]) -> list[Loss]:
    """Return what is lost of each element's own text.

    Texts are compared element by element, so that a word which is twice on the page cannot hide
    that another one is gone. More than was written (a table's head on each page) is not a loss.
    """
    expected: dict[Element, list[str]] = {}
    for element, text in written:
        expected.setdefault(element, []).append(text)
    shown: dict[Element | None, list[str]] = {}
    for page in pages:
        for laid in page.texts:
            if laid.is_written:
                shown.setdefault(laid.element, []).append(laid.text)
    incomplete = []
    for element, parts in expected.items():
        text = "".join(parts)
        there = "".join(shown.get(element, ()))
        if text == there or text.isspace():
            continue
        if letters(text) != letters(there) and (gone := _missing(text, there)):
            incomplete.append((element, text, gone))
    return list(_losses(body, incomplete)) if incomplete else []


def _losses(body: Element, incomplete: list[tuple[Element, str, str]]) -> Iterator[Loss]:
    around_of = surroundings(body)
    for element, text, gone in incomplete:
        around = around_of(element)
        if is_let_hide(around):
            continue
        panel = next((outer.get(PANEL) for outer in around if outer.get(PANEL)), None)
        yield Loss(element, panel, gone, 1 - len(letters(gone)) / len(letters(text)))


def surroundings(body: Element) -> Callable[[Element], list[Element]]:
    """Return a function from an element of a body to it and those around it, innermost first."""
    parents = {child: parent for parent in body.iter() for child in parent}

    def around(element: Element) -> list[Element]:
        chain = [element]
        while chain[-1] in parents:
            chain.append(parents[chain[-1]])
        return chain

    return around


def hiding(body: Element) -> set[Element]:
    """Return the elements that a template hides on purpose, with all that is in them."""
    # Most elements have neither of the two, and need not be asked.
    asked = [e for e in body.iter() if e.get(MAY) is not None or e.get("hidden") is not None]
    hidden = (element for element in asked if is_let_hide([element]))
    return {inner for outer in hidden for inner in outer.iter()}


def is_let_hide(around: list[Element]) -> bool:
    """Return whether a template hides an element on purpose."""
    return any("hide" in outer.get(MAY, "").split() or "hidden" in outer.attrib for outer in around)


def _missing(written: str, shown: str) -> str:
    """Return the rest of a text from its first letter that is not shown; "" when all are.

    What is shown may be in capitals (text-transform), with hyphens added, and repeated.
    """
    there = iter(_plain(shown))
    if not Counter(_plain(written)) - Counter(_plain(shown)):
        return ""  # all of it is there, in whatever order
    for index, character in enumerate(written):
        for letter in _plain(character):
            if not any(letter == other for other in there):  # which goes on from the last
                return written[_word(written, index) :]
    return ""


def _word(text: str, index: int) -> int:
    """Return where the word begins that has the letter at `index`."""
    while index and not text[index - 1].isspace():
        index -= 1
    return index


def _plain(text: str) -> str:
    return letters(folded(text))


def folded(text: str) -> str:
    """Return a text without what layout may change: capitals, ligatures, signs without width."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text).casefold()
    # Few texts have any of these, and to look is a tenth of what it takes to translate.
    return plain if _TO_FOLD.isdisjoint(plain) else plain.translate(_FOLDED)


def hidden(pages: list[LaidPage]) -> list[LaidText]:
    """Return texts that are laid out but not painted: transparent, invisible or far too small."""
    return [
        text
        for page in pages
        for text in page.texts
        if not text.is_painted and text.text.strip() and "hide" not in text.area.may
    ]
