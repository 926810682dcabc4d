"""What is to be printed, pieces and files, to orders: each piece is built and proven first."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.printing.order import PrintOrder
from hrcpub.problems import HrcpubError, Problem, Severity, Source, did_you_mean
from hrcpub.project.sheets import SHEETS

if TYPE_CHECKING:
    from hrcpub.files.sources import Sources
    from hrcpub.printing.queues import Queue

WAYS_OUT = ("office", "large-print")  # editions that office printers print

# Of what a build warns of, what is too late to know when it is on paper.
_TOLD = ("not-reviewed", "image-resolution", "image-bitmap", "photo-coarse")


class PrintOptions(NamedTuple):
    """How to print; None takes what is usual."""

    copies: int = 1
    pages: tuple[int, ...] | None = None
    edition: str = "office"
    paper: str | None = None
    sheet: str | None = None


class AskedPiece(NamedTuple):
    """One thing to print: its order, and what to know of it before."""

    order: PrintOrder
    pieces: int  # that come out in the end
    problems: tuple[Problem, ...] = ()
    material: str | None = None  # None: a file
    on_done: Callable[[], None] | None = None  # called when all of it is on paper
    known_as: str | None = None  # whose problems they are; None: the material, or the file


# What is printed for a name that no piece has; raises HrcpubError where that is nothing.
OtherNames = Callable[[str, "Sources"], list[AskedPiece]]


def asked_pieces(
    names: Sequence[str],
    options: PrintOptions,
    queue: Queue,
    sources: Sources | None,
    others: OtherNames | None = None,
) -> list[AskedPiece]:
    """Return what is printed for names and paths, in their order.

    Raises HrcpubError with all that cannot be built or read.
    """
    found: list[AskedPiece] = []
    problems: list[Problem] = []
    for name in names:
        try:
            if is_file(name):
                found.append(_file(Path(name), options, queue))
            else:
                found += _named(name, options, queue, sources, others)
        except HrcpubError as error:
            problems += error.problems
    if problems:
        raise HrcpubError(*problems)
    return found


def is_file(name: str) -> bool:
    """Return whether a name is that of a PDF, and not of a material."""
    return name.lower().endswith(".pdf")


def _file(path: Path, options: PrintOptions, queue: Queue) -> AskedPiece:
    """Return the order for a file: its sides as it asks for them, on its own size of sheet."""
    from hrcpub.printing.reading import asked_sides, sheet_for

    sheet = options.sheet or sheet_for(path, queue)
    order = PrintOrder(
        path, sheet, asked_sides(path), options.copies, pages=options.pages, title=path.stem
    )
    return AskedPiece(order, options.copies)


def _named(
    name: str,
    options: PrintOptions,
    queue: Queue,
    sources: Sources | None,
    others: OtherNames | None,
) -> list[AskedPiece]:
    """Return a piece; or what else is printed for that name."""
    if sources is None:
        raise HrcpubError(nothing_so_called(name, ()))
    from hrcpub.project.material import material_names

    # Shells complete a file's path, so materials/brief.yaml means brief.
    name, pieces = re.sub(r"\.ya?ml$", "", Path(name).name, flags=re.I), material_names(sources)
    if name in pieces:
        return [_piece(name, options, queue, sources)]
    if others is None:
        raise HrcpubError(nothing_so_called(name, pieces))
    found = others(name, sources)
    if options != PrintOptions():
        raise HrcpubError(planned(name))
    return found


def _piece(name: str, options: PrintOptions, queue: Queue, sources: Sources) -> AskedPiece:
    """Build a piece where it is not up to date, and return its order."""
    usual = project_sheet_name(sources)
    sheet, notes = chosen_sheet(options.sheet, usual, queue)
    return built(sources, name, options._replace(sheet=sheet), usual, notes)


def built(
    sources: Sources,
    name: str,
    options: PrintOptions,
    usual: str,
    notes: tuple[Problem, ...] = (),
) -> AskedPiece:
    """Build a piece for a sheet, and return its order; raise HrcpubError where that fails."""
    from hrcpub.build.job import BuildOptions
    from hrcpub.build.orders import reports_in_silence
    from hrcpub.printing.reading import asked_sides

    sheet = options.sheet or usual
    # Files for another sheet than the project's lie apart: those for its own stay as they are.
    folder = None if sheet == usual else sources.root / "output" / sheet
    asked = BuildOptions((options.edition,), options.paper, None, sheet)
    (report,) = reports_in_silence(sources, (name,), asked, folder)
    if errors := [problem for problem in report.all_problems if problem.is_error]:
        raise HrcpubError(*errors)
    (output,) = report.outputs
    path = sources.root / output.path
    order = PrintOrder(
        path,
        sheet,
        asked_sides(path),
        -(-options.copies // output.together),
        is_black_only=output.paper is not None,
        pages=options.pages,
        title=name,
        paper=output.paper or "",
        pieces=output.pieces,
    )
    told = tuple(each for each in report.all_problems if each.code in _TOLD)
    return AskedPiece(order, order.copies * output.together, (*notes, *told), name)


def project_sheet_name(sources: Sources) -> str:
    """Return the sheet that a project's offices print on."""
    from hrcpub.project.paper_size import project_sheet

    return project_sheet(sources).name


