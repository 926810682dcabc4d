"""A printer's runs to `files.csv`: how often each file is printed, however many there are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from hrcpub.events.manifest.event import ProductionRun
from hrcpub.events.paperwork import arithmetic

COLUMNS = ("file", "print", "pieces", "site", "pages", "sha256")


def files_csv(runs: Sequence[ProductionRun], folder: str) -> bytes:
    """Return the table: a row for each site's file, whose path is given from `folder` on.

    It has ids alone, no names: a spreadsheet program would run one that begins with `=`.
    """
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for run in runs:
        table.writerows(_rows(run, folder))
    return text.getvalue().encode("utf-8-sig")  # by its mark a spreadsheet program knows UTF-8


def _rows(run: ProductionRun, folder: str) -> Iterator[tuple[object, ...]]:
    for (site, file), _, copies in arithmetic.counted(run).files:
        path = file.path.removeprefix(folder)
        times = arithmetic.times(copies, run.facts.up)
        yield path, times, copies, site.id if site else "", file.pages, file.sha256
