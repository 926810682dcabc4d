"""A `StreetMap` to lines and labels that keep clear of each other; north is up.

Coordinates are points from the map's upper left corner, y down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.pipeline import setting
from hrcpub.pipeline.setting import Face, Fit
from hrcpub.problems import Problem
from hrcpub.project.words import MapLine, StreetMap, Words
from hrcpub.units import Size, css

if TYPE_CHECKING:
    from markupsafe import Markup

MapPoint = tuple[float, float]


class Box(NamedTuple):
    """A rectangle on the map."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether two rectangles overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def grown(self, by: float) -> Box:
        """Return it larger on all sides."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


class MapLabel(NamedTuple):
    """A name on the map: `left` and `top` of its ink; on black where it is a bus's or a number."""

    line: Fit
    left: float
    top: float
    is_reversed: bool = False


class DrawnMap(NamedTuple):
    """A map as templates place it."""

    lines: Markup  # an SVG
    labels: tuple[MapLabel, ...]


class _Labels:
    """Finds places for names, one after the other, clear of all that is there already."""

    def __init__(self, size: Size, segments: list[tuple[MapPoint, MapPoint]], width: float) -> None:
        self._whole, self._segments, self._width = Box(0, 0, *size), segments, width
        self.taken: list[Box] = []

    def is_free(self, box: Box) -> bool:
        air = box.grown(_AIR)
        inside = (
            box.left >= 0
            and box.top >= 0
            and box.right <= self._whole.right
            and box.bottom <= self._whole.bottom
        )
        lines = (_crosses(segment, box.grown(self._width / 2 + 1)) for segment in self._segments)
        return inside and not any(air.meets(other) for other in self.taken) and not any(lines)

    def first_free(self, boxes: Iterable[Box]) -> Box | None:
        found = next((box for box in boxes if self.is_free(box)), None)
        if found:
            self.taken.append(found)
        return found


_AIR = 6.0  # points between two names
_ALONG = (0.9, 0.1, 0.84, 0.16, 0.5, 0.3, 0.7, 0.4, 0.6)  # where on a street its name may stand


def drawn_map(
    street_map: StreetMap,
    numbers: Mapping[str, int],
    shown: Mapping[str, str],
    face: Face,
    grid: Mapping[str, float],
    size: Size,
    ink: str,
    problems: list[Problem],
) -> DrawnMap:
    """Return a map of a size; Problems go onto the list.

    `numbers` are those of the schedule's sites by name, `shown` the texts of display lines by slot.
    """
    from markupsafe import Markup

    streets, buses = (
        [(line, [_at(point, size) for point in line.points]) for line in lines]
        for lines in (street_map.streets, street_map.buses)
    )
    width = grid["street"]
    segments = [pair for _, points in (*streets, *buses) for pair in pairwise(points)]
    labels = _Labels(size, segments, width)
    found: list[MapLabel] = []
    tag = setting.at_size("0", face, grid["map-number"])
    side = tag.rise + 2 * _TAG
    for place in street_map.places:
        x, y = _at(place.at, size)
        labels.taken.append(Box(x - side / 2, y - side / 2, x + side / 2, y + side / 2))
    for place in street_map.places:
        x, y = _at(place.at, size)
        number = numbers.get(place.name.text)
        if number is None:
            problems.append(no_such_place(place.name, numbers))
            continue
        digit = setting.at_size(str(number), face, grid["map-number"])
        found.append(MapLabel(digit, x - digit.measure / 2, y - digit.rise / 2, True))
        name = setting.at_size(shown[place.name.slot], face, grid["map-name"])
        box = labels.first_free(_beside((x, y), side, name))
        found += _told(name, box, place.name, problems)
    for kind, is_reversed in ((streets, False), (buses, True)):
        for line, points in kind:
            name = setting.at_size(shown[line.name.slot], face, grid["map-street"])
            box = labels.first_free(_along(points, name, width, _TAG if is_reversed else 0.0))
            found += _told(name, box, line.name, problems, is_reversed)
    svg = _svg(street_map, streets, buses, size, width, ink, side)
    return DrawnMap(Markup(svg), tuple(found))


_TAG = 4.0  # points of black around a number or a bus's name


def _told(
    name: Fit, box: Box | None, words: Words, problems: list[Problem], is_reversed: bool = False
) -> Iterator[MapLabel]:
    if box is None:
        problems.append(crowded(words))
        return
    inset = _TAG if is_reversed else 0.0
    yield MapLabel(name, box.left + inset, box.top + inset, is_reversed)


