"""Colours of the palette as they are written, and `colours:` of organisation.yaml: a group's own.

A group's own yellow takes the place of the design's in all pieces that are yellow; a new name is
one more paper. `accent` is no paper: who signs is set in it, where it stands out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node, read_yaml
from hrcpub.patterns import pattern
from hrcpub.problems import Problem
from hrcpub.project import slot_problems, slots
from hrcpub.project.paper_size import ORGANISATION
from hrcpub.project.slots import Slot
from hrcpub.project.words import Words
from hrcpub.records import record
from hrcpub.units import Rgb, rgb

ACCENT = "accent"
FIXED = ("ink", "bare", "black", "white")  # black ink and white panels are the design's
LEAST, LEAST_LARGE = 4.5, 3.0  # contrast of words, and of large ones (WCAG 2.2, 1.4.3)
_HEX = pattern("#?([0-9a-fA-F]{6})")
_WHITE = "#ffffff"


@record
class PaletteColour:
    """A colour of the palette: as the screen shows it, and the inks that build it on the press."""

    name: str  # what people call it, and the paper to buy: "yellow"
    screen: str  # #rrggbb
    press: tuple[float, float, float, float] | None  # C M Y K in per cent; None: by the profile
    spot: str | None = None  # the ink's name, where it has a plate of its own

    def stands_out(self, ground: PaletteColour) -> bool:
        """Return whether large words in this colour are read on another."""
        return contrast(rgb(self.screen), rgb(ground.screen)) >= LEAST_LARGE


COLOUR = {
    "name": Slot("line", "what people call it, and the paper to buy"),
    "screen": Slot("line", "#rrggbb", required=True),
    "press": Slot("line", "C M Y K in per cent", required=True),
    "spot": Slot("line", "the ink's name, where it gets a plate of its own"),
}
OWN_COLOUR = COLOUR | {
    "press": Slot("line", "C M Y K in per cent; if left out, as the print shop's profile has it")
}


def colour_of(entry: Mapping[str, Any], problems: list[Problem]) -> PaletteColour:
    """Return a colour; note a Problem where it is none, or its build is not four percentages."""
    screen: Words | None = entry.get("screen")
    match = _HEX.fullmatch(screen.text) if screen else None
    if screen and not match:
        problems.append(slot_problems.not_a(screen, "colour", '"#ffe14a", in quotation marks'))
    return PaletteColour(
        entry["name"].text if entry.get("name") else "",
        f"#{match[1]}" if match else _WHITE,
        _build(entry["press"], problems) if entry.get("press") else None,
        entry["spot"].text if entry.get("spot") else None,
    )


def _build(written: Words, problems: list[Problem]) -> tuple[float, float, float, float]:
    try:
        parts = tuple(float(part) for part in written.text.split())
    except ValueError:
        parts = ()
    if len(parts) == 4 and all(0 <= part <= 100 for part in parts):
        return (parts[0], parts[1], parts[2], parts[3])
    problems.append(
        slot_problems.not_a(written, "build of four inks", "0 6 80 0 (C M Y K, per cent)")
    )
    return (0.0, 0.0, 0.0, 0.0)


@record
class Palette:
    """The papers of the design, and a group's own; what who signs is set in."""

    papers: Mapping[str, PaletteColour]
    accent: PaletteColour | None = None  # None: the ink


def own_palette(
    sources: Sources,
    papers: Mapping[str, PaletteColour],
    ink: PaletteColour,
    problems: list[Problem],
) -> Palette:
    """Return the palette of a project whose design has these papers; mistakes are noted."""
    if not sources.has(ORGANISATION):
        return Palette(papers)
    node = (read_yaml(sources, ORGANISATION).mapping or {}).get("colours")
    if node is None or not node.value:
        return Palette(papers)
    if node.mapping is None:
        shape = "a group of names and colours"
        problems.append(slot_problems.wrong_shape(node, "colours", shape))
        return Palette(papers)
    keys = {paper.name: key for key, paper in papers.items()} | {key: key for key in papers}
    own: dict[str, PaletteColour] = {}
    for name, entry in node.mapping.items():
        place = Words(name, node.key(name), "colours")
        key = keys.get(name, name)
        colour = _own(place, entry, problems)
        if colour is None:
            continue
        before = papers.get(key)
        own[key] = replace(colour, name=colour.name or (before.name if before else name))
        problems += _unfit(place, own[key], key, ink)
    accent = own.pop(ACCENT, None)
    together = {**papers, **own}
    problems += _twice(node, together, accent)
    return Palette(together, accent)


