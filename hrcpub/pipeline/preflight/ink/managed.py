"""Colours and pictures to the inks that are printed, through their profiles (ISO 32000-2 §8.6.5).

Checks read a profile's CMYK as the inks that it names, which a shop is to keep. What adds up ink
goes the way that the shop's program goes by default: from the colour's own profile to the press's.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import pikepdf

from hrcpub.pipeline.preflight.ink.plates import Plates
from hrcpub.pipeline.preflight.page.bounded import Budget, decoded, number, numbers
from hrcpub.pipeline.preflight.page.marks import State
from hrcpub.pipeline.preflight.page.separation import converted, separate
from hrcpub.pipeline.preflight.page.spaces import SRGB_GREY, InkAmounts, Space, inks, looked_up
from hrcpub.project.condition import CONDITIONS, DEFAULT

if TYPE_CHECKING:
    from PIL import Image

_LARGEST_PROFILE = 8 << 20  # bytes: those of presses have 2 MB at most
_MOST_COLOURS = 1000  # of a space
_MODES = {1: "L", 3: "RGB", 4: "CMYK"}


def laid(state: State, is_stroke: bool) -> InkAmounts | None:
    """Return the inks that are printed of the colour in force, None where a pattern is.

    Raises ODD for a colour that cannot be converted.
    """
    if (state.stroke_pattern if is_stroke else state.fill_pattern) is not None:
        return None
    if is_stroke:
        return printed(state.stroke_space, state.stroke)
    return printed(state.fill_space, state.fill)


def printed(space: Space, parts: Sequence[float]) -> InkAmounts:
    """Return the inks that are printed of a colour. Raises ODD where that is not known."""
    if space.kind == "Indexed" and space.base is not None and is_managed(space.base):
        return printed(space.base, looked_up(space, int(parts[0])))
    if not is_managed(space):
        return inks(space, parts)
    key = tuple(parts)
    known = space.printed.get(key)
    if known is None:
        if len(space.printed) >= _MOST_COLOURS:
            raise ValueError("colours of a profile, very many")
        known = space.printed[key] = InkAmounts(_printed(space, key))
    return known


def is_managed(space: Space) -> bool:
    """Whether a space's colours become other inks than its numbers say."""
    if space.kind == "ICCBased":
        return not _is_pressed(profile(space)) and not is_srgb(space)
    return space.kind in ("CalGray", "CalRGB", "Lab")


def is_in_inks(space: Space) -> bool:
    """Whether a profile is that of the press, so that its numbers are inks (§8.6.5.7)."""
    return space.kind == "ICCBased" and space.count == 4 and not is_managed(space)


def is_srgb(space: Space) -> bool:
    """Whether a profile of RGB is sRGB, as far as it says."""
    return space.count == 3 and _names_srgb(profile(space))


@lru_cache(maxsize=16)
def _is_pressed(data: bytes) -> bool:
    """Whether a profile is the press's own: then its inks are the numbers."""
    return data == CONDITIONS[DEFAULT].profile


@lru_cache(maxsize=16)
def _names_srgb(data: bytes) -> bool:
    return not data or b"sRGB" in data or "sRGB".encode("utf-16-be") in data


def profile(space: Space) -> bytes:
    """Return the bytes of an ICCBased space's profile. Raises ODD for what cannot be read."""
    if not space.data and isinstance(space.definition, pikepdf.Stream):
        space.data.append(decoded(space.definition, Budget(), _LARGEST_PROFILE))
    return space.data[0] if space.data else b""


def _printed(space: Space, parts: tuple[float, ...]) -> tuple[float, float, float, float]:
    from PIL import Image

    if space.kind == "CalGray":
        grey = round(255 * _srgb_curve(min(max(parts[0], 0.0), 1.0) ** _gamma(space)))
        return _shares(separate(Image.new("RGB", (1, 1), (grey, grey, grey))))
    if space.kind == "Lab":
        lightness, a, b = (round(part) for part in (parts[0] * 2.55, *parts[1:3]))
        dot = bytes([min(max(lightness, 0), 255), _signed(a), _signed(b)])
        return _shares(converted(Image.frombytes("LAB", (1, 1), dot), None))
    if space.kind == "CalRGB":
        _look_at_primaries(space)
        return inks(space, parts).process
    levels = bytes(round(255 * min(max(part, 0.0), 1.0)) for part in parts[: space.count])
    mode = _MODES[space.count]
    return _shares(converted(Image.frombytes(mode, (1, 1), levels), profile(space)))


def _shares(dot: Image.Image) -> tuple[float, float, float, float]:
    """Return a dot's four inks, from 0 to 1."""
    cyan, magenta, yellow, black = dot.tobytes()
    return (cyan / 255, magenta / 255, yellow / 255, black / 255)


def _signed(part: int) -> int:
    """Return a part of L*a*b* as a byte of two's complement."""
    return min(max(part, -128), 127) % 256


def _gamma(space: Space) -> float:
    fields = space.definition
    return number(fields.get("/Gamma"), 1.0) if isinstance(fields, pikepdf.Dictionary) else 2.2


def _srgb_curve(light: float) -> float:
    """Return a linear light as a level of sRGB (IEC 61966-2-1)."""
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _look_at_primaries(space: Space) -> None:
    """Raise ValueError where calibrated RGB is another than sRGB."""
    fields = space.definition
    if not isinstance(fields, pikepdf.Dictionary):
        return
    gamma = numbers(fields.get("/Gamma")) or [1.0, 1.0, 1.0]
    matrix = numbers(fields.get("/Matrix")) or [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]
    near = zip(matrix, _SRGB, strict=True)
    if any(abs(g - 2.2) > 0.2 for g in gamma) or any(abs(a - b) > 0.03 for a, b in near):
        raise ValueError("calibrated RGB other than sRGB")


_SRGB = (0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505)  # D65


def plates(bands: list[Image.Image], space: Space) -> Plates | None:
    """Return a picture in a managed space as plates; None for other spaces."""
    if not is_managed(space):
        return None
    if space.kind == "Lab" or space is SRGB_GREY:
        raise ValueError("a picture in L*a*b*, or in a grey of its own")  # programs do not agree
    if space.count == 1:
        levels = [printed(space, (level / 255,)).process for level in range(256)]
        return {at: bands[0].point([round(255 * ink[at]) for ink in levels]) for at in range(4)}
    from PIL import Image

    picture = Image.merge(_MODES[space.count], bands[: space.count])
    if space.kind == "CalRGB":
        _look_at_primaries(space)
        return dict(enumerate(separate(picture).split()))
    return dict(enumerate(converted(picture, profile(space)).split()))
