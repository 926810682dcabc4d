"""Characters that cannot be seen: which they are, what they are called, and texts with their names.

People are told of such a character by its name and code point, since its sign would show nothing.
"""

from __future__ import annotations

import unicodedata

from hrcpub.patterns import pattern

# Controls, bidirectional marks, the byte order mark and halves of surrogate pairs. Controls print
# as nothing and bidirectional overrides make a number read backwards, and no editor shows them.
# Tab, line feed, carriage return and next line (U+0085) are ordinary.
INVISIBLE = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)

# What word processors put into the private use area: their bullets, from fonts of symbols.
_PRIVATE = {"\uf0a7": "Word's square bullet", "\uf0b7": "Word's bullet", "\uf0d8": "Word's arrow"}
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
# Joiners shape the letters beside them (Persian, emoji); a tab and a line's end are seen.
_AT_WORK = "\t\n\u200c\u200d"


def name_of(character: str) -> str:
    """Return what a character is called, with its code point: `null (U+0000)`."""
    return f"{name_in_words(character)} (U+{ord(character):04X})"


def with_names(text: str) -> str:
    """Return a text in which each character that cannot be seen is named: `‹U+F0B7 …›`."""
    if text.isprintable():
        return text
    return "".join(
        f"‹U+{ord(character):04X} {name_in_words(character)}›"
        if is_unseen(character)
        else character
        for character in text
    )


def is_unseen(character: str) -> bool:
    """Return whether a character shows nothing, or something else on each computer."""
    return character not in _AT_WORK and unicodedata.category(character) in _UNSEEN


def name_in_words(character: str) -> str:
    """Return what a character is called, without its code point."""
    category = unicodedata.category(character)
    if category == "Co":
        return f"private use: {_PRIVATE.get(character, 'a sign of a symbol font')}"
    unnamed = "no character" if category == "Cn" else "a control character"
    return unicodedata.name(character, unnamed).lower()
