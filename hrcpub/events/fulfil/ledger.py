"""The files that earlier builds of an event made, with what each was made from.

One line of JSON for each file, appended as soon as the file is in its place:

    [path, key, sha256, bytes, pages, stamp, problems]

Where a path comes twice, the later line counts. Why one file that grows, and not an entry of the
ByteStore for each: a build of ten thousand copies notes each with one write, and a build with
nothing to do reads one file. A build that is killed leaves half a line at the end at worst. Whole
lines are true, since the file was there before its line. When a build ends, the ledger is written
anew, one line a file.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from hrcpub.build.store import not_written
from hrcpub.events.manifest.event import FinishedFile
from hrcpub.files.cache import write_whole
from hrcpub.patterns import pattern
from hrcpub.problems import HrcpubError, problem_from_json

NAME = ".ledger"
# Parts that begin with a letter, as nearly all paths are written: to take those apart is half of
# what it takes to read a line.
_PLAIN = pattern(r"\w[\w.-]*(?:/\w[\w.-]*)*")


class LedgerEntry(NamedTuple):
    """One line."""

    file: FinishedFile
    key: str  # of all that the file was made from
    stamp: int  # its time of change when it was made, in nanoseconds


class ClosedLedger(NamedTuple):
    """What became of the files that are planned no more, by their paths."""

    removed: list[str]
    changed: list[str]  # by somebody, since they were made: they stay


class Ledger:
    """The files of one event's folder."""

    def __init__(self, folder: Path) -> None:
        """Read what is there; lines that are torn or spoilt are left out."""
        self.folder = folder
        self._folder = os.fspath(folder)  # as text, to which thousands of paths are put
        self.entries: dict[str, LedgerEntry] = {}
        self._file: BinaryIO | None = None
        with contextlib.suppress(OSError):
            for line in (folder / NAME).read_bytes().splitlines():
                self._read(line)

    def _read(self, line: bytes) -> None:
        try:
            path, key, sha256, size, pages, stamp, reported = json.loads(line)
            problems = tuple(problem_from_json(problem) for problem in reported)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return
        is_text = all(type(text) is str for text in (path, key, sha256))
        is_whole = all(type(number) is int for number in (size, pages, stamp))
        if is_text and is_whole and _is_inside(path):
            file = FinishedFile(path, sha256, size, pages, problems)
            self.entries[path] = LedgerEntry(file, key, stamp)

    def current(self, path: str, key: str) -> FinishedFile | None:
        """Return a file that was made from `key` and is as it was made; None when it is not."""
        entry = self.entries.get(path)
        if entry is None or entry.key != key:
            return None
        try:
            status = os.stat(self._path(path))
            if status.st_size != entry.file.size:
                return None
            # Copied or touched: only the bytes can tell.
            if (
                status.st_mtime_ns != entry.stamp
                and sha256_of(self.folder / path) != entry.file.sha256
            ):
                return None
        except OSError:
            return None
        return entry.file

    def _path(self, path: str) -> str:
        return f"{self._folder}/{path}"

    def note(self, file: FinishedFile, key: str) -> None:
        """Write down a file that was made; raise HrcpubError when that cannot be."""
        try:
            entry = LedgerEntry(file, key, os.stat(self._path(file.path)).st_mtime_ns)
            self.entries[file.path] = entry
            if self._file is None:
                # Unbuffered: what could not be written is not tried again at the end.
                self._file = (self.folder / NAME).open("ab", buffering=0)
                self._file.write(b"\n")  # the last line may have been torn
            self._file.write(_line(entry))
        except OSError as error:
            raise HrcpubError(not_written(str(self.folder / NAME), error)) from None

    def close(self, planned: set[str]) -> ClosedLedger:
        """Remove files that are not `planned` now, and write the ledger anew.

        Only files that are in the ledger, and are as they were made, are removed: what people
        changed or put there is theirs. What they changed stays in the ledger, so that it is told
        again. Raises HrcpubError when the ledger cannot be written.
        """
        gone, changed = list[str](), list[str]()
        for path in [path for path in self.entries if path not in planned]:
            entry = self.entries[path]
            # Copied or touched since: only the bytes can tell.
            if self.current(path, entry.key) is None and os.path.lexists(self.folder / path):
                changed.append(path)
                continue
            gone.append(path)
            del self.entries[path]
            with contextlib.suppress(OSError):
                os.unlink(self.folder / path)
                self._drop_empty(Path(path).parent)
        if self._file is not None or gone:
            self.stop()
            lines = [_line(entry) for _, entry in sorted(self.entries.items())]
            try:
                write_whole(self.folder / NAME, b"".join(lines))
            except OSError as error:
                raise HrcpubError(not_written(str(self.folder / NAME), error)) from None
        return ClosedLedger(gone, changed)

    def _drop_empty(self, inside: Path) -> None:
        """Remove folders that have become empty, from one upwards; raise OSError at the first."""
        while inside.name:
            (self.folder / inside).rmdir()
            inside = inside.parent

    def stop(self) -> None:
        """Close the file; what was noted stays in it."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _is_inside(path: str) -> bool:
    """Return whether a path stays below the folder: a spoilt ledger may say anything."""
    if _PLAIN.fullmatch(path):
        return True
    parts = Path(path).parts
    return bool(parts) and not Path(path).is_absolute() and ".." not in parts and "\0" not in path


def sha256_of(path: Path) -> str:
    """Return a file's digest."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _line(entry: LedgerEntry) -> bytes:
    file = entry.file
    fields: list[Any] = [
        file.path, entry.key, file.sha256, file.size, file.pages, entry.stamp,
        [problem.as_json() for problem in file.problems],
    ]  # fmt: skip
    return json.dumps(fields).encode() + b"\n"
