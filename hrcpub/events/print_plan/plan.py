"""An event's runs to the steps in which an office prints them: paper by paper, pile by pile.

Coloured papers come first, in the order of the items, and white ones last: then what lies in the
tray afterwards is what everybody expects there. On each paper there is a pile for each site, in
packing order. What is the same for all sites is one pile, since its spares and its last sheet are
counted once for all (see `paperwork.arithmetic`). Piles are parted by a sheet of the paper that is
loaded, so that nobody has to change it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from hrcpub.events.labels.words import LabelContent
from hrcpub.events.manifest.event import Event, FinishedFile, Item, ProductionRun, Site
from hrcpub.events.paperwork import arithmetic, phrases
from hrcpub.printing.order import Sides
from hrcpub.project.edition import EDITIONS
from hrcpub.project.layout.formats import LARGE_PRINT
from hrcpub.project.sheets import SHEETS
from hrcpub.records import record
from hrcpub.units import Size, dimensions

WHITE = "white"
# What paper is called that offices buy: a stock that names its colour is of that colour, whatever
# the design asks for. Longer names come first.
COLOURS = (
    "light blue", "light green", "bright white", "goldenrod", "lavender", "orange", "salmon",
    "canary", "yellow", "purple", "ivory", "green", "lilac", "cream", "white", "buff", "blue",
    "gold", "gray", "grey", "pink", "tan", "red",
)  # fmt: skip
SAME = 1.0  # points: sizes of one sheet


class OfficePaper(NamedTuple):
    """What is loaded."""

    colour: str  # "yellow"
    stock: str  # as the manifest calls it: "20 lb bond, yellow"; empty: it does not
    sheet: str  # of SHEETS, or a size

    @property
    def name(self) -> str:
        """Return what tells it from other papers: "yellow, 20 lb bond, yellow, letter"."""
        return ", ".join(part for part in (self.colour, self.stock, self.sheet) if part)


class Pile(NamedTuple):
    """Sheets that stay together. `site` is None for what is the same for all sites."""

    site: str | None  # its id
    name: str  # whose it is
    tab: int  # how many tabs stand above its own, on a separator


class Share(NamedTuple):
    """How many pieces a site gets of what is the same for all."""

    name: str
    pieces: int


@record
class Load:
    """Put paper in: as many sheets as the steps after it take."""

    number: int  # of the step, from 1
    paper: OfficePaper
    sheets: int

    @property
    def reams(self) -> int:
        """Reams begun."""
        return arithmetic.reams(self.sheets)


@record
class Separate:
    """Print a sheet that begins a pile; it is a page of the event's file of separators."""

    number: int
    paper: OfficePaper
    pile: Pile
    page: int  # of the file, from 1
    contents: tuple[LabelContent, ...]
    key: str  # the same as long as it says the same
    sheets: int = 1


@record
class Print:
    """Print a file so many times."""

    number: int
    paper: OfficePaper
    pile: Pile
    item: str  # its id
    what: str  # "Postcard: Who Can You Talk To?, English"
    file: FinishedFile
    times: int
    each: int  # sheets of paper, once
    sides: Sides
    pieces: int  # with spares
    shares: tuple[Share, ...]  # of what is the same for all
    is_black: bool
    key: str

    @property
    def kind(self) -> str:
        """What kind of piece it is."""
        return self.what.partition(":")[0]

    @property
    def sheets(self) -> int:
        """How many sheets it takes."""
        return self.times * self.each

    @property
    def impressions(self) -> int:
        """How many sides are printed."""
        return self.times * self.file.pages


PlanStep = Load | Separate | Print


@record
class PrintPlan:
    """All that an office prints for an event, in order."""

    event: str  # its id
    steps: tuple[PlanStep, ...]

    @property
    def loads(self) -> tuple[Load, ...]:
        """The papers."""
        return tuple(step for step in self.steps if isinstance(step, Load))

    @property
    def printed(self) -> tuple[Separate | Print, ...]:
        """The steps that print."""
        return tuple(step for step in self.steps if not isinstance(step, Load))

    @property
    def separators(self) -> tuple[Separate, ...]:
        """The sheets that begin piles."""
        return tuple(step for step in self.steps if isinstance(step, Separate))

    @property
    def sheets(self) -> int:
        """How many sheets of paper all steps take."""
        return sum(step.sheets for step in self.printed)


def minutes(steps: Iterable[PlanStep], speed: float | None) -> float | None:
    """Return how long steps take at so many sides a minute; None where nobody knows the speed."""
    if not speed:
        return None
    sides = sum(
        step.impressions if isinstance(step, Print) else isinstance(step, Separate)
        for step in steps
    )
    return sides / speed


def is_for_office(item: Item) -> bool:
    """Return whether an office prints an item: its own edition, and large print."""
    edition = EDITIONS[item.edition]
    return edition.sheet is not None or edition.form == LARGE_PRINT


