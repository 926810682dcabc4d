"""A line of text as a path, against fontTools' drawing of its glyphs."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.setting.outline import outline
from tests.shared.project import ROOT

ANTON = ROOT / "fonts/anton/Anton-Regular.ttf"
KHMER = ROOT / "fonts/koulen/Koulen-Regular.ttf"


class WritingPen(BasePen):  # type: ignore[misc]
    """Writes a glyph at a place as operators; fontTools makes its curves cubic."""

    def __init__(self, glyphs: Any, x: float, y: float, unit: float) -> None:
        super().__init__(glyphs)
        self.at, self.unit, self.said = (x, y), unit, list[str]()

    def say(self, operator: str, *points: tuple[float, float]) -> None:
        (x, y), unit = self.at, self.unit
        numbers = [n for a, b in points for n in (round(a * unit + x), round(b * unit + y))]
        self.said.append(" ".join([*map(str, numbers), operator]))

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self.start = pt
        self.say("m", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self.say("l", pt)

    def _curveToOne(self, *points: tuple[float, float]) -> None:
        self.say("c", *points)

    def _closePath(self) -> None:
        if self._getCurrentPoint() != self.start:  # HarfBuzz draws back to it, too
            self.say("l", self.start)
        self.said.append("h")


def drawn(text: str, *files: bytes) -> str:
    """Return the path of a text as fontTools draws each of its glyphs anew."""
    face, said = Face(*files), list[str]()
    fonts = [TTFont(BytesIO(file)) for file in files]
    for glyph in face.shaped(text):
        glyphs = fonts[glyph.font].getGlyphSet()
        unit = face.fonts[glyph.font].scale / face.scale
        pen = WritingPen(glyphs, glyph.x, glyph.y, unit)
        glyphs[fonts[glyph.font].getGlyphName(glyph.number)].draw(pen)
        said += pen.said
    return " ".join([*said, "f"])


@pytest.mark.parametrize("text", ["", " ", "I I", "AVAVA", "side 1 of 2  ·", "Sooß ÅÅ", "Aក្រុA"])
def test_a_text_is_drawn_glyph_by_glyph_in_its_place(text: str) -> None:
    files = (ANTON.read_bytes(), KHMER.read_bytes())
    assert outline(text, Face(*files)).path == drawn(text, *files)


def test_a_text_is_the_same_whatever_its_face_drew_before() -> None:
    face = Face(ANTON.read_bytes(), KHMER.read_bytes())
    texts = ["Cyan", "yaCn·", "ក្រុង", "Cyan ក្រុង"]
    again = [outline(text, face) for text in [*texts, *reversed(texts)]]
    alone = [outline(text, Face(ANTON.read_bytes(), KHMER.read_bytes())) for text in texts]
    assert again == [*alone, *reversed(alone)]
