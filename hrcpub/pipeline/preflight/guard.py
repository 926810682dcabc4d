"""A file that a stranger may have made, to Problems: judged in a process with its own bounds.

Why: a file made to do harm may exhaust a library written in C, which raises no exception. The
process is then killed, and the other files are judged all the same.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from hrcpub import loading
from hrcpub.pipeline.preflight.apart import FORKS, ApartTask, Forked, done_apart
from hrcpub.pipeline.preflight.checks.limits import Expected
from hrcpub.pipeline.preflight.page.bounds import BOUNDS, Bounds
from hrcpub.problems import HrcpubError, Problem, Source

if TYPE_CHECKING:
    from hrcpub.pipeline.preflight.judge import Find

GRACE = 20.0  # seconds beyond its own bounds in which a process may still answer
MEMORY = 2 << 30  # bytes of address space
LARGEST = 2 << 30  # bytes of a file; as much as a process may have
_HANDED = 16 << 20  # bytes of a file that may be copied to a process; a new one needs no copy

_ready: list[Forked] = []


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


@contextlib.contextmanager
def loading_ahead() -> Iterator[None]:
    """Have a process that loads what judges, while this one finds out what there is to judge.

    On two cores that is done at the same time. The first file is then that process's.
    """
    if not FORKS:  # without that, it knows nothing of what is loaded here
        yield
        return
    with contextlib.ExitStack() as ends:
        with contextlib.suppress(HrcpubError):  # it is done without, or told by who needs it
            process = Forked(load)
            ends.callback(process.end)
            ends.callback(_ready.clear)
            _ready.append(process)
        yield


def load_for_many() -> None:
    """Load what judges and draws pages, for many files: each process would load it anew.

    For one file nothing is loaded before its process is forked, which makes that process smaller,
    and what draws is not loaded at all: most are judged without it.
    """
    load()
    loading.load("hrcpub.pipeline.preflight.ink.painting")


def load() -> None:
    """Load what judges, where two processes are to have it."""
    loading.load("hrcpub.pipeline.preflight.judge")


def judged(
    data: bytes,
    expected: Expected,
    bounds: Bounds = BOUNDS,
    memory: int = MEMORY,
    find: Find | None = None,
) -> list[Problem]:
    """Return what is wrong with a file, within bounds.

    `find` looks for Ghostscript; None: in the folders of PATH.
    """
    answer = _apart(_judge, (data, expected, bounds, find), bounds.seconds, memory)
    if not isinstance(answer, str):
        return list(answer)
    from hrcpub.pipeline.preflight.judge import too_much

    return [too_much(answer)]


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
    """Return what work returns in a process of its own; words when it did not come back."""
    task = ApartTask(work, arguments, load, int(seconds + GRACE), memory)
    size = sum(len(data) for data in arguments if isinstance(data, bytes))
    ready = _ready.pop() if _ready and size <= _HANDED else None
    try:
        return cast(AnswerT | str, done_apart(task, seconds + GRACE, ready=ready))
    except EOFError:  # it died
        return "more memory than is allowed, or breaks the reader"
    except TimeoutError:
        return f"more than {seconds:g} seconds"


def _judge(data: bytes, expected: Expected, bounds: Bounds, find: Find | None) -> list[Problem]:
    from hrcpub.pipeline.preflight.ink import ghostscript
    from hrcpub.pipeline.preflight.judge import judge

    return judge(data, expected, bounds, find or ghostscript.installed)


def _prove(data: bytes, problems: Sequence[Problem], title: str, is_picture: bool) -> bytes | None:
    from hrcpub.pipeline.preflight import proof

    return (proof.picture if is_picture else proof.proof)(data, problems, title)


def no_file(said: str, source: Source) -> Problem:
    """There is no file to check at that path: nothing of that name, a folder, or a device.

    Fix: check the spelling of the name. Preflight reads ordinary files of up to 2 GB.
    """
    return Problem("preflight-file", f"there is no file to check: {said}", source)


CODES = {"preflight-file": no_file}
