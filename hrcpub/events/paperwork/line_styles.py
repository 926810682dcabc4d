"""Lines of one kind to what sets others as they are: the face, the size, and where they end.

All of that is found in lines that WeasyPrint has set, and followed only where they come out here as
they are there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from hrcpub.events.shells import PatternFile, PatternLine
from hrcpub.patterns import pattern
from hrcpub.pipeline.setting import DISPLAY_FEATURES, Face, ShownLine, ShownLines

NARROW = "i"  # the narrowest word
# Words that have no place for a line's end in them (UAX 14).
_WHOLE = pattern(r"[\w.,'’&()#:]+( [\w.,'’&()#:]+)*")
_FEATURES: tuple[dict[str, bool], ...] = (
    {"tnum": True},
    {"tnum": True, **DISPLAY_FEATURES},
    {},
    dict(DISPLAY_FEATURES),
)


class PlacedLine(NamedTuple):
    """A line as it is written, and how far it reaches above and below its base, in CSS pixels."""

    shown: bytes
    width: float
    high: float
    deep: float


class LineStyle:
    """Lines of one kind: the face, the size and the features that they are set in."""

    def __init__(
        self,
        found: PatternFile,
        faces: Sequence[Face],
        long: Sequence[PatternLine],
        alike: Sequence[Sequence[PatternLine]],
    ) -> None:
        """Find how texts are set that are `alike`, of which one is `long`.

        Raises ValueError where that is not found.
        """
        lines = [line for text in alike for line in text]
        ((self.font, self.size),) = {(line.font, line.size) for line in lines}
        self._texts = found.fonts[self.font].texts
        self._face, self._set = self._found(lines, found, faces)
        self._known: dict[str, ShownLine | None] = {}
        self._fits = max(self._made(line.text).width for line in long)
        self._breaks = min(
            self._made(f"{first.text} {second.text.partition(' ')[0]}").width
            for first, second in pairwise(long)
        )

    def _found(
        self, lines: Sequence[PatternLine], found: PatternFile, faces: Sequence[Face]
    ) -> tuple[Face, ShownLines]:
        """Return what sets lines as they are: byte for byte."""
        widths = found.fonts[self.font].widths
        for face in faces:
            for features in _FEATURES:
                known = ShownLines(face, self.size, features, widths)
                if all(
                    (made := known.line(line.text)) and made.shown == line.shown for line in lines
                ):
                    return face, known
        raise ValueError("no face sets lines as they are")

    def _made(self, text: str) -> ShownLine:
        line = self._set.line(text)
        if line is None:
            raise ValueError(f"{text!r} cannot be set")
        return line

    @cached_property
    def words(self) -> tuple[str, str]:
        """Two words of which a line has room for one, and not for two: a short and a full one."""
        count = 1
        while self._made(" ".join([NARROW * count] * 2)).width < self._breaks:
            count += 1
        return NARROW * count, self.full("")

    def full(self, before: str) -> str:
        """Return the longest word that a line has room for after other letters.

        Where such a line is not set in one, others of its kind have more room than it has.
        """
        count = 1
        while self._made(f"{before}{NARROW * (count + 1)}").width <= self._fits:
            count += 1
        return NARROW * count

    def whole(self, text: str) -> PlacedLine | None:
        """Return a text in one line; None where it is better typeset."""
        line = self._line(text)
        return self._placed(line) if line and line.width <= self._fits else None

    def broken(self, text: str) -> list[PlacedLine] | None:
        """Return a text in as many lines as it takes; None where it is better typeset."""
        if (line := self.whole(text)) is not None:
            return [line]
        # A first line may have less room than others.
        if self._fits >= self._breaks or not _WHOLE.fullmatch(text):
            return None
        texts = [""]
        for word in text.split():
            longer = f"{texts[-1]} {word}".lstrip()
            known = self._line(longer)
            if known is None or self._fits < known.width < self._breaks:
                return None
            if known.width <= self._fits:
                texts[-1] = longer
            else:
                texts.append(word)
        lines = [line for text in texts if (line := self.whole(text))]
        return lines if len(lines) == len(texts) else None

    def _line(self, text: str) -> ShownLine | None:
        """Return a line as it is written; None unless its glyphs say it, letter by letter."""
        if text not in self._known:
            self._known[text] = self._read(text)
        return self._known[text]

    def _read(self, text: str) -> ShownLine | None:
        if not text or text != " ".join(text.split()):
            return None
        line = self._set.line(text)
        if line is None or "".join(self._texts.get(glyph, "") for glyph in line.glyphs) != text:
            return None
        return line

    def _placed(self, line: ShownLine) -> PlacedLine:
        font = self._face.fonts[0]
        boxes = [box for glyph in set(line.glyphs) if (box := font.extents(glyph))]
        unit = self.size * font.scale
        high = max((top for _, top, _, _ in boxes), default=0.0)
        deep = max((-top - height for _, top, _, height in boxes), default=0.0)
        return PlacedLine(line.shown, line.width, high * unit, deep * unit)
