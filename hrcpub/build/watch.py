"""Files that were read to the moment when one of them changes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from hrcpub.build.notices import Notices
from hrcpub.files.sources import Reads

INTERVAL = 0.02  # seconds between looks: some fifty files' dates take 0.2 ms

Snapshot = dict[str, tuple[int, ...] | None]


def take_snapshot(root: Path, reads: Iterable[Reads]) -> Snapshot:
    """Return size, dates and inode of all that was read, looked for or listed; None when absent."""
    paths = {path for record in reads for path in (*record.files, *record.folders)}
    return _look(root, paths)


def changed(
    root: Path, before: Snapshot, notices: Notices, is_over: Callable[[], bool] = lambda: False
) -> set[str]:
    """Wait until something differs from `before`, and return the paths that do.

    None do when it `is_over`, which is asked at each look.
    An editor writes in steps (empty the file, fill it): two equal looks in a row end the wait, or
    the system's word that all the files that differ were saved.
    """
    notices.begin(root, {path.rpartition("/")[0] for path in before})
    saved: set[str] = set()
    while (now := _look(root, before)) == before:
        if is_over():
            return set()
        saved = notices.saved(INTERVAL)
    while not _are_saved(before, now, saved):
        time.sleep(INTERVAL / 2)
        later = _look(root, before)
        if later == now:
            break
        now, saved = later, saved | notices.saved(0)
    return {path for path in before if now[path] != before[path]}


def _look(root: Path, paths: Iterable[str]) -> Snapshot:
    return {path: _facts(root / path) for path in paths}


def _are_saved(before: Snapshot, now: Snapshot, saved: set[str]) -> bool:
    """Return whether all that differs are files that were saved.

    Not where one is gone or empty, or a folder has other names in it: some editors move the old
    file away first, and all that they do takes a moment more.
    """
    different = {path: facts for path, facts in now.items() if facts != before[path]}
    return different.keys() <= saved and all(facts and facts[0] for facts in different.values())


def _facts(path: Path) -> tuple[int, ...] | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return None
    # The date of a change, too: some programs give a file that they write its former date back.
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
