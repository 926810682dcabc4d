"""What the last build of the same order came to, as long as nothing of it has changed since.

Each file is current or not by its own report. But to ask every file, all materials and layouts must
be understood first, which takes most of the time of a build with nothing to do. The whole answer
is kept in a Memory, with all that was read for it and with what stands in `output/`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hrcpub.build.memory import Memory
from hrcpub.build.store import Store, output_as_json, output_from_json
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.cache import ordinary_bytes
from hrcpub.files.sources import Reads, Sources
from hrcpub.pipeline.stages import Output, Report
from hrcpub.problems import problem_from_json


class Standing:
    """The answers of a project's builds, by what was ordered."""

    def __init__(self, store: Store) -> None:
        """Keep them beside what `store` keeps, for the same programs."""
        self._store = store
        self._memory = Memory(ByteStore(store.root / "output" / ".cache" / "store"), store)

    def current(self, order: str, sources: Sources) -> list[Report] | None:
        """Return the Reports of a build that would make nothing; None where it might."""
        recalled = self._memory.recall(_key(order), sources, self._reports)
        return recalled[0] if recalled else None

    def keep(self, order: str, reports: Sequence[Report], reads: Reads) -> None:
        """Remember a build in which nothing failed. `reads` is what was read beside its jobs."""
        if any(report.failed for report in reports):
            return
        made_from = Reads()
        for record in (reads, *(report.reads for report in reports)):
            made_from.add(record)
        try:
            found = {"reports": [self._kept(report) for report in reports]}
        except OSError:  # somebody has removed a file already
            return
        self._memory.keep(_key(order), found, made_from)

    def _kept(self, report: Report) -> dict[str, Any]:
        return {
            "material": report.material,
            "problems": [problem.as_json() for problem in report.problems],
            "outputs": [
                {"path": output.path, "files": self._digests(output, report), **as_json}
                for output in report.outputs
                for as_json in [output_as_json(output)]
            ],
        }

    def _reports(self, found: dict[str, Any]) -> list[Report]:
        """Return what was kept; raise ValueError when a file is not as it was."""
        return [self._report(kept) for kept in found["reports"]]

    def _report(self, kept: dict[str, Any]) -> Report:
        outputs = [replace(output_from_json(one), path=one["path"]) for one in kept["outputs"]]
        problems = tuple(problem_from_json(problem) for problem in kept["problems"])
        report = Report(kept["material"], tuple(outputs), problems)
        for output, one in zip(outputs, kept["outputs"], strict=True):
            try:
                is_same = self._digests(output, report) == one["files"]
            except OSError:
                is_same = False
            if not is_same:
                raise ValueError(output.path)
        return report

    def _digests(self, output: Output, report: Report) -> list[str]:
        """Return the digests of a finished file and of the report beside it."""
        path = self._store.path(output.edition, report.material)
        return [_digest(path), _digest(path.with_suffix(".json"))]


def _digest(path: Path) -> str:
    return hashlib.sha256(ordinary_bytes(path)).hexdigest()


def _key(order: str) -> str:
    return f"order\0{order}"
