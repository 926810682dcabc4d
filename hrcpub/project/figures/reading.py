"""`layouts/figures/NAME.yaml` to a `Figure`: every mistake in it is told at its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node, read_yaml
from hrcpub.problems import Problem, stop_on_errors
from hrcpub.project import slot_problems, slots
from hrcpub.project import values as written
from hrcpub.project.figures import FOLDER, HIGH, figure_names
from hrcpub.project.figures import problems as figure_problems
from hrcpub.project.figures.body import SLACK, FieldPoint, Limb, Person, View
from hrcpub.project.figures.shapes import (
    LINE,
    Arc,
    Brush,
    Disc,
    Figure,
    Inset,
    Paint,
    Patch,
    Shape,
    Stroke,
    Vertex,
)
from hrcpub.project.slots import Slot
from hrcpub.project.words import Words

DEEPEST = 3  # figures inside of each other
MOST = 400  # shapes, those of figures inside counted: what is drawn by hand has twenty

_Values = Mapping[str, Any]


def read_figure(sources: Sources, name: str) -> Figure:
    """Return a figure; raise HrcpubError with every mistake in its file."""
    return _Reader(sources).figure(name)


class _Reader:
    """Reads one figure, and those inside of it."""

    def __init__(self, sources: Sources, outer: tuple[str, ...] = (), before: int = 0) -> None:
        self.sources = sources
        self.outer = outer  # the figures that this one is inside of
        self.count = before  # of shapes, those around this figure counted
        self.problems: list[Problem] = []

    def figure(self, name: str) -> Figure:
        """Return a figure by its name."""
        node = read_yaml(self.sources, f"{FOLDER}/{name}.yaml")
        values: _Values = slots.check(node, FILE, "", self.problems) or {}
        alts = self.alts((node.mapping or {}).get("alt"))
        drawn = (node.mapping or {}).get("draw")
        entries = (drawn and drawn.items) or []
        shapes = list(self.shapes(values.get("draw") or (), entries, name))
        self.problems += _not_above_zero(node, values)
        stop_on_errors(self.problems)
        return Figure(
            name,
            values.get("wide", HIGH),
            alts,
            bool(values.get("tested")),
            tuple(shapes),
        )

    def alts(self, node: Node | None) -> dict[str, str]:
        """Return what the figure shows, by language; English is needed."""
        if node is None or node.mapping is None:
            return {}  # told already, where it is missing
        fields = dict.fromkeys(node.mapping, _ALT) | {"en": _ALT}
        words = slots.check(node, Slot("group", fields=fields), "alt", self.problems) or {}
        return {language: alt.plain(language) for language, alt in words.items() if alt}

    def shapes(self, entries: tuple[Any, ...], nodes: list[Node], name: str) -> Iterator[Shape]:
        """Yield the shapes of a figure, in the order in which they are painted."""
        for number, (values, node) in enumerate(zip(entries, nodes, strict=False), 1):
            kinds = [kind for kind in KINDS if values and kind in values]
            self.count += 1
            if self.count > MOST:
                self.problems.append(figure_problems.too_many(node, MOST))
                return
            if len(kinds) != 1:
                said = f"one of {', '.join(KINDS)}"
                self.problems.append(slot_problems.wrong_shape(node, f"draw.{number}", said))
                continue
            place = _WrittenShape(self, node, values, f"draw.{number}")
            place.know(kinds[0])
            shape = self.inset(place, name) if kinds[0] == "figure" else KINDS[kinds[0]](place)
            if shape:
                yield shape

    def inset(self, place: _WrittenShape, name: str) -> Inset | None:
        """Return another figure that stands inside this one."""
        words = place.values.get("figure")
        names, around = figure_names(self.sources), (*self.outer, name)
        if not words or words.text not in names:
            if words:
                self.problems.append(slot_problems.unknown_choice(words, names))
            return None
        if words.text in around or len(around) > DEEPEST:
            self.problems.append(figure_problems.in_itself(words))
            return None
        at, high = place.point("at"), place.number("high")
        if not at or not high:
            return None
        reader = _Reader(self.sources, around, self.count)
        inner = reader.figure(words.text)
        self.count = reader.count
        is_mirrored = place.values.get("mirrored") or False
        return Inset(inner, at, high, place.number_or("turn", 0.0), is_mirrored, place.style())


class _WrittenShape:
    """One shape as it was written, with the places of its values."""

    def __init__(self, reader: _Reader, node: Node, values: _Values, path: str) -> None:
        self.reader, self.node, self.values, self.path = reader, node, values, path
        self.problems = reader.problems

    def know(self, kind: str) -> None:
        """Note a Problem for each name that means nothing with this kind of shape."""
        known = (kind, *_NAMES[kind])
        for name in self.values:
            if name not in known:
                self.problems.append(slot_problems.unknown_name(self.node.key(name), name, known))
        self.problems += _not_above_zero(self.node, self.values)

    def number(self, name: str) -> float | None:
        """Return a number; note a Problem when there is none."""
        value: float | None = self.values.get(name)
        if value is None:
            self.missing(name)
        return value

    def number_or(self, name: str, otherwise: float) -> float:
        """Return a number, or the other one where none was written."""
        value: float | None = self.values.get(name)
        return otherwise if value is None else value

    def missing(self, name: str) -> None:
        """Note that a shape lacks something."""
        self.problems.append(slot_problems.missing(self.node.source, f"{self.path}.{name}"))

    def point(self, name: str) -> FieldPoint | None:
        """Return a point; note a Problem when there is none."""
        node = self.values.get(name)
        if node is None:
            self.missing(name)
            return None
        return self.one_point(node, f"{self.path}.{name}")

    def one_point(self, node: Node, path: str) -> FieldPoint | None:
        """Return a point as it was written; note a Problem when it is not one."""
        numbers = _numbers(node)
        if numbers is None or len(numbers) != 2:
            self.problems.append(figure_problems.not_a_point(node, path))
            return None
        return FieldPoint(*numbers)

    def corners(self, name: str, fewest: int) -> tuple[Vertex, ...]:
        """Return the corners of a list of points, each with its radius if it has one."""
        node: Node = self.values[name]
        everywhere = self.number_or("round", 0.0)
        corners = []
        for number, item in enumerate(node.items or (), 1):
            numbers = _numbers(item)
            if numbers is None or len(numbers) not in (2, 3):
                path = f"{self.path}.{name}.{number}"
                self.problems.append(figure_problems.not_a_point(item, path))
                continue
            x, y, *radius = numbers
            corners.append(Vertex(FieldPoint(x, y), radius[0] if radius else everywhere))
        if node.items is None or len(node.items) < fewest:
            said = f"a list of {fewest} points or more"
            self.problems.append(slot_problems.wrong_shape(node, f"{self.path}.{name}", said))
        return tuple(corners)

    def style(self) -> Brush:
        """Return how the shape is painted."""
        return Brush(
            Paint(self.values.get("in") or Paint.INK),
            self.values.get("hollow") or False,
            self.values.get("gap") or False,
            self.number_or("wide", LINE),
            self.values.get("ends") == "flat",
        )

    def limbs(self, name: str, joint: str, end: str) -> tuple[Limb, ...]:
        """Return the arms or legs of a person."""
        node: Node | None = self.values.get(name)
        if node is None:
            return ()
        fields = {joint: Slot("any"), end: Slot("any", required=True)}
        fields |= {"toes": Slot("any")} if end == "foot" else {}
        slot = Slot("items", most=2, fields=fields)
        path = f"{self.path}.{name}"
        limbs = []
        for number, entry in enumerate(slots.check(node, slot, path, self.problems) or (), 1):
            points = {
                key: self.one_point(inner, f"{path}.{number}.{key}")
                for key, inner in (entry or {}).items()
            }
            if place := points.get(end):
                limbs.append(Limb(place, points.get(joint), points.get("toes")))
        return tuple(limbs)


def _numbers(node: Node) -> list[float] | None:
    """Return the numbers of a list, None when it is something else."""
    try:
        return [written.number(item.text or "") for item in node.items or ()] or None
    except ValueError:
        return None


def _not_above_zero(node: Node, values: _Values) -> Iterator[Problem]:
    """Yield a Problem for each size that is nothing, or less."""
    for name in ("wide", "tall", "high", "r"):
        value = values.get(name)
        if value is not None and value <= 0 and node.mapping:
            size = Words(node.mapping[name].text or "", node.mapping[name].source, name)
            yield slot_problems.not_a(size, "number above 0", "12.5")


def _disc(place: _WrittenShape) -> Disc | None:
    at, radius = place.point("disc"), place.number("r")
    return Disc(at, radius, place.style()) if at and radius is not None else None


def _box(place: _WrittenShape) -> Patch | None:
    corners = place.corners("box", 2)
    if len(corners) != 2:
        return None
    (left, bottom), (right, top) = (corner.at for corner in corners)
    radius = place.number_or("round", 0.0)
    around = ((left, bottom), (right, bottom), (right, top), (left, top))
    return Patch(tuple(Vertex(FieldPoint(*at), radius) for at in around), place.style())


def _outline(place: _WrittenShape) -> Patch:
    return Patch(place.corners("shape", 3), place.style())


def _stroke(place: _WrittenShape) -> Stroke:
    return Stroke(place.corners("line", 2), place.style())


def _arc(place: _WrittenShape) -> Arc | None:
    at, radius = place.point("arc"), place.number("r")
    start, end = place.number("from"), place.number("to")
    if not at or radius is None or start is None or end is None:
        return None
    return Arc(at, radius, start, end, place.style())


def _person(place: _WrittenShape) -> Person | None:
    tall, hips = place.number("tall"), place.point("hips")
    if not tall or tall < 0 or not hips or not place.values.get("person"):
        return None
    person = Person(
        view=View(place.values["person"]),
        tall=tall,
        hips=hips,
        lean=place.number_or("lean", 0.0),
        nod=place.number_or("nod", 0.0),
        arms=place.limbs("arms", "elbow", "hand"),
        legs=place.limbs("legs", "knee", "foot"),
    )
    for name, posed in (("arms", person.posed_arms()), ("legs", person.posed_legs())):
        limbs: Node | None = place.values.get(name)
        for limb, item in zip(posed, (limbs and limbs.items) or [], strict=False):
            if limb.miss > SLACK:
                missed = figure_problems.out_of_reach(item, name, limb.miss * person.unit)
                place.problems.append(missed)
    return person


KINDS: Mapping[str, Callable[[_WrittenShape], Shape | None]] = {
    "person": _person,
    "shape": _outline,
    "box": _box,
    "disc": _disc,
    "line": _stroke,
    "arc": _arc,
    "figure": lambda place: None,  # the reader has it: it reads another file
}
_PAINTED = ("in", "gap")
_NAMES: Mapping[str, tuple[str, ...]] = {
    "person": ("tall", "hips", "lean", "nod", "arms", "legs"),
    "shape": ("round", "hollow", "wide", *_PAINTED),
    "box": ("round", "hollow", "wide", *_PAINTED),
    "disc": ("r", "hollow", "wide", *_PAINTED),
    "line": ("round", "wide", "ends", *_PAINTED),
    "arc": ("r", "from", "to", "wide", "ends", *_PAINTED),
    "figure": ("at", "high", "turn", "mirrored", *_PAINTED),
}
_ALT = Slot("line", "what it shows, for those who cannot see it", required=True, limit=120)
_SHAPE = {
    "person": Slot("choice", "where they look", choices=tuple(View)),
    "shape": Slot("any", "a closed outline"),
    "box": Slot("any", "two opposite corners"),
    "disc": Slot("any", "its middle"),
    "line": Slot("any", "a line through points"),
    "arc": Slot("any", "its middle"),
    "figure": Slot("label", "another figure"),
    "at": Slot("any", "where the middle of its floor stands"),
    "high": Slot("number", "how high it is"),
    "turn": Slot("number", "clockwise, in degrees"),
    "mirrored": Slot("yes-no", "left and right changed"),
    "r": Slot("number", "the radius"),
    "from": Slot("number", "in degrees: 0 is up, 90 to the right"),
    "to": Slot("number", "the same"),
    "round": Slot("number", "the radius of every corner"),
    "hollow": Slot("yes-no", "a line around the other ink"),
    "wide": Slot("number", "of a line, if not as all others"),
    "ends": Slot("choice", "of a line", choices=("round", "flat")),
    "in": Slot("choice", "which ink", choices=tuple(Paint)),
    "gap": Slot("yes-no", "it stands off what lies behind it"),
    "tall": Slot("number", "how tall they stand: seven heads"),
    "hips": Slot("any", "the hips' joint"),
    "lean": Slot("number", "of the trunk, in degrees clockwise from upright"),
    "nod": Slot("number", "of the head against the trunk, clockwise"),
    "arms": Slot("any", "the far one first"),
    "legs": Slot("any", "the far one first"),
}
FILE = Slot(
    "group",
    fields={
        "title": Slot("line", "what people call it", required=True, limit=40),
        "alt": Slot("any", "what it shows, by language", required=True),
        "wide": Slot("number", "of its field, which is 100 high"),
        "tested": Slot(
            "group",
            "how readers understood it, before it was printed",
            fields={
                "by": Slot("line", "who asked them", required=True),
                "on": Slot("date", "the day", required=True),
                "with": Slot("line", "how many they were, and how many were right", required=True),
            },
        ),
        "draw": Slot("items", "its shapes, in the order of painting", True, fields=_SHAPE),
    },
)
