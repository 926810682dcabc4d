"""A picture's file to an image of a PDF, for the logos of imprints."""

from __future__ import annotations

import io
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from hrcpub.pipeline.prepress.inks import InkConversion
from hrcpub.project.pictures import opened

if TYPE_CHECKING:
    from PIL import Image


@lru_cache(maxsize=32)
def raster(data: bytes, inks: InkConversion | None) -> tuple[bytes, bytes]:
    """Return the entries and the packed bytes of an image XObject.

    With `inks` it is in inks; None: in screen colours. What is transparent becomes white, as the
    panel of imprints is. Raises OSError when Pillow cannot read the file.
    """
    with opened(data) as file:
        picture = _flat(file)
    # Through a PNG, as `inks` takes files, and keeps what it has converted.
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

    layer = picture.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")
