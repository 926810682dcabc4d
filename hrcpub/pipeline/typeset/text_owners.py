"""Whose words a text on a page is: the author's text that it was composed from, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from hrcpub.pipeline.stages import AuthorText
from hrcpub.pipeline.typeset.accounting import letters


class TextOwners:
    """Tells of an element's text which of the author's texts it is.

    The letters of the author's texts are looked up in those of the document, the longest first: a
    template needs to mark nothing.
    """

    def __init__(self, words: Iterable[AuthorText], written: list[tuple[Any, str]]) -> None:
        """Take the author's texts, and the document's with their elements, in its order."""
        flat = "".join(letters(text) for _, text in written)
        owner: list[AuthorText | None] = [None] * len(flat)
        for said in sorted(words, key=lambda one: -len(one.text)):
            wanted = letters(said.text)
            at = flat.find(wanted) if wanted else -1
            while at >= 0:
                if owner[at] is None:
                    owner[at : at + len(wanted)] = [said] * len(wanted)
                at = flat.find(wanted, at + len(wanted))
        self._of: dict[Any, Counter[AuthorText]] = {}
        at = 0
        for element, text in written:
            end = at + len(letters(text))
            counted = self._of.setdefault(element, Counter())
            counted.update(one for one in owner[at:end] if one is not None)
            at = end

    def of(self, element: Any, text: str) -> AuthorText | None:
        """Return the author's text that an element's text is of; None for a template's own."""
        those = self._of.get(element)
        if not those:
            return None
        wanted = letters(text)
        near = [said for said in those if wanted in letters(said.text)]
        return near[0] if near else those.most_common(1)[0][0]
