"""What commands keep for later commands, in the user's own cache folder: any plain values.

All of it can be made again, so what is torn, from other programs, or made from files that have
changed is a miss, and where nothing can be written, each command makes it anew.

Why not in the project, as other things: these are Python's own forms, pickles and code, and who
can write them can run a program. A project may come from a stranger. The user's cache folder is
theirs alone (`_is_ours`), and whoever can write there can change hrcpub itself as well.
"""

from __future__ import annotations

import contextlib
import functools
import os
import pickle
import stat
import sys
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar, cast

from hrcpub.files.bytestore import ByteStore, Stored
from hrcpub.files.programs import program_key
from hrcpub.files.sources import Reads, Sources

KnownT = TypeVar("KnownT")

LIMIT = 100_000_000  # bytes: what a thousand layouts take


def made_once(key: str, make: Callable[[], KnownT]) -> KnownT:
    """Return what `make` makes of nothing but what is in the key: once for all commands."""
    stored = _find(key)
    known = None if stored is None else _thing(stored)
    if known is None:
        known = (make(),)
        _keep_thing(key, known[0])
    return cast(KnownT, known[0])


def parsed(key: Hashable, sources: Sources, parse: Callable[[Sources], KnownT]) -> KnownT:
    """Return what is made of a project's files: once, until one of them changes.

    `sources` has an empty record, which is what the thing is made from afterwards.
    """
    name = f"{sources.root}\0{key!r}"
    stored = _find(name)
    if stored and sources.still_holds(stored.made_from) and (known := _thing(stored)):
        sources.reads.add(stored.made_from)
        return cast(KnownT, known[0])
    thing = parse(sources)
    _keep_thing(name, thing, sources.reads)
    return thing


def own_folder(name: str) -> Path | None:
    """Return a folder for what another library keeps in its own form; None where there is none."""
    store = _store(_folder())
    return store.folder / name if store else None


def find(key: str) -> bytes | None:
    """Return the bytes kept under a key; None on a miss."""
    stored = _find(key)
    return stored.data if stored else None


def keep(key: str, data: bytes, made_from: Reads | None = None) -> None:
    """Keep bytes for later commands, where that can be."""
    store = _store(_folder())
    if store is not None:
        with contextlib.suppress(OSError):
            store.keep(_whole_key(key), data, made_from)
            _tidy(store)


def _find(key: str) -> Stored | None:
    store = _store(_folder())
    return store.find(_whole_key(key)) if store else None


def _thing(stored: Stored) -> tuple[Any] | None:
    """Return what was kept, alone in a tuple; None when its bytes are none of ours."""
    try:
        return (pickle.loads(stored.data),)
    except Exception:  # pickle raises anything
        return None


def _keep_thing(key: str, thing: object, made_from: Reads | None = None) -> None:
    keep(key, pickle.dumps(thing, pickle.HIGHEST_PROTOCOL), made_from)


def _whole_key(key: str) -> str:
    return f"{program_key()}\0{key}"


@functools.cache  # once for a process: what is kept is little beside the limit
def _tidy(store: ByteStore) -> None:
    store.evict()


@functools.cache
def _store(folder: Path | None) -> ByteStore | None:
    """Return the store in a folder, which is made; None where it is not the user's alone."""
    if folder is None:
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return ByteStore(folder, LIMIT) if _is_ours(folder) else None
    except OSError:
        return None


def _is_ours(folder: Path) -> bool:
    """Return whether a folder, and no link, is the user's, and nobody else may write in it."""
    if sys.platform == "win32":  # it is in the user's profile, which others cannot write
        return True
    status = os.lstat(folder)
    is_private = not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and is_private


def _folder() -> Path | None:
    """Return hrcpub's folder for caches, where this system has them; None where there is none.

    `XDG_CACHE_HOME` is the way to have it elsewhere, on any system (XDG Base Directory 0.8).
    """
    root = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if not root.is_absolute():  # "should consider the path invalid and ignore it"
        root = _usual_root()
    return root / "hrcpub" if root.is_absolute() else None


def _usual_root() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", ""))
    try:
        home = Path.home()
    except RuntimeError:  # this user has none
        return Path()
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache")
