"""Plates of a page, and how they are blended; a level is 0 to 255, solid ink."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image, ImageChops

PLATES = {"Cyan": 0, "Magenta": 1, "Yellow": 2, "Black": 3}
Plates = dict[int | str, Image.Image]  # the four by number, spots by name
Blend = Callable[[Image.Image, Image.Image], Image.Image]


def _by_light(blend: Blend) -> Blend:
    """Return a blend of inks from one of light: CMYK is blended as its complement (§11.3.4)."""

    def blended(there: Image.Image, over: Image.Image) -> Image.Image:
        return ImageChops.invert(blend(ImageChops.invert(there), ImageChops.invert(over)))

    return blended


# An ink is what a light lacks: so Multiply of lights is Screen of inks, Darken is Lighten, and the
# other way round.
BLENDS: dict[str, Blend] = {
    "Multiply": ImageChops.screen,
    "Screen": ImageChops.multiply,
    "Darken": ImageChops.lighter,
    "Lighten": ImageChops.darker,
    "Overlay": _by_light(ImageChops.overlay),
    "HardLight": _by_light(ImageChops.hard_light),
    "SoftLight": _by_light(ImageChops.soft_light),
    "Difference": _by_light(ImageChops.difference),
}


# The modes by which whole layers are laid over each other: groups, pictures, gradients.
BLENDED = frozenset({"Multiply", "Screen", "Darken", "Lighten"})


def blended(there: Image.Image, over: Image.Image, shape: Image.Image, blend: str) -> Image.Image:
    """Return a plate with premultiplied ink laid over it; other modes than four as Normal."""
    if blend == "Multiply":
        return ImageChops.screen(there, over)
    left = ImageChops.multiply(there, ImageChops.invert(shape))
    if blend == "Darken":
        over = ImageChops.lighter(ImageChops.multiply(there, shape), over)
    elif blend == "Lighten":
        over = ImageChops.darker(ImageChops.multiply(there, shape), over)
    elif blend == "Screen":
        over = ImageChops.multiply(there, over)
    return ImageChops.add(left, over)


def darkness(plates: list[Image.Image]) -> Image.Image:
    """Return how dark inks are to the eye (§10.3.5: 0.3 C + 0.59 M + 0.11 Y + K)."""
    total = plates[3]
    for plate, share in zip(plates, (0.3, 0.59, 0.11), strict=False):
        total = ImageChops.add(total, plate.point([round(share * level) for level in range(256)]))
    return total
