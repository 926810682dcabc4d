"""Lines of text as WeasyPrint draws them, the numbers of their glyphs read in one piece.

WeasyPrint 70 asks Pango for each number of each glyph on its own, and works out anew how the glyph
is written, though a text has the same few glyphs again and again. Here the numbers of a run are
read at once, and what is written for a glyph is kept with its font, as long as one file is drawn.

Only lines of plain glyphs are written here, to the byte as WeasyPrint would: what is raised,
missing or a picture is left to it, and so is a line that gets an ellipsis. Private names of
WeasyPrint are used here, and a structure of Pango; `test_glyph_runs.py` fails when one of them
changes.
"""

from __future__ import annotations

import struct
from functools import wraps
from typing import TYPE_CHECKING, Any

from hrcpub.pipeline.setting.glyph_texts import CODES_OF
from hrcpub.pipeline.typeset.replacing import put_in_place

if TYPE_CHECKING:
    from weasyprint.formatting_structure.boxes import TextBox
    from weasyprint.matrix import Matrix
    from weasyprint.pdf.fonts import Font
    from weasyprint.pdf.stream import Stream

    from hrcpub.pipeline.typeset.weasyprint_box import PangoRun

# What Pango knows of a glyph (`PangoGlyphInfo`): its number, how far the pen moves, where it is
# against the pen, across and up; and four bytes of no use here.
INFO = struct.Struct("=Iiii4x")
_TINY = 1e-6  # a size that WeasyPrint does not draw
SOUND_SIZES = 14802  # the version of Pango whose fonts know their sizes (its issue 530)

GlyphNumbers = tuple[int, int, int, int]  # the four numbers of a glyph, in units of Pango


class _OddGlyphError(Exception):
    """A glyph is missing in its font, or raised: WeasyPrint has to write its line."""


def write_runs() -> None:
    """Let WeasyPrint write lines of plain glyphs at once. Once for the process."""
    from weasyprint.draw import text as drawing
    from weasyprint.text.ffi import pango

    if pango.pango_version() < SOUND_SIZES:  # WeasyPrint knows a way around
        return
    draw, written = drawing.draw_first_line, _RunWriter().written

    @wraps(draw)
    def draw_first_line(
        stream: Stream, box: TextBox, text_overflow: str, block_ellipsis: object, matrix: Matrix
    ) -> list[Any]:
        is_whole = text_overflow != "ellipsis" and block_ellipsis == "none"
        runs = written(stream, box) if is_whole else None
        if runs is None:
            emojis: list[Any] = draw(stream, box, text_overflow, block_ellipsis, matrix)
            return emojis
        stream.set_text_matrix(*matrix.values)
        for font, size, glyphs in runs:
            stream.set_font_size(font.hash, size)
            stream.show_text(glyphs)
        return []

    drawing.draw_first_line = draw_first_line


def pass_spaces() -> None:
    """Let WeasyPrint draw white space without setting it again. Once for the process.

    Nothing of it is drawn, unless there is a line under it or over it: its operators only set the
    colour, and begin and end a text.
    """
    from weasyprint.draw import text as drawing

    draw = drawing.draw_text

    def draw_text(stream: Stream, box: TextBox, *rest: object) -> None:
        style = box.style
        if box.text.strip() or style["text_decoration_line"] != "none":
            draw(stream, box, *rest)
        elif style["visibility"] == "visible":
            stream.set_color(style["color"])
            stream.begin_text()
            stream.end_text()

    put_in_place(draw, draw_text)


