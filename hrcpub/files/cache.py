"""What a worker keeps in memory (`ParsedCache`), and files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

from hrcpub.files.sources import Reads, Sources
from hrcpub.leaving import interrupted_after

ThingT = TypeVar("ThingT")
Prove = Callable[[Path], None]

READABLE = 0o644  # rights of a file: others may read it, since PDFs are for them
PART = ".part"  # the end of the name of a file that is being written
_MORE = 4096  # bytes
MOST_KEPT = 128  # things in a ParsedCache: every layout of a project several times over


class ParsedCache:
    """What one worker keeps between jobs: parsed layouts, fonts and stylesheets.

    A thing is current while every question that was asked of `Sources` when it was made still has
    the same answer.

    Why: half the time of a piece goes into parsing what the last piece parsed as well. A
    ParsedCache belongs to one process and one thread: a FontConfiguration must not be shared.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._kept: dict[Hashable, tuple[Any, Reads]] = {}  # oldest first

    def get(self, key: Hashable, sources: Sources, make: Callable[[Sources], ThingT]) -> ThingT:
        """Return the thing kept under `key`, made again when a file it was made from changed.

        What it was made from goes into the record of `sources` either way.
        """
        if key in self._kept:
            kept, reads = self._kept[key]
            if sources.still_holds(reads):
                sources.reads.add(reads)
                return cast(ThingT, kept)
            del self._kept[key]  # first, so that its successor does not push out another
        recording = sources.recording()
        try:
            thing = make(recording)
        finally:
            sources.reads.add(recording.reads)  # even if it failed: a change there may cure it
        while len(self._kept) >= MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = (thing, recording.reads)
        return thing


# With many files, one `os.sync` at the end is quicker than a sync of each; Windows has none.
SYNCS_ALL = hasattr(os, "sync")
DAY = 86400.0  # seconds; a process that has written a file for so long has died


def sweep(folder: Path, age: float = 0.0) -> None:
    """Remove the half-written files that a killed build left in a folder, and below it.

    Where others may be writing at the same time, give an `age`: younger files (seconds) stay.
    """
    newest = time.time() - age
    for parent, _, names in os.walk(folder):
        for name in names:
            if name.startswith(".") and name.endswith(PART):
                path = os.path.join(parent, name)
                with contextlib.suppress(OSError):
                    if not age or os.stat(path).st_mtime < newest:
                        os.unlink(path)


def ordinary_bytes(path: Path) -> bytes:
    """Return a file's bytes; raise OSError where it is none. A pipe would wait for a writer."""
    if not path.is_file():
        raise FileNotFoundError(path)
    return path.read_bytes()


def write_whole(
    path: Path | str,
    data: bytes,
    *,
    sync: bool = True,
    prove: Callable[[bytes], None] | None = None,
    mode: int = READABLE,
) -> None:
    """Write a file as `whole` does; `prove` gets all that the new one holds, read again.

    `mode` is who may read it, from its first byte on.
    """
    with _removed_on_failure(path, mode) as (descriptor, temporary):
        try:
            _write_all(descriptor, data)
            if sync:
                os.fsync(descriptor)
            if prove:
                prove(_read_again(descriptor, len(data)))
        finally:
            os.close(descriptor)
        os.replace(temporary, path)


def _write_all(descriptor: int, data: bytes) -> None:
    written = os.write(descriptor, data)
    while written < len(data):  # the rest is tried again, which says what is the matter
        written += os.write(descriptor, memoryview(data)[written:])


def _read_again(descriptor: int, size: int) -> bytes:
    """Return a file from its beginning to its end; it has `size` bytes, if it is as it should."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    data = os.read(descriptor, size + 1)
    # Mostly there is no more: room for little is had without asking the system for it.
    while more := os.read(descriptor, _MORE):
        data += more
    return data


@contextlib.contextmanager
def whole(path: Path, *, sync: bool = True, prove: Prove | None = None) -> Iterator[BinaryIO]:
    """Open a file that takes the place of the one at `path` once all of it is written.

    `prove` gets the new file before that, and raises when something is wrong with it. Without
    `sync` the file may be lost when the power fails (see `SYNCS_ALL`).

    Raises OSError (disk full, no permission) with the old file untouched, and whatever else stops
    the writing. The new file does not follow a link at `path`: it takes the link's place.
    """
    with _removed_on_failure(path) as (descriptor, temporary):
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            if sync:
                os.fsync(descriptor)
        if prove:
            prove(Path(temporary))
        os.replace(temporary, path)


@contextlib.contextmanager
def _removed_on_failure(path: Path | str, mode: int = READABLE) -> Iterator[tuple[int, str]]:
    """Open a new file beside a path; it is removed when something is raised, as it opens, too."""
    temporary = _beside(path)
    try:
        try:
            descriptor = _opened(temporary, mode)
        except FileNotFoundError:  # rather than asked each time: most files come into a folder
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            descriptor = _opened(temporary, mode)
        yield descriptor, temporary
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


class Ahead:
    """A file that is written and made safe while something else is done, and then put in its place.

    Why: the disk takes some milliseconds to say that a file is safe, as long as a tenth of a piece
    takes to be made, and meanwhile the processor would stand still.
    """

    def __init__(self, path: Path, data: bytes) -> None:
        """Say what may become the file at `path`."""
        self._path, self._data = path, data
        self._temporary: str | None = None  # once it is safe
        self._is_dropped = False
        self._writer = threading.Thread(target=self._write)

    def begin(self) -> None:
        """Begin to write; nothing is raised yet.

        Who calls this has it already, to drop it: right after this it may be told to end.
        """
        try:
            with interrupted_after():
                self._writer.start()
        except RuntimeError:  # there is no room for another thread
            self._write()

    def put(self) -> None:
        """Let it take the place of the file at its path; raise OSError as `write_whole` does."""
        self._wait()
        if self._temporary is not None:
            with contextlib.suppress(FileNotFoundError):  # somebody removed it, or its folder
                os.replace(self._temporary, self._path)
                self._temporary = None
                return
        write_whole(self._path, self._data)  # what stopped it, if anything, is told now

    def drop(self) -> None:
        """Leave nothing of it, if it was not put in its place."""
        self._is_dropped = True  # whoever of both comes later removes it, if this is interrupted
        try:
            self._wait()
        finally:
            self._remove()

    def _wait(self) -> None:
        if self._writer.ident is not None:  # it was started
            self._writer.join()

    def _write(self) -> None:
        with (
            contextlib.suppress(OSError),
            _removed_on_failure(self._path) as (descriptor, temporary),
        ):
            with os.fdopen(descriptor, "wb") as file:
                file.write(self._data)
                file.flush()
                os.fsync(descriptor)
            self._temporary = temporary
        if self._is_dropped:
            self._remove()

    def _remove(self) -> None:
        if self._temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(self._temporary)


_SERIAL = itertools.count()


def _beside(path: Path | str) -> str:
    """Return the name of a new file beside a path: it says whose it is, so no two are the same.

    Why not `mkstemp`: an event writes thousands, and to draw each name at random and to change
    the rights afterwards took half as long as the writing.
    """
    return os.path.join(os.path.dirname(path), f".{_process()}-{next(_SERIAL)}{PART}")


def _opened(temporary: str, mode: int) -> int:
    """Open a new file with the rights `mode`."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, mode)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, mode)  # whatever the shell's umask is
    return descriptor


def _process() -> str:
    """Return what tells this process from all others, on other machines too."""
    return _named(os.getpid())


@functools.lru_cache(maxsize=1)  # a forked process asks with another number
def _named(process: int) -> str:
    return f"{process:x}-{os.urandom(6).hex()}"
