"""Screen colours to inks: black alone, the builds of the palette, or those of the profile.

Why not a converter for whole files: it makes four inks of black text (72 67 67 88 per cent), loses
tags and moves the origin of pages. Here each colour is converted where it is written.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.files.lasting import made_once
from hrcpub.pipeline.photographs import is_bitmap

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageCms import ImageCmsTransform

Cmyk = tuple[float, float, float, float]  # 0 to 1 each

NEUTRAL = 128  # a* or b* of a grey, in the eight bits of LittleCMS
MOST_PICTURES = 16  # converted ones that are kept, for pieces that share them


class PaletteInk(NamedTuple):
    """A colour of the palette on the press: its build, and its plate if it is a spot colour."""

    build: Cmyk
    spot: str | None = None


class _ProfileFacts(NamedTuple):
    """What is worked out of a profile: that takes a tenth of a second."""

    packed: bytes  # as press files embed it
    grey: tuple[float, ...]  # the tint of K for each of 256 greys


class InkConversion:
    """The conversion for one output condition and one palette."""

    def __init__(self, profile: bytes, palette: Mapping[str, PaletteInk], ink_limit: float) -> None:
        """Convert through `profile`; `palette` maps #rrggbb to inks; `ink_limit` is in per cent."""
        facts = made_once(_facts_key(profile), lambda: _facts_of(profile))
        self.packed, self._grey = facts
        self.palette = dict(palette)
        self.limit = ink_limit / 100
        self._profile = profile
        self.rgb = lru_cache(maxsize=4096)(self._from_rgb)
        self.lab = lru_cache(maxsize=512)(self._from_lab)
        self.picture = lru_cache(maxsize=MOST_PICTURES)(self._picture)

    # Each takes 10 ms to build, and a piece in colours of the palette needs none.
    @cached_property
    def _rgb(self) -> ImageCmsTransform:
        return _transform(self._profile, "RGB")

    @cached_property
    def _lab(self) -> ImageCmsTransform:
        return _transform(self._profile, "LAB")

    @property
    def spots(self) -> frozenset[str]:
        """The names of the palette's inks that have a plate of their own."""
        return frozenset(ink.spot for ink in self.palette.values() if ink.spot)

    def spot(self, red: float, green: float, blue: float) -> PaletteInk | None:
        """Return the palette's ink of a colour that has its own plate; None for all others."""
        ink = self.palette.get(_hex(red, green, blue))
        return ink if ink and ink.spot else None

    def _from_rgb(self, red: float, green: float, blue: float) -> Cmyk:
        """Return the inks of an sRGB colour.

        Colours of the palette have their builds. Neutral greys are black alone: in four inks, grey
        lines and letters get coloured edges, since plates never register exactly.
        """
        from PIL import Image, ImageCms

        known = self.palette.get(_hex(red, green, blue))
        if known:
            return known.build
        levels = [round(255 * min(1.0, max(0.0, part))) for part in (red, green, blue)]
        if levels[0] == levels[1] == levels[2]:
            return (0.0, 0.0, 0.0, self._grey[levels[0]])
        pixel = Image.new("RGB", (1, 1), tuple(levels))
        return self._limited(ImageCms.applyTransform(pixel, self._rgb))

    def _from_lab(self, lightness: float, a: float, b: float) -> Cmyk:
        """Return the inks of a CIE L*a*b* colour (D50); greys as if they were written in sRGB."""
        from PIL import Image, ImageCms

        if _byte(a) == _byte(b) == NEUTRAL:
            level = _grey_of_lightness(lightness)
            return self.rgb(level, level, level)
        levels = (round(lightness * 2.55), _byte(a), _byte(b))
        pixel = Image.new("LAB", (1, 1), levels)
        return self._limited(ImageCms.applyTransform(pixel, self._lab))

    def _limited(self, picture: Image.Image | None) -> Cmyk:
        """Return the inks of the only pixel; over the limit, colours are reduced and K is not."""
        if picture is None:
            raise ValueError("the transform returned no picture")
        cyan, magenta, yellow, black = (part / 255 for part in picture.getpixel((0, 0)))  # type: ignore[union-attr]
        colours = cyan + magenta + yellow
        room = max(0.0, self.limit - black)
        share = min(1.0, room / colours) if colours else 1.0
        return (cyan * share, magenta * share, yellow * share, black)

    def _picture(self, data: bytes) -> Image.Image:
        """Return a picture for the press: 1-bit and grey as it is, colour through the profile."""
        from PIL import Image

        with Image.open(io.BytesIO(data)) as opened:
            picture = opened.convert("RGB")
        red, green, blue = picture.split()
        if red.tobytes() == green.tobytes() == blue.tobytes():
            # One bit prints at full resolution, without a screen.
            return red.point(lambda level: level, "1") if is_bitmap(red) else red
        return self.photograph(picture)

    def photograph(self, picture: Image.Image) -> Image.Image:
        """Return a grey or RGB picture for the press: grey as tints of K, colour in four inks."""
        from PIL import ImageCms

        if picture.mode == "L":
            # As light on paper as on a screen: dots grow in print.
            return picture.point([round(255 * (1 - tint)) for tint in self._grey])
        converted = ImageCms.applyTransform(picture, self._rgb)
        if converted is None:
            raise ValueError("the transform returned no picture")
        return converted


