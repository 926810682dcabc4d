"""How an event is to be built, what a build reports while it runs, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.events.fulfil.lacking import missing_of
from hrcpub.events.manifest.event import Event, ProductionRun
from hrcpub.events.paperwork import Missing
from hrcpub.problems import Problem

if TYPE_CHECKING:
    from hrcpub.events.fulfil.cluster import Cluster

FOLDER = "events"  # of the output folder: where events' files are


class EventOptions(NamedTuple):
    """How an event is to be built."""

    workers: int = 1
    force: bool = False
    only: tuple[str, ...] = ()  # items' or sites' ids; empty: everything
    zips: str = ""  # "printers": one for each; "all": and one of everything; empty: none
    only_check: bool = False  # copies are looked over, and none is written
    cluster: Cluster | None = None  # None: processes of this machine
    task_timeout: float | None = 120.0  # seconds of one task: a hundred copies take a tenth of it
    quiet: float = 30.0  # seconds without an answer until that is told
    silence_timeout: float | None = 300.0  # seconds in which no worker of the cluster answers


class BuildProgress(NamedTuple):
    """Whom a build calls while it runs."""

    begin: Callable[[str, int], None]  # a step, and how many files it has
    done: Callable[[str], None]  # a file that was made, or failed
    note: Callable[[str], None]  # a line for the log
    tell: Callable[[str], None] = lambda line: None  # a line for who waits
    check_interrupt: Callable[[], None] = lambda: None  # raises KeyboardInterrupt when ^C was typed


@dataclass(slots=True)
class Outcome:
    """What became of a build."""

    event: Event
    folder: Path
    made: int = 0
    cached: int = 0
    removed: list[str] = field(default_factory=list)
    failed: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)  # of the event, and of what was made
    runs: list[ProductionRun] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)  # paths of tickets, lists and zips

    room: int | None = None  # bytes that are wanted, about, where the disk was full

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What the event lacks by now; nothing when it is complete."""
        return missing_of(self.event, self.failed)
