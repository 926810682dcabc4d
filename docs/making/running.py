"""A page's steps, carried out in an empty folder as a reader would, to what differs from the page.

Commands run in bash, one after the other, in the folder where the last one left. `$PICTURES` is a
folder for pictures that the page shows.
"""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from docs.making.page import Command, SavedFile, steps

ANYTHING = "…"  # on a line of its own: any lines; inside a line: any words
# What differs from run to run, and from machine to machine.
_FICKLE = (
    (re.compile(r"\d+\.\d s\b"), "0.0 s"),
    (re.compile(r"\d+ kB\b"), "0 kB"),
    (re.compile(r"\b20\d\d-\d\d-\d\d\b"), "2000-01-01"),
)
_CHECKED = datetime.timedelta(days=180)
_LIMIT = 120  # seconds that a command may take
WIDTH = 100  # characters, of the terminal that the pages show


def run_page(
    page: Path, folder: Path, kept: Path | None = None, programs: Path | None = None
) -> Iterator[str]:
    """Carry out a page in an empty folder; yield what differs, in words that name the line.

    `kept` is a folder for what commands keep for later ones, of other pages too; a reader has one,
    in which what earlier pages left is of use. None: one for this page alone. What is in the folder
    `programs` is found before what is installed beside this Python.
    """
    home = folder.resolve()
    environment = _environment(home, kept or home / ".cache", programs)
    (home / "pictures").mkdir(parents=True)
    place = home
    for step in steps(page):
        if isinstance(step, SavedFile):
            (place / step.path).write_text(fresh(step.text), encoding="utf-8")
        elif step.is_run:
            done = _run(step, place, environment)
            place = Path((home / ".place").read_text(encoding="utf-8").strip())
            yield from (f"{page.name}:{step.line}: {slip}" for slip in _slips(step, done))


def fresh(text: str) -> str:
    """Return a file's text with the days of its telephones as a reader has them: of today.

    Why: what a page shows would have to be checked again some day, and hrcpub would say so.
    """
    today = datetime.date.today()
    for name, day in (("verified", today), ("review-by", today + _CHECKED)):
        text = re.sub(rf"(?m)^(\s*{name}:).*$", rf"\g<1> {day}", text)
    return text


def _environment(home: Path, kept: Path, programs: Path | None) -> dict[str, str]:
    scripts = str(Path(sys.executable).parent)
    folders = [str(programs)] if programs else []
    return os.environ | {
        "PATH": os.pathsep.join((*folders, scripts, os.environ["PATH"])),
        "HOME": str(home),
        "XDG_CACHE_HOME": str(kept),  # as on any day: kept from command to command
        "PICTURES": str(home / "pictures"),
        "COLUMNS": str(WIDTH),
        "LC_ALL": "C.UTF-8",
    }


def _run(
    command: Command, place: Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a command in bash, which leaves in the home folder where it ended."""
    return subprocess.run(
        ["bash", "-c", f"trap 'pwd >\"$HOME/.place\"' EXIT\n{command.typed}"],
        cwd=place,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_LIMIT,
        check=False,
    )


def _slips(command: Command, done: subprocess.CompletedProcess[str]) -> Iterator[str]:
    """Yield how what a command did differs from what the page says."""
    if done.returncode != command.exit_code:
        yield (
            f"`{command.typed}` ended with {done.returncode}, not {command.exit_code}:\n"
            f"{done.stdout}"
        )
    elif command.printed and not is_printed(done.stdout, command.printed):
        shown = "\n".join(command.printed)
        yield f"`{command.typed}` printed\n{done.stdout}\nand not\n{shown}"


def is_printed(printed: str, shown: tuple[str, ...]) -> bool:
    """Return whether what a command printed is what a page shows."""
    pattern = "".join(_line_pattern(line) for line in _steady("\n".join(shown)).splitlines())
    return re.fullmatch(pattern + r"\n*", _steady(printed) + "\n") is not None


def _steady(text: str) -> str:
    """Return a text without what differs from run to run."""
    for pattern, instead in _FICKLE:
        text = pattern.sub(instead, text)
    return "\n".join(line.rstrip() for line in text.splitlines())


def _line_pattern(line: str) -> str:
    if line == ANYTHING:
        return r"(?:.*\n)*?"
    return re.escape(line).replace(re.escape(ANYTHING), ".*") + r"\n"
