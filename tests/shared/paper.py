"""A printer for tests of what is asked of one: queues that are there, and jobs that end as said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hrcpub.printing.fitting import PrintJob
from hrcpub.printing.queues import PrintMargins, Queue, QueueMedia
from hrcpub.printing.sending import JobState
from hrcpub.problems import HrcpubError, Problem

LETTER = QueueMedia("na_letter_8.5x11in", 612, 792, PrintMargins(12, 12, 12, 12))


def queue(name: str, *sides: str, is_default: bool = False) -> Queue:
    """Return a queue with Letter paper."""
    return Queue(
        name, f"{name} by the door", is_default, (LETTER,), frozenset(("one-sided", *sides)),
        False, "idle", (),
    )  # fmt: skip


BOTH = ("two-sided-long-edge", "two-sided-short-edge")


@dataclass
class PaperRoom:
    """Queues as they are given; jobs are kept, and are on paper at once, after `states`."""

    there: tuple[Queue, ...] = (queue("Front", *BOTH, is_default=True), queue("Back"))
    missing: Problem | None = None
    states: tuple[JobState, ...] = ()
    sent: list[tuple[str, PrintJob]] = field(default_factory=list)

    def queues(self) -> tuple[Queue, ...]:
        """Return all queues."""
        if self.missing:
            raise HrcpubError(self.missing)
        return self.there

    def send(self, job: PrintJob, queue: Queue) -> int:
        """Keep a job."""
        self.sent.append((queue.name, job))
        return len(self.sent)

    def follow(self, queue: Queue, job_id: int) -> Iterator[JobState]:
        """Yield the states of a job, until it is done."""
        yield from self.states
        yield JobState("done", self.sent[job_id - 1][1].sheets)

    def cancel(self, queue: Queue, job_id: int) -> bool:
        """Stop nothing: jobs are done at once."""
        return False
