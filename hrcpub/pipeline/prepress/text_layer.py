"""What each glyph stands for, corrected: what is copied, found and read aloud (ISO 32000-1 §9.10).

WeasyPrint 70 takes the first text that a glyph is met in for its text for ever. So a g that was met
under a tilde is copied with it everywhere, and the tilde is nothing. And it writes the hyphen that
it sets at a line's end as one that is spelt. Here letters and accents get the text that their font
gives them, and that hyphen becomes a soft one, which readers pass over (§14.8.2.2.3).

Only what letters with accents need is here. Scripts that reorder or join their letters need one
code for each glyph and text. Lines with accents are spelled out, too: `typeset/spelled_out.py`.
"""

from __future__ import annotations

import re

import pydyf

from hrcpub.pipeline.prepress.objects import resolve
from hrcpub.pipeline.setting.glyph_letters import GlyphLetters

HYPHEN, SOFT_HYPHEN = "\u2010", "\u00ad"
_ENTRY = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")


def correct(pdf: pydyf.PDF, *, is_hyphen_soft: bool) -> None:
    """Correct the texts of all glyphs. `is_hyphen_soft`: no author has typed a U+2010."""
    for font in list(pdf.objects):
        if not isinstance(font, pydyf.Dictionary) or font.get("Subtype") != "/Type0":
            continue
        glyphs = GlyphLetters(_program(pdf, font))
        lines = resolve(pdf, font["ToUnicode"]).stream
        for place, line in enumerate(lines):
            entry = _ENTRY.fullmatch(line)
            if entry is None:
                continue
            text = glyphs.text(int(entry[1], 16), bytes.fromhex(entry[2].decode()))
            if is_hyphen_soft and text == HYPHEN:
                text = SOFT_HYPHEN
            lines[place] = b"<%b> <%b>" % (entry[1], text.encode("utf-16-be").hex().encode())


def _program(pdf: pydyf.PDF, font: pydyf.Dictionary) -> bytes:
    """Return the program of a font, as it is embedded."""
    inner = resolve(pdf, font["DescendantFonts"][0])
    descriptor = resolve(pdf, inner["FontDescriptor"])
    key = next(key for key in descriptor if key.startswith("FontFile"))
    return bytes(resolve(pdf, descriptor[key]).stream[0])
