"""The office's part of an event to a plan by paper: what to load, and what to print on it.

`plan` has the steps and decides their order; `chosen` takes some of them; `progress` knows what is
printed by now; `orders` makes an order for a printer of each step; `papers` shows the plan, and
makes the separators that part the piles.
"""

from __future__ import annotations

from hrcpub.events.print_plan.chosen import Choice, chosen
from hrcpub.events.print_plan.orders import PLAN, SEPARATORS, order_for
from hrcpub.events.print_plan.papers import plan_document, separators_document
from hrcpub.events.print_plan.plan import (
    Load,
    OfficePaper,
    Pile,
    PlanStep,
    Print,
    PrintPlan,
    Separate,
    minutes,
    print_plan,
)
from hrcpub.events.print_plan.progress import PrintProgress, read_progress

__all__ = [
    "PLAN",
    "SEPARATORS",
    "Choice",
    "Load",
    "OfficePaper",
    "Pile",
    "PlanStep",
    "Print",
    "PrintPlan",
    "PrintProgress",
    "Separate",
    "chosen",
    "minutes",
    "order_for",
    "plan_document",
    "print_plan",
    "read_progress",
    "separators_document",
]
