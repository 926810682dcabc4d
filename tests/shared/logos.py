"""Logos such as groups have: wide, square, tall, in one colour and in many, drawn and in pixels."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from tests.shared.photographs import saved

_SVG = 'xmlns="http://www.w3.org/2000/svg"'
WIDE = (  # 8 to 1, blue, with a white dot
    f'<svg {_SVG} viewBox="0 0 800 100"><g fill="#0055aa"><circle cx="50" cy="50" r="50"/>'
    '<path d="M120 0h40v40h40v-40h40v100h-40v-30h-40v30h-40z"/>'
    '<rect x="260" width="540" height="30"/><rect x="260" y="70" width="400" height="30"/></g>'
    '<circle cx="50" cy="50" r="25" fill="white"/></svg>'
)
SQUARE = (  # coloured by a stylesheet
    f'<svg {_SVG} viewBox="0 0 100 100"><style>.a{{fill:#231f20}}.b{{fill:#fff}}</style>'
    '<circle class="a" cx="50" cy="50" r="50"/><path class="b" d="M20 70L50 15L80 70z"/>'
    '<circle class="a" cx="50" cy="55" r="8"/></svg>'
)
TALL = (  # 1 to 2, of no colour: black
    f'<svg {_SVG} width="100" height="200"><path d="M50 0L100 60H70V200H30V60H0z"/></svg>'
)
MANY = (
    f'<svg {_SVG} viewBox="0 0 300 100"><rect width="300" height="100" fill="#003366"/>'
    '<circle cx="50" cy="50" r="40" fill="#ffcc00"/><path d="M110 20h80v60h-80z" fill="#cc0033"/>'
    '<path d="M210 20h70v60h-70z" fill="#fff"/>'
    '<path d="M225 35h40v30h-40z" style="fill:rgb(0,150,80)"/></svg>'
)
WHITE = (  # for black ground
    f'<svg {_SVG} viewBox="0 0 300 100"><path d="M0 0h300v100h-300z" fill="#fff"/></svg>'
)
DRAWN = {"wide": WIDE, "square": SQUARE, "tall": TALL, "many": MANY}


def _alpha() -> Image.Image:
    """Return two colours and a half-transparent bar on nothing."""
    picture = Image.new("RGBA", (3000, 1000), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((100, 50, 1000, 950), fill=(200, 30, 60, 255))
    draw.ellipse((350, 300, 750, 700), fill=(255, 255, 255, 255))
    draw.rectangle((1200, 200, 2900, 450), fill=(20, 20, 20, 255))
    draw.rectangle((1200, 600, 2400, 850), fill=(20, 20, 20, 128))
    return picture


def _blue() -> Image.Image:
    """Return one blue on white, with white around it."""
    picture = Image.new("RGB", (3200, 900), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((100, 100, 800, 800), fill=(0, 85, 170))
    draw.rectangle((1000, 200, 3100, 700), fill=(0, 85, 170))
    return picture


@cache
def _files() -> dict[str, bytes]:
    """Return each logo's file by its name. Why cached: to make the pixels takes long."""
    drawn = {f"{name}.svg": text.encode() for name, text in DRAWN.items()}
    alpha, blue = saved(_alpha(), "PNG"), saved(_blue(), quality=92)
    return {**drawn, "alpha.png": alpha, "blue.jpg": blue}


def write_logos(folder: Path) -> dict[str, str]:
    """Write all logos into a folder; return their files' names by what they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in _files().items():
        (folder / name).write_bytes(data)
    return {Path(name).stem: name for name in _files()}
