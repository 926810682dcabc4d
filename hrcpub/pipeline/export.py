"""A page of a finished PDF to a picture for messages and posts, and to its words for alt text.

Pictures are sRGB and say so. The words come from the page's tags, in the order in which a screen
reader says them: who cannot see the picture gets all of it.
"""

from __future__ import annotations

import ctypes
import functools
import io
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.problems import HrcpubError, Problem
from hrcpub.records import record

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage

    Buffer = ctypes.Array[ctypes.c_char]

HIGHEST = 16383  # pixels: what WebP can hold

# Elements that stand within a line (ISO 32000-2 §14.8.4.7); all others have lines of their own.
_INLINE = {
    "Span", "Link", "Em", "Strong", "Quote", "Code", "Lbl", "LBody", "Reference", "Annot",
    "NonStruct",
}  # fmt: skip


@record
class PictureFormat:
    """A kind of picture file."""

    name: str  # Pillow's
    suffix: str
    options: Mapping[str, int | bool]


# Large flat areas beside fine type: JPEG keeps its edges clean from quality 90 on, without
# reducing the colours' resolution; WebP and PNG lose nothing.
FORMATS = {
    "png": PictureFormat("PNG", "png", {"optimize": True}),
    "jpeg": PictureFormat("JPEG", "jpg", {"quality": 90, "subsampling": 0, "optimize": True}),
    "webp": PictureFormat("WEBP", "webp", {"lossless": True, "method": 4}),
}


class ExportedPage(NamedTuple):
    """A page as a picture, with what it says."""

    number: int  # from 1
    picture: bytes
    size: tuple[int, int]  # pixels
    words: str


def export(pdf: bytes, numbers: tuple[int, ...], kind: str, width: int) -> Iterator[ExportedPage]:
    """Yield pages of a PDF as pictures `width` pixels wide; no numbers: all its pages.

    Raises HrcpubError for a page that it does not have.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        count = len(document)
        absent = [number for number in numbers if number > count]
        if absent:
            raise HrcpubError(*(no_page(number, count) for number in absent))
        for number in numbers or range(1, count + 1):
            yield _exported(document, number, FORMATS[kind], width)
    finally:
        document.close()


def _exported(document: PdfDocument, number: int, kind: PictureFormat, width: int) -> ExportedPage:
    page = document[number - 1]
    scale = min(width / page.get_width(), HIGHEST / page.get_height())
    drawn: Image = page.render(scale=scale).to_pil()
    file = io.BytesIO()
    drawn.save(file, kind.name, icc_profile=_srgb(), **kind.options)
    return ExportedPage(number, file.getvalue(), drawn.size, "\n".join(_lines(page)) + "\n")


@functools.cache
def _srgb() -> bytes:
    """Return the profile of sRGB, of no date: the same picture has the same bytes on any day."""
    from PIL import ImageCms

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # 2000-01-01 (ICC.1 §7.2.8)
    profile[84:100] = bytes(16)  # an identifier made with the date
    return bytes(profile)


def _lines(page: PdfPage) -> Iterator[str]:
    """Yield what a page says: a line for each paragraph, heading, entry and picture."""
    from pypdfium2 import raw

    saying = _Saying(_texts(page))
    tree = raw.FPDF_StructTree_GetForPage(page)
    try:
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            saying.walk(raw.FPDF_StructTree_GetChildAtIndex(tree, index))
    finally:
        raw.FPDF_StructTree_Close(tree)
    for line in "".join(saying.parts).split("\n"):
        if words := " ".join(line.replace("\u00ad", "").split()):
            yield words


_LABEL_ENDS = " "


class _Text(NamedTuple):
    """One text that is painted, and its box: left, foot, right, top."""

    text: str
    box: tuple[float, float, float, float]


def _texts(page: PdfPage) -> dict[int, list[_Text]]:
    """Return what each piece of marked content says, by its number (ISO 32000-2 §14.7.5.2)."""
    from pypdfium2 import raw

    texts: dict[int, list[_Text]] = {}
    text_page = page.get_textpage()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        size = raw.FPDFTextObj_GetText(item, text_page, None, 0)
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFTextObj_GetText(item, text_page, _shorts(buffer), size)
        number = raw.FPDFPageObj_GetMarkedContentID(item)
        texts.setdefault(number, []).append(_Text(_decoded(buffer, size), item.get_bounds()))
    return texts


class _Saying:
    """Says elements one after the other: `parts` are the words so far, with their line ends."""

    def __init__(self, texts: dict[int, list[_Text]]) -> None:
        self.parts: list[str] = []
        self._texts = texts
        self._last: _Text | None = None
        self._is_in_label = False  # of a list's entry, which stands before its words

    def walk(self, element: object) -> None:
        """Say an element, and those in it in their order."""
        from pypdfium2 import raw

        if not element:
            return
        kind = _string(raw.FPDF_StructElement_GetType, element)
        is_block = kind not in _INLINE and not self._is_in_label
        if is_block and self.parts[-1:] != [_LABEL_ENDS]:
            self.parts.append("\n")
        self._is_in_label = self._is_in_label or kind == "Lbl"
        if alt := _string(raw.FPDF_StructElement_GetAltText, element):
            self.parts += (alt, "\n")
        for index in range(raw.FPDF_StructElement_CountChildren(element)):
            number = raw.FPDF_StructElement_GetChildMarkedContentID(element, index)
            if number >= 0:
                self._say(self._texts.get(number, []))
            else:
                self.walk(raw.FPDF_StructElement_GetChildAtIndex(element, index))
        if kind == "Lbl":
            self._is_in_label = False
            self.parts.append(_LABEL_ENDS)
        elif is_block:
            self.parts.append("\n")

    def _say(self, texts: list[_Text]) -> None:
        for text in texts:
            # The space at a line's end is not painted; after a dash there was none.
            last = self._last
            if last and not last.text.endswith(("-", "—")) and not _is_one_line(last, text):
                self.parts.append(" ")
            self.parts.append(text.text)
            self._last = text


def _is_one_line(first: _Text, second: _Text) -> bool:
    """Return whether a text goes on in the line of another one, without a space between them."""
    overlap = min(first.box[3], second.box[3]) - max(first.box[1], second.box[1])
    gap = second.box[0] - first.box[2]
    return overlap > 0 and second.box[0] >= first.box[0] and gap < overlap / 2


def _string(read: Callable[..., int], element: object) -> str:
    """Return a text that PDFium gives in UTF-16, with its length in bytes."""
    size = read(element, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    read(element, buffer, size)
    return _decoded(buffer, size)


def _shorts(buffer: Buffer) -> object:
    return ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))


def _decoded(buffer: Buffer, size: int) -> str:
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace")


def no_page(number: int, count: int) -> Problem:
    """You asked for a page that the piece does not have.

    Fix: ask for one that it has. Pages count from 1.
    """
    pages = f"{count} page{'s' * (count > 1)}"
    return Problem("page-missing", f"there is no page {number}: it has {pages}", None, None)


CODES = {"page-missing": no_page}
