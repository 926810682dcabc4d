"""A font of Chinese, Japanese or Korean to one with the letters of its country's standard.

Whole, such a font has 10 MB, most of it letters that no newspaper prints. The standards are those
that phones, typewriters and newspapers were made for; Python knows them as codecs.
"""

from __future__ import annotations

import uharfbuzz as hb

# By script (ISO 15924): the standard's name, and the codec that has it.
SETS = {
    "Hans": ("GB 2312", "gb2312"),
    "Hant": ("Big5", "big5"),
    "Jpan": ("JIS X 0208", "euc_jp"),
    "Kore": ("KS X 1001", "euc_kr"),
}
# With them: Latin and its signs, since a large line is set in one face alone.
_ALWAYS = (*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2028), 0x2030, 0x20AC)


def letters_of_set(script: str) -> frozenset[int]:
    """Return the characters of a script's standard, by their code points."""
    codec = SETS[script][1]
    pairs = (bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF))
    letters = {text for pair in pairs if len(text := pair.decode(codec, "ignore")) == 1}
    return frozenset(code for code in map(ord, letters) if code > 0x7F) | frozenset(_ALWAYS)


def cut_to_set(data: bytes, script: str) -> bytes:
    """Return a font with the letters of its script's standard only; other scripts' stay whole.

    It keeps the tables that shape text, and its names and licence (OFL 1.1, section 3, reserves
    none of the names of Noto). Without the table of baselines: by it, Pango 1.50 would lift Latin
    words out of their line.
    """
    if script not in SETS:
        return data
    options = hb.SubsetInput()
    options.unicode_set.update(letters_of_set(script))
    options.layout_feature_tag_set.invert()  # all features, those for vertical lines too
    options.name_id_set.invert()
    options.drop_table_tag_set.add(int.from_bytes(b"BASE", "big"))
    options.flags = hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_HINTING
    smaller: bytes = hb.subset(hb.Face(hb.Blob(data)), options).blob.data
    return smaller