def chosen_sheet(asked: str | None, usual: str, queue: Queue) -> tuple[str, tuple[Problem, ...]]:
    """Return the sheet that a piece is built for, with a note where it is not the project's."""
    if asked is not None:
        return asked, ()
    if queue.of_size(SHEETS[usual].size) or not queue.media:
        return usual, ()
    others = [name for name, sheet in SHEETS.items() if queue.of_size(sheet.size)]
    if not others:
        return usual, ()
    loaded = [paper.sheet for paper in queue.ready]
    best = next((name for name in others if name in loaded), others[0])
    return best, (other_sheet(queue.name, usual, best),)


def measured(queue: Queue, sources: Sources) -> Queue:
    """Return a queue with what the project has measured of its printer (`hrcpub calibrate`)."""
    from hrcpub.printing.queues import with_margins
    from hrcpub.project.office_queues import read_office_queues

    found = [each for each in read_office_queues(sources) if each.name == queue.name]
    for one in found:
        queue = replace(queue, calibration=one.calibration)
        if one.margins:
            queue = with_margins(queue, one.margins)
    return queue


def way_out(asked: AskedPiece, options: PrintOptions, queue: Queue, sources: Sources) -> str | None:
    """Return another edition of a piece of which this queue cuts no words off; None for none."""
    from hrcpub.printing.fitting import fitted

    for edition in WAYS_OUT:
        if edition == options.edition or asked.material is None:
            continue
        try:
            other = built(
                sources,
                asked.material,
                options._replace(edition=edition, sheet=asked.order.sheet, pages=None),
                project_sheet_name(sources),
            )
            if fitted(other.order, queue).jobs:
                return edition
        except HrcpubError:
            continue  # it has no such edition, or that cannot be made
    return None


def with_way_out(problem: Problem, edition: str | None) -> Problem:
    """Return a Problem of words that are cut off, its hint naming an edition that is whole."""
    if edition is None:
        hint = "none of its editions comes out whole here: use another printer, or --anyway"
    else:
        hint = f"its {edition} edition comes out whole: --edition {edition}"
    return replace(problem, hint=hint)


def other_sheet(queue: str, usual: str, sheet: str) -> Problem:
    """The printer does not take the project's sheets, so the piece was built for another sheet.

    Fix: nothing. It has the sizes that go with the other sheet. The file lies in `output/`, in a
    folder of the sheet's name; the project's own files stay as they are.
    """
    return Problem(
        "print-other-sheet",
        f"{queue} does not take {usual} paper: built for {sheet}",
        None,
        None,
        Severity.NOTE,
    )


def nothing_so_called(name: str, known: Sequence[str]) -> Problem:
    """There is no material, no event and no file of the name that you want to print.

    Fix: look for a slip in the name. `hrcpub list` lists all materials. A file's name ends in
    `.pdf`.
    """
    hint = did_you_mean(name, known) if known else "a file's name ends in .pdf"
    return Problem(
        "print-nothing", f'there is nothing called "{name}" to print', Source(name), hint
    )


def planned(event: str) -> Problem:
    """An event was to be printed with other copies, pages, paper or edition than its plan says.

    Fix: leave these options away, or change the event's file and build it again. To print more of
    one piece, print its file, or the piece by its own name.
    """
    return Problem(
        "print-event-planned",
        f"the plan of {event} says how many, and on which paper",
        Source(event),
        "leave --copies, --pages, --edition, --paper and --sheet away",
    )


CODES = {
    "print-other-sheet": other_sheet,
    "print-nothing": nothing_so_called,
    "print-event-planned": planned,
}
