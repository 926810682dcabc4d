"""What checks have found, remembered from one to the next: a Store that writes no file.

A check is a build whose files go nowhere. What it found is kept in a Memory.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import replace
from pathlib import Path

from hrcpub.build.job import Job
from hrcpub.build.memory import Memory
from hrcpub.build.store import Store, job_as_json, output_as_json, output_from_json
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.cache import Ahead
from hrcpub.files.sources import Reads, Sources
from hrcpub.pipeline.stages import Output
from hrcpub.problems import HrcpubError


class Findings:
    """What was found in each file of a project, by a build or by an earlier check."""

    def __init__(self, store: Store) -> None:
        """Ask `store` first: a file that is current has been looked over."""
        self._store = store
        self._memory = Memory(ByteStore(store.root / "output" / ".cache" / "store"), store)
        self._made: dict[str, bytes] = {}  # by digest: what is compared before it is let go

    def current(self, job: Job, edition: str, sources: Sources) -> tuple[Output, Reads] | None:
        """Return what is known of a file, and what it was found from; None on a miss."""
        return self._store.current(job, edition, sources) or self._memory.recall(
            _key(job, edition), sources, output_from_json
        )

    def ahead(self, job: Job, edition: str, data: bytes) -> Ahead | None:
        """Begin no file: none is written."""
        return None

    def keep(
        self,
        job: Job,
        output: Output,
        data: bytes,
        reads: Reads,
        versions: dict[str, str],
        ahead: Ahead | None = None,
    ) -> Output:
        """Remember what was found in a file, and let go of the file with the check."""
        output = replace(output, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
        self._made[output.sha256] = data
        self._memory.keep(_key(job, output.edition), output_as_json(output), reads)
        return output

    def bytes_of(self, material: str, output: Output) -> bytes | None:
        """Return a file's bytes, where this check made it, or a build did."""
        return self._made.get(output.sha256) or self._store.bytes_of(material, output)

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self._store.root

    @property
    def engine(self) -> str:
        """A digest of the programs, as the Store has it."""
        return self._store.engine

    def note_first_libraries(self) -> None:
        """Remember which system libraries are loaded, if nobody did."""
        self._store.note_first_libraries()

    def note_libraries(self) -> None:
        """Remember which system libraries are loaded, as the Store does, where that can be."""
        with contextlib.suppress(HrcpubError):
            self._store.note_libraries()


def _key(job: Job, edition: str) -> str:
    # Without what it depends on: a newer finding takes the place of the older one.
    return f"check\0{json.dumps(job_as_json(job, edition))}"
