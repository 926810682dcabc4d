"""Run files that earlier builds have written, block by block: what has not changed is copied."""

from __future__ import annotations

from pathlib import Path

from hrcpub.events.fulfil.jobs import RunJob
from hrcpub.events.fulfil.parts import PartCache
from hrcpub.events.shells import FormerRun, GatheredRun, former_run, packed_run

KIND = "run"
MOST_READ = 64 * 2**20  # bytes: larger run files are read by qpdf alone, and not into memory


class KeptRuns:
    """The run files of one event's folder."""

    def __init__(self, parts: PartCache, folder: Path) -> None:
        """Keep in `parts` what they consist of; the files themselves are in the folder."""
        self._parts, self._folder = parts, folder

    def find(self, job: RunJob) -> FormerRun | None:
        """Return the run file that stands where one is to be written; None where it is no help.

        That is so unless it was proven, is as it was, and was made from the same template, for the
        same printer.
        """
        kept = self._parts.find(self._made_from(job), KIND)
        if kept is None:
            return None
        try:
            return former_run(kept, (self._folder / job.path).read_bytes())
        except OSError:
            return None

    def keep(self, job: RunJob, sha256: str, kind: str, run: GatheredRun) -> None:
        """Keep what a run file consists of, which was proven to be of a kind."""
        self._parts.keep(self._made_from(job), KIND, packed_run(sha256, kind, run.blocks))

    def _made_from(self, job: RunJob) -> str:
        return f"{self._folder}/{job.path}\0{job.template}\0{job.job.printer}"
