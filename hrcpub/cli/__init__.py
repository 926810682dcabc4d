"""The command line: arguments to plain calls, Reports and Problems to text that people read.

Only this package prints. Heavy libraries are imported inside the functions that need them, so
that `--help` and `list` answer at once.
"""

from __future__ import annotations

from hrcpub.loading import collect_seldom, leave_as_it_is

collect_seldom()  # before all else is loaded

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager

from hrcpub.cli.ending import tidy_ending

_STDERR = 2
_INTERRUPTED = 130  # as ExitCode has it, which is not loaded yet


def main() -> None:
    """Run the command line and leave with its exit code."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a letter that a terminal lacks becomes ?
            stream.reconfigure(errors="replace")
    try:
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:  # while that was loaded which tells of it
        if sys.stderr:
            sys.stderr.write("interrupted\n")
        code = _INTERRUPTED
    if code == _INTERRUPTED:
        _forget_interruption()
    leave_as_it_is()
    sys.exit(code)


def _forget_interruption() -> None:
    """Have the program end with its code, though it was interrupted.

    `python -m` ends by SIGINT when ^C has once left a text that was executed, as one is of which a
    data class is made, whoever caught it. Another text lets it forget that.
    """
    exec("")


def _run(words: Sequence[str]) -> int:
    with tidy_ending(), _what_is_slow(words):
        from hrcpub.cli.program import run

        return run()


def _open_streams() -> None:
    """Have a stream that the program was started without lead nowhere, for all that it starts too.

    Otherwise its number is given to what is opened first: a library's warnings then go into a file
    that is being written, or into a pipe.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= _STDERR:
        os.set_inheritable(number, True)
    os.close(number)


def _what_is_slow(words: Sequence[str]) -> AbstractContextManager[object]:
    """Return what loads, beside all that reads the words, what the command is sure to need."""
    if words[:1] != ["preflight"] or sum(word.lower().endswith(".pdf") for word in words) != 1:
        return contextlib.nullcontext()
    if any(word.startswith(("-h", "--h", "--proof")) for word in words):
        return contextlib.nullcontext()
    from hrcpub.pipeline.preflight import guard

    return guard.loading_ahead()
