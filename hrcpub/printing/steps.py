"""The jobs of an order as a person sees them through: a sheet first, the pile turned, the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hrcpub.printing.fitting import Fitted, PrintJob, SheetPart
from hrcpub.printing.turning import Reload


def first_sheet(jobs: Sequence[PrintJob]) -> list[PrintJob]:
    """Return jobs that print one sheet of an order, fronts before backs."""
    found = []
    for job in jobs:
        count = 2 if job.sides.is_two_sided else 1
        is_last = job.part is SheetPart.BACKS and job.pages != tuple(sorted(job.pages))
        pages = job.pages[-count:] if is_last else job.pages[:count]
        found.append(replace(job, pages=pages, copies=1))
    return found


def rest_after(fit: Fitted) -> list[PrintJob]:
    """Return the jobs that a proof leaves: where a copy is one sheet, one copy fewer."""
    jobs = list(fit.jobs)
    if fit.sheets != (jobs[0].copies if jobs else 0):
        return jobs
    return [replace(job, copies=job.copies - 1) for job in jobs if job.copies > 1]


def with_reload(job: PrintJob, reload: Reload) -> PrintJob:
    """Return the job of backs for a pile that lies in the tray in a certain way."""
    if reload is job.reload:
        return job
    return replace(job, pages=tuple(reversed(job.pages)), reload=reload)
