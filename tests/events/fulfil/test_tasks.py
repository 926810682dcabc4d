"""Copies to the tasks that workers get, and what workers answer to what became of each copy."""

from __future__ import annotations

import hashlib
import itertools
from pathlib import Path

import pytest

from hrcpub.build.workers import LostTask
from hrcpub.events.fulfil import tasks
from hrcpub.events.fulfil.jobs import Copy, CopyJob, RunJob, ShellJob
from hrcpub.events.fulfil.plan import Planned
from hrcpub.events.fulfil.tasks import COPIES
from hrcpub.events.fulfil.work import EventTask, ShellFailure, TaskResult
from hrcpub.events.manifest.event import Item, Piece
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import Problem
from tests.events.fulfil.test_plan import shell
from tests.shared import events
from tests.shared.project import ROOT

JOB = ShellJob("principles", "press")


@pytest.fixture(scope="module")
def item() -> Item:
    return events.item(Project(Sources(ROOT)), 1, "principles")


def copies(item: Item, pieces: int, sites: int) -> list[Planned]:
    """Return so many pieces' copies for so many sites, piece by piece as they are planned."""
    planned = []
    for piece in range(pieces):
        for number in range(sites):
            site = events.site(number)
            path = f"{piece}/{site.id}.pdf"
            job = CopyJob(path, JOB, "k1", site)
            planned.append(Planned(Piece(item, "en", site, path), shell(), job, "key"))
    return planned


@pytest.mark.parametrize(
    ("pieces", "sites", "sizes"),
    [
        (0, 0, []),
        (1, 1, [1]),
        (1, COPIES - 1, [COPIES - 1]),
        (1, COPIES, [COPIES]),
        (1, COPIES + 1, [COPIES, 1]),
        # A site's copies are not parted: the task is full with the site that fills it.
        (3, 14, [42]),
        (3, 28, [42, 42]),
        (COPIES + 5, 2, [COPIES + 5, COPIES + 5]),
    ],
)
def test_a_task_holds_the_copies_of_whole_sites(
    item: Item, pieces: int, sites: int, sizes: list[int]
) -> None:
    planned = copies(item, pieces, sites)
    made = tasks.tasks_of(planned)
    assert [len(task) for task in made if isinstance(task, tuple)] == sizes
    jobs = [job for task in made for job in task if isinstance(job, CopyJob)]
    assert sorted(job.path for job in jobs) == sorted(copy.piece.path for copy in planned)
    of_sites = [[job.site.id for job in task if isinstance(job, CopyJob)] for task in made]
    for before, after in itertools.pairwise(of_sites):
        assert not set(before) & set(after)


def test_what_is_the_same_for_everybody_needs_no_worker(item: Item) -> None:
    piece = Piece(item, "en", None, "office/principles.pdf")
    assert tasks.tasks_of([Planned(piece, shell(), None, "key")]) == []


def test_copies_are_parted_and_nothing_else(item: Item) -> None:
    jobs = tuple(copy.job for copy in copies(item, 1, 3) if copy.job)
    assert tasks.parted(jobs) == [(job,) for job in jobs]
    run = RunJob("run.pdf", JOB, "k1", (), ())
    assert tasks.parted(run) == [run]
    assert tasks.parted(JOB) == [JOB]


PROBLEM = Problem("imprint-overset", "it does not fit")
DONE = (Copy("0/site-0.pdf", "aa", 9, 2), Copy("0/site-1.pdf", problems=(PROBLEM,)))
ANSWERS: dict[str, tuple[TaskResult | LostTask, list[list[str]]]] = {
    "done": (DONE, [[], ["imprint-overset"]]),
    "the shell failed": (ShellFailure((PROBLEM,)), [["imprint-overset"], ["imprint-overset"]]),
    "it died": (LostTask("died"), [["piece-lost"], ["piece-lost"]]),
    "our mistake": (LostTask("KeyError: 1", KeyError(1)), [["our-bug"], ["our-bug"]]),
    "a shell for copies": (shell(), [["piece-lost"], ["piece-lost"]]),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_each_copy_is_told_of_whatever_a_worker_answers(item: Item, name: str) -> None:
    answer, codes = ANSWERS[name]
    task: EventTask = tuple(copy.job for copy in copies(item, 1, 2) if copy.job)
    became = tasks.copies_of(task, answer)
    assert [copy.path for copy in became] == ["0/site-0.pdf", "0/site-1.pdf"]
    assert [[problem.code for problem in copy.problems] for copy in became] == codes
    assert [copy.failed for copy in became] == [bool(problems) for problems in codes]


def test_a_file_of_all_copies_that_is_lost_is_told_by_its_path() -> None:
    (copy,) = tasks.copies_of(RunJob("a/run.pdf", JOB, "k1", (), ()), LostTask("hung"))
    assert copy.path == "a/run.pdf"
    assert copy.failed
    assert "a/run.pdf was not made" in copy.problems[0].message


def test_what_a_worker_gives_back_is_written_whole_and_told_by_its_digest(tmp_path: Path) -> None:
    copy = tasks.stored(tmp_path, Copy("en/a.pdf", pages=2, data=b"words", problems=(PROBLEM,)))
    assert (tmp_path / "en/a.pdf").read_bytes() == b"words"
    digest = hashlib.sha256(b"words").hexdigest()
    assert copy == Copy("en/a.pdf", digest, 5, 2, problems=(PROBLEM,))


def test_what_cannot_be_written_is_told_and_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "en").write_text("in the way")
    copy = tasks.stored(tmp_path, Copy("en/a.pdf", pages=2, data=b"words"))
    assert copy.failed
    assert [problem.code for problem in copy.problems] == ["output-not-written"]
