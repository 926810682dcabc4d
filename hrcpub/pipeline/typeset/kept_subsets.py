"""Fonts that were cut to the glyphs of a file, kept for the next file that has the same glyphs.

WeasyPrint 70 has HarfBuzz cut each font twice for each file. The editions of a piece have the same
glyphs, a piece that was edited most often has those that it had, and so have pieces that say the
same things in other words: their fonts come out the same to the byte, so each is cut once.

Private names of WeasyPrint are used here; `test_kept_subsets.py` fails when one of them changes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weasyprint.pdf.fonts import Font

MOST = 64  # subsets, of some 20 kB each: those of a dozen pieces


def keep_subsets() -> None:
    """Let WeasyPrint take fonts that were cut before. Once for the process."""
    from weasyprint.pdf.fonts import Font

    cut = Font.subset
    kept: dict[tuple[object, ...], bytes] = {}

    def subset(font: Font, to_unicode: dict[int, str], hinting: bool) -> None:
        whole: bytes = font.file_content
        # All that HarfBuzz is told: whether a letter is missing decides what stands for it.
        told = (font.index, hinting, bool(font.missing), frozenset(to_unicode))
        key = (hashlib.sha256(whole).digest(), *told)
        if key in kept:
            font.file_content = kept[key]
            return
        cut(font, to_unicode, hinting)
        if font.file_content is whole:  # it could not be cut, which WeasyPrint says each time
            return
        if len(kept) >= MOST:
            kept.clear()
        kept[key] = font.file_content

    Font.subset = subset
