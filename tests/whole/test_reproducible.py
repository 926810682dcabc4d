"""The same words give the same bytes: anywhere, on any day, in any order."""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from hrcpub.build.piece import build
from hrcpub.build.store import Store
from hrcpub.files.cache import ParsedCache
from hrcpub.files.sources import Sources
from hrcpub.project.edition import EDITIONS
from tests.shared.project import LARGER, MATERIALS, ROOT, editions_of


def digests(output: Path) -> dict[str, str]:
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(output.glob("*/*.pdf"))
    }


def copy_of_the_project(root: Path) -> Path:
    root.mkdir(parents=True)
    for folder in ("materials", "layouts", "fonts"):
        shutil.copytree(ROOT / folder, root / folder)
    return root


@pytest.fixture(scope="module")
def wanted(built: Path) -> dict[str, str]:
    found = digests(built)
    assert len(found) == len(MATERIALS) * len(EDITIONS) - len(LARGER)
    assert len(set(found.values())) == len(found)
    return found


ELSEWHERE = [
    ("a", "1", {"TZ": "UTC", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "0"}),
    (
        "a much/deeper folder/with ünicode",
        "2",
        {"TZ": "Asia/Kolkata", "LC_ALL": "C.UTF-8", "LANG": "hi_IN", "PYTHONHASHSEED": "4711"},
    ),
    (
        "b",
        "2",
        {"TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "99", "HOME": "/"},
    ),
]


@pytest.mark.parametrize(("folder", "jobs", "environment"), ELSEWHERE)
def test_bytes_are_the_same_in_another_folder_zone_locale_and_hash_seed(
    tmp_path: Path, wanted: dict[str, str], folder: str, jobs: str, environment: dict[str, str]
) -> None:
    root = copy_of_the_project(tmp_path / folder)
    done = subprocess.run(
        [sys.executable, "-m", "hrcpub", "--project", root, "build", "--jobs", jobs],
        env=os.environ | environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert digests(root / "output") == wanted


@pytest.mark.parametrize("day", [datetime.date(2026, 11, 22), datetime.date(2031, 2, 28)])
def test_bytes_are_the_same_on_another_day(
    project: Path, wanted: dict[str, str], day: datetime.date
) -> None:
    sources = Sources(project, today=day)
    store = Store(sources.root, project / "output")
    for name in MATERIALS:
        report = build(Job(name, editions_of(name)), sources, ParsedCache(), store)
        assert not report.failed
        is_due = day > datetime.date(2027, 5, 22) and name not in LARGER  # it names no office
        assert ("contact-due" in {problem.code for problem in report.all_problems}) == is_due
    assert digests(project / "output") == wanted


def test_bytes_are_the_same_whatever_was_made_before(project: Path, wanted: dict[str, str]) -> None:
    """In another order, one edition at a time, by a worker that is warm."""
    bench = BuildWorker(BatchOptions(str(project), str(project / "output"), force=True))
    for edition in reversed(EDITIONS):
        for name in reversed([name for name in MATERIALS if edition in editions_of(name)]):
            assert not bench.do(Job(name, (edition,))).failed
    assert digests(project / "output") == wanted
