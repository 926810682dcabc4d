"""A photograph to a line screen: lines of one ink, thicker where it is darker.

25 lines to the inch at 45 degrees, so coarse that a photocopy of a photocopy keeps them, and on any
paper. On paper every pixel is ink or none; screens get them soft, as their pixels are coarser.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hrcpub.units import Size

if TYPE_CHECKING:
    from PIL.Image import Image

LEAST = 240  # pixels to the inch that a photograph needs at its size: lines swell with its detail
# From one line to the next along a row of pixels, and how many pixels an inch has, so that there
# are 25 lines to the inch across them: 848 / 48 * sqrt(2). Shops ask line art for more than 800.
_PERIOD, _PPI = 48, 848
_SOFT = 4  # so many times coarser are screens' pixels: 212 to the inch
_LEVELS = 16  # of grey at a soft line's edge; more would not be seen, and cost bytes
_FINEST = 120  # pixels to the inch: about five to a line
_CUT = 1  # per cent of the darkest and lightest pixels that may become black and paper
# Ink covers light ** GAMMA of a line's width: 1 is too dark where paper is not white.
_GAMMA = 1.5
# Lines thinner than this share fill in, or are lost, in a copy: they are all ink or all paper.
_THIN = 0.08


def lined(picture: Image, place: Size, is_soft: bool = False) -> Image:
    """Return a grey picture as lines for a place in points: of one bit, or soft and grey."""
    from PIL import Image as Pillow
    from PIL import ImageChops, ImageFilter, ImageOps

    # Grain, and all that is finer than a line can show, would only fray the lines.
    grain = ImageFilter.BoxBlur(picture.width / place.width * 72 / _FINEST / 2)
    light = ImageOps.autocontrast(picture.convert("L").filter(grain), cutoff=_CUT).point(_curve())
    fine = _SOFT if is_soft else 1
    # Whole soft pixels, so that none is cut.
    wide, high = (fine * math.ceil(side * _PPI / 72 / fine) for side in place)
    size = (wide, high)
    output = Pillow.new("L" if is_soft else "1", (size[0] // fine, size[1] // fine))
    # In bands, since a poster's lines have a hundred million pixels.
    for top in range(0, size[1], 10 * _PERIOD):
        tall = min(10 * _PERIOD, size[1] - top)
        box = (0, top * light.height / size[1], light.width, (top + tall) * light.height / size[1])
        tones = light.resize((size[0], tall), Pillow.Resampling.BICUBIC, box=box)
        # Paper where the photograph is lighter than the pattern.
        band = ImageChops.subtract(tones, _pattern(size[0], tall)).point(_SHARP)
        output.paste(_softened(band) if is_soft else band.convert("1"), (0, top // fine))
    return output


_SHARP = [0] + [255] * 255


def _curve() -> list[int]:
    """Return the share of paper, in levels, for each level of light."""
    shares = ((level / 255) ** _GAMMA for level in range(256))
    return [0 if s < _THIN else 255 if s > 1 - _THIN else round(255 * s) for s in shares]


def _pattern(wide: int, tall: int) -> Image:
    """Return lines whose darkness rises from their edges to their middle, all levels alike."""
    from PIL import Image as Pillow

    half = _PERIOD / 2
    wave = bytes(round(254 * abs(half - at - 0.5) / half) for at in range(_PERIOD))
    # One row, and for the rows under it the same, a pixel further.
    row = wave * (wide // _PERIOD + 2)
    rows = b"".join(row[at : at + wide] for at in range(_PERIOD))
    data = rows * (tall // _PERIOD + 1)
    return Pillow.frombytes("L", (wide, tall), data[: wide * tall])


def _softened(band: Image) -> Image:
    step = 255 / (_LEVELS - 1)
    levels = [round(round(level / step) * step) for level in range(256)]
    return band.reduce(_SOFT).point(levels)
