"""The same words give the same bytes: anywhere, on any day, in any order."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from hrcpub.project.edition import EDITIONS
from tests.shared.project import LARGER, MATERIALS, PIECES, copy_project

pytestmark = pytest.mark.usefixtures("cold")  # nothing is taken from where it was made elsewhere


def digests(output: Path) -> dict[str, str]:
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(output.glob("*/*.pdf"))
    }


@pytest.fixture(scope="module")
def wanted(built: Path) -> dict[str, str]:
    found = digests(built)
    assert len(found) == len(MATERIALS) * len(EDITIONS) - len(LARGER)
    assert len(set(found.values())) == len(found)
    return found


# Runs a command on a day on which all contacts are due.
LATER = """
import datetime
class Later(datetime.date):
    @classmethod
    def today(cls):
        return cls(2031, 2, 28)
datetime.date = Later
from hrcpub.cli import main
main()
"""
# Besides this process itself, with its own.
ELSEWHERE = [
    (
        "a much/deeper folder/with ünicode",
        "2",
        ("screen", "press", "large-print"),
        {"TZ": "Asia/Kolkata", "LC_ALL": "C.UTF-8", "LANG": "hi_IN", "PYTHONHASHSEED": "4711"},
    ),
    (
        "b",
        "1",
        ("office", "press", "phone"),
        {"TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "0", "HOME": "/"},
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize("turn", [0, 1])
def test_bytes_are_the_same_anywhere_on_any_day_in_any_order(
    tmp_path: Path, wanted: dict[str, str], turn: int
) -> None:
    """Each piece is made elsewhere once: every other one here, and those between there.

    Between them the places make every edition, and the press's in both. All contacts are due there,
    and the last piece is made first. That an edition is the same by itself: `test_abreast.py`.
    """
    folder, jobs, editions, environment = ELSEWHERE[turn]
    root = copy_project(tmp_path / folder)
    names = MATERIALS[turn::2]
    # What is on paper only until a date is not made any more.
    later = [name for name in reversed(names) if "date" not in PIECES[name].written["words"]]
    dated = [name for name in names if name not in later]
    build = ["--project", str(root), "build", "--json", "--jobs", jobs]
    build += [f"--edition={edition}" for edition in editions]
    run_there = functools.partial(run, folder=tmp_path, environment=environment)
    reports = json.loads(run_there("-c", LATER, *build, *later))
    assert due_in(reports) == {name for name in later if PIECES[name].telephones}
    if dated:
        run_there("-m", "hrcpub", *build, *dated)
    assert digests(root / "output") == of(names, editions, wanted)


def run(*words: str, folder: Path, environment: dict[str, str]) -> str:
    """Return what a Python that is started anew prints."""
    done = subprocess.run(
        [sys.executable, *words],
        env=os.environ | environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def due_in(reports: list[Any]) -> set[str]:
    """Return the materials of which it is told that an office is to be called."""
    return {
        report["material"]
        for report in reports
        if any(problem["code"] == "contact-due" for problem in report["problems"])
    }


def of(names: Sequence[str], editions: Sequence[str], found: dict[str, str]) -> dict[str, str]:
    """Return the digests of some pieces in some editions alone."""
    return {
        path: digest
        for path, digest in found.items()
        if Path(path).stem in names and Path(path).parent.name in editions
    }
