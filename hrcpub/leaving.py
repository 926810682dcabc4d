"""Programs that are told to end: by which signals, and how they get away, whatever they are at."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import NoReturn

# SIGHUP is a terminal's end; Windows has none.
TOLD = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
_AGAIN = 0.01  # seconds


def leave(code: int) -> NoReturn:
    """End the program by SystemExit, so that it tidies up.

    A moment later it is raised once more where it was lost: Python passes over whatever is raised
    in what a weak reference calls, or in a `__del__`, and a program that is told to end then went
    on for ever.
    """
    usual = sys.unraisablehook

    def leave_now(number: int, frame: FrameType | None) -> NoReturn:
        sys.exit(code)

    def lost(what: sys.UnraisableHookArgs) -> None:
        if isinstance(what.exc_value, SystemExit) and hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, leave_now)
            signal.setitimer(signal.ITIMER_REAL, _AGAIN)
        else:
            usual(what)

    sys.unraisablehook = lost
    sys.exit(code)
