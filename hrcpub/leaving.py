"""Programs that are told to end: by which signals, and how they get away, whatever they are at."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import NoReturn

# SIGHUP is a terminal's end; Windows has none.
TOLD = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
_ENDING = (signal.SIGINT, *TOLD)  # what stops a program that catches it
_AGAIN = 0.01  # seconds


def leave(code: int) -> NoReturn:
    """End the program by SystemExit, so that it tidies up."""
    raise_again(SystemExit, lambda: sys.exit(code))
    sys.exit(code)


def raise_again(kind: type[BaseException], again: Callable[[], object]) -> None:
    """From now on, call `again` a moment after an exception of a kind was lost: it raises it anew.

    Why: Python passes over whatever is raised in what a weak reference calls, or in a `__del__`. A
    program that was told to end, or ^C, then went on as if nothing had been said.
    """
    usual = sys.unraisablehook

    def now(number: int, frame: FrameType | None) -> None:
        again()

    def lost(what: sys.UnraisableHookArgs) -> None:
        if isinstance(what.exc_value, kind) and hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, now)
            signal.setitimer(signal.ITIMER_REAL, _AGAIN)
        else:
            usual(what)

    sys.unraisablehook = lost


def raise_no_more() -> None:
    """Forget what was lost a moment ago: the program is at its end, and would end in the midst."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextlib.contextmanager
def interrupted_after() -> Iterator[None]:
    """Let ^C, or being told to end, wait until a function has returned.

    Raised while a process forks or a pipe is deleted, it is written to the terminal and lost. So
    such a function is given no pipe: what its caller holds of one would be deleted after it. Raised
    while a library of C++ is loaded, it ends the program where it stands (pikepdf 10); while a
    thread begins, it may leave a lock that nobody opens any more.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: dict[int, None] = {}
    # What ignores a signal, or ends by it at once, may go on doing so.
    held = {number: raises for number in _ENDING if callable(raises := signal.getsignal(number))}
    for number in held:
        signal.signal(number, lambda number, frame: came.setdefault(number))
    try:
        yield
    finally:
        for number, raises in held.items():
            signal.signal(number, raises)
        for number in came:
            signal.raise_signal(number)
