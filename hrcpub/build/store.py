"""Finished files in `output/`, each with a report beside it that says what it was made from.

The report is the cache's record: a file is current as long as everything that was read for it is as
it was, the programs are the same, and the file itself is untouched. A report that is torn or gone
is a miss, never an error. Why not in a ByteStore: people come for these files and reports. They
have names that people look for, and are never evicted.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import hashlib
import itertools
import json
import os
import platform
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from hrcpub import __version__
from hrcpub.build.job import Job
from hrcpub.files.cache import DAY, Ahead, ordinary_bytes, sweep, write_whole
from hrcpub.files.lasting import made_once
from hrcpub.files.programs import PACKAGES, installed, sources_digest
from hrcpub.files.sources import Reads, Sources
from hrcpub.pipeline.stages import Output, fullness_from_json
from hrcpub.problems import HrcpubError, Problem, problem_from_json
from hrcpub.units import Rect

FULL = (errno.ENOSPC, errno.EDQUOT)  # of an OSError
LIBRARIES = ("fontconfig", "freetype", "fribidi", "glib-2", "harfbuzz", "pango")


class Store:
    """Where the finished files of one project are kept, and which of them are current."""

    def __init__(self, root: Path, folder: Path) -> None:
        """Keep files in `folder`; `root` is the project's, for paths in messages."""
        self.root, self.folder = root, folder
        self._engine: str | None = None
        self._engine_list: list[str] = []  # the libraries that it was worked out for
        self._swept: set[Path] = set()  # folders in which nothing half-written is left
        self._noted = 0  # how many modules were loaded when libraries were noted

    def path(self, edition: str, material: str) -> Path:
        """Return where a file is written."""
        return self.folder / edition / f"{material}.pdf"

    def current(self, job: Job, edition: str, sources: Sources) -> tuple[Output, Reads] | None:
        """Return a file that needs no making, and what it was made from; None on a miss."""
        path = self.path(edition, job.material)
        try:
            report = json.loads(ordinary_bytes(path.with_suffix(".json")))
            reads = Reads(**report["made-from"])
            output = output_from_json(report)
            if (
                report["job"] != job_as_json(job, edition)
                or report["engine"] != self.engine
                or not sources.still_holds(reads)
                or hashlib.sha256(ordinary_bytes(path)).hexdigest() != output.sha256
            ):
                return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return replace(output, path=self.shown(path)), reads

    def is_old(self, edition: str, material: str, sources: Sources) -> bool:
        """Return whether a file that was made some time is of files that have changed since."""
        path = self.path(edition, material)
        try:
            report = json.loads(ordinary_bytes(path.with_suffix(".json")))
            made_from = Reads(files=Reads(**report["made-from"]).files)
            is_there = report["job"]["material"] == material and path.is_file()
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return False
        return is_there and not sources.still_holds(made_from)

    def ahead(self, job: Job, edition: str, data: bytes) -> Ahead:
        """Begin to write a file that may be kept, while it is looked over."""
        return Ahead(self.path(edition, job.material), data)

    def keep(
        self,
        job: Job,
        output: Output,
        data: bytes,
        reads: Reads,
        versions: dict[str, str],
        ahead: Ahead | None = None,
    ) -> Output:
        """Write a file and its report, each whole or not at all.

        `ahead` is the file, where it was begun. Raises HrcpubError when one cannot be written.
        """
        path = self.path(output.edition, job.material)
        output = replace(
            output,
            path=self.shown(path),
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
        )
        report = {
            "job": job_as_json(job, output.edition),
            **output_as_json(output),
            "made-from": reads.as_json(),
            "versions": versions,
            "engine": self.engine,
        }
        text = json.dumps(report, indent=1, ensure_ascii=False) + "\n"
        if path.parent not in self._swept:
            sweep(path.parent, DAY)  # others may be writing there
            self._swept.add(path.parent)
        try:
            if ahead:
                ahead.put()
            else:
                write_whole(path, data)
            # Should the power fail, a report that is lost costs the piece another build.
            write_whole(path.with_suffix(".json"), text.encode(), sync=False)
        except OSError as error:
            raise HrcpubError(not_written(self.shown(path), error)) from None
        return output

    def bytes_of(self, material: str, output: Output) -> bytes | None:
        """Return a file's bytes; None where it is not there, or is another one by now."""
        try:
            data = ordinary_bytes(self.path(output.edition, material))
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == output.sha256 else None

    def shown(self, path: Path) -> str:
        """Return a path as people are shown it: from the project's root where it lies inside."""
        inside = path.is_relative_to(self.root)
        return path.relative_to(self.root).as_posix() if inside else str(path)

    @property
    def engine(self) -> str:
        """A digest of the programs that a file's bytes depend on.

        Of this package it has the sources, of others the installed versions, and of the system's
        libraries the size and date of the files that were loaded last; of Ghostscript, which need
        not be there, those of the program. Why not ask the libraries:
        importing them takes longer than all the rest of a build with nothing to do.
        """
        listed = self._library_list()
        if self._engine is None or self._engine_list != listed:  # another process may have noted it
            facts: list[object] = [
                __version__,
                sys.version,
                platform.machine(),
                made_once("our sources", sources_digest),  # to read them takes 12 ms
                installed(),
            ]
            facts += [_libraries(listed), _ghostscript()]
            self._engine = hashlib.sha256(repr(facts).encode()).hexdigest()[:16]
            self._engine_list = listed
        return self._engine

    def note_libraries(self) -> None:
        """Remember which system libraries this process has loaded (Linux only).

        Libraries are loaded by modules: as long as there are no more of these, nothing is new.
        Raises HrcpubError when the list cannot be written.
        """
        if self._noted == len(sys.modules) and self._list.exists():
            return
        paths = _loaded_libraries(len(sys.modules))
        if paths and paths != self._library_list():
            try:
                write_whole(self._list, json.dumps(paths).encode())
            except OSError as error:
                raise HrcpubError(not_written(self.shown(self._list), error)) from None
        self._noted = len(sys.modules)

    def note_first_libraries(self) -> None:
        """Remember the libraries where nobody did, and where that can be: before any file is made.

        Else what is kept until then would be another engine's as soon as a file is.
        """
        if not self._library_list():
            with contextlib.suppress(HrcpubError):
                self.note_libraries()

    @property
    def _list(self) -> Path:
        # A file of its own: were it evicted, the programs would seem changed, and all be remade.
        return self.root / "output" / ".cache" / "libraries.json"

    def _library_list(self) -> list[str]:
        try:
            paths = json.loads(self._list.read_bytes())
        except (OSError, ValueError):
            return []
        return paths if isinstance(paths, list) else []


