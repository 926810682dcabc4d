"""Colours of CSS to red, green and blue; how they mix, and how well one is seen on another."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.units import Rgb

if TYPE_CHECKING:
    from hrcpub.pipeline.typeset.weasyprint_box import ScreenColour


class CssColour(NamedTuple):
    """A colour of CSS as a screen shows it."""

    rgb: Rgb
    alpha: float


WHITE = CssColour((1.0, 1.0, 1.0), 1.0)


# What tinycss2 brings into L*a*b*. Of other spaces (display-p3, rec2020) numbers are near sRGB's.
_CONVERTED = frozenset(("lab", "lch", "oklab", "oklch", "xyz-d50", "xyz-d65"))


def screen_colour(colour: ScreenColour) -> CssColour:
    """Return a colour as a screen shows it, whatever the space that CSS names it in."""
    if colour.space in ("hsl", "hwb"):
        colour = colour.to("srgb")
    elif colour.space in _CONVERTED:
        colour = colour.to("lab")
    return _shown(colour.space, tuple(colour.coordinates), colour.alpha)


@lru_cache(maxsize=256)
def _shown(space: str, parts: tuple[float, ...], alpha: float) -> CssColour:
    if space == "device-cmyk":
        *inks, black = parts
        rgb = tuple((1 - ink) * (1 - black) for ink in inks)
    elif space == "srgb-linear":
        rgb = tuple(map(_to_gamma, parts))
    else:
        rgb = _of_lab(*parts) if space == "lab" else parts
    red, green, blue = (round(min(1.0, max(0.0, part)), 3) for part in rgb)
    return CssColour((red, green, blue), alpha)


def _of_lab(lightness: float, a: float, b: float) -> Rgb:
    """Return a colour of CIE L*a*b* in sRGB (IEC 61966-2-1).

    Its white is taken for sRGB's own, D65, whichever it is: near enough to tell light from dark.
    """
    middle = (lightness + 16) / 116
    x, y, z = (
        white * _of_cube_root(root)
        for white, root in zip(
            (0.9505, 1.0, 1.089), (middle + a / 500, middle, middle - b / 200), strict=True
        )
    )
    return (
        _to_gamma(3.2406 * x - 1.5372 * y - 0.4986 * z),
        _to_gamma(-0.9689 * x + 1.8758 * y + 0.0415 * z),
        _to_gamma(0.0557 * x - 0.2040 * y + 1.0570 * z),
    )


def _of_cube_root(root: float) -> float:
    return float(root**3) if root > 6 / 29 else 3 * (6 / 29) ** 2 * (root - 4 / 29)


def _to_gamma(part: float) -> float:
    return float(1.055 * part ** (1 / 2.4) - 0.055) if part > 0.0031308 else 12.92 * part


def over(top: Rgb, alpha: float, under: Rgb) -> Rgb:
    """Return the colour that is seen where one is painted over another."""
    (red, green, blue), (red_under, green_under, blue_under), rest = top, under, 1 - alpha
    return (
        red * alpha + red_under * rest,
        green * alpha + green_under * rest,
        blue * alpha + blue_under * rest,
    )
