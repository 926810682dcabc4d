"""One build at a time in an event's folder: the second waits."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from hrcpub.build.store import not_written
from hrcpub.problems import HrcpubError

NAME = ".lock"
PAUSE = 0.2  # seconds between two tries


@contextlib.contextmanager
def alone_in(folder: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold a folder's lock. If another process has it, call `waiting` once with its id, and wait.

    The system releases a lock when its process ends, even by a crash. Raises HrcpubError when the
    lock's file cannot be written.
    """
    import fcntl

    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise HrcpubError(not_written(str(path), error)) from None
    try:
        is_announced = False
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if error.errno not in (errno.EAGAIN, errno.EACCES):
                    raise HrcpubError(not_written(str(path), error)) from None
            if not is_announced:
                is_announced = True
                waiting(os.pread(file, 40, 0).decode("ascii", "replace").strip() or "unknown")
            time.sleep(PAUSE)
        os.ftruncate(file, 0)
        os.pwrite(file, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(file)
