"""What all processes of a test run would do before their first test, shared by them.

Why: half of what collecting takes in a fresh copy of the repository goes into compiling the tests'
modules, and much into what Hypothesis reads off ours. Both are kept in files: whoever comes second
finds them there.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


def is_one_of_many() -> bool:
    """Return whether this process is one of those that run a run's tests."""
    return "PYTEST_XDIST_WORKER" in os.environ


def import_together(config: pytest.Config) -> None:
    """Import the modules of the run's tests that no other process has begun to import.

    What is wrong with one is told when it is collected.
    """
    begun = Path(tempfile.gettempdir()) / "begun"
    begun.mkdir(exist_ok=True)
    names = list(_modules(config))
    start = len(names) * int(os.environ["PYTEST_XDIST_WORKER"][2:]) // _processes()
    for name in names[start:] + names[:start]:
        with contextlib.suppress(Exception):
            (begun / name).touch(exist_ok=False)
            importlib.import_module(name)


def _processes() -> int:
    return int(os.environ["PYTEST_XDIST_WORKER_COUNT"])


def _modules(config: pytest.Config) -> Iterator[str]:
    for asked in config.args:
        path = config.rootpath / asked.partition("::")[0]
        if path.is_relative_to(config.rootpath):
            for file in sorted(path.rglob("test_*.py")) if path.is_dir() else [path]:
                yield ".".join(file.relative_to(config.rootpath).with_suffix("").parts)


@contextlib.contextmanager
def one_by_one() -> Iterator[None]:
    """Let no other process of the run do the same at the same time."""
    with (Path(tempfile.gettempdir()) / "one-by-one.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
