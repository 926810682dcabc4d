"""Copies to the tasks that workers get, and what workers answer to what became of each copy."""

from __future__ import annotations

import hashlib
import itertools
from pathlib import Path

import pytest

from hrcpub.build.workers import LostTask
from hrcpub.events.fulfil import tasks
from hrcpub.events.fulfil.jobs import CopyJob, Failure, MadeFile, RunJob, ShellJob, finished_file
from hrcpub.events.fulfil.plan import Planned
from hrcpub.events.fulfil.tasks import COPIES
from hrcpub.events.fulfil.work import EventTask, TaskResult
from hrcpub.events.manifest.event import FinishedFile
from hrcpub.problems import Problem
from tests.events.fulfil.test_plan import shell
from tests.shared import events

JOB = ShellJob("principles", "press")


def copies(pieces: int, sites: int) -> list[Planned]:
    """Return so many pieces' copies for so many sites, piece by piece as they are planned."""
    planned = []
    for piece in range(pieces):
        for number in range(sites):
            site = events.site(number)
            path = f"{piece}/{site.id}.pdf"
            job = CopyJob(path, JOB, "k1", site)
            planned.append(Planned(path, site, shell(), job, "key"))
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
def test_a_task_holds_the_copies_of_whole_sites(pieces: int, sites: int, sizes: list[int]) -> None:
    planned = copies(pieces, sites)
    grouped = tasks.tasks_of(planned)
    assert [len(task) for task in grouped if isinstance(task, tuple)] == sizes
    jobs = [job for task in grouped for job in task if isinstance(job, CopyJob)]
    assert sorted(job.path for job in jobs) == sorted(copy.path for copy in planned)
    of_sites = [[job.site.id for job in task if isinstance(job, CopyJob)] for task in grouped]
    for before, after in itertools.pairwise(of_sites):
        assert not set(before) & set(after)


def test_what_is_the_same_for_everybody_needs_no_worker() -> None:
    blank = Planned("office/principles.pdf", None, shell(), None, "key")
    assert tasks.tasks_of([blank]) == []


def test_copies_are_parted_and_nothing_else() -> None:
    jobs = tuple(copy.job for copy in copies(1, 3) if copy.job)
    assert tasks.parted(jobs) == [(job,) for job in jobs]
    run = RunJob("run.pdf", JOB, "k1", (), ())
    assert tasks.parted(run) == [run]
    assert tasks.parted(JOB) == [JOB]


PROBLEM = Problem("imprint-overset", "it does not fit")
FAILURE = Failure((PROBLEM,))
DONE = (MadeFile(FinishedFile("0/site-0.pdf", "aa", 9, 2)), FAILURE)
ANSWERS: dict[str, tuple[TaskResult | LostTask, list[list[str]]]] = {
    "done": (DONE, [[], ["imprint-overset"]]),
    "the shell failed": (FAILURE, [["imprint-overset"], ["imprint-overset"]]),
    "it died": (LostTask("died"), [["piece-lost"], ["piece-lost"]]),
    "our mistake": (LostTask("KeyError: 1", KeyError(1)), [["our-bug"], ["our-bug"]]),
    "a shell for copies": (shell(), [["piece-lost"], ["piece-lost"]]),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_each_copy_is_told_of_whatever_a_worker_answers(name: str) -> None:
    answer, codes = ANSWERS[name]
    task: EventTask = tuple(copy.job for copy in copies(1, 2) if copy.job)
    results = tasks.results_of(task, answer)
    assert [path for path, _ in results] == ["0/site-0.pdf", "0/site-1.pdf"]
    assert [codes_of(result) for _, result in results] == codes


def codes_of(result: MadeFile | FinishedFile | Failure) -> list[str]:
    """Return why there is no file; empty where there is one."""
    return [problem.code for problem in result.problems] if isinstance(result, Failure) else []


def test_a_file_of_all_copies_that_is_lost_is_told_by_its_path() -> None:
    ((path, failure),) = tasks.results_of(RunJob("a/run.pdf", JOB, "k1", (), ()), LostTask("hung"))
    assert path == "a/run.pdf"
    assert isinstance(failure, Failure)
    assert "a/run.pdf could not be made" in failure.problems[0].message


def test_what_a_worker_gives_back_is_written_whole_and_told_by_its_digest(tmp_path: Path) -> None:
    file = tasks.stored(tmp_path, made(b"words"))
    assert (tmp_path / "en/a.pdf").read_bytes() == b"words"
    digest = hashlib.sha256(b"words").hexdigest()
    assert file == FinishedFile("en/a.pdf", digest, 5, 2, (PROBLEM,))


def made(data: bytes) -> MadeFile:
    """Return what a worker gives back that cannot write."""
    return MadeFile(finished_file("en/a.pdf", data, 2, (PROBLEM,)), data)


def test_what_cannot_be_written_is_told_and_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "en").write_text("in the way")
    assert codes_of(tasks.stored(tmp_path, made(b"words"))) == ["output-not-written"]


def test_what_joins_imprints_needs_nothing_that_typesets() -> None:
    joined = CopyJob("a.pdf", JOB, "k1", None)
    whole = CopyJob("b.pdf", JOB, "", None)
    run = RunJob("run.pdf", JOB, "k1", (None,))
    of_joining: list[EventTask] = [(joined, joined), run]
    of_setting: list[EventTask] = [(joined, whole), JOB]
    assert not any(map(tasks.is_typeset, of_joining))
    assert all(map(tasks.is_typeset, of_setting))
