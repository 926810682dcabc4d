"""What an event's manifest and its sites say, as checked values."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

from hrcpub.problems import Problem, Source
from hrcpub.project.markup import typographic
from hrcpub.project.material import Material
from hrcpub.project.printers import Printer
from hrcpub.project.words import Words


@dataclass(frozen=True, slots=True)
class Logo:
    """A partner's picture: a PNG or JPEG in the project, read whole once and found sound."""

    path: str  # from the project's root
    alt: str
    sha256: str
    width: int  # pixels
    height: int


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation that pieces are handed out with."""

    name: Words
    logo: Logo | None


@dataclass(frozen=True, slots=True)
class Site:
    """A place that hands pieces out, as its imprint prints it. All of it is text, never markup."""

    id: str
    name: Words
    lines: tuple[Words, ...]  # of the address
    hours: Words | None
    tel: Words | None
    url: Words | None  # what the QR code says; printed beside it without https://
    logo: Logo | None  # the site's own; None: the event's first partner's that has one
    box: str | None  # in which parcel its pieces travel; None: one of its own
    source: Source  # the row
    tel_link: str | None = None  # what calls the telephone; None: nothing would

    @property
    def texts(self) -> tuple[Words, ...]:
        """Every text that its imprint sets, in order; the web address is a code beside them."""
        texts = (self.name, *self.lines, self.hours, self.tel)
        return tuple(words for words in texts if words)

    def quoted(self, language: str) -> Site:
        """Return the site with its quotes and dashes set as a language sets them."""

        def set_in(words: Words) -> Words:
            return replace(words, text=typographic(words.text, language))

        return replace(
            self,
            name=set_in(self.name),
            lines=tuple(set_in(line) for line in self.lines),
            hours=set_in(self.hours) if self.hours else None,
        )


@dataclass(frozen=True, slots=True)
class Item:
    """A material in one edition, for one printer: so many for each site."""

    number: int  # its place in the manifest, from 1
    id: str  # "principles-press": in paths and on tickets; unlike every other item's
    materials: Mapping[str, Material]  # by language, as the manifest has them
    quantities: Mapping[str, int]  # by language: how many each site gets; without sites, in all
    edition: str
    printer: Printer
    stock: Words | None  # "80 lb text, yellow": as the shop calls it
    caliper: float  # the stock's thickness in points, 0 when it is not known
    fold: str | None  # of folds.FOLDS, as the layout has it
    scheme: str | None  # of schemes.OFFICE_SCHEMES; None: the layout's own
    spares: float  # 0.05: five more to the hundred
    sites: tuple[Site, ...]  # that get it; none: all is for the event itself, its imprint blank
    has_separators: bool  # run files have a sheet with the site's name before each site's piece
    source: Source


@dataclass(frozen=True, slots=True)
class Delivery:
    """When everything has to be where."""

    due: datetime.date | None
    to: tuple[Words, ...]  # the address's lines
    boxes: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """One manifest: what is printed for whom, by when."""

    id: str  # its file's name
    path: str
    name: Words
    date: datetime.date
    place: Words
    contact: tuple[Words, ...]  # who answers when the shop asks: name, telephone, address
    approver: Words | None
    partners: tuple[Partner, ...]
    sites: tuple[Site, ...]
    items: tuple[Item, ...]
    delivery: Delivery
    problems: tuple[Problem, ...] = ()  # that ride along: bad rows left out, notes, warnings


def copies(quantity: int, spares: float) -> int:
    """Return how many to print: the quantity and its spares, rounded up to whole pieces."""
    more = quantity * spares
    return quantity + int(more) + (more > int(more) + 1e-9)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to be made: an item in a language, for a site or for all alike."""

    item: Item
    language: str
    site: Site | None  # None: blank, or the same for everybody
    path: str  # below the event's folder: "digital/principles-press/en/fruitvale.pdf"


@dataclass(frozen=True, slots=True)
class Finished:
    """One file that is made and proven."""

    piece: Piece
    sha256: str
    size: int  # bytes
    pages: int
    is_cached: bool = False


@dataclass(frozen=True, slots=True)
class ProductionRun:
    """What was made of one item in one language, for its ticket."""

    item: Item
    language: str
    finished: tuple[Finished, ...]  # in packing order
    file: Finished | None  # all sites' pieces in one file, in packing order
    flat: tuple[float, float]  # width and height of the flat sheet or piece, in points
    size: tuple[float, float]  # finished: after folding and cutting, in points
    sides: int  # printed sides of one piece
    sheets: int  # sheets of paper for one piece, or, when several share one, 1
    up: int  # pieces on one sheet
    flip: str | None  # the edge an office printer flips on: long, short
    note: str | None  # what the person at the printer must know
    colours: str  # "CMYK", "black on yellow paper"
