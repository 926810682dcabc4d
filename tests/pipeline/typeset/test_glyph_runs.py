"""Lines of plain glyphs are written as WeasyPrint would; the others are left to it."""

from __future__ import annotations

import inspect
import itertools
from typing import Any

import pytest

from hrcpub.pipeline.setting.glyph_texts import CODES_OF
from hrcpub.pipeline.typeset import glyph_runs
from hrcpub.pipeline.typeset.engine import load
from tests.shared.boxes import own
from tests.shared.project import ROOT

CSS = """
    @page { size: 300pt 500pt; margin: 20pt }
    body { font: 10pt/12pt sans-serif } p { margin: 0 } .rtl { direction: rtl }
    .tracked { letter-spacing: 1pt; word-spacing: 2pt } .big { font-size: 31.7px }
    .caps { font-variant: small-caps; font-kerning: none } b { font-size: 13pt }
    .cut { white-space: nowrap; overflow: hidden; width: 50pt; text-overflow: ellipsis }
    .clamp { width: 60pt; block-ellipsis: auto; max-lines: 1; continue: discard }
    u { text-decoration: underline } .faint { opacity: .5 } .none { font-size: 0.0000001px }
"""
PLAIN = """
    <p>To AVA, “fluffy” offices — 12.5 %</p><p class=tracked>Tracked words</p>
    <p class=big>AVAToil <b>and bold</b> <u>lines</u></p><p class=caps>Capitals</p>
    <p class=rtl>שלום 12 words</p><p>Žluťoučký kůň, où, être, Ελλάς, Привет</p>
    <p>zero\u200bwidth\u200b, soft\u00adhyphens, no\u00a0break</p><div class=faint>In a group</div>
    <p>រឿង <b>AVA</b> AVA</p>
"""
ODD = """
    <p>Missing \U0001f600 here, and \u0489 there<p class=rtl>السَّلَامُ عَلَيْكُمْ
    <p>នាំមកនូវ<p lang=hi>क्षत्रिय हिंदी<p class=none>Tiny
    <p class=cut>Too many words for it<p class=clamp>Too many words for one line of it
"""


@pytest.fixture(scope="module")
def drawing() -> Any:
    load(ROOT)
    from weasyprint.draw import text

    return text


def theirs(drawing: Any) -> Any:
    return inspect.unwrap(drawing.draw_first_line)


def ours(drawing: Any) -> Any:
    """Return ours without what goes over its lines afterwards."""
    return drawing.draw_first_line.__wrapped__


def written(body: str, drawing: Any, draw: Any, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setattr(drawing, "draw_first_line", draw)
    page = load(ROOT).HTML(string=f"<html lang=en><title>Page</title><style>{CSS}</style>{body}")
    file: bytes = page.write_pdf(uncompressed_pdf=True)
    return file


@pytest.mark.parametrize("body", [PLAIN, ODD, PLAIN + ODD, ODD + PLAIN])
def test_pages_are_those_of_weasyprint(
    body: str, drawing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, stock = ours(drawing), theirs(drawing)
    assert mine is not stock
    pages = [written(body, drawing, draw, monkeypatch) for draw in (mine, stock)]
    assert pages[0] == pages[1]


def test_only_odd_lines_are_left_to_weasyprint(
    drawing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[str] = []
    mine = ours(drawing)
    cells = dict(zip(mine.__code__.co_freevars, mine.__closure__, strict=True))
    stock = cells["draw"].cell_contents

    def noted(stream: Any, box: Any, *rest: Any) -> Any:
        left.append(box.text.strip())
        return stock(stream, box, *rest)

    cells["draw"].cell_contents = noted
    try:
        written(PLAIN, drawing, mine, monkeypatch)
        assert not any(left)
        written(ODD, drawing, mine, monkeypatch)
    finally:
        cells["draw"].cell_contents = stock
    assert "Tiny" in left
    assert any(text.startswith("Missing") for text in left)
    assert any(text.startswith("Too many") for text in left)


def test_a_font_whose_codes_are_rewritten_is_left_to_weasyprint(drawing: Any) -> None:
    class Codes:
        is_rewritten = False

    class Font:
        bitmap = png = svg = colr = False

    font: Any = Font()
    vars(font)[CODES_OF] = Codes()
    assert glyph_runs.pieces_of(font, 9.0) is glyph_runs.pieces_of(font, 9.0) is not None
    vars(font)[CODES_OF].is_rewritten = True
    assert glyph_runs.pieces_of(font, 9.0) is None


def test_pango_knows_of_a_glyph_what_is_read() -> None:
    """Fails when Pango's structures, as WeasyPrint declares them, are others."""
    load(ROOT)
    from weasyprint.text.ffi import ffi

    assert ffi.sizeof("PangoGlyphInfo") == glyph_runs.INFO.size
    places = [ffi.offsetof("PangoGlyphInfo", "glyph")]
    geometry = ffi.offsetof("PangoGlyphInfo", "geometry")
    names = ("width", "x_offset", "y_offset")
    places += [geometry + ffi.offsetof("PangoGlyphGeometry", name) for name in names]
    assert places == [0, 4, 8, 12]
    assert {after - place for place, after in itertools.pairwise(places)} == {4}


def test_an_old_pango_is_left_to_weasyprint(drawing: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = drawing.draw_first_line
    monkeypatch.setattr(glyph_runs, "SOUND_SIZES", 10**9)
    glyph_runs.write_runs()
    assert drawing.draw_first_line is before


@pytest.mark.parametrize(
    "body",
    [
        "<p>Two <b>words</b> <i> </i> and <u> <s>more</s> </u> <span class=hid> </span>",
        "<p style='white-space: pre'>  Wide   <b>  </b>  <p style='color: red'>A <b> </b>",
        "<ul><li>One <li><span> </span></ul><p>A<span style='text-decoration: underline'> </span>B",
    ],
)
def test_white_space_is_passed_as_weasyprint_draws_it(
    body: str, drawing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import weasyprint.draw as drawn

    style = "<style>.hid { visibility: hidden } b { color: blue }</style>"
    passing = drawn.draw_text
    assert passing.__module__ == glyph_runs.__name__
    theirs = own(passing, "draw")
    pages, left = [], list[str]()

    def noted(stream: Any, box: Any, *rest: Any) -> None:
        left.append(box.text)
        theirs(stream, box, *rest)

    for draw in (passing, noted):
        monkeypatch.setattr(drawn, "draw_text", draw)
        pages.append(written(style + body, drawing, drawing.draw_first_line, monkeypatch))
    assert pages[0] == pages[1]
    assert any(not text.strip() for text in left)
