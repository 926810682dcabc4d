"""Events in memory: the project's own materials for made-up sites."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hrcpub.events.manifest.event import (
    Delivery,
    Event,
    FinishedFile,
    FinishedPiece,
    Item,
    Partner,
    PieceFacts,
    ProductionRun,
    Site,
)
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import Source
from hrcpub.project.material import read_material
from hrcpub.project.printers import HOUSE, Printer
from hrcpub.project.words import Words

NOWHERE = Source("materials/events/fair.yaml", 1)
SHOP = Printer("digital", "a copy shop with a digital press")
NAMES = (
    "Fruitvale Community Clinic",
    "Ashby Library",
    "St. Anthony’s Dining Room & Free Clinic",
    "Casa Segura / Safe House",
    "Eastmont Wellness Center of Alameda County, Mobile Unit 2",
    "Berkeley Free Clinic",
    "West Oakland Punks with Lunch",
    "Lifelong Trust Health Center",
)


def words(text: str) -> Words:
    return Words(text, NOWHERE)


def site(number: int, *, box: str | None = None) -> Site:
    """Return a made-up site; every number has another name."""
    name = NAMES[number % len(NAMES)]
    if number >= len(NAMES):
        name = f"{name}, branch {number}"
    street = (words(f"{100 + 37 * number} International Boulevard"), words("Oakland, CA 94601"))
    tel = words(f"(510) 555-01{number % 100:02}")
    url = words(f"https://example.org/site/{number}")
    return Site(
        f"site-{number}", words(name), street, words("Mon–Fri 9–5"), tel, url, None, box, NOWHERE
    )


def item(
    opened: Project,
    number: int,
    material: str,
    sites: tuple[Site, ...] = (),
    quantities: Mapping[str, int] | None = None,
    **changes: Any,
) -> Item:
    """Return an item of a material; languages beside its own borrow its words."""
    quantities = quantities or {"en": 25}
    words_of = read_material(opened, material)
    folding = words_of.layout.folding
    plain = Item(
        number=number,
        id=f"{material}-{number}",
        materials={language: replace(words_of, language=language) for language in quantities},
        quantities=quantities,
        edition="press",
        printer=SHOP,
        stock=words("80 lb text, yellow"),
        caliper=0.0,
        fold=folding.name if folding else None,
        scheme=None,
        spares=0.05,
        sites=sites,
        has_separators=False,
        source=NOWHERE,
    )
    return replace(plain, **changes)


def office(of: Item) -> Item:
    """Return an item as the office prints it."""
    return replace(of, edition="office", printer=HOUSE)


def event(sites: tuple[Site, ...], items: tuple[Item, ...], **changes: Any) -> Event:
    plain = Event(
        id="east-bay-health-fair",
        path="materials/events/east-bay-health-fair.yaml",
        name=words("East Bay Health Fair"),
        date=datetime.date(2026, 6, 14),
        place=words("Fruitvale Plaza, Oakland"),
        contact=(words("Dana Okafor"), words("(510) 444-6969"), words("dana@example.org")),
        approver=words("Dana Okafor, Harm Reduction Coalition"),
        partners=(Partner(words("East Bay Mutual Aid"), None),),
        sites=sites,
        items=items,
        delivery=Delivery(
            datetime.date(2026, 6, 10),
            (
                words("Harm Reduction Coalition"),
                words("1440 Broadway, Suite 510"),
                words("Oakland, CA 94612"),
            ),
            None,
        ),
    )
    return replace(plain, **changes)


def finished(path: str, pages: int = 2) -> FinishedFile:
    """Return a file that could have been made; each path has another content."""
    return FinishedFile(path, hashlib.sha256(path.encode()).hexdigest(), 150_000, pages)


def run(of: Item, language: str = "en", *, personal: bool = True, **changes: Any) -> ProductionRun:
    """Return what could have been made of an item: a file for each site, and a run file.

    `changes` are of its facts.
    """
    folder = f"{of.printer.name}/{of.id}/{language}"
    layout = of.materials[language].layout
    sites = of.sites if personal else ()
    pages, folding = layout.sides, layout.folding
    pieces = [
        FinishedPiece(site, finished(f"{folder}/{site.id}.pdf", pages)) for site in sites
    ] or [FinishedPiece(None, finished(f"{folder}/{of.id}.pdf", pages))]
    whole = None
    if len(pieces) > 1:
        whole = finished(f"{folder}/all-sites.pdf", pages * len(pieces))
    facts = PieceFacts(
        pages=pages,
        sides=min(pages, 2),
        flat=layout.trim,
        finished=folding.folded if folding else layout.trim,
        sheets=1,
        up=1,
        flip="long" if of.edition == "office" else None,
        note=None,
        colours="black on yellow paper" if of.edition == "office" else "CMYK",
        place=None,
    )
    return ProductionRun(of, language, tuple(pieces), whole, facts._replace(**changes))


def small(sources: Sources) -> tuple[Event, list[ProductionRun]]:
    """Return an event of three items for eight sites, and its runs at one shop."""
    opened = Project(sources)
    sites = tuple(site(number) for number in range(8))
    items = (
        item(opened, 1, "principles", sites, {"en": 50, "es": 25, "vi": 10}),
        item(opened, 2, "why-folder", sites, {"en": 100}, fold="letter"),
        item(opened, 3, "contact-card", sites, {"en": 200, "es": 100}),
    )
    runs = [run(item, language) for item in items for language in item.quantities]
    return event(sites, items), runs
