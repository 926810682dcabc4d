"""An event's plan to what is printed: the papers in their order, and each file noted when done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hrcpub.build.store import not_written
from hrcpub.printing.piece_orders import AskedPiece, nothing_so_called
from hrcpub.problems import HrcpubError, Problem, Source

if TYPE_CHECKING:
    from hrcpub.events.fulfil.printable import EventPlan
    from hrcpub.events.print_plan import Print, Separate
    from hrcpub.files.project import Project
    from hrcpub.files.sources import Sources


def asked_event(name: str, sources: Sources) -> list[AskedPiece]:
    """Return what an office has still to print of an event; raise HrcpubError for no event."""
    from hrcpub.events.manifest.manifest import event_names
    from hrcpub.project.material import material_names

    events = event_names(sources)
    if name not in events:
        raise HrcpubError(nothing_so_called(name, (*material_names(sources), *events)))
    return asked_steps(name, sources)


def asked_steps(name: str, sources: Sources) -> list[AskedPiece]:
    """Return what an office has still to print of an event, in the order of its plan.

    What is printed is noted in the event's folder, so that a later call goes on from there. Raises
    HrcpubError where the event has mistakes, or nothing of it is built.
    """
    from hrcpub.events.fulfil.outcome import FOLDER
    from hrcpub.events.fulfil.printable import event_plan
    from hrcpub.events.print_plan import SEPARATORS, Print, order_for, read_progress
    from hrcpub.files.project import Project

    project, folder = Project(sources), sources.root / "output" / FOLDER / name
    found = event_plan(project, name, folder)
    if not found.plan.printed:
        raise HrcpubError(*found.problems, nothing_to_print(name))
    _write_separators(found, folder, project)
    progress = read_progress(folder)
    asked: list[AskedPiece] = []
    for step in found.plan.printed:
        order = order_for(step, folder, progress)
        if order is not None:
            about = found.problems if not asked else ()
            # A site's copies are alike: what is to be said of one is said once, of the item.
            item = step.item if isinstance(step, Print) else SEPARATORS
            note = _noting(step, folder)
            asked.append(AskedPiece(order, order.copies, about, on_done=note, known_as=item))
    return asked


def _noting(step: Separate | Print, folder: Path) -> Callable[[], None]:
    """Return what notes a step of a plan as printed."""

    def note() -> None:
        from hrcpub.events.print_plan import read_progress

        read_progress(folder).noted(step).written(folder)

    return note


def _write_separators(found: EventPlan, folder: Path, project: Project) -> None:
    """Write the separators of an event's piles, where its plan has any."""
    from hrcpub.events.paperwork import printed
    from hrcpub.events.print_plan import SEPARATORS, separators_document
    from hrcpub.files.cache import write_whole

    document = separators_document(found.event, found.plan, project)
    if document is None:
        return
    try:
        write_whole(folder / SEPARATORS, printed(document, project).pdf)
    except OSError as error:
        raise HrcpubError(not_written(str(folder / SEPARATORS), error)) from None


def nothing_to_print(name: str) -> Problem:
    """An event has nothing that an office prints: print shops make all, or nothing is built.

    Fix: run `hrcpub event build NAME` first. `hrcpub event plan NAME` says what the office prints.
    """
    return Problem(
        "print-event-empty",
        f"the office has nothing to print for {name}",
        Source(name),
        f"build it first: hrcpub event build {name}",
    )


CODES = {"print-event-empty": nothing_to_print}
