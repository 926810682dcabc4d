"""`layouts/` to `Layout`s: the design system's values, and a layout's trim, sides and slots.

`layouts/system/system.yaml` holds every value that layouts share (papers, faces, grids); a
layout's folder holds its own form. A value that stands in the system stands nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hrcpub import slots
from hrcpub.edition import EDITIONS
from hrcpub.problems import HrcpubError, Problem, Source, did_you_mean, stop_on_errors
from hrcpub.slots import KINDS, Slot, Words
from hrcpub.sources import Sources
from hrcpub.units import Size
from hrcpub.yamlfile import Node, read_yaml

SYSTEM = "layouts/system"
OWN = "layout"  # the form that a layout's folder is about

# What compose asks the design system for by name; layouts ask for more.
FACES = ("display", "text", "italic", "bold", "bold-italic")
PAPERS = ("bare",)
MEASURES = (
    "margin", "step", "rule", "drop", "gap", "text-size", "text-leading", "small-size",
    "small-leading",
)  # fmt: skip

# What compose asks the design system for by name; layouts ask for more.
FACES = ("display", "text", "italic", "bold", "bold-italic")
PAPERS = ("bare",)
MEASURES = (
    "margin", "step", "rule", "drop", "gap", "text-size", "text-leading", "small-size",
    "small-leading",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour of the palette: as the screen shows it, and the inks that build it on the press."""

    name: str  # what people call it, and the paper to buy: "yellow"
    screen: str  # #rrggbb
    press: tuple[float, float, float, float]  # C, M, Y, K in per cent
    spot: str | None = None  # the ink's name, where it has a plate of its own


@dataclass(frozen=True, slots=True)
class FaceFile:
    """One font file and the private family name under which CSS asks for it."""

    family: str
    weight: int
    style: str  # normal or italic
    file: str
    source: Source  # where the file is named


@dataclass(frozen=True, slots=True)
class System:
    """The design system: what every layout is composed from."""

    ink: Colour
    papers: Mapping[str, Colour]
    faces: Mapping[str, FaceFile]
    grids: Mapping[str, Mapping[str, float]]  # grid, then value's name, in points
    phrases: Mapping[str, Mapping[str, Words]]  # language, then phrase


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a layout lays words out: its own, or large print's."""

    name: str
    trim: Size
    sides: int | None  # None: as many as the words need
    grid: Mapping[str, float]
    stylesheet: str

    @property
    def template(self) -> str:
        """Its template's name in the layout's folder."""
        return f"{self.name}.html"


@dataclass(frozen=True, slots=True)
class Layout:
    """A page design: a folder in `layouts/`."""

    name: str
    title: str  # what the colophon calls it: "Principles sheet"
    about: str
    trim: Size
    sides: int  # of its own form; large print has as many as it needs
    grid: Mapping[str, float]
    colour: str  # the paper, where a material names none
    editions: tuple[str, ...]
    slots: Mapping[str, Slot]
    system: System

    @property
    def folder(self) -> str:
        """Its folder, from the project's root."""
        return f"layouts/{self.name}"

    def form(self, name: str) -> Form:
        """Return a form by the name that editions give it."""
        if name == OWN:
            css = f"{self.folder}/layout.css"
            return Form(name, self.trim, self.sides, self.grid, css)
        grid = self.system.grids[name]
        page = Size(grid["width"], grid["height"])
        return Form(name, page, None, grid, f"{SYSTEM}/{name}.css")


def layout_names(sources: Sources) -> tuple[str, ...]:
    """Return the names of all layouts, the design system left out."""
    names = (n for n in sources.names("layouts") if n != "system")
    return tuple(n for n in names if "layout.yaml" in sources.names(f"layouts/{n}"))


def read_layout(sources: Sources, name: str, source: Source | None = None) -> Layout:
    """Return a layout; raise HrcpubError with every mistake in its files.

    `source` is where the layout was asked for.
    """
    path = f"layouts/{name}/layout.yaml"
    if not slots.ID.fullmatch(name) or name == "system" or not sources.has(path):
        raise HrcpubError(unknown_layout(name, layout_names(sources), source))
    system = read_system(sources)
    node = read_yaml(sources, path)
    problems: list[Problem] = []
    values = slots.check(node, _layout_slot(system), "", problems) or {}
    inner = _slots(node, problems)
    stop_on_errors(problems)
    return Layout(
        name=name,
        title=values["title"].text,
        about=values["about"].text,
        trim=values["trim"],
        sides=values["sides"],
        grid=system.grids[values["grid"]],
        colour=values["colour"],
        editions=values.get("editions") or _forms(sources, name),
        slots=inner,
        system=system,
    )


