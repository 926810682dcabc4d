"""Stock pieces kept between builds, in the project's cache: made once, as long as nothing changes.

What is torn or gone is a miss, never an error.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from hrcpub.build.store import Store, not_written
from hrcpub.events.fulfil.jobs import PieceFacts, Shell, ShellJob
from hrcpub.files.cache import write_whole
from hrcpub.files.sources import Reads, Sources
from hrcpub.problems import HrcpubError, problem_from_json
from hrcpub.units import Size


class ShellStore:
    """The stock pieces of a project."""

    def __init__(self, store: Store, sources: Sources) -> None:
        """Keep them in the project's `output/.cache`."""
        self._store, self._sources = store, sources
        self.folder = store.root / "output" / ".cache" / "stock"

    def current(self, job: ShellJob) -> Shell | None:
        """Return a piece that needs no making; None on a miss."""
        path = self._path(job)
        try:
            text, _, digest = path.with_suffix(".json").read_bytes().rpartition(b"\n")
            if digest.decode() != _digest(text):
                return None
            known = json.loads(text)
            reads = Reads(**known["made-from"])
            if known["engine"] != self._store.engine or not self._sources.still_holds(reads):
                return None
            pdf, kit = path.read_bytes(), path.with_suffix(".kit").read_bytes()
            if known["files"] != [_digest(pdf), _digest(kit)]:
                return None
            return _stock(job, pdf, kit, known, reads)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def keep(self, stock: Shell) -> None:
        """Write a piece down; raise HrcpubError when that cannot be."""
        path = self._path(stock.job)
        facts = stock.facts._asdict()
        known = {
            "engine": self._store.engine,
            "files": [_digest(stock.pdf), _digest(stock.kit)],
            "area": stock.area,
            "facts": facts,
            "digest": stock.digest,
            "problems": [problem.as_json() for problem in stock.problems],
            "made-from": stock.reads.as_json(),
        }
        text = json.dumps(known).encode()
        try:
            write_whole(path, stock.pdf)
            write_whole(path.with_suffix(".kit"), stock.kit)
            write_whole(path.with_suffix(".json"), text + b"\n" + _digest(text).encode())
        except OSError as error:
            raise HrcpubError(not_written(str(path), error)) from None

    def _path(self, job: ShellJob) -> Path:
        return self.folder / f"{job.name}.pdf"


def _stock(job: ShellJob, pdf: bytes, kit: bytes, known: dict[str, Any], reads: Reads) -> Shell:
    facts = known["facts"]
    facts["flat"], facts["finished"] = Size(*facts["flat"]), Size(*facts["finished"])
    if facts["place"]:
        facts["place"] = (facts["place"][0], tuple(facts["place"][1]))
    return Shell(
        job=job,
        pdf=pdf,
        kit=kit,
        area=Size(*known["area"]) if known["area"] else None,
        facts=PieceFacts(**facts),
        digest=known["digest"],
        problems=tuple(problem_from_json(problem) for problem in known["problems"]),
        reads=reads,
        kit_digest=_digest(kit) if kit else "",
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
