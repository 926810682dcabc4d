"""A background of gradients to its colour at a point.

Like `tree`, this file uses private names of WeasyPrint 70, which knows where each colour of a
gradient comes to lie; `tests/pipeline/typeset/test_contrast.py` fails when one of them changes.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hrcpub.pipeline.typeset.screen_colour import CssColour, over, screen_colour
from hrcpub.units import POINTS_PER_PIXEL

if TYPE_CHECKING:
    from hrcpub.pipeline.typeset.weasyprint_box import Background, BackgroundLayer


def is_known(ground: Background) -> bool:
    """Return whether a background has no pictures, and a gradient that fills all of it."""
    drawn = [layer for layer in ground.layers if layer.image]
    return bool(drawn) and all(map(_does_fill, drawn))


def colour_at(ground: Background, x: float, y: float) -> CssColour:
    """Return the colour of a background that `is_known`, at a point of its page in points."""
    shown = screen_colour(ground.color)
    for layer in reversed(ground.layers):  # the last one is the lowest
        if layer.image:
            shown = _laid_over(_of_layer(layer, ground, x, y), shown)
    return shown


def _does_fill(layer: BackgroundLayer) -> bool:
    _, _, width, height = layer.positioning_area
    is_whole = layer.size[0] >= width - 1 and layer.size[1] >= height - 1
    return is_whole and hasattr(layer.image, "color_hints")  # only gradients have them


def _laid_over(top: CssColour, under: CssColour) -> CssColour:
    alpha = top.alpha + under.alpha * (1 - top.alpha)
    share = top.alpha / alpha if alpha else 0.0
    return CssColour(over(top.rgb, share, under.rgb), alpha)


def _of_layer(layer: BackgroundLayer, ground: Background, x: float, y: float) -> CssColour:
    left, top, _, _ = layer.positioning_area
    across = x / POINTS_PER_PIXEL - left - layer.position[0]
    down = y / POINTS_PER_PIXEL - top - layer.position[1]
    scale, kind, points, stops, colours, _ = layer.image.layout(*layer.size, ground.style)
    shown = [screen_colour(colour) for colour in colours]
    if kind == "solid":
        return shown[0]
    share = (_along if kind == "linear" else _outwards)(points, across, down / scale)
    return _between(share, stops, shown)


def _along(points: Sequence[float], x: float, y: float) -> float:
    """Return how far along its line a linear gradient is at a point, from 0 to 1."""
    x0, y0, x1, y1 = points
    dx, dy = x1 - x0, y1 - y0
    return ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy or 1.0)


def _outwards(points: Sequence[float], x: float, y: float) -> float:
    """Return how far outwards a radial gradient, of two circles about a point, is at a point."""
    middle_x, middle_y, inner, _, _, outer = points
    return (math.hypot(x - middle_x, y - middle_y) - inner) / (outer - inner or 1.0)


def _between(share: float, stops: Sequence[float], colours: Sequence[CssColour]) -> CssColour:
    after = bisect.bisect(stops, share)
    if after in (0, len(stops)):
        return colours[0 if after == 0 else -1]
    begin, end = stops[after - 1], stops[after]
    part = (share - begin) / (end - begin or 1.0)
    one, other = colours[after - 1], colours[after]
    # What is transparent has no colour of its own.
    first, last = (one.rgb if one.alpha else other.rgb), (other.rgb if other.alpha else one.rgb)
    return CssColour(over(last, part, first), one.alpha + (other.alpha - one.alpha) * part)