def versions() -> dict[str, str]:
    """Return the versions of Python, this package and the packages it builds on."""
    found = dict(entry.rsplit("-", 1) for entry in installed())
    return {
        "hrcpub": __version__,
        "python": platform.python_version(),
        **{name: found[name] for name in PACKAGES if name in found},
    }


def job_as_json(job: Job, edition: str) -> dict[str, object]:
    """Return what one file of a job depends on beside what is read for it."""
    return {
        "material": job.material,
        "edition": edition,
        "paper": job.paper,
        "printer": job.printer,
        "sheet": job.sheet,
        **({"draft": True} if job.is_draft else {}),
    }


def output_as_json(output: Output) -> dict[str, object]:
    """Return plain values of a finished file, without its path."""
    return {
        "output": {
            "edition": output.edition,
            "sha256": output.sha256,
            "size": output.size,
            "sides": output.sides,
            "note": output.note,
            "paper": output.paper,
            "together": output.together,
            "pieces": output.pieces,
        },
        "problems": [problem.as_json() for problem in output.problems],
        "fullness": output.fullness.as_json() if output.fullness else None,
        "trace": dict(output.trace),
    }


def output_from_json(fields: dict[str, Any]) -> Output:
    """Return the finished file that `output_as_json` wrote; its path is empty."""
    reported = tuple(problem_from_json(problem) for problem in fields["problems"])
    full = fullness_from_json(fields["fullness"]) if fields["fullness"] else None
    made = fields["output"]
    pieces = Rect(*made["pieces"]) if made.get("pieces") else None
    made = made | {"pieces": pieces}
    return Output(
        path="",
        is_cached=True,
        problems=reported,
        fullness=full,
        trace=fields["trace"],
        **made,
    )


