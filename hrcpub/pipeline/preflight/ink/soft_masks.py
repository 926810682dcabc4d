"""A drawn soft-mask group to how much of each cell it lets through (ISO 32000-2 §11.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
from PIL import Image, ImageChops, ImageFilter

from hrcpub.pipeline.preflight.ink.plates import darkness
from hrcpub.pipeline.preflight.page.bounded import numbers
from hrcpub.pipeline.preflight.page.functions import function

if TYPE_CHECKING:
    from hrcpub.pipeline.preflight.page.interpreter import Library

# Ghostscript (10.00) takes the levels of a grey group for linear light; others as they are.
GREY_LEVELS = "a soft mask in grey or RGB, of which programs see other levels"


def opacity(
    mask: pikepdf.Object, plates: list[Image.Image], alpha: Image.Image, library: Library
) -> Image.Image:
    """Return what a mask lets through, from the plates and the opacity of its group."""
    if mask.get("/S") == "/Alpha":
        return _turned(mask, alpha)
    # Premultiplied: light is what is covered less what is inked; elsewhere is the backdrop.
    ground = round(255 * _ground(mask, library))
    light = ImageChops.subtract(alpha, darkness(plates))
    beyond = ImageChops.invert(alpha).point([round(x * ground / 255) for x in range(256)])
    return _turned(mask, ImageChops.add(light, beyond))


def is_doubtful(mask: pikepdf.Object, levels: Image.Image, library: Library) -> bool:
    """Whether a mask has an area of levels on which programs do not agree."""
    if mask.get("/S") == "/Alpha" or _family(mask, library) == "DeviceCMYK":
        return False
    between = levels.point([255 if 25 < level < 230 else 0 for level in range(256)])
    # Edges are between too: they are one or two cells wide.
    return between.filter(ImageFilter.MinFilter(5)).getbbox() is not None


def _family(mask: pikepdf.Object, library: Library) -> str:
    group = mask["/G"].get("/Group")
    named = group.get("/CS") if isinstance(group, pikepdf.Dictionary) else None
    return library.space(named, None).family if named is not None else "DeviceCMYK"


def _ground(mask: pikepdf.Object, library: Library) -> float:
    """Return the luminosity of the backdrop of a mask's group: black where none is named."""
    parts = numbers(mask.get("/BC"), 4)
    match _family(mask, library), parts:
        case "DeviceGray", [grey]:
            return grey
        case "DeviceRGB", [red, green, blue]:
            return 0.3 * red + 0.59 * green + 0.11 * blue
        case "DeviceCMYK", [cyan, magenta, yellow, black]:
            return max(0.0, 1 - (0.3 * cyan + 0.59 * magenta + 0.11 * yellow + black))
        case _:
            return 0.0


def _turned(mask: pikepdf.Object, levels: Image.Image) -> Image.Image:
    """Return levels as the mask's transfer function turns them."""
    transfer = mask.get("/TR")
    if transfer is None or isinstance(transfer, pikepdf.Name):
        return levels
    turn = function(transfer)
    shares = [turn([level / 255])[0] for level in range(256)]
    return levels.point([round(255 * min(max(share, 0.0), 1.0)) for share in shares])
