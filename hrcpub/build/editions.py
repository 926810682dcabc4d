"""A material, laid out once in each form, to the proven files of its editions."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Generator, Mapping
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from hrcpub import loading
from hrcpub.build.abreast import can_fork, finish_all
from hrcpub.build.findings import Findings
from hrcpub.build.finishing import FinishedEdition, finish, proven, written
from hrcpub.build.job import Job
from hrcpub.build.store import Store, versions
from hrcpub.files.cache import Ahead
from hrcpub.files.project import Project
from hrcpub.pipeline.blame import of_editions
from hrcpub.pipeline.copyfit import copyfit
from hrcpub.pipeline.fullness import fullness
from hrcpub.pipeline.stages import Fullness, Output, Typeset
from hrcpub.pipeline.typeset.engine import library_versions
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.edition import Edition, PaperColour
from hrcpub.project.material import Material, read_material
from hrcpub.project.placeholders import unfit_for
from hrcpub.project.printers import Printer, printer, read_printers


class MadeEditions(NamedTuple):
    """The files that were made, why others were not, and how full the layout is."""

    outputs: list[Output]
    failures: tuple[Problem, ...]
    full: dict[str, Fullness]  # by form


def make_editions(
    job: Job,
    editions: list[str],
    project: Project,
    store: Store | Findings,
    *,
    is_alone: bool = False,
) -> MadeEditions:
    """Lay a material out once in each form, and make its editions.

    `is_alone`: no other piece is made meanwhile, so that two processes may share in the editions.
    Raises HrcpubError when none can be made.
    """
    material = read_material(project, job.material, is_draft=job.is_draft)
    shop = printer(job.printer, project.known("printers", read_printers))
    laid = _laid(material, editions, job, shop, project)
    tasks, full, refused = _drawn_once(laid.tasks), laid.full, laid.refused
    outputs: list[Output] = []
    finished = _finished(tasks, job, shop, project, store, is_alone=is_alone)
    with contextlib.closing(finished):
        for name, done, ahead in finished:
            try:
                if isinstance(done, HrcpubError):
                    raise done
                store.note_libraries()
                output = replace(done.output, fullness=full[tasks[name].edition.form])
                reads = project.sources.reads
                outputs.append(store.keep(job, output, done.data, reads, _versions(), ahead))
            except HrcpubError as error:
                refused[name] = error.problems
    told = [
        (name, problem)
        for name in editions
        if name in refused
        # What is doubtful about the words may be why.
        for problem in (*refused[name], *material.problems)
    ]
    return MadeEditions(outputs, tuple(of_editions(told, job.editions)), full)


class _LaidOut(NamedTuple):
    """The editions that can be finished, how full each form is, and why others cannot be."""

    tasks: dict[str, _EditionTask]
    full: dict[str, Fullness]
    refused: dict[str, tuple[Problem, ...]]


def _laid(
    material: Material, editions: list[str], job: Job, shop: Printer, project: Project
) -> _LaidOut:
    """Lay a material out, once for all editions of a form."""
    laid: dict[tuple[str, bool], Typeset] = {}
    found = _LaidOut({}, {}, {})
    for name in editions:
        edition = material.layout.edition(name)
        form, how = edition.form, PaperColour(job.paper) if job.paper else edition.paper
        try:
            if unfit := unfit_for(edition, material.problems):
                if job.is_usual:  # its warnings say that there is no such file
                    continue
                raise HrcpubError(*unfit)
            written = material.laid_for(edition)
            way = (form, written.spares_toner)
            if way not in laid:
                laid[way] = copyfit(written, project, form, shop.bleed, shop.safe)
                found.full[form] = fullness(written, laid[way], form)
            found.tasks[name] = _EditionTask(written, laid[way], edition, how)
        except HrcpubError as error:
            found.refused[name] = error.problems
    return found


class _EditionTask(NamedTuple):
    """One edition that is to be finished."""

    material: Material
    pages: Typeset
    edition: Edition
    how: PaperColour

    @property
    def is_imposed(self) -> bool:
        """Whether it goes onto sheets, with slugs that are typeset under it."""
        return bool(self.edition.sheet) and not self.edition.is_sheet(self.pages.html.trim)


def _drawn_once(tasks: dict[str, _EditionTask]) -> dict[str, _EditionTask]:
    """Return the tasks; those without tags that have the same pages draw them once."""
    plain = Counter(id(task.pages) for task in tasks.values() if not task.edition.is_tagged)
    once = {
        id(task.pages): replace(task.pages, drawn=[])
        for task in tasks.values()
        if plain[id(task.pages)] > 1
    }
    return {n: t._replace(pages=once.get(id(t.pages), t.pages)) for n, t in tasks.items()}


def _shared_out(tasks: Mapping[str, _EditionTask]) -> tuple[list[str], list[str]]:
    """Return the editions that this process finishes, and those for a forked one.

    Here is what has slugs, or what can be drawn once; the forked one has what takes as long.
    """
    imposed = [name for name, task in tasks.items() if task.is_imposed]
    ours = imposed or [name for name, task in tasks.items() if not task.edition.is_tagged]
    theirs = [name for name in tasks if name not in ours]
    return (ours, theirs) if ours else (theirs, [])


def _finished(
    tasks: Mapping[str, _EditionTask],
    job: Job,
    shop: Printer,
    project: Project,
    store: Store | Findings,
    *,
    is_alone: bool,
) -> Generator[tuple[str, FinishedEdition | HrcpubError, Ahead | None], None, None]:
    """Yield each edition as it is finished, or why it cannot be, with its file where it was begun.

    That is made safe while it is looked over. What is not put in its place is gone in the end.
    """
    begun: dict[str, Ahead] = {}

    def there(name: str) -> FinishedEdition:
        return finish(*tasks[name], shop, project)

    def here(name: str) -> FinishedEdition:
        file = written(*tasks[name], shop, project)
        if ahead := store.ahead(job, name, file.data):
            begun[name] = ahead
            ahead.begin()
        return proven(file, project)

    ours, theirs = _shared_out(tasks) if is_alone and can_fork() else (list(tasks), [])
    if theirs:  # what looks the files over: loaded now, it is there in both processes
        loading.load("hrcpub.pipeline.preflight.judge")
    try:
        for name, done in finish_all(ours, theirs, there, project.sources, here):
            yield name, done, begun.get(name)
            if file := begun.pop(name, None):  # it may be large, and others may take long
                file.drop()
    finally:
        for file in begun.values():
            file.drop()


@cache
def _versions() -> dict[str, str]:
    return versions() | library_versions()