def _at(point: MapPoint, size: Size) -> MapPoint:
    return point[0] / 100 * size.width, point[1] / 100 * size.height


def _beside(centre: MapPoint, side: float, name: Fit) -> Iterator[Box]:
    """Yield where a place's name may stand: right of its number, left of it, over and under it."""
    (x, y), wide, high = centre, name.measure, name.rise
    off = side / 2 + _AIR + 1
    for left, top in (
        (x + off, y - high / 2),
        (x - off - wide, y - high / 2),
        (x - side / 2, y - off - high - name.depth),
        (x - side / 2, y + off),
        (x + side / 2 - wide, y - off - high - name.depth),
        (x + side / 2 - wide, y + off),
    ):
        yield Box(left, top, left + wide, top + high + name.depth)


def _along(points: list[MapPoint], name: Fit, width: float, inset: float) -> Iterator[Box]:
    """Yield where a line's name may stand: over its longest parts, under them, beside them."""
    wide, high = name.measure + 2 * inset, name.rise + name.depth + 2 * inset
    off = width / 2 + _AIR
    parts = sorted(pairwise(points), key=lambda part: -_length(part))
    for (x1, y1), (x2, y2) in parts:
        for share in _ALONG:
            x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
            for left, top in (
                ((x - wide / 2, y - off - high), (x - wide / 2, y + off))
                if abs(x2 - x1) >= abs(y2 - y1)
                else ((x + off, y - high / 2), (x - off - wide, y - high / 2))
            ):
                yield Box(left, top, left + wide, top + high)


def _length(part: tuple[MapPoint, MapPoint]) -> float:
    (x1, y1), (x2, y2) = part
    return abs(x2 - x1) + abs(y2 - y1)


def _crosses(segment: tuple[MapPoint, MapPoint], box: Box) -> bool:
    """Return whether a line goes through a rectangle (Liang and Barsky, 1984)."""
    (x1, y1), (x2, y2) = segment
    enters, leaves = 0.0, 1.0
    for start, along, low, high in (
        (x1, x2 - x1, box.left, box.right),
        (y1, y2 - y1, box.top, box.bottom),
    ):
        if along == 0:
            if not low < start < high:
                return False
            continue
        first, last = sorted(((low - start) / along, (high - start) / along))
        enters, leaves = max(enters, first), min(leaves, last)
    return enters < leaves


def _svg(
    street_map: StreetMap,
    streets: list[tuple[MapLine, list[MapPoint]]],
    buses: list[tuple[MapLine, list[MapPoint]]],
    size: Size,
    width: float,
    ink: str,
    side: float,
) -> str:
    """Return the lines as SVG: streets whole, bus lines in dashes, places as squares."""
    drawn = "".join(
        f'<path fill="none" stroke="{ink}" stroke-width="{width:g}"{dashes} '
        f'd="M{" L".join(f"{x:.2f} {y:.2f}" for x, y in points)}"/>'
        for lines, dashes in ((streets, ""), (buses, f' stroke-dasharray="{width:g} {width:g}"'))
        for _, points in lines
    )
    for place in street_map.places:
        x, y = _at(place.at, size)
        corner = f"M{x - side / 2:.2f} {y - side / 2:.2f}"
        drawn += f'<path fill="{ink}" d="{corner}h{side:.2f}v{side:.2f}h-{side:.2f}z"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width:.2f} {size.height:.2f}" '
        f'role="img" style="display:block;width:{css(size.width)};height:{css(size.height)}">'
        f"<title>{escape(street_map.alt)}</title>{drawn}</svg>"
    )


def crowded(name: Words) -> Problem:
    """A name on a map has no place: it would meet a line or another name, wherever it stood.

    Fix: leave out streets that nobody needs to find the way, shorten the name, or move points
    apart. A map of few lines is found faster than a true one.
    """
    return Problem(
        "map-crowded",
        f'there is no room on the map for "{name.text}"',
        name.source,
        "leave out a street, or move places apart",
    )


def no_such_place(name: Words, known: Mapping[str, int]) -> Problem:
    """A place on a map is not in the schedule, so its number would be missing there.

    Fix: write the name as the schedule has it, or add the site to the schedule.
    """
    return Problem(
        "map-place",
        f'"{name.text}" is on the map and not in the schedule',
        name.source,
        f"the schedule has: {', '.join(known)}",
    )


CODES = {"map-crowded": crowded, "map-place": no_such_place}
