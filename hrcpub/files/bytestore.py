"""Bytes kept on disk under keys, with what they were made from: a `ByteStore`, bounded in size.

All that is kept can be made again. So an entry that is torn, damaged or gone is a miss, never an
error, and what was used least recently goes when there is too much.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import NamedTuple

from hrcpub.files.cache import PART, write_whole
from hrcpub.files.sources import Reads

LIMIT = 1_000_000_000  # bytes: hundreds of pieces full of pictures, and no burden for a disk


class Stored(NamedTuple):
    """What was kept under a key."""

    data: bytes
    made_from: Reads


class _File(NamedTuple):
    """An entry's file; the one that was used longest ago sorts first."""

    used: int  # nanoseconds
    path: Path
    size: int


class ByteStore:
    """A folder of entries that many processes may use at once, and may be killed while they do.

    An entry is written beside and then put in place, whole; it begins with a digest of the rest.
    Its file's date says when it was last used.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        """Keep entries in a folder, which is made when it is needed: `limit` bytes at the most."""
        self.folder, self.limit = folder, limit

    def find(self, key: str) -> Stored | None:
        """Return what is kept under a key; None when there is nothing, or nothing whole."""
        path = self.path(key)
        try:
            digest, _, rest = path.read_bytes().partition(b"\n")
            if digest != _digest(rest):
                return None
            head, _, data = rest.partition(b"\n")
            stored = Stored(data, Reads(**json.loads(head)))
        except (OSError, ValueError, TypeError, RecursionError):
            return None
        with contextlib.suppress(OSError):  # where nothing may be written, nothing is evicted
            os.utime(path)
        return stored

    def keep(self, key: str, data: bytes, made_from: Reads | None = None) -> None:
        """Write an entry in the place of an earlier one; raise OSError when that cannot be.

        It is not synced: what the power's failing tears is a miss.
        """
        rest = json.dumps((made_from or Reads()).as_json()).encode() + b"\n" + data
        write_whole(self.path(key), _digest(rest) + b"\n" + rest, sync=False)

    def evict(self) -> None:
        """Remove the entries that were used least recently, as far as there are too many.

        Why not at each `keep`: what a build has kept must be there until it ends, however much it
        is; and to look at ten thousand files takes 50 ms.
        """
        files = sorted(self._files())
        size = sum(file.size for file in files)
        for file in files:
            if size <= self.limit:
                return
            with contextlib.suppress(OSError):  # another process removed it, or reads it (Windows)
                file.path.unlink()
            size -= file.size

    def path(self, key: str) -> Path:
        """Return where the entry of a key is."""
        name = hashlib.sha256(key.encode()).hexdigest()
        return self.folder / name[:2] / name[2:40]

    def _files(self) -> list[_File]:
        files = []
        for path in self.folder.glob("*/*"):
            if path.name.endswith(PART):  # somebody is writing it
                continue
            with contextlib.suppress(OSError):
                status = path.stat()
                files.append(_File(status.st_mtime_ns, path, status.st_size))
        return files


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
