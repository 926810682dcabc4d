"""How paint is laid over other paint: blend modes and opacity (ISO 32000-2 §11.3), on plates.

A level is 0 to 255, solid ink. Inks are blended as the light that they leave (§11.3.4). Paint is
premultiplied: its levels are already lowered by its opacity.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from PIL import Image, ImageChops, ImageMath

from hrcpub.pipeline.preflight.ink.plates import Plates

# Pillow's operand of a picture, or a number: its class is not public.
_Levels = Any
_Three = tuple[_Levels, _Levels, _Levels]
_Clamp = Callable[[_Levels, _Levels], _Levels]


class _Sums(NamedTuple):
    """What a formula needs beside the operators: the less and the more of two."""

    least: _Clamp
    most: _Clamp


Separable = Callable[[_Levels, _Levels, _Sums], _Levels]

# --- Modes that blend each ink by itself: lights from 0 to 1, there and over (Table 134) ----------


def _screen(b: _Levels, s: _Levels, _: _Sums) -> _Levels:
    return b + s - b * s


def _hard_light(b: _Levels, s: _Levels, of: _Sums) -> _Levels:
    is_dark = s <= 0.5
    return is_dark * (2 * b * s) + (1 - is_dark) * _screen(b, 2 * s - 1, of)


def _soft_light(b: _Levels, s: _Levels, of: _Sums) -> _Levels:
    is_deep, is_dark = b <= 0.25, s <= 0.5
    curve = is_deep * (((16 * b - 12) * b + 4) * b) + (1 - is_deep) * of.most(b, 0.0) ** 0.5
    darker, lighter = b - (1 - 2 * s) * b * (1 - b), b + (2 * s - 1) * (curve - b)
    return is_dark * darker + (1 - is_dark) * lighter


def _dodge(b: _Levels, s: _Levels, of: _Sums) -> _Levels:
    return (b > 0) * of.least(b / of.most(1 - s, 1e-6), 1.0)


def _burn(b: _Levels, s: _Levels, of: _Sums) -> _Levels:
    return 1 - (b < 1) * of.least((1 - b) / of.most(s, 1e-6), 1.0)


SEPARABLE: dict[str, Separable] = {
    "Normal": lambda _, s, __: s,
    "Multiply": lambda b, s, _: b * s,
    "Screen": _screen,
    "Overlay": lambda b, s, of: _hard_light(s, b, of),
    "Darken": lambda b, s, of: of.least(b, s),
    "Lighten": lambda b, s, of: of.most(b, s),
    "ColorDodge": _dodge,
    "ColorBurn": _burn,
    "HardLight": _hard_light,
    "SoftLight": _soft_light,
    "Difference": lambda b, s, of: of.most(b, s) - of.least(b, s),
    "Exclusion": lambda b, s, _: b + s - 2 * b * s,
}
_NOT_ON_SPOTS = ("Difference", "Exclusion")  # they do not keep white (§11.7.4.2): as Normal

# --- Modes that blend cyan, magenta and yellow together (§11.3.5.3) -------------------------------


def _luminosity(c: _Three) -> _Levels:
    return 0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2]


def _ends(c: _Three, of: _Sums) -> tuple[_Levels, _Levels]:
    return of.least(c[0], of.least(c[1], c[2])), of.most(c[0], of.most(c[1], c[2]))


def _at_luminosity(c: _Three, light: _Levels, of: _Sums) -> _Three:
    """Return a colour made so light, and clipped to what there is (SetLum and ClipColor)."""
    more = light - _luminosity(c)
    moved = (c[0] + more, c[1] + more, c[2] + more)
    low, high = _ends(moved, of)
    # By how much the parts must come nearer to their luminosity, from below and from above.
    down = (low < 0) * (light / of.most(light - low, 1e-6)) + (low >= 0) * 1.0
    up = (high > 1) * ((1 - light) / of.most(high - light, 1e-6)) + (high <= 1) * 1.0
    share = of.least(down, up)
    return (
        light + (moved[0] - light) * share,
        light + (moved[1] - light) * share,
        light + (moved[2] - light) * share,
    )


def _at_saturation(c: _Three, wide: _Levels, of: _Sums) -> _Three:
    low, high = _ends(c, of)
    scale = wide / of.most(high - low, 1e-6)
    return ((c[0] - low) * scale, (c[1] - low) * scale, (c[2] - low) * scale)


def _saturation(c: _Three, of: _Sums) -> _Levels:
    low, high = _ends(c, of)
    return high - low


TOGETHER: dict[str, Callable[[_Three, _Three, _Sums], _Three]] = {
    "Hue": lambda b, s, of: _at_luminosity(
        _at_saturation(s, _saturation(b, of), of), _luminosity(b), of
    ),
    "Saturation": lambda b, s, of: _at_luminosity(
        _at_saturation(b, _saturation(s, of), of), _luminosity(b), of
    ),
    "Color": lambda b, s, of: _at_luminosity(s, _luminosity(b), of),
    "Luminosity": lambda b, s, of: _at_luminosity(b, _luminosity(s), of),
}

MODES = frozenset({*SEPARABLE, *TOGETHER})
SHAPE = "shape"  # the name of how opaque paint is, beside its plates


def laid(there: Plates, below: Image.Image | None, over: Plates, mode: str) -> Plates:
    """Return plates with paint laid over them, blended by a mode.

    `below` is how opaque the plates are, None where they wholly are. `over` has a plate for each of
    them and, named "shape", how opaque it is.
    """
    shape = over[SHAPE]
    names = list(there)
    if mode == "Normal":
        off = ImageChops.invert(shape)
        return {n: ImageChops.add(ImageChops.multiply(there[n], off), over[n]) for n in names}
    lights = {n: (_light(there[n], below), _light(over[n], shape)) for n in names}
    mixed = {n: _separable(lights[n], mode_of(n, mode)) for n in names}
    if mode in TOGETHER:
        mixed |= _together([lights[n] for n in range(3)], TOGETHER[mode])
        mixed[3] = lights[3][mode == "Luminosity"]  # black is that of one side (§11.3.5.3)
    return {n: _composed(there[n], below, over[n], shape, mixed[n]) for n in names}


def mode_of(name: int | str, mode: str) -> str:
    """Return by which mode a plate is blended by itself."""
    if isinstance(name, str) and mode in _NOT_ON_SPOTS:
        return "Normal"
    return mode if mode in SEPARABLE else "Normal"


def _light(plate: Image.Image, opacity: Image.Image | None) -> Image.Image:
    """Return what light premultiplied ink leaves, from 0 to 1."""
    if opacity is None:
        return plate.convert("F").point(lambda level: level * (-1 / 255) + 1)
    light: Image.Image = ImageMath.lambda_eval(
        lambda of: of["min"](of["max"](1 - of["ink"] / of["max"](of["a"], 1.0), 0.0), 1.0),
        ink=plate.convert("F"),
        a=opacity.convert("F"),
    )
    return light


def _separable(lights: tuple[Image.Image, Image.Image], mode: str) -> Image.Image:
    formula = SEPARABLE[mode]
    mixed: Image.Image = ImageMath.lambda_eval(
        lambda of: formula(of["b"], of["s"], _sums(of)), b=lights[0], s=lights[1]
    )
    return mixed


def _together(
    lights: list[tuple[Image.Image, Image.Image]],
    formula: Callable[[_Three, _Three, _Sums], _Three],
) -> Plates:
    pictures = {f"{side}{at}": pair[side] for at, pair in enumerate(lights) for side in (0, 1)}

    def mixed(of: Mapping[str, Any]) -> _Three:
        b, s = ((of[f"{n}0"], of[f"{n}1"], of[f"{n}2"]) for n in (0, 1))
        return formula(b, s, _sums(of))

    return {at: part.im for at, part in enumerate(ImageMath.lambda_eval(mixed, **pictures))}


def _sums(of: Mapping[str, Any]) -> _Sums:
    return _Sums(of["min"], of["max"])


def _composed(
    there: Image.Image,
    below: Image.Image | None,
    over: Image.Image,
    shape: Image.Image,
    mixed: Image.Image,
) -> Image.Image:
    """Return a plate with its paint: blended only with what is there (§11.3.6)."""
    under = below or Image.new("L", there.size, 255)
    put: Image.Image = ImageMath.lambda_eval(
        lambda of: (
            of["there"] * (1 - of["s"] / 255)
            + of["over"] * (1 - of["b"] / 255)
            + (1 - of["mixed"]) * of["s"] * of["b"] / 255
            + 0.5
        ),
        there=there.convert("F"),
        over=over.convert("F"),
        s=shape.convert("F"),
        b=under.convert("F"),
        mixed=mixed,
    )
    return put.convert("L")


@functools.lru_cache(maxsize=256)
def table(mode: str, level: int) -> list[int]:
    """Return what a flat ink makes of each level that is there, by a mode for each ink alone."""
    there = Image.frombytes("L", (256, 1), bytes(range(256)))
    full = Image.new("L", (256, 1), 255)
    over: Plates = {0: Image.new("L", (256, 1), level), SHAPE: full}
    return list(laid({0: there}, None, over, mode)[0].tobytes())
