"""A typeset file to the same one with other words in the place of some of its lines.

What changes with every build, such as a digest, stands on pages that do not. So a page is typeset
with marks in the place of such words, kept, and each mark is exchanged for its words: glyph by
glyph, in the mark's own font and place. A mark is a line of its own that nothing follows, has all
letters that its words may have, and is not kerned, so that each of its glyphs brings its own move.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING

from hrcpub.events.shells.glyph_texts import GlyphTexts
from hrcpub.events.shells.problems import copy_broken
from hrcpub.pipeline.stages import Pdf
from hrcpub.problems import HrcpubError

if TYPE_CHECKING:
    import pikepdf


def reworded(pdf: Pdf, words: Mapping[str, str]) -> Pdf | None:
    """Return a file whose lines that are marks say their `words`; None where that cannot be.

    That is so unless each mark is drawn once, by itself, with all letters that its words have.
    Raises HrcpubError when what was written does not read as it should.
    """
    import pikepdf

    exchange, file = _Exchange(words), io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(pdf)) as target:
            for page in target.pages:
                page.obj["/Contents"] = target.make_stream(exchange.of_page(page))
            if not exchange.is_whole:
                return None
            target.save(
                file,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
            )
        written = Pdf(file.getvalue())
        _verify(written, exchange.said)
    except (pikepdf.PdfError, KeyError, TypeError, ValueError) as error:
        raise HrcpubError(copy_broken(str(error))) from None
    return written


class _Exchange:
    """Marks that are exchanged for their words, page by page."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words, self._left, self._fonts = words, dict(words), GlyphTexts()
        self.said: list[list[str]] = []  # what the lines of each page say now

    @property
    def is_whole(self) -> bool:
        """Whether each mark was there, and none is left."""
        return not self._left and not any(text in self._words for text in chain(*self.said))

    def of_page(self, page: pikepdf.Page) -> bytes:
        """Return what a page draws, with words in the place of its marks."""
        drawn, pieces, at, said = page.obj["/Contents"].read_bytes(), [], 0, []
        for line in self._fonts.lines(page, drawn):
            text = self._left.get(line.text)
            letters = dict(zip(line.text, line.glyphs, strict=True))
            if text is None or not letters.keys() >= set(text):
                said.append(line.text)
                continue
            del self._left[line.text]
            said.append(text)
            pieces += [drawn[at : line.start], *(letters[letter] for letter in text)]
            at = line.end
        self.said.append(said)
        return b"".join([*pieces, drawn[at:]])


def _verify(pdf: Pdf, expected: list[list[str]]) -> None:
    """Read a file again; raise ValueError unless its pages have these lines, in their order."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as file:
        fonts = GlyphTexts()
        found = [
            [line.text for line in fonts.lines(page, page.obj["/Contents"].read_bytes())]
            for page in file.pages
        ]
        if warnings := file.get_warnings():
            raise ValueError(str(warnings[0]))
    if found != expected:
        raise ValueError("a line does not say what it should")
