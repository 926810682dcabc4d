"""What tests share: a project of their own, the command line, and other programs' eyes on PDFs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from hrcpub.files.sources import Sources
from tests.shared.project import MATERIALS, ROOT, Hrcpub, editions_of

# The same examples at every run, and no test fails because a machine is slow.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of this repository's project: materials, layouts, fonts, an empty output."""
    root = tmp_path / "project"
    root.mkdir()
    for folder in ("materials", "layouts", "fonts"):
        shutil.copytree(ROOT / folder, root / folder)
    (root / "output").mkdir()
    return root


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of this repository's materials in every edition; only to be read."""
    root = tmp_path_factory.mktemp("built")
    for folder in ("materials", "layouts", "fonts"):
        shutil.copytree(ROOT / folder, root / folder)
    bench = BuildWorker(BatchOptions(str(root), str(root / "output")))
    for name in MATERIALS:
        report = bench.do(Job(name, editions_of(name)))
        assert not report.failed, report.problems
    return root / "output"


@pytest.fixture
def sources(project: Path) -> Sources:
    """Return the files of the test's project."""
    return Sources(project)


@pytest.fixture
def bench(project: Path) -> BuildWorker:
    """Return a worker's place in the test's project."""
    return BuildWorker(BatchOptions(str(project), str(project / "output")))


@pytest.fixture
def hrcpub(project: Path) -> Hrcpub:
    """Return a function that runs `hrcpub` as a program of its own in the test's project."""

    def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "hrcpub", *arguments],
            cwd=project,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            **options,
        )

    return run
