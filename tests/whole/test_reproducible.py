"""The same words give the same bytes: anywhere, on any day, in any order."""

from __future__ import annotations

import datetime
import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from hrcpub.build.job import Job
from hrcpub.build.piece import build
from hrcpub.build.store import Store
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.project.edition import EDITIONS
from tests.shared.pairs import spread
from tests.shared.project import LARGER, MATERIALS, PIECES, copy_project, editions_of

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


@pytest.mark.parametrize("turn", [0, 1])
def test_bytes_are_the_same_in_another_folder_zone_locale_and_hash_seed(
    tmp_path: Path, wanted: dict[str, str], turn: int
) -> None:
    """Each piece is made elsewhere once: every other one here, and those between there.

    Between them the places make every edition, and the press's in both.
    """
    folder, jobs, editions, environment = ELSEWHERE[turn]
    root = copy_project(tmp_path / folder)
    names = MATERIALS[turn::2]
    every = [part for edition in editions for part in ("--edition", edition)]
    command = ["build", *names, "--jobs", jobs, *every]
    done = subprocess.run(
        [sys.executable, "-m", "hrcpub", "--project", root, *command],
        env=os.environ | environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert digests(root / "output") == of(names, editions, wanted)


def of(names: Sequence[str], editions: Sequence[str], found: dict[str, str]) -> dict[str, str]:
    """Return the digests of some pieces in some editions alone."""
    return {
        path: digest
        for path, digest in found.items()
        if Path(path).stem in names and Path(path).parent.name in editions
    }


def test_bytes_are_the_same_on_another_day_and_whatever_was_made_before(
    project: Path, wanted: dict[str, str]
) -> None:
    """When all contacts are due; in another order, one edition at a time, with what was parsed."""
    opened = Project(Sources(project, today=datetime.date(2031, 2, 28)))
    store = Store(opened.sources.root, project / "output")
    # Editions take turns: an edition is written from the same layout on any day.
    # What is on paper only until a day is not made any more.
    kept = [name for name in MATERIALS if "date" not in PIECES[name].written["words"]]
    made = [(name, edition) for name, edition in spread(kept, tuple(EDITIONS), 2)
            if edition in editions_of(name)]  # fmt: skip
    for name, edition in reversed(made):
        report = build(Job(name, (edition,)), opened, store)
        assert not report.failed
        codes = {problem.code for problem in report.all_problems}
        assert ("contact-due" in codes) == bool(PIECES[name].telephones)
    again = digests(project / "output")
    assert len(again) == len(made) > len(MATERIALS)
    assert again.items() <= wanted.items()
