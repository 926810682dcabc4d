"""Projects that one process of a test run keeps, each put right before another test has it.

Why: to copy the project's files takes 15 ms, to see that they are as they were a fifth of that; and
half the time of a test that builds one piece goes into parsing what the last test's worker had
parsed of the same fonts and stylesheets. A worker keeps nothing of a file that has changed since.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hrcpub.build.batch import BatchOptions, BuildWorker
from tests.shared.project import copy_file, copy_project, is_shared, project_files

Stamp = tuple[int, ...]


class KeptProject:
    """This repository's project in a folder, and what tells whether its files are as they were."""

    def __init__(self, root: Path) -> None:
        """Copy the project into a folder, from where it may be lent."""
        self._root = root
        self._files = {name.as_posix(): name for name in project_files()}
        self._folders = {parent.as_posix() for name in project_files() for parent in name.parents}
        self._copy()

    def _copy(self) -> None:
        copy_project(self._root)
        self._stamps = dict(self._found(""))
        (self._root / "output").mkdir()

    def put_right(self) -> None:
        """Undo what a test did to the project, and remove what it built."""
        found = dict(self._found(""))
        for name, path in self._files.items():
            if found.get(name) != self._stamps[name]:
                file = self._root / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.unlink(missing_ok=True)
                copy_file(path, self._root)
                self._stamps[name] = _stamp(path, file.lstat())
        (self._root / "output").mkdir()

    @contextmanager
    def lent(self, to: Path) -> Iterator[None]:
        """Let the project stand elsewhere for a while, as if it had been copied there."""
        if self._root.is_dir():
            self.put_right()
        else:  # who had it last has removed it
            self._copy()
        self._root.rename(to)
        yield
        if to.is_dir():
            to.rename(self._root)

    def _found(self, folder: str) -> Iterator[tuple[str, Stamp]]:
        """Yield the project's files with their stamps; remove what is of another name, or kind.

        Names, not paths: paths of all files, before each test, take ten times as long.
        """
        with os.scandir(self._root / folder) as entries:
            for entry in list(entries):
                name = f"{folder}/{entry.name}" if folder else entry.name
                if entry.is_dir(follow_symlinks=False):
                    if name in self._folders:
                        yield from self._found(name)
                    else:
                        shutil.rmtree(entry.path)
                elif name not in self._files or entry.is_symlink():
                    Path(entry.path).unlink()
                else:
                    yield name, _stamp(self._files[name], entry.stat(follow_symlinks=False))


class Workshop:
    """A kept project, and a worker in it."""

    def __init__(self, root: Path) -> None:
        """Copy the project into a folder."""
        self._project = KeptProject(root)
        self.worker = BuildWorker(BatchOptions(str(root), str(root / "output")))

    def put_right(self) -> None:
        """Undo what a test did to the project, and remove what it built."""
        self._project.put_right()


def _stamp(name: Path, found: os.stat_result) -> Stamp:
    """Return what tells whether a file is as it was.

    No program can set when a file was last written to or renamed; but of a font that other copies
    have, too, it changes with each of these.
    """
    told = (found.st_mtime_ns, found.st_size, found.st_ino, found.st_mode)
    return told if is_shared(name) else (*told, found.st_ctime_ns)
