"""Checks of pictures: pixels to the inch, and what JPEG has left of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import pikepdf

from hrcpub.pipeline.preflight.checks.geometry import what
from hrcpub.pipeline.preflight.checks.limits import Expected
from hrcpub.pipeline.preflight.page.bounded import ODD, filters, number
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage
from hrcpub.pipeline.preflight.page.marks import Mark, PaintedImage
from hrcpub.problems import Problem, Severity
from hrcpub.units import distance

_SMALL = 16  # pixels: GWG leaves smaller pictures out
_SUM_AT_50 = 3685  # of JPEG's luminance table at quality 50 (ITU-T T.81, table K.1)
_LARGER = "put in the original, or a larger one: enlarging this one does not help"
_AS_OUTLINES = "scan it again with more pixels to the inch, or draw it as outlines (SVG)"
_POOR = 50  # JPEG quality at which blocks of 8 x 8 pixels show in print


def _size(image: PaintedImage) -> tuple[int, int]:
    return int(number(image.dictionary.get("/Width"))), int(number(image.dictionary.get("/Height")))


class Sampling(NamedTuple):
    """A picture's pixels along one of its sides, which has so many inches on the page."""

    pixels: int
    inches: float
    way: str  # wide or high

    @property
    def ppi(self) -> float:
        """Return its pixels to the inch."""
        return self.pixels / self.inches if self.inches else math.inf

    def instead_of(self, good: float, place: str = "") -> str:
        """Return what it has, what it takes in a place, and how large it is good, in words."""
        needed = math.ceil(self.inches * good)
        has = f"{self.pixels:,} px {self.way} as shown"  # what a frame cuts off does not count
        wants = f"at {distance(72 * self.inches)} it takes {needed:,}{place}"
        up_to = f"and prints well up to {distance(72 * self.pixels / good)}"
        return f"{has}; {wants} ({self.ppi:.0f} ppi instead of {good:.0f}), {up_to}"


def sampling(page: CheckedPage, image: PaintedImage) -> Sampling:
    """Return how finely a picture is printed, along the side that has fewer pixels to the inch.

    Where both have as many, its width is told: of one that was cut, nobody knows the height.
    """
    width, height = _size(image)
    a, b, c, d, _, _ = image.matrix
    wide, high = math.hypot(a, b) * page.unit / 72, math.hypot(c, d) * page.unit / 72
    sides = (Sampling(width, wide, "wide"), Sampling(height, high, "high"))
    return min(sides, key=lambda side: round(side.ppi, 0))


def _is_bitmap(image: PaintedImage) -> bool:
    return image.is_stencil or int(number(image.dictionary.get("/BitsPerComponent"))) == 1


def _judged(
    page: CheckedPage, expected: Expected, is_bitmap: bool
) -> Iterator[tuple[Mark, Severity, str]]:
    """Yield the pictures that fall short: mark, severity, and by how much in words."""
    bounds = expected.resolution(is_bitmap)
    if bounds is None:
        return
    for mark, image in page.pictures:
        if _is_bitmap(image) is not is_bitmap:
            continue
        if max(_size(image)) <= _SMALL:
            continue
        side = sampling(page, image)
        if side.ppi < bounds.good + 0.5:
            weight = Severity.ERROR if side.ppi < bounds.least + 0.5 else Severity.WARNING
            yield mark, weight, side.instead_of(bounds.good + 1, _place(expected, weight))


def _place(expected: Expected, weight: Severity) -> str:
    """Return in which edition a picture falls short: a piece's editions print it in other sizes.

    An error is told with its editions anyway, and a file from elsewhere has none.
    """
    is_plain = weight is Severity.ERROR or not expected.ours
    return "" if is_plain else f" in the {expected.edition.name} edition"


def resolution(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A picture has too few pixels for its size on the page: it prints blurred, or in steps.

    Fix: put in a larger original: the file from the camera, not the copy that was sent in a
    message or taken from a website. Or take a layout that shows it smaller. Enlarging its pixels
    in a program does not help. (GWG 2022 R0031: sheetfed an error under 150 and a warning under
    225 ppi, digital 96 and 150, large format 240 and 300; pictures up to 16 pixels are left out;
    `minimum-ppi` in materials/printers.yaml. Ours: a warning under 150 ppi in the editions for an
    office's printer.)
    """
    for mark, weight, shortage in _judged(page, expected, is_bitmap=False):
        said = f"{what(mark)} is {shortage}"
        yield Problem("image-resolution", said, page.at(mark.box), _LARGER, weight)


def bitmap_resolution(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A picture of only black and white pixels has too few of them: its edges show steps.

    Fix: scan line art again at 1200 ppi, or draw it as outlines. (GWG 2022 R0032: sheetfed an
    error under 550 and a warning under 800 ppi, digital 350 and 600. Ours: a warning under 300 ppi
    in the editions for an office's printer.)
    """
    for mark, weight, shortage in _judged(page, expected, is_bitmap=True):
        said = f"{what(mark)}, black and white, is {shortage}"
        yield Problem("image-bitmap", said, page.at(mark.box), _AS_OUTLINES, weight)


def jpeg_quality(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A picture was saved as a poor JPEG: its blocks of 8 x 8 pixels show in print.

    Fix: put in the original, or save that as JPEG with a quality of 90 or more. Saving the poor
    one again does not help. (Ours: a quality under 50, by the file's own quantisation tables.)
    """
    if expected.limits is None:
        return
    for mark, image in page.pictures:
        if image.data is not None:
            continue
        if min(_size(image)) > _SMALL:
            quality = _quality(image.dictionary)
            if quality is not None and quality < _POOR:
                said = f"{what(mark)} is a JPEG of quality {quality:.0f} out of 100"
                yield Problem("image-jpeg", said, page.at(mark.box), None, Severity.WARNING)


def _quality(stream: pikepdf.Object) -> float | None:
    """Return a JPEG's quality as the Independent JPEG Group counts it, by its first table."""
    try:
        if filters(stream) != ["/DCTDecode"]:
            return None
        data: bytes = stream.read_raw_bytes()[: 1 << 16]
    except ODD:
        return None
    at = data.find(b"\xff\xdb")
    # Behind the marker: two bytes of length, one for the number and kind of the table, 64 of the
    # table (ITU-T T.81 §B.2.4.1).
    if at < 0 or len(data) < at + 69:
        return None
    if data[at + 4] >> 4:  # 16 bits
        total = sum(data[at + 5 + 2 * i] * 256 + data[at + 6 + 2 * i] for i in range(64))
    else:
        total = sum(bytes(data[at + 5 : at + 69]))
    # The IJG library scales the tables of quality 50: by 5000 / quality below it, by 200 - 2 ×
    # quality above.
    scale = 100 * total / _SUM_AT_50
    return (200 - scale) / 2 if scale <= 100 else 5000 / scale


CHECKS = (resolution, bitmap_resolution, jpeg_quality)

CODES = {
    "image-resolution": resolution,
    "image-bitmap": bitmap_resolution,
    "image-jpeg": jpeg_quality,
}
