"""The office for all tests here: it is started once, and ends with them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.printing.arrived import ArrivedSide, read
from tests.printing.desks import DESKS
from tests.shared.project import ROOT

PROGRAMS = (
    "cupsd", "lpadmin", "ippeveprinter", "ipptool", "avahi-daemon", "dbus-daemon", "unshare", "ip",
    "pdftoppm", "rastertopwg",
)  # fmt: skip
ELSEWHERE = ("/usr/sbin", "/sbin", "/usr/lib/cups/filter")
HRCPUB = (sys.executable, "-m", "hrcpub")
WAY = "sh tools/setup.sh dev; or: apt install cups cups-ipp-utils cups-filters avahi-daemon dbus"
ASKED = """{
 OPERATION Get-Jobs
 GROUP operation-attributes-tag
 ATTR charset attributes-charset utf-8
 ATTR naturalLanguage attributes-natural-language en
 ATTR uri printer-uri $uri
 ATTR keyword which-jobs completed
 ATTR keyword requested-attributes all
}
"""


class Office:
    """A network with printers and nothing else, and what arrived at each."""

    def __init__(self, folder: Path, process: subprocess.Popen[str]) -> None:
        """Take a folder for all spools, and the program inside."""
        self.folder, self._process = folder, process

    def run(
        self, *command: str, folder: Path | None = None, typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a command inside, and return what became of it."""
        return self._asked("command", command, folder, typed)

    def hrcpub(
        self, *words: str, folder: Path | None = None, typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run hrcpub inside, in a process of its own that need not load it."""
        return self._asked("hrcpub", words, folder, typed)

    def _asked(
        self, what: str, words: tuple[str, ...], folder: Path | None, typed: str
    ) -> subprocess.CompletedProcess[str]:
        assert self._process.stdin
        assert self._process.stdout
        asked = {what: words, "folder": str(folder or self.folder), "input": typed}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return subprocess.CompletedProcess(words, answer["code"], answer["out"], answer["err"])

    def arrived(self, desk: str) -> list[ArrivedSide]:
        """Return the sides that a printer was handed last."""
        files = [path for path in (self.folder / desk).iterdir() if path.suffix != ".prn"]
        return read(max(files, key=lambda path: int(path.name.partition("-")[0])))

    def told(self, desk: str) -> Mapping[str, str]:
        """Return what a printer was told with its last job, by the names of IPP."""
        port = next(each.port for each in DESKS if each.name == desk)
        (self.folder / "jobs.test").write_text(ASKED)
        test = str(self.folder / "jobs.test")
        said = self.run("ipptool", "-tv", f"ipp://localhost:{port}/ipp/print", test).stdout
        last = said.partition("status-code")[2].partition("-- separator --")[0]  # the newest first
        return dict(re.findall(r"^ +([a-z-]+) \([^)]*\)+ = (.*)$", last, re.MULTILINE))


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """Return an office with five printers, in a network namespace of its own."""
    for name in PROGRAMS:
        found = shutil.which(name, path=os.pathsep.join((os.environ["PATH"], *ELSEWHERE)))
        assert found, f"{name} is not there: {WAY}"
    # Not among the temporary files of pytest, which are closed to others: CUPS' filters are others.
    folder = Path(tempfile.mkdtemp(prefix="hrcpub-office-"))
    folder.chmod(0o755)
    try:
        yield from _open(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _open(folder: Path) -> Iterator[Office]:
    """Start the office in a folder, and end it."""
    command = [
        "unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc",
        sys.executable, "-m", "tests.printing.office", str(folder),
    ]  # fmt: skip
    if os.geteuid() != 0:
        command = ["sudo", "-n", "-E", *command]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin"},
    ) as process:
        assert process.stdin
        assert process.stdout
        if not process.stdout.readline():
            said = process.communicate()[1]
            pytest.fail(f"no network namespace (it wants root, or sudo without a password): {said}")
        yield Office(folder, process)
        process.stdin.close()
        process.wait()
