"""The design system's values as CSS: fonts, variables, and the page with its bleed."""

from __future__ import annotations

import math
from collections.abc import Mapping

from hrcpub.edition import BLEED
from hrcpub.layout import Layout
from hrcpub.material import Material
from hrcpub.setting import Face
from hrcpub.units import css


def tokens(material: Material, faces: Mapping[str, Face]) -> str:
    """Return the design system's values as CSS: fonts, variables and the page."""
    layout = material.layout
    system = layout.system
    fonts = "".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f'font-style:{face.style};src:url("/{face.file}")}}\n'
        for face in system.faces.values()
    )
    paper = system.papers[material.colour].screen
    values = {name: css(length) for name, length in layout.grid.items()} | {
        "ink": system.ink.screen,
        "paper": paper,
        **_seats(layout, faces["text"]),
        "bare": system.papers["bare"].screen,
        "height": css(layout.trim.height - 2 * layout.grid["margin"]),
    }
    variables = "".join(f"--{name}:{value};" for name, value in values.items())
    page = (
        f"@page{{size:{css(layout.trim.width)} {css(layout.trim.height)};"
        # A side's height is its own: a last line whose box is a hair taller than its ink must not
        # be pushed to another page, so the page has no margin below.
        f"margin:{css(layout.grid['margin'])} {css(layout.grid['margin'])} 0;"
        f"bleed:{css(BLEED)};background:{paper}}}\n"
    )
    return f"{fonts}:root{{{variables}}}\n{page}"


def _seats(layout: Layout, face: Face) -> dict[str, str]:
    """Return the paddings that put a text's first baseline on the lattice.

    A line box of height H has its baseline at (H + ascent - descent) / 2 (CSS 2.2 §10.8.1).
    `drop` lies between a rule and the text whose baseline is under it, `seat` above a text without
    a rule; `baseline` and `foot` are a line's own, above and under its baseline; `cap-top` is from
    a rule's top to that of the capitals under it.
    """
    grid, seats = layout.grid, {}
    for style in ("text", "small"):
        size, leading = grid[f"{style}-size"], grid[f"{style}-leading"]
        baseline = (leading + (face.ascent - face.descent) * size) / 2
        steps = math.ceil(baseline / grid["step"])
        seats[f"{style}-baseline"] = css(baseline)
        seats[f"{style}-foot"] = css(leading - baseline)
        seats[f"{style}-seat"] = css(steps * grid["step"] - baseline)
        seats[f"{style}-drop"] = css(grid["drop"] - grid["rule"] - baseline)
    seats["cap-top"] = css(grid["drop"] - face.ink("H").top * grid["text-size"])
    return seats
