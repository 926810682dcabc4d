"""Many tasks by workers: whoever dies, hangs or raises costs itself, and nobody else."""

from __future__ import annotations

import contextlib
import inspect
import multiprocessing
import os
import random
import signal
import struct
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from hrcpub.build.futures import Futures
from hrcpub.build.processes import Processes
from hrcpub.build.workers import DIED, HUNG, LostTask, work
from hrcpub.problems import HrcpubError
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
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang":
            time.sleep(600)
        case "raise":
            raise LookupError("no such thing")
        case "half an answer":
            die_while_answering()
        case "cannot be sent":
            return lambda: None
        case "cannot be read":
            return Unreadable()
        case "process":
            return os.getpid()
        case "large":
            return b"x" * 3_000_000
    return task * task


class Unreadable:
    """What can be pickled, and raises when it is read."""

    def __reduce__(self) -> tuple[Any, ...]:
        return int, ("no number",)


def die_while_answering() -> None:
    """End as a worker does that is killed with half of a large answer written."""
    frame = inspect.currentframe()
    while frame and "pipe" not in frame.f_locals:
        frame = frame.f_back
    assert frame
    os.write(frame.f_locals["pipe"].fileno(), struct.pack("!i", 1_000_000) + b"half")
    os._exit(1)


def start() -> Callable[[Any], Any]:
    return do


@pytest.fixture
def processes() -> Iterator[Callable[..., Processes[Any, Any]]]:
    """Return what plans for worker processes, which are ended after the test."""
    with contextlib.ExitStack() as stack:
        yield lambda count=2, **limits: stack.enter_context(Processes(count, start, **limits))


def threads(
    do: Callable[[Any], Any] = do, silence_timeout: float | None = None
) -> Futures[Any, Any]:
    """Return workers that are threads: they can't die, but they can hang."""
    return Futures(lambda: ThreadPoolExecutor(2), 2, do, silence_timeout=silence_timeout)


@pytest.fixture(params=["processes", "threads"])
def pool(
    request: pytest.FixtureRequest, processes: Callable[..., Processes[Any, Any]]
) -> Processes[Any, Any] | Futures[Any, Any]:
    return processes() if request.param == "processes" else threads()


@pytest.mark.parametrize("tasks", [[], [3], list(range(MANY))], ids=["none", "one", "many"])
def test_every_task_is_done_once(
    pool: Processes[Any, Any] | Futures[Any, Any], tasks: list[int]
) -> None:
    assert sorted(work(tasks, pool)) == [(task, task * task) for task in tasks]


def test_tasks_that_are_foreseen_do_not_travel() -> None:
    """A worker that was forked when they were known has them; one that was not is sent them."""
    alone, sent = Rooted(lambda: 3), Rooted(int)
    with Processes[Any, Any](2, start, forks=True) as pool:
        pool.foresee([alone, sent])
        done = dict(work([alone, sent], pool))
        assert done == {alone: 9, sent: 0}
        later = Rooted(str)
        pool.foresee([later])  # by now all workers are there
        assert {result for _, result in work([later, sent], pool)} == {"", 0}
        with pytest.raises(AttributeError, match="pickle"):
            list(work([Rooted(lambda: 1)], pool))


def test_what_is_foreseen_does_not_travel_in_later_tasks() -> None:
    """What else such a task holds is sent, and it may well be None."""
    unsent, sent = Rooted(lambda: 3), Rooted(int)
    with Processes[Any, Any](1, start, forks=True) as pool:
        pool.foresee([2], [unsent])
        assert [result for _, result in work([2], pool)] == [4]
        pool.foresee([])
        assert [result for _, result in work([(unsent, sent)], pool)] == [(9, 0)]
        assert [result for _, result in work([Rooted(int, None)], pool)] == [0]


class Rooted:
    """A task that gives what its function does, squared if it is a number."""

    def __init__(self, make: Callable[[], Any], beside: object = "") -> None:
        self.make, self.beside = make, beside

    def __mul__(self, other: object) -> object:
        made = self.make()
        return made * made if isinstance(made, int) else made


def test_workers_stay_for_the_next_tasks(processes: Callable[..., Processes[Any, Any]]) -> None:
    pool = processes(1)
    first, second = (list(work(["process"], pool)) for _ in range(2))
    assert first == second


def test_what_is_done_meanwhile_is_done_once_before_any_answer_is_waited_for(
    processes: Callable[..., Processes[Any, Any]],
) -> None:
    told: list[str] = []
    workers = processes(2)

    def meanwhile() -> None:
        told.append("meanwhile")
        assert not workers.is_idle

    for task, _ in work(range(5), workers, meanwhile=meanwhile):
        told.append(str(task))
    assert told[0] == "meanwhile"
    assert sorted(told[1:]) == ["0", "1", "2", "3", "4"]


def test_answers_come_as_they_are_done_not_all_at_the_end() -> None:
    begun = threading.Event()

    def wait(task: int) -> int:
        if task == MANY - 1:
            assert begun.wait(60)
        return task

    answers = work(range(MANY), threads(wait))
    next(answers)
    begun.set()
    assert len(list(answers)) == MANY - 1


