"""hrcpub in a process of its own, forked from one that has loaded it.

Two thirds of what a small build takes goes into loading what it is made of. What is forked can be
killed, interrupted and shown on a terminal as any other. Tests that are about the start, or about
what is left at the end, do without this.
"""

from __future__ import annotations

import atexit
import faulthandler
import os
import signal
import subprocess
import sys
import tempfile
import traceback
import warnings
import weakref
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from hrcpub.cli import main
from tests.shared.loaded import do_at_end, open_streams

_ANY = 65536  # more than a process has files


def popen(
    *words: str,
    env: Mapping[str, str] | None = None,
    preexec_fn: Callable[[], object] = lambda: None,
    **options: Any,
) -> subprocess.Popen[Any]:
    """Start `hrcpub` with some words; the rest is as of subprocess.Popen."""

    def become() -> NoReturn:
        preexec_fn()
        _become(words, os.environ if env is None else env)

    # It is no Python that runs: what would come after `become` is never reached.
    return subprocess.Popen(["hrcpub", *words], preexec_fn=become, **options)


def run(*words: str, timeout: float = 120, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run it to its end; what hangs raises TimeoutExpired."""
    pipe = subprocess.PIPE
    with popen(*words, stdout=pipe, stderr=pipe, text=True, **options) as process:
        try:
            said = process.communicate(timeout=timeout)
        finally:
            process.kill()
    return subprocess.CompletedProcess(words, process.returncode, *said)


def _become(words: tuple[str, ...], environment: Mapping[str, str]) -> NoReturn:
    code = 1
    try:
        _leave_the_tests(environment)
        sys.argv = ["hrcpub", *words]
        main()
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        do_at_end()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _leave_the_tests(environment: Mapping[str, str]) -> None:
    """Be as Python is when it has started: nothing of the tests' process is to be done here."""
    faulthandler.disable()
    os.closerange(3, _ANY)  # with the pipe by which Popen waits for another program
    atexit._clear()
    weakref.finalize._registry.clear()  # type: ignore[attr-defined]
    weakref.finalize._registered_with_atexit = False  # type: ignore[attr-defined]
    _hear_signals()
    warnings.resetwarnings()
    warnings.simplefilter("ignore", DeprecationWarning)
    tempfile.tempdir = None
    kept = dict(environment)
    os.environ.clear()
    os.environ.update(kept)
    open_streams()
    sys.stdout.reconfigure(write_through="PYTHONUNBUFFERED" in os.environ)  # type: ignore[union-attr]


def _hear_signals() -> None:
    """Hear signals as Python does when it starts: what is ignored stays so."""
    signal.set_wakeup_fd(-1)
    for number in signal.valid_signals():
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # a failed write is told instead
        signal.signal(number, signal.SIG_IGN)
