"""How the program ends when it is told to, or nobody reads on.

It is told by `kill`, or because its terminal was closed. Who reads leaves as `head` does.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from collections.abc import Iterator

from hrcpub.leaving import TOLD, leave, raise_again, raise_no_more

_STREAMS = (1, 2)  # what is said, and what is told of errors

_codes: list[int] = []  # what the program ends with, once it was told to


@contextlib.contextmanager
def tidy_ending() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the program as ^C does: workers are ended, and folders removed.

    Why: the system's own way ends it where it stands, and each time some megabytes of fonts stay
    among the temporary files. A second signal ends it that way. What ignores a signal, as nohup
    lets it, goes on ignoring it.
    """
    _codes.clear()
    before = sys.unraisablehook
    raise_again(KeyboardInterrupt, lambda: signal.raise_signal(signal.SIGINT))
    ours = [number for number in TOLD if signal.getsignal(number) == signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)
        sys.unraisablehook = before
        raise_no_more()


def code_when_told() -> int | None:
    """Return what the program ends with since it was told to; None while it was not.

    Why: a library that is being loaded makes an ImportError of whatever is raised meanwhile.
    """
    return _codes[0] if _codes else None


def _end(number: int, frame: object) -> None:
    signal.signal(number, signal.SIG_DFL)
    _codes.append(128 + number)  # which is what shells call a program that a signal has ended
    leave(_codes[0])


class ReaderLeftError(Exception):
    """Whoever read what the program says has left: no mistake of anybody's."""


@contextlib.contextmanager
def missing_readers() -> Iterator[None]:
    """Raise ReaderLeftError where something could not be said, since nobody reads it any more.

    The rest, as what is still to be written at the end, then goes nowhere. Another pipe that broke
    is our own mistake: of that, too, Click would make an end without a word.
    """
    try:
        yield
    except BrokenPipeError as error:
        left = [number for number in _STREAMS if _has_no_reader(number)]
        if not left:
            raise RuntimeError("a pipe of the program's own broke") from error
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for number in left:
            os.dup2(nowhere, number)
        os.close(nowhere)
        raise ReaderLeftError from None


def _has_no_reader(number: int) -> bool:
    poll = select.poll()
    poll.register(number, 0)
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0))
