"""Work that is done in a process of its own: its answer, or why there is none."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hrcpub.pipeline.preflight import guard
from hrcpub.pipeline.preflight.apart import ApartTask, Forked, done_apart
from hrcpub.problems import HrcpubError
from tests.shared.press_files import SHEETFED, changed

PATIENCE = 60.0  # seconds, of which a fraction is needed
ways = pytest.mark.parametrize("way", ["forked", "forked ahead", "begun anew"])


def nothing() -> None:
    """Load nothing."""


def task(work: Callable[..., object], *arguments: object) -> ApartTask:
    return ApartTask(work, arguments, nothing, 60, 2 << 30)


def done(task: ApartTask, seconds: float, way: str) -> object:
    """Return what becomes of a task, done in one of the ways."""
    ready = Forked(task.load) if way == "forked ahead" else None
    return done_apart(task, seconds, forks=way == "forked", ready=ready)


def long_answer(size: int) -> bytes:
    """Return more than a pipe holds."""
    return b"x" * size


def broken() -> None:
    """Do what a mistake of ours would."""
    raise LookupError("no such thing")


def leave() -> None:
    """End the process. `os._exit` itself cannot be sent while lines are counted."""
    os._exit(3)


def places() -> tuple[int, str]:
    """Return which process this is, and where it makes a temporary file, which it leaves there."""
    descriptor, path = tempfile.mkstemp()
    os.close(descriptor)
    return os.getpid(), path


@pytest.mark.slow(but=["1-forked", "3000000-begun anew"])
@ways
@pytest.mark.parametrize("size", [0, 1, 3_000_000])
def test_an_answer_of_any_size_comes_back(size: int, way: str) -> None:
    assert done(task(long_answer, size), PATIENCE, way) == long_answer(size)


@ways
def test_a_mistake_of_ours_is_told_in_words(way: str) -> None:
    said = done(task(broken), PATIENCE, way)
    assert said == (
        "something that preflight cannot handle (LookupError('no such thing'); please report it)"
    )


@ways
def test_a_process_that_dies_is_noticed(way: str) -> None:
    with pytest.raises(EOFError):
        done(task(leave), PATIENCE, way)


@ways
def test_a_process_that_takes_too_long_is_ended(way: str) -> None:
    with pytest.raises(TimeoutError):
        done(task(time.sleep, 600), 0.2, way)


@ways
def test_it_is_another_process_and_nothing_of_its_files_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    answer = done(task(places), PATIENCE, way)
    assert isinstance(answer, tuple)
    process, path = answer
    assert process != os.getpid()
    assert path.startswith(f"{tmp_path}/hrcpub-")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_one_that_is_forked_ahead_may_be_given_more_than_a_pipe_holds() -> None:
    data = b"x" * 3_000_000
    assert done(task(len, data), PATIENCE, "forked ahead") == len(data)


def test_the_process_that_is_ready_judges_the_first_file_and_others_have_their_own() -> None:
    with guard.loading_ahead():
        assert guard.judged(changed(), SHEETFED) == []
        assert guard.judged(changed(), SHEETFED) == []


def test_a_large_file_is_not_copied_to_the_process_that_is_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guard, "_HANDED", 0)
    with guard.loading_ahead():
        assert guard.judged(changed(), SHEETFED) == []


def test_a_process_that_the_system_refuses_is_told_with_a_way_out(full: None) -> None:
    before = set(Path("/proc/self/fd").iterdir())
    with guard.loading_ahead(), pytest.raises(HrcpubError) as told:  # one ahead is done without
        guard.judged(changed(), SHEETFED)
    [problem] = told.value.problems
    assert problem.code == "process-refused"
    assert "resource temporarily unavailable" in problem.message
    assert "--jobs 1" in problem.hint
    assert set(Path("/proc/self/fd").iterdir()) == before


def test_what_else_a_fork_says_is_a_mistake_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def fork() -> int:
        raise PermissionError(errno.EPERM, "not permitted")

    monkeypatch.setattr(os, "fork", fork)
    with pytest.raises(PermissionError):
        guard.judged(changed(), SHEETFED)
