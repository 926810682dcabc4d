"""A run to an XJDF 2.1 ticket: what is to be made, for shops whose programs read it.

It says what the product is (CIP4's "product intent"), not how a shop makes it. One `Product` for
each file, since each is printed in its own number; its file is the `RunList` resource whose
`Part/@Product` is the product's `ExternalID`. Lengths are points, thickness is microns.
"""

from __future__ import annotations

import posixpath
import urllib.parse
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from hrcpub.events.manifest.event import Event, ProductionRun
from hrcpub.events.paperwork import arithmetic, phrases
from hrcpub.events.paperwork.arithmetic import Count
from hrcpub.patterns import pattern
from hrcpub.project.folds import FOLDS
from hrcpub.records import record
from hrcpub.units import POINTS_PER_UNIT

NAMESPACE = "http://www.CIP4.org/JDFSchema_2_0"  # of all versions 2
VERSION = "2.1"

_PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
_MICRONS = 1000 / POINTS_PER_UNIT["mm"]
_TOKEN = pattern(r"[^A-Za-z0-9._-]+")  # what no NMTOKEN of ours has


_Intents = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # names, and their attributes


class XjdfProduct(NamedTuple):
    """One file's product: its name in the ticket's parts, how many, and what of it is its own."""

    id: str
    name: str
    copies: int
    pages: int
    url: str  # from the ticket's folder


@record
class XjdfTicket:
    """All that the ticket of an item in one language says, and nothing else.

    So two tickets that are equal are the same bytes.
    """

    head: tuple[tuple[str, str], ...]  # the root's attributes
    products: tuple[XjdfProduct, ...]
    intents: tuple[tuple[int, _Intents], ...]  # of products, by how many pages they have
    surfaces: tuple[tuple[str, str], ...]  # the sides, and the inks of each


def xjdf(event: Event, run: ProductionRun, folder: str = "") -> bytes:
    """Return the ticket of an item in one language, as `xjdf_ticket` and `xjdf_bytes` have it."""
    return xjdf_bytes(xjdf_ticket(event, run, folder))


def xjdf_ticket(event: Event, run: ProductionRun, folder: str = "") -> XjdfTicket:
    """Return what the ticket of an item in one language says.

    `folder` is where the ticket stands below the event's folder: the files' addresses are relative
    to it.
    """
    material, inks = run.item.materials[run.language], " ".join(_colours(run))
    name = f"{material.code} {phrases.title(material)}"
    products = tuple(_product(run, count, name, folder) for count in arithmetic.counted(run).files)
    return XjdfTicket(
        head=(
            ("DescriptiveName", f"{event.name}: {phrases.title(material)}, {run.language}"),
            ("JobID", token(event.id)),
            ("JobPartID", token(f"{run.item.id}.{run.language}")),
        ),
        products=products,
        intents=tuple(
            (pages, tuple(_intents(run, pages)))
            for pages in sorted({product.pages for product in products})
        ),
        surfaces=tuple(
            (surface, inks) for surface in ("Front", "Back")[: 1 if run.facts.sides == 1 else 2]
        ),
    )


def xjdf_bytes(ticket: XjdfTicket) -> bytes:
    """Return a ticket as XML."""
    root = ElementTree.Element(
        "XJDF",
        {"xmlns": NAMESPACE, **dict(ticket.head), "Types": "Product", "Version": VERSION},
    )
    intents = dict(ticket.intents)
    products = ElementTree.SubElement(root, "ProductList")
    for product in ticket.products:
        _write_product(products, product, intents[product.pages], ticket.surfaces)
    files = ElementTree.SubElement(root, "ResourceSet", {"Name": "RunList", "Usage": "Input"})
    for product in ticket.products:
        _write_file(files, product)
    ElementTree.indent(root)
    body: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return body + b"\n"


def token(text: str) -> str:
    """Return a name that XML takes for an NMTOKEN."""
    return _TOKEN.sub("-", text)


