"""An event to what each of its labels says: whose box it is, which of how many, what is in it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from hrcpub.events.manifest.event import Event, Item, Site
from hrcpub.events.paperwork import phrases
from hrcpub.events.paperwork.packing_list import Carton, PackedItem, Part, as_planned
from hrcpub.problems import Source
from hrcpub.project.markup import typographic

LANGUAGE = "en"  # as all papers are


class LabelContent(NamedTuple):
    """One thing in a box."""

    quantity: str  # "1,260"
    what: str  # "Postcard: Who Can You Talk To?"


class LabelWords(NamedTuple):
    """What a label says. Only its name, its address and its number must be there."""

    name: str
    address: tuple[str, ...]
    source: Source | None  # the site's row, or the manifest
    number: tuple[int, int] | None = None  # which box of how many; None: an address alone
    contents: tuple[LabelContent, ...] = ()
    kinds: tuple[LabelContent, ...] = ()  # the same in short: "200 Postcard"
    total: str = ""  # "60 pieces": where there is no room for either
    notes: tuple[str, ...] = ()  # the event, when it is there, by when it is opened
    code: str | None = None  # what the QR code says

    @property
    def texts(self) -> tuple[str, ...]:
        """All of it, to find the faces that set it."""
        told = (part for one in (*self.contents, *self.kinds) for part in one)
        return (self.name, *self.address, *told, self.total, *self.notes)


def box_labels(event: Event, printer: str | None = None) -> tuple[LabelWords, ...]:
    """Return a label for each box, in packing order.

    `printer` is whose packing list it is, as `Item.vendor` has it; None: all printers' things are
    in one box together.
    """
    items = [item for item in event.items if printer in (None, item.vendor)]
    boxes = as_planned(event, items)
    rows = {_said(site): site for site in event.sites}
    return tuple(
        _box(event, box, (number, len(boxes)), rows.get(box.parts[0].name), items)
        for number, box in enumerate(boxes, 1)
    )


def address_labels(event: Event, sites: Sequence[str] = ()) -> tuple[LabelWords, ...]:
    """Return a label with the name and the address of each site, or of those that are named."""
    return tuple(
        _typed(LabelWords(_said(site), tuple(str(line) for line in site.lines), site.source))
        for site in event.sites
        if not sites or site.id in sites
    )


def _said(site: Site) -> str:
    return str(site.name)


def _box(
    event: Event, box: Carton, number: tuple[int, int], site: Site | None, items: Sequence[Item]
) -> LabelWords:
    many = len({code for item in items for code in item.materials}) > 1
    lines = [line for part in box.parts for line in part.lines]
    alone = site if not box.is_shared else None
    words = LabelWords(
        box.name,
        tuple(_address(box)),
        site.source if site else Source(event.path),
        number,
        tuple(_contents(lines, lambda line: _titled(line, is_language_told=many))),
        tuple(_contents(lines, lambda line: line.kind)),
        phrases.several(sum(line.quantity for line in lines), "piece"),
        tuple(_notes(event, box)),
        str(alone.url) if alone and alone.url else _coded(event, box, number),
    )
    return _typed(words)


def _typed(words: LabelWords) -> LabelWords:
    """Return words with the quotes and dashes of print."""

    def typed(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(typographic(text, LANGUAGE) for text in texts)

    def listed(contents: Iterable[LabelContent]) -> tuple[LabelContent, ...]:
        return tuple(one._replace(what=typographic(one.what, LANGUAGE)) for one in contents)

    return words._replace(
        name=typographic(words.name, LANGUAGE),
        address=typed(words.address),
        contents=listed(words.contents),
        kinds=listed(words.kinds),
        notes=typed(words.notes),
    )


def _address(box: Carton) -> Iterator[str]:
    """Yield the address; of a box that travels on, for whom it is."""
    if not box.is_shared:
        yield from box.parts[0].address
        return
    yield f"for {_listed(box.parts)}"


def _listed(parts: Sequence[Part]) -> str:
    names = [part.name for part in parts]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _titled(line: PackedItem, *, is_language_told: bool) -> str:
    language = f", {line.language}" if is_language_told else ""
    return f"{line.kind}: {line.title}{language}"


def _contents(
    lines: Sequence[PackedItem], said: Callable[[PackedItem], str]
) -> Iterator[LabelContent]:
    """Yield what is in a box, each thing once: of all of its sites together."""
    quantities: dict[str, int] = {}
    for line in lines:
        quantities[said(line)] = quantities.get(said(line), 0) + line.quantity
    for what, quantity in quantities.items():
        yield LabelContent(phrases.number(quantity), what)


def _notes(event: Event, box: Carton) -> Iterator[str]:
    yield str(event.name)
    if event.delivery.due:
        yield f"There by {_soon(event.delivery.due)}"
    yield f"Please open by {_soon(event.date)}"
    if box.driver:
        yield f"Driver: {box.driver}"


def _soon(date: datetime.date) -> str:
    """Return a day of this year: "Wednesday, June 10"."""
    return phrases.day(date).rpartition(",")[0]


def _coded(event: Event, box: Carton, number: tuple[int, int]) -> str:
    """Return what the code of a box says whose site has no address of the web."""
    return f"{event.name}, {event.date}: {box.name}, box {number[0]} of {number[1]}"
