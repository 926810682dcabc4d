"""The letters that a font's glyphs stand for, from its own table."""

from __future__ import annotations

import unicodedata

import uharfbuzz as hb

# An i or j under an accent loses its dot: these glyphs are the letters then.
_DOTLESS = {"\u0131": "i", "\u0237": "j"}


class GlyphLetters:
    """The glyphs of a font, and the letters that it draws with them."""

    def __init__(self, program: bytes) -> None:
        """Read a font's program, which may be a part of one."""
        face = hb.Face(program)
        self._font = hb.Font(face)
        self._letters: dict[int, str] = {}
        for code in sorted(face.unicodes):  # the lowest is the plain one
            glyph = self._font.get_nominal_glyph(code)
            if glyph is not None:
                self._letters.setdefault(glyph, chr(code))

    def text(self, glyph: int, said: bytes) -> str:
        """Return the text of a glyph, for what WeasyPrint took for it."""
        text = said.decode("utf-16-be")
        letter = self._letters.get(glyph)
        if letter is None:
            marks = "".join(mark for mark in text if unicodedata.combining(mark))
            # A variant of an accent, as over capitals.
            return marks if marks and self._font.get_glyph_h_advance(glyph) == 0 else text
        if not text:
            return _DOTLESS.get(letter, letter)
        is_accented = len(text) > 1 and any(unicodedata.combining(mark) for mark in text[1:])
        return letter if is_accented else text
