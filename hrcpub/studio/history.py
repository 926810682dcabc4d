"""Saved texts of a project's files, to go back to: a tree of versions for each file.

They are in `.hrcpub/history.sqlite` in the project, which is each person's own: a `.gitignore`
beside it keeps it out of what is shared. SQLite survives that a save is cut off in the middle.
"""

from __future__ import annotations

import contextlib
import datetime
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = ".hrcpub"
MOST = 2000  # versions of a file: of older ones, those that nothing is reached through are let go

_TABLES = """
create table if not exists version (
    id integer primary key autoincrement,
    path text not null,
    follows integer,
    at text not null,
    by text not null,
    what text not null,
    text blob not null
);
create index if not exists by_path on version (path, id);
create index if not exists by_follows on version (follows);
create table if not exists now (path text primary key, id integer not null);
"""


class Version(NamedTuple):
    """One saved text. `what` says in a few words what was changed, `by` in which program."""

    id: int
    follows: int | None  # the version that it was made from
    at: datetime.datetime  # in UTC
    by: str
    what: str


class History:
    """The versions of a project's files. For one thread at a time; other processes may too."""

    def __init__(self, root: Path) -> None:
        """Open the history of the project in `root`; begin one if there is none."""
        folder = root / FOLDER
        folder.mkdir(exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("# Each person's own: nothing of it is shared.\n*\n")
        self._base = sqlite3.connect(
            folder / "history.sqlite",
            timeout=10,
            isolation_level=None,
            check_same_thread=False,  # it may be opened by another than the one that uses it
        )
        self._base.execute("pragma journal_mode = wal")
        self._base.execute("pragma synchronous = normal")
        self._base.executescript(_TABLES)

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def keep(self, path: str, text: str, by: str, what: str) -> Version:
        """Keep a text as what the file is now; return the version, the one there is if it is it."""
        with self._whole():
            before = self.now(path)
            if before and self.text(before.id) == text:
                return before
            row = self._base.execute(
                "insert into version (path, follows, at, by, what, text) values (?, ?, ?, ?, ?, ?)",
                (path, before and before.id, _clock(), by, what, zlib.compress(text.encode())),
            )
            self._set(path, row.lastrowid or 0)
            self._let_go(path)
        now = self.now(path)
        assert now is not None
        return now

    def now(self, path: str) -> Version | None:
        """Return the version that the file is at; None: it has no history."""
        return self._one("id = (select id from now where path = ?)", path)

    def before(self, path: str) -> Version | None:
        """Return the version to which an undo goes."""
        now = self.now(path)
        return self._one("id = ?", now.follows) if now and now.follows else None

    def after(self, path: str) -> Version | None:
        """Return the version to which a redo goes: the newest that was made from this one."""
        now = self.now(path)
        return self._one("follows = ? order by id desc limit 1", now.id) if now else None

    def go(self, path: str, to: Version) -> None:
        """Note that the file is at a version now."""
        self._set(path, to.id)

    def text(self, number: int) -> str:
        """Return the text of a version; raise KeyError where there is none."""
        row = self._base.execute("select text from version where id = ?", (number,)).fetchone()
        if row is None:
            raise KeyError(number)
        return zlib.decompress(row[0]).decode()

    def versions(self, path: str) -> list[Version]:
        """Return all versions of a file, the newest first."""
        rows = self._base.execute(f"{_SELECT} where path = ? order by id desc", (path,))
        return [_version(row) for row in rows]

    def has(self, path: str, number: int) -> bool:
        """Return whether a version is one of a file's."""
        return self._one("id = ? and path = ?", number, path) is not None

    def _one(self, where: str, *values: object) -> Version | None:
        row = self._base.execute(f"{_SELECT} where {where}", values).fetchone()
        return _version(row) if row else None

    def _set(self, path: str, number: int) -> None:
        self._base.execute("insert or replace into now values (?, ?)", (path, number))

    def _let_go(self, path: str) -> None:
        """Let the oldest versions go; the eldest that stays then follows nothing."""
        row = self._base.execute(
            "select id from version where path = ? order by id desc limit 1 offset ?",
            (path, MOST - 1),
        ).fetchone()
        if row:
            self._base.execute("delete from version where path = ? and id < ?", (path, row[0]))
            self._base.execute(
                "update version set follows = null where path = ? and follows < ?", (path, row[0])
            )

    @contextlib.contextmanager
    def _whole(self) -> Iterator[None]:
        """Do all of it or nothing, one process after the other."""
        self._base.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._base.execute("rollback")
            raise
        self._base.execute("commit")


_SELECT = "select id, follows, at, by, what from version"


def _version(row: tuple[int, int | None, str, str, str]) -> Version:
    return Version(row[0], row[1], datetime.datetime.fromisoformat(row[2]), row[3], row[4])


def _clock() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
