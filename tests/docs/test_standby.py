"""`hrcpub` that is loaded already does what the installed one does, and ends with who asked."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

COMMANDS = """\
hrcpub --version
hrcpub init demo --name "Night Van" --paper letter
cd demo
hrcpub build --edition screen --json | tr -d '0-9'
echo "layout: brief" | hrcpub export no-such-piece
echo "ended with $?"
hrcpub nope >&2
"""


def environment(folder: Path, programs: Path) -> dict[str, str]:
    path = os.pathsep.join((str(programs), os.environ["PATH"]))
    own = {"PATH": path, "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": str(folder / "kept")}
    return os.environ | own


class Done(NamedTuple):
    """What commands printed, how the last one ended, and the digests of what is there now."""

    printed: str
    complained: str
    code: int
    files: dict[str, str]


def carried_out(folder: Path, programs: Path) -> Done:
    folder.mkdir()
    done = subprocess.run(
        ["bash", "-c", COMMANDS],
        cwd=folder,
        env=environment(folder, programs),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    files = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.glob("demo/**/*")
        if path.is_file() and path.suffix in (".pdf", ".yaml", ".css", ".html", ".ttf")
    }
    printed, complained = (text.replace(str(folder), "") for text in (done.stdout, done.stderr))
    return Done(printed, complained, done.returncode, files)


@pytest.mark.slow
def test_commands_do_the_same_as_those_that_start_by_themselves(
    tmp_path: Path, ready: Path
) -> None:
    found = carried_out(tmp_path / "ready", ready)
    wanted = carried_out(tmp_path / "installed", Path(sys.executable).parent)
    assert found == wanted
    assert "ended with 1" in found.printed
    assert found.code == 2
    assert any(path.endswith(".pdf") for path in found.files)


def test_what_was_asked_for_is_ended_with_who_asked(tmp_path: Path, ready: Path) -> None:
    """Else a page whose command takes too long would leave it behind."""
    own = environment(tmp_path, ready)
    subprocess.run(["hrcpub", "init", "demo", "--name", "Us", "--paper", "letter"],
                   cwd=tmp_path, env=own, check=True, capture_output=True)  # fmt: skip
    with subprocess.Popen(
        [ready / "hrcpub", "build", "--watch", "--edition", "screen"],
        cwd=tmp_path / "demo",
        env=own,
        stderr=subprocess.STDOUT,
        stdout=subprocess.PIPE,
    ) as asker:
        assert asker.stdout
        assert asker.stdout.readline()
        asker.kill()
        asker.stdout.read()  # to the end: nobody is left who could write
