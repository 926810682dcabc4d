"""`print`: orders to a queue, or to a file that shows what would arrive; and what is said of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import click

from hrcpub.cli.print_events import asked_event
from hrcpub.cli.print_progress import Followed, follow_job
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.files.sources import Sources
from hrcpub.printing.fitting import Fitted, PrintJob, SheetPart, fitted
from hrcpub.printing.piece_orders import (
    AskedPiece,
    PrintOptions,
    asked_pieces,
    measured,
    way_out,
    with_way_out,
)
from hrcpub.printing.queues import Queue, chosen_queue
from hrcpub.printing.steps import first_sheet, rest_after, with_reload
from hrcpub.printing.turning import PICTURES, Reload, how_to_turn
from hrcpub.problems import ExitCode, HrcpubError, Problem, some

MOST_TITLES = 3  # that are named in a line


class PrintWays(NamedTuple):
    """How the printing itself goes."""

    queue: str | None = None  # None: the default
    file: Path | None = None  # to look at, in place of paper
    is_proof: bool = False
    turned: Reload | None = None  # only the backs of a pile that lies in the tray
    is_anyway: bool = False
    waits: bool = True
    asks: bool = True  # a person sits at the terminal


@dataclass(slots=True)
class FittedPiece:
    """What is printed of one thing, and what became of its jobs."""

    asked: AskedPiece
    fit: Fitted
    done: list[Followed] = field(default_factory=list)
    reload: Reload = Reload.UP  # how the pile lay the last time: a proof's, then the rest's


def print_pieces(
    names: Sequence[str],
    options: PrintOptions,
    ways: PrintWays,
    sources: Sources | None,
    as_json: bool,
) -> int:
    """Print pieces and files; return the exit code. Nothing is sent where one cannot come out."""
    queue = _queue(ways)
    queue = measured(queue, sources) if sources else queue
    asked = asked_pieces(names, options, queue, sources, asked_event)
    if ways.turned is not None:
        asked = asked[:1]  # of an event, only the pile of this step is in the tray
    if not asked and not as_json:
        say(f"nothing is left to print of {', '.join(names)}: all of it is printed")
    pieces = [FittedPiece(each, _fitted(each, options, ways, queue, sources)) for each in asked]
    problems = [problem for piece in pieces for problem in _problems(piece)]
    if not as_json:
        show_problems(dict.fromkeys(problems))
    if any(problem.is_error for problem in problems):
        if as_json:
            say_json(_fields(queue, ways, pieces))
        return ExitCode.PROBLEMS
    if ways.file and pieces:
        _write(ways.file, pieces)
        for piece in () if as_json else pieces:
            say(order_line(piece, queue), err=True)
    else:
        _print_all(pieces, queue, ways, as_json)
    if as_json:
        say_json(_fields(queue, ways, pieces))
    elif ways.file and pieces:
        say(f"{ways.file}: what would arrive at {queue.name}; the dashed line is how far it prints")
    is_whole = all(job.is_done for piece in pieces for job in piece.done)
    return ExitCode.DONE if is_whole else ExitCode.PROBLEMS


def _queue(ways: PrintWays) -> Queue:
    """Return the queue that was named, or the default; for a file alone, an ordinary printer."""
    if ways.file and ways.queue is None:
        from hrcpub.printing.queues import ordinary_queue

        return ordinary_queue()
    return chosen_queue(ways.queue)


def _fitted(
    asked: AskedPiece,
    options: PrintOptions,
    ways: PrintWays,
    queue: Queue,
    sources: Sources | None,
) -> Fitted:
    """Return the jobs of one thing; words that would be cut off with the edition that is whole."""
    fit = fitted(asked.order, queue, ways.turned, ways.is_anyway)
    is_cut = any(problem.code == "print-words-cut-off" for problem in fit.problems)
    other = way_out(asked, options, queue, sources) if is_cut and sources else None
    name = asked.known_as or asked.material or str(asked.order.pdf)
    told = (
        with_way_out(problem, other)
        if asked.material and problem.code == "print-words-cut-off"
        else problem
        for problem in fit.problems
    )
    return replace(fit, problems=tuple(_of(problem, name) for problem in told))


def _of(problem: Problem, name: str) -> Problem:
    """Return a Problem of a page with whose page it is."""
    if problem.source is None:
        return problem
    return replace(problem, source=replace(problem.source, path=name))


def _problems(piece: FittedPiece) -> tuple[Problem, ...]:
    return (*piece.asked.problems, *piece.fit.problems)


def _print_all(pieces: Sequence[FittedPiece], queue: Queue, ways: PrintWays, as_json: bool) -> None:
    """Send all jobs in their order, and ask between them for what only a person can do."""
    is_quiet, loaded = as_json, ""
    for at, piece in enumerate(pieces):
        if not is_quiet:
            say(order_line(piece, queue), err=True)
        if ways.asks and piece.asked.order.paper not in ("", loaded) and ways.turned is None:
            loaded = piece.asked.order.paper
            sheets = sheets_of_paper(pieces[at:])
            many = f"{sheets} sheet{'' if sheets == 1 else 's'}"
            _wait(f"load {loaded} paper, {many}; then press Enter")
        jobs: Sequence[PrintJob] = piece.fit.jobs
        if ways.is_proof and is_proof_due(piece, pieces[:at]):
            if not _is_proof_right(piece, queue, ways, is_quiet):
                return
            jobs = rest_after(piece.fit)
        if not _print_jobs(jobs, piece, queue, ways, is_quiet):
            if left := [each.asked.order.title for each in pieces[at + 1 :]]:
                say(f"not printed yet: {some(left, MOST_TITLES)}", err=True)
            return
        if piece.asked.on_done:
            piece.asked.on_done()
            if ways.turned is not None and not is_quiet:
                say("to go on: the same command without --turned", err=True)


def is_proof_due(piece: FittedPiece, before: Sequence[FittedPiece]) -> bool:
    """Return whether a sheet is tried first: of several, and of an event's item only once."""
    item = piece.asked.known_as
    return piece.fit.sheets > 1 and (
        item is None or item not in [each.asked.known_as for each in before]
    )