def _facts_of(profile: bytes) -> _ProfileFacts:
    return _ProfileFacts(zlib.compress(profile, 9), tuple(_grey_to_black(profile)))


def _facts_key(profile: bytes) -> str:
    """Return what the facts depend on, beside this program and Pillow: with it, its LittleCMS."""
    return f"profile {hashlib.sha256(profile).hexdigest()} zlib {zlib.ZLIB_RUNTIME_VERSION}"


def _byte(part: float) -> int:
    """Return a* or b* in the eight bits of LittleCMS."""
    return round(min(255.0, max(0.0, part + NEUTRAL)))


def _grey_of_lightness(lightness: float) -> float:
    """Return the level, 0 to 1, of the sRGB grey with an L* of 0 to 100 (IEC 61966-2-1)."""
    root = (lightness + 16) / 116
    light = root**3 if root > 6 / 29 else lightness / 903.3
    return 1.055 * light ** (1 / 2.4) - 0.055 if light > 0.0031308 else 12.92 * light


def _hex(red: float, green: float, blue: float) -> str:
    levels = (round(255 * min(1.0, max(0.0, part))) for part in (red, green, blue))
    return "#" + "".join(f"{level:02x}" for level in levels)


def _transform(profile: bytes, space: str) -> ImageCmsTransform:
    """Return a relative colorimetric transform with black-point compensation into CMYK."""
    from PIL import ImageCms

    source = ImageCms.createProfile("sRGB" if space == "RGB" else "LAB")
    conversion = ImageCms.buildTransform(
        source,
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        space,
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    # Pillow writes this profile into each picture that comes out, and to write a press's takes
    # longer than to convert a colour. Nobody reads it there, so it is a small one.
    conversion.output_profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    return conversion


def _grey_to_black(profile: bytes) -> list[float]:
    """Return for each of 256 grey levels the tint of K (0 to 1) that looks as light.

    The profile says how light the tints of K are. Their range, from paper to solid black, is
    scaled to that of the greys, as black-point compensation does.
    """
    from PIL import Image, ImageCms

    to_lab = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.createProfile("LAB"),
        "CMYK",
        "LAB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    grey_to_lab = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.createProfile("LAB"),
        "RGB",
        "LAB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    tints = Image.frombytes("CMYK", (256, 1), bytes(v for k in range(256) for v in (0, 0, 0, k)))
    greys = Image.frombytes("RGB", (256, 1), bytes(v for g in range(256) for v in (g, g, g)))
    lightness = _lightness(ImageCms.applyTransform(tints, to_lab))
    targets = _lightness(ImageCms.applyTransform(greys, grey_to_lab))
    solid, paper = lightness[255], lightness[0]
    scale = [(light - solid) / (paper - solid) for light in lightness]
    table = []
    for target in targets:
        tint = min(range(256), key=lambda k: abs(scale[k] - target / 255))
        table.append(tint / 255)
    # Black is solid and white is nothing, however the profile rounds.
    table[0], table[255] = 1.0, 0.0
    return table


def _lightness(picture: Image.Image | None) -> list[int]:
    if picture is None:
        raise ValueError("the transform returned no picture")
    return list(picture.getchannel(0).tobytes())
