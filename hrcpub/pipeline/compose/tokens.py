"""The design system's values as CSS: fonts, variables, and the page with its bleed."""

from __future__ import annotations

import math
from collections.abc import Mapping

from hrcpub.pipeline.setting import Face
from hrcpub.project.languages import forms_of
from hrcpub.project.layout import FaceStacks, Form
from hrcpub.project.material import Material
from hrcpub.units import css

_FAMILIES = {"text-face": "text", "display-face": "display"}
# What a script may do otherwise than Latin, and what undoes it for a second language.
_BOLD = ":root em{font-style:normal;font-weight:700}\n"
_JOINED = ":root .display{font-variant-ligatures:normal}\n"
_UNDOING = {
    _BOLD: ":root em{font-style:italic;font-weight:inherit}\n",
    _JOINED: ":root .display{font-variant-ligatures:none}\n",
}


def tokens(
    material: Material, stacks: FaceStacks, faces: Mapping[str, Face], form: Form, bleed: float
) -> str:
    """Return the design system's values as CSS: fonts, variables and the page.

    `stacks` are the files of the `faces`.
    """
    values = _values(material, stacks, faces, form)
    variables = _declared(values)
    page = (
        f"@page{{size:{css(form.trim.width)} {css(form.trim.height)};"
        f"margin:{_margins(form)};"
        f"bleed:{css(bleed)};background:{values['paper']}}}\n"
    )
    habits = _habits(material.language, stacks, faces)
    return f"{fonts(stacks, faces)}:root{{{variables}}}\n{page}{habits}"


def _margins(form: Form) -> str:
    """Return the margins of a page as CSS.

    A side that is one page has none below: the box of a last line is a hair taller than its ink,
    and must not be pushed to another page. Where words flow over pages, there is one.
    """
    margin = css(form.grid["margin"])
    return f"{margin} {margin} {margin if form.sides is None else '0'}"


def second_tokens(
    material: Material, stacks: FaceStacks, faces: Mapping[str, Face], form: Form, first: str
) -> str:
    """Return what a second language has otherwise than the first, whose CSS is given.

    Its elements say their language, and so have its values; pages of its own have its margins.
    """
    where = f'[lang="{material.language}"]'
    values = _values(material, stacks, faces, form)
    own = {name: value for name, value in values.items() if _declared({name: value}) not in first}
    new = [line for line in fonts(stacks, faces).splitlines(keepends=True) if line not in first]
    rule = f"{where}{{{_declared(own)}font-family:var(--text-face)}}\n" if own else ""
    if f"margin:{_margins(form)};" not in first:
        # Where words flow over pages, those in another direction have a name (large-print.css).
        named = f"from-the-{'right' if material.is_right_to_left else 'left'}"
        margins = (f"@page {name}{{margin:{_margins(form)}}}\n" for name in ("second", named))
        rule += "".join([".voice{page:second}\n", *margins])
    habits = _habits(material.language, stacks, faces)
    undone = (other for habit, other in _UNDOING.items() if habit in first and habit not in habits)
    return "".join(new) + rule + "".join([habits, *undone]).replace(":root", where)


def _values(
    material: Material, stacks: FaceStacks, faces: Mapping[str, Face], form: Form
) -> dict[str, str]:
    """Return the design system's values by their names as variables."""
    system, grid = material.layout.system, form.grid
    paper = system.papers[material.colour].screen
    return {name: css(length) for name, length in grid.items()} | {
        **families(stacks),
        "ink": system.ink.screen,
        "paper": paper,
        **seats(grid, faces["text"], 0.0, stacks.capital),
        "bare": system.papers["bare"].screen,
        # A panel is black with words in the paper's colour; where toner is spared, a frame.
        "panel": "transparent" if material.spares_toner else system.ink.screen,
        "on-panel": system.ink.screen if material.spares_toner else paper,
        "panel-frame": "3pt" if material.spares_toner else "0pt",
        "height": css(form.trim.height - 2 * grid["margin"]),
    }


def _declared(values: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in values.items())


def fonts(stacks: FaceStacks, faces: Mapping[str, Face]) -> str:
    """Return the faces of a language as CSS.

    A face that is not the first of its stack is told where to sit, so that lines in any script have
    the same boxes: WeasyPrint 70 has no `ascent-override`.
    """
    seated = {
        file: faces[role]
        for role, files in stacks.stacks.items()
        for place, file in enumerate(files)
        if place or (role in faces and faces[role].is_moved)
    }
    return "".join(
        f'@font-face{{font-family:"{file.family}";font-weight:{file.weight};'
        f'font-style:{file.style};src:url("/{file.file}{_seat(seated.get(file))}")}}\n'
        for file in stacks.files
    )


def _seat(face: Face | None) -> str:
    """Return the query that tells a file's fetcher where it sits; none for what stays."""
    return f"?ascent={face.ascent:.4f}&descent={face.descent:.4f}" if face else ""


def families(stacks: FaceStacks) -> dict[str, str]:
    """Return the families by which stylesheets ask for a face, as CSS lists them.

    Why by a variable: which they are depends on the script.
    """
    return {
        name: ", ".join(f'"{file.family}"' for file in stacks.stacks[role])
        for name, role in _FAMILIES.items()
    }


def _habits(language: str, stacks: FaceStacks, faces: Mapping[str, Face]) -> str:
    """Return CSS for what a script does otherwise than Latin: nothing for Latin.

    Where there is no italic, what is stressed is bold. Where letters join or stack, ligatures are
    a part of writing.
    """
    stressed = "" if stacks.has_italic else _BOLD
    joined = "" if faces["text"].has_plain_letters else _JOINED
    forms = forms_of(language)
    shaped = "" if forms == language else f':root .display{{font-language-override:"{forms}"}}\n'
    return stressed + joined + shaped


def seats(
    grid: Mapping[str, float], face: Face, least: float = 0.0, capital: str = "H"
) -> dict[str, str]:
    """Return the paddings that put a text's first baseline on the lattice.

    A line box of height H has its baseline at (H + ascent - descent) / 2 (CSS 2.2 §10.8.1).
    `drop` is the space between a rule and the text under it, `seat` that above a text without a
    rule. `baseline` and `foot` are the parts of a line above and under its baseline. `cap-top` is
    the space between a rule's top and the capitals under it, whose top is that of the letter
    `capital`. No drop is under `least`: text that has grown may be too large for it, and begins
    right under its rule.
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
    seats["cap-top"] = css(grid["drop"] - face.ink(capital).top * grid["text-size"])
    return seats


def styles(grid: Mapping[str, float]) -> tuple[str, ...]:
    """Return the kinds of text in a grid: those that have a size and a leading."""
    names = (name.removesuffix("-size") for name in grid if name.endswith("-size"))
    return tuple(name for name in names if f"{name}-leading" in grid)