def sheets_of_paper(pieces: Sequence[FittedPiece]) -> int:
    """Return how many sheets are printed on the paper of the first piece, until another is due."""
    paper = pieces[0].asked.order.paper
    same = itertools.takewhile(lambda piece: piece.asked.order.paper == paper, pieces)
    return sum(piece.fit.sheets for piece in same)


def _print_jobs(
    jobs: Sequence[PrintJob], piece: FittedPiece, queue: Queue, ways: PrintWays, is_quiet: bool
) -> bool:
    """Send jobs one after the other; return whether to go on."""
    for job in jobs:
        if job.part is SheetPart.BACKS and ways.turned is None:
            reload = _turn(job, queue, ways, is_quiet, piece.reload)
            if reload is None:
                return False
            piece.reload = reload
            job = with_reload(job, reload)
        if job.part is SheetPart.FRONTS and ways.turned is not None:
            continue
        waits = ways.waits or _is_followed(job, jobs)
        done = follow_job(job, queue, waits=waits, quiet=is_quiet)
        piece.done.append(done)
        if not done.is_done:
            return False
    return True


def _is_followed(job: PrintJob, jobs: Sequence[PrintJob]) -> bool:
    """Return whether a person must know when a job is done: backs come after it."""
    return job is not jobs[-1]


def _is_proof_right(piece: FittedPiece, queue: Queue, ways: PrintWays, is_quiet: bool) -> bool:
    """Print one sheet, and ask whether it is right; without a person, no more than the sheet."""
    if not _print_jobs(first_sheet(piece.fit.jobs), piece, queue, ways, is_quiet):
        return False
    if ways.asks:
        rest = "the rest" if _is_a_sheet_each(piece) else "all of it"
        return click.confirm(f"Is the sheet right? Print {rest}", err=True)
    if not is_quiet:
        say("one sheet was printed. If it is right, run this again without --proof", err=True)
    return False


