"""A page of any PDF to a picture, for pages that show what `hrcpub export` does not.

python -m docs.making.drawing FILE.pdf NUMBER WIDTH TARGET.webp
"""

from __future__ import annotations

import sys

import pypdfium2


def draw(file: str, number: str, width: str, target: str) -> None:
    """Write a page, counted from 1, as a picture so many pixels wide."""
    page = pypdfium2.PdfDocument(file)[int(number) - 1]
    page.render(scale=int(width) / page.get_width()).to_pil().save(target, lossless=True)


if __name__ == "__main__":
    draw(*sys.argv[1:])
