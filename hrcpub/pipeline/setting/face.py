"""A font file to a `Face`: the ink and the advances of shaped text, measured by HarfBuzz."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import uharfbuzz as hb

# Display lines have no ligatures (system.css says so too), so they are measured without.
DISPLAY_FEATURES = {"liga": False, "clig": False, "dlig": False}


class InkBox(NamedTuple):
    """The box of a shaped line's ink, for type of 1 pt; y grows upwards from the baseline."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """Return the ink's width."""
        return self.right - self.left


class Face:
    """One font file. Lengths are for type of 1 pt, unless they are said to be in font units."""

    def __init__(self, data: bytes) -> None:
        """Read a static TrueType or OpenType file."""
        self._face = hb.Face(hb.Blob(data))
        self.font = hb.Font(self._face)
        self.scale = 1 / self._face.upem
        self._characters = frozenset(self._face.unicodes)
        extents = self.font.get_font_extents("ltr")
        self.ascent = extents.ascender * self.scale  # above the baseline, as Pango reads it
        self.descent = -extents.descender * self.scale  # below the baseline, positive
        # To cut an opening, the same few words are measured in many lines.
        self.display_ink = lru_cache(maxsize=1024)(lambda text: self.ink(text, DISPLAY_FEATURES))
        # To find the size at which a few lines fit, the same ones are measured again and again.
        self.display_width = lru_cache(maxsize=1024)(
            lambda text: (
                sum(glyph.x_advance for glyph in self._shape(text, DISPLAY_FEATURES)[1])
                * self.scale
            )
        )

    @property
    def count(self) -> int:
        """How many characters the face can draw; none when the file is not a font."""
        return len(self._characters)

    def missing(self, text: str) -> str:
        """Return the characters of `text` that the face cannot draw, each once."""
        return "".join(
            dict.fromkeys(c for c in text if ord(c) not in self._characters and not c.isspace())
        )

    def glyph_inks(self, text: str, features: dict[str, bool] | None = None) -> list[InkBox]:
        """Return the ink of each glyph of a shaped line, in visual order; some have none."""
        infos, positions = self._shape(text, features)
        pen = 0.0
        inks = []
        for info, position in zip(infos, positions, strict=True):
            extents = self.font.get_glyph_extents(info.codepoint)
            if extents is not None and extents.width:
                left = pen + position.x_offset + extents.x_bearing
                top = position.y_offset + extents.y_bearing
                box = (left, left + extents.width, top, top + extents.height)
                inks.append(InkBox(*(edge * self.scale for edge in box)))
            pen += position.x_advance
        return inks

    def ink(self, text: str, features: dict[str, bool] | None = None) -> InkBox:
        """Return the ink of a shaped line; raise ValueError when it has none."""
        inks = self.glyph_inks(text, features)
        if not inks:
            raise ValueError(f"{text!r} has no ink")
        return InkBox(
            min(ink.left for ink in inks),
            max(ink.right for ink in inks),
            max(ink.top for ink in inks),
            min(ink.bottom for ink in inks),
        )

    def advances(self, text: str) -> list[float]:
        """Return the advance of each character; that of a cluster goes to its first one."""
        infos, positions = self._shape(text, None)
        widths = [0.0] * len(text)
        for info, position in zip(infos, positions, strict=True):
            widths[info.cluster] += position.x_advance * self.scale
        return widths

    def glyphs(
        self, text: str, features: dict[str, bool] | None = None
    ) -> list[tuple[int, float, float]]:
        """Return each glyph's number, and x and y of its origin, in font units."""
        infos, positions = self._shape(text, features)
        pen, glyphs = 0.0, []
        for info, position in zip(infos, positions, strict=True):
            glyphs.append((info.codepoint, pen + position.x_offset, float(position.y_offset)))
            pen += position.x_advance
        return glyphs

    def glyph_width(self, glyph: int) -> float:
        """Return the advance of a single glyph, in font units, as a PDF's font states it."""
        return float(self.font.get_glyph_h_advance(glyph))

    def glyph_of(self, character: int) -> int | None:
        """Return the glyph of a character by itself, None when there is none."""
        glyph: int | None = self.font.get_nominal_glyph(character)
        return glyph

    @property
    def characters(self) -> frozenset[int]:
        """The characters that the face can draw."""
        return self._characters

    def _shape(self, text: str, features: dict[str, bool] | None) -> tuple[list, list]:  # type: ignore[type-arg]
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self.font, buffer, features)
        return buffer.glyph_infos, buffer.glyph_positions or []  # None for an empty text
