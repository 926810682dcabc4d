"""The design system's values as CSS: fonts, variables, and the page with its bleed."""

from __future__ import annotations

import math
from collections.abc import Mapping

from hrcpub.pipeline.setting import Face
from hrcpub.project.layout import Form, System
from hrcpub.project.material import Material
from hrcpub.units import css

_FAMILIES = {"text-face": "text", "display-face": "display"}


def tokens(material: Material, faces: Mapping[str, Face], form: Form, bleed: float) -> str:
    """Return the design system's values as CSS: fonts, variables and the page."""
    system, grid = material.layout.system, form.grid
    # A side that is one page has no margin below: the box of a last line is a hair taller than its
    # ink, and must not be pushed to another page. Where words flow over pages, there is a margin.
    below = css(grid["margin"]) if form.sides is None else "0"
    paper = system.papers[material.colour].screen
    values = {name: css(length) for name, length in grid.items()} | {
        **families(system),
        "ink": system.ink.screen,
        "paper": paper,
        **seats(grid, faces["text"]),
        "bare": system.papers["bare"].screen,
        # A panel is black with words in the paper's colour; where toner is spared, a frame.
        "panel": "transparent" if material.spares_toner else system.ink.screen,
        "on-panel": system.ink.screen if material.spares_toner else paper,
        "panel-frame": "3pt" if material.spares_toner else "0pt",
        "height": css(form.trim.height - 2 * grid["margin"]),
    }
    variables = "".join(f"--{name}:{value};" for name, value in values.items())
    page = (
        f"@page{{size:{css(form.trim.width)} {css(form.trim.height)};"
        f"margin:{css(grid['margin'])} {css(grid['margin'])} {below};"
        f"bleed:{css(bleed)};background:{paper}}}\n"
    )
    return f"{fonts(system)}:root{{{variables}}}\n{page}"


def fonts(system: System) -> str:
    """Return the design system's faces as CSS."""
    return "".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f'font-style:{face.style};src:url("/{face.file}")}}\n'
        for face in system.faces.values()
    )


def families(system: System) -> dict[str, str]:
    """Return the families by which stylesheets ask for a face, as CSS lists them.

    Why by a variable: which they are depends on the script.
    """
    return {name: f'"{system.faces[role].family}"' for name, role in _FAMILIES.items()}


def seats(grid: Mapping[str, float], face: Face, least: float = -math.inf) -> dict[str, str]:
    """Return the paddings that put a text's first baseline on the lattice.

    A line box of height H has its baseline at (H + ascent - descent) / 2 (CSS 2.2 §10.8.1).
    `drop` is the space between a rule and the text under it, `seat` that above a text without a
    rule. `baseline` and `foot` are the parts of a line above and under its baseline. `cap-top` is
    the space between a rule's top and the capitals under it. No drop is under `least`: text that
    has grown may be too large for it, and begins right under its rule.
    """
    seats = {}
    for style in styles(grid):
        size, leading = grid[f"{style}-size"], grid[f"{style}-leading"]
        baseline = (leading + (face.ascent - face.descent) * size) / 2
        # Up to the next line of the lattice.
        steps = math.ceil(baseline / grid["step"])
        seats[f"{style}-baseline"] = css(baseline)
        seats[f"{style}-foot"] = css(leading - baseline)
        seats[f"{style}-seat"] = css(steps * grid["step"] - baseline)
        seats[f"{style}-drop"] = css(max(least, grid["drop"] - grid["rule"] - baseline))
    seats["cap-top"] = css(grid["drop"] - face.ink("H").top * grid["text-size"])
    return seats


def styles(grid: Mapping[str, float]) -> tuple[str, ...]:
    """Return the kinds of text in a grid: those that have a size and a leading."""
    names = (name.removesuffix("-size") for name in grid if name.endswith("-size"))
    return tuple(name for name in names if f"{name}-leading" in grid)
