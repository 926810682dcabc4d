"""What was made of an event before, and still holds: one line a file, written as it is made.

A build that is killed leaves a ledger that ends in the middle of a line at worst; what it says of
whole lines is true, since a file is in its place before its line is written.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from hrcpub.build.store import not_written
from hrcpub.files.cache import write_whole
from hrcpub.problems import HrcpubError, Problem, problem_from_json

NAME = ".ledger"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One file: what it was made from (`key`), and what it is."""

    key: str
    sha256: str
    size: int
    pages: int
    stamp: int  # its time of change when it was made, in nanoseconds
    problems: tuple[Problem, ...] = ()  # that ride along, to be told again


class Ledger:
    """The files of one event's folder."""

    def __init__(self, folder: Path) -> None:
        """Read what is there; a line that is torn, or is none of ours, is left out."""
        self.folder = folder
        self.entries: dict[str, LedgerEntry] = {}
        self._file: BinaryIO | None = None
        with contextlib.suppress(OSError):
            for line in (folder / NAME).read_bytes().splitlines():
                self._read(line)

    def _read(self, line: bytes) -> None:
        try:
            path, key, sha256, size, pages, stamp, said = json.loads(line)
            problems = tuple(problem_from_json(one) for one in said)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return
        is_text = all(type(one) is str for one in (path, key, sha256))
        if is_text and all(type(one) is int for one in (size, pages, stamp)) and _is_inside(path):
            self.entries[path] = LedgerEntry(key, sha256, size, pages, stamp, problems)

    def current(self, path: str, key: str) -> LedgerEntry | None:
        """Return a file's entry when it is made from `key`, and is as it was made."""
        entry = self.entries.get(path)
        if entry is None or entry.key != key:
            return None
        try:
            found = os.stat(self.folder / path)
            if found.st_size != entry.size:
                return None
            if found.st_mtime_ns != entry.stamp:  # copied, or touched: its bytes tell
                data = (self.folder / path).read_bytes()
                if hashlib.sha256(data).hexdigest() != entry.sha256:
                    return None
        except OSError:
            return None
        return entry

    def note(
        self, path: str, key: str, sha256: str, pages: int, problems: Sequence[Problem] = ()
    ) -> LedgerEntry:
        """Write down a file that was made; raise HrcpubError when that cannot be."""
        try:
            found = os.stat(self.folder / path)
            stamp = found.st_mtime_ns
            entry = LedgerEntry(key, sha256, found.st_size, pages, stamp, tuple(problems))
            self.entries[path] = entry
            if self._file is None:
                # Unbuffered: what could not be written is not tried again at the end.
                self._file = (self.folder / NAME).open("ab", buffering=0)
                self._file.write(b"\n")  # the last line may have been torn
            self._file.write(_line(path, entry))
        except OSError as error:
            raise HrcpubError(not_written(str(self.folder / NAME), error)) from None
        return entry

    def close(self, wanted: set[str]) -> list[str]:
        """Remove files that are no longer wanted, and write the ledger anew; return their paths.

        Only files that are in the ledger, and are as they were made, are removed. Raises
        HrcpubError when the ledger cannot be written.
        """
        gone = [path for path in self.entries if path not in wanted]
        for path in gone:
            entry = self.entries.pop(path)
            with contextlib.suppress(OSError):
                if os.stat(self.folder / path).st_mtime_ns == entry.stamp:
                    os.unlink(self.folder / path)
                    self._drop_empty(Path(path).parent)
        if self._file is not None or gone:
            self.stop()
            lines = [_line(path, entry) for path, entry in sorted(self.entries.items())]
            try:
                write_whole(self.folder / NAME, b"".join(lines))
            except OSError as error:
                raise HrcpubError(not_written(str(self.folder / NAME), error)) from None
        return gone

    def _drop_empty(self, inside: Path) -> None:
        """Remove folders that have become empty, from one upwards; raise OSError at the first."""
        while inside.name:
            (self.folder / inside).rmdir()
            inside = inside.parent

    def stop(self) -> None:
        """Let the file go; what was noted stays."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _is_inside(path: str) -> bool:
    """Return whether a path stays below the folder: a ledger that was spoilt may say anything."""
    parts = Path(path).parts
    return bool(parts) and not Path(path).is_absolute() and ".." not in parts and "\0" not in path


def _line(path: str, entry: LedgerEntry) -> bytes:
    fields: list[Any] = [
        path, entry.key, entry.sha256, entry.size, entry.pages, entry.stamp,
        [one.as_json() for one in entry.problems],
    ]  # fmt: skip
    return json.dumps(fields).encode() + b"\n"