def _forms(sources: Sources, name: str) -> tuple[str, ...]:
    """Return the editions that a layout's folder has a template for; its own needs one anyway."""
    there = sources.names(f"layouts/{name}", ".html")
    forms = {OWN, *(file.removesuffix(".html") for file in there)}
    return tuple(edition.name for edition in EDITIONS.values() if edition.form in forms)


def read_system(sources: Sources) -> System:
    """Return the design system; raise HrcpubError with every mistake in its files."""
    node = read_yaml(sources, f"{SYSTEM}/system.yaml")
    phrases = read_yaml(sources, f"{SYSTEM}/phrases.yaml")
    problems: list[Problem] = []
    values = slots.check(node, _SYSTEM, "", problems) or {}
    said = slots.check(phrases, Slot("table", fields=_PHRASES), "", problems) or {}
    colours = {
        name: _colour(entry, problems)
        for name, entry in {"ink": values.get("ink"), **(values.get("papers") or {})}.items()
        if entry
    }
    grids = _grids(node, problems)
    parts = node.mapping or {}
    problems += _absent(parts.get("papers"), "papers", PAPERS)
    problems += _absent(parts.get("faces"), "faces", FACES)
    stop_on_errors(problems)
    return System(
        ink=colours["ink"],
        papers={name: colours[name] for name in values["papers"]},
        faces={name: _face(entry) for name, entry in values["faces"].items()},
        grids=grids,
        phrases=said,
    )


def _face(entry: dict[str, Any]) -> FaceFile:
    return FaceFile(
        entry["family"].text,
        entry["weight"],
        entry.get("style", "normal"),
        entry["file"].text,
        entry["file"].source,
    )


def _colour(entry: dict[str, Any], problems: list[Problem]) -> Colour:
    """Return a colour whose build is four percentages; note a Problem when it is not."""
    build: Words = entry.get("press") or Words("", Source())
    try:
        parts = tuple(float(part) for part in build.text.split())
    except ValueError:
        parts = ()
    if len(parts) != 4 or not all(0 <= part <= 100 for part in parts):
        problems.append(slots.not_a(build, "build of four inks", "0 6 80 0 (C M Y K, per cent)"))
        parts = (0.0, 0.0, 0.0, 0.0)
    screen = entry.get("screen")
    if screen and not re.fullmatch("#[0-9a-fA-F]{6}", screen.text):
        problems.append(slots.not_a(screen, "colour", '"#ffe14a", in quotation marks'))
    return Colour(
        entry["name"].text if entry.get("name") else "",
        screen.text if screen else "",
        parts,
        entry["spot"].text if entry.get("spot") else None,
    )


def _grids(node: Node, problems: list[Problem]) -> dict[str, dict[str, float]]:
    """Return each grid's values in points; note a Problem for those that compose misses.

    A grid's further values have any names that CSS takes.
    """
    grids = (node.mapping or {}).get("grids")
    return {
        name: _grid(grid, f"grids.{name}", problems)
        for name, grid in ((grids and grids.mapping) or {}).items()
    }


def _grid(grid: Node, path: str, problems: list[Problem]) -> dict[str, float]:
    if grid.mapping is None:
        problems.append(slots.wrong_shape(grid, path, "a group of names and values"))
        return {}
    problems += _absent(grid, path, MEASURES)
    for name in grid.mapping:
        if not slots.ID.fullmatch(name):
            place = Words(name, grid.key(name), path)
            problems.append(slots.not_a(place, "name", "text-size: small letters, hyphens"))
    found = {
        name: slots.check(value, Slot("length"), f"{path}.{name}", problems)
        for name, value in grid.mapping.items()
    }
    if found.get("step") == 0:  # compose divides by it
        place = Words("0", grid.mapping["step"].source, f"{path}.step")
        problems.append(slots.not_a(place, "step", "4.5 pt"))
    return found


def _absent(group: Node | None, path: str, names: tuple[str, ...]) -> list[Problem]:
    """Return a Problem for each name that a group lacks; none where the group itself is absent."""
    if group is None or group.mapping is None:
        return []
    return [
        slots.missing(group.source, f"{path}.{name}", Slot("group"))
        for name in names
        if name not in group.mapping
    ]


