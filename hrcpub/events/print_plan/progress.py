"""What of a plan is printed by now: a small file in the event's folder, written whole.

It has the sheets that are done of each step, by the step's key. A key stands for the file's bytes,
how often it is printed and on what: what is built anew with other words is to be printed again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from hrcpub.build.store import not_written
from hrcpub.events.print_plan.plan import Load, PlanStep, Print, Separate
from hrcpub.files.cache import write_whole
from hrcpub.problems import HrcpubError
from hrcpub.records import record

NAME = ".printed"


@record
class PrintProgress:
    """The sheets that are done, by the keys of steps."""

    sheets: Mapping[str, int] = field(default_factory=dict)

    def done(self, step: PlanStep) -> int:
        """Return how many sheets of a step are done, at the most all."""
        if isinstance(step, Load):
            return 0
        return min(self.sheets.get(step.key, 0), step.sheets)

    def is_done(self, step: PlanStep) -> bool:
        """Return whether nothing of a step is left to print."""
        return not isinstance(step, Load) and self.done(step) >= step.sheets

    def times_left(self, step: Separate | Print) -> int:
        """Return how often a step's file is still to be printed; one that was begun is whole."""
        if isinstance(step, Separate):
            return 1 - self.done(step)
        return step.times - self.done(step) // step.each

    def noted(self, step: Separate | Print, sheets: int | None = None) -> PrintProgress:
        """Return it with so many sheets of a step done; None: all."""
        done = step.sheets if sheets is None else max(0, min(sheets, step.sheets))
        return PrintProgress({**self.sheets, step.key: done})

    def written(self, folder: Path) -> PrintProgress:
        """Write it into an event's folder; raise HrcpubError where that cannot be."""
        try:
            text = json.dumps({"sheets": dict(sorted(self.sheets.items()))}, indent=1)
            write_whole(folder / NAME, text.encode() + b"\n")
        except OSError as error:
            raise HrcpubError(not_written(str(folder / NAME), error)) from None
        return self


def read_progress(folder: Path) -> PrintProgress:
    """Return what is printed of an event; nothing where its file is not there, or spoilt."""
    try:
        sheets = json.loads((folder / NAME).read_bytes())["sheets"]
        return PrintProgress(
            {key: count for key, count in sheets.items() if type(count) is int and count > 0}
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return PrintProgress()
