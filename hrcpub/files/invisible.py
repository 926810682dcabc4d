"""Invisible characters: which they are, and what they are called."""

from __future__ import annotations

import re
import unicodedata

# Controls, bidirectional marks, the byte order mark and halves of surrogate pairs. Controls print
# as nothing and bidirectional overrides make a number read backwards, and no editor shows them.
# Tab, line feed, carriage return and next line (U+0085) are ordinary.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def name_of(character: str) -> str:
    """Return what a character is called, with its code point: `null (U+0000)`."""
    name = unicodedata.name(character, "a control character").lower()
    return f"{name} (U+{ord(character):04X})"
