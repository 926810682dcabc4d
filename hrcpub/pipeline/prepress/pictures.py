"""A picture's file to a PDF's image, for what joins a finished piece."""

from __future__ import annotations

import io
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from hrcpub.pipeline.prepress.inks import InkConversion

if TYPE_CHECKING:
    from PIL import Image


@lru_cache(maxsize=32)
def raster(data: bytes, inks: InkConversion | None) -> tuple[bytes, bytes]:
    """Return an image XObject's entries and its packed bytes; in inks, or as the screen shows it.

    What is transparent becomes white, which the imprint's panel is. Raises OSError for what
    Pillow cannot read.
    """
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
        picture = _flat(opened)
    if inks:
        output = io.BytesIO()
        picture.save(output, "PNG")
        picture = inks.picture(output.getvalue())
    space = {"CMYK": b"/DeviceCMYK", "RGB": b"/DeviceRGB"}.get(picture.mode, b"/DeviceGray")
    entries = b"/Width %d/Height %d/ColorSpace%b/BitsPerComponent %d/Filter/FlateDecode" % (
        *picture.size,
        space,
        1 if picture.mode == "1" else 8,
    )
    return entries, zlib.compress(picture.tobytes(), 9)


def _flat(picture: Image.Image) -> Image.Image:
    """Return a picture in RGB, on white."""
    from PIL import Image

    shown = picture.convert("RGBA")
    ground = Image.new("RGBA", shown.size, "white")
    return Image.alpha_composite(ground, shown).convert("RGB")
