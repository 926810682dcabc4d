"""Colours and pictures in sRGB to the inks that a print shop would make of them.

The conversion is that of the default output condition. It is only as good as the shop's own: it
serves to add up inks, not to judge colours.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsProfile, ImageCmsTransform

_STEPS = 15  # of the lattice in which RGB is separated


@lru_cache(maxsize=1)
def _conversion() -> ImageCmsTransform:
    """Return sRGB to the inks of the house's output condition, as a shop would convert."""
    from PIL import ImageCms

    return _into_inks(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")), "RGB")


def _into_inks(source: ImageCmsProfile, mode: str) -> ImageCmsTransform:
    """Return a profile's colours to the inks of the house's output condition."""
    import io

    from PIL import ImageCms

    from hrcpub.project.condition import CONDITIONS, DEFAULT

    conversion = ImageCms.buildTransform(
        source,
        ImageCms.ImageCmsProfile(io.BytesIO(CONDITIONS[DEFAULT].profile)),
        mode,
        "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    # Pillow writes this profile into each picture that comes out, and to write a press's takes a
    # hundred times as long as to convert a colour. Nobody reads it there, so it is a small one.
    conversion.output_profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    return conversion


def converted(picture: Image, profile: bytes | None) -> Image:
    """Return a picture in inks by its profile; None is L*a*b*. Raises ValueError for a bad one."""
    from PIL import ImageCms

    try:
        result = ImageCms.applyTransform(picture, _from(profile, picture.mode))
    except (ImageCms.PyCMSError, OSError) as error:
        raise ValueError(f"a profile that cannot be used ({error})"[:60]) from None
    assert result is not None
    return result


@lru_cache(maxsize=16)
def _from(profile: bytes | None, mode: str) -> ImageCmsTransform:
    import io

    from PIL import ImageCms

    source = ImageCms.createProfile("LAB") if profile is None else io.BytesIO(profile)
    return _into_inks(ImageCms.ImageCmsProfile(source), mode)


@lru_cache(maxsize=1)
def most() -> float:
    """Return the most ink that any colour becomes, in per cent: of black, or near to it."""
    table = _table()
    # A level more on each plate, for what lies between the lattice's colours.
    return max(sum(table[at : at + 4]) for at in range(0, len(table), 4)) / 2.55 + 2


def separate(picture: Image) -> Image:
    """Return an RGB picture in inks."""
    from PIL import ImageCms

    converted = ImageCms.applyTransform(picture, _conversion())
    assert converted is not None  # it is None only for a picture that is changed in its place
    return converted


@lru_cache(maxsize=4096)
def separated(r: float, g: float, b: float) -> tuple[float, float, float, float]:
    """Return one sRGB colour in inks, as the output condition separates it."""
    table = _table()
    # Trilinear: each corner of the lattice's cell counts by how near the colour is to it.
    low = [min(int(part * _STEPS), _STEPS - 1) for part in (r, g, b)]
    share = [part * _STEPS - at for part, at in zip((r, g, b), low, strict=True)]
    levels = [0.0, 0.0, 0.0, 0.0]
    for corner in range(8):
        turns = (corner >> 2, corner >> 1 & 1, corner & 1)
        weight, at = 1.0, 0
        for first, part, turn in zip(low, share, turns, strict=True):
            weight *= part if turn else 1 - part
            at = at * (_STEPS + 1) + first + turn
        if weight:
            levels = [old + weight * table[4 * at + ink] / 255 for ink, old in enumerate(levels)]
    return (levels[0], levels[1], levels[2], levels[3])


@lru_cache(maxsize=1)
def _table() -> bytes:
    """Return the inks of a lattice of sRGB colours.

    Why: Pillow takes milliseconds for each call, however small the picture.
    """
    from PIL import Image

    levels = [255 * at // _STEPS for at in range(_STEPS + 1)]
    dots = bytes(level for r in levels for g in levels for b in levels for level in (r, g, b))
    return bytes(separate(Image.frombytes("RGB", ((_STEPS + 1) ** 2, _STEPS + 1), dots)).tobytes())
