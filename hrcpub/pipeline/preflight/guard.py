"""A file that a stranger may have made, to Problems: judged in a process with its own bounds.

Why: a file made to do harm may exhaust a library written in C, which raises no exception. The
process is then killed, and the other files are judged all the same.
"""

from __future__ import annotations

import multiprocessing
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import NamedTuple, TypeVar

from hrcpub import loading
from hrcpub.pipeline.preflight.checks.limits import Expected
from hrcpub.pipeline.preflight.ink import ghostscript

# Loaded before the process divides, so that a second file need not load it again.
from hrcpub.pipeline.preflight.judge import Find, judge, too_much
from hrcpub.pipeline.preflight.page.bounded import BOUNDS, Bounds
from hrcpub.problems import HrcpubError, Problem, Source

GRACE = 20.0  # seconds beyond its own bounds in which a process may still answer
MEMORY = 2 << 30  # bytes of address space
LARGEST = 2 << 30  # bytes of a file; as much as a process may have


AnswerT = TypeVar("AnswerT")


def read(path: Path) -> bytes:
    """Return a file's bytes; raise HrcpubError when it is not one, or too large."""
    source = Source(path=str(path))
    try:
        # A FIFO into which nothing is written would otherwise hold us for ever.
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
        return "it is not an ordinary file"
    return f"it is larger than {LARGEST >> 30} GB" if about.st_size > LARGEST else None


def load_drawing() -> None:
    """Load what draws pages, for many files: each is judged in a process that would load it anew.

    It is not loaded for one file, since most are judged without it, in about the same time.
    """
    loading.load("hrcpub.pipeline.preflight.ink.painting")


def judged(
    data: bytes,
    expected: Expected,
    bounds: Bounds = BOUNDS,
    memory: int = MEMORY,
    find: Find = ghostscript.installed,
) -> list[Problem]:
    """Return what is wrong with a file, within bounds."""
    answer = _apart(judge, (data, expected, bounds, find), bounds.seconds, memory)
    return [too_much(answer)] if isinstance(answer, str) else list(answer)


def proven(
    data: bytes, problems: Sequence[Problem], title: str, *, is_picture: bool
) -> bytes | None:
    """Return a marked-up PDF, or the first page as a PNG; None when the file cannot be drawn."""
    answer = _apart(_prove, (data, tuple(problems), title, is_picture), BOUNDS.seconds)
    return answer if isinstance(answer, bytes) else None


def _apart(
    work: Callable[..., AnswerT],
    arguments: tuple[object, ...],
    seconds: float,
    memory: int = MEMORY,
) -> AnswerT | str:
    """Return what work returns in a process of its own; words when it did not come back.

    Its temporary files are in a folder that is removed here: one that was killed cannot do it.
    """
    # Forking hands the file over without a copy; elsewhere it is not safe beside threads.
    context: BaseContext = multiprocessing.get_context(
        "fork" if sys.platform.startswith("linux") else "spawn"
    )
    mine, theirs = context.Pipe(duplex=False)
    with tempfile.TemporaryDirectory(prefix="hrcpub-") as scratch:
        child = _Child(work, arguments, seconds, memory, scratch)
        worker = context.Process(  # type: ignore[attr-defined]  # each kind of context has its own
            target=_work, args=(child, theirs), daemon=True
        )
        worker.start()
        theirs.close()
        try:
            if mine.poll(seconds + GRACE):
                answer: AnswerT | str = mine.recv()
                return answer
        except EOFError:  # it died
            return "more memory than is allowed, or breaks the reader"
        finally:
            worker.kill()
            worker.join()
            mine.close()
    return f"more than {seconds:g} seconds"


class _Child(NamedTuple):
    """What a process of its own does, and within what."""

    work: Callable[..., object]
    arguments: tuple[object, ...]
    seconds: float
    memory: int  # bytes
    scratch: str  # its folder for temporary files


def _work(child: _Child, answer: Connection) -> None:
    tempfile.tempdir = child.scratch
    _bound(child.seconds, child.memory)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123  libraries written in C print warnings
        os.dup2(nowhere.fileno(), 2)
    try:
        answer.send(child.work(*child.arguments))
    except MemoryError:
        answer.send("more memory than is allowed")
    except Exception as error:  # a bug of ours must not stop the check of the other files
        answer.send(f"something that preflight cannot handle ({error!r:.200}; please report it)")


def _prove(data: bytes, problems: Sequence[Problem], title: str, is_picture: bool) -> bytes | None:
    from hrcpub.pipeline.preflight import proof

    return (proof.picture if is_picture else proof.proof)(data, problems, title)


def _bound(seconds: float, memory: int) -> None:
    """Bound the memory and the processor time of this process, where the system can."""
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
        time = int(seconds + GRACE)
        resource.setrlimit(resource.RLIMIT_CPU, (time, time + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):  # not on every system
        pass


def no_file(said: str, source: Source) -> Problem:
    """There is no file to check at that path: nothing of that name, a folder, or a device.

    Fix: check the spelling of the name. Preflight reads ordinary files of up to 2 GB.
    """
    return Problem("preflight-file", f"there is no file to check: {said}", source)


CODES = {"preflight-file": no_file}
