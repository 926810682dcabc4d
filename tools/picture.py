"""Screen editions to `layouts/pamphlets.png`: the pamphlets as they lie on a table, for a README.

    make pdfs setup-dev && .venv/bin/python tools/picture.py

Every page is at the same scale, all stand on one line, and a pair lies closer together than two
pieces. Look at the picture before it is committed.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PIECES = ("principles", "why-harm-reduction", "contact-card")
TARGET = ROOT / "layouts" / "pamphlets.png"

WIDTH = 1400  # pixels: twice what a README shows, for screens with small pixels
FINER = 3  # pages are drawn so many times larger, then averaged: pdfium's own edges are rough
GROUND = (222, 221, 218)  # a grey as light as the papers, so that it lifts none of them
MARGIN, BETWEEN, WITHIN = 58.5, 63.0, 18.0  # points: around, between two pieces, within a pair
COLOURS = 160  # of the file: three papers, black and white, and the steps between


def main() -> None:
    """Draw the picture and say how large it is."""
    pieces = [pypdfium2.PdfDocument(ROOT / "output" / "screen" / f"{name}.pdf") for name in PIECES]
    pages = [(page, number == 0) for piece in pieces for number, page in enumerate(piece)]
    lefts, right = [], MARGIN - BETWEEN
    for page, is_first in pages:
        lefts.append(right + (BETWEEN if is_first else WITHIN))
        right = lefts[-1] + page.get_width()
    scale = WIDTH / (right + MARGIN)
    tallest = max(page.get_height() for page, _ in pages)
    picture = Image.new("RGB", (WIDTH, round((tallest + 2 * MARGIN) * scale)), GROUND)
    foot = round((MARGIN + tallest) * scale)
    for (page, _), left in zip(pages, lefts, strict=True):
        drawn = _draw(page, scale)
        picture.paste(drawn, (round(left * scale), foot - drawn.height))
    few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(TARGET, optimize=True)
    print(f"{TARGET.relative_to(ROOT)}: {picture.width} x {picture.height} px, ", end="")
    print(f"{TARGET.stat().st_size / 1000:.0f} kB")


def _draw(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    """Return a page at `scale` pixels a point."""
    large = page.render(scale=scale * FINER).to_pil().convert("RGB")
    size = round(page.get_width() * scale), round(page.get_height() * scale)
    return large.resize(size, Image.Resampling.BOX)


if __name__ == "__main__":
    main()
