"""A typeset file to patterns: its pages' lines, so that other words can take their places.

A page that was laid out with some words is right for others, as long as these are lines of the same
fonts in the same number: all else that it draws is as it was.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.events.shells.glyph_texts import GlyphTexts
from hrcpub.patterns import pattern
from hrcpub.pipeline.stages import Pdf

if TYPE_CHECKING:
    import pikepdf

# A font with its size, a line's place, or a line as WeasyPrint draws it.
_DRAWN = pattern(
    rb"/(\w+) ([\d.]+) Tf\n|1 0 0 -1 [-\d.]+ ([-\d.]+) Tm\n|\[((?:<[0-9a-f]+>(?:-?\d+)?)+)\] TJ"
)
_CODES = pattern(rb"<([0-9a-f]+)>")
# What a page draws with, beside fonts: states of graphics, forms, pictures, shadings, colours.
_NAMED = pattern(rb"/([^\s/<>\[\]()]+) (?:gs|Do|sh|scn|SCN|cs|CS|ri)\b")


class PatternLine(NamedTuple):
    """A line of a page: where its glyphs stand in what the page draws, and what they say."""

    start: int
    end: int
    font: str  # as the page's resources call it
    size: float  # CSS pixels
    base: float  # where it stands, in CSS pixels from the page's head
    shown: bytes
    text: str


class PatternFont(NamedTuple):
    """A font of a file: what its glyphs say, and their widths in thousandths."""

    texts: Mapping[int, str]
    widths: Mapping[int, float]


class PatternPage(NamedTuple):
    """What a page draws, and its lines in their order."""

    drawn: bytes
    lines: tuple[PatternLine, ...]
    states: frozenset[bytes] = frozenset()  # of graphics, that its resources have

    @property
    def without_lines(self) -> bytes:
        """Return what it draws beside its lines, and where these stand."""
        return self.with_lines([b""] * len(self.lines))

    @property
    def names(self) -> frozenset[bytes]:
        """Return what it draws with, beside fonts."""
        return frozenset(_NAMED.findall(self.drawn))

    def with_lines(self, shown: Sequence[bytes]) -> bytes:
        """Return what it draws with other lines in the place of its own, as many as it has."""
        parts, at = list[bytes](), 0
        for line, other in zip(self.lines, shown, strict=True):
            parts += [self.drawn[at : line.start], other]
            at = line.end
        return b"".join([*parts, self.drawn[at:]])


class PatternFile(NamedTuple):
    """A file's pages, and the fonts that all of them have, by the names that operators use."""

    pages: tuple[PatternPage, ...]
    fonts: Mapping[str, PatternFont]


def read_patterns(pdf: Pdf) -> PatternFile:
    """Return a file that WeasyPrint has set as patterns."""
    import pikepdf

    fonts: dict[str, PatternFont] = {}
    with pikepdf.open(io.BytesIO(pdf)) as file:
        texts = GlyphTexts()
        for page in file.pages:
            for name, font in page.obj["/Resources"].get("/Font", {}).items():
                name = name.removeprefix("/")
                if name not in fonts:
                    said = {int(code, 16): text for code, text in texts.of(font).items()}
                    fonts[name] = PatternFont(said, dict(_widths(font)))
        pages = []
        for page in file.pages:
            drawn = page.obj["/Contents"].read_bytes()
            states = page.obj["/Resources"].get("/ExtGState")
            keys = states.keys() if states is not None else ()
            names = frozenset(name.removeprefix("/").encode() for name in keys)
            pages.append(PatternPage(drawn, tuple(_lines(drawn, fonts)), names))
    return PatternFile(tuple(pages), fonts)


def _lines(drawn: bytes, fonts: Mapping[str, PatternFont]) -> Iterator[PatternLine]:
    name, size, base = "", 0.0, 0.0
    for found in _DRAWN.finditer(drawn):
        if found[1]:
            name, size = found[1].decode(), float(found[2])
            continue
        if found[3]:
            base = float(found[3])
            continue
        texts = fonts[name].texts
        codes = b"".join(_CODES.findall(found[4]))
        glyphs = [int(codes[at : at + 4], 16) for at in range(0, len(codes), 4)]
        text = "".join(texts.get(glyph, "\ufffd") for glyph in glyphs)
        yield PatternLine(*found.span(4), name, size, base, found[4], text)


def _widths(font: pikepdf.Object) -> Iterator[tuple[int, float]]:
    """Yield glyphs with their widths: each first one with those from it on (§9.7.4.3)."""
    inner = font["/DescendantFonts"][0]
    first = 0
    for part in inner.get("/W", ()):
        try:
            first = int(part)
        except TypeError:
            yield from ((first + step, float(width)) for step, width in enumerate(part))
