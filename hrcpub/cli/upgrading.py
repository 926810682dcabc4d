"""`upgrade`: the layouts and fonts of a project, and those installed, to what becomes of each."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path

from hrcpub.build.starting import write_bytes, write_text
from hrcpub.cli import starter
from hrcpub.files.sources import Sources
from hrcpub.records import record


class Fate(Enum):
    """What becomes of one file in an upgrade, as people read it."""

    ADDED = "new"
    REPLACED = "updated"
    REMOVED = "removed"
    YOURS = "kept, as you changed it"
    BOTH = "kept; hrcpub changed it too"


KEPT = (Fate.YOURS, Fate.BOTH)


@record
class FileChange:
    """One file that is not as it is installed now."""

    path: str
    fate: Fate
    mine: bytes | None  # the project's; None: it has none
    installed: bytes | None  # None: hrcpub has it no longer


def changes(
    mine: Mapping[str, bytes], installed: Mapping[str, bytes], record: Mapping[str, str]
) -> list[FileChange]:
    """Return what becomes of each file that differs, by what was installed before (`record`)."""
    return list(_changes(mine, installed, record))


def _changes(
    mine: Mapping[str, bytes], installed: Mapping[str, bytes], record: Mapping[str, str]
) -> Iterator[FileChange]:
    for path in sorted({*installed, *record}):
        here, new, before = mine.get(path), installed.get(path), record.get(path)
        if here != new and (fate := _fate(here, new, before)):
            yield FileChange(path, fate, here, new)


def _fate(here: bytes | None, new: bytes | None, before: str | None) -> Fate | None:
    """Return what becomes of a file that differs; None where there is nothing to say."""
    is_new_here = new is not None and starter.digest(new) != before
    if here is None:
        if before is None:
            return Fate.ADDED
        return Fate.BOTH if is_new_here else Fate.YOURS  # a designer took it out
    if starter.digest(here) == before:
        return Fate.REMOVED if new is None else Fate.REPLACED
    if new is None:
        return Fate.YOURS
    return Fate.BOTH if is_new_here else Fate.YOURS


def upgrade(root: Path, *, is_dry: bool) -> list[FileChange]:
    """Bring a project's design up to the installed one, but for what a designer changed.

    Returns what differed; `is_dry` writes nothing.
    """
    record, fonts = starter.read_record(root), starter.fonts_for([]) | starter.fonts_in(root)
    installed = starter.design(starter.root(), fonts)
    differing = changes(starter.design(root), installed, record)
    if is_dry:
        return differing
    sources = Sources(root)
    for change in differing:
        if change.fate is Fate.REMOVED:
            (root / change.path).unlink()
        elif change.fate not in KEPT and change.installed is not None:
            write_bytes(sources, change.path, change.installed)
    write_text(
        sources, starter.RECORD, starter.record_text(_recorded(differing, installed, record))
    )
    return differing


def _recorded(
    differing: list[FileChange], installed: Mapping[str, bytes], record: Mapping[str, str]
) -> dict[str, str]:
    """Return the new record. What was kept has its old entry, so that it is told again."""
    digests = {path: starter.digest(data) for path, data in installed.items()}
    for change in differing:
        if change.fate in KEPT:
            digests.pop(change.path, None)
            if change.path in record:
                digests[change.path] = record[change.path]
    return digests


def difference(change: FileChange) -> str:
    """Return what hrcpub's file has otherwise than a project's, as a unified diff."""
    try:
        mine, installed = ((data or b"").decode() for data in (change.mine, change.installed))
    except UnicodeDecodeError:
        return f"{change.path}: not a text\n"
    lines = difflib.unified_diff(
        mine.splitlines(keepends=True),
        installed.splitlines(keepends=True),
        f"yours/{change.path}",
        f"hrcpub/{change.path}",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
