"""What becomes of a program that is told to end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hrcpub.cli.ending import missing_readers
from tests.shared import forked
from tests.shared.project import copy_project

BEGIN = """
import os, signal, sys
from hrcpub.cli.ending import tidy_ending
signal.signal(signal.SIGHUP, signal.{before})
def tell(number):
    os.kill(os.getpid(), number)
with tidy_ending():
"""
TIDY = """
    try:
        tell(signal.SIGTERM)
    finally:
        print("tidied")
"""
TWICE = """
    try:
        tell(signal.SIGTERM)
    finally:
        tell(signal.SIGTERM)
        print("tidied")
"""
LOST = """
    import weakref
    class Thing: pass
    def die(reference):
        tell(signal.{told})
        for _ in range(9):  # in which it is raised, and lost
            pass
    try:
        thing = Thing()
        known = weakref.ref(thing, die)
        del thing
        signal.sigtimedwait([], 20)
    except KeyboardInterrupt:
        print("interrupted")
    finally:
        print("tidied")
"""
LATE = """
    import time, weakref
    class Thing: pass
    thing = Thing()
    def die(reference):
        tell(signal.SIGINT)
        for _ in range(9):
            pass
    known = weakref.ref(thing, die)
    del thing
time.sleep(0.1)
print("ended")
"""
HUNG_UP = """
    tell(signal.SIGHUP)
    print("goes on")
"""
AFTER = """
    pass
print(signal.getsignal(signal.SIGTERM) == signal.getsignal(signal.SIGHUP) == signal.SIG_DFL)
assert sys.unraisablehook is sys.__unraisablehook__
"""


@pytest.mark.parametrize(
    ("before", "program", "code", "said"),
    [
        ("SIG_DFL", TIDY, 143, "tidied\n"),
        ("SIG_DFL", TWICE, -15, ""),
        ("SIG_DFL", LOST.format(told="SIGTERM"), 143, "tidied\n"),
        ("SIG_DFL", LOST.format(told="SIGINT"), 0, "interrupted\ntidied\n"),
        ("SIG_DFL", LATE, 0, "ended\n"),
        ("SIG_DFL", HUNG_UP, 129, ""),
        ("SIG_IGN", HUNG_UP, 0, "goes on\n"),  # as nohup has it
        ("SIG_DFL", AFTER, 0, "True\n"),
    ],
)
def test_it_ends_tidily_when_it_is_told_once(
    before: str, program: str, code: int, said: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BEGIN.format(before=before) + program],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (code, said, "")


LOADING = """
import os, signal
import hrcpub.cli
import hrcpub.cli.program
def loading(standalone_mode):
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    except BaseException as error:
        raise ImportError("as pikepdf says it") from error
hrcpub.cli.program.cli = loading
hrcpub.cli.main()
"""


def test_what_a_library_makes_of_the_end_is_no_mistake_of_ours() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADING], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (143, "", "")


SERVING = """
import os, signal, sys, threading
from pathlib import Path
from hrcpub.cli.ending import tidy_ending
from hrcpub.studio.serving import listen, serve
def opened(address):
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGHUP)).start()
with tidy_ending():
    serve(Path(sys.argv[1]), listen(0), opened)
"""


@pytest.mark.usefixtures("hangs_up")
def test_the_studio_ends_without_a_word_when_its_terminal_is_closed(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")  # it keeps versions there
    done = subprocess.run(
        [sys.executable, "-c", SERVING, str(project)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (129, "", "")


@pytest.mark.parametrize(
    ("words", "errors"),
    [
        (("list",), subprocess.PIPE),
        (("explain", "--help"), subprocess.PIPE),
        (("build", "contact-card", "two-please", "--edition", "screen"), subprocess.PIPE),
        (("build", "no-such-piece"), subprocess.STDOUT),
    ],
    ids=["list", "help", "build", "mistake"],
)
def test_a_reader_who_leaves_ends_it_without_a_word(
    words: tuple[str, ...], errors: int, project: Path
) -> None:
    reads, writes = os.pipe()
    os.close(reads)  # as `head` does, once it has its lines
    with forked.popen(*words, cwd=project, stdout=writes, stderr=errors) as process:
        os.close(writes)
        _, said = process.communicate(timeout=120)
    assert (process.returncode, said or b"") == (128 + signal.SIGPIPE, b"")
    assert list(project.rglob("*.part")) == []


def test_another_pipe_that_breaks_is_a_mistake_of_ours() -> None:
    with pytest.raises(RuntimeError, match="own"), missing_readers():
        raise BrokenPipeError
