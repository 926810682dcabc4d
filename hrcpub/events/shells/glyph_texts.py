"""What the lines on a typeset page say, read back off its operators glyph by glyph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from hrcpub.patterns import pattern

if TYPE_CHECKING:
    import pikepdf

# A font, or a line as WeasyPrint draws it: each glyph with how far the next one is moved.
_DRAWN = pattern(rb"/(\w+) [\d.]+ Tf\n|\[((?:<[0-9a-f]{4}>-?\d+)+)\] TJ")
_GLYPH = pattern(rb"<([0-9a-f]{4})>-?\d+")
_SAID = pattern(rb"<([0-9a-f]{4})> <((?:[0-9a-f]{4})+)>\n")  # in a font's table of texts

GlyphSays = Mapping[bytes, str]  # by glyphs' codes


class DrawnLine(NamedTuple):
    """A line on a page: where its glyphs are in the page's operators, and what they say."""

    start: int
    end: int
    text: str
    glyphs: tuple[bytes, ...]  # each with its move, one for each letter of the text


class GlyphTexts:
    """What the glyphs of a file's fonts say, each font read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], GlyphSays] = {}

    def lines(self, page: pikepdf.Page, drawn: bytes) -> Iterator[DrawnLine]:
        """Yield the lines of a page that are drawn glyph by glyph, in their order."""
        fonts: Any = page.obj["/Resources"].get("/Font", {})
        texts: GlyphSays = {}
        for found in _DRAWN.finditer(drawn):
            if found[1]:
                texts = self.of(fonts[f"/{found[1].decode()}"])
                continue
            glyphs = tuple(match[0] for match in _GLYPH.finditer(found[2]))
            said = [texts.get(glyph[1:5], "\ufffd") for glyph in glyphs]
            text = "".join(said)
            if len(text) == len(said):  # else a glyph says more than a letter: no mark
                yield DrawnLine(*found.span(2), text, glyphs)

    def of(self, font: pikepdf.Object) -> GlyphSays:
        """Return what a font's glyphs say, by their codes."""
        if font.objgen not in self._known:
            table = font["/ToUnicode"].read_bytes() if "/ToUnicode" in font else b""
            self._known[font.objgen] = {
                code: bytes.fromhex(said.decode()).decode("utf-16-be", "replace")
                for code, said in _SAID.findall(table)
            }
        return self._known[font.objgen]
