"""A material, laid out once in each form, to the proven files of its editions."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from hrcpub import loading
from hrcpub.build.abreast import FinishedEditions, can_fork, finish_all
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

if TYPE_CHECKING:
    from hrcpub.build.second import Second
    from hrcpub.files.sources import Reads
    from hrcpub.project.layout import Layout


class MadeEditions(NamedTuple):
    """The files that were made, why others were not, and how full the layout is."""

    outputs: list[Output]
    failures: tuple[Problem, ...]
    full: dict[str, Fullness]  # by form


class JobShare(NamedTuple):
    """The editions of a piece that the second process makes."""

    job: Job
    editions: tuple[str, ...]


class MadeBeside(NamedTuple):
    """What became of a JobShare, how full the layout is, and what was read for it."""

    finished: Sequence[FinishedEditions[str, FinishedEdition]]
    full: dict[str, Fullness]  # by form
    reads: Reads


def make_editions(
    job: Job,
    editions: list[str],
    project: Project,
    store: Store | Findings,
    *,
    is_alone: bool = False,
    second: Second[JobShare, MadeBeside] | None = None,
) -> MadeEditions:
    """Lay a material out once in each form, and make its editions.

    `is_alone`: no other piece is made meanwhile, so that two processes may share in the editions.
    `second` is one that is there already. Raises HrcpubError when none can be made.
    """
    material = read_material(project, job.material, is_draft=job.is_draft)
    shop = printer(job.printer, project.known("printers", read_printers))
    share = _share(job, editions, material) if second else None
    is_given = second and share and second.is_practised and second.give(share)
    theirs = share.editions if share and is_given else ()
    made = _Making(job, material, shop, project, store)
    made.make([name for name in editions if name not in theirs], is_alone=is_alone and not theirs)
    if second and theirs and not made.take(second.answer()):
        made.make(theirs, is_alone=False)
    if second and share and not second.is_practised:
        second.give(share)  # nobody waits for it
    told = [
        (name, problem)
        for name in editions
        if name in made.refused
        # What is doubtful about the words may be why.
        for problem in (*made.refused[name], *material.problems)
    ]
    return MadeEditions(made.outputs, tuple(of_editions(told, job.editions)), made.full)


def make_beside(share: JobShare, project: Project) -> MadeBeside:
    """Lay a piece out in this process, too, and finish its share of the editions."""
    job = share.job
    project = project.recording(job.sheet)
    material = read_material(project, job.material, is_draft=job.is_draft)
    shop = printer(job.printer, project.known("printers", read_printers))
    laid = _laid(material, share.editions, job, shop, project)
    tasks = _drawn_once(laid.tasks)

    def finished(name: str) -> FinishedEdition:
        return finish(*tasks[name], shop, project)

    refused = (FinishedEditions(name, HrcpubError(*why)) for name, why in laid.refused.items())
    found = [*refused, *finish_all(list(tasks), [], finished, project.sources)]
    return MadeBeside(found, laid.full, project.sources.reads)


def _share(job: Job, editions: Sequence[str], material: Material) -> JobShare | None:
    """Return what a second process makes of a piece; None where there is nothing for it."""
    each = {name: material.layout.edition(name) for name in editions}
    _, theirs = _shared_out(each, material.layout)
    return JobShare(job, tuple(theirs)) if theirs else None


class _Making:
    """Editions of a piece that are being made: files, how full they are, why others are not."""

    def __init__(
        self,
        job: Job,
        material: Material,
        shop: Printer,
        project: Project,
        store: Store | Findings,
    ) -> None:
        self.job, self.material, self.shop = job, material, shop
        self.project, self.store = project, store
        self.outputs: list[Output] = []
        self.full: dict[str, Fullness] = {}  # by form
        self.refused: dict[str, tuple[Problem, ...]] = {}

    def make(self, editions: Sequence[str], *, is_alone: bool) -> None:
        """Lay the piece out, and make editions of it."""
        job, shop, project, store = self.job, self.shop, self.project, self.store
        laid = _laid(self.material, editions, job, shop, project)
        self.full |= laid.full
        self.refused |= laid.refused
        tasks = _drawn_once(laid.tasks)
        finished = _finished(tasks, job, shop, project, store, is_alone=is_alone)
        with contextlib.closing(finished):
            for name, done, ahead in finished:
                self._keep(name, done, ahead)

    def take(self, beside: MadeBeside | None) -> bool:
        """Keep what the second process made; return whether it is of what was read here."""
        reads = self.project.sources.reads
        if beside is None or reads.contradicts(beside.reads):  # saved again just then
            return False
        reads.add(beside.reads)
        self.full |= beside.full
        for name, done in beside.finished:
            self._keep(name, done)
        return True

    def _keep(
        self, name: str, done: FinishedEdition | HrcpubError, ahead: Ahead | None = None
    ) -> None:
        try:
            if isinstance(done, HrcpubError):
                raise done
            self.store.note_libraries()
            form, reads = self.material.layout.edition(name).form, self.project.sources.reads
            output = replace(done.output, fullness=self.full[form])
            kept = self.store.keep(self.job, output, done.data, reads, _versions(), ahead)
            self.outputs.append(kept)
        except HrcpubError as error:
            self.refused[name] = error.problems


class _LaidOut(NamedTuple):
    """The editions that can be finished, how full each form is, and why others cannot be."""

    tasks: dict[str, _EditionTask]
    full: dict[str, Fullness]
    refused: dict[str, tuple[Problem, ...]]


def _laid(
    material: Material, editions: Sequence[str], job: Job, shop: Printer, project: Project
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


def _drawn_once(tasks: dict[str, _EditionTask]) -> dict[str, _EditionTask]:
    """Return the tasks; those without tags that have the same pages draw them once."""
    plain = Counter(id(task.pages) for task in tasks.values() if not task.edition.is_tagged)
    once = {
        id(task.pages): replace(task.pages, drawn=[])
        for task in tasks.values()
        if plain[id(task.pages)] > 1
    }
    return {n: t._replace(pages=once.get(id(t.pages), t.pages)) for n, t in tasks.items()}


def _shared_out(editions: Mapping[str, Edition], layout: Layout) -> tuple[list[str], list[str]]:
    """Return the editions that this process finishes, and those for a second one.

    Here is what has slugs, or what can be drawn once; the second one has what takes as long.
    """
    imposed = [
        name
        for name, edition in editions.items()
        if edition.sheet and not edition.is_sheet(layout.form(edition.form).trim)
    ]
    ours = imposed or [name for name, edition in editions.items() if not edition.is_tagged]
    theirs = [name for name in editions if name not in ours]
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

    ours, theirs = list(tasks), list[str]()
    if tasks and is_alone and can_fork():
        each = {name: task.edition for name, task in tasks.items()}
        ours, theirs = _shared_out(each, next(iter(tasks.values())).material.layout)
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
