"""The system's word that a file was saved, where it gives any (inotify, on Linux).

Why not a library: the three calls are in every libc. Nothing rests on a notice: network folders
give none, nor do other systems. Who waits for one looks at the files all the same, only later.
"""

from __future__ import annotations

import os
import select
import struct
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

# inotify(7): what wrote a file has closed it, or it was given this name.
_SAVED = 0x08 | 0x80
_EVENT = struct.Struct("iIII")  # which watch, what, which belong together, bytes of the name
_MOST = 65_536  # bytes of events that are read at once


class Notices:
    """What the system tells of the files in some folders."""

    def __init__(self) -> None:
        """Ask for nothing yet."""
        self._libc, self._descriptor = _opened()
        self._folders: dict[int, str] = {}  # by the number of their watch

    def __enter__(self) -> Notices:
        return self

    def __exit__(self, *error: object) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)

    def begin(self, root: Path, folders: Iterable[str]) -> None:
        """Ask for word of folders below the root, and forget what was told until now."""
        if self._descriptor is None:
            return
        for folder in folders:  # again, too: it may be another one of the same name
            path = os.fsencode(root / folder)
            number = self._libc.inotify_add_watch(self._descriptor, path, _SAVED)
            if number >= 0:
                self._folders[number] = folder
        while self.saved(0):
            pass

    def saved(self, seconds: float) -> set[str]:
        """Return the paths that were saved, as soon as there are any; none when time is up."""
        if self._descriptor is None:
            time.sleep(seconds)
            return set()
        poll = select.poll()
        poll.register(self._descriptor, select.POLLIN)
        if not poll.poll(seconds * 1000):
            return set()
        return set(self._named(os.read(self._descriptor, _MOST)))

    def _named(self, events: bytes) -> Iterator[str]:
        start = 0
        while start < len(events):
            number, _, _, size = _EVENT.unpack_from(events, start)
            start += _EVENT.size
            name = os.fsdecode(events[start : start + size].rstrip(b"\0"))
            start += size
            folder = self._folders.get(number)
            yield f"{folder}/{name}" if folder else name


def _opened() -> tuple[Any, int | None]:
    """Return libc and a descriptor to read events from; None where the system gives no word."""
    if sys.platform != "linux":
        return None, None
    import ctypes

    libc = ctypes.CDLL(None)
    descriptor = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    return libc, None if descriptor < 0 else descriptor