class _RunWriter:
    """Reads what Pango has set, and words it for the operator TJ."""

    def __init__(self) -> None:
        from weasyprint.text.ffi import ffi, pango

        self._ffi, self._pango = ffi, pango

    def written(self, stream: Stream, box: TextBox) -> list[tuple[Font, float, str]] | None:
        """Return a line's glyphs, with their font and size; None for one that is not plain.

        Lines of nothing that is seen are none either: WeasyPrint leaves them out.
        """
        layout = box.pango_layout
        if not box.text.strip() or box.style["font_size"] < _TINY:
            return None
        self._pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        line, _ = layout.get_first_line()
        run, text, before = line.runs, layout.text.encode(), self._ffi.NULL
        shown: list[tuple[Font, float, str]] = []
        while run != self._ffi.NULL:
            data = run.data
            pango_font = data.item.analysis.font
            font, size = stream.add_font(pango_font)
            pieces = pieces_of(font, size)
            if pieces is None:
                return None
            pieces.asks = (pango_font, stream.ink_rect, stream.logical_rect)
            try:
                glyphs = self._glyphs(pieces, data, text)
            except _OddGlyphError:  # what is new is new to WeasyPrint, too
                pieces.new.clear()
                return None
            if pango_font == before:
                glyphs = shown.pop()[2] + glyphs
            shown.append((font, size, glyphs))
            run, before = run.next, pango_font
        return shown

    def _glyphs(self, pieces: Pieces, run: PangoRun, text: bytes) -> str:
        """Return the glyphs of a run as TJ shows them; `text` is that of its line."""
        count, infos = run.glyphs.num_glyphs, run.glyphs.glyphs
        read = self._ffi.buffer(infos, count * INFO.size)
        written = "<" + "".join(map(pieces.__getitem__, INFO.iter_unpack(read)))
        if pieces.new:
            numbers = [number for number, *_ in INFO.iter_unpack(read)]
            _say(pieces.new, numbers, pieces.font, run, text)
            pieces.new.clear()
        return written[:-1] if written.endswith("<") else written + ">"


def _say(new: list[int], numbers: list[int], font: Font, run: PangoRun, text: bytes) -> None:
    """Note what new glyphs of a run stand for: where they are first met, for ever."""
    item, clusters = run.item, run.glyphs.log_clusters
    step = -1 if item.analysis.level % 2 else 1
    for number in new:
        place = numbers.index(number)
        after = place + step
        end = clusters[after] if 0 <= after < len(numbers) else item.length
        letters = text[item.offset + clusters[place] : item.offset + end]
        font.to_unicode[number] = letters.decode()


def pieces_of(font: Font, size: float) -> Pieces | None:
    """Return what is written for the glyphs of a font; None if that is left to WeasyPrint.

    So it is where glyphs are pictures, or where a glyph's number may be the code of another.
    """
    kept: dict[float, Pieces] = vars(font).setdefault("hrcpub_pieces", {})
    if size not in kept:
        if font.bitmap or font.png or font.svg or font.colr:
            return None
        kept[size] = Pieces(font, size)
    codes = vars(font).get(CODES_OF)
    return None if codes is not None and codes.is_rewritten else kept[size]


class Pieces(dict[GlyphNumbers, str]):
    """What is written for each glyph of a font at a size, by how it is placed."""

    # Pango's font, and where it writes how large a glyph is; not the stream, which has the font.
    asks: tuple[object, Any, Any]

    def __init__(self, font: Font, size: float) -> None:
        from weasyprint.text.ffi import FROM_UNITS, pango

        super().__init__()
        self.font, self._size = font, size
        self.new: list[int] = []  # glyphs of the run that is drawn, which say nothing yet
        self._pango, self._unit, self._empty = pango, FROM_UNITS, pango.PANGO_GLYPH_EMPTY

    def __missing__(self, placed: GlyphNumbers) -> str:
        number, width, across, up = placed
        if number == self._empty:
            piece = f">{-width / self._size}<"
        elif up or number & self._pango.PANGO_GLYPH_UNKNOWN_FLAG:
            raise _OddGlyphError
        else:
            if number not in self.font.to_unicode and number not in self.new:
                self.new.append(number)
            offset = across / self._size
            kerning = self._width(number) + offset - width * 1000 * self._unit / self._size
            before = f">{-offset}<" if offset else ""
            after = f">{int(kerning)}<" if kerning else ""
            piece = f"{before}{number:04x}{after}"
        self[placed] = piece
        return piece

    def _width(self, number: int) -> int:
        """Return how wide a glyph is, in thousandths of the size at which it is first met."""
        widths: dict[int, int] = self.font.widths
        if number not in widths:
            pango_font, ink, logical = self.asks
            self._pango.pango_font_get_glyph_extents(pango_font, number, ink, logical)
            widths[number] = round(logical.width * 1000 * self._unit / self._size)
        return widths[number]