def _slots(node: Node, problems: list[Problem]) -> dict[str, Slot]:
    """Return the slots that a layout.yaml declares."""
    return _declared(node, "slots", "slots", problems)


def _declared(node: Node, name: str, path: str, problems: list[Problem]) -> dict[str, Slot]:
    """Return the slots that stand under a name; none when it is absent."""
    declared = (node.mapping or {}).get(name)
    if declared is None or not declared.value:
        return {}
    if declared.mapping is None:
        problems.append(slots.wrong_shape(declared, path, "a group of names and values"))
        return {}
    return {
        name: _slot(entry, f"{path}.{name}", problems) for name, entry in declared.mapping.items()
    }


def _slot(node: Node, path: str, problems: list[Problem]) -> Slot:
    """Return one declared slot, with the fields of its entries where it has any."""
    values = slots.check(node, _SLOT, path, problems) or {}
    inner = _declared(node, "fields", f"{path}.fields", problems)
    if values.get("kind") == "items" and not inner:
        fields = Slot("group", "what stands in each entry")
        problems.append(slots.missing(node.source, f"{path}.fields", fields))
    about = values.get("about")
    return Slot(
        kind=values.get("kind") or "line",
        about=about.text if about else "",
        required=values.get("required") or False,
        limit=values.get("limit"),
        fewest=values.get("fewest") or 0,
        most=values.get("most"),
        fields=inner,
    )


_ANY = Slot("any")
KINDS.setdefault("any", slots.Kind(lambda node, *_: node, lambda slot: {}))

_COLOUR = {
    "name": Slot("line", "what people call it, and the paper to buy"),
    "screen": Slot("line", "#rrggbb", required=True),
    "press": Slot("line", "C M Y K in per cent", required=True),
    "spot": Slot("line", "the ink's name, where it gets a plate of its own"),
}
_SYSTEM = Slot(
    "group",
    fields={
        "ink": Slot("group", required=True, fields=_COLOUR),
        "papers": Slot("table", required=True, fields=_COLOUR),
        "faces": Slot(
            "table",
            required=True,
            fields={
                "family": Slot("line", required=True),
                "weight": Slot("count", required=True),
                "style": Slot("choice", choices=("normal", "italic")),
                "file": Slot("line", required=True),
            },
        ),
        "grids": Slot("any", required=True),
    },
)
_PHRASES = {
    "distributed-by": Slot("line", required=True),
    "revision": Slot("line", required=True),
    "source": Slot("line", required=True),
    "tel": Slot("line", required=True),
    "fax": Slot("line", required=True),
    "coalition": Slot("line", "the wordmark", required=True),
    "duplex": Slot("line", required=True),
    "paper": Slot("line", required=True),
    "side": Slot("line", "with {side} and {sides} in it", required=True),
}
_SLOT = Slot(
    "group",
    fields={
        "kind": Slot(
            "choice",
            required=True,
            choices=("line", "text", "paragraphs", "items", "contacts", "image", "date"),
        ),
        "about": Slot("line", required=True),
        "required": Slot("yes-no"),
        "limit": Slot("count"),
        "fewest": Slot("count"),
        "most": Slot("count"),
        "fields": _ANY,
    },
)


def _layout_slot(system: System) -> Slot:
    fields = {
        "title": Slot("line", "what the colophon calls a piece in it", required=True),
        "about": Slot("line", "what it is for", required=True),
        "trim": Slot("size", "the finished size", required=True),
        "sides": Slot("count", "pages", required=True),
        "grid": Slot("choice", required=True, choices=tuple(system.grids)),
        "colour": Slot("choice", "its paper", required=True, choices=tuple(system.papers)),
        "editions": Slot("choices", choices=tuple(EDITIONS)),
        "slots": Slot("any", required=True),
    }
    return Slot("group", fields=fields)


def unknown_layout(name: str, known: tuple[str, ...], source: Source | None) -> Problem:
    """A material asks for a layout that is not there.

    A layout is a folder in `layouts/` with a `layout.yaml`; `hrcpub list` names them.
    """
    return Problem(
        "layout-unknown", f'there is no layout "{name}"', source, did_you_mean(name, known)
    )


CODES = {"layout-unknown": unknown_layout}
