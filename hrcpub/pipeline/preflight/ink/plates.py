"""Plates of a page, and how dark they are; a level is 0 to 255, solid ink."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

PLATES = {"Cyan": 0, "Magenta": 1, "Yellow": 2, "Black": 3}
Plates = dict[int | str, "Image.Image"]  # the four by number, spots by name


def darkness(plates: list[Image.Image]) -> Image.Image:
    """Return how dark inks are to the eye (§10.3.5: 0.3 C + 0.59 M + 0.11 Y + K)."""
    from PIL import ImageChops

    total = plates[3]
    for plate, share in zip(plates, (0.3, 0.59, 0.11), strict=False):
        total = ImageChops.add(total, plate.point([round(share * level) for level in range(256)]))
    return total
