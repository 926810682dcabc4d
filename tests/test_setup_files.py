"""The files that set the project up agree with each other."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.shared.project import ROOT

PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)(.*)$", re.MULTILINE)


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def recipe(*target: str) -> list[str]:
    """Return the commands that make would run, whether make runs this test or not."""
    given = ("MAKE", "ALL", "COVERAGE")  # what is said to make is in the environment of all it runs
    alone = {name: value for name, value in os.environ.items() if not name.startswith(given)}
    return subprocess.run(
        ["make", "--dry-run", *target],
        cwd=ROOT,
        env=alone,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()


def pins(path: str) -> dict[str, str]:
    """Return a lock's exact versions by name."""
    return {name.lower(): version for name, version, _ in PIN.findall(text(path))}


def test_development_has_every_version_that_users_and_the_site_have() -> None:
    runtime, site, development = (pins(f"requirements{name}.txt") for name in ("", "-docs", "-dev"))
    assert len(runtime) > 10
    assert runtime.items() < site.items() < development.items()


def test_weasyprint_is_pinned_to_one_release_everywhere() -> None:
    declared = tomllib.loads(text("pyproject.toml"))["project"]["dependencies"]
    assert [one for one in declared if one.startswith("weasyprint")] == ["weasyprint==70.0"]
    assert pins("requirements.txt")["weasyprint"] == "70.0"


def test_every_dependency_that_is_declared_is_locked() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    for lock, declared in {
        "requirements.txt": project["dependencies"],
        "requirements-docs.txt": [
            *project["dependencies"],
            *project["optional-dependencies"]["docs"],
        ],
        "requirements-dev.txt": project["optional-dependencies"]["dev"],
    }.items():
        names = [re.split("[<>=~ ]", one)[0].lower() for one in declared]
        assert names
        assert set(names) <= set(pins(lock)), lock


def test_locks_name_no_index_and_every_version_has_hashes() -> None:
    for lock in ("requirements.txt", "requirements-docs.txt", "requirements-dev.txt"):
        content = text(lock)
        assert not re.search(r"--(extra-)?index-url|--find-links|--trusted-host|://", content)
        entries = re.split(r"\n(?=[A-Za-z0-9])", content)
        pinned = [entry for entry in entries if PIN.match(entry)]
        assert pinned
        assert all("--hash=sha256:" in entry for entry in pinned), lock


def test_ci_runs_what_everybody_runs() -> None:
    path = ROOT / ".ci" / "run"
    lines = [line for line in text(".ci/run").splitlines() if line and not line.startswith("#")]
    assert lines[-1] == "exec make test ALL=1"
    assert os.access(path, os.X_OK)


CHECKS = ["ruff check", "ruff format --check", "mypy"]


@pytest.mark.parametrize(
    ("coverage", "commands"),
    [
        ("", [*CHECKS, "python -m pytest"]),
        ("1", [*CHECKS, "coverage erase", "coverage run -m pytest", "coverage combine",
               "coverage report"]),
    ],
)  # fmt: skip
def test_make_test_lints_checks_types_and_runs_all_tests(
    coverage: str, commands: list[str]
) -> None:
    lines = recipe("test", "ALL=1", f"COVERAGE={coverage}")
    told = [line.partition(".venv/bin/")[2] for line in lines if ".venv/bin" in line]
    assert len(told) == len(commands)
    for line, command in zip(told, commands, strict=True):
        assert line.startswith(command)


def test_make_test_leaves_slow_tests_out_unless_all_are_asked_for() -> None:
    [quick], [whole] = (
        [line for line in recipe("test", *which) if "-m pytest" in line]
        for which in ((), ("ALL=1",))
    )
    assert quick.split() == [*whole.split(), "--quick"]


def test_the_site_is_made_afresh_with_warnings_as_errors() -> None:
    setup, build = recipe("docs")[:2]
    assert setup == "sh tools/setup.sh docs"
    assert "sphinx-build --fail-on-warning --keep-going --fresh-env" in build


def test_the_command_is_declared() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    assert project["scripts"] == {"hrcpub": "hrcpub.cli:main"}


# Programs of a bare system: what they are asked is noted, and no package can be installed. As on a
# new image, apt knows of packages when it has brought its lists.
BARE = {
    "apt-get": 'echo "$*" >>apt.log; case $* in *update) touch lists;; *) exit 1;; esac',
    "apt-cache": '[ -e lists ] && [ "$KNOWN" = "$2" ]',
    "id": "echo 0",
    "mkdir": "",
    "python3.13": "",  # with all that is asked for
}
NEEDED = ("cat", "cksum", "dirname", "env", "mktemp", "rm", "sed", "sh", "touch", "uname")


def asked_for(folder: Path, known: str, there: str = "true") -> list[list[str]]:
    """Return the packages that set-up asks apt-get for, again and again; `there` is a program."""
    (folder / "tools").mkdir()
    shutil.copy(ROOT / "tools/setup.sh", folder / "tools")
    programs = folder / "bin"
    programs.mkdir()
    for name in NEEDED:
        (programs / name).symlink_to(str(shutil.which(name)))
    for name, does in (BARE | {there: ""}).items():
        (programs / name).write_text(f"#!/bin/sh\n{does}\n")
        (programs / name).chmod(0o755)
    told = {"PATH": str(programs), "KNOWN": known}
    command = ["sh", "tools/setup.sh", "dev"]
    done = subprocess.run(command, cwd=folder, env=told, capture_output=True, text=True)
    assert "Missing from this system" in done.stderr
    lines = (folder / "apt.log").read_text().splitlines()
    return [line.split() for line in lines if " install " in line]


@pytest.mark.parametrize(
    ("known", "package"),
    [("chromium-headless-shell", "chromium-headless-shell"), ("chromium", "chromium")],
    ids=["Debian", "Ubuntu"],
)
def test_chromium_without_windows_is_installed_where_apt_knows_it(
    known: str, package: str, tmp_path: Path
) -> None:
    before, after = asked_for(tmp_path, known)
    assert "qpdf" in before
    assert {one for one in after if "chromium" in one} == {package}


@pytest.mark.parametrize("there", ["chromium", "google-chrome"])
def test_no_other_chromium_is_installed_where_there_is_one(there: str, tmp_path: Path) -> None:
    _, asked = asked_for(tmp_path, "chromium-headless-shell", there)
    assert "qpdf" in asked
    assert not any("chromium" in one for one in asked)


INTERRUPTED = """
import signal
def count():
    pass
signal.signal(signal.SIGALRM, signal.default_int_handler)
for number in range(50):
    try:
        signal.setitimer(signal.ITIMER_REAL, 1e-3 + number * 1e-6)
        while True:
            count()
    except KeyboardInterrupt:
        pass
print("ended")
"""


def test_a_program_whose_lines_are_counted_goes_on_after_every_interruption(tmp_path: Path) -> None:
    """Each of them mostly comes while coverage.py notes that a function was called."""
    (tmp_path / "interrupted.py").write_text(INTERRUPTED, encoding="utf-8")
    environment = {name: os.environ[name] for name in os.environ if "COVERAGE" not in name}
    done = subprocess.run(
        [sys.executable, "-m", "coverage", "run", "--source=.", f"--rcfile={ROOT}/pyproject.toml",
         f"--data-file={tmp_path}/counted", "interrupted.py"],
        cwd=tmp_path, env=environment | {"COVERAGE_CORE": "ctrace", "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "ended\n", "")
