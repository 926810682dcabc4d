"""An event's build as it goes: on a terminal, in a log, and where neither a bar nor JSON is."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

import pytest

from hrcpub.cli.event_progress import progress_of


@contextlib.contextmanager
def terminal() -> Iterator[list[str]]:
    """Let the error stream be a terminal; all that was written there is in the list at the end."""
    there, here = os.openpty()
    said = list[str]()
    with pytest.MonkeyPatch.context() as patch, os.fdopen(here, "w") as screen:
        patch.setenv("TERM", "xterm")
        patch.setattr("sys.stderr", screen)
        yield said
        screen.write("\n")  # else there may be nothing to read
        screen.flush()
        said.append(os.read(there, 65536).decode())
    os.close(there)


def build(log: list[str], *, as_json: bool = False) -> None:
    with progress_of(as_json, log.append) as progress:
        progress.begin("typesetting", 1)
        progress.done("shell")
        progress.begin("printing", 2)
        progress.done("a.pdf")
        progress.tell("the disk is full [x]")
        progress.done("b.pdf")


LOG = [
    "typesetting: 1 files",
    "done shell",
    "printing: 2 files",
    "done a.pdf",
    "the disk is full [x]",
    "done b.pdf",
]


def test_a_terminal_shows_each_step_and_how_far_it_is() -> None:
    log = list[str]()
    with terminal() as said:
        build(log)
    assert log == LOG
    for shown in ("typesetting", "1/1", "printing", "2/2"):
        assert shown in said[0]
    assert "the disk is full [x]\r\n" in said[0]  # a line above the bar, with its brackets


def test_what_is_no_terminal_gets_what_is_told_alone(capsys: pytest.CaptureFixture[str]) -> None:
    log = list[str]()
    build(log)
    assert log == LOG
    assert tuple(capsys.readouterr()) == ("", "the disk is full [x]\n")


def test_a_terminal_beside_json_shows_no_bar() -> None:
    with terminal() as said:
        build([], as_json=True)
    assert said == ["the disk is full [x]\r\n\r\n"]
