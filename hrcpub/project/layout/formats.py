"""The formats of the design system: how small words may be printed, by kind of piece."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrcpub.project.slots import Slot
from hrcpub.records import record
from hrcpub.units import Size

SHEET = "sheet"  # what is larger than all formats that say how large they may be
LARGE_PRINT = "large-print"

# What words are for, where that has a size of its own.
ROLES = ("text", "contacts", "display")


@record
class Format:
    """A kind of piece by how near to the eye it is held. Lengths in points."""

    name: str
    least: float  # of all words on the finished page
    small: float  # of those that a template marks as small print; not over `least`
    up_to: float | None = None  # the longest shorter edge of a piece; None: any
    text: float = 0.0  # of what is read: running text; 0: as `least`
    contacts: float = 0.0  # of offices and telephones
    display: float = 0.0  # of words in the display face
    imprint: float = 0.0  # of a local site's details

    def floor(self, role: str) -> float:
        """Return the least size of words with a role of `ROLES`; 0 where it has no own."""
        return {"text": self.text, "contacts": self.contacts, "display": self.display}.get(role, 0)

    @property
    def highest(self) -> float:
        """The size from which on words are right whatever they are for."""
        return max(self.least, *map(self.floor, ROLES))


def formats_of(values: Mapping[str, Mapping[str, Any]]) -> dict[str, Format]:
    """Return the formats under the checked `formats:` of `system.yaml`."""
    return {
        name: Format(
            name,
            value["least"],
            min(value["least"], value.get("small", value["least"])),
            value.get("up-to"),
            **{role: value[role] for role in ROLES if role in value},
            imprint=value.get("imprint", value["least"]),
        )
        for name, value in values.items()
    }


def format_of(trim: Size, formats: Mapping[str, Format]) -> Format:
    """Return the format of a piece that names none: the first that its shorter edge is within."""
    within = (f for f in formats.values() if f.up_to is not None and min(trim) <= f.up_to + 0.01)
    return min(within, key=lambda f: f.up_to or 0.0, default=formats[SHEET])


FORMATS = Slot(
    "table",
    "the least size of words, by kind of piece",
    required=True,
    fields={
        "least": Slot("length", "of all words", required=True),
        "small": Slot("length", "of those that a template marks as small print"),
        "text": Slot("length", "of running text, in a slot of the kind text or paragraphs"),
        "contacts": Slot("length", "of offices, and of how readers reach who signs"),
        "display": Slot("length", "of words in the display face"),
        "imprint": Slot("length", "of a local site's details; without it, of all words"),
        "up-to": Slot("length", "the longest shorter edge of such a piece"),
    },
)
