"""A job to a queue, and what becomes of it until it is on paper."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hrcpub.printing import libcups
from hrcpub.printing.calibration import calibrated
from hrcpub.printing.fitting import PrintJob, SheetPart
from hrcpub.printing.libcups import number, text
from hrcpub.printing.placing import placed
from hrcpub.printing.queues import Queue
from hrcpub.problems import HrcpubError, Problem
from hrcpub.records import record

PAUSE = 0.5  # seconds between two questions
# RFC 8011 §5.3.7
_STATES = {
    3: "waiting", 4: "held", 5: "printing", 6: "stopped", 7: "canceled", 8: "aborted", 9: "done",
}  # fmt: skip
ENDS = frozenset({"canceled", "aborted", "done"})
_ASKED = (
    "job-state", "job-state-reasons", "job-printer-state-message", "job-impressions-completed",
    "job-media-sheets-completed",
)  # fmt: skip


@record
class JobState:
    """How far a job is. `reasons` are IPP's keywords, of the job and of its printer."""

    state: str  # waiting, held, printing, stopped, canceled, aborted or done
    sheets: int  # that are done, as far as the printer counts them
    reasons: tuple[str, ...] = ()
    said: str = ""  # by the printer, in its own words

    @property
    def is_end(self) -> bool:
        """Whether nothing more will become of it."""
        return self.state in ENDS


def attributes_of(job: PrintJob, queue: Queue) -> dict[str, Any]:
    """Return all that is said with a job, so that no default of a queue decides anything."""
    is_black = job.order.is_black_only or not queue.is_colour
    return {
        "job-name": job.order.title or job.order.pdf.stem,
        "document-format": "application/pdf",
        "copies": job.copies,
        "sides": str(job.sides),
        "media": job.media.name,
        "print-scaling": "none",
        "print-color-mode": "monochrome" if is_black else "color",
        "multiple-document-handling": "separate-documents-collated-copies",
        "number-up": 1,
        "page-delivery": _delivery(job, queue),
    }


def _delivery(job: PrintJob, queue: Queue) -> str:
    """Return in which order sheets are fed, so that the pile is in order when it comes out.

    A pile that is turned by hand is counted on as it was sent (`turning.backs_in_order`).
    """
    is_turned = job.part is not SheetPart.ALL
    return "same-order" if is_turned or queue.is_face_down is not False else "reverse-order"


def send(job: PrintJob, queue: Queue) -> int:
    """Send a job to its queue, and return its number; raise HrcpubError where it is refused.

    Sheets are moved and stretched against what was measured of the printer.
    """
    with tempfile.TemporaryDirectory(prefix="hrcpub-") as folder:
        file = Path(folder) / "sheets.pdf"
        sheets = placed(job.order.pdf, job.pages, job.media)
        file.write_bytes(calibrated(sheets, queue.calibration, job.sides))
        answer = libcups.ask(queue.name, libcups.PRINT_JOB, attributes_of(job, queue), file)
    numbers = answer.values.get("job-id", ())
    if not answer.is_good or not numbers:
        raise HrcpubError(refused(queue.name, answer.said))
    return int(numbers[0])


def follow(queue: Queue, job_id: int) -> Iterator[JobState]:
    """Yield each new state of a job, until it is at its end."""
    last = None
    while last is None or not last.is_end:
        now = job_state(queue, job_id)
        if now != last:
            yield now
        last = now
        if not now.is_end:
            time.sleep(PAUSE)


def job_state(queue: Queue, job_id: int) -> JobState:
    """Return how far a job is; raise HrcpubError where the queue has never heard of it."""
    asked = {"job-id": job_id, "requested-attributes": _ASKED}
    answer = libcups.ask(queue.name, libcups.GET_JOB_ATTRIBUTES, asked)
    if not answer.is_good:
        raise HrcpubError(lost(queue.name, job_id, answer.said))
    values = answer.values

    state = _STATES.get(number(values, "job-state") or 0, "waiting")
    reasons = [str(reason) for reason in values.get("job-state-reasons", ())]
    if state not in ENDS:
        reasons += _of_printer(queue)
    return JobState(
        state,
        number(values, "job-media-sheets-completed")
        or number(values, "job-impressions-completed")
        or 0,
        tuple(reason for reason in dict.fromkeys(reasons) if reason != "none"),
        text(values, "job-printer-state-message"),
    )


def _of_printer(queue: Queue) -> list[str]:
    asked = {"requested-attributes": ("printer-state-reasons",)}
    answer = libcups.ask(queue.name, libcups.GET_PRINTER_ATTRIBUTES, asked)
    return [str(reason) for reason in answer.values.get("printer-state-reasons", ())]


def cancel(queue: Queue, job_id: int) -> bool:
    """Stop a job; return whether it could be stopped."""
    return libcups.ask(queue.name, libcups.CANCEL_JOB, {"job-id": job_id}).is_good


def refused(queue: str, said: str) -> Problem:
    """The print server did not take the job.

    Fix: read what it says. Mostly it wants a password, or the queue was removed meanwhile. Try a
    page from another program: if that does not print either, mend the queue first. A queue that
    does not take PDFs lacks a filter: install the packages `cups` and `cups-filters`, whole.
    """
    takes_no_pdf = "format" in said and "application/pdf" in said
    return Problem(
        "print-refused",
        f"{queue} did not take the job: {said or 'no answer'}",
        None,
        "install the packages cups and cups-filters: a filter is missing" if takes_no_pdf else None,
    )


def lost(queue: str, job_id: int, said: str) -> Problem:
    """The print server no longer knows a job that it took.

    Fix: look at the printer. If nothing came out, print again.
    """
    return Problem("print-lost", f"{queue} no longer knows job {job_id}: {said or 'no answer'}")


CODES = {"print-refused": refused, "print-lost": lost}
