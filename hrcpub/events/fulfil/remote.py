"""What a worker on another machine does: the same as here, with all that it needs sent to it.

It shares no disk with the build. A parcel names what its task needs by SHA-256. A worker that lacks
some of it says so, and gets the parcel again with the bytes, which it keeps.
"""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from hrcpub import __version__
from hrcpub.events.fulfil.copies import CopyMaker
from hrcpub.events.fulfil.jobs import Failure
from hrcpub.events.fulfil.problems import worker_differs
from hrcpub.events.fulfil.work import (
    EventTask,
    TaskResult,
    VerifyFile,
    perform,
    run_in_memory,
)
from hrcpub.files.programs import sources_digest
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


_lock = threading.Lock()  # a CopyMaker is for one thread
_blobs: dict[str, bytes] = {}
_makers: dict[str, CopyMaker] = {}


def do(parcel: Parcel) -> TaskResult | MissingParts:
    """Do a parcel's task, or say what is missing for it."""
    with _lock:
        _keep(parcel.blobs)
        if parcel.program != program():
            return Failure((worker_differs(parcel.program, program()),))
        needed = [*parcel.templates]
        if parcel.project not in _makers:
            needed += [parcel.project]
            needed += _parts(parcel.project) if parcel.project in _blobs else ()
        missing = [digest for digest in needed if digest not in _blobs]
        if missing:
            return MissingParts(tuple(missing))
        if parcel.project not in _makers:
            _makers.clear()  # one project at a time
            _makers[parcel.project] = CopyMaker(Sources(_unpacked(parcel.project)), _fetch)
            # They are on the disk: a project has more files than are kept, and what is forgotten
            # would be sent again with each task.
            for digest in {parcel.project, *_parts(parcel.project)}:
                del _blobs[digest]
        maker = _makers[parcel.project]
        maker.project.sources.look_at_clock()  # it may have been made for another day's build
        return perform(maker, parcel.task, _verified, run_in_memory)


def _keep(blobs: dict[str, bytes]) -> None:
    """Keep what was sent, and forget what came first; what has just come is never forgotten."""
    _blobs.update(blobs)
    while len(_blobs) > MOST_BLOBS + len(blobs):
        _blobs.pop(next(iter(_blobs)))


def _files(project: str) -> list[tuple[str, str]]:
    return [(path, digest) for path, digest in json.loads(_blobs[project])]


def _parts(project: str) -> list[str]:
    """Return the digests of a project's files."""
    return [digest for _, digest in _files(project)]


def _unpacked(project: str) -> Path:
    """Write a project's files into a folder of this process's own."""
    folder = Path(tempfile.mkdtemp(prefix="hrcpub-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for path, digest in _files(project):
        target = folder / path
        if not target.resolve().is_relative_to(folder.resolve()):
            raise ValueError(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_blobs[digest])
    return folder


def _fetch(template: str) -> bytes:
    return _blobs[template]


def _verified(_: str, data: bytes, verify: VerifyFile) -> bytes:
    """Return a file's bytes, which are written where the build runs."""
    verify(data)
    return data
