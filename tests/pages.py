"""PDFs as PDFium sees them: texts, pictures and ink, by a program that we did not write."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image


class Ink(NamedTuple):
    """Where a page's dark ink lies, in points from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


def texts(pdf: bytes | Path) -> list[str]:
    """Return the text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def pictures(pdf: bytes | Path, scale: float = 2.0) -> list[Image.Image]:
    """Return each page as a picture, `scale` pixels to the point."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=scale).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def ink(picture: Image.Image, scale: float = 2.0, darker_than: int = 90) -> Ink | None:
    """Return the box of everything dark on a picture of a page, None when nothing is."""
    box = picture.convert("L").point(lambda level: 255 if level < darker_than else 0).getbbox()
    return Ink(*(edge / scale for edge in box)) if box else None
