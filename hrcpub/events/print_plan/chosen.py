"""A plan and what a person asks for to the steps that are to be done now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hrcpub.events.print_plan.plan import Load, OfficePaper, PlanStep, Print, PrintPlan, Separate
from hrcpub.events.print_plan.progress import PrintProgress
from hrcpub.problems import Problem, did_you_mean
from hrcpub.records import record


@record
class Choice:
    """Which steps are asked for; nothing is asked where all is empty."""

    only: tuple[str, ...] = ()  # sites or items by their ids, or papers by their colour or stock
    first: int | None = None  # so many of the files that are left
    start: int | None = None  # the number of a step
    end: int | None = None


def chosen(plan: PrintPlan, choice: Choice, progress: PrintProgress | None = None) -> PrintPlan:
    """Return the plan with the steps that are asked for, and are not done by now.

    Steps keep their numbers. A paper is loaded where anything is printed on it, with as many sheets
    as that takes; a pile has its separator where anything of the pile is printed.
    """
    done = progress or PrintProgress()
    files = [
        step
        for step in plan.steps
        if isinstance(step, Print) and _is_asked(step, choice) and not done.is_done(step)
    ]
    wanted = {step.number for step in files[: choice.first]}
    return replace(plan, steps=tuple(_kept(plan.steps, wanted, done)))


def _kept(steps: Sequence[PlanStep], wanted: set[int], done: PrintProgress) -> Iterator[PlanStep]:
    """Yield files that are wanted, the separators of their piles, and the papers for both."""
    prints = [step for step in steps if isinstance(step, Print) and step.number in wanted]
    piles = {(step.paper, step.pile.site) for step in prints}
    parted = [
        step
        for step in steps
        if isinstance(step, Separate)
        and (step.paper, step.pile.site) in piles
        and not done.is_done(step)
    ]
    for step in steps:
        if isinstance(step, Load):
            both: list[Separate | Print] = [*prints, *parted]
            on_it = [one for one in both if one.paper == step.paper]
            if on_it:
                sheets = sum(one.sheets - done.done(one) for one in on_it)
                yield replace(step, sheets=sheets)
        elif step in prints or step in parted:
            yield step


def _is_asked(step: Print, choice: Choice) -> bool:
    if choice.start is not None and step.number < choice.start:
        return False
    if choice.end is not None and step.number > choice.end:
        return False
    names = {step.item, step.pile.site, *_paper_names(step.paper)}
    return not choice.only or any(name.casefold() in names for name in choice.only)


def _paper_names(paper: OfficePaper) -> tuple[str, ...]:
    return paper.colour.casefold(), paper.stock.casefold()


def unknown_choices(plan: PrintPlan, choice: Choice) -> tuple[Problem, ...]:
    """Return a Problem for each name that means nothing in a plan."""
    prints = [step for step in plan.steps if isinstance(step, Print)]
    known = dict.fromkeys(name for step in prints for name in _paper_names(step.paper) if name)
    known |= dict.fromkeys(step.item for step in prints)
    known |= dict.fromkeys(step.pile.site for step in prints if step.pile.site)
    return tuple(
        plan_only_unknown(name, list(known)) for name in choice.only if name.casefold() not in known
    )


def plan_only_unknown(name: str, known: Sequence[str]) -> Problem:
    """`--only` names what is neither a site, an item nor a paper of the plan.

    Fix: give a site's or an item's id, or the colour of a paper: `hrcpub event plan NAME` shows all
    three. What a print shop makes is not in the plan.
    """
    return Problem(
        "plan-only-unknown",
        f'nothing in the plan is called "{name}"',
        None,
        did_you_mean(name, known),
    )


CODES = {"plan-only-unknown": plan_only_unknown}
