"""Printing from the page: this computer's printers, a plan, jobs that are followed to their end.

A run is seen through by a thread of its own. Where a person must do something (look at the first
sheet, turn the pile), it waits until the page says that it was done.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem
from hrcpub.studio.errands import Errands

if TYPE_CHECKING:
    from hrcpub.printing.fitting import Fitted, PrintJob
    from hrcpub.printing.piece_orders import AskedPiece
    from hrcpub.printing.queues import Queue
    from hrcpub.printing.sending import JobState

MOST_COPIES = 9999
MOST_RUNS = 20  # that are remembered


class PrintRoom(Protocol):
    """What sees to queues and jobs: this computer's CUPS, or another one in tests."""

    def queues(self) -> tuple[Queue, ...]:
        """Return all queues; raise HrcpubError without CUPS."""

    def send(self, job: PrintJob, queue: Queue) -> int:
        """Send a job, and return its number."""

    def follow(self, queue: Queue, job_id: int) -> Iterator[JobState]:
        """Yield the states of a job until its end."""

    def cancel(self, queue: Queue, job_id: int) -> bool:
        """Stop a job."""


class ThisComputer:
    """The queues of this computer."""

    def queues(self) -> tuple[Queue, ...]:
        """Return all queues; raise HrcpubError without CUPS."""
        from hrcpub.printing.queues import list_queues

        return list_queues()

    def send(self, job: PrintJob, queue: Queue) -> int:
        """Send a job, and return its number."""
        from hrcpub.printing.sending import send

        return send(job, queue)

    def follow(self, queue: Queue, job_id: int) -> Iterator[JobState]:
        """Yield the states of a job until its end."""
        from hrcpub.printing.sending import follow

        return follow(queue, job_id)

    def cancel(self, queue: Queue, job_id: int) -> bool:
        """Stop a job."""
        from hrcpub.printing.sending import cancel

        return cancel(queue, job_id)


class PlannedPrint(NamedTuple):
    """An order, its jobs, and the queue with what the project has measured of its printer."""

    asked: AskedPiece
    fit: Fitted
    queue: Queue


class PlanErrand(NamedTuple):
    """A piece, to be built and fitted to a queue."""

    piece: str
    copies: int
    queue: Queue

    def run(self, root: Path) -> PlannedPrint:
        """Return the order and its jobs; raise HrcpubError where the piece cannot be built."""
        from hrcpub.printing.fitting import fitted
        from hrcpub.printing.piece_orders import PrintOptions, asked_pieces, measured

        sources = Sources(root)
        queue = measured(self.queue, sources)
        (asked,) = asked_pieces((self.piece,), PrintOptions(copies=self.copies), queue, sources)
        return PlannedPrint(asked, fitted(asked.order, queue), queue)


@dataclass(slots=True)
class PrintRun:
    """An order on its way to paper. `state` is planned, printing, proof, turn, done or failed."""

    asked: AskedPiece
    fit: Fitted
    queue: Queue
    state: str = "planned"
    sheets: int = 0  # that are done, of jobs that are over
    now: JobState | None = None
    job: tuple[int, PrintJob] | None = None  # the one that is under way
    problems: list[Problem] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)
    stopped: threading.Event = field(default_factory=threading.Event)