def _own(name: Words, entry: Node, problems: list[Problem]) -> PaletteColour | None:
    """Return a colour as a text or a group gives it; None where there is none."""
    path = f"colours.{name}"
    if name.text in FIXED:
        problems.append(colour_fixed(name))
        return None
    if not slots.ID.fullmatch(name.text) and " " not in name.text:
        example = "mint: small letters, digits, hyphens"
        problems.append(slot_problems.not_a(name, "name of a colour", example))
        return None
    if entry.mapping is not None:
        values = slots.check(entry, Slot("group", fields=OWN_COLOUR), path, problems)
    elif entry.value:
        values = {"screen": slots.check(entry, COLOUR["screen"], path, problems)}
    else:
        problems.append(entry.lost or slot_problems.empty(name.source, path))
        return None
    if not values or not values.get("screen"):
        return None
    if values.get("spot") and not values.get("press"):
        # Who has no such ink prints its build.
        problems.append(slot_problems.missing(entry.source, f"{path}.press", COLOUR["press"].about))
    before = len(problems)
    colour = colour_of(values, problems)
    return colour if len(problems) == before else None


def _unfit(name: Words, colour: PaletteColour, key: str, ink: PaletteColour) -> list[Problem]:
    """Return a Problem for a paper that is too dark for black, or an accent too pale for white."""
    if key == ACCENT:
        ratio = contrast(rgb(colour.screen), rgb(_WHITE))
        return (
            [colour_contrast(name, "white paper", ratio, LEAST_LARGE)]
            if ratio < LEAST_LARGE
            else []
        )
    ratio = contrast(rgb(colour.screen), rgb(ink.screen))
    return [colour_contrast(name, "black words", ratio, LEAST)] if ratio < LEAST else []


def _twice(
    node: Node, papers: Mapping[str, PaletteColour], accent: PaletteColour | None
) -> list[Problem]:
    """Return a Problem for each own colour that another has too: the press finds them by it."""
    seen: dict[str, str] = {}
    problems = []
    for key, colour in [*papers.items(), *([(ACCENT, accent)] if accent else [])]:
        other = seen.setdefault(colour.screen.lower(), key)
        names = [name for name in (key, other) if name in (node.mapping or {})]
        if other != key and names:
            problems.append(colour_twice(Words(names[0], node.key(names[0])), key, other))
    return problems


@lru_cache(maxsize=256)
def contrast(first: Rgb, second: Rgb) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lights = sorted((_luminance(first), _luminance(second)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def colour_fixed(name: Words) -> Problem:
    """The design's black ink and its white are the same for everybody.

    Fix: name a paper (`yellow`, `pink`, `light blue`), a new one (`mint`), or `accent`. Words are
    printed in one black ink, so that any office printer and any photocopier can print them; white
    is for stamps, QR codes and large print.
    """
    hint = "name a paper, a new name, or accent"
    return Problem("colour-fixed", f'"{name}" cannot be changed', name.source, hint)


def colour_contrast(name: Words, on: str, ratio: float, least: float) -> Problem:
    """A paper is too dark for black words, or an accent too pale for white paper.

    Fix: take a lighter paper, or a darker accent. Black words need a contrast of 4.5 to 1 on their
    paper, and the name that signs, which is large, needs 3 to 1 (WCAG 2.2, 1.4.3).
    """
    is_paper = least == LEAST
    return Problem(
        "colour-contrast",
        f'"{name}" has a contrast of {ratio:.1f} to 1 with {on}; it takes {least:g}',
        name.source,
        f"take a {'lighter' if is_paper else 'darker'} colour",
    )


def colour_twice(name: Words, first: str, second: str) -> Problem:
    """Two colours of the palette are the same on the screen, so the press cannot tell them apart.

    Fix: change one of them a little, by a step of its last digit: `#ffe14a`, `#ffe14b`.
    """
    return Problem(
        "colour-twice",
        f'"{second}" and "{first}" are the same colour',
        name.source,
        "change one of them a little",
    )


CODES = {
    "colour-fixed": colour_fixed,
    "colour-contrast": colour_contrast,
    "colour-twice": colour_twice,
}
