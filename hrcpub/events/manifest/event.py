"""What an event's manifest and its sites say, as checked values."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field, replace
from typing import NamedTuple

from hrcpub.events.manifest.counts import count_columns
from hrcpub.events.manifest.typed_hours import dashed
from hrcpub.files.table import plain_name
from hrcpub.problems import Problem, Source
from hrcpub.project.edition import EDITIONS
from hrcpub.project.markup import typographic
from hrcpub.project.material import Material
from hrcpub.project.printers import Printer
from hrcpub.project.words import Words
from hrcpub.records import record
from hrcpub.units import Size


@record
class Logo:
    """A partner's picture: a PNG or JPEG in the project, read whole once and found sound."""

    path: str  # from the project's root
    alt: str
    sha256: str
    width: int  # pixels
    height: int


@record
class Partner:
    """An organisation that pieces are handed out with."""

    name: Words
    logo: Logo | None


class Extra(NamedTuple):
    """A detail of a site that is printed where there is room."""

    column: str  # of EXTRAS
    words: Words
    link: str | None = None  # what calls it, or writes to it


# Columns in the order in which they are printed. Where there is too little room, the last goes
# first: what helps nobody to reach the place, and is the longest.
EXTRAS = ("tel2", "languages", "email", "note")


@record
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
    counts: tuple[tuple[str, int], ...] = ()  # how many it gets, by the table's column
    extras: tuple[Extra, ...] = ()  # in the order of EXTRAS

    @property
    def texts(self) -> tuple[Words, ...]:
        """Every text that its imprint must set, in order; the address of the web is a code too."""
        texts = (self.name, *self.lines, self.hours, self.tel)
        return tuple(words for words in texts if words)

    def count(self, column: str) -> int | None:
        """Return how many a column says that it gets; None when it says nothing."""
        if not self.counts:  # as in most tables, and it is asked for every file of every paper
            return None
        return dict(self.counts).get(plain_name(column))

    def quoted(self, language: str) -> Site:
        """Return the site with its quotes and dashes set as a language sets them."""

        def set_in(words: Words) -> Words:
            return replace(words, text=typographic(words.text, language))

        return replace(
            self,
            name=set_in(self.name),
            lines=tuple(set_in(line) for line in self.lines),
            hours=set_in(replace(self.hours, text=dashed(self.hours.text))) if self.hours else None,
            extras=tuple(
                extra._replace(words=set_in(extra.words)) if extra.link is None else extra
                for extra in self.extras
            ),
        )


@record
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
    column: str = "copies"  # the table's, with how many each site gets

    def count(self, language: str, site: Site) -> int:
        """Return how many pieces a site gets in a language."""
        for column in count_columns(self.column, language):
            if (count := site.count(column)) is not None:
                return count
        return self.quantities.get(language, 0)

    def receivers(self, language: str) -> tuple[Site, ...]:
        """Return the sites that get the item in a language."""
        return tuple(site for site in self.sites if self.count(language, site))

    def total(self, language: str) -> int:
        """Return how many pieces all sites get together; without sites, how many there are."""
        if not self.sites:
            return self.quantities.get(language, 0)
        return sum(self.count(language, site) for site in self.sites)

    def each(self, language: str) -> tuple[int, int]:
        """Return the fewest and the most that a site gets in a language, who gets any."""
        counts = [self.count(language, site) for site in self.receivers(language)]
        counts = counts or [self.quantities.get(language, 0)]
        return min(counts), max(counts)

    @property
    def vendor(self) -> str:
        """Who prints it."""
        return vendor_of(self.edition, self.printer)


class ListedPiece(NamedTuple):
    """What a manifest lists, whether it can be made or not: an item in one language."""

    number: int  # the item's place in the manifest, from 1
    stem: str  # what the item's id begins with: "principles-press"
    vendor: str  # as an item's
    language: str


@record
class Route:
    """How a box travels."""

    name: Words | None  # what the box is headed; None: as the table of sites calls it
    driver: Words | None


