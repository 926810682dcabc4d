"""A text on a page to the author's text that it was composed from, or none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hrcpub.pipeline.stages import AuthorText
from hrcpub.pipeline.typeset.accounting import letters
from hrcpub.problems import Source

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class TextOwners:
    """Knows for the text of each element which of the author's texts it is.

    All letters of the document are one string, in which the author's texts are looked up, the
    longest first. So a template needs no marks, and a text may go over several elements.
    """

    def __init__(
        self,
        words: Iterable[AuthorText],
        written: list[tuple[Element, str]],
        template: str = "",
    ) -> None:
        """Take the author's texts, and those of the document with their elements, in its order.

        `template` is the path of the file that all other texts are from.
        """
        self._template = template or None
        # The longest first, so that a short text does not take its letters from the middle of a
        # long one.
        self._words = sorted(words, key=lambda text: -len(text.text))
        self._letters = [letters(text.text) for text in self._words]
        flat = [(element, own) for element, content in written if (own := letters(content))]
        owner = self._owners("".join(own for _, own in flat))
        # How many of an element's letters are of each author's text, by its number.
        self._of: dict[Element | None, dict[int, int]] = {}
        self._known: dict[tuple[Element | None, str], AuthorText | None] = {}
        at = 0
        for element, content in flat:
            of, at = owner[at : at + len(content)], at + len(content)
            # Most are of one text as a whole, or of none.
            for number in of[:1] if of.count(of[0]) == len(of) else dict.fromkeys(of):
                if number >= 0:
                    counts = self._of.setdefault(element, {})
                    counts[number] = counts.get(number, 0) + of.count(number)

    def _owners(self, flat: str) -> list[int]:
        """Return the number of the author's text that each letter of a document is of; -1: none."""
        owner = [-1] * len(flat)
        for number, its_letters in enumerate(self._letters):
            at = flat.find(its_letters) if its_letters else -1
            while at >= 0:
                if owner[at] < 0:
                    owner[at : at + len(its_letters)] = [number] * len(its_letters)
                at = flat.find(its_letters, at + len(its_letters))
        return owner

    def place(self, owner: AuthorText | None) -> Source:
        """Return where an author's text was written; for None, the template that has its own."""
        return owner.source if owner else Source(self._template)

    def of(self, element: Element | None, text: str) -> AuthorText | None:
        """Return the author's text that `text` of an element is part of; None: a template's own."""
        key = (element, text)
        if key not in self._known:  # several judges ask
            self._known[key] = self._found(element, text)
        return self._known[key]

    def _found(self, element: Element | None, text: str) -> AuthorText | None:
        counts = self._of.get(element)
        if not counts:
            return None
        if len(counts) == 1:
            return self._words[next(iter(counts))]
        its_letters = letters(text)
        holding = [number for number in counts if its_letters in self._letters[number]]
        return self._words[holding[0] if holding else max(counts, key=counts.__getitem__)]
