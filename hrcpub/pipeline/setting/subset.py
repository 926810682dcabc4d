"""A font file to one with fewer letters, its glyphs' numbers kept."""

from __future__ import annotations

from collections.abc import Iterable

import uharfbuzz as hb

# A PDF shows glyphs by their numbers: what shapes text is of no use in it.
_DROPPED = ("GSUB", "GPOS", "GDEF", "kern", "DSIG", "STAT")


def subset(data: bytes, characters: Iterable[int]) -> bytes:
    """Return the font with the glyphs of some characters alone, under the numbers they had.

    Hinting goes too: nothing prints by it.
    """
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(characters)
    wanted.flags = (
        hb.SubsetFlags.RETAIN_GIDS
        | hb.SubsetFlags.NO_HINTING
        | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        | hb.SubsetFlags.NOTDEF_OUTLINE
    )
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED)
    made: bytes = hb.subset(hb.Face(hb.Blob(data)), wanted).blob.data
    return made
