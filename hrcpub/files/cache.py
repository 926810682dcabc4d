"""What was made before and still holds: in a worker's `ParsedCache`, and in `output/`.

Both rest on the record that `Sources` keeps: a thing is current as long as every question that
was asked while making it still has the same answer.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from hrcpub.files.sources import Reads, Sources

ThingT = TypeVar("ThingT")
Prove = Callable[[Path], None]

PART = ".part"  # how names of files end that are being written
MOST_KEPT = 64  # things on a Shelf: every layout of a project several times over


class ParsedCache:
    """What one worker keeps between jobs: parsed layouts, fonts and stylesheets.

    Why: half the time of a piece goes into parsing what the last piece parsed as well. A Shelf
    belongs to one process and one thread: a FontConfiguration must not be shared.
    """

    def __init__(self) -> None:
        """Start with nothing on it."""
        self._things: dict[Any, tuple[Any, Reads]] = {}

    def get(self, key: Any, sources: Sources, make: Callable[[Sources], ThingT]) -> ThingT:
        """Return the thing kept under `key`, made again when a file it was made from changed.

        What it was made from goes into the record of `sources` either way.
        """
        kept = self._things.get(key)
        if kept is None or not sources.still_holds(kept[1]):
            recording = sources.recording()
            try:
                made = make(recording)
            finally:
                sources.reads.add(recording.reads)
            while len(self._things) >= MOST_KEPT:
                self._things.pop(next(iter(self._things)))
            kept = self._things[key] = (made, recording.reads)
        sources.reads.add(kept[1])
        return kept[0]


def sweep(folder: Path, age: float = 0.0) -> None:
    """Remove what a build that was killed left half written in a folder, and below it.

    For a folder that nobody else writes to at the time; else for what is `age` seconds old.
    """
    last = time.time() - age
    for parent, _, names in os.walk(folder):
        for name in names:
            if name.startswith(".") and name.endswith(PART):
                path = os.path.join(parent, name)
                with contextlib.suppress(OSError):
                    if not age or os.stat(path).st_mtime < last:
                        os.unlink(path)


def write_whole(path: Path, data: bytes, *, sync: bool = True, prove: Prove | None = None) -> None:
    """Write a file so that at every moment there is either the old one or the new one, whole."""
    with whole(path, sync=sync, prove=prove) as file:
        file.write(data)


@contextlib.contextmanager
def whole(path: Path, *, sync: bool = True, prove: Prove | None = None) -> Iterator[BinaryIO]:
    """Open a file that takes the place of the one at `path` when all of it was written.

    `prove` is given the new file before that, and raises where it is not as it should be.

    Without `sync` it may be lost when the power fails: for many files that one `os.sync` ends.

    Raises OSError (disk full, no permission) with the old file untouched, and whatever else stops
    the writing. The new file does not follow a link at `path`: it takes the link's place.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(prefix=".", suffix=PART, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            if sync:
                os.fsync(file.fileno())
        if prove:
            prove(Path(temporary))
        os.chmod(temporary, 0o644)  # mkstemp gives 0600, and PDFs are for handing on
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
