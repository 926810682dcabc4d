"""The only reader of a project's files: paths inside the project to bytes, and a record of both.

Everything is read through `Sources`: YAML, templates, CSS, fonts, images. It refuses what is
outside the project, and it records what was read (SHA-256), what was looked for and absent, which
folders were listed, and which dates were asked about. That one record (`Reads`) is the cache's
key, the list of files to watch, and the report's list of what a piece was made from.
"""

from __future__ import annotations

import datetime
import errno
import hashlib
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hrcpub.problems import HrcpubError, Problem, Source

LARGEST_FILE = 64 * 2**20  # bytes: the largest fonts in use (CJK) have 20 MB, photographs less


@dataclass(slots=True)
class Reads:
    """What a piece was made from: it is current while each of these questions has this answer."""

    files: dict[str, str | None] = field(default_factory=dict)  # SHA-256, None: absent or refused
    folders: dict[str, str] = field(default_factory=dict)  # SHA-256 of the sorted names
    dates: dict[str, bool] = field(default_factory=dict)  # whether the day had come

    def add(self, other: Reads) -> None:
        """Take over what another record holds."""
        self.files |= other.files
        self.folders |= other.folders
        self.dates |= other.dates

    def contradicts(self, other: Reads) -> bool:
        """Return whether a question in both records had another answer in each."""
        return any(
            mine[key] != theirs[key]
            for mine, theirs in (
                (self.files, other.files),
                (self.folders, other.folders),
                (self.dates, other.dates),
            )
            for key in mine.keys() & theirs.keys()
        )

    def as_json(self) -> dict[str, Any]:
        """Return plain, sorted values for a report."""
        return {
            "files": dict(sorted(self.files.items())),
            "folders": dict(sorted(self.folders.items())),
            "dates": dict(sorted(self.dates.items())),
        }


class Sources:
    """A project's files, read by their path from the project's root, with `/` between names."""

    def __init__(self, root: Path, *, today: datetime.date | None = None) -> None:
        """Open the project in `root`; `today` replaces the date of the clock."""
        self._root = os.path.realpath(root)
        self.root = Path(self._root)
        self.reads = Reads()
        self._given_day = today
        self.look_at_clock()
        self._digests: dict[tuple[str, int, int, int, int], str] = {}
        self._drafts: dict[str, bytes] = {}

    def look_at_clock(self) -> None:
        """Take today's date anew: what stays open, as a window does, is so past midnight.

        Not at every question: all that is made at one time is made on one day.
        """
        self._today = self._day()

    def is_of_yesterday(self) -> bool:
        """Return whether another day has come since the clock was looked at."""
        return self._today != self._day()

    def _day(self) -> datetime.date:
        return self._given_day or datetime.date.today()

    def with_drafts(self, drafts: Mapping[str, bytes]) -> Sources:
        """Return the same files with an empty record, some of them as an editor has them open.

        `drafts` are by path, in place of what is on the disk. They may be files that are not there
        yet, in folders that are.
        """
        return self._with_record(dict(drafts))

    def recording(self) -> Sources:
        """Return the same files with an empty record of their own.

        Why not a new Sources: files that were hashed once are not hashed again.
        """
        return self._with_record(self._drafts)

    def _with_record(self, drafts: dict[str, bytes]) -> Sources:
        other = object.__new__(Sources)
        other.root, other._root = self.root, self._root
        other._given_day, other._today = self._given_day, self._today
        other._digests = self._digests
        other._drafts = drafts
        other.reads = Reads()
        return other

    def read(self, path: str) -> bytes:
        """Return a file's bytes; raise HrcpubError when it is absent or may not be read."""
        try:
            data = self._bytes(path)
        except FileNotFoundError:
            self.reads.files[path] = None
            raise HrcpubError(file_missing(path)) from None
        except OSError as error:
            self.reads.files[path] = None  # as if absent: it may become readable
            raise HrcpubError(file_refused(path, error.strerror or str(error))) from None
        self.reads.files[path] = hashlib.sha256(data).hexdigest()
        return data

    def text(self, path: str) -> str:
        """Return a file's text; raise HrcpubError also when it is not UTF-8."""
        data = self.read(path)
        if data.startswith(_OTHER_KINDS):
            raise HrcpubError(not_plain(path))
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise HrcpubError(file_encoding(path, data, error)) from None

    def has(self, path: str) -> bool:
        """Return whether a readable file is there; its absence is recorded too."""
        try:
            self.read(path)
        except HrcpubError:
            return False
        return True

    def names(self, folder: str, suffix: str = "") -> tuple[str, ...]:
        """Return the sorted names in a folder that end in `suffix`; none when it is absent.

        Names that begin with `.` or `_` are left out: those of editors, and of drafts.
        """
        try:
            names = self._listed(folder)
        except OSError:
            names = []
        self.reads.folders[folder] = _digest_of_names(names)
        return tuple(n for n in names if n.endswith(suffix) and not n.startswith((".", "_")))

    def has_come(self, day: datetime.date) -> bool:
        """Return whether `day` is today or past; the answer is part of the record."""
        self.reads.dates[day.isoformat()] = answer = day <= self._today
        return answer

    def is_over(self, day: datetime.date) -> bool:
        """Return whether `day` is past: 9999-12-31, which some write for ever, never is."""
        return day < datetime.date.max and self.has_come(day + datetime.timedelta(days=1))

    def still_holds(self, reads: Reads) -> bool:
        """Return whether every question in a record still has the answer it had."""
        folders: dict[str, bool] = {}  # looked at once for all files in them
        return (
            all(self.digest(path, folders) == known for path, known in reads.files.items())
            and all(
                (datetime.date.fromisoformat(day) <= self._today) is known
                for day, known in reads.dates.items()
            )
            and all(self._folder_digest(path) == known for path, known in reads.folders.items())
        )

    def digest(self, path: str, folders: dict[str, bool] | None = None) -> str | None:
        """Return a file's SHA-256, None when it is absent; read only when its stat has changed.

        `folders` are those that were looked at a moment ago, and whether they are links.
        """
        if path in self._drafts:
            return hashlib.sha256(self._drafts[path]).hexdigest()
        try:
            stats = os.stat(self._inside(path, folders))
            key = (path, stats.st_mtime_ns, stats.st_ctime_ns, stats.st_size, stats.st_ino)
            if key not in self._digests:
                self._digests[key] = hashlib.sha256(self._bytes(path)).hexdigest()
        except OSError:
            return None
        return self._digests[key]

    def _folder_digest(self, folder: str) -> str:
        try:
            return _digest_of_names(self._listed(folder))
        except OSError:
            return _digest_of_names([])

    def _listed(self, folder: str) -> list[str]:
        names = set(os.listdir(self._inside(folder)))
        drafts = (path.rpartition("/") for path in self._drafts)
        return sorted(names | {name for parent, _, name in drafts if parent == folder})

    def _inside(self, path: str, folders: dict[str, bool] | None = None) -> str:
        """Return the real path of `path`; raise PermissionError when it leaves the project.

        `folders` are those of which is known whether they are links.
        """
        if "\0" in path or "\\" in path:
            raise PermissionError(
                errno.EACCES, "its name has a character that is not allowed in a path"
            )
        path = path.lstrip("/")
        if self._is_real(path, {} if folders is None else folders):
            return f"{self._root}/{path}"
        real = os.path.realpath(os.path.join(self.root, path))
        if real != self._root and not real.startswith(self._root + os.sep):
            raise PermissionError(errno.EACCES, "it is outside the project")
        return real

    def _is_real(self, path: str, folders: dict[str, bool]) -> bool:
        """Return whether a path below the root is its own real path: no part of it is a link.

        Most are. Why not ask for the real path: that looks at all folders above the root too.
        """
        *above, name = path.split("/")
        if os.name != "posix" or not _LEADS_ELSEWHERE.isdisjoint((*above, name)):
            return False
        folder = self._root
        for part in above:
            folder = f"{folder}/{part}"
            if folder not in folders:
                folders[folder] = _is_link(folder)
            if folders[folder]:
                return False
        return not _is_link(f"{folder}/{name}")

    def _bytes(self, path: str) -> bytes:
        """Read a regular file. Do not wait for a FIFO, nor read a device without end.

        It is opened first and looked at then: between a look and the opening it could be replaced.
        """
        if path in self._drafts:
            return self._drafts[path]
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(self._inside(path), flags)
        try:
            stats = os.fstat(descriptor)
            if not stat.S_ISREG(stats.st_mode):
                raise PermissionError(errno.EACCES, "it is not an ordinary file")
            if stats.st_size > LARGEST_FILE:
                raise PermissionError(errno.EACCES, f"it is over {LARGEST_FILE // 2**20} MB")
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                return file.read(LARGEST_FILE + 1)
        finally:
            os.close(descriptor)


