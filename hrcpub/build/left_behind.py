"""Finished files that a build leaves as they are, and that are of older words: which, and why.

A piece that was renamed leaves its files behind under the old name, and an edition that is no
longer asked for keeps the old telephone. Nobody can tell them from new ones in their folder.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from hrcpub.build.store import Store
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Report
from hrcpub.problems import Problem, Severity, Source, some
from hrcpub.project.edition import EDITIONS

MANY = 8  # files that one message names


def left_behind(
    reports: Sequence[Report], store: Store, sources: Sources, asked: Collection[str]
) -> Iterator[Problem]:
    """Yield what a build of all editions left behind; of the pieces that were `asked` for, if any.

    The old files of a piece with a mistake stay on purpose: that is told already.
    """
    made = {(output.edition, report.material) for report in reports for output in report.outputs}
    failed = {report.material for report in reports if report.failed}
    old: dict[str, list[Path]] = {}
    for edition in EDITIONS:
        for record in sorted((store.folder / edition).glob("*.json")):
            name = record.stem
            if (edition, name) in made or name in failed or (asked and name not in asked):
                continue
            if store.is_old(edition, name, sources):
                old.setdefault(name, []).append(record.with_suffix(".pdf"))
    if old:
        yield from _told(old, store, sources)


def _told(old: dict[str, list[Path]], store: Store, sources: Sources) -> Iterator[Problem]:
    from hrcpub.project.material import material_names  # only where there is something to tell

    known = set(material_names(sources))
    gone = [path for name, paths in old.items() if name not in known for path in paths]
    if gone:
        yield of_no_material([store.shown(path) for path in gone])
    older = [path for name, paths in old.items() if name in known for path in paths]
    if older:
        yield outdated([store.shown(path) for path in older])


def outdated(files: Sequence[str]) -> Problem:
    """A finished file is of words, a layout or offices that have changed since.

    A build makes the usual editions alone, and leaves the other ones as they are.

    Fix: build it anew, such as `hrcpub build my-brief --edition phone`. Or delete it, so that
    nobody prints it or puts it on a website.
    """
    return Problem(
        "output-old",
        f"of words or files that have changed since, and not made anew: {some(files, MANY)}",
        Source(files[0]),
        "build them by name with --edition, or delete them",
        Severity.WARNING,
    )


def of_no_material(files: Sequence[str]) -> Problem:
    """A finished file is left of a material that is no longer there: it was renamed or deleted.

    Fix: delete the file and its report (`.json`). It has the old words and telephones.
    """
    return Problem(
        "output-left",
        f"left of materials that are no longer there: {some(files, MANY)}",
        Source(files[0]),
        "delete them, and the .json beside each, before somebody prints them",
        Severity.WARNING,
    )


CODES = {"output-old": outdated, "output-left": of_no_material}
