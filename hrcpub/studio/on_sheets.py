"""The places of words on a page to their places on the sheets that pages are imposed on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hrcpub.pipeline.typeset.laid_page import LaidRect
from hrcpub.pipeline.typeset.word_places import WordPlace
from hrcpub.units import Size

if TYPE_CHECKING:
    from hrcpub.pipeline.impose import SheetLayout


def on_sheets(words: Iterable[WordPlace], sheets: SheetLayout, piece: Size) -> Iterator[WordPlace]:
    """Yield words where they are on the sides of sheets; `page` is then the side's number.

    `piece` is a page's trim. A page that is on a side more than once has its words as often.
    Boxes are in points from the upper left corner of the sheet.
    """
    by_page: dict[int, list[WordPlace]] = {}
    for word in words:
        by_page.setdefault(word.page, []).append(word)
    for number, side in enumerate(sheets.sides, 1):
        for placed in side.placements:
            cosine, sine = placed.turn

            def on_sheet(x: float, y: float) -> tuple[float, float]:
                """Return a point of the page, from its upper left, on the sheet."""
                up = piece.height - y
                across = placed.x + cosine * x - sine * up  # noqa: B023  used in this round alone
                above = placed.y + sine * x + cosine * up  # noqa: B023
                return across, sheets.sheet.height - above

            for word in by_page.get(placed.page, ()):
                one = on_sheet(word.box.left, word.box.top)
                other = on_sheet(word.box.right, word.box.bottom)
                yield word._replace(page=number, box=_between(one, other))


def _between(one: tuple[float, float], other: tuple[float, float]) -> LaidRect:
    left, right = sorted((one[0], other[0]))
    top, foot = sorted((one[1], other[1]))
    return LaidRect(left, top, right, foot)
