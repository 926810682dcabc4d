"""How many pieces, sheets of paper and reams: whole numbers, and nothing else.

How it is counted:

- Each site gets its quantity and, on top of it, its spares, rounded up to whole pieces. Pieces
  that are the same for every site are one heap: the spares of all sites together, rounded up once.
- On a sheet that holds several pieces (`up`), all are of one file. So the pieces of one file fill
  sheets together, whoever gets them, and every file begins a sheet of its own: 25 cards for each
  of 8 sites, 10 to a sheet, are 20 sheets when the cards are alike, and 24 when each site's differ.
- A piece of several sheets (a booklet) takes that many for each piece.
- Paper is bought by the ream of 500, each stock and size for itself: reams are rounded up.
- A file of which a sheet holds several pieces is printed fewer times than there are pieces. A run
  file has each site's piece as often as it is printed, so it is printed once.
- Separator sheets are counted apart. What a shop spoils in setting up is the shop's. Weight is
  left out, since nobody asks for it and nobody knows the paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hrcpub.events.manifest.event import FinishedPiece, PieceFacts, ProductionRun, copies
from hrcpub.units import Size

REAM = 500  # sheets
# Pages of a run file that has all copies of each piece: 8 MB, and some minutes of a printer's time
# until the first sheet. With more, each piece is in it once.
MOST_PAGES = 20_000


class Count(NamedTuple):
    """How many of one file are printed."""

    piece: FinishedPiece
    quantity: int  # that sites get
    copies: int  # that are printed: with spares


class Paper(NamedTuple):
    """The sheets of one stock that an office printer takes."""

    stock: str
    sheet: Size
    sheets: int
    items: tuple[int, ...]  # their numbers, in order

    @property
    def reams(self) -> int:
        """Reams begun."""
        return reams(self.sheets)


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
    counts = run.known.get("counts")
    if not isinstance(counts, Counts):
        run.known["counts"] = counts = _counted(run)
    return counts


def _counted(run: ProductionRun) -> Counts:
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


def times(copies: int, up: int) -> int:
    """Return how often a file is printed for so many pieces, `up` of which lie on its sheet."""
    return -(-copies // max(up, 1))


def repeats(
    copies: Sequence[int], facts: PieceFacts, *, has_separators: bool = False
) -> tuple[int, ...]:
    """Return how often each piece is in a run file, by the `copies` of each.

    Once each where the file would have more than `MOST_PAGES`.
    """
    repeated = tuple(times(count, facts.up) for count in copies)
    separators = 2 * len(repeated) if has_separators else 0
    is_long = sum(repeated) * facts.pages + separators > MOST_PAGES
    return (1,) * len(repeated) if is_long else repeated


def papers(runs: Iterable[ProductionRun]) -> list[Paper]:
    """Return the paper for what an office prints, by stock and size, in the order of the items."""
    found: dict[tuple[str, Size], Paper] = {}
    for run in sorted(runs, key=lambda run: run.item.number):
        counts, number = counted(run), run.item.number
        short, long = sorted(run.facts.flat)
        needs = [(_stock(run), counts.sheets), ("white, for separator sheets", counts.separators)]
        for stock, sheets in needs:
            if sheets:
                key = (stock.casefold(), Size(short, long))
                before = found.get(key, Paper(stock, key[1], 0, ()))
                items = tuple(dict.fromkeys((*before.items, number)))
                found[key] = before._replace(sheets=before.sheets + sheets, items=items)
    return list(found.values())


def _stock(run: ProductionRun) -> str:
    """Return what a stock is called: where nobody said, by its colour."""
    if run.item.stock:
        return str(run.item.stock)
    return f"not named: {run.facts.colours.partition(' on ')[2] or 'white paper'}"


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
