"""Files to a zip that is the same whenever it is made, and that opens the same everywhere.

Entries are in the order of their names, dated 1980-01-01, the first day that the format has. PDFs
and pictures are stored, since they are compressed already. Files are copied in pieces of 1 MB, so
that memory does not grow with them.
"""

from __future__ import annotations

import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from hrcpub.build.store import not_written
from hrcpub.files.cache import whole
from hrcpub.patterns import pattern
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.project.names import is_device

_MADE = (1980, 1, 1, 0, 0, 0)
_STORED = (".pdf", ".png", ".jpg", ".jpeg", ".zip")
_PIECE = 1 << 20
_LONGEST = 240  # characters: Windows takes 260 with the folder it is unpacked into
# Characters that have another use in file names on some system.
_FORBIDDEN = pattern(r'[\x00-\x1f\x7f<>:"|?*\\]')


class ZipEntry(NamedTuple):
    """One file of the zip: its name with `/` between folders, and what is in it."""

    name: str
    content: Path | bytes


def write_archive(path: Path, entries: Iterable[ZipEntry]) -> int:
    """Write a zip, whole or not at all; return its size in bytes.

    Raises HrcpubError when a name is not safe in it, or something cannot be read or written; an
    earlier zip is then left as it was.
    """
    in_order = sorted(entries, key=lambda entry: entry.name)
    problems = name_problems(entry.name for entry in in_order)
    if problems:
        raise HrcpubError(*problems)
    try:
        with whole(path, sync=False) as file, zipfile.ZipFile(file, "w") as archive:
            for entry in in_order:
                _add(archive, entry)
    except OSError as error:
        raise HrcpubError(not_written(str(path), error)) from None
    return path.stat().st_size


def _add(archive: zipfile.ZipFile, entry: ZipEntry) -> None:
    info = zipfile.ZipInfo(entry.name, _MADE)
    info.create_system = 3  # Unix: what follows are its permissions
    info.external_attr = (stat.S_IFREG | 0o644) << 16
    is_stored = entry.name.lower().endswith(_STORED)
    info.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
    if isinstance(entry.content, bytes):
        archive.writestr(info, entry.content)
        return
    about = entry.content.lstat()
    if not stat.S_ISREG(about.st_mode):
        raise HrcpubError(no_ordinary_file(entry.name))
    info.file_size = about.st_size  # more than 4 GB needs a larger head
    with entry.content.open("rb") as source, archive.open(info, "w") as target:
        while piece := source.read(_PIECE):
            target.write(piece)


def name_problems(names: Iterable[str]) -> list[Problem]:
    """Return what is wrong with the names of a zip's entries, each and together."""
    problems: list[Problem] = []
    taken: dict[str, str] = {}  # by its folded name; folders end in a slash
    for name in names:
        if said := _unfit(name):
            problems.append(name_unsafe(name, said))
            continue
        key = _folded(name)
        folders = [key[:end] for end, sign in enumerate(key) if sign == "/"]
        # A file of its name, a folder of its name, or a file where it needs a folder.
        others = [taken[path] for path in (key, f"{key}/", *folders) if path in taken]
        if others:
            problems.append(names_collide(name, others[0]))
        taken[key] = name
        taken |= {f"{folder}/": name for folder in folders}
    return problems


def _unfit(name: str) -> str | None:
    """Return why a name is not safe in a zip, None when it is."""
    parts = name.split("/")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return "it is an absolute path"
    if "\\" in name:
        return "it has a backslash"
    if ".." in parts:
        return "it leads out of its folder"
    if "" in parts or "." in parts:
        return "one of its parts is empty"
    if _FORBIDDEN.search(name):
        return "it has a character that file names may not have everywhere"
    if any(part[-1] in ". " or part[0] == " " or is_device(part) for part in parts):
        return "Windows cannot have a file of that name"
    return "it is too long" if len(name) > _LONGEST else None


def _folded(name: str) -> str:
    """Return a name as file systems see it that ignore capitals and how letters are composed."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def name_unsafe(name: str, said: str) -> Problem:
    """A file's name is not safe in a zip: unpacked elsewhere, it could land in the wrong place.

    Fix: change the id of the item or the site that the name comes from. Names are paths inside the
    zip's folder, with `/` between folders, without characters that some system refuses.
    """
    return Problem("archive-name", f'"{name[:120]}" cannot be in a zip: {said}', None)


def names_collide(name: str, other: str) -> Problem:
    """Two files of a zip would be one where capitals do not count, as on Windows and macOS.

    Fix: give their items or sites ids that differ in more than capitals.
    """
    return Problem("archive-collision", f'"{name}" and "{other}" would be one file', None)


def no_ordinary_file(name: str) -> Problem:
    """Something that belongs into a zip is not an ordinary file: a link, a folder, or a device.

    Fix: delete it, and build again.
    """
    return Problem(
        "archive-file", f"{name} is not an ordinary file", Source(name), "delete it and build again"
    )


CODES = {
    "archive-name": name_unsafe,
    "archive-collision": names_collide,
    "archive-file": no_ordinary_file,
}
