"""A page of the file that is shown to its plates: a task of the studio's worker.

Ghostscript takes half a second for a page, so the last plates are kept, by the file's bytes: who
goes from tab to tab, or undoes a change, has them at once.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.problems import HrcpubError, Problem

if TYPE_CHECKING:
    from hrcpub.build.finishing import WrittenEdition
    from hrcpub.project.printers import Printer

MOST_KEPT = 16  # pages: 0.1 to 2 MB each
_FOUR = {"Cyan": "#00a0e0", "Magenta": "#d6007f", "Yellow": "#e8d200", "Black": "#1a1a1a"}


class SeparatePage(NamedTuple):
    """A page to be separated, of the Lay with that number."""

    number: int
    page: int  # 1-based
    is_fine: bool = False  # at 200 dots an inch, for who looks closely; else at 100


class PlateInk(NamedTuple):
    """An ink, and its colour on a screen as #rrggbb."""

    name: str
    colour: str


class SeparatedPage(NamedTuple):
    """A page's plates. `packed` has one byte a dot and ink, then three a dot of all together.

    It is packed by zlib. No inks: the page could not be separated, `problems` say why.
    """

    number: int
    page: int
    size: tuple[int, int] = (0, 0)
    inks: tuple[PlateInk, ...] = ()
    packed: bytes = b""
    limit: float | None = None  # of the shop, in per cent; None: it names none
    drawn_by: str = ""
    unknown: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class PlateMaker:
    """Separates pages, and keeps the last ones."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: dict[tuple[bytes, int, bool], SeparatedPage] = {}  # the oldest first

    def made(self, task: SeparatePage, file: WrittenEdition, shop: Printer) -> SeparatedPage:
        """Return a page's plates; what is wrong with it is in the answer."""
        key = (hashlib.sha256(file.data).digest(), task.page, task.is_fine)
        if key not in self._kept:
            try:
                made = separated_page(task, file, shop)
            except HrcpubError as error:
                return SeparatedPage(task.number, task.page, problems=error.problems)
            while len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = made
        return self._kept[key]._replace(number=task.number)


def separated_page(task: SeparatePage, file: WrittenEdition, shop: Printer) -> SeparatedPage:
    """Return a page's plates; raise HrcpubError where there are none to be had."""
    from hrcpub.pipeline.preflight import limits_of
    from hrcpub.pipeline.preflight.page.bounded import ODD, BudgetSpent
    from hrcpub.pipeline.preflight.plate_view import CELL, plate_view

    press = file.pieces[0].demands.press
    if press is None:
        raise HrcpubError(no_plates())
    spots = {ink.spot: screen for screen, ink in press.inks.palette.items() if ink.spot}
    try:
        cell = CELL / 2 if task.is_fine else CELL
        view = plate_view(file.data, task.page, shop.condition, spots, cell=cell)
    except (*ODD, BudgetSpent) as error:
        raise HrcpubError(not_separated(task.page, str(error))) from None
    limits = limits_of(shop.kind, shop, len(press.inks.spots))
    colours = _FOUR | spots
    return SeparatedPage(
        task.number,
        task.page,
        view.size,
        tuple(PlateInk(name, colours.get(name, "#808080")) for name in view.levels),
        zlib.compress(b"".join((*view.levels.values(), view.together)), 1),
        limits.total_ink,
        view.drawn_by,
        view.unknown,
    )


def no_plates() -> Problem:
    """Plates were asked for of a file that is not for a press: it is in the colours of screens.

    Fix: open the tab of the press edition.
    """
    return Problem(
        "no-plates", "this file has no plates: it is not for a press", None, "open the press tab"
    )


def not_separated(page: int, reason: str) -> Problem:
    """A page could not be separated into its inks.

    Fix: install Ghostscript, which separates what hrcpub cannot; or leave the view of plates.
    The file itself may be in order: preflight says.
    """
    return Problem(
        "not-separated",
        f"page {page} could not be separated: {reason}",
        None,
        "install Ghostscript, or look at the page without its plates",
    )


CODES = {"no-plates": no_plates, "not-separated": not_separated}
