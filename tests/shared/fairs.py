"""A small event of its own: two materials for six sites, and what its folder holds."""

from __future__ import annotations

import contextlib
import hashlib
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hrcpub.cli import main
from tests.shared import forked
from tests.shared.project import copy_project

ALL = ("--zip", "all")  # what a zip packs may be at fault too
TWO = ("--jobs", "2")
WORDS = ("event", "build", "fair", *TWO, *ALL)
COMMAND = (sys.executable, "-m", "hrcpub", *WORDS)
SITES = ("north", "south", "east", "west", "van", "library")
NOT_COMPARED = {"build.log", ".lock", ".ledger"}

MANIFEST = """\
name: Fair of the Tests
date: 2030-06-12
place: Example Park
contact: {name: Ana Reyes, tel: (510) 555-0100}
delivery: {by: 2030-06-09}
items:
  - material: what-postcard
    languages: {en: 60}
    edition: office
    stock: 65 lb cover, yellow
    separators: yes
  - material: principles
    languages: {en: 20}
    edition: office
    stock: 20 lb bond, yellow
"""


def row(site: str, number: int, tel: int = 0) -> str:
    """Return a site's line; `tel` makes its telephone number another one."""
    return (
        f"{site},{site.title()} Example Clinic,{number} Example Street; Oakland,Mon-Fri 9-5,"
        f"(510) 555-01{tel}{number},https://example.org/{site},,"
    )


def write_sites(project: Path, tel: int = 0, rows: dict[str, str] | None = None) -> None:
    """Write the table of sites; `rows` has other lines for some, or none ("")."""
    lines = {site: row(site, number, tel) for number, site in enumerate(SITES, 1)}
    lines |= rows or {}
    head = "id,name,address,hours,tel,url,logo,logo-alt"
    text = "\n".join([head, *(line for line in lines.values() if line)]) + "\n"
    (project / "materials" / "sites.csv").write_text(text, encoding="utf-8")


def make_fair(root: Path) -> Path:
    """Return a project with the event `fair`."""
    copy_project(root)
    (root / "materials/events/fair.yaml").write_text(MANIFEST, encoding="utf-8")
    write_sites(root)
    return root


def folder_of(project: Path) -> Path:
    """Return the event's folder."""
    return project / "output/events/fair"


def files(folder: Path) -> dict[str, str]:
    """Return the digests of all that is in an event's folder, but of what tells of one build."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in NOT_COMPARED
    }


def build(project: Path, *arguments: str, event: str = "fair") -> subprocess.CompletedProcess[str]:
    """Build the event in this process, which spares it the start: two thirds of the time.

    It makes all itself, as one who starts two workers does (TWO): those parse for themselves.
    """
    command = ["hrcpub", "event", "build", event, "--jobs", "1", *ALL, *arguments]
    told, said = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        patch.setattr("sys.argv", command)
        with (
            contextlib.redirect_stdout(told),
            contextlib.redirect_stderr(said),
            pytest.raises(SystemExit) as end,
        ):
            main()
    code = end.value.code
    assert isinstance(code, int)
    return subprocess.CompletedProcess(command, code, told.getvalue(), said.getvalue())


def build_apart(
    project: Path, *arguments: str, timeout: float = 120, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Build the event in a process of its own; what hangs raises TimeoutExpired."""
    return forked.run(*WORDS, *arguments, cwd=project, timeout=timeout, **options)