@pytest.mark.parametrize(
    ("guilty", "how", "seconds"),
    # Long enough for the others where many processes have the machine.
    [("exit", DIED, 60), ("kill", DIED, 60), ("hang", HUNG, 2), ("half an answer", DIED, 60)],
)
def test_who_takes_a_worker_along_is_lost_alone(
    guilty: str, how: str, seconds: float, processes: Callable[..., Processes[Any, Any]]
) -> None:
    numbers = list(range(12))
    tasks = [*numbers[:5], guilty, *numbers[5:]]
    found = dict(work(tasks, processes(task_timeout=seconds)))
    assert found.pop(guilty) == LostTask(how)
    assert found == {number: number * number for number in numbers}


def test_several_guilty_ones_are_all_found(processes: Callable[..., Processes[Any, Any]]) -> None:
    tasks = [0, "kill", 1, "exit", 2, "kill", 3]
    found = list(work(tasks, processes()))
    assert Counter(answer for _, answer in found) == {LostTask(DIED): 3, 0: 1, 1: 1, 4: 1, 9: 1}


def test_a_worker_that_cannot_start_loses_its_tasks_and_ends() -> None:
    pool: Processes[Any, Any] = Processes(2, os._exit, (1,))
    with pool:
        assert dict(work([1, 2], pool)) == {1: LostTask(DIED), 2: LostTask(DIED)}


@pytest.mark.slow
def test_workers_that_are_killed_at_any_moment_lose_no_task(
    processes: Callable[..., Processes[Any, Any]],
) -> None:
    """Their large answers are half written often: each task is tried again, none waits for ever."""
    chance, over, pool = random.Random(7), threading.Event(), processes()
    before = set(multiprocessing.active_children())
    killed = []

    def kill() -> None:
        while not over.wait(chance.random() / 50):
            for worker in {*multiprocessing.active_children()} - before:
                killed.append(worker.pid)
                worker.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        found = list(work(["large"] * MANY, pool))
    finally:
        over.set()
        killer.join()
    assert killed
    assert len(found) == MANY
    assert {answer if isinstance(answer, LostTask) else len(answer) for _, answer in found} <= {
        3_000_000,
        LostTask(DIED),
    }


def test_a_task_is_parted_until_the_guilty_part_is_alone(
    processes: Callable[..., Processes[Any, Any]],
) -> None:
    tasks = [(1, 2), (3, "kill", 5), (6,)]
    found = dict(work(tasks, processes(), split=lambda task: [(one,) for one in task]))
    assert found.pop(("kill",)) == LostTask(DIED)
    assert found == {(1, 2): (1, 4), (3,): (9,), (5,): (25,), (6,): (36,)}


def test_a_task_that_raises_is_lost_with_its_reason(
    pool: Processes[Any, Any] | Futures[Any, Any],
) -> None:
    found = dict(work([1, "raise", 2], pool))
    lost = found.pop("raise")
    assert isinstance(lost, LostTask)
    assert lost.how == "LookupError: no such thing"
    assert isinstance(lost.error, LookupError)
    assert found == {1: 1, 2: 4}


def test_the_place_of_what_a_worker_raised_comes_with_it(
    processes: Callable[..., Processes[Any, Any]],
) -> None:
    ((_, lost),) = work(["raise"], processes())
    assert 'raise LookupError("no such thing")' in "".join(lost.error.__notes__)


@pytest.mark.parametrize("task", ["cannot be sent", "cannot be read"])
def test_an_answer_that_does_not_travel_costs_its_own_task(
    task: str, processes: Callable[..., Processes[Any, Any]]
) -> None:
    found = dict(work([1, task, 2], processes(1)))
    assert isinstance(found.pop(task).error, Exception)
    assert found == {1: 1, 2: 4}


def test_a_thread_that_hangs_is_left_behind() -> None:
    is_over = threading.Event()

    def hang(task: int) -> int:
        if task == 3:
            is_over.wait(60)
        return task

    try:
        found = dict(work(range(8), threads(hang, silence_timeout=0.3)))
    finally:
        is_over.set()
    assert found.pop(3) == LostTask(HUNG)
    assert sorted(found.values()) == [0, 1, 2, 4, 5, 6, 7]


class Broken(Executor):
    """An executor whose workers are dead."""

    def submit(self, *task: Any, **options: Any) -> Future[Any]:
        raise BrokenExecutor


def test_an_executor_that_broke_is_replaced() -> None:
    executors = [Broken(), ThreadPoolExecutor(2)]
    pool: Futures[Any, Any] = Futures(lambda: executors.pop(0), 1, do)
    assert sorted(work([1, 2], pool)) == [(1, 1), (2, 4)]