def _product(run: ProductionRun, count: Count, name: str, folder: str) -> XjdfProduct:
    site, file = count.piece
    stem = f"{run.item.id}.{run.language}"
    is_below = folder.endswith("/") and file.path.startswith(folder)  # as most are
    path = file.path[len(folder) :] if is_below else posixpath.relpath(file.path, folder or ".")
    return XjdfProduct(
        token(f"{stem}.{site.id}" if site else stem),
        f"{name}, {site.name}" if site else name,
        count.copies,
        file.pages,
        urllib.parse.quote(path),
    )


def _intents(run: ProductionRun, pages: int) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield what is meant with a product, in the order in which a ticket says it."""
    if phrases.is_stitched(run.item):
        side = "Right" if run.item.materials[run.language].is_right_to_left else "Left"
        yield "BindingIntent", (("BindingSide", side), ("BindingType", "SaddleStitch"))
    yield "ColorIntent", ()
    if run.item.fold:
        yield "FoldingIntent", (("FoldCatalog", FOLDS[run.item.fold].catalog),)
    yield "LayoutIntent", tuple(sorted(_layout(run, pages).items()))
    yield "MediaIntent", tuple(sorted(_media(run).items()))


def _write_product(
    parent: ElementTree.Element,
    product: XjdfProduct,
    intents: _Intents,
    surfaces: tuple[tuple[str, str], ...],
) -> None:
    element = ElementTree.SubElement(
        parent,
        "Product",
        {
            "Amount": str(product.copies),
            "DescriptiveName": product.name,
            "ExternalID": product.id,
            "IsRoot": "true",
        },
    )
    for name, attributes in intents:
        container = ElementTree.SubElement(element, "Intent", {"Name": name})
        intent = ElementTree.SubElement(container, name, dict(attributes))
        for surface, inks in surfaces if name == "ColorIntent" else ():
            said = {"ColorsUsed": inks, "Surface": surface}
            ElementTree.SubElement(intent, "SurfaceColor", said)


def _layout(run: ProductionRun, pages: int) -> dict[str, str]:
    """Return the sizes and sides. `Pages` counts surfaces: a folded piece's panels, always even."""
    fold = run.item.fold
    surfaces = int(FOLDS[fold].catalog[1:].partition("-")[0]) if fold else pages + pages % 2
    attributes = {
        "FinishedDimensions": f"{_lengths(*run.facts.finished)} 0",
        "Pages": str(surfaces),
        "Sides": "OneSided" if run.facts.sides == 1 else "TwoSidedHeadToHead",
    }
    if fold:  # panels differ by the roll-in: the finished size alone does not give the flat one
        attributes["Dimensions"] = _lengths(*run.facts.flat)
    if run.item.edition == "press":
        attributes["Bleed"] = _lengths(run.item.printer.bleed)
    return attributes


def _media(run: ProductionRun) -> dict[str, str]:
    attributes = {"MediaType": "Paper"}
    if run.item.stock:
        attributes["MediaQuality"] = str(run.item.stock)
    if run.item.caliper:
        attributes["Thickness"] = _lengths(run.item.caliper * _MICRONS)
    return attributes


def _colours(run: ProductionRun) -> list[str]:
    """Return the plates of a side: the process inks or black alone, and the palette's spots."""
    if run.facts.colours.casefold().startswith("black"):
        return ["Black"]
    material = run.item.materials[run.language]
    system = material.layout.system
    paper = system.papers[material.colour]
    inks = (system.ink, paper, system.signs_in(paper))
    spots = [token(ink.spot) for ink in inks if ink.spot]
    return [*_PROCESS, *dict.fromkeys(spots)]


def _write_file(parent: ElementTree.Element, product: XjdfProduct) -> None:
    resource = ElementTree.SubElement(parent, "Resource")
    ElementTree.SubElement(resource, "Part", {"Product": product.id})
    files = ElementTree.SubElement(resource, "RunList")
    ElementTree.SubElement(files, "FileSpec", {"MimeType": "application/pdf", "URL": product.url})


def _lengths(*lengths: float) -> str:
    return " ".join(f"{round(length, 3):.10g}" for length in lengths)
