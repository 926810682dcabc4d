"""Why a piece was refused, remembered as files are: the same words are not typeset in vain again.

What is told is kept in a Memory. Nothing is kept of what lies outside the project, such as a full
disk.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from hrcpub.build.findings import Findings
from hrcpub.build.job import Job
from hrcpub.build.memory import Memory
from hrcpub.build.store import CODES as OF_DISKS
from hrcpub.build.store import Store, job_as_json
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.sources import Reads, Sources
from hrcpub.pipeline.stages import Fullness, fullness_from_json
from hrcpub.problems import Problem, problem_from_json


class Refusal(NamedTuple):
    """What was told of editions that were not made, and how full those are that were laid out."""

    problems: tuple[Problem, ...]
    full: dict[str, Fullness]  # by form


class Refusals:
    """The refusals of a project's builds and checks, which say the same."""

    def __init__(self, store: Store | Findings) -> None:
        """Keep them beside what `store` keeps, for the same programs."""
        self._store = store
        self._memory = Memory(ByteStore(store.root / "output" / ".cache" / "store"), store)

    def current(
        self, job: Job, editions: Sequence[str], sources: Sources
    ) -> tuple[Refusal, Reads] | None:
        """Return why editions were refused, and what that was found from; None on a miss."""
        return self._memory.recall(_key(job, editions), sources, _refusal)

    def keep(self, job: Job, editions: Sequence[str], refusal: Refusal, reads: Reads) -> None:
        """Remember a refusal, where that can be written."""
        if not editions:
            return
        if "weasyprint" in sys.modules:
            self._store.note_first_libraries()
        found = {
            "problems": [problem.as_json() for problem in refusal.problems],
            "full": {form: full.as_json() for form, full in refusal.full.items()},
        }
        self._memory.keep(_key(job, editions), found, reads)


def is_of_project(problems: Sequence[Problem]) -> bool:
    """Return whether some errors come from a project's files alone, all of them with their places.

    What is missing in the system, or has no room on the disk, may be there the next time.
    """
    errors = [problem for problem in problems if problem.is_error]
    return bool(errors) and all(
        problem.source and problem.source.path and problem.code not in OF_DISKS
        for problem in errors
    )


def _refusal(found: dict[str, Any]) -> Refusal:
    problems = tuple(problem_from_json(problem) for problem in found["problems"])
    full = {form: fullness_from_json(values) for form, values in found["full"].items()}
    return Refusal(problems, full)


def _key(job: Job, editions: Sequence[str]) -> str:
    jobs = [job_as_json(job, edition) for edition in editions]
    return f"refused\0{json.dumps([jobs, job.is_usual])}"
