"""A run to an XJDF 2.1 ticket: what is to be made, for shops whose programs read it.

It says what the product is (CIP4's "product intent"), not how a shop makes it. One `Product` for
each file, since each is printed in its own number; its file is the `RunList` resource whose
`Part/@Product` is the product's `ExternalID`. Lengths are points, thickness is microns.
"""

from __future__ import annotations

import posixpath
import re
import urllib.parse
from typing import NamedTuple
from xml.etree import ElementTree

from hrcpub.events.manifest.event import Event, ProductionRun
from hrcpub.events.paperwork import arithmetic, phrases
from hrcpub.events.paperwork.arithmetic import Count
from hrcpub.project.folds import FOLDS
from hrcpub.units import POINTS_PER_UNIT

NAMESPACE = "http://www.CIP4.org/JDFSchema_2_0"  # of all versions 2
VERSION = "2.1"

_PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
_MICRONS = 1000 / POINTS_PER_UNIT["mm"]
_TOKEN = re.compile(r"[^A-Za-z0-9._-]+")  # what no NMTOKEN of ours has


class _Product(NamedTuple):
    """One file's product, and the name by which the ticket's parts refer to each other."""

    id: str
    printed: Count


def xjdf(event: Event, run: ProductionRun, folder: str = "") -> bytes:
    """Return the ticket of an item in one language.

    `folder` is where the ticket stands below the event's folder: the files' addresses are relative
    to it.
    """
    material = run.item.materials[run.language]
    root = ElementTree.Element(
        "XJDF",
        {
            "xmlns": NAMESPACE,
            "DescriptiveName": f"{event.name}: {phrases.title(material)}, {run.language}",
            "JobID": token(event.id),
            "JobPartID": token(f"{run.item.id}.{run.language}"),
            "Types": "Product",
            "Version": VERSION,
        },
    )
    parts = _parts(run)
    products = ElementTree.SubElement(root, "ProductList")
    for part in parts:
        _product(products, run, part)
    files = ElementTree.SubElement(root, "ResourceSet", {"Name": "RunList", "Usage": "Input"})
    for part in parts:
        _file(files, part, folder)
    ElementTree.indent(root)
    body: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return body + b"\n"


def token(text: str) -> str:
    """Return a name that XML takes for an NMTOKEN."""
    return _TOKEN.sub("-", text)


def _parts(run: ProductionRun) -> list[_Product]:
    stem = f"{run.item.id}.{run.language}"
    return [
        _Product(token(f"{stem}.{site.id}" if (site := count.piece.site) else stem), count)
        for count in arithmetic.counted(run).files
    ]


def _product(parent: ElementTree.Element, run: ProductionRun, part: _Product) -> None:
    material, site = run.item.materials[run.language], part.printed.piece.site
    name = f"{material.code} {phrases.title(material)}"
    product = ElementTree.SubElement(
        parent,
        "Product",
        {
            "Amount": str(part.printed.copies),
            "DescriptiveName": f"{name}, {site.name}" if site else name,
            "ExternalID": part.id,
            "IsRoot": "true",
        },
    )
    if phrases.is_stitched(run.item):
        side = "Right" if material.is_right_to_left else "Left"
        _intent(product, "BindingIntent", BindingSide=side, BindingType="SaddleStitch")
    colours = _intent(product, "ColorIntent")
    for surface in ("Front", "Back")[: 1 if run.facts.sides == 1 else 2]:
        attributes = {"ColorsUsed": " ".join(_colours(run)), "Surface": surface}
        ElementTree.SubElement(colours, "SurfaceColor", attributes)
    if run.item.fold:
        _intent(product, "FoldingIntent", FoldCatalog=FOLDS[run.item.fold].catalog)
    _intent(product, "LayoutIntent", **_layout(run, part.printed.piece.file.pages))
    _intent(product, "MediaIntent", **_media(run))


def _intent(product: ElementTree.Element, name: str, **attributes: str) -> ElementTree.Element:
    container = ElementTree.SubElement(product, "Intent", {"Name": name})
    return ElementTree.SubElement(container, name, dict(sorted(attributes.items())))


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


def _file(parent: ElementTree.Element, part: _Product, folder: str) -> None:
    resource = ElementTree.SubElement(parent, "Resource")
    ElementTree.SubElement(resource, "Part", {"Product": part.id})
    files = ElementTree.SubElement(resource, "RunList")
    path = posixpath.relpath(part.printed.piece.file.path, folder or ".")
    ElementTree.SubElement(
        files, "FileSpec", {"MimeType": "application/pdf", "URL": urllib.parse.quote(path)}
    )


def _lengths(*lengths: float) -> str:
    return " ".join(f"{round(length, 3):.10g}" for length in lengths)
