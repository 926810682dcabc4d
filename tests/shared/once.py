"""What takes long to make, made once for all processes of a test run."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder, only to be read: whoever asks first makes it, all others wait for that."""
    folder = _shared(factory) / name

    def afresh() -> None:
        shutil.rmtree(folder, ignore_errors=True)  # of one who failed
        make(folder)

    _make(folder, afresh)
    return folder


def made_together(
    factory: pytest.TempPathFactory, name: str, parts: Iterable[str], make: Callable[[str], object]
) -> None:
    """Make each part once: those who ask at the same time share the work.

    Each takes the parts that nobody has begun, and waits for the others at the end.
    """
    base, left = _shared(factory), list(parts)
    for waiting in (fcntl.LOCK_NB, 0):
        left = [p for p in left if not _make(base / f"{name}-{p}", partial(make, p), waiting)]


def _make(at: Path, make: Callable[[], object], waiting: int = 0) -> bool:
    """Make something unless it is made; return False where another does, and nobody waits."""
    is_made = at.with_name(f"{at.name}.made")
    with at.with_name(f"{at.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | waiting)
        except BlockingIOError:
            return False
        if not is_made.exists():
            make()
            is_made.touch()
    return True


def _shared(factory: pytest.TempPathFactory) -> Path:
    """Return the run's folder, which its workers share."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
