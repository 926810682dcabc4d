"""A file that anybody may have made, judged in a process of its own, with so much memory and time.

Why: a bomb goes off in a library's C as easily as in Python, and no exception comes out of that.
"""

from __future__ import annotations

import multiprocessing
import os
import stat
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from hrcpub.pipeline.preflight.checks.limits import Wanted

# Loaded before the process divides, so that a second file need not load it again.
from hrcpub.pipeline.preflight.judge import judge, too_much
from hrcpub.pipeline.preflight.page.bounded import SECONDS
from hrcpub.problems import HrcpubError, Problem, Source

GRACE = 20.0  # to say what was found
MEMORY = 2 << 30  # bytes of address space
LARGEST = 2 << 30  # bytes of a file


def read(path: Path) -> bytes:
    """Return a file's bytes; raise HrcpubError when it is none, or too large."""
    source = Source(path=str(path))
    try:
        # A FIFO that nobody writes to would otherwise hold us for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise HrcpubError(no_file(said.lower(), source)) from None
    said = _unfit(os.fstat(descriptor))
    if said:
        os.close(descriptor)
        raise HrcpubError(no_file(said, source))
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def _unfit(about: os.stat_result) -> str | None:
    """Return why a file cannot be read, None when it can."""
    if stat.S_ISDIR(about.st_mode):
        return "it is a folder"
    if not stat.S_ISREG(about.st_mode):
        return "it is no ordinary file"
    return f"it has more than {LARGEST >> 30} GB" if about.st_size > LARGEST else None


def judged(data: bytes, wanted: Wanted, seconds: float = SECONDS) -> list[Problem]:
    """Return what is wrong with a file, within bounds."""
    found = _apart(_judge, (data, wanted, seconds), seconds)
    return [_died(found)] if isinstance(found, str) else list(found)


def proven(
    data: bytes, problems: Sequence[Problem], title: str, *, is_picture: bool
) -> bytes | None:
    """Return a marked-up PDF, or the first page as a PNG; None when the file cannot be drawn."""
    found = _apart(_prove, (data, tuple(problems), title, is_picture), SECONDS)
    return found if isinstance(found, bytes) else None


def _apart(work: Callable[..., Any], arguments: tuple[Any, ...], seconds: float) -> Any:
    """Return what work returns in a process of its own; words when it did not come back."""
    way = "fork" if sys.platform.startswith("linux") else "spawn"
    context: Any = multiprocessing.get_context(way)
    mine, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(work, arguments, seconds, theirs), daemon=True)
    worker.start()
    theirs.close()
    try:
        if mine.poll(seconds + GRACE):
            return mine.recv()
    except EOFError:  # it died
        return "more memory than may be, or breaks the reader"
    finally:
        worker.kill()
        worker.join()
        mine.close()
    return f"more than {seconds:g} seconds"


def _died(said: str) -> Problem:
    return too_much(said)


def _work(
    work: Callable[..., Any], arguments: tuple[Any, ...], seconds: float, answer: Connection
) -> None:
    _bound(seconds)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123  libraries written in C mutter
        os.dup2(nowhere.fileno(), 2)
    try:
        answer.send(work(*arguments))
    except MemoryError:
        answer.send("more memory than may be")
    except Exception as error:  # ours; a file that brings it about must not stop the others
        answer.send(f"what preflight stumbles over ({error!r:.200}; please report it)")


def _judge(data: bytes, wanted: Wanted, seconds: float) -> list[Problem]:
    return judge(data, wanted, seconds)


def _prove(data: bytes, problems: Sequence[Problem], title: str, is_picture: bool) -> bytes | None:
    from hrcpub.pipeline.preflight import proof

    return (proof.picture if is_picture else proof.proof)(data, problems, title)


def _bound(seconds: float) -> None:
    """Give this process only so much memory and processor time, where the system can."""
    try:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))
        time = int(seconds + GRACE)
        resource.setrlimit(resource.RLIMIT_CPU, (time, time + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):  # not on every system
        pass


def no_file(said: str, source: Source) -> Problem:
    """The file to be checked does not exist, or is a folder, a device or too large.

    Fix: check the spelling of its name. Preflight reads ordinary files of up to 2 GB.
    """
    return Problem("preflight-file", f"there is nothing to judge: {said}", source)


CODES = {"preflight-file": no_file}
