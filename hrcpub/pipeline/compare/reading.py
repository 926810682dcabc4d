"""A file's bytes to its pages: their words in the order of reading, and their pictures in bands.

Both files of a comparison are read by the same PDFium, so what it does oddly it does twice.
"""

from __future__ import annotations

import contextlib
import ctypes
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.pipeline.compare.records import LookBox, PlacedWord
from hrcpub.problems import HrcpubError, Problem

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

# At 144 dpi half a point is a pixel: `python -m benchmarks comparing` has what is found and what
# is not, at this resolution and at 200 dpi, which takes twice the time.
RESOLUTION = 144  # dpi
LARGEST = 60_000_000  # pixels of a page: larger ones are looked at less closely
BAND = 4_000_000  # pixels that are in memory at a time, of each file

# What PDFium gives for a hyphen at a line's end, typed or not: the word goes on in the next line.
_BROKEN = "\x02\u00ad\ufffe\uffff"
_HYPHENS = "-\u2010"
_UNSEEN = frozenset({"Cf", "Cc"})  # marks of direction, joiners: no letters of a word


class SeenSize(NamedTuple):
    """How large a page is, as it is shown; points."""

    width: float
    height: float


class ReadFile:
    """An open file."""

    def __init__(self, document: PdfDocument) -> None:
        """Take PDFium's document."""
        self._document = document

    def __len__(self) -> int:
        """Return how many pages it has."""
        return len(self._document)

    def area(self, number: int) -> SeenSize:
        """Return how large a page is."""
        return SeenSize(*self._document.get_page_size(number - 1))

    def text(self, number: int) -> str:
        """Return what is read on a page."""
        with self._text_page(number) as (_, text_page):
            read: str = text_page.get_text_range()
            return read

    def words(self, number: int) -> tuple[PlacedWord, ...]:
        """Return a page's words, with their places."""
        with self._text_page(number) as (page, text_page):
            return tuple(_words(page, text_page, number))

    def bands(self, number: int, scale: float) -> Iterator[tuple[int, Image]]:
        """Yield a page's picture in bands from its head: the first row's number, and the band.

        Each has the last row of the one before it and the first of the next one at its edges.
        """
        page = self._document[number - 1]
        try:
            width, height = page.get_size()
            high = max(1, round(height * scale))
            rows = max(16, int(BAND / max(1, width * scale)))
            for top in range(0, high, rows):
                first, last = max(0, top - 1), min(high, top + rows + 1)
                crop = (0, max(0.0, height - last / scale), 0, first / scale)
                bitmap = page.render(scale=scale, crop=crop, rev_byteorder=True)
                yield first, bitmap.to_pil()
        finally:
            page.close()

    @contextlib.contextmanager
    def _text_page(self, number: int) -> Iterator[tuple[PdfPage, PdfTextPage]]:
        page = self._document[number - 1]
        text_page = page.get_textpage()
        try:
            yield page, text_page
        finally:
            text_page.close()
            page.close()


