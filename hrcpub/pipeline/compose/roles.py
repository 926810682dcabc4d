"""A slot to what its words are for, as far as that has a least size of its own."""

from __future__ import annotations

from hrcpub.project.layout import Layout
from hrcpub.project.slots import Slot

READ = ("text", "paragraphs")  # the kinds of slots whose words are read through
REACHED = ("offices", "calls")  # where the slots of offices and of an organisation's numbers begin


def role_of(slot: str, layout: Layout) -> str:
    """Return "text", "contacts", or "" for words that any size of their format does for.

    `slot` is as words name it: `words.principles.3.text`, `offices.oakland.name`.
    """
    first, _, path = slot.partition(".")
    if first in REACHED:
        return "contacts"
    kinds = [place.kind for place in Slot("group", fields=layout.slots).at(path)]
    return "text" if first == "words" and kinds and kinds[-1] in READ else ""
