"""Photographs' files, made for a test: tones, shapes and grain, as a camera's have."""

from __future__ import annotations

import io
import random
from typing import Any

from PIL import Image, ImageDraw

GPS = 0x8825  # EXIF's folder of where a picture was taken
PLACE = b"A 47 deg 36 min N"  # what such a folder says here


def photograph(width: int, height: int, seed: int = 1) -> Image.Image:
    """Return a picture with soft tones, edges and grain, in colour."""
    dice = random.Random(seed)
    across = Image.linear_gradient("L").resize((width, height))
    picture = Image.merge("RGB", (across, across.transpose(Image.Transpose.ROTATE_180), across))
    pen = ImageDraw.Draw(picture)
    for _ in range(40):
        left, top = dice.randrange(width), dice.randrange(height)
        size = dice.randrange(8, max(9, width // 6))
        colour = (dice.randrange(256), dice.randrange(256), dice.randrange(256))
        pen.ellipse((left, top, left + size, top + size // 2), fill=colour)
    grain = Image.frombytes("L", (256, 256), dice.randbytes(256 * 256)).resize((width, height))
    return Image.blend(picture, Image.merge("RGB", (grain,) * 3), 0.15)


def saved(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """Return a picture as a file."""
    output = io.BytesIO()
    picture.save(output, kind, **options)
    return output.getvalue()


def with_a_place(picture: Image.Image, orientation: int = 1) -> bytes:
    """Return a JPEG that says where it was taken, and which way up it is."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera of Somebody"
    exif[0x8298] = "Copyright Somebody"
    exif.get_ifd(GPS)[29] = PLACE.decode()
    return saved(picture, exif=exif, comment=b"taken at home")
