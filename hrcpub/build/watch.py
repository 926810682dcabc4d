"""Files that were read to the moment when one of them changes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

from hrcpub.files.sources import Reads

INTERVAL = 0.02  # seconds between looks: some fifty files' dates take 0.2 ms

Snapshot = dict[str, tuple[int, int, int] | None]


def take_snapshot(root: Path, reads: Iterable[Reads]) -> Snapshot:
    """Return size, date and inode of all that was read, looked for or listed; None when absent."""
    paths = {path for record in reads for path in (*record.files, *record.folders)}
    return {path: _facts(root / path) for path in paths}


def changed(root: Path, before: Snapshot) -> set[str]:
    """Wait until something differs from `before`, and return the paths that do.

    An editor writes in steps (empty the file, fill it): two equal looks in a row end the wait.
    """
    while True:
        time.sleep(INTERVAL)
        now = {path: _facts(root / path) for path in before}
        if now != before:
            break
    while True:
        time.sleep(INTERVAL / 2)
        later = {path: _facts(root / path) for path in before}
        if later == now:
            return {path for path in before if now[path] != before[path]}
        now = later


def _facts(path: Path) -> tuple[int, int, int] | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return None
    return (status.st_size, status.st_mtime_ns, status.st_ino)
