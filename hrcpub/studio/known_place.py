"""Where a project's studio was, and what its windows know it by: kept in the user's cache folder.

So a studio that is started again is found at the same port, by windows that were left open. The
file is its user's alone; one that others could have read is not used any more.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import stat
import sys
import time
from pathlib import Path
from typing import NamedTuple

from hrcpub.files.cache import DAY, write_whole
from hrcpub.files.lasting import own_folder

KEPT_FOR = 30 * DAY  # seconds after the last start: no window stays open for longer
MOST_PORTS = 8  # of studios of one project at once
_OWN = 0o600  # rights of a file that nobody else may read


class KnownPlace(NamedTuple):
    """The secret that windows of a project know, and the ports of its studios, the first one first.

    Two studios of a project have the same secret, and a port each.
    """

    secret: str
    ports: tuple[int, ...] = ()

    def with_port(self, port: int) -> KnownPlace:
        """Return the same with one more port; the oldest goes where there are too many."""
        ports = (*self.ports, *(() if port in self.ports else (port,)))
        return self._replace(ports=ports[-MOST_PORTS:])


def known_place(root: Path) -> KnownPlace:
    """Return what is known of the project in `root`; a new secret where nothing is."""
    file = _file(root)
    return (file and _read(file)) or KnownPlace(secrets.token_urlsafe(32))


def keep_place(root: Path, place: KnownPlace) -> None:
    """Keep it for the next start, where that can be; what was not used for long goes."""
    file = _file(root)
    if file is None:
        return
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, exist_ok=True)
        write_whole(file, json.dumps(place._asdict()).encode(), mode=_OWN)
        for other in file.parent.glob("*.json"):
            if _is_old(other.stat()):
                other.unlink()


def _file(root: Path) -> Path | None:
    folder = own_folder("studio")
    name = hashlib.sha256(os.path.realpath(root).encode(errors="surrogateescape")).hexdigest()
    return folder / f"{name[:40]}.json" if folder else None


def _read(file: Path) -> KnownPlace | None:
    """Return what a file says; None where it is torn, old, or was not its user's alone."""
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(descriptor, "rb") as opened:
            status = os.fstat(descriptor)
            if not _is_private(status) or _is_old(status):
                return None
            said = json.loads(opened.read(10_000))
        place = KnownPlace(str(said["secret"]), tuple(map(int, said["ports"])))
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
    is_whole = len(place.secret) > 20 and all(0 < port < 2**16 for port in place.ports)
    return place if is_whole else None


def _is_private(status: os.stat_result) -> bool:
    if sys.platform == "win32":  # it is in the user's profile, which others cannot read
        return True
    is_ours = status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    return stat.S_ISREG(status.st_mode) and is_ours


def _is_old(status: os.stat_result) -> bool:
    return status.st_mtime < time.time() - KEPT_FOR
