"""A TrueType program to the boxes of its glyphs, as its tables have them (OpenType 1.9, `glyf`).

Why, where HarfBuzz reads such programs: to load it takes as long as to judge a page, and most files
are judged by boxes alone. Only programs are read here that are as plain as those of pages are, and
only if all is in its place; the others are HarfBuzz's.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

_SIGNATURES = (b"\0\1\0\0", b"true")
_NEEDED = frozenset({b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"})
# Whose boxes come before those of `glyf`, or move them.
_OTHERS = frozenset(
    {b"CBDT", b"CFF ", b"CFF2", b"COLR", b"GLYF", b"LOCA", b"VARC", b"fvar", b"gvar", b"sbix"}
)
_VERSION = 0x10000  # of the tables that say theirs
_MAGIC = 0x5F0F3CF5  # of `head`
_HEADER = struct.Struct(">5h")  # of a glyph: its contours, then xMin, yMin, xMax, yMax
_EMS = range(16, 16385)  # units of an em that the standard allows


class GlyphBox(NamedTuple):
    """Where a glyph's ink is, in units of the font, as HarfBuzz says it: `height` is negative."""

    x_bearing: int
    y_bearing: int
    width: int
    height: int


class GlyphBoxes(NamedTuple):
    """The boxes of a program's glyphs; each is read whenever it is asked for."""

    em: int  # its units
    glyphs: int  # how many there are
    advances: int  # how many have one of their own; those behind them have the last one's
    hmtx: bytes
    loca: bytes
    glyf: bytes

    def of(self, glyph: int) -> GlyphBox | None:
        """Return a glyph's box, None when it has no contours."""
        if glyph >= self.glyphs:
            return None
        start, end = self._place(glyph)
        if end - start < _HEADER.size or end > len(self.glyf):
            return None
        contours, *xy = _HEADER.unpack_from(self.glyf, start)
        if not contours:
            return None
        (left, right), (bottom, top) = sorted(xy[::2]), sorted(xy[1::2])
        # Rasterizers move a glyph to where `hmtx` says that its ink begins.
        at = 4 * glyph + 2 if glyph < self.advances else 2 * (self.advances + glyph)
        (bearing,) = struct.unpack_from(">h", self.hmtx, at)
        return GlyphBox(bearing, top, right - left, bottom - top)

    def _place(self, glyph: int) -> tuple[int, int]:
        if len(self.loca) == _size_of_loca(self.glyphs, is_long=True):
            start, end = struct.unpack_from(">II", self.loca, 4 * glyph)
            return start, end
        start, end = struct.unpack_from(">HH", self.loca, 2 * glyph)
        return 2 * start, 2 * end


def _size_of_loca(glyphs: int, *, is_long: bool) -> int:
    """Return how many bytes it takes: where each glyph begins, and where the last one ends."""
    return (glyphs + 1) * (4 if is_long else 2)


def glyph_boxes(data: bytes) -> GlyphBoxes | None:
    """Return the boxes of a program; None when it is not plain TrueType, or anything is amiss."""
    try:
        tables = _tables(data)
        return _read(tables) if tables else None
    except struct.error:
        return None


def _tables(data: bytes) -> dict[bytes, bytes] | None:
    """Return the tables that are needed; None when there are others that count, or one is cut."""
    signature, count = struct.unpack_from(">4sH", data)
    if signature not in _SIGNATURES:
        return None
    rows = [struct.unpack_from(">4s4xII", data, 12 + 16 * row) for row in range(count)]
    tags = [tag for tag, _, _ in rows]
    if tags != sorted({*tags}) or not _NEEDED.issubset(tags) or not _OTHERS.isdisjoint(tags):
        return None
    tables = {tag: data[at : at + size] for tag, at, size in rows if tag in _NEEDED}
    is_whole = all(len(tables[tag]) == size for tag, _, size in rows if tag in _NEEDED)
    return tables if is_whole else None


def _read(tables: dict[bytes, bytes]) -> GlyphBoxes | None:
    head = struct.unpack(">IIIIHHQQhhhhHHhhh", tables[b"head"])
    of_head, magic, em, is_long, outlines = head[0], head[3], head[5], head[15], head[16]
    of_maxp, glyphs = struct.unpack_from(">IH26x", tables[b"maxp"])
    of_hhea, advances = struct.unpack_from(">I30xH", tables[b"hhea"])
    is_plain = (
        of_head == of_maxp == of_hhea == _VERSION
        and magic == _MAGIC
        and em in _EMS
        and is_long in (0, 1)
        and outlines == 0
        and 1 <= advances <= glyphs
        and len(tables[b"loca"]) == _size_of_loca(glyphs, is_long=bool(is_long))
        and len(tables[b"hmtx"]) == 2 * (advances + glyphs)
    )
    its = (tables[tag] for tag in (b"hmtx", b"loca", b"glyf"))
    return GlyphBoxes(em, glyphs, advances, *its) if is_plain else None