@contextlib.contextmanager
def opened(data: bytes, name: str) -> Iterator[ReadFile]:
    """Open a file; raise HrcpubError where it cannot be read. `name` is how messages call it."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise HrcpubError(not_comparable(name, str(error))) from None
    try:
        if document.get_formtype() == pypdfium2.raw.FORMTYPE_ACRO_FORM:
            document.init_forms()  # else what was filled in is not drawn
        yield ReadFile(document)
    finally:
        document.close()


def scale_of(area: SeenSize) -> float:
    """Return how many pixels are looked at for a point of a page."""
    scale = RESOLUTION / 72
    pixels = area.width * area.height * scale**2
    return scale if pixels <= LARGEST else scale * (LARGEST / pixels) ** 0.5


class _ReadLetter(NamedTuple):
    text: str
    box: LookBox


class _Lines:
    """Puts characters together to words, line by line."""

    def __init__(self, number: int) -> None:
        self.lines: list[list[PlacedWord]] = [[]]
        self._number = number  # the page's
        self._letters: list[_ReadLetter] = []
        self._hyphen: _ReadLetter | None = None  # at the end of a line: the word may go on
        self._is_broken = self._is_close = False
        self._joined = 0  # letters of the first line, of a word of two; 0: it is of one

    def add(self, letter: _ReadLetter) -> None:
        """Take the next character."""
        text = letter.text
        if text in _BROKEN:
            self._is_broken = bool(self._letters)
        elif text.isspace():
            self._space(is_new=text in "\r\n")
        elif unicodedata.category(text) not in _UNSEEN:
            self._go_on(letter)

    def _space(self, *, is_new: bool) -> None:
        if is_new and (self._is_broken or self._hyphen):
            return
        if is_new and self._ends_in_hyphen():
            self._hyphen = self._letters.pop()
            return
        self.end()
        if is_new and self.lines[-1]:
            self.lines.append([])

    def _ends_in_hyphen(self) -> bool:
        letters = [letter.text for letter in self._letters[-2:]]
        return len(letters) == 2 and letters[1] in _HYPHENS and letters[0].isalpha()

    def _go_on(self, letter: _ReadLetter) -> None:
        if self._hyphen and not letter.text.isalpha():
            self.end()
            self.lines.append([])
        if self._is_broken or self._hyphen:
            self._joined = self._joined or len(self._letters)
        self._is_broken, self._hyphen = False, None
        if not _stands_alone(letter.text):
            self._letters.append(letter)
            return
        self.end(is_close=bool(self._letters) or self._is_close)
        self._letters.append(letter)
        self.end(is_close=True)

    def end(self, *, is_close: bool = False) -> None:
        """End a word; `is_close`: the next one stands at it without a space."""
        if self._hyphen:
            self._letters.append(self._hyphen)
            self._hyphen = None
        if self._letters:
            text = unicodedata.normalize("NFC", "".join(letter.text for letter in self._letters))
            shown = self._letters[: self._joined or None]  # else it lies over both lines
            box = _around([letter.box for letter in shown])
            flags = {"is_joined": bool(self._joined), "is_close": self._is_close}
            line = len(self.lines) - 1
            self.lines[-1].append(PlacedWord(text, self._number, box, line, **flags))
            self._letters.clear()
        self._is_broken, self._joined, self._is_close = False, 0, is_close


def _words(page: PdfPage, text_page: PdfTextPage, number: int) -> Iterator[PlacedWord]:
    """Yield a page's words, line by line, and which lines stand together."""
    lines = _Lines(number)
    for letter in _letters(text_page, page.get_height()):
        lines.add(letter)
    lines.end()
    yield from _in_blocks([line for line in lines.lines if line])


def _letters(text_page: PdfTextPage, height: float) -> Iterator[_ReadLetter]:
    """Yield a page's characters with their boxes, from the head downwards."""
    from pypdfium2 import raw

    left, right, foot, top = (ctypes.c_double() for _ in range(4))
    x, y = _origin(text_page)
    for index in range(raw.FPDFText_CountChars(text_page)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        raw.FPDFText_GetCharBox(text_page, index, left, right, foot, top)
        box = (left.value - x, height - top.value + y, right.value - x, height - foot.value + y)
        # Halves of a surrogate pair come one by one where PDFium gives UTF-16.
        yield _ReadLetter(chr(code) if code < 0x110000 else "\ufffd", box)


def _origin(text_page: PdfTextPage) -> tuple[float, float]:
    """Return where the lower left corner of the page as it is shown lies."""
    left, foot, _, _ = text_page.page.get_cropbox()
    return left, foot


def _stands_alone(character: str) -> bool:
    """Return whether a sign is compared by itself: scripts of East Asia set no spaces."""
    code = ord(character)
    return (
        0x3040 <= code <= 0x30FF
        or 0x3400 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
    )


def _around(boxes: list[LookBox]) -> LookBox:
    lefts, tops, rights, feet = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(feet)


def _in_blocks(lines: list[list[PlacedWord]]) -> Iterator[PlacedWord]:
    """Yield the words of lines, each with the number of its line and of its block."""
    block, last = 0, None
    for number, line in enumerate(lines):
        box = _around([word.box for word in line])
        if last is not None and not _stand_together(last, box):
            block += 1
        last = box
        for word in line:
            yield word._replace(line=number, is_whole_line=len(line) == 1, block=block)


def _stand_together(upper: LookBox, lower: LookBox) -> bool:
    """Return whether a line follows another one in the same block of words."""
    high, higher = upper[3] - upper[1], lower[3] - lower[1]
    size = max(min(high, higher), 0.1)
    is_under = -size < lower[1] - upper[3] < size
    is_beside = lower[0] < upper[2] + size and upper[0] < lower[2] + size
    return is_under and is_beside and max(high, higher) < 2.5 * size


def not_comparable(name: str, said: str) -> Problem:
    """A file cannot be compared: it is damaged, locked by a password, or no PDF.

    Fix: open it in a PDF reader. If that cannot show it either, make the file again or ask for a
    new copy. If it asks for a password, save a copy without one.
    """
    return Problem(
        "not-comparable",
        f"{name} cannot be read: {said}",
        None,
        "make it again, or save a copy without a password",
    )


CODES = {"not-comparable": not_comparable}
