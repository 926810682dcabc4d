"""A piece's finished files against those that were approved: what differs, to a note.

A file whose bytes are those that were approved is so at once. Others are compared, and what came of
it is remembered by the digests of both files: each is looked at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from hrcpub.build.findings import Findings
from hrcpub.build.job import Job
from hrcpub.build.memory import Memory
from hrcpub.build.store import Store
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.sources import Reads, Sources
from hrcpub.pipeline.compare.records import Comparison, comparison_from_json
from hrcpub.pipeline.compare.wording import in_short, quoted
from hrcpub.pipeline.stages import Output
from hrcpub.problems import HrcpubError, Problem, Severity, Source
from hrcpub.project.approval import Approval, approved_file, differs, lost_file, read_approval
from hrcpub.project.material import words_file


class EditionDifference(NamedTuple):
    """How one file differs from the one that was approved."""

    edition: str
    comparison: Comparison


class Approvals:
    """What was approved in a project, and how its files differ from that."""

    def __init__(self, store: Store | Findings) -> None:
        """Look at the files that `store` has, and remember what was found beside them."""
        self._store = store
        self._memory = Memory(ByteStore(store.root / "output" / ".cache" / "store"), store)
        self._read: dict[str, Approval | None] = {}

    def can_tell(self, job: Job, output: Output, sources: Sources) -> bool:
        """Return whether it can be said of a file if it is as approved, without making it anew."""
        try:
            approval = self._approval(job, sources)
        except HrcpubError:
            return True
        if approval is None or output.edition not in approval.editions:
            return True
        approved = approval.editions[output.edition].sha256
        return (
            self.known(approved, output.sha256, sources) is not None
            or self._store.bytes_of(job.material, output) is not None
        )

    def notes(self, job: Job, outputs: Sequence[Output], sources: Sources) -> list[Problem]:
        """Return what is to be told of a piece's files: nothing where they are as approved."""
        try:
            approval = self._approval(job, sources)
            if approval is None:
                return []
            found = self._differences(approval, outputs, sources)
        except HrcpubError as error:
            return [problem.at(Severity.WARNING) for problem in error.problems]
        return [difference_note(approval, found, sources)] if found else []

    def known(self, approved: str, now: str, sources: Sources) -> Comparison | None:
        """Return how two files differ, by their SHA-256, where that was looked at."""
        if approved == now:
            return Comparison(())
        return self._recalled(_key(approved, now), sources)

    def compared(
        self, approval: Approval, edition: str, data: bytes, sources: Sources
    ) -> Comparison:
        """Return how a file differs from the one that was approved.

        Raises HrcpubError where that one is lost, or one of them cannot be read.
        """
        approved, now = approval.editions[edition].sha256, hashlib.sha256(data).hexdigest()
        known = self.known(approved, now, sources)
        if known is not None:
            return known
        # Not before: most files are as they were approved.
        from hrcpub.pipeline.compare import compare

        path = approved_file(approval.piece, edition)
        found = compare(approved_bytes(approval, edition, sources), data, (path, "the file"))
        self._keep(_key(approved, now), found, Reads())
        return found

    def remember(
        self, approval: Approval, edition: str, comparison: Comparison, reads: Reads
    ) -> None:
        """Keep how an edition differs as long as what was read for it is the same, built or not."""
        self._keep(_key_now(approval, edition), comparison, reads)

    def remembered(self, approval: Approval, edition: str, sources: Sources) -> Comparison | None:
        """Return how an edition would differ now, where somebody has looked since it changed."""
        return self._recalled(_key_now(approval, edition), sources)

    def _recalled(self, key: str, sources: Sources) -> Comparison | None:
        recalled = self._memory.recall(key, sources, _comparison)
        return recalled[0] if recalled else None

    def _keep(self, key: str, comparison: Comparison, reads: Reads) -> None:
        self._memory.keep(key, {"comparison": comparison.as_json()}, reads)

    def _approval(self, job: Job, sources: Sources) -> Approval | None:
        """Return what was approved of a job's piece; None if nothing was of files like the job's.

        What is asked for on other paper, for another shop or as a draft, nobody has approved.
        """
        if job.paper or job.printer or job.sheet or job.is_draft:
            return None
        if job.material not in self._read:
            self._read[job.material] = read_approval(sources, job.material)
        return self._read[job.material]

    def _differences(
        self, approval: Approval, outputs: Sequence[Output], sources: Sources
    ) -> list[EditionDifference]:
        found = []
        for output in outputs:
            if output.edition not in approval.editions:
                continue
            known = self.known(approval.editions[output.edition].sha256, output.sha256, sources)
            if known is None:
                data = self._store.bytes_of(approval.piece, output)
                if data is None:  # somebody has removed it
                    continue
                known = self.compared(approval, output.edition, data, sources)
            if not known.is_same:
                found.append(EditionDifference(output.edition, known))
        return found


def approved_bytes(approval: Approval, edition: str, sources: Sources) -> bytes:
    """Return a file that was approved; raise HrcpubError where it is lost."""
    try:
        data = sources.read(approved_file(approval.piece, edition))
    except HrcpubError:
        raise HrcpubError(lost_file(approval.piece, edition)) from None
    if hashlib.sha256(data).hexdigest() != approval.editions[edition].sha256:
        raise HrcpubError(lost_file(approval.piece, edition))
    return data


def difference_note(
    approval: Approval, found: Sequence[EditionDifference], sources: Sources
) -> Problem:
    """Return the note about what differs, of the edition that is seen most."""
    first = next((one for one in found if one.edition == "screen"), found[0])
    place = Source(words_file(sources, approval.piece))
    short, words = in_short(first.comparison), quoted(first.comparison.words)
    return differs(approval, first.edition, len(found) - 1, short, words, place)


def _comparison(found: dict[str, Any]) -> Comparison:
    return comparison_from_json(found["comparison"])


def _key_now(approval: Approval, edition: str) -> str:
    approved = approval.editions[edition].sha256
    return f"compare now\0{approval.piece}\0{edition}\0{approved}"


def _key(approved: str, now: str) -> str:
    return f"compare\0{approved}\0{now}"
