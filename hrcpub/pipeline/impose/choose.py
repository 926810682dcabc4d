"""Possible sheets and schemes to the one that wastes the least paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from hrcpub.pipeline.impose.sheets import ImposeTask, SheetLayout
from hrcpub.problems import HrcpubError
from hrcpub.records import record
from hrcpub.units import Size

MOST_STITCHED = 100  # pages: a thicker booklet does not close
LIKE = 1.0  # points: by how much an eighth of a sheet may be off, after rounding

LaySheets = Callable[[str, ImposeTask], SheetLayout]


@record
class Option:
    """One way to impose a task."""

    scheme: str
    stock: Size
    layout: SheetLayout
    loses_bleed: bool = False  # with white at the cuts between pieces, where a knife is a hair off

    @property
    def paper(self) -> float:
        """Return how much paper it takes, in square points."""
        return self.layout.sheets * self.stock.width * self.stock.height


def guessed(task: ImposeTask, files: int) -> str:
    """Return the scheme for a task where none is named.

    A page that is larger than the sheet is a poster. One or two pages, several files or given
    `sides` are cards. Eight pages of an eighth of the sheet are a zine. Other pages are a booklet,
    or a pile to be cut where a booklet would be too thick to close.
    """
    if task.pages <= 2 and not _fits(task.piece, task.stock) and not task.is_reducible:
        return "poster"
    if task.pages <= 2 or files > 1 or task.sides:
        return "cards"
    eighth = sorted((min(task.stock) / 2, max(task.stock) / 4))
    alike = zip(eighth, sorted(task.piece), strict=True)
    if task.pages == 8 and all(abs(a - b) < LIKE for a, b in alike):
        return "zine"
    return "saddle-stitch" if task.pages <= MOST_STITCHED else "cut-and-stack"


def _fits(piece: Size, stock: Size) -> bool:
    return min(piece) <= min(stock) + LIKE and max(piece) <= max(stock) + LIKE


def candidates(scheme: str, task: ImposeTask) -> tuple[str, ...]:
    """Return the schemes whose result is the same as that of the guessed one."""
    if scheme == "cards" and task.pages == 2 and task.sides != 1:
        return ("cards", "work-and-turn", "work-and-tumble")
    return (scheme,)


def options(
    lay: LaySheets, task: ImposeTask, schemes: Sequence[str], stocks: Iterable[Size]
) -> tuple[Option, ...]:
    """Return all options that fit: the least waste first, then the fewest sheets and cuts.

    Those on which bleed is lost come last. What they spare in paper, the trimmed pieces show.
    Raises HrcpubError with the Problems of the first option when none fits.
    """
    fitting: list[Option] = []
    first: HrcpubError | None = None
    for stock in stocks:
        for scheme in schemes:
            try:
                laid = replace(task, stock=stock)
                layout = lay(scheme, laid)
            except HrcpubError as error:
                first = first or error
                continue
            fitting.append(Option(scheme, stock, layout, layout.loses_bleed(laid)))
    if first and not fitting:
        raise first
    return tuple(sorted(fitting, key=_price))


def _price(option: Option) -> tuple[bool, float, int, int]:
    """Return what options are sorted by; the best is the least."""
    # Rounded: options that differ by arithmetic alone are decided by sheets and cuts.
    layout = option.layout
    return option.loses_bleed, round(layout.waste, 6), layout.sheets, layout.cuts
