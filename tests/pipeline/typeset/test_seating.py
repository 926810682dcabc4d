"""A font's place in a line box, read back by fontTools and HarfBuzz."""

from __future__ import annotations

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.typeset.seating import seated
from tests.shared.project import ROOT

DATA = (ROOT / "fonts/vazirmatn/Vazirmatn-Medium.ttf").read_bytes()


def test_a_font_gets_the_ascent_and_descent_of_an_address() -> None:
    data = seated(DATA, "ascent=0.966&descent=0.246")
    face = Face(data)
    assert face.ascent == pytest.approx(0.966, abs=0.001)
    assert face.descent == pytest.approx(0.246, abs=0.001)
    font = TTFont(BytesIO(data))
    assert font["OS/2"].sTypoAscender == font["hhea"].ascent == font["OS/2"].usWinAscent
    assert font["hhea"].lineGap == font["OS/2"].sTypoLineGap == 0
    assert font.getGlyphOrder() == TTFont(BytesIO(DATA)).getGlyphOrder()


@pytest.mark.parametrize(
    ("data", "query"),
    [
        (DATA, "width=3"),
        (DATA, "ascent=x&descent=1"),
        (b"", "ascent=1&descent=1"),
        (b"no font at all", "ascent=1&descent=1"),
        (DATA[:40], "ascent=1&descent=1"),
    ],
)
def test_what_is_no_such_font_stays_as_it_is(data: bytes, query: str) -> None:
    assert seated(data, query) == data
