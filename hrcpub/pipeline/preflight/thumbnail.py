"""A page of a PDF, or a part of it, to a small picture that a person knows it by.

Small PNG files: grey where the page has no colour, and of few levels.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from hrcpub.problems import HrcpubError, Problem

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage

_GREYS, _COLOURS = 16, 32  # as many as a small picture of type on flat paper needs
_COLOURED = 24  # of 255: how far a pixel's channels are apart before it counts as coloured
_LARGEST = 4000  # pixels of a side

CropBox = tuple[float, float, float, float]


def thumbnail(
    data: bytes,
    page: int,
    box: CropBox | None,
    width: int,
    paper: str | None = None,
    turn: int = 0,
) -> bytes:
    """Return a page as a PNG, `width` pixels wide.

    `page` counts from 1. `box` is the part that is shown: left, top, right and bottom in points
    from the upper left corner of the page's trim, y downwards; None shows the trim, without bleed
    and marks. `paper` is the colour, as #rrggbb, of the stock that its black is printed on. What
    lies turned by `turn` degrees, counter-clockwise, is set upright. Raises HrcpubError when it
    cannot be drawn.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise HrcpubError(not_drawn(page, str(error))) from None
    try:
        if not 1 <= page <= len(document):
            raise HrcpubError(not_drawn(page, f"it has {len(document)} pages"))
        drawn = _drawn(document[page - 1], page, box, width).rotate(-turn, expand=True)
        return _png(_on(drawn, paper) if paper else drawn)
    finally:
        document.close()


def _drawn(page: PdfPage, number: int, box: CropBox | None, width: int) -> Image:
    page.set_rotation(0)
    left, foot, right, head = page.get_trimbox()
    if box:
        left, foot, right, head = left + box[0], head - box[3], left + box[2], head - box[1]
    wide, high = right - left, head - foot
    if wide <= 0 or high <= 0 or not 1 <= width <= _LARGEST:
        raise HrcpubError(not_drawn(number, "what is to be shown has no area"))
    page.set_cropbox(left, foot, right, head)
    drawn: Image = page.render(scale=min(width / wide, _LARGEST / high)).to_pil()
    return drawn


def _on(picture: Image, paper: str) -> Image:
    """Return a picture as it is printed on paper of a colour."""
    from PIL import Image as Pictures
    from PIL import ImageChops

    return ImageChops.multiply(picture, Pictures.new("RGB", picture.size, paper))


def _png(picture: Image) -> bytes:
    """Return a picture as a PNG: of few greys, or of few colours where it has any."""
    from PIL import Image as Pictures
    from PIL import ImageChops

    red, green, blue = picture.split()
    apart = ImageChops.lighter(
        ImageChops.difference(red, green), ImageChops.difference(green, blue)
    )
    if not any(apart.histogram()[_COLOURED:]):
        step = 255 / (_GREYS - 1)
        small = picture.convert("L").point([round(round(v / step) * step) for v in range(256)])
    else:
        few = Pictures.Quantize.MEDIANCUT
        small = picture.quantize(_COLOURS, few, dither=Pictures.Dither.NONE)
    file = io.BytesIO()
    small.save(file, "PNG", compress_level=6)  # with 9, as `optimize` has it, 7 times as long
    return file.getvalue()


def not_drawn(page: int, said: str) -> Problem:
    """A page could not be drawn for the contact sheet: its file is damaged, or lacks the page.

    Fix: build the file again.
    """
    return Problem("page-not-drawn", f"page {page} cannot be drawn: {said}", None, "build it again")


CODES = {"page-not-drawn": not_drawn}
