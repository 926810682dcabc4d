"""Lines as WeasyPrint draws them, to lines whose codes say what was typed.

WeasyPrint 70 writes a glyph's number as its code, and takes the first text that the glyph is met in
for its text for ever (its issue 2841): of Hindi 40 % of words are copied right, of Khmer 8 %. Here
its operators are gone over after each line: glyphs that say something else get other codes, and
lines with marks have their text beside them (`setting/glyph_texts.py` says why). All else stays as
it was, to the byte. `prepress/text_layer.py` writes the fonts' side of it.

Private names of WeasyPrint are used here; `test_coded_text.py` fails when one of them changes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cached_property, wraps
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.patterns import pattern
from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.setting.glyph_texts import (
    CODES_OF,
    NO_CODES,
    GlyphCodes,
    actual_text,
    glyph_texts,
    needs_spelling,
)
from hrcpub.pipeline.typeset.kept_lines import set_anew

if TYPE_CHECKING:
    from weasyprint.formatting_structure.boxes import TextBox
    from weasyprint.pdf.fonts import Font
    from weasyprint.pdf.stream import Stream

_HYPHENATED = pattern("\u00ad?\u2010$")  # what WeasyPrint sets at a line's end
_SHOWN = pattern(rb"<([0-9a-f]+)>")
_EM_SPACE = 0x2003
_BACK = 100  # thousandths of the size: certainly before the end of a line
# What has a glyph of its own in every font: lines of nothing else are right as WeasyPrint has them.
_PLAIN = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0\u00b7–—‘’“”•…"
_ALL_PLAIN = frozenset(_PLAIN)


def code_texts() -> None:
    """Let WeasyPrint write codes that say what was typed. Once for the process."""
    from weasyprint.draw import text as drawing

    draw = drawing.draw_first_line

    @wraps(draw)
    def _drawn(stream: Stream, box: TextBox, *place: object) -> object:
        if place[0] == "ellipsis" or place[1] != "none":
            set_anew(box.pango_layout, box.style)
        start = len(stream.stream)
        emojis = draw(stream, box, *place)
        is_as_drawn = _is_plain(box.text) and not _has_silent_codes(stream)
        if not is_as_drawn and len(stream.stream) > start:
            glyphs = list(_glyphs(stream, box))
            is_spelt = needs_spelling(box.text, [glyph.cluster for glyph in glyphs])
            _write_codes(stream, start, glyphs, is_spelt=is_spelt)
            if is_spelt:
                _spell_out(stream, start, _HYPHENATED.sub("\u00ad", box.text))
        return emojis

    drawing.draw_first_line = _drawn


def _is_plain(text: str) -> bool:
    return text.isascii() or _ALL_PLAIN.issuperset(text)


class _Glyph(NamedTuple):
    """A glyph of a line, in the order in which WeasyPrint draws them."""

    font: Font
    number: int
    text: str  # what it says
    cluster: int  # where in the line's text its letters begin
    is_right_to_left: bool
    is_raised: bool  # drawn above or below the baseline
    offset: int  # how far to the right of the pen it is drawn, in thousandths of the size


def _glyphs(stream: Stream, box: TextBox) -> Iterator[_Glyph]:
    """Yield the glyphs of a line that has just been drawn, from left to right."""
    from weasyprint.text.ffi import ffi, pango

    line, _ = box.pango_layout.get_first_line()
    written = box.pango_layout.text.encode()
    run = line.runs[0]
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        font, size = stream.add_font(item.analysis.font)
        before = len(written[: item.offset].decode())
        text = written[item.offset : item.offset + item.length].decode()
        places = _letter_places(text)
        drawn = [
            (info.glyph, places[glyphs.log_clusters[place]], info.geometry)
            for place, info in enumerate(glyphs.glyphs[0 : glyphs.num_glyphs])
            if info.glyph != pango.PANGO_GLYPH_EMPTY
        ]
        is_back = bool(item.analysis.level % 2)
        said = glyph_texts(text, [cluster for _, cluster, _ in drawn], is_right_to_left=is_back)
        for (number, cluster, pen), words in zip(drawn, said, strict=True):
            if number & pango.PANGO_GLYPH_UNKNOWN_FLAG:  # a letter that no font has
                number = font.missing[number - pango.PANGO_GLYPH_UNKNOWN_FLAG]
                words = font.to_unicode[number]
            yield _Glyph(
                font,
                number,
                words,
                before + cluster,
                is_back,
                pen.y_offset != 0,
                round(pen.x_offset / size),
            )
        run = run.next


def _letter_places(text: str) -> dict[int, int]:
    """Return which letter begins at a byte."""
    places, at = {}, 0
    for index, letter in enumerate(text):
        places[at] = index
        at += len(letter.encode())
    return places


def _write_codes(stream: Stream, start: int, glyphs: list[_Glyph], *, is_spelt: bool) -> None:
    """Replace the numbers of glyphs by their codes, in the operators from `start` on.

    `is_spelt`: the line has its text beside it.
    """
    if any(glyph.font.bitmap for glyph in glyphs):  # their codes have one byte
        return
    codes = list(_held_together(glyphs) if is_spelt else _written(glyphs))
    is_other = codes != [b"%04x" % glyph.number for glyph in glyphs]
    left = iter(codes)
    for place, item in enumerate(stream.stream[start:], start):
        if isinstance(item, bytes) and item.endswith(b" TJ"):
            if is_other:
                item = _SHOWN.sub(
                    lambda shown: b"<%b>" % b"".join(next(left) for _ in shown[1][::4]), item
                )
            # PDFium 159 leaves the last move of an array out that has an empty string in it: what
            # follows a mark from right to left would stand half a letter off.
            stream.stream[place] = item.replace(b"<>", b" ")


def _written(glyphs: list[_Glyph]) -> Iterator[bytes]:
    """Yield what is written for each glyph.

    Why marks that run from right to left say nothing where they are drawn: above the line, readers
    look for another line. Their letters come before the next glyph on the line, their own letter's.
    """
    waiting = ""  # letters, from left to right
    for place, glyph in enumerate(glyphs):
        codes = _codes(glyph.font)
        is_apart = _is_mark(glyph) and _is_followed(glyphs, place)
        if is_apart and (quiet := codes.quiet(glyph)):
            waiting += glyph.text[::-1]
            yield quiet
            continue
        written = codes.written(glyph)
        if waiting and not glyph.is_raised:
            written, waiting = codes.aside(waiting) + written, ""
        yield written


def _held_together(glyphs: list[_Glyph]) -> Iterator[bytes]:
    """Yield what is written for each glyph of a line that has its text beside it.

    Why: PDFium sorts strings by where they begin, and reads the text beside them again when those
    of the next line are between them. A mark may begin past the end of its line.
    """
    was_raised = False
    for glyph in glyphs:
        codes = _codes(glyph.font)
        written = codes.written(glyph)
        begins = glyph.is_raised or was_raised  # a string of its own
        yield codes.held_back(glyph, written) if begins else written
        was_raised = glyph.is_raised


def _is_mark(glyph: _Glyph) -> bool:
    """Return whether a glyph is a mark above or below the line."""
    return glyph.is_raised and bool(unicodedata.combining(glyph.text[:1] or " "))


def _is_followed(glyphs: list[_Glyph], place: int) -> bool:
    """Return whether the letter of a mark, after it and others, is on the line, in its font."""
    font = glyphs[place].font
    for glyph in glyphs[place:]:
        if not glyph.is_right_to_left or glyph.font is not font:
            return False
        if not _is_mark(glyph):
            return not glyph.is_raised
    return False


def _has_silent_codes(stream: Stream) -> bool:
    """Return whether the numbers of some glyphs are codes of others."""
    fonts = stream._fonts.values()  # noqa: SLF001
    known = (getattr(font, CODES_OF, None) for font in fonts)
    return any(codes is not None and codes.is_rewritten for codes in known)


def _spell_out(stream: Stream, start: int, text: str) -> None:
    """Write the text of a line beside its operators, which begin at `start`."""
    mark = _tag_around(stream)
    if mark is not None:
        # Not a mark of its own: poppler takes the end of that for the tag's.
        mark["ActualText"] = actual_text(text)
        return
    line = stream.stream[start:]
    del stream.stream[start:]
    stream.begin_marked_content("Span", b"<</ActualText %b>>" % actual_text(text))
    stream.stream += line
    stream.end_marked_content()


def _tag_around(stream: Stream) -> dict[str, object] | None:
    """Return the properties of the tag that a text is drawn in, None in a file without tags."""
    closed = 0
    for place in range(len(stream.stream) - 1, 0, -1):
        item = stream.stream[place]
        if item == b"EMC":
            closed += 1
        elif item in (b"BMC", b"BDC") and closed:
            closed -= 1
        elif item == b"BDC":
            mark = stream.stream[place - 1]
            return mark if isinstance(mark, dict) and "MCID" in mark else None
    return None


class _FontCodes(GlyphCodes):
    """The codes of a font, where WeasyPrint has said first what its glyphs say."""

    def __init__(self, font: Font) -> None:
        # A map from codes to glyphs is for TrueType alone; in others a glyph says one thing.
        self._is_mapped = font.type == "ttf"
        super().__init__(font.glyph_count if self._is_mapped else NO_CODES, font.to_unicode)
        self._widths: dict[int, int] = font.widths
        self._face = Face(font.file_content)
        # Of two that share a glyph the first names it.
        glyphs = {self._face.glyph_of(ord(letter)): letter for letter in reversed(_PLAIN)}
        self._letters = {glyph: letter for glyph, letter in glyphs.items() if glyph}
        self._known: set[int] = set()

    @property
    def is_rewritten(self) -> bool:
        """Whether the numbers of some glyphs are codes of others."""
        return bool(self._silent)

    def code(self, glyph: int, text: str) -> int:
        if glyph not in self._known and glyph not in self.others:
            self._known.add(glyph)
            self._settle(glyph, text)
        code = super().code(glyph, text)
        self._keep(glyph)
        self._widths[code] = self._width(glyph)
        return code

    def _keep(self, glyph: int, text: str = "") -> None:
        """Keep a glyph in the font: WeasyPrint cuts those whose own number says nothing at all."""
        if glyph not in self.others:
            self.texts.setdefault(glyph, text)
            self._widths.setdefault(glyph, self._width(glyph))

    def _width(self, glyph: int) -> int:
        """Return how wide a glyph is, in thousandths."""
        if glyph in self._widths and glyph not in self.others:
            return self._widths[glyph]
        width: float = 1000 * self._face.scale * self._face.glyph_width(glyph)
        return round(width)

    def _settle(self, glyph: int, text: str) -> None:
        """Say what a glyph's own number stands for.

        Why not what WeasyPrint says: of a cluster that is the whole text, for its first glyph. But
        it may come from a line of plain letters, which are not gone over.
        """
        if glyph in self._letters:
            self.texts[glyph] = self._letters[glyph]
        elif not (said := self.texts.get(glyph)) or not _is_plain(said):
            self.texts[glyph] = text

    def written(self, glyph: _Glyph) -> bytes:
        """Return a glyph's code, as it is written inside of a string of TJ.

        Why several from right to left: readers turn round what a code says there, lam-alef becomes
        alef-lam. So each letter has a code of its own, with spaces that take no place for all but
        the first, and a tenth of the glyph apart, since readers drop a letter that is drawn twice.
        """
        number = glyph.number
        # WeasyPrint took it to be as wide as the glyph whose code its number is now.
        amends = self._width(number) - self._widths.get(number, 0)
        after = b">%d<" % amends if amends else b""
        others = glyph.text[1:]
        if not others or not glyph.is_right_to_left or self._blank is None:
            return b"%04x" % self.code(number, glyph.text) + after
        ahead = self.aside(others[::-1], self._width(number) // 10)
        return ahead + b"%04x" % self.code(number, glyph.text[0]) + after

    def aside(self, letters: str, step: int = 0) -> bytes:
        """Return spaces that take no place and say letters, each a `step` after the one before."""
        if self._blank is None:
            return b""
        spaces = [b"%04x" % self.code(self._blank, letter) for letter in letters]
        width, last = self._width(self._blank), len(spaces) - 1
        between = b">%d<" % (width - step)
        return between.join(spaces) + b">%d<" % (width + step * last)

    def held_back(self, glyph: _Glyph, written: bytes) -> bytes:
        """Return what is written for a glyph, with a space before it, where it would begin late."""
        if self._blank is None or self._width(glyph.number) > glyph.offset + _BACK:
            return written
        over = glyph.offset + _BACK
        space = b">%d<%04x" % (over, self.code(self._blank, ""))
        return space + b">%d<" % (self._width(self._blank) - over) + written

    def quiet(self, glyph: _Glyph) -> bytes | None:
        """Return what is written for a mark above the line that is to say nothing.

        PDFium takes what is higher by half of its first letter's width, or by that of the last
        letter before, for another line. So wide spaces are before and after it, where the pen is.
        """
        wide = self._face.glyph_of(_EM_SPACE) or self._blank
        if wide is None or self._blank is None:
            return None
        self._keep(wide, chr(_EM_SPACE))
        self._keep(glyph.number)
        space, mark = self.silent(wide), self.silent(glyph.number)
        if space is None or mark is None:
            return None
        width = self._widths[space] = self._width(wide)
        self._widths[mark] = self._width(glyph.number)
        over, past = glyph.offset, glyph.offset + self._widths[mark]
        there = b">%d<%04x>%d<%04x" % (over, space, width - over, mark)
        return there + b">%d<%04x>%d<" % (past, space, width - past)

    @cached_property
    def _blank(self) -> int | None:
        """The glyph of a space; None in a font that has none, or whose codes are all given."""
        return self._face.glyph_of(ord(" ")) if self._is_mapped else None


def _codes(font: Font) -> _FontCodes:
    """Return the codes of a font; they are kept with it."""
    codes: _FontCodes | None = getattr(font, CODES_OF, None)
    if codes is None:
        codes = _FontCodes(font)
        setattr(font, CODES_OF, codes)
    return codes
