"""An author's texts against the composed HTML: which of their words does the template leave out?

`accounting` goes on from there, and holds the pages to the HTML.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from hrcpub.pipeline.stages import AuthorText
from hrcpub.pipeline.typeset.accounting import folded, hiding, letters

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


# Quotes as one, the dash as it is typed, and the hyphen at which nothing breaks: a template may set
# a text in parts, or as another language does.
_TYPED = {**dict.fromkeys('‘’“”"', "'"), "—": "--", "\u2010": "-"}


class Unprinted(NamedTuple):
    """A text that is not in the HTML, or not the whole of it."""

    text: AuthorText
    missing: str  # its words from the first that is not there


def unprinted(
    texts: Sequence[AuthorText], body: Element, written: list[tuple[Element, str]]
) -> list[Unprinted]:
    """Return the texts of which words are missing in the texts `written` in the HTML.

    Each text needs a place of its own, so that a word that is twice in a material cannot hide that
    one of them is gone. Longer texts look for theirs first: a short one may be a part of them. What
    a template hides is not printed.
    """
    if not texts:
        return []
    page = _Page(body, written)
    missing = [
        text
        for text in sorted(texts, key=lambda text: -len(text.text))
        if not page.takes(_flat(text.text))
    ]
    left = page.left() if missing else Counter[str]()
    return [lost for text in missing if (lost := _lost(text, left))]


def unshown(pictures: Sequence[AuthorText], html: str) -> list[Unprinted]:
    """Return the pictures whose files the HTML does not name, in whatever element or style."""
    written = unescape(html) if pictures else ""
    plain = (written, unquote(written))  # as they are, or as addresses write them
    return [
        Unprinted(file, file.text)
        for file in pictures
        if not any(file.text in page for page in plain)
    ]


def _lost(text: AuthorText, left: Counter[str]) -> Unprinted | None:
    """Return a text that is not in one piece without the words that are `left`, and take those."""
    words = text.text.split()
    flat = [_flat(word) for word in words]
    absent = Counter(flat) - left
    left.subtract(Counter(flat) - absent)
    first = next((at for at, word in enumerate(flat) if word and word in absent), None)
    return None if first is None else Unprinted(text, " ".join(words[first:]))


class _Page:
    """All letters of a document's visible text, and which of them belong to an author's text."""

    def __init__(self, body: Element, written: list[tuple[Element, str]]) -> None:
        concealed = hiding(body)
        shown = (t for element, t in written if element not in concealed and not t.isspace())
        self._words = [word for text in shown for word in _typed(text).split()]
        self._letters = "".join(self._words)
        self._taken = bytearray(len(self._letters))
        self._edges = set(itertools.accumulate(map(len, self._words), initial=0))

    def takes(self, text: str) -> bool:
        """Return whether the letters of a text have a free place, and take it."""
        at = self._letters.find(text)
        while text and at >= 0:
            end = at + len(text)
            if self._taken.find(1, at, end) < 0 and self._is_edge(at) and self._is_edge(end):
                self._taken[at:end] = b"\1" * len(text)
                return True
            at = self._letters.find(text, at + 1)
        return not text

    def _is_edge(self, at: int) -> bool:
        """Return whether a word may begin or end here: at a space, or at a sign such as `(`."""
        pair = self._letters[at - 1 : at + 1]
        return at in self._edges or not pair.isalnum()

    def left(self) -> Counter[str]:
        """Return the words that belong to no text yet."""
        left, at = Counter[str](), 0
        for word in self._words:
            if self._taken.find(1, at, at + len(word)) < 0:
                left[word] += 1
            at += len(word)
        return left


def _typed(text: str) -> str:
    plain = folded(text)
    if plain.isascii():  # of plain letters, one is typed in two ways
        return plain.replace('"', "'")
    # One after the other, in place of `translate`: that asks for each letter of a text.
    for sign, typed in _TYPED.items():
        plain = plain.replace(sign, typed)
    return plain


def _flat(text: str) -> str:
    return letters(_typed(text))
