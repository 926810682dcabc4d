"""Small pictures to the contact sheet: every page, and every site's imprint, to be looked over."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hrcpub.events.manifest.event import Event
from hrcpub.events.paperwork import phrases
from hrcpub.events.paperwork.print_paper import PrintedPaper, bound, printed
from hrcpub.files.project import Project
from hrcpub.pipeline.compose import compose_paperwork
from hrcpub.pipeline.stages import Html
from hrcpub.units import css

MEASURE, GAP = 540.0, 12.0  # points: of the page, and between columns
FEW, SOME = 12, 40  # pages that are shown large, and less large
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Thumb:
    """A small picture and what is said of it."""

    name: str  # a file's or a site's
    lines: tuple[str, ...]  # its size, its pages
    png: bytes


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


IMPRINTS = ContactGrid(3, 150)
TOGETHER = 36  # imprints that stand in one document with the pages
PART = 18  # of each part where there are more: about a page


def pages_grid(many: int) -> ContactGrid:
    """Return how pages are laid out: the fewer there are, the larger."""
    return (
        ContactGrid(3, 230)
        if many <= FEW
        else ContactGrid(5, 150)
        if many <= SOME
        else ContactGrid(6, 120)
    )


def contact_sheet(
    event: Event,
    pages: Sequence[Thumb],
    imprints: Sequence[Thumb],
    project: Project,
) -> PrintedPaper:
    """Return the contact sheet: `pages` of stock pieces, then `imprints`, one a site.

    Raises HrcpubError when it cannot be printed, ValueError for a picture that is no PNG.
    """
    documents = contact_documents(event, pages, imprints, project)
    return bound([printed(one, project) for one in documents])


def contact_documents(
    event: Event,
    pages: Sequence[Thumb],
    imprints: Sequence[Thumb],
    project: Project,
) -> list[Html]:
    """Return the contact sheet, in parts where there are many sites.

    Why: one site's imprint that changes is a part that is laid out again, not the whole.
    """
    if len(imprints) <= TOGETHER:
        return [_document(event, pages, imprints, len(imprints), 0, project)]
    many = len(imprints)
    parts = [imprints[at : at + PART] for at in range(0, many, PART)]
    return [
        _document(event, pages, (), many, 0, project),
        *(
            _document(event, (), part, many, 1 + number * PART, project)
            for number, part in enumerate(parts)
        ),
    ]


def _document(
    event: Event,
    pages: Sequence[Thumb],
    imprints: Sequence[Thumb],
    many: int,
    first: int,
    project: Project,
) -> Html:
    """Return one part; `first` is the number of its first imprint, 0 where it has a head."""
    pictures = {
        f"{kind}-{at}.png": thumb.png
        for kind, thumbs in (("page", pages), ("imprint", imprints))
        for at, thumb in enumerate(thumbs)
    }
    context = {
        "event": event,
        "held": phrases.day(event.date),
        "pages": _rows("page", pages, pages_grid(len(pages))),
        "imprints": _rows("imprint", imprints, IMPRINTS),
        "page_count": phrases.several(len(pages), "page"),
        "site_count": phrases.several(many, "site") if many else "",
        "first": first,
        "last": first + len(imprints) - 1,
        "is_part": many > TOGETHER,
        "many": many,
    }
    return compose_paperwork("contact", context, project, pictures)


def _rows(kind: str, thumbs: Sequence[Thumb], grid: ContactGrid) -> list[list[ContactCell | None]]:
    """Return rows of cells, the last one filled up with None."""
    cells: list[ContactCell | None] = [
        _cell(f"{kind}-{at}.png", thumb, grid) for at, thumb in enumerate(thumbs)
    ]
    cells += [None] * (-len(cells) % grid.columns)
    return [cells[at : at + grid.columns] for at in range(0, len(cells), grid.columns)]


def _cell(picture: str, thumb: Thumb, grid: ContactGrid) -> ContactCell:
    wide, high = dimensions(thumb.png)
    scale = min(grid.measure / wide, grid.tall / high)
    style = f"width:{css(wide * scale)};height:{css(high * scale)}"
    return ContactCell(thumb.name, thumb.lines, picture, style)


def dimensions(png: bytes) -> tuple[int, int]:
    """Return a PNG's width and height in pixels (PNG §11.2.2); raise ValueError when it is none."""
    if png[:8] != _PNG or png[12:16] != b"IHDR" or len(png) < 24:
        raise ValueError("a thumbnail is a PNG")
    wide, high = struct.unpack(">II", png[16:24])
    if not (wide and high):
        raise ValueError("a thumbnail has an area")
    return wide, high
