"""A picture to the smallest JPEG that looks like it, by a measured error."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

# JPEG qualities that are tried. Under 60 its blocks show in even tones, whatever the error says.
QUALITIES = (60, 66, 72, 77, 82, 86, 90, 93)
# The most that even tones may differ, in levels of 255, as the root of the mean square. Eyes tell
# steps of one in a hundred apart, side by side; a third of that leaves room for the worst places.
ERROR = 0.8
# Grain hides what JPEG loses in it: by so much of its own height, errors may be larger.
HIDDEN = 0.08
_COLOUR = 0.4  # how much an error of colour counts beside one of lightness


def smallest_jpeg(picture: Image) -> bytes:
    """Return a grey, RGB or CMYK picture as JPEG of the lowest quality that is good enough.

    Both are compared through a filter of 3 x 3 pixels: at 220 pixels to the inch no eye sees finer,
    and noise as fine as that is the most expensive to keep. No metadata goes with it.
    """
    seen = _seen(picture)
    allowed = ERROR + HIDDEN * _difference(_plates(picture), seen)
    low, high = 0, len(QUALITIES) - 1
    best = None
    while low < high:
        middle = (low + high) // 2
        data = _encoded(picture, QUALITIES[middle])
        if _error(seen, data) <= allowed:
            best, high = data, middle
        else:
            best, low = None, middle + 1
    return best or _encoded(picture, QUALITIES[low])


def _encoded(picture: Image, quality: int) -> bytes:
    output = io.BytesIO()
    # Plates of ink are as fine as each other; of screen colours the eye sees lightness first.
    halved = "4:4:4" if picture.mode == "CMYK" else "4:2:0"
    picture.save(output, "JPEG", quality=quality, subsampling=halved, optimize=True)
    return output.getvalue()


def _error(seen: Image, data: bytes) -> float:
    """Return how far a JPEG is from a picture as it is seen, in levels."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as opened:
        return _difference(seen, _seen(opened))


def _difference(one: Image, other: Image) -> float:
    """Return the root of the mean square difference of the plate that differs most, in levels."""
    from PIL import ImageChops

    difference = ImageChops.difference(one, other)
    counts = difference.histogram()
    means = [
        math.sqrt(
            sum(level * level * count for level, count in enumerate(counts[start : start + 256]))
            / (difference.width * difference.height)
        )
        for start in range(0, len(counts), 256)
    ]
    if one.mode == "YCbCr":
        means[1:] = [_COLOUR * mean for mean in means[1:]]
    return max(means)


def _seen(picture: Image) -> Image:
    """Return a picture as an eye sees it, without its finest grain."""
    from PIL import ImageFilter

    return _plates(picture.filter(ImageFilter.BoxBlur(1)))


def _plates(picture: Image) -> Image:
    """Return a picture in lightness and colour, where it is not in inks."""
    return picture.convert("YCbCr") if picture.mode == "RGB" else picture
