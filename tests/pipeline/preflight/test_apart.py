"""Work that is done in a process of its own: its answer, or why there is none."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hrcpub.pipeline.preflight.apart import ApartTask, done_apart

PATIENCE = 60.0  # seconds, of which a fraction is needed
ways = pytest.mark.parametrize("forks", [True, False], ids=["forked", "begun anew"])


def nothing() -> None:
    """Load nothing."""


def task(work: Callable[..., object], *arguments: object) -> ApartTask:
    return ApartTask(work, arguments, nothing, 60, 2 << 30)


def long_answer(size: int) -> bytes:
    """Return more than a pipe holds."""
    return b"x" * size


def broken() -> None:
    """Do what a mistake of ours would."""
    raise LookupError("no such thing")


def places() -> tuple[int, str]:
    """Return which process this is, and where it makes a temporary file, which it leaves there."""
    descriptor, path = tempfile.mkstemp()
    os.close(descriptor)
    return os.getpid(), path


@pytest.mark.slow(but=["1-forked", "3000000-begun anew"])
@ways
@pytest.mark.parametrize("size", [0, 1, 3_000_000])
def test_an_answer_of_any_size_comes_back(size: int, *, forks: bool) -> None:
    assert done_apart(task(long_answer, size), PATIENCE, forks=forks) == long_answer(size)


@ways
def test_a_mistake_of_ours_is_told_in_words(*, forks: bool) -> None:
    said = done_apart(task(broken), PATIENCE, forks=forks)
    assert said == (
        "something that preflight cannot handle (LookupError('no such thing'); please report it)"
    )


@ways
def test_a_process_that_dies_is_noticed(*, forks: bool) -> None:
    with pytest.raises(EOFError):
        done_apart(task(os._exit, 3), PATIENCE, forks=forks)


@ways
def test_a_process_that_takes_too_long_is_ended(*, forks: bool) -> None:
    with pytest.raises(TimeoutError):
        done_apart(task(time.sleep, 600), 0.2, forks=forks)


@ways
def test_it_is_another_process_and_nothing_of_its_files_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, forks: bool
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    answer = done_apart(task(places), PATIENCE, forks=forks)
    assert isinstance(answer, tuple)
    process, path = answer
    assert process != os.getpid()
    assert path.startswith(f"{tmp_path}/hrcpub-")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
