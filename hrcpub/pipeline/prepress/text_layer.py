"""What each code of a font stands for: what is copied, found and read aloud (ISO 32000-2 §9.10).

`typeset/coded_text.py` gives codes of their own to glyphs that say several things. Here the fonts
are told which glyphs those are. And WeasyPrint 70 writes the hyphen that it sets at a line's end as
one that is spelt: it becomes a soft one, which readers pass over (§14.8.2.2.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pydyf

from hrcpub.patterns import pattern
from hrcpub.pipeline.prepress.objects import resolve
from hrcpub.pipeline.setting.glyph_texts import CODES_OF, GlyphCodes

if TYPE_CHECKING:
    from weasyprint.document import Document

HYPHEN, SOFT_HYPHEN = "\u2010", "\u00ad"
_OF_HYPHEN = pattern(rb"<([0-9a-f]{4})> <2010>")


def correct(document: Document, pdf: pydyf.PDF, *, is_hyphen_soft: bool) -> None:
    """Say what all codes stand for. `is_hyphen_soft`: no author has typed a U+2010."""
    coded = {font.name: getattr(font, CODES_OF, None) for font in document.fonts.values()}
    for font in list(pdf.objects):
        if not isinstance(font, pydyf.Dictionary) or font.get("Subtype") != "/Type0":
            continue
        if is_hyphen_soft:
            _soften(resolve(pdf, font["ToUnicode"]).stream)
        codes = coded.get(font["BaseFont"])
        if codes is not None and codes.others:
            _map_glyphs(pdf, font, codes)


def _soften(to_unicode: list[bytes]) -> None:
    for place, line in enumerate(to_unicode):
        to_unicode[place] = _OF_HYPHEN.sub(rb"<\1> <00ad>", line)


def _map_glyphs(pdf: pydyf.PDF, font: pydyf.Dictionary, codes: GlyphCodes) -> None:
    table = pydyf.Stream([codes.glyph_map()], compress=True)
    pdf.add_object(table)
    resolve(pdf, font["DescendantFonts"][0])["CIDToGIDMap"] = table.reference
