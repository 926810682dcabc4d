"""An order and a queue to the jobs that make it come out right, or to why it cannot."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from hrcpub.printing import fitting_problems as told
from hrcpub.printing.cut_off import CutOff, cut_off, printed_pages
from hrcpub.printing.order import PrintOrder, Sides
from hrcpub.printing.queues import Queue, QueueMedia
from hrcpub.printing.turning import Reload, backs_in_order
from hrcpub.problems import Problem
from hrcpub.project.sheets import SHEETS
from hrcpub.records import record

BLANK = 0  # the number of a page that is empty


class SheetPart(StrEnum):
    """Which sides of an order a job prints."""

    ALL = "all"
    FRONTS = "fronts"
    BACKS = "backs"


@record
class PrintJob:
    """What is sent at once. `pages` are those of the order's file, as they are fed; 0 is blank.

    Before one of backs, a person turns the pile (`turning.how_to_turn`), so that it lies in the
    tray as `reload` says.
    """

    order: PrintOrder
    media: QueueMedia
    sides: Sides
    pages: tuple[int, ...]
    copies: int = 1
    part: SheetPart = SheetPart.ALL
    reload: Reload | None = None

    @property
    def sheets(self) -> int:
        """Return how many sheets go through the printer."""
        each = -(-len(self.pages) // 2) if self.sides.is_two_sided else len(self.pages)
        return each * self.copies


@record
class Fitted:
    """The jobs in their order, and what is to be known. With an error among it, no jobs."""

    jobs: tuple[PrintJob, ...]
    problems: tuple[Problem, ...]
    cuts: tuple[CutOff, ...] = ()  # what the printer cannot reach

    @property
    def sheets(self) -> int:
        """Return how many sheets of paper are wanted."""
        return sum(job.sheets for job in self.jobs if job.part is not SheetPart.BACKS)


def fitted(
    order: PrintOrder, queue: Queue, reload: Reload | None = None, is_anyway: bool = False
) -> Fitted:
    """Return how an order is printed by a queue.

    `reload` is how a pile lies in the tray for its backs; None: with its printed side up. With
    `is_anyway` words that are cut off are a warning. Raises HrcpubError for a file that cannot be
    read.
    """
    media = queue.of_size(SHEETS[order.sheet].size)
    if media is None:
        return Fitted((), (told.no_such_paper(order.sheet, queue),))
    pages = printed_pages(order.pdf)
    wanted = order.pages or tuple(range(1, len(pages) + 1))
    if beyond := [number for number in wanted if not 1 <= number <= len(pages)]:
        return Fitted((), (told.no_such_page(order.pdf, beyond, len(pages)),))
    used = [pages[number - 1] for number in wanted]
    if large := [page for page in used if not page.fits_on(media)]:
        return Fitted((), (told.page_too_large(large[0], media, queue),))
    cuts = tuple(
        cut
        for page in used
        for cut in cut_off(order.pdf, page, media, order.pieces)
        if cut.words or not order.is_to_the_edge
    )
    problems = [*told.of_cuts(cuts, queue, is_anyway), *told.of_queue(order, queue)]
    jobs = jobs_for(order, queue, media, wanted, reload or Reload.UP)
    if reload and len(jobs) < 2:
        problems.append(told.nothing_to_turn(order, queue))
    if any(problem.is_error for problem in problems):
        return Fitted((), tuple(problems), cuts)
    return Fitted(jobs, tuple(problems), cuts)


def jobs_for(
    order: PrintOrder, queue: Queue, media: QueueMedia, pages: tuple[int, ...], reload: Reload
) -> tuple[PrintJob, ...]:
    """Return one job; where the queue cannot turn sheets, one of fronts and one of backs."""
    whole = PrintJob(order, media, order.sides, pages, order.copies)
    if not order.sides.is_two_sided or len(pages) < 2:
        return (replace(whole, sides=Sides.ONE),)
    # Each copy begins on a new sheet, whatever the printer makes of an odd number of pages.
    pages = pages if len(pages) % 2 == 0 else (*pages, BLANK)
    if order.sides in queue.sides:
        return (replace(whole, pages=pages),)
    fronts, backs = pages[::2], pages[1::2]
    in_order = backs_in_order(len(backs), reload, queue.is_face_down is not False)
    once = replace(whole, sides=Sides.ONE)
    return (
        replace(once, pages=fronts, part=SheetPart.FRONTS),
        replace(
            once, pages=tuple(backs[at] for at in in_order), part=SheetPart.BACKS, reload=reload
        ),
    )
