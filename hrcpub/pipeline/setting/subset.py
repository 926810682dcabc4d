"""A font file to one with fewer glyphs, which keep their numbers."""

from __future__ import annotations

from collections.abc import Iterable

import uharfbuzz as hb

# A PDF shows glyphs by their numbers, so the tables that shape text are of no use in it.
_DROPPED = ("GSUB", "GPOS", "GDEF", "kern", "DSIG", "STAT")


def subset(data: bytes, characters: Iterable[int]) -> bytes:
    """Return the font with the glyphs of `characters` only, under the numbers they had.

    Hinting goes too: printers do not use it.
    """
    options = hb.SubsetInput()
    options.unicode_set.update(characters)
    return _cut(data, options)


def subset_of_glyphs(data: bytes, glyphs: Iterable[int]) -> bytes:
    """Return the font with these glyphs only, and what they are made of, under their numbers."""
    options = hb.SubsetInput()
    options.glyph_set.update(glyphs)
    return _cut(data, options)


def _cut(data: bytes, options: hb.SubsetInput) -> bytes:
    options.flags = (
        hb.SubsetFlags.RETAIN_GIDS
        | hb.SubsetFlags.NO_HINTING
        | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        | hb.SubsetFlags.NOTDEF_OUTLINE
    )
    options.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED)
    smaller: bytes = hb.subset(hb.Face(hb.Blob(data)), options).blob.data
    return smaller
