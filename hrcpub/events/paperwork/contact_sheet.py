"""Small pictures to the contact sheet: every page, and every site's imprint, to be looked over."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple

from hrcpub.events.manifest.event import Event
from hrcpub.events.paperwork import phrases
from hrcpub.events.paperwork.missing import Missing, told
from hrcpub.events.shells import CopyImprint
from hrcpub.files.project import Project
from hrcpub.pipeline.compose import compose_paperwork
from hrcpub.pipeline.compose.paperwork import MEASURE
from hrcpub.pipeline.stages import Html
from hrcpub.records import record
from hrcpub.units import Size, css

GAP = 12.0  # points, between columns
FEW, SOME = 12, 40  # pages that are shown large, and less large
_PNG = b"\x89PNG\r\n\x1a\n"


@record
class Thumb:
    """A small picture and what is said of it."""

    name: str  # a file's or a site's
    lines: tuple[str, ...]  # its size, its pages
    png: bytes
    size: Size | None = None  # points that it measures in print; None: as large as fits
    copy: CopyImprint | None = None  # whose imprint is drawn over the picture; None: it is in it


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
TOGETHER = 36  # imprints that are in one document with the pages; of more see `imprint_pages`


def pages_grid(count: int) -> ContactGrid:
    """Return how pages are laid out: the fewer there are, the larger."""
    if count <= FEW:
        return ContactGrid(3, 230)
    return ContactGrid(5, 150) if count <= SOME else ContactGrid(6, 120)


def contact_document(
    event: Event,
    pages: Sequence[Thumb],
    imprints: Sequence[Thumb],
    project: Project,
    missing: Sequence[Missing] = (),
    sites: int | None = None,
) -> Html:
    """Return the contact sheet: `pages` of pieces, then `imprints`, one a site.

    `sites` is how many there are where their imprints follow on pages of their own. Raises
    ValueError for a picture that is not a PNG.
    """
    count = len(imprints) if sites is None else sites
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
        "is_part": sites is not None,
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
