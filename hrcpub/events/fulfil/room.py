"""What a build could not write to how much room on the disk it wants: rather too much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hrcpub.build.store import disk_full
from hrcpub.events.fulfil.outcome import Outcome
from hrcpub.events.fulfil.plan import Batch

IMPRINT = 6_000  # bytes that a copy adds to its shell: operators, fonts' names, a table
PAGE = 500  # bytes that a repeated page adds to a run file
SHELL = 500_000  # bytes of a piece that could not even be kept
PAPER = 1_000_000  # bytes of a ticket or a list
ZIPS = 2  # that each piece is in: its printer's, and that of all


def room_wanted(outcome: Outcome, batches: Sequence[Batch]) -> int | None:
    """Return how many bytes are wanted to make what is missing; None where the disk had room."""
    full = disk_full("").code
    failed = [
        path
        for path, problems in outcome.failed.items()
        if any(problem.code == full for problem in problems)
    ]
    if not failed:
        return None
    sizes = dict(_sizes(batches))
    known = sum(sizes.values())
    zips = ZIPS * known if any(path.endswith(".zip") for path in failed) else 0
    return zips + sum(sizes.get(path, PAPER) for path in failed if not path.endswith(".zip"))


def _sizes(batches: Sequence[Batch]) -> Iterator[tuple[str, int]]:
    """Yield about how large each piece and each run file is, by its path."""
    for batch in batches:
        size = len(batch.shell.pdf or b"") or SHELL
        for piece in batch.pieces:
            yield piece.path, size + IMPRINT
        if batch.run_path:
            pages = batch.item.total(batch.language) * batch.shell.facts.pages
            yield batch.run_path, size + len(batch.pieces) * IMPRINT + pages * PAGE
