"""What a worker on another machine does: the same as here, with all that it needs sent to it.

Nothing is shared but messages. A parcel names what its task needs by SHA-256; a worker that lacks
some of it answers so, and gets the parcel again with the bytes. What it was sent once it keeps.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import shutil
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from hrcpub import __version__
from hrcpub.build.store import sources_digest
from hrcpub.events.fulfil.copies import CopyMaker
from hrcpub.events.fulfil.problems import worker_differs
from hrcpub.events.fulfil.work import (
    EventTask,
    ShellFailure,
    TaskResult,
    VerifyFile,
    kept_in_memory,
    perform,
)
from hrcpub.files.sources import Sources

MOST_BLOBS = 256  # templates and files of projects that a worker keeps


@dataclass(frozen=True)
class Parcel:
    """A task with what it needs: the list of the project's files, its files, templates."""

    task: EventTask
    project: str  # digest of the list
    templates: tuple[str, ...]  # digests of packed ones
    program: str
    blobs: dict[str, bytes] = field(default_factory=dict)


class MissingParts(NamedTuple):
    """What a worker has not been sent yet."""

    digests: tuple[str, ...]


def program() -> str:
    """Return what tells this program from another version of it."""
    return f"{__version__} {sources_digest()[:16]}"


def listed(files: dict[str, str]) -> bytes:
    """Return the list of a project's files: paths with their digests."""
    return json.dumps(sorted(files.items())).encode()


def digest(data: bytes) -> str:
    """Return what a blob is called by."""
    return hashlib.sha256(data).hexdigest()


_lock = threading.Lock()  # a Desk is for one thread
_blobs: dict[str, bytes] = {}
_desks: dict[str, CopyMaker] = {}


def do(parcel: Parcel) -> TaskResult | MissingParts:
    """Do a parcel's task, or say what is missing for it."""
    with _lock:
        _keep(parcel.blobs)
        if parcel.program != program():
            return ShellFailure((worker_differs(parcel.program, program()),))
        missing = [one for one in (parcel.project, *parcel.templates) if one not in _blobs]
        if parcel.project in _blobs and parcel.project not in _desks:
            missing += [one for _, one in _files(parcel.project) if one not in _blobs]
        if missing:
            return MissingParts(tuple(missing))
        if parcel.project not in _desks:
            _desks.clear()  # one project at a time
            _desks[parcel.project] = CopyMaker(Sources(_unpacked(parcel.project)), _fetch)
        return perform(_desks[parcel.project], parcel.task, _kept, kept_in_memory)


def _keep(blobs: dict[str, bytes]) -> None:
    _blobs.update(blobs)
    while len(_blobs) > MOST_BLOBS + len(blobs):
        _blobs.pop(next(iter(_blobs)))


def _files(project: str) -> list[tuple[str, str]]:
    return [(path, one) for path, one in json.loads(_blobs[project])]


def _unpacked(project: str) -> Path:
    """Write a project's files into a folder of this process's own."""
    folder = Path(tempfile.mkdtemp(prefix="hrcpub-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for path, one in _files(project):
        target = folder / path
        if not target.resolve().is_relative_to(folder.resolve()):
            raise ValueError(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_blobs[one])
    return folder


def _fetch(template: str) -> bytes:
    return _blobs[template]


def _kept(_: str, data: bytes, look: VerifyFile) -> bytes:
    look(data)
    return data
