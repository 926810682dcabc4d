"""A plan's step to an order for a printer."""

from __future__ import annotations

from pathlib import Path

from hrcpub.events.print_plan.plan import Print, Separate
from hrcpub.events.print_plan.progress import PrintProgress
from hrcpub.printing.order import PrintOrder, Sides

PLAN = "print-plan.pdf"  # in the event's folder
SEPARATORS = "separators.pdf"


def order_for(
    step: Separate | Print, folder: Path, progress: PrintProgress | None = None
) -> PrintOrder | None:
    """Return the order for what is left of a step; None where it is done.

    `folder` is the event's. After it is printed, note it: `progress.noted(step).written(folder)`.
    """
    times = (progress or PrintProgress()).times_left(step)
    if times <= 0:
        return None
    if isinstance(step, Separate):
        return PrintOrder(
            pdf=folder / SEPARATORS,
            sheet=step.paper.sheet,
            sides=Sides.ONE,
            is_black_only=True,
            pages=(step.page,),
            title=f"Separator: {step.pile.name}",
            paper=step.paper.colour,
            is_to_the_edge=True,
        )
    return PrintOrder(
        pdf=folder / step.file.path,
        sheet=step.paper.sheet,
        sides=step.sides,
        copies=times,
        is_black_only=step.is_black,
        title=f"{step.pile.name}: {step.what}",
        paper=step.paper.colour,
    )
