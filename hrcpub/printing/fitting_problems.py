"""Why an order cannot come out right at a queue, and what to do instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from hrcpub.printing.cut_off import CutOff, PrintedPage
from hrcpub.printing.order import PrintOrder
from hrcpub.printing.queues import Queue, QueueMedia
from hrcpub.problems import Problem, Severity, Source
from hrcpub.project.sheets import SHEETS

MILLIMETRE = 72 / 25.4
MOST_WORDS = 60  # letters of the words that are quoted


def no_such_paper(sheet: str, queue: Queue) -> Problem:
    """The printer does not take the sheets that a file is made for.

    Fix: build it for a sheet that the printer takes: `--sheet a4`, or `--sheet letter`. hrcpub
    never makes a page smaller for a sheet: folds and cuts would be in the wrong places.
    """
    known = dict.fromkeys(media.sheet for media in queue.media if media.sheet)
    sheets = ", ".join(name for name in known if name)
    return Problem(
        "print-no-paper",
        f"{queue.name} does not take {sheet} paper",
        None,
        f"it takes {sheets}: --sheet {sheets.split(', ')[0]}"
        if sheets
        else "choose another printer",
    )


def no_such_page(pdf: Path, beyond: Sequence[int], count: int) -> Problem:
    """A page was asked for that the file does not have.

    Fix: pages are counted from 1. A file of cards has few pages: there are many cards on each.
    """
    return Problem(
        "print-no-page",
        f"there is no page {beyond[0]}: the file has {count}",
        Source(str(pdf)),
        f"--pages takes numbers up to {count}",
    )


def page_too_large(page: PrintedPage, media: QueueMedia, queue: Queue) -> Problem:
    """A page is larger than the sheet that it would be printed on.

    Fix: a press file is for a print shop; print the office edition, which is made for the office's
    sheet. Or choose a printer that takes larger sheets. hrcpub does not make pages smaller.
    """
    larger = [name for name in SHEETS if _is_taken(page, name, queue)]
    way = (
        f"it fits on {', '.join(larger)}: --sheet {larger[0]}"
        if larger
        else (f"no sheet of {queue.name} is large enough; print the office edition")
    )
    return Problem(
        "print-page-too-large",
        f"page {page.number} is {_mm(page.width)} x {_mm(page.height)} mm, "
        f"the sheet {_mm(media.width)} x {_mm(media.height)} mm",
        None,
        way,
    )


def _is_taken(page: PrintedPage, sheet: str, queue: Queue) -> bool:
    """Return whether a queue takes a sheet that a page fits on."""
    media = queue.of_size(SHEETS[sheet].size)
    return media is not None and page.fits_on(media)


def words_cut_off(cut: CutOff, queue: Queue, severity: Severity = Severity.ERROR) -> Problem:
    """Words stand where the printer cannot print: they would be cut off.

    Every office printer leaves an edge of the sheet free, some more than others. Nothing can be
    done about the printer; the page must keep away from its edges.

    Fix: print the edition that the hint names, or use another printer. `--anyway` prints it as it
    is: look at one sheet first, with `--proof`.
    """
    words = cut.words if len(cut.words) <= MOST_WORDS else cut.words[: MOST_WORDS - 1] + "…"
    return Problem(
        "print-words-cut-off",
        f'"{words}" would be cut off: {_where(cut, queue)}',
        Source(page=cut.page),
        "print another edition or on another printer; --anyway prints it all the same",
        severity,
    )


def ink_cut_off(cut: CutOff, queue: Queue) -> Problem:
    """Lines, marks or colour go further out than the printer prints. No words are lost.

    Fix: mostly nothing: the ends of marks to cut by may go. Where a picture goes to the edge, the
    sheet will have a white edge.
    """
    return Problem(
        "print-ink-cut-off",
        f"lines or colour would be cut off: {_where(cut, queue)}",
        Source(page=cut.page),
        None,
        Severity.WARNING,
    )


def _where(cut: CutOff, queue: Queue) -> str:
    return f"{queue.name} does not reach the last {_mm(cut.depth)} mm at the {cut.edge}"


def of_cuts(cuts: Sequence[CutOff], queue: Queue, is_anyway: bool) -> Iterator[Problem]:
    """Yield what would be cut off, words before ink."""
    for cut in cuts:
        if cut.words:
            yield words_cut_off(cut, queue, Severity.WARNING if is_anyway else Severity.ERROR)
    for cut in cuts:
        if not cut.words:
            yield ink_cut_off(cut, queue)


def of_queue(order: PrintOrder, queue: Queue) -> Iterator[Problem]:
    """Yield what a queue cannot do of an order, and what must be done at the printer first."""
    if not queue.can_keep_size:
        yield no_actual_size(queue)
    if not queue.is_accepting:
        yield not_accepting(queue)
    if order.sides.is_two_sided and order.sides not in queue.sides:
        yield no_duplex(queue)
    loaded = [paper.sheet or paper.size for paper in queue.ready]
    if loaded and order.sheet not in loaded:
        yield not_loaded(order.sheet, loaded, queue)


def no_actual_size(queue: Queue) -> Problem:
    """The printer does not say that it can print at actual size, so it may make pages smaller.

    Fix: print one sheet first, with `--proof`, and measure it with a ruler.
    """
    return Problem(
        "print-size-unsure",
        f"{queue.name} does not say that it prints at actual size",
        None,
        "print one sheet first (--proof), and measure it",
        Severity.WARNING,
    )


def not_accepting(queue: Queue) -> Problem:
    """The queue takes no jobs: somebody has closed it.

    Fix: open it in the computer's settings, or with `cupsaccept NAME`.
    """
    return Problem(
        "print-queue-closed",
        f"{queue.name} takes no jobs now",
        None,
        f"open it in the computer's settings, or: cupsaccept {queue.name}",
    )


def no_duplex(queue: Queue) -> Problem:
    """The printer cannot turn sheets, so the fronts are printed first, and then the backs.

    hrcpub says how to turn the pile, and waits. Without a terminal it ends after the fronts; run
    the same command with `--turned up` (or `down`) for the backs.

    Fix: nothing. Try one sheet first, with `--proof`.
    """
    return Problem(
        "print-by-hand",
        f"{queue.name} prints on one side only: first the fronts, then the backs",
        None,
        "try one sheet first: --proof",
        Severity.NOTE,
    )


def nothing_to_turn(order: PrintOrder, queue: Queue) -> Problem:
    """The backs alone were asked for, but there is no pile to turn.

    The piece has no backs, or the printer turns sheets itself.

    Fix: leave `--turned` away. If you printed the fronts on another printer, name that one.
    """
    why = (
        f"{queue.name} turns sheets itself"
        if order.sides.is_two_sided and order.sides in queue.sides
        else f"{order.title or order.pdf.stem} has no backs here"
    )
    return Problem("print-no-backs", f"no pile is to be turned: {why}", None, "leave --turned away")


def not_loaded(sheet: str, loaded: Sequence[str], queue: Queue) -> Problem:
    """The printer says that other paper is in it.

    Fix: load the paper that is named. If the printer asks what is in the tray, say the size there.
    """
    return Problem(
        "print-not-loaded",
        f"load {sheet} paper: {queue.name} says that it holds {', '.join(loaded)}",
        None,
        None,
        Severity.WARNING,
    )


def _mm(points: float) -> str:
    return f"{points / MILLIMETRE:.1f}".removesuffix(".0")


CODES = {
    "print-no-paper": no_such_paper,
    "print-no-page": no_such_page,
    "print-page-too-large": page_too_large,
    "print-words-cut-off": words_cut_off,
    "print-ink-cut-off": ink_cut_off,
    "print-size-unsure": no_actual_size,
    "print-queue-closed": not_accepting,
    "print-by-hand": no_duplex,
    "print-no-backs": nothing_to_turn,
    "print-not-loaded": not_loaded,
}
