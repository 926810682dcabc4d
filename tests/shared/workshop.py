"""A project and a worker that one process of a test run keeps: put right before each test.

Why: half the time of a test that builds one piece goes into parsing what the last test's worker had
parsed of the same fonts and stylesheets. A worker keeps nothing of a file that has changed since.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from hrcpub.build.batch import BatchOptions, BuildWorker
from tests.shared.project import copy_project, project_files

Stamp = tuple[int, int, int]


class Workshop:
    """This repository's project in a folder, its worker, and what the files were at first."""

    def __init__(self, root: Path) -> None:
        """Copy the project into a folder."""
        self.worker = BuildWorker(BatchOptions(str(root), str(root / "output")))
        self._root = copy_project(root)
        self._files = {str(self._root / name): data for name, data in project_files().items()}
        self._stamps = {path: _stamp(path) for path in self._files}
        parents = {parent for name in project_files() for parent in name.parents}
        self._folders = {str(self._root / parent) for parent in parents}

    def put_right(self) -> None:
        """Undo what a test did to the project, and remove what it built."""
        self._clear(str(self._root))
        for name, data in self._files.items():
            if _stamp(name) != self._stamps[name]:
                path = Path(name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                self._stamps[name] = _stamp(name)
        (self._root / "output").mkdir()

    def _clear(self, folder: str) -> None:
        """Remove what is not the project's: of another name, or another kind of thing.

        Names, not paths: paths of all files, before each test, take ten times as long.
        """
        with os.scandir(folder) as entries:
            for entry in list(entries):
                if entry.is_dir(follow_symlinks=False):
                    if entry.path in self._folders:
                        self._clear(entry.path)
                    else:
                        shutil.rmtree(entry.path)
                elif entry.path not in self._files or entry.is_symlink():
                    Path(entry.path).unlink()


def _stamp(path: str) -> Stamp | None:
    """Return what tells whether a file is as it was, None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116  a Path for each takes as long as all else
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
