"""A project and a worker that one process of a test run keeps: put right before each test.

Why: half the time of a test that builds one piece goes into parsing what the last test's worker had
parsed of the same fonts and stylesheets. A worker keeps nothing of a file that has changed since.
"""

from __future__ import annotations

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
        self._stamps = {name: _stamp(root / name) for name in project_files()}

    def put_right(self) -> None:
        """Undo what a test did to the project, and remove what it built."""
        own = {self._root / parent for path in self._stamps for parent in (path, *path.parents)}
        for path in sorted(self._root.rglob("*"), reverse=True):  # what is in a folder first
            if path not in own:
                path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        for name, data in project_files().items():
            path = self._root / name
            if _stamp(path) != self._stamps[name]:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                self._stamps[name] = _stamp(path)
        (self._root / "output").mkdir()


def _stamp(path: Path) -> Stamp | None:
    """Return what tells whether a file is as it was, None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
