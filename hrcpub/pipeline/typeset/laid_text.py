"""How a text looks on its page, by its box: its place, colour, size, and its ink."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hrcpub.pipeline.typeset.laid_page import LaidPage, LaidRect, LaidText
from hrcpub.units import POINTS_PER_PIXEL

if TYPE_CHECKING:
    from hrcpub.pipeline.typeset.weasyprint_box import Transform


def on_page(text: LaidText) -> LaidRect:
    """Return a text's band in the page's coordinates."""
    matrix = text.area.matrix
    return turned(text.band, matrix) if matrix else text.band


def lines(page: LaidPage) -> str:
    """Return the texts of a page that are drawn whole and can be seen, each line in its own."""
    parts: list[str] = []
    line = None
    for text in page.texts:
        if text.is_painted and not (text.line.is_cut_wide or text.line.is_cut_short):
            parts += [] if text.line is line else ["\n"]
            parts.append(text.text)
            line = text.line
    return "".join(parts)


def point(text: LaidText, x: float, y: float) -> tuple[float, float]:
    """Return where a point of a text's area is on the page."""
    left, top, _, _ = turned(LaidRect(x, y, x, y), text.area.matrix)
    return left, top


def printed_size(text: LaidText) -> float:
    """Return a text's size on the page; where a transform squeezes it, along the shorter way."""
    if not text.area.matrix:
        return text.size
    origin, across, down = (
        text.area.matrix.transform_point(x, y) for x, y in ((0, 0), (1, 0), (0, 1))
    )
    return text.size * min(math.dist(origin, across), math.dist(origin, down))


def turned(rect: LaidRect, matrix: Transform | None) -> LaidRect:
    """Return the upright rectangle around one that transforms have moved or turned."""
    if not matrix:
        return rect
    pixel = POINTS_PER_PIXEL
    corners = [
        matrix.transform_point(x / pixel, y / pixel)
        for x in (rect.left, rect.right)
        for y in (rect.top, rect.bottom)
    ]
    xs, ys = [x * pixel for x, _ in corners], [y * pixel for _, y in corners]
    return LaidRect(min(xs), min(ys), max(xs), max(ys))


def corners(rect: LaidRect, matrix: Transform | None) -> list[tuple[float, float]]:
    """Return the corners of a rectangle on the page, in their order around it."""
    left, top, right, bottom = rect
    around = ((left, top), (right, top), (right, bottom), (left, bottom))
    return [turned(LaidRect(x, y, x, y), matrix)[:2] for x, y in around]


def ink(text: LaidText) -> LaidRect:
    """Return the rectangle of a text's ink, before its area's matrix.

    This shapes the text again, so it is only used where the band is too near to something.
    """
    if text.ink is None:
        text.ink = _inked(text)
    return text.ink


def _inked(text: LaidText) -> LaidRect:
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    inked, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    layout = text.box.pango_layout
    layout.reactivate(text.box.style)
    pango.pango_layout_line_get_extents(layout.get_first_line()[0], inked, logical)
    layout.deactivate()
    unit = FROM_UNITS * POINTS_PER_PIXEL
    left, top = text.left + inked.x * unit, text.baseline + inked.y * unit
    return LaidRect(left, top, left + inked.width * unit, top + inked.height * unit)