class PrintDesk:
    """What windows print."""

    def __init__(self, errands: Errands, room: PrintRoom) -> None:
        """Take who builds, and who prints."""
        self._errands, self._room = errands, room
        self._numbers = itertools.count(1)
        self._runs: dict[int, PrintRun] = {}

    def queues(self) -> dict[str, Any]:
        """Return this computer's queues; where there are none, the Problems that say why."""
        try:
            found = self._room.queues()
        except HrcpubError as error:
            return {"queues": [], "problems": [problem.as_json() for problem in error.problems]}
        return {"queues": [_queue_json(queue) for queue in found], "problems": []}

    async def plan(self, name: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Return what would be printed, and the number of the run that does it."""
        copies = int(asked["copies"])
        if not 1 <= copies <= MOST_COPIES:
            raise ValueError(f"copies are a number from 1 to {MOST_COPIES}")
        known = {queue.name: queue for queue in self._room.queues()}
        queue = known[str(asked["queue"])]
        planned = await self._errands.run(PlanErrand(name, copies, queue))
        piece, fit = planned.asked, planned.fit
        number = next(self._numbers)
        while len(self._runs) >= MOST_RUNS:
            del self._runs[next(iter(self._runs))]
        self._runs[number] = PrintRun(*planned)
        order = piece.order
        return {
            "number": number,
            "sheets": fit.sheets,
            "sheet": order.sheet,
            "paper": order.paper,
            "edge": order.sides.edge,
            "pieces": piece.pieces,
            "can_print": bool(fit.jobs),
            "turns": any(job.reload for job in fit.jobs),
            "problems": [problem.as_json() for problem in (*piece.problems, *fit.problems)],
        }

    def begin(self, number: int, *, is_proof: bool) -> dict[str, Any]:
        """Begin to print; raise LookupError where it was begun before, or cannot be printed."""
        run = self._runs[number]
        if run.state != "planned" or not run.fit.jobs:
            raise LookupError("that cannot be printed, or is printed already")
        run.state = "printing"
        threading.Thread(target=self._see_through, args=(run, is_proof), daemon=True).start()
        return self.state(number)

    def state(self, number: int) -> dict[str, Any]:
        """Return how far a run is, and what a person must do."""
        run = self._runs[number]
        under_way = run.now.sheets if run.now and run.job else 0
        return {
            "state": run.state,
            "sheets": min(run.sheets + under_way, run.fit.sheets),
            "all": run.fit.sheets,
            "said": run.now.state if run.now else "",
            "matters": _matters(run.now.reasons if run.now else (), run.queue),
            "steps": _turning(run) if run.state == "turn" else [],
            "problems": [problem.as_json() for problem in run.problems],
        }

    def go_on(self, number: int) -> dict[str, Any]:
        """Note that a person has done what a run waits for."""
        self._runs[number].go_on.set()
        return self.state(number)

    def stop(self, number: int) -> dict[str, Any]:
        """Stop a run, and the job that the printer has."""
        run = self._runs[number]
        run.stopped.set()
        run.go_on.set()
        if run.job:
            self._room.cancel(run.queue, run.job[0])
        return self.state(number)

    def _see_through(self, run: PrintRun, is_proof: bool) -> None:
        """Print a run to its end."""
        from hrcpub.printing.steps import first_sheet, rest_after

        try:
            jobs = list(run.fit.jobs)
            if is_proof:
                if not self._printed(run, first_sheet(jobs)) or not _waited(run, "proof"):
                    return
                jobs = rest_after(run.fit)
            if self._printed(run, jobs):
                run.state = "done"
        except HrcpubError as error:
            run.problems += error.problems
            run.state = "failed"
        except Exception as error:  # else the page would wait for ever
            run.problems.append(run_lost(run.queue.name, f"{type(error).__name__}: {error}"))
            run.state = "failed"

    def _printed(self, run: PrintRun, jobs: list[PrintJob]) -> bool:
        """Send jobs one after the other, and follow each; return whether to go on."""
        for job in jobs:
            if job.reload and not _waited(run, "turn"):
                return False
            if run.stopped.is_set():  # between two jobs
                run.state = "failed"
                return False
            number = self._room.send(job, run.queue)
            run.job = number, job
            if run.stopped.is_set():  # while it was sent
                self._room.cancel(run.queue, number)
            for now in self._room.follow(run.queue, number):
                run.now = now
            run.job = None
            if run.now is None or run.now.state != "done":
                run.state = "failed"
                run.problems.append(run_lost(run.queue.name, _why(run.now, run.queue)))
                return False
            run.sheets += 0 if job.reload else job.sheets
        return True


def _waited(run: PrintRun, state: str) -> bool:
    """Wait until a person has done something; return whether to go on."""
    run.go_on.clear()
    if not run.stopped.is_set():  # before anybody was asked
        run.state = state
        run.go_on.wait()
    run.state = "failed" if run.stopped.is_set() else "printing"
    return not run.stopped.is_set()


def _why(now: JobState | None, queue: Queue) -> str:
    matters = _matters(now.reasons if now else (), queue)
    found = "; ".join(matter["words"] for matter in matters)
    return found or (now.said or now.state if now else "it does not answer")


def _matters(reasons: Iterable[str], queue: Queue) -> list[dict[str, str]]:
    """Return what is the matter with a printer, in words, each with what to do."""
    from hrcpub.printing.reasons import matter

    found = [each for reason in reasons if (each := matter(reason, queue.name))]
    return [{"words": each.words, "todo": each.todo} for each in found]


def _turning(run: PrintRun) -> list[str]:
    from hrcpub.printing.turning import Reload, how_to_turn

    is_face_down = run.queue.is_face_down is not False
    return list(how_to_turn(run.asked.order.sides, Reload.UP, is_face_down))


def _queue_json(queue: Queue) -> dict[str, Any]:
    return {
        "name": queue.name,
        "about": queue.description,
        "is_default": queue.is_default,
        "is_colour": queue.is_colour,
        "is_two_sided": any(side.startswith("two-sided") for side in queue.sides),
        "state": queue.state,
        "matters": [matter["words"] for matter in _matters(queue.reasons, queue)],
        "loaded": [
            " ".join(part for part in (paper.colour, paper.sheet or paper.size) if part)
            for paper in queue.ready
        ],
    }


def run_lost(queue: str, why: str) -> Problem:
    """Printing ended before all of it was on paper.

    Fix: look at the printer's display, and at what came out. Then print again what is missing.
    """
    return Problem(
        "studio-not-printed",
        f"{queue} did not print all of it: {why}",
        None,
        "look at the printer, then print again what is missing",
    )


CODES = {"studio-not-printed": run_lost}
