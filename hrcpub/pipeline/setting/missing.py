"""The Problem of a letter that a face does not have."""

from __future__ import annotations

from hrcpub.problems import Problem, Source


def glyph_missing(letter: str, place: Source | None, face: str) -> Problem:
    """The words have a character that the project's font cannot draw. It would print as a box.

    Fix: write it another way, or ask the designer for a font that has it.
    """
    import unicodedata

    name = unicodedata.name(letter, "unnamed").lower()
    return Problem(
        "glyph-missing",
        f'{face} has no "{letter}" (U+{ord(letter):04X}, {name})',
        place,
        "write it another way, or ask the designer for a font that has it",
    )


CODES = {"glyph-missing": glyph_missing}
