"""What a PO file says, as records: messages with their slots, and a header."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import field

from hrcpub.problems import Source
from hrcpub.records import record

FUZZY = "fuzzy"  # gettext's word for a translation that has to be looked over
MACHINE = "X-Machine-Translation"
REVIEWED_BY, REVIEWED_ROLE, REVIEWED_ON = "X-Reviewed-By", "X-Reviewed-Role", "X-Reviewed-On"


@record
class Message:
    """One text and its translation.

    `previous` is the context and the text that a fuzzy translation was made for, None where they
    were not kept.
    """

    slot: str  # `words.points.2.text`, or a phrase's name; "" only in the header
    source: str  # in the language it was written in
    words: str = ""  # the translation
    place: Source = field(default_factory=Source)  # of the translation
    notes: tuple[str, ...] = ()  # the translator's, a line each
    told: tuple[str, ...] = ()  # to the translator, a line each
    files: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: tuple[str | None, str | None] = (None, None)
    is_obsolete: bool = False

    @property
    def is_fuzzy(self) -> bool:
        """Whether somebody has to look it over."""
        return FUZZY in self.flags

    @property
    def is_open(self) -> bool:
        """Whether it cannot be printed yet."""
        return self.is_fuzzy or not self.words.strip()


@record
class Catalog:
    """One PO file: what is said of it at its head, and its messages in their order."""

    path: str
    header: Mapping[str, str]
    messages: tuple[Message, ...]
    places: Mapping[str, Source] = field(default_factory=dict)  # of the header's fields
    notes: tuple[str, ...] = ()  # above the header
    flags: tuple[str, ...] = ()  # of the header
    end: tuple[str, ...] = ()  # comments under the last message

    @property
    def by_slot(self) -> dict[str, Message]:
        """The messages that are in use, by their slots."""
        return {message.slot: message for message in self.messages if not message.is_obsolete}

    @property
    def is_machine_made(self) -> bool:
        """Whether a machine has translated it."""
        return self.header.get(MACHINE, "").strip().lower() in ("yes", "true")

    @property
    def changed(self) -> datetime.date | None:
        """The day on which a translator last changed it, as the file says."""
        found = re.match(r"\d{4}-\d\d-\d\d", self.header.get("PO-Revision-Date", ""))
        try:
            return datetime.date.fromisoformat(found[0]) if found else None
        except ValueError:
            return None

    def place(self, name: str) -> Source:
        """Return where a field of the header stands; where the file begins without it."""
        return self.places.get(name) or Source(self.path)
