"""A text on a page to the author's text that it was composed from, or none."""

from __future__ import annotations

from collections import Counter
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
        flat = "".join(letters(text) for _, text in written)
        owner: list[AuthorText | None] = [None] * len(flat)
        # The longest first, so that a short text does not take its letters from the middle of a
        # long one.
        for text in sorted(words, key=lambda text: -len(text.text)):
            its_letters = letters(text.text)
            at = flat.find(its_letters) if its_letters else -1
            while at >= 0:
                if owner[at] is None:
                    owner[at : at + len(its_letters)] = [text] * len(its_letters)
                at = flat.find(its_letters, at + len(its_letters))
        self._of: dict[Element | None, Counter[AuthorText]] = {}
        at = 0
        for element, content in written:
            end = at + len(letters(content))
            counts = self._of.setdefault(element, Counter())
            counts.update(text for text in owner[at:end] if text is not None)
            at = end

    def place(self, owner: AuthorText | None) -> Source:
        """Return where an author's text was written; for None, the template that has its own."""
        return owner.source if owner else Source(self._template)

    def of(self, element: Element | None, text: str) -> AuthorText | None:
        """Return the author's text that `text` of an element is part of; None: a template's own."""
        counts = self._of.get(element)
        if not counts:
            return None
        its_letters = letters(text)
        holding = [owner for owner in counts if its_letters in letters(owner.text)]
        return holding[0] if holding else counts.most_common(1)[0][0]