@functools.lru_cache(maxsize=1)  # for all stores of this process
def _loaded_libraries(modules: int) -> list[str]:
    """Return the files of the system's libraries that are loaded with so many modules."""
    try:
        return libraries_in(Path("/proc/self/maps").read_text(encoding="utf-8"))
    except OSError:
        return []


def libraries_in(maps: str) -> list[str]:
    """Return the files of the system's libraries in a list of all that a process has loaded."""
    import sysconfig

    paths = {line.split(maxsplit=5)[-1] for line in maps.splitlines() if ".so" in line}
    # Python's packages bring some of their own, such as Pillow's, for other things: their versions
    # are known, and whether they are loaded depends on what this process has done.
    folders = (sysconfig.get_path(name) for name in ("purelib", "platlib"))
    packages = tuple(map(os.path.realpath, folders))  # as the kernel names them, past links
    return sorted(
        path
        for path in paths
        if any(f"lib{name}" in path for name in LIBRARIES) and not path.startswith(packages)
    )


def _libraries(paths: list[str]) -> list[tuple[str, int, int]]:
    libraries = []
    for path in paths:
        try:
            status = os.stat(path)
        except OSError:
            return []
        libraries.append((path, status.st_size, int(status.st_mtime)))
    return libraries


def _ghostscript() -> list[tuple[str, int, int]]:
    # Why not by shutil, which looks in the same places: to load it takes longer than all that.
    places = (os.path.join(folder, "gs") for folder in os.get_exec_path())
    programs = (at for at in places if os.access(at, os.X_OK) and os.path.isfile(at))
    return _libraries([*itertools.islice(programs, 1)])


def not_written(path: str, error: OSError) -> Problem:
    """A finished file could not be written: you may not write to the folder, or it is none.

    Fix: ask for the right to write into the folder, or choose another one with `--output`. Where
    the folder is a link to what is not there (a disk that is not connected), connect it, or delete
    the link. The file that was there before is untouched.
    """
    if error.errno in FULL:
        return disk_full(path)
    if link := _dangling(error.filename):
        said = f"{link} is a link to {os.readlink(link)}, which is not there"
        hint = "connect the disk that it is on, or delete the link"
        return Problem("output-not-written", f"{path} could not be written: {said}", None, hint)
    return Problem(
        "output-not-written",
        f"{path} could not be written: {error.strerror}",
        None,
        "look at the folder, or choose another with --output",
    )


def disk_full(path: str) -> Problem:
    """A finished file could not be written: the disk is full, or your share of it is used up.

    Fix: make room, then run the same command again: it makes only what is missing. What was made
    before is untouched. The end of the build says about how much room is wanted.
    """
    return Problem(
        "disk-full",
        f"{path} could not be written: the disk is full",
        None,
        "make room, then run the same command again: it makes only what is missing",
    )


def _dangling(path: object) -> str | None:
    """Return the first folder of a path that is a link to nothing; None where there is none."""
    if not isinstance(path, str):
        return None
    folders = [*reversed(Path(path).parents), Path(path)]
    return next((str(each) for each in folders if each.is_symlink() and not each.exists()), None)


CODES = {"output-not-written": not_written, "disk-full": disk_full}
