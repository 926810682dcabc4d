"""Finished pages to what a designer measures on them: sizes, gaps, contrast, black; by PDFium.

It shares nothing with what hrcpub measures: letters and their edges are those that PDFium finds in
a file, colours those of the pixels that it draws.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image

from tests.shared.pages import Glyph, glyphs

SCALE = 4.0  # pixels to the point: a stroke of 7 pt text is two of them wide
DARK = 110  # between the ink's level and that of the darkest paper


class Row(NamedTuple):
    """Letters of one font and size on one baseline, one after the other."""

    letters: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(letter.text for letter in self.letters)

    @property
    def size(self) -> float:
        return self.letters[0].size

    @property
    def y(self) -> float:
        """The baseline, in points from the page's foot."""
        return self.letters[0].y

    @property
    def rise(self) -> float:
        """How far the ink stands over the baseline, in points."""
        return self.edges[3] - self.y

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """The ink's left, foot, right and top, in points from the page's lower left corner."""
        lefts, feet, rights, tops = zip(*(letter.ink for letter in self.letters), strict=True)
        return min(lefts), min(feet), max(rights), max(tops)


@lru_cache(maxsize=2)
def drawn(pdf: Path) -> list[Image.Image]:
    """Return each page as a grey picture.

    Few are kept: those of all files take 900 MB, and a build's workers, forked from this process,
    may have 2 GB with all that it has.
    """
    return grey_pages(pdf, SCALE)


def grey_pages(pdf: Path, scale: float) -> list[Image.Image]:
    """Return each page as a grey picture: where no colour is asked for, at a third of the time."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=scale, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def is_display(letter: Glyph) -> bool:
    """Return whether a letter is of the display face."""
    return "Gothic" in letter.font


def rows(page: Iterable[Glyph]) -> list[Row]:
    """Return a page's letters by row, in the order in which they are drawn."""
    found: list[list[Glyph]] = []
    for letter in page:
        if found and _goes_on(found[-1][-1], letter):
            found[-1].append(letter)
        else:
            found.append([letter])
    return [Row(tuple(letters)) for letters in found]


def _goes_on(last: Glyph, letter: Glyph) -> bool:
    """Return whether a letter stands in the row of the last one, and not in another column's."""
    alike = last.font == letter.font and abs(last.size - letter.size) < 0.02
    room = (letter.ink[0] - last.ink[2]) / last.size  # a space between words is a fifth
    return alike and abs(last.y - letter.y) < 0.02 and -1 < room < 0.5


def title_rows(pdf: Path, title: str) -> list[Row]:
    """Return the rows of a title, on the page where it is largest; [] where it is on none."""
    wanted = "".join(title.replace("*", "").split())
    found: list[list[Row]] = []
    for page in glyphs(pdf):
        display = rows(letter for letter in page if is_display(letter))
        for first, last in itertools.combinations(range(len(display) + 1), 2):
            if "".join(row.text for row in display[first:last]) == wanted:
                found.append(display[first:last])
    return max(found, key=lambda run: run[0].size, default=[])


def is_in_counter(row: Row, first: Row) -> bool:
    """Return whether a row hangs under the first one's baseline, as high as its tail."""
    return row.edges[3] < first.y and row.y > first.edges[1] - 0.5


def gap(upper: Row, lower: Row) -> float:
    """Return the least room between the letters of two rows, one over the other, in points."""
    over = ((one.ink, other.ink) for one, other in itertools.product(upper.letters, lower.letters))
    return min(
        (one[1] - other[3] for one, other in over if one[0] < other[2] and other[0] < one[2]),
        default=upper.edges[1] - lower.edges[3],
    )


def text_size(pages: Sequence[Sequence[Glyph]]) -> float:
    """Return the size of most letters that are not display, in points."""
    sizes = Counter(round(g.size, 2) for page in pages for g in page if not is_display(g))
    return sizes.most_common(1)[0][0]


def telephone_sizes(pages: Sequence[Sequence[Glyph]], link: str) -> list[float]:
    """Return the size of a telephone wherever it stands, in points; `link` as tel:+12125550123."""
    area, first, last = link[-10:-7], link[-7:-4], link[-4:]
    number = re.compile(rf"\(?{area}[)-]*{first}-?{last}")
    return [
        min(letter.size for letter in page[match.start() : match.end()])
        for page in pages
        for match in number.finditer("".join(letter.text for letter in page))
    ]


def luminance(level: int) -> float:
    """Return the relative luminance of a grey level (WCAG 2.2)."""
    part = level / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(pdf: Path, page: int, row: Row) -> float:
    """Return the contrast of a row's ink with what lies around it, as drawn (WCAG 2.2)."""
    levels = [level for level, count in enumerate(_crop(pdf, page, row).histogram()) if count > 2]
    return (luminance(levels[-1]) + 0.05) / (luminance(levels[0]) + 0.05)


def black_of(pdf: Path, page: int, row: Row) -> float:
    """Return the share of a row's box, from its foot to its top, that is dark."""
    return share(_crop(pdf, page, row))


def share(picture: Image.Image) -> float:
    """Return the share of a grey picture that is dark."""
    return sum(picture.histogram()[:DARK]) / (picture.width * picture.height)


def _crop(pdf: Path, page: int, row: Row) -> Image.Image:
    picture = drawn(pdf)[page]
    left, foot, right, top = row.edges
    head, end = picture.height - round(top * SCALE), picture.height - round(foot * SCALE)
    return picture.crop((round(left * SCALE), head, round(right * SCALE), end))
