"""How many pieces, sheets of paper and reams: whole numbers, and nothing else.

How it is counted:

- Each site gets its quantity and, on top of it, its spares, rounded up to whole pieces. Pieces
  that are the same for every site are one heap: the spares of all sites together, rounded up once.
- On a sheet that holds several pieces (`up`), all are of one file. So the pieces of one file fill
  sheets together, whoever gets them, and every file begins a sheet of its own: 25 cards for each
  of 8 sites, 10 to a sheet, are 20 sheets when the cards are alike, and 24 when each site's differ.
- A piece of several sheets (a booklet) takes that many for each piece.
- Paper is bought by the ream of 500: reams are rounded up.
- Separator sheets are counted apart. What a shop spoils in setting up is the shop's. Weight is
  left out, since nobody asks for it and nobody knows the paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hrcpub.events.manifest.event import FinishedPiece, ProductionRun, copies

REAM = 500  # sheets


class Count(NamedTuple):
    """How many of one file are printed."""

    piece: FinishedPiece
    quantity: int  # that sites get
    copies: int  # that are printed: with spares


class Counts(NamedTuple):
    """How many of an item in one language are printed, and the paper for it."""

    files: tuple[Count, ...]  # in packing order
    quantity: int
    copies: int
    sheets: int
    separators: int  # sheets with a site's name, in the run file

    @property
    def reams(self) -> int:
        """Reams begun."""
        return reams(self.sheets)


def counted(run: ProductionRun) -> Counts:
    """Return what is printed of a run: only of what was made."""
    files = tuple(_count(piece, run) for piece in run.finished)
    alike: dict[str, int] = {}  # copies by what is in the file
    for file in files:
        sha256 = file.piece.file.sha256
        alike[sha256] = alike.get(sha256, 0) + file.copies
    has_separators = run.item.has_separators and run.file is not None
    return Counts(
        files,
        sum(file.quantity for file in files),
        sum(file.copies for file in files),
        sheets_of(alike, run.facts.up, run.facts.sheets),
        len(files) if has_separators else 0,
    )


def _count(piece: FinishedPiece, run: ProductionRun) -> Count:
    item, site = run.item, piece.site
    quantity = item.count(run.language, site) if site else item.total(run.language)
    return Count(piece, quantity, copies(quantity, run.item.spares))


def sheets_of(alike: Mapping[str, int], up: int, each: int) -> int:
    """Return the sheets of paper for so many copies of each file.

    `up` pieces lie on a sheet, or a piece has `each` sheets.
    """
    return sum(-(-copies // max(up, 1)) for copies in alike.values()) * max(each, 1)


def reams(sheets: int) -> int:
    """Return the reams of paper that are begun for so many sheets."""
    return -(-sheets // REAM)


def total(runs: Iterable[ProductionRun]) -> Counts:
    """Return the counts of several runs together; `files` are all of theirs."""
    parts = [counted(run) for run in runs]
    return Counts(
        tuple(file for part in parts for file in part.files),
        sum(part.quantity for part in parts),
        sum(part.copies for part in parts),
        sum(part.sheets for part in parts),
        sum(part.separators for part in parts),
    )
