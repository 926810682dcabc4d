"""An event's items and runs to what the packing list says: boxes, whose they are, what is in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hrcpub.events.manifest.event import Event, Item, ProductionRun, Site
from hrcpub.events.paperwork import phrases
from hrcpub.problems import Problem, Severity, Source

Front = tuple[int, str]  # item, language
CartonKey = tuple[int, str, str | None]  # item, language, site; None: the same for all
Finished = set[CartonKey]
MOST_PICTURED = 6  # things for a site: so many rows with pictures are as high as half a sheet
_LARGE, _MIDDLE = 22, 44  # letters of a name that is set as large, and less large


class PackedItem(NamedTuple):
    """One thing in a box: so many of an item in a language."""

    kind: str  # "Postcard": several pieces may have one title
    title: str
    version: str
    language: str
    quantity: int
    is_missing: bool  # its file was not made
    front: str | None = None  # the name of a picture of its first page


class Part(NamedTuple):
    """What is in a box for one site, or for the event."""

    name: str
    address: tuple[str, ...]
    lines: tuple[PackedItem, ...]

    @property
    def total(self) -> str:
        """How many pieces there are."""
        return phrases.number(sum(line.quantity for line in self.lines if not line.is_missing))


class Carton(NamedTuple):
    """One parcel. A box of several sites has a name of its own."""

    name: str
    parts: tuple[Part, ...]
    is_shared: bool
    driver: str | None = None

    @property
    def total(self) -> str:
        """How many pieces there are."""
        lines = (line for part in self.parts for line in part.lines if not line.is_missing)
        return phrases.number(sum(line.quantity for line in lines))

    @property
    def is_long(self) -> bool:
        """Whether its list leaves no room for pictures on the page of its label."""
        return max(len(part.lines) for part in self.parts) > MOST_PICTURED

    @property
    def size(self) -> str:
        """How large the label can be set."""
        letters = len(self.name)
        return "large" if letters <= _LARGE else "middle" if letters <= _MIDDLE else "small"


class PackingList(NamedTuple):
    """One printer's boxes, in packing order, and what all their pages say or show."""

    boxes: tuple[Carton, ...]
    said: Mapping[str, object]  # of the event
    pictures: Mapping[str, bytes]  # of first pages, as PNGs
    problems: tuple[Problem, ...]


def packing_list(
    event: Event,
    runs: Sequence[ProductionRun],
    items: Iterable[Item] | None = None,
    fronts: Mapping[Front, bytes] | None = None,
) -> PackingList:
    """Return what one printer's packing list shows, and what is wrong with it.

    `items` are the printer's; without them, those of `runs`. An item that has no file is listed in
    its box as missing. `fronts` are pictures of first pages, as PNGs.
    """
    boxes = tuple(packed(event, runs, items))
    said = {
        "event": event,
        "held": phrases.day(event.date),
        "due": phrases.day(event.delivery.due) if event.delivery.due else None,
    }
    pictures = {_picture(front): png for front, png in (fronts or {}).items()}
    asked = event.delivery.boxes
    differ = asked is not None and asked != len(boxes)
    told = (boxes_differ(asked, len(boxes), event.path),) if asked and differ else ()
    return PackingList(boxes, said, pictures, told)


def _picture(front: Front) -> str:
    return f"front-{front[0]}-{front[1]}.png"


def packed(
    event: Event, runs: Sequence[ProductionRun], items: Iterable[Item] | None = None
) -> list[Carton]:
    """Return the boxes in packing order: the sites' as the event has them, then the event's own.

    Sites of the same `box` are together, in the place of the first of them; a site without one
    has a box of its own. A box without anything in it is left out.
    """
    return _packed(event, _items(runs) if items is None else items, _finished(runs))


def as_planned(event: Event, items: Iterable[Item]) -> list[Carton]:
    """Return the boxes as they will be packed once all of it is made, in packing order."""
    return _packed(event, items, None)


def _packed(event: Event, items: Iterable[Item], finished: Finished | None) -> list[Carton]:
    in_order = sorted(items, key=lambda item: item.number)
    receivers = {item.number: {site.id for site in item.sites} for item in in_order}
    groups: dict[object, list[Site]] = {}
    for site in event.sites:
        groups.setdefault(("box", site.box) if site.box else ("site", site.id), []).append(site)
    boxes = []
    for sites in groups.values():
        parts = [
            _part(site, [item for item in in_order if site.id in receivers[item.number]], finished)
            for site in sites
        ]
        filled = tuple(part for part in parts if part.lines)
        if filled:
            shared = len(filled) > 1
            name = sites[0].box if shared and sites[0].box else filled[0].name
            route = event.delivery.routes.get(sites[0].box or "")
            if shared and route and route.name:
                name = str(route.name)
            driver = str(route.driver) if route and route.driver else None
            boxes.append(Carton(name, filled, shared, driver))
    own = tuple(_lines([item for item in in_order if not item.sites], None, finished))
    if own:
        to = tuple(str(line) for line in event.delivery.to) or (str(event.place),)
        boxes.append(Carton(str(event.name), (Part(str(event.name), to, own),), False))
    return boxes


def _items(runs: Sequence[ProductionRun]) -> list[Item]:
    by_number = {run.item.number: run.item for run in runs}
    return [by_number[number] for number in sorted(by_number)]


def _finished(runs: Iterable[ProductionRun]) -> Finished:
    """Return what there is a file of."""
    return {
        (run.item.number, run.language, piece.site.id if piece.site else None)
        for run in runs
        for piece in run.finished
    }


def _part(site: Site, items: Sequence[Item], finished: Finished | None) -> Part:
    """Return what a site gets of items, which are for it."""
    address = (*(str(line) for line in site.lines), *([str(site.tel)] if site.tel else []))
    return Part(str(site.name), address, tuple(_lines(items, site, finished)))


def _lines(
    items: Iterable[Item], site: Site | None, finished: Finished | None
) -> Iterable[PackedItem]:
    for item in items:
        for language in item.quantities:
            quantity = item.count(language, site) if site else item.total(language)
            if not quantity or language not in item.materials:
                continue
            material = item.materials[language]
            keys: set[CartonKey] = {(item.number, language, None)}
            if site:
                keys.add((item.number, language, site.id))
            yield PackedItem(
                str(material.layout.title),
                phrases.title(material),
                f"{material.code}, rev. {material.revision} · {item.id}",
                phrases.language(language),
                quantity,
                finished is not None and finished.isdisjoint(keys),
                _picture((item.number, language)),
            )


def boxes_differ(asked: int, count: int, path: str) -> Problem:
    """The event's `delivery:` has another number of boxes than its sites are packed into.

    Fix: give sites that travel together the same `box`, or change the number. A site without
    `box` gets a box of its own.
    """
    return Problem(
        "boxes-differ",
        f"the delivery should be {phrases.several(asked, 'box', 'boxes')}, but the sites are "
        f"packed into {count}",
        Source(path),
        "give sites that travel together the same box, or change the number",
        Severity.WARNING,
    )


CODES = {"boxes-differ": boxes_differ}