def test_what_an_executor_tells_of_a_death_is_tried_once_more() -> None:
    tried: list[int] = []

    def die(task: int) -> int:
        tried.append(task)
        if task == 2:
            raise ConnectionError
        return task

    pool: Futures[Any, Any] = Futures(
        lambda: ThreadPoolExecutor(1), 1, die, is_death=lambda error: isinstance(error, OSError)
    )
    assert dict(work([1, 2, 3], pool)) == {1: 1, 2: LostTask(DIED), 3: 3}
    assert sorted(tried) == [1, 2, 2, 3]


def test_a_task_whose_answer_lacks_something_is_done_again_with_it() -> None:
    def again(task: int, answer: int) -> int | None:
        return task + 100 if task < 100 else None

    found = dict(work([1, 2], threads(), again=again))
    assert found == {101: 101 * 101, 102: 102 * 102}


def test_after_so_many_tasks_another_worker_comes(
    processes: Callable[..., Processes[Any, Any]],
) -> None:
    answers = [answer for _, answer in work(["process"] * 12, processes(max_tasks=2))]
    assert max(Counter(answers).values()) == 2
    assert len(answers) == 12


def test_only_its_own_workers_are_ended(processes: Callable[..., Processes[Any, Any]]) -> None:
    stranger = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,))
    stranger.start()
    try:
        assert dict(work([1, "kill"], processes()))["kill"] == LostTask(DIED)
        assert stranger.is_alive()
    finally:
        stranger.kill()
        stranger.join()


def test_workers_end_with_an_iteration_that_is_given_up(
    processes: Callable[..., Processes[Any, Any]],
) -> None:
    before = set(multiprocessing.active_children())
    answers = work([*range(4), "hang", "hang"], processes())
    next(answers)
    at_work = set(multiprocessing.active_children()) - before
    assert at_work
    list(zip(range(3), answers, strict=False))
    answers.close()
    assert not any(worker.is_alive() for worker in at_work)


def test_large_answers_and_large_tasks_come_through(
    processes: Callable[..., Processes[Any, Any]],
) -> None:
    found = list(work([*["large"] * 6, (1,) * 1_000_000], processes()))
    assert sorted(len(answer) for _, answer in found) == [1_000_000, *[3_000_000] * 6]


# Its workers would wait for another task for ever, with all that it had open.
ORPHANS = """
import multiprocessing, sys, threading, time
from hrcpub.build.processes import Processes
from hrcpub.build.workers import work
from tests.build import test_workers

answers = work([1, 2, "hang", "hang"], Processes(2, test_workers.start))
next(answers), next(answers)
print(*(child.pid for child in multiprocessing.active_children()), flush=True)
time.sleep(600)
"""


def test_workers_end_when_their_parent_is_killed() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", ORPHANS], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with parent:
        assert parent.stdout
        orphans = [int(process) for process in parent.stdout.readline().split()]
        parent.kill()
    assert len(orphans) == 2
    last = time.monotonic() + 30
    while any(map(is_alive, orphans)):
        assert time.monotonic() < last, "they live on"
        time.sleep(0.02)


# ^C at any moment: while workers start, answer, are ended.
INTERRUPTED = """
import sys
from hrcpub.build.processes import Processes
from hrcpub.build.workers import work
from tests.build import test_workers

try:
    print("ready", flush=True)
    while True:
        with Processes(2, test_workers.start, max_tasks=3) as pool:
            for _ in work(["large"] * 8, pool):
                pass
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.slow(but=["1"])
@pytest.mark.parametrize("moment", range(8))
def test_interrupted_at_any_moment_it_leaves_no_worker_and_says_nothing(moment: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        time.sleep(moment * 0.017)
        os.killpg(process.pid, signal.SIGINT)
        try:
            _, said = process.communicate(timeout=30)
        finally:
            process.kill()  # one that goes on would be waited for without end
    assert (process.returncode, said) == (130, "")
    assert not any(is_of(process.pid, int(path.name)) for path in Path("/proc").glob("[0-9]*"))


def is_of(session: int, process: int) -> bool:
    """Return whether a process runs, and belongs to a session."""
    with contextlib.suppress(OSError):
        return is_alive(process) and os.getsid(process) == session
    return False


def is_alive(process: int) -> bool:
    """Return whether a process runs; one that nobody has asked about yet (a zombie) does not."""
    with contextlib.suppress(OSError):
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
        return stat.rpartition(")")[2].split()[0] != "Z"
    return False


LOST = """
import os, signal, weakref
from hrcpub.build.processes import _leave
class Thing:
    pass
def die(reference):
    os.kill(os.getpid(), signal.SIGTERM)
    for _ in range(9):  # in which it is raised, and lost
        pass
signal.signal(signal.SIGTERM, _leave)
try:
    thing = Thing()
    known = weakref.ref(thing, die)
    del thing
    signal.pause()
finally:
    print("tidied")
"""


def test_a_worker_that_is_ended_amid_what_loses_errors_ends_all_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOST], capture_output=True, text=True, check=False, timeout=20
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "tidied\n", "")


def test_a_worker_that_the_system_refuses_is_told(full: None) -> None:
    with Processes[str, str](2, start) as pool, pytest.raises(HrcpubError) as told:
        pool.give("task")
    assert [problem.code for problem in told.value.problems] == ["process-refused"]