def print_plan(event: Event, runs: Sequence[ProductionRun]) -> PrintPlan:
    """Return the plan for what was made; `runs` of shops are left out."""
    mine = [run for run in runs if is_for_office(run.item)]
    by_paper: dict[tuple[str, str, str], list[ProductionRun]] = {}
    for run in sorted(mine, key=lambda run: run.item.number):
        paper = paper_of(run)
        by_paper.setdefault(_key(paper), []).append(run)
    papers = sorted(by_paper.values(), key=lambda some: paper_of(some[0]).colour == WHITE)
    piles = _piles(event)
    steps: list[PlanStep] = []
    page = 0
    for some in papers:
        on_paper = list(_on_paper(event, some, piles, page))
        page += sum(isinstance(step, Separate) for step in on_paper)
        steps += on_paper
    return PrintPlan(event.id, tuple(_numbered(steps)))


def paper_of(run: ProductionRun) -> OfficePaper:
    """Return the paper that a run is printed on."""
    told = run.facts.colours.partition(" on ")[2].removesuffix(" paper")
    stock = str(run.item.stock) if run.item.stock else ""
    return OfficePaper(_named(stock) or told or WHITE, stock, _sheet(run.facts.flat))


def _named(stock: str) -> str | None:
    """Return the colour that a stock's name says: the last one, as in "white wove, pink"."""
    words = stock.casefold()
    found = [(words.rfind(name), len(name), name) for name in COLOURS if name in words]
    return max(found)[2].removeprefix("bright ") if found else None


def _key(paper: OfficePaper) -> tuple[str, str, str]:
    return paper.colour, paper.stock.casefold(), paper.sheet


def _sheet(size: Size) -> str:
    """Return a sheet's name; a size that has none in figures."""
    for name, sheet in SHEETS.items():
        pairs = zip(sorted(size), sorted(sheet.size), strict=True)
        if all(abs(one - other) <= SAME for one, other in pairs):
            return name
    return dimensions(size)


def _piles(event: Event) -> dict[str | None, Pile]:
    """Return the piles in packing order; what is the same for all comes last."""
    piles: dict[str | None, Pile] = {
        site.id: Pile(site.id, str(site.name), number)
        for number, site in enumerate(_packing_order(event))
    }
    piles[None] = Pile(None, str(event.name), len(piles))
    return piles


def _packing_order(event: Event) -> list[Site]:
    """Return the sites box by box, as the packing list has them."""
    boxes: dict[object, list[Site]] = {}
    for site in event.sites:
        boxes.setdefault(("box", site.box) if site.box else ("site", site.id), []).append(site)
    return [site for sites in boxes.values() for site in sites]


def _on_paper(
    event: Event, runs: Sequence[ProductionRun], piles: dict[str | None, Pile], page: int
) -> Iterator[PlanStep]:
    """Yield the steps of one paper; separators are pages of a file, behind `page`."""
    paper = paper_of(runs[0])
    prints = [step for run in runs for step in _prints(event, run, paper, piles)]
    by_pile: dict[str | None, list[Print]] = {}
    for pile in piles:
        if own := [step for step in prints if step.pile.site == pile]:
            by_pile[pile] = own
    has_separators = len(by_pile) > 1
    sheets = sum(step.sheets for step in prints) + (len(by_pile) if has_separators else 0)
    yield Load(0, paper, sheets)
    for number, (pile, own) in enumerate(by_pile.items(), page + 1):
        if has_separators:
            yield _separator(paper, piles[pile], number, own)
        yield from own


def _prints(
    event: Event, run: ProductionRun, paper: OfficePaper, piles: dict[str | None, Pile]
) -> Iterator[Print]:
    """Yield a step for each file of a run."""
    item, material = run.item, run.item.materials[run.language]
    what = f"{material.layout.title}: {phrases.title(material)}, {phrases.language(run.language)}"
    for (site, file), _, copies in arithmetic.counted(run).files:
        times = arithmetic.times(copies, run.facts.up)
        yield Print(
            number=0,
            paper=paper,
            pile=piles[site.id if site else None],
            item=item.id,
            what=what,
            file=file,
            times=times,
            each=max(run.facts.sheets, 1),
            sides=_sides(run),
            pieces=copies,
            shares=() if site else tuple(_shares(item, run.language)),
            is_black=EDITIONS[item.edition].is_grey,
            key=_digest("print", file.sha256, times, *_key(paper), site.id if site else ""),
        )


def _sides(run: ProductionRun) -> Sides:
    if run.facts.pages <= max(run.facts.sheets, 1):
        return Sides.ONE
    return Sides.SHORT if run.facts.flip == "short" else Sides.LONG


def _shares(item: Item, language: str) -> Iterator[Share]:
    for site in item.receivers(language):
        yield Share(str(site.name), item.count(language, site))


def _separator(paper: OfficePaper, pile: Pile, page: int, own: Sequence[Print]) -> Separate:
    said = tuple(content for step in own for content in _contents(step))
    key = _digest("separator", *_key(paper), pile.name, pile.tab, *said)
    return Separate(0, paper, pile, page, said, key)


def _contents(step: Print) -> Iterator[LabelContent]:
    """Yield what a step adds to its pile, and who gets how much of what is the same for all."""
    yield LabelContent(phrases.number(step.pieces), step.what)
    for share in step.shares:
        yield LabelContent(phrases.number(share.pieces), f"of these for {share.name}")


def _digest(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:16]


def _numbered(steps: Sequence[PlanStep]) -> Iterator[PlanStep]:
    for number, step in enumerate(steps, 1):
        yield replace(step, number=number)