def _is_a_sheet_each(piece: FittedPiece) -> bool:
    return bool(piece.fit.jobs) and piece.fit.sheets == piece.fit.jobs[0].copies


def _turn(
    job: PrintJob, queue: Queue, ways: PrintWays, is_quiet: bool, usual: Reload
) -> Reload | None:
    """Say how to turn the pile, and wait; without a person return None, and say how to go on."""
    if ways.asks:
        for line in turning_lines(job, queue, usual):
            say(line, err=True)
        text = "How does the pile lie in the tray, printed side up or down?"
        kinds = click.Choice([str(way) for way in Reload])
        return Reload(click.prompt(text, str(usual), type=kinds, err=True))
    if not is_quiet:
        for line in turning_lines(job, queue, Reload.UP):
            say(line, err=True)
        say("which side does your printer print on? --proof tries one sheet", err=True)
        say("then run the same command with --turned up (or down, if it lies so)", err=True)
    return None


def turning_lines(job: PrintJob, queue: Queue, reload: Reload) -> Iterator[str]:
    """Yield what to do with a pile that is printed on one side, with a picture."""
    steps = how_to_turn(job.order.sides, reload, queue.is_face_down is not False)
    for number, step in enumerate(steps, 1):
        yield f"{number}. {step}"
    yield PICTURES[job.order.sides].strip("\n")


def _wait(text: str) -> None:
    click.prompt(text, "", show_default=False, prompt_suffix=" ", err=True)


def order_line(piece: FittedPiece, queue: Queue) -> str:
    """Return what is printed, in a line."""
    order, count = piece.asked.order, piece.fit.sheets
    paper = f"{order.paper} {order.sheet}" if order.paper else order.sheet
    sides = (
        f"both sides, flip on the {order.sides.edge} edge"
        if order.sides.is_two_sided
        else ("one side")
    )
    more = f", {piece.asked.pieces} pieces" if piece.asked.pieces != order.copies else ""
    return (
        f"{order.title}: {count} sheet{'' if count == 1 else 's'} of {paper}, {sides}, "
        f"actual size, to {queue.name}{more}"
    )


def _write(file: Path, pieces: Sequence[FittedPiece]) -> None:
    """Write what would arrive, a page for each side, as the printer is handed them."""
    from hrcpub.build.store import not_written
    from hrcpub.files.cache import write_whole
    from hrcpub.printing.placing import joined_sheets

    jobs = [job for piece in pieces for job in piece.fit.jobs]
    try:
        write_whole(file, joined_sheets([(j.order.pdf, j.pages, j.media) for j in jobs]))
    except OSError as error:
        raise HrcpubError(not_written(str(file), error)) from None


def _fields(queue: Queue, ways: PrintWays, pieces: Sequence[FittedPiece]) -> dict[str, object]:
    return {
        "queue": queue.name,
        "file": str(ways.file) if ways.file else None,
        "printed": [_piece_fields(piece) for piece in pieces],
    }


def _piece_fields(piece: FittedPiece) -> dict[str, object]:
    order = piece.asked.order
    return {
        "title": order.title,
        "pdf": str(order.pdf),
        "sheet": order.sheet,
        "paper": order.paper or None,
        "sides": str(order.sides),
        "sheets": piece.fit.sheets,
        "copies": order.copies,
        "pieces": piece.asked.pieces,
        "jobs": [
            {"part": str(job.part), "sides": str(job.sides), "pages": list(job.pages),
             "copies": job.copies, "media": job.media.name}
            for job in piece.fit.jobs
        ],
        "sent": [
            {"job": each.job_id, "part": str(each.part), "state": each.state, "sheets": each.sheets}
            for each in piece.done
        ],
        "problems": [problem.as_json() for problem in _problems(piece)],
    }  # fmt: skip
