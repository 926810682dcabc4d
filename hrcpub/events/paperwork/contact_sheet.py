"""Small pictures to the contact sheet: every page, and every site's imprint, to be looked over."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hrcpub.events.manifest.event import Event
from hrcpub.events.paperwork import phrases
from hrcpub.events.paperwork.missing import Missing, told
from hrcpub.files.project import Project
from hrcpub.pipeline.compose import compose_paperwork
from hrcpub.pipeline.compose.paperwork import MEASURE
from hrcpub.pipeline.stages import Html
from hrcpub.units import Size, css

GAP = 12.0  # points, between columns
FEW, SOME = 12, 40  # pages that are shown large, and less large
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Thumb:
    """A small picture and what is said of it."""

    name: str  # a file's or a site's
    lines: tuple[str, ...]  # its size, its pages
    png: bytes
    size: Size | None = None  # points that it measures in print; None: as large as fits


class ContactCell(NamedTuple):
    """A picture in its place in the grid."""

    name: str
    lines: tuple[str, ...]
    picture: str
    style: str


class ContactGrid(NamedTuple):
    """Pictures of one kind, row by row."""

    columns: int
    tall: float  # points: the most that a picture may be

    @property
    def measure(self) -> float:
        """A column's width in points."""
        return (MEASURE - (self.columns - 1) * GAP) / self.columns


IMPRINTS = ContactGrid(2, 250)  # at their own size, to be read
TOGETHER = 36  # imprints that are in one document with the pages
PART = 18  # of each part where there are more: about a page


def pages_grid(count: int) -> ContactGrid:
    """Return how pages are laid out: the fewer there are, the larger."""
    if count <= FEW:
        return ContactGrid(3, 230)
    return ContactGrid(5, 150) if count <= SOME else ContactGrid(6, 120)


def contact_documents(
    event: Event,
    pages: Sequence[Thumb],
    imprints: Sequence[Thumb],
    project: Project,
    missing: Sequence[Missing] = (),
) -> list[Html]:
    """Return the contact sheet: `pages` of pieces, then `imprints`, one a site.

    It is in parts where there are many sites, so that one imprint that changes is a part that is
    laid out again, and not the whole. Raises ValueError for a picture that is not a PNG.
    """
    if len(imprints) <= TOGETHER:
        return [_document(event, pages, imprints, len(imprints), 0, project, missing)]
    count = len(imprints)
    parts = [imprints[start : start + PART] for start in range(0, count, PART)]
    return [
        _document(event, pages, (), count, 0, project, missing),
        *(
            _document(event, (), part, count, 1 + number * PART, project)
            for number, part in enumerate(parts)
        ),
    ]


def _document(
    event: Event,
    pages: Sequence[Thumb],
    imprints: Sequence[Thumb],
    count: int,
    first: int,
    project: Project,
    missing: Sequence[Missing] = (),
) -> Html:
    """Return one part; `first` is the number of its first imprint, 0 where it has a head."""
    pictures = {
        f"{kind}-{number}.png": thumb.png
        for kind, thumbs in (("page", pages), ("imprint", imprints))
        for number, thumb in enumerate(thumbs)
    }
    context = {
        "event": event,
        "missing": told(missing),
        "held": phrases.day(event.date),
        "pages": _rows("page", pages, pages_grid(len(pages))),
        "imprints": _rows("imprint", imprints, IMPRINTS),
        "page_count": phrases.several(len(pages), "page"),
        "site_count": phrases.several(count, "site") if count else "",
        "first": first,
        "last": first + len(imprints) - 1,
        "is_part": count > TOGETHER,
        "many": count,
    }
    return compose_paperwork("contact", context, project, pictures)


def _rows(kind: str, thumbs: Sequence[Thumb], grid: ContactGrid) -> list[list[ContactCell | None]]:
    """Return rows of cells, the last one filled up with None."""
    cells: list[ContactCell | None] = [
        _cell(f"{kind}-{number}.png", thumb, grid) for number, thumb in enumerate(thumbs)
    ]
    cells += [None] * (-len(cells) % grid.columns)
    return [cells[start : start + grid.columns] for start in range(0, len(cells), grid.columns)]


def _cell(picture: str, thumb: Thumb, grid: ContactGrid) -> ContactCell:
    wide, high = dimensions(thumb.png)
    scale = min(grid.measure / wide, grid.tall / high)
    if thumb.size:
        scale = min(scale, thumb.size.width / wide)
    style = f"width:{css(wide * scale)};height:{css(high * scale)}"
    return ContactCell(thumb.name, thumb.lines, picture, style)


def dimensions(png: bytes) -> tuple[int, int]:
    """Return a PNG's width and height in pixels (PNG §11.2.2); raise ValueError for others."""
    if png[:8] != _PNG or png[12:16] != b"IHDR" or len(png) < 24:
        raise ValueError("a thumbnail must be a PNG")
    wide, high = struct.unpack(">II", png[16:24])
    if not (wide and high):
        raise ValueError("a thumbnail must have an area")
    return wide, high