@record
class Delivery:
    """When everything has to be where."""

    due: datetime.date | None
    to: tuple[Words, ...]  # the address's lines
    boxes: int | None
    routes: Mapping[str, Route] = field(default_factory=dict)  # by what sites call their box


class PieceApproval(NamedTuple):
    """What was approved of a piece, and whether it is so still."""

    by: str = ""  # empty: nobody approved it
    on: datetime.date | None = None
    differs: str = ""  # how it differs from that, in words; empty: it does not

    @property
    def is_approved(self) -> bool:
        """Whether somebody approved it as it is."""
        return bool(self.by) and not self.differs

    @property
    def said(self) -> str:
        """What is said of it, after the piece's name."""
        return self.differs or (f"approved by {self.by} on {self.on}" if self.by else "")


@record
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
    needs_approval: bool = False  # only what somebody approved is made
    listed: tuple[ListedPiece, ...] = ()  # all that the manifest names; `items` can be made
    lacks_sites: bool = False  # whether rows of the table were left out, whosever they are
    # By an item's number and a language. Empty until somebody has asked for it.
    approvals: Mapping[tuple[int, str], PieceApproval] = field(default_factory=dict)

    def approval(self, item: Item, language: str) -> PieceApproval:
        """Return what was approved of an item in a language."""
        return self.approvals.get((item.number, language), PieceApproval())

    @property
    def tells_approvals(self) -> bool:
        """Whether it is worth saying what was approved: where anything was, or all must be."""
        return self.needs_approval or any(one.by for one in self.approvals.values())


def vendor_of(edition: str, printer: Printer) -> str:
    """Return who prints an edition: a shop, or what the edition's name says."""
    return printer.name if EDITIONS[edition].is_inked else edition


def copies(quantity: int, spares: float) -> int:
    """Return how many to print: the quantity and its spares, rounded up to whole pieces."""
    more = quantity * spares
    return quantity + int(more) + (more > int(more) + 1e-9)


class FinishedFile(NamedTuple):
    """One file that is written and proven: a copy, a run file or a paper."""

    path: str  # below the event's folder: "digital/principles-press/en/fruitvale.pdf"
    sha256: str
    size: int  # bytes
    pages: int  # 0 where it has none
    problems: tuple[Problem, ...] = ()  # warnings and notes, which a later build tells again


class FinishedPiece(NamedTuple):
    """A piece's file, and whose it is."""

    site: Site | None  # None: blank, or the same for everybody
    file: FinishedFile


class PageView(NamedTuple):
    """Where a page of a piece can be looked at: on a page of its file, from 1.

    `box` is left, top, right and bottom on it, from the upper left corner of its trim, y downwards;
    None: all of it. `turn` is by how many degrees it lies counter-clockwise.
    """

    page: int
    box: tuple[float, float, float, float] | None = None
    turn: int = 0


class PieceFacts(NamedTuple):
    """What a job ticket says of a piece. Sizes in points."""

    pages: int  # of the file: sheets' sides where it is imposed
    sides: int  # printed sides of one piece
    flat: Size  # the sheet, or the piece before it is folded
    finished: Size  # folded and cut
    up: int  # pieces on one sheet
    sheets: int  # of paper for one piece; 1 where several share one
    flip: str | None  # the edge an office printer flips on: long, short
    note: str | None  # what the person at the printer must know
    colours: str  # "CMYK", "black on yellow paper"
    place: PageView | None  # where the imprint can be seen, always with its box
    views: tuple[PageView, ...] = ()  # of each side, without what lies around it on a sheet
    paper: str | None = None  # #rrggbb of the stock that the file's black is for; None: white


@record
class ProductionRun:
    """What was made of one item in one language, for its ticket."""

    item: Item
    language: str
    finished: tuple[FinishedPiece, ...]  # in packing order
    file: FinishedFile | None  # the run file: all sites' pieces, in packing order
    facts: PieceFacts
    # What was worked out of it, for each of the papers that tell of it.
    known: dict[str, object] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Begin with nothing worked out: another run has other counts."""
        object.__setattr__(self, "known", {})
