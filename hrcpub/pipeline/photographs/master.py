"""A picture's file to its `Master`: upright, in sRGB or grey, cropped, no finer than is printed.

Nothing of the file but its pixels goes on: no EXIF, no place where it was taken, no thumbnail.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hrcpub.pipeline.photographs.crop import PictureView, framed
from hrcpub.project.condition import CONDITIONS, DEFAULT
from hrcpub.project.pictures import eight_bits, opened
from hrcpub.units import Size

if TYPE_CHECKING:
    from PIL.Image import Image

FINEST = 400  # pixels to the inch of a frame: some shops ask for more than 300
_ORIENTATION = 0x0112  # in EXIF
_TURNED = 5  # from this EXIF orientation on, width and height are exchanged
_SAMPLE = 200  # pixels a side, in which flat colours are looked for
_FLAT = 0.6  # the least share of a drawing that its sixteen commonest colours have


@dataclass(frozen=True)
class Master:
    """A picture as all editions are made from it.

    `picture` is L or RGB; `alpha` L, None where it is opaque. It is known by its key alone.
    """

    key: str  # of its file and how it is shown
    picture: Image = field(compare=False, repr=False)
    alpha: Image | None = field(compare=False, repr=False)
    is_drawing: bool = field(compare=False)  # of few colours: JPEG would blur it
    is_black: bool = field(compare=False)  # black on the paper, which shines through
    is_lined: bool = field(compare=False)  # printed in lines of that black
    stand_in: bytes = field(compare=False, repr=False)  # a JPEG of its size, to lay pages out with

    @property
    def is_bitmap(self) -> bool:
        """Whether it is only black and white, and has no pixel to lose."""
        return self.is_drawing and is_bitmap(self.picture)


def is_bitmap(picture: Image) -> bool:
    """Return whether a picture is grey and has two levels alone, black and white."""
    levels = picture.getcolors(2) if picture.mode == "L" else None
    return levels is not None and {level for _, level in levels} <= {0, 255}


def make_master(data: bytes, view: PictureView, most: Size) -> Master:
    """Return the Master of a file that was proven.

    `most` is the largest page that may show it, in points: a picture without a frame is not made
    finer than it prints on twice that page, so that one shown in part keeps what it needs.
    """
    from PIL import ImageOps

    with opened(data) as file:
        turn = file.getexif().get(_ORIENTATION, 1)
        is_turned = turn >= _TURNED
        upright = file.size[::-1] if is_turned else file.size
        part = framed(*upright, view)
        is_drawing = file.format == "PNG" and _is_flat(file)
        share = 1.0 if is_drawing else _share(part, view, most)
        if share < 1:
            # libjpeg halves while it decodes: 48 million pixels are never in memory at once.
            file.draft(None, (round(file.width * share), round(file.height * share)))
        file.load()
        # Not without need: the copy has as many pixels.
        picture = _known_mode(file if turn == 1 else ImageOps.exif_transpose(file))
        profile = file.info.get("icc_profile")
    plates = _shown(picture, upright, part, share)
    alpha = plates.getchannel("A") if plates.mode in ("LA", "RGBA") else None
    colours = _screen_colours(plates.convert(plates.mode.removesuffix("A")), profile)
    if view.is_black:
        colours = colours.convert("L")
    digest = hashlib.sha256(hashlib.sha256(data).digest() + repr((view, most)).encode())
    return Master(
        digest.hexdigest(),
        _bare(colours),
        _bare(alpha) if alpha and alpha.getextrema() != (255, 255) else None,
        is_drawing,
        view.is_black,
        view.is_lined,
        _stand_in(colours.size),
    )


def _is_flat(picture: Image) -> bool:
    """Return whether a picture is drawn: of flat colours, with but their edges softened."""
    from PIL.Image import Resampling

    size = (min(_SAMPLE, picture.width), min(_SAMPLE, picture.height))
    sample = _known_mode(picture.resize(size, Resampling.NEAREST))
    counts = sample.getcolors(_SAMPLE * _SAMPLE) or []
    common = sorted((count for count, _ in counts), reverse=True)[:16]
    return sum(common) >= _FLAT * size[0] * size[1]


def _share(part: tuple[float, float, float, float], view: PictureView, most: Size) -> float:
    """Return which share of its pixels along a side a photograph keeps."""
    wide, high = part[2] - part[0], part[3] - part[1]
    if view.frame:
        return min(1.0, max(view.frame.width / wide, view.frame.height / high) * FINEST / 72)
    return min(1.0, 2 * max(most) * FINEST / 72 / min(wide, high))


def _known_mode(picture: Image) -> Image:
    """Return a picture of one byte a plate: L, LA, RGB, RGBA or CMYK."""
    picture = eight_bits(picture)
    if picture.mode == "PA" or "transparency" in picture.info:
        return picture.convert("RGBA")
    if picture.mode in ("1", "L", "I", "F"):
        return picture.convert("L")
    return picture if picture.mode in ("LA", "RGB", "RGBA", "CMYK") else picture.convert("RGB")


def _shown(
    picture: Image, upright: tuple[int, int], part: tuple[float, float, float, float], share: float
) -> Image:
    """Return the part of a picture that is shown, with a share of the file's pixels."""
    from PIL.Image import Resampling

    across, down = picture.width / upright[0], picture.height / upright[1]
    left, top = round(part[0] * across), round(part[1] * down)
    width = max(1, round((part[2] - part[0]) * across))
    height = max(1, round((part[3] - part[1]) * down))
    box = (left, top, left + width, top + height)
    wide, high = (part[2] - part[0]) * share, (part[3] - part[1]) * share
    size = (max(1, math.ceil(wide - 0.01)), max(1, math.ceil(high - 0.01)))
    if size[0] < width and size[1] < height:
        return picture.resize(size, Resampling.LANCZOS, box=box, reducing_gap=3.0)
    return picture.crop(box)


def _screen_colours(picture: Image, profile: bytes | None) -> Image:
    """Return a picture in sRGB, or in grey where it has no colour; a broken profile counts as none.

    Inks without a profile are those of the usual press.
    """
    from PIL import ImageCms

    if picture.mode == "CMYK" and not profile:
        profile = CONDITIONS[DEFAULT].profile
    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError):
            converted = ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                ImageCms.Intent.RELATIVE_COLORIMETRIC,
                "RGB",
                flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
            picture = converted or picture
    if picture.mode == "L":
        return picture
    red, green, blue = picture.convert("RGB").split()
    is_grey = red.tobytes() == green.tobytes() == blue.tobytes()
    return red if is_grey else picture.convert("RGB")


def _bare(picture: Image) -> Image:
    """Return the pixels alone: what else is known of a file would be written with them."""
    bare = picture.copy()
    bare.info = {}
    return bare


def _stand_in(size: tuple[int, int]) -> bytes:
    """Return an empty JPEG. WeasyPrint asks it for its size, and embeds it as it is."""
    from PIL import Image

    output = io.BytesIO()
    Image.new("L", size).save(output, "JPEG", quality=1)
    return output.getvalue()
