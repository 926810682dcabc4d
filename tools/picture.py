"""Screen editions to `layouts/pamphlets.png`: the pamphlets as they lie on a table, for a README.

    make pdfs setup-dev && .venv/bin/python tools/picture.py

Every page is at the same scale, those of a row stand on one line, and the pages of a piece lie
closer together than two pieces. Look at the picture before it is committed.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "layouts" / "pamphlets.png"

WIDTH = 1600  # pixels: twice what a README shows, for screens with small pixels
FINER = 3  # pages are drawn so many times larger, then averaged: pdfium's own edges are rough
GROUND = (222, 221, 218)  # a grey as light as the papers, so that it lifts none of them
MARGIN, BETWEEN, WITHIN = 58.5, 63.0, 18.0  # points: around, between two pieces, within one
COLOURS = 200  # of the file: five papers, black and white, and the steps between

PAIR = ((1,), (2,))
SPREADS = ((1,), (4, 5), (8,))  # a cover, its middle, and the back


class Piece(NamedTuple):
    """A material, its pages from left to right, those of a spread together; or under each other."""

    name: str
    pages: tuple[tuple[int, ...], ...] = PAIR
    is_stacked: bool = False


ROWS = (
    (Piece("principles"), Piece("why-harm-reduction"), Piece("why-in-short")),
    (Piece("principles-card"), Piece("why-folder"), Piece("contact-card", PAIR, True)),
    (Piece("harm-reduction", SPREADS), Piece("what-postcard")),
    (Piece("two-please", ((1,), (2, 3), (6, 7))), Piece("kit-stickers", ((1,), (4,), (5,)))),
)
BESIDE = Piece("where", ((1,),))  # right of the rows under the first


class Place(NamedTuple):
    """A page and its upper left corner, in points from that of its piece, its row, or the table."""

    page: pypdfium2.PdfPage
    left: float
    top: float

    def moved(self, right: float, down: float) -> Place:
        """Return the page so far to the right and down."""
        return self._replace(left=self.left + right, top=self.top + down)


def main() -> None:
    """Draw the picture and say how large it is."""
    beside, first = _piece(BESIDE), _row(ROWS[0])
    width = _width(first)
    narrow = width - _width(beside) - BETWEEN
    rows = [first, *(_row(pieces, narrow) for pieces in ROWS[1:])]
    placed, top = [], MARGIN
    for row in rows:
        placed += [place.moved(MARGIN, top) for place in row]
        top += _height(row) + BETWEEN
    foot = top - BETWEEN
    right = MARGIN + width - _width(beside)
    placed += [place.moved(right, foot - _height(beside)) for place in beside]
    _draw(placed, width + 2 * MARGIN, foot + MARGIN)


def _row(pieces: tuple[Piece, ...], width: float | None = None) -> list[Place]:
    """Return the pages of a row, which stand on one line; spread over `width`, if there is one."""
    groups = [_piece(piece) for piece in pieces]
    between = BETWEEN
    if width is not None:
        between = (width - sum(map(_width, groups))) / (len(groups) - 1)
    tallest, left, row = max(map(_height, groups)), 0.0, []
    for group in groups:
        row += [place.moved(left, tallest - _height(group)) for place in group]
        left += _width(group) + between
    return row


def _piece(piece: Piece) -> list[Place]:
    """Return a piece's pages."""
    document = pypdfium2.PdfDocument(ROOT / "output" / "screen" / f"{piece.name}.pdf")
    placed, left, top = [], 0.0, 0.0
    for spread in piece.pages:
        for number in spread:
            page = document[number - 1]
            placed.append(Place(page, left, top))
            left += 0.0 if piece.is_stacked else page.get_width()
        left += 0.0 if piece.is_stacked else WITHIN
        top += page.get_height() + WITHIN if piece.is_stacked else 0.0
    return placed


def _width(places: list[Place]) -> float:
    return max(place.left + place.page.get_width() for place in places)


def _height(places: list[Place]) -> float:
    return max(place.top + place.page.get_height() for place in places)


def _draw(places: list[Place], width: float, height: float) -> None:
    """Write the picture of a table so wide and high, in points."""
    scale = WIDTH / width
    picture = Image.new("RGB", (WIDTH, round(height * scale)), GROUND)
    for page, left, top in places:
        drawn = _drawn(page, scale)
        foot = round((top + page.get_height()) * scale)
        picture.paste(drawn, (round(left * scale), foot - drawn.height))
    few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(TARGET, optimize=True)
    print(f"{TARGET.relative_to(ROOT)}: {picture.width} x {picture.height} px, ", end="")
    print(f"{TARGET.stat().st_size / 1000:.0f} kB")


def _drawn(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    """Return a page at `scale` pixels a point."""
    large = page.render(scale=scale * FINER).to_pil().convert("RGB")
    size = round(page.get_width() * scale), round(page.get_height() * scale)
    return large.resize(size, Image.Resampling.BOX)


if __name__ == "__main__":
    main()