_LEADS_ELSEWHERE = frozenset(("", ".", ".."))  # of a path's parts


def _is_link(path: str) -> bool:
    try:
        return stat.S_ISLNK(os.lstat(path).st_mode)
    except OSError:  # it is not there, or nobody may look
        return False


def _digest_of_names(names: list[str]) -> str:
    return hashlib.sha256("\n".join(names).encode(errors="surrogateescape")).hexdigest()


def file_missing(path: str) -> Problem:
    """A file that is named somewhere does not exist.

    Fix: check the spelling, and that the file was copied into the project. Write paths from the
    project's folder, with `/` between the names: `materials/images/van.jpg`.
    """
    return Problem(
        "file-missing", f"there is no file {path}", Source(path), "check its name and folder"
    )


def file_refused(path: str, reason: str) -> Problem:
    """A file must not be read: it is outside the project, not an ordinary file, or too large.

    Fix: copy the file itself into the project, not a link to it. A pamphlet is made only from
    what is in its project's folder, so that it can be made again anywhere.
    """
    return Problem(
        "file-refused",
        f"{path} cannot be read: {reason}",
        Source(path),
        "copy the file itself into the project's folder",
    )


# A zip, and so a document of Word or LibreOffice; one of Word before 2007; a rich text.
_OTHER_KINDS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")


def not_plain(path: str) -> Problem:
    """Return the Problem of a word processor's file that should be plain text."""
    message = "this is a file of a word processor (or a zip), not plain text"
    return Problem("file-encoding", message, Source(path), "save it again as plain text, UTF-8")


def file_encoding(path: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    """A text file is not UTF-8, so some of its letters would come out wrong.

    Fix: save it again as UTF-8. In most editors choose "Save as", then the encoding "UTF-8".
    """
    before = data[: error.start]
    line = before.count(b"\n") + 1
    start = before.rfind(b"\n") + 1
    end = data.find(b"\n", error.start)
    quote = data[start : end if end >= 0 else None].decode("utf-8", "replace").rstrip("\r")
    column = len(before[start:].decode("utf-8", "replace")) + 1
    return Problem(
        "file-encoding",
        f"this file was saved in another encoding than UTF-8 (byte 0x{data[error.start]:02x})",
        Source(path, line, column, quote=quote),
        'save it again with the encoding "UTF-8"',
    )


CODES = {
    "file-missing": file_missing,
    "file-refused": file_refused,
    "file-encoding": file_encoding,
}
