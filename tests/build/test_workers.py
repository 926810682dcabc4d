"""Many tasks over an executor: whoever dies, hangs or raises costs itself, and nobody else."""

from __future__ import annotations

import contextlib
import inspect
import multiprocessing
import os
import struct
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Generator
from concurrent.futures import BrokenExecutor, Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from hrcpub.build.workers import LostTask, Processes, settle, work
from tests.shared.project import ROOT

MANY = 40


def do(task: Any) -> Any:
    """Do a task: a number is squared, a word says what goes wrong, a tuple is several tasks."""
    if isinstance(task, tuple):
        return tuple(do(one) for one in task)
    match task:
        case "exit":
            os._exit(3)
        case "kill":
            os.kill(os.getpid(), 9)
        case "hang":
            time.sleep(600)
        case "raise":
            raise LookupError("no such thing")
        case "half an answer":
            die_while_answering()
        case "process":
            return os.getpid()
        case "large":
            return b"x" * 3_000_000
    return task * task


def die_while_answering() -> None:
    """End as a worker does that is killed with half of a large answer written."""
    frame = inspect.currentframe()
    while "result_queue" not in frame.f_locals:
        frame = frame.f_back
    writer = frame.f_locals["result_queue"]._writer
    os.write(writer.fileno(), struct.pack("!i", 1_000_000) + b"half")
    os._exit(1)


def processes(workers: int = 2) -> Processes:
    return Processes(workers, settle, ())


class Threads:
    """Workers that are threads: they can't die, but they can hang."""

    workers = 2

    def __init__(self) -> None:
        self.hired = 0

    def hire(self) -> Executor:
        self.hired += 1
        return ThreadPoolExecutor(self.workers)

    def rest(self, pool: Executor) -> None:
        self.let_go(pool)

    def let_go(self, pool: Executor) -> None:
        pool.shutdown(wait=False, cancel_futures=True)

    def is_death(self, error: BaseException) -> bool:
        return isinstance(error, BrokenExecutor)


@pytest.mark.parametrize("crew", [processes(), Threads()], ids=["processes", "threads"])
@pytest.mark.parametrize("tasks", [[], [3], list(range(MANY))], ids=["none", "one", "many"])
def test_every_task_is_done_once(crew: Processes | Threads, tasks: list[int]) -> None:
    assert sorted(work(tasks, do, crew)) == [(task, task * task) for task in tasks]


def test_answers_come_as_they_are_done_not_all_at_the_end() -> None:
    begun = threading.Event()

    def wait(task: int) -> int:
        if task == MANY - 1:
            assert begun.wait(60)
        return task

    answers = work(range(MANY), wait, Threads())
    next(answers)
    begun.set()
    assert len(list(answers)) == MANY - 1


@pytest.mark.parametrize(
    ("guilty", "how"),
    [("exit", "died"), ("kill", "died"), ("hang", "hung"), ("half an answer", "hung")],
)
def test_who_takes_a_worker_along_is_lost_alone(guilty: str, how: str) -> None:
    numbers = list(range(12))
    tasks = [*numbers[:5], guilty, *numbers[5:]]
    found = dict(work(tasks, do, processes(), patience=2))
    assert found.pop(guilty) == LostTask(how)
    assert found == {number: number * number for number in numbers}


def test_several_guilty_ones_are_all_found() -> None:
    tasks = [0, "kill", 1, "exit", 2, "kill", 3]
    found = list(work(tasks, do, processes()))
    assert Counter(answer for _, answer in found) == {LostTask("died"): 3, 0: 1, 1: 1, 4: 1, 9: 1}


def test_a_task_is_parted_until_the_guilty_part_is_alone() -> None:
    tasks = [(1, 2), (3, "kill", 5), (6,)]
    found = list(work(tasks, do, processes(), split=lambda task: [(one,) for one in task]))
    answers = {part: answer for task, answer in found for part in [task]}
    assert answers[("kill",)] == LostTask("died")
    done = sorted(
        number
        for answer in answers.values()
        if not isinstance(answer, LostTask)
        for number in answer
    )
    assert done == [1, 4, 9, 25, 36]


@pytest.mark.parametrize("crew", [processes(), Threads()], ids=["processes", "threads"])
def test_a_task_that_raises_is_lost_with_its_reason(crew: Processes | Threads) -> None:
    found = dict(work([1, "raise", 2], do, crew))
    lost = found.pop("raise")
    assert lost.how == "LookupError: no such thing"
    assert isinstance(lost.error, LookupError)
    assert found == {1: 1, 2: 4}


def test_a_thread_that_hangs_is_left_behind() -> None:
    is_over = threading.Event()

    def hang(task: int) -> int:
        if task == 3:
            is_over.wait(60)
        return task

    try:
        found = dict(work(range(8), hang, Threads(), patience=0.3))
    finally:
        is_over.set()
    assert found.pop(3) == LostTask("hung")
    assert sorted(found.values()) == [0, 1, 2, 4, 5, 6, 7]


def test_a_task_whose_answer_lacks_something_is_done_again_with_it() -> None:
    def again(task: int, answer: Any) -> int | None:
        return task + 100 if task < 100 else None

    found = dict(work([1, 2], do, Threads(), again=again))
    assert found == {101: 101 * 101, 102: 102 * 102}


def test_after_a_shift_others_are_hired() -> None:
    answers = [answer for _, answer in work(["process"] * 12, do, processes(), shift=2)]
    assert len(answers) == 12
    assert max(Counter(answers).values()) <= 4  # of a shift's four tasks
    assert len(set(answers)) >= 3
    crew = Threads()
    assert sorted(work(range(12), do, crew, shift=2)) == [(n, n * n) for n in range(12)]
    assert crew.hired == 3


def test_only_its_own_workers_are_ended() -> None:
    stranger = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,))
    stranger.start()
    try:
        assert dict(work([1, "kill"], do, processes()))["kill"] == LostTask("died")
        assert stranger.is_alive()
    finally:
        stranger.kill()
        stranger.join()


def test_workers_end_with_an_iteration_that_is_given_up() -> None:
    before = set(multiprocessing.active_children())
    answers = work([*range(4), "hang", "hang"], do, processes())
    next(answers)
    at_work = set(multiprocessing.active_children()) - before
    assert at_work
    assert isinstance(answers, Generator)
    answers.close()
    assert not any(worker.is_alive() for worker in at_work)


def test_large_answers_come_through() -> None:
    found = list(work(["large"] * 6, do, processes()))
    assert [len(answer) for _, answer in found] == [3_000_000] * 6


# Its workers would wait for another task for ever, with all that it had open.
ORPHANS = """
import multiprocessing, sys, threading, time
from hrcpub.build.workers import work
from tests.build import test_workers

answers = work([1, 2, "hang", "hang"], test_workers.do, test_workers.processes())
next(answers), next(answers)
print(*(child.pid for child in multiprocessing.active_children()), flush=True)
time.sleep(600)
"""


def test_workers_end_when_their_parent_is_killed() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", ORPHANS], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with parent:
        orphans = [int(one) for one in parent.stdout.readline().split()]
        parent.kill()
    assert len(orphans) == 2
    last = time.monotonic() + 30
    while any(map(is_alive, orphans)):
        assert time.monotonic() < last, "they live on"
        time.sleep(0.02)


def is_alive(process: int) -> bool:
    """Return whether a process runs; one that nobody has asked about yet (a zombie) does not."""
    with contextlib.suppress(OSError):
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
        return stat.rpartition(")")[2].split()[0] != "Z"
    return False
