"""A file to what it asks of the program that prints it: its sides, and its sheet."""

from __future__ import annotations

from pathlib import Path

from hrcpub.printing.cut_off import PrintedPage, printed_pages, unreadable
from hrcpub.printing.order import Sides
from hrcpub.printing.queues import Queue
from hrcpub.problems import HrcpubError
from hrcpub.project.sheets import DEFAULT, SHEETS

_DUPLEX = {
    "/Simplex": Sides.ONE,
    "/DuplexFlipLongEdge": Sides.LONG,
    "/DuplexFlipShortEdge": Sides.SHORT,
}


def asked_sides(pdf: Path) -> Sides:
    """Return how a file wants its sheets printed (ISO 32000-2 §12.2, /Duplex).

    One that says nothing is printed two-sided where it has several pages: turned as its pages are
    read. Raises HrcpubError where it cannot be read.
    """
    import pikepdf

    try:
        with pikepdf.open(pdf) as file:
            preferences = file.Root.get("/ViewerPreferences", pikepdf.Dictionary())
            said = str(preferences.get("/Duplex", ""))
    except (OSError, pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise HrcpubError(unreadable(pdf, error)) from None
    if said in _DUPLEX:
        return _DUPLEX[said]
    pages = printed_pages(pdf)
    if len(pages) < 2:
        return Sides.ONE
    return Sides.LONG if pages[0].width <= pages[0].height else Sides.SHORT


def sheet_for(pdf: Path, queue: Queue) -> str:
    """Return the smallest sheet of a queue that a file's pages fit on; one of their size first.

    Where none is large enough, the largest of those that a queue has.
    """
    pages = printed_pages(pdf)
    known = {name: media for name, each in SHEETS.items() if (media := queue.of_size(each.size))}
    if not known:
        return DEFAULT.name
    fit = [name for name, media in known.items() if all(page.fits_on(media) for page in pages)]
    exact = [name for name in fit if _is_of(pages[0], name)] if pages else []
    area = {name: media.width * media.height for name, media in known.items()}
    if exact or fit:
        loaded = [paper.sheet for paper in queue.ready]
        return min(exact or fit, key=lambda name: (name not in loaded, area[name]))
    return max(known, key=lambda name: area[name])


def _is_of(page: PrintedPage, sheet: str) -> bool:
    pairs = zip(sorted((page.width, page.height)), sorted(SHEETS[sheet].size), strict=True)
    return all(abs(one - other) <= 1.5 for one, other in pairs)
