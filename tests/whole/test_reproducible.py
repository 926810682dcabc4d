"""The same words give the same bytes: anywhere, on any day, in any order."""

from __future__ import annotations

import datetime
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hrcpub.build.job import Job
from hrcpub.build.piece import build
from hrcpub.build.store import Store
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.project.edition import EDITIONS
from tests.shared.project import LARGER, MATERIALS, copy_project, editions_of


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


# Besides this process itself, with its own.
ELSEWHERE = [
    (
        "a much/deeper folder/with ünicode",
        "2",
        {"TZ": "Asia/Kolkata", "LC_ALL": "C.UTF-8", "LANG": "hi_IN", "PYTHONHASHSEED": "4711"},
    ),
    (
        "b",
        "1",
        {"TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "0", "HOME": "/"},
    ),
]


@pytest.mark.parametrize(("folder", "jobs", "environment"), ELSEWHERE)
def test_bytes_are_the_same_in_another_folder_zone_locale_and_hash_seed(
    tmp_path: Path, wanted: dict[str, str], folder: str, jobs: str, environment: dict[str, str]
) -> None:
    root = copy_project(tmp_path / folder)
    every = [part for edition in EDITIONS for part in ("--edition", edition)]
    done = subprocess.run(
        [sys.executable, "-m", "hrcpub", "--project", root, "build", "--jobs", jobs, *every],
        env=os.environ | environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert digests(root / "output") == wanted


def test_bytes_are_the_same_on_another_day_and_whatever_was_made_before(
    project: Path, wanted: dict[str, str]
) -> None:
    """When all contacts are due; in another order, one edition at a time, with what was parsed."""
    opened = Project(Sources(project, today=datetime.date(2031, 2, 28)))
    store = Store(opened.sources.root, project / "output")
    for edition in reversed(EDITIONS):
        for name in reversed([name for name in MATERIALS if edition in editions_of(name)]):
            report = build(Job(name, (edition,)), opened, store)
            assert not report.failed
            codes = {problem.code for problem in report.all_problems}
            assert ("contact-due" in codes) == (name not in LARGER)  # it names no office
    assert digests(project / "output") == wanted
