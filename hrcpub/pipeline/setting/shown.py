"""A line of Latin letters to its glyphs as WeasyPrint writes them, where nothing is laid out.

WeasyPrint (70.0, `draw/text.py`) writes each glyph with how far the next one is moved from where
the font's own width would put it. Pango shapes by HarfBuzz in whole units, 1024 to the CSS pixel,
and so does this; so the bytes are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import uharfbuzz as hb

from hrcpub.pipeline.setting.face import Face

UNITS = 1024  # of Pango, to the CSS pixel


class ShownLine(NamedTuple):
    """A line's glyphs by their numbers, how wide they are, and how they are written."""

    glyphs: tuple[int, ...]
    width: float  # CSS pixels
    shown: bytes


class ShownLines:
    """Lines in one face of one file, at one size."""

    def __init__(
        self, face: Face, size: float, features: Mapping[str, bool], widths: Mapping[int, float]
    ) -> None:
        """Set in `size` CSS pixels, with features of OpenType.

        `widths` are those that the PDF's font has of its glyphs, in thousandths.
        """
        units = round(size * UNITS)
        self._size, self._features, self._widths = units / UNITS, dict(features), widths
        self._language = face.language
        self._pieces: dict[tuple[int, int], str] = {}  # by glyph and advance
        self._font = hb.Font(face.font.face)
        self._font.scale = (units, units)

    def line(self, text: str) -> ShownLine | None:
        """Return a line; None where the font lacks a glyph, or one is not on the line."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction, buffer.script, buffer.language = "ltr", "Latn", self._language
        hb.shape(self._font, buffer, self._features)
        infos, places = buffer.glyph_infos, buffer.glyph_positions or ()
        glyphs = tuple(info.codepoint for info in infos)
        if not glyphs or not self._widths.keys() >= set(glyphs):
            return None
        advances = []
        for place in places:
            if place.x_offset or place.y_offset:
                return None
            advances.append(place.x_advance)
        return ShownLine(glyphs, sum(advances) / UNITS, self._shown(glyphs, advances))

    def _shown(self, glyphs: tuple[int, ...], advances: list[int]) -> bytes:
        pieces = self._pieces
        try:
            shown = "".join([pieces[pair] for pair in zip(glyphs, advances, strict=True)])
        except KeyError:
            for pair in zip(glyphs, advances, strict=True):
                pieces[pair] = self._piece(*pair)
            shown = "".join([pieces[pair] for pair in zip(glyphs, advances, strict=True)])
        return (f"<{shown[:-1]}" if shown.endswith("<") else f"<{shown}>").encode()

    def _piece(self, glyph: int, advance: int) -> str:
        moved = self._widths[glyph] - advance * 1000 * (1 / UNITS) / self._size
        return f"{glyph:04x}>{int(moved)}<" if moved else f"{glyph:04x}"
