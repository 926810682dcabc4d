"""A revision in git to a folder with the project as it was then."""

from __future__ import annotations

import contextlib
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hrcpub.problems import HrcpubError, Problem

LONGEST = 120.0  # seconds that git may take


class Revision(NamedTuple):
    """A commit that changed a file."""

    name: str  # short
    on: str  # 2026-05-03
    what: str  # its subject


def recent(root: Path, path: str, most: int = 20) -> tuple[Revision, ...]:
    """Return the last commits that changed a file, the newest first; none without git."""
    try:
        said = _git(
            root, "HEAD", "log", f"-{most}", "--date=short", "--format=%h%x09%ad%x09%s", "--", path
        )
    except HrcpubError:
        return ()
    lines = said.decode(errors="replace").splitlines()
    return tuple(Revision(*line.split("\t", 2)) for line in lines if line.count("\t") >= 2)


@contextlib.contextmanager
def checked_out(root: Path, revision: str) -> Iterator[tuple[Path, str]]:
    """Give a folder with a project as it was, and the revision's short name.

    Nothing in the project or its repository is changed. Raises HrcpubError where there is no git,
    no repository, or no such revision.
    """
    commit = _git(root, revision, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    name = commit.decode().strip()
    archive = _git(root, revision, "archive", "--format=tar", name)
    with tempfile.TemporaryDirectory(prefix="hrcpub-") as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
        for needed in ("materials", "layouts"):
            if not (Path(folder) / needed).is_dir():
                raise HrcpubError(no_revision(revision, f"it has no {needed}/"))
        yield Path(folder), name[:10]


def file_at(root: Path, revision: str, path: str) -> str:
    """Return the text of a project's file in a revision; raise HrcpubError where it is not there.

    Bytes that are no UTF-8 come as the sign for what cannot be read.
    """
    return _git(root, revision, "show", f"{revision}:./{path}").decode(errors="replace")


def _git(root: Path, revision: str, *arguments: str) -> bytes:
    if revision.startswith("-"):  # git would take it for an option
        raise HrcpubError(no_revision(revision, "that is no revision's name"))
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, timeout=LONGEST, check=False
        )
    except FileNotFoundError:
        raise HrcpubError(no_revision(revision, "git is not installed")) from None
    except subprocess.TimeoutExpired:
        raise HrcpubError(no_revision(revision, "git takes too long")) from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise HrcpubError(no_revision(revision, said[0] if said else "git does not know it"))
    return done.stdout


def no_revision(revision: str, said: str) -> Problem:
    """Git does not have the revision that you want to compare with.

    Fix: name a branch, a tag, a commit or a day: `main`, `v1.2`, `HEAD~3`, `main@{2026-05-03}`.
    `git log --oneline` lists them. The project must be kept in git.
    """
    return Problem(
        "diff-revision", f'"{revision}" cannot be taken from git: {said}', None, "see: git log"
    )


CODES = {"diff-revision": no_revision}
