"""An event's build, from its manifest to folders that can be sent: the steps in their order.

Stock pieces are typeset first, then every site's copies, then the files of all copies, then the
papers. What is current is left; what fails is told, and stops nothing else.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Generator, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from hrcpub.build.batch import preload
from hrcpub.build.store import Store, not_written
from hrcpub.build.workers import LostTask, StayingProcesses, work
from hrcpub.events.fulfil.jobs import Copy, PaperJob, Shell, ShellJob
from hrcpub.events.fulfil.ledger import Ledger, LedgerEntry
from hrcpub.events.fulfil.outcome import BuildProgress, EventOptions, Outcome
from hrcpub.events.fulfil.papers import Document, Papers
from hrcpub.events.fulfil.parts import Bound, PartCache, part_of, what_is
from hrcpub.events.fulfil.plan import Batch, Planned, batch, run_job, stock_job
from hrcpub.events.fulfil.problems import unknown_only
from hrcpub.events.fulfil.shell_store import ShellStore, read_template
from hrcpub.events.fulfil.tasks import (
    copies_of,
    parted,
    problems_of,
    run_of,
    sha256_of,
    stored,
    tasks_of,
    written,
)
from hrcpub.events.fulfil.work import (
    EventTask,
    EventWorker,
    ShellFailure,
    TaskResult,
    WorkerPaths,
    do,
    start,
)
from hrcpub.events.manifest.event import Event, Item
from hrcpub.events.manifest.manifest import read_event
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.cache import sweep, write_whole
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.project.layout import read_system

FOLDER = "events"
DAY = 86400.0  # seconds


def build_event(
    sources: Sources, name: str, folder: Path, wishes: EventOptions, told: BuildProgress
) -> Outcome:
    """Build an event into its folder; raise HrcpubError when its manifest has mistakes."""
    project = Project(sources)
    event = read_event(project, name)
    known = [item.id for item in event.items] + [site.id for site in event.sites]
    if strange := [one for one in wishes.only if one not in known]:
        raise HrcpubError(*(unknown_only(one, known) for one in strange))
    outcome = Outcome(event, folder)
    outcome.problems += event.problems
    build = Build(project, event, wishes, told, outcome)
    sweep(folder)
    sweep(build.kept.folder, DAY)  # where other events' builds may be at work
    try:
        build.everything()
    finally:
        build.crew.end()
        build.ledger.stop()
        build.kept.evict()
        sweep(folder)
    return outcome


class Build:
    """The state of one build."""

    def __init__(
        self,
        project: Project,
        event: Event,
        wishes: EventOptions,
        told: BuildProgress,
        outcome: Outcome,
    ) -> None:
        self.project, self.event, self.wishes, self.told = project, event, wishes, told
        self.outcome = outcome
        self.store = Store(project.sources.root, project.sources.root / "output")
        cache = project.sources.root / "output" / ".cache"
        self.kept = ByteStore(cache / "store")
        self.shells = ShellStore(self.store, project.sources, self.kept)
        self.environment = self._environment()
        self.ledger = Ledger(outcome.folder)
        self.made: dict[str, LedgerEntry] = {}
        self.worker: EventWorker | None = None  # in this process
        self.stocked: dict[ShellJob, Shell] = {}
        self.order = WorkerPaths(
            str(project.sources.root), str(outcome.folder), str(self.kept.folder), self.environment
        )
        self.crew = StayingProcesses(wishes.workers, start, (self.order,))

    def everything(self) -> None:
        """Do all steps."""
        self.stocked = self.stocks()
        batches = self.batches(self.stocked)
        self.pieces(batches)
        files = self.runs(batches)
        self.outcome.runs += [
            run_of(one, self.made, files.get(one.run_path or "")) for one in batches
        ]
        self.papers({one.stock.job: one.stock for one in batches})

    # --- Stock pieces ---

    def stocks(self) -> dict[ShellJob, Shell]:
        """Return every piece typeset once; what cannot be is told with its items."""
        items = [(item, language) for item in self.event.items for language in item.materials]
        jobs = list(
            dict.fromkeys(stock_job(*pair) for pair in items if self._is_wanted(pair[0].id))
        )
        found: dict[ShellJob, Shell] = {}
        for job in jobs:
            known = None if self.wishes.force else self.shells.current(job)
            if known:
                found[job] = known
        missing = [job for job in jobs if job not in found]
        self.told.begin("typesetting", len(missing))
        with contextlib.closing(self._work(missing)) as answers:
            for task, answer in answers:
                job = cast(ShellJob, task)
                if isinstance(answer, Shell):
                    answer = self._kept(answer)
                if isinstance(answer, Shell):
                    found[job] = answer
                else:
                    self.outcome.failed[job.name] = problems_of(answer, job.name)
                self.told.done(job.name)
        for stock in found.values():
            self.outcome.problems += stock.problems
        return found

    def _kept(self, stock: Shell) -> Shell | ShellFailure:
        """Keep a piece for this build and the next ones."""
        try:
            self.shells.keep(stock)
        except HrcpubError as error:
            return ShellFailure(error.problems)
        return stock

    def batches(
        self, stocks: dict[ShellJob, Shell], items: Sequence[Item] | None = None
    ) -> list[Batch]:
        """Return what is to be made of each item, where its stock piece could be."""
        return [
            batch(self.event, item, language, stocks[job], self.environment)
            for item in (self.event.items if items is None else items)
            for language in item.materials
            if (job := stock_job(item, language)) in stocks
        ]

    def _environment(self) -> str:
        """Return a digest of what imprints are made from, beside the site's details."""
        system = read_system(self.project.sources)
        files = [system.faces[name].file for name in ("text", "bold")]
        digests = [str(self.project.sources.digest(path)) for path in files]
        return "\0".join([self.store.engine, system.ink.screen, *digests])

    # --- Pieces ---

    def pieces(self, batches: Sequence[Batch]) -> None:
        """Make every copy that is not current."""
        stale = []
        for one in (piece for every in batches for piece in every.pieces):
            path, is_asked = one.piece.path, self._is_asked(one)
            is_forced = self.wishes.force and is_asked
            known = None if is_forced else self.ledger.current(path, one.key)
            if not is_asked:  # but a file of all sites' pieces needs it
                self.made |= {path: known} if known else {}
            elif known:
                self.made[path] = known
                self.outcome.cached += 1
                self.outcome.problems += known.problems
            else:
                stale.append(one)
        self.told.begin("printing", len(stale))
        keys = {one.piece.path: one.key for one in stale}
        for one in stale:
            if one.job is None:
                self._take(written(self.outcome.folder, one), keys)
        jobs = [one for one in stale if one.job]
        self._make(tasks_of(jobs), keys)

    def runs(self, batches: Sequence[Batch]) -> dict[str, LedgerEntry]:
        """Make the files that hold all copies of an item; return them by their paths."""
        planned = [
            found for one in batches if self._is_known(one) and (found := run_job(one, self.made))
        ]
        keys = {job.path: key for job, key in planned}
        stale: list[EventTask] = []
        for job, key in planned:
            known = None if self.wishes.force else self.ledger.current(job.path, key)
            if known:
                self.made[job.path] = known
                self.outcome.cached += 1
            else:
                stale.append(job)
        self.told.begin("gathering", len(stale))
        self._make(stale, keys)
        return {path: self.made[path] for path in keys if path in self.made}

    def _is_known(self, batch: Batch) -> bool:
        """Return whether every piece was made or tried: a part of them makes no file of all."""
        paths = {one.piece.path for one in batch.pieces}
        return paths <= self.made.keys() | self.outcome.failed.keys()

    def _make(self, tasks: Sequence[EventTask], keys: dict[str, str]) -> None:
        """Have copies made, and note what became of them."""
        with contextlib.closing(self._work(tasks)) as answers:
            for task, answer in answers:
                for copy in copies_of(task, answer):
                    self._take(copy, keys)

    def _take(self, copy: Copy, keys: dict[str, str]) -> None:
        """Note what became of a copy."""
        self.told.heed()
        if copy.data:
            copy = stored(self.outcome.folder, copy)
        if copy.failed:
            self.outcome.failed[copy.path] = copy.problems
        else:
            self.outcome.made += 1
            entry = self.ledger.note(
                copy.path, keys[copy.path], copy.sha256, copy.pages, copy.problems
            )
            self.made[copy.path] = entry
            self.outcome.problems += copy.problems
        self.told.done(copy.path)

    # --- Papers ---

    def papers(self, stocks: dict[ShellJob, Shell]) -> None:
        """Write tickets, lists and zips, and remove what is no longer wanted."""
        if self.wishes.only:  # what was not asked for stays as it is
            self.ledger.close(set(self.ledger.entries))
            return
        kept = PartCache(self.kept, self.environment)
        papers = Papers(
            self.project,
            self.store.engine,
            self.event,
            self.outcome.runs,
            stocks,
            self.outcome.folder,
            kept,
        ).jobs
        self.told.begin("papers", len(papers))
        self.outcome.papers += [paper.path for paper in papers]
        stale = []
        for paper in papers:
            known = None if self.wishes.force else self.ledger.current(paper.path, paper.key)
            if known:
                self.outcome.problems += known.problems
                self.told.done(paper.path)
            else:
                stale.append(paper)
        parts = self._parts(stale, kept)
        for paper in stale:
            self._paper(paper, parts)
        wanted = {*self.made, *self.outcome.papers}
        if self.outcome.failed or any(one.is_error for one in self.outcome.problems):
            wanted |= self.ledger.entries.keys()  # a mistake must not cost what was good before
        self.outcome.removed += self.ledger.close(wanted)
        if self.outcome.made and hasattr(os, "sync"):
            os.sync()  # copies are not synced one by one

    def _parts(self, papers: Sequence[Document], kept: PartCache) -> dict[str, Bound]:
        """Typeset what papers consist of; return each paper's parts by its path."""
        found: dict[str, Bound] = {}
        jobs: list[EventTask] = []
        for paper in papers:
            if paper.documents is None:
                continue
            try:
                documents, problems = paper.documents()
            except HrcpubError as error:
                found[paper.path] = Bound([], list(error.problems))
                continue
            found[paper.path] = bound = Bound([None] * len(documents), list(problems))
            for number, html in enumerate(documents):
                bound.whats.append(what := what_is(html))
                if (pdf := kept.find(what, "pdf")) is not None:
                    bound.parts[number] = part_of(pdf)
                else:
                    jobs.append(PaperJob(f"{number} {paper.path}", html))
        for task, answer in self._work(jobs):
            for copy in copies_of(task, answer):
                at, _, path = copy.path.partition(" ")
                found[path].take(int(at), copy, kept)
        return found

    def _paper(self, paper: Document, parts: dict[str, Bound]) -> None:
        """Write a paper, and note what became of it."""
        folder, path = self.outcome.folder, paper.path
        try:
            if paper.write:
                pages, problems = paper.write(folder, path)
            else:
                whole = parts[path].whole()
                write_whole(folder / path, whole.pdf)
                pages, problems = whole.pages, whole.problems
            self.told.heed()
            self.ledger.note(path, paper.key, sha256_of(folder / path), pages, problems)
            self.outcome.problems += problems
        except HrcpubError as error:
            self.outcome.failed[path] = error.problems
        except OSError as error:
            self.outcome.failed[path] = (not_written(path, error),)
        self.told.done(path)

    # --- Work ---

    def _work(
        self, tasks: Sequence[EventTask]
    ) -> Generator[tuple[EventTask, TaskResult | LostTask], None, None]:
        """Yield tasks with their answers, by workers where there is enough to do."""
        if not tasks:
            return
        if self.wishes.cluster:
            yield from self.wishes.cluster.answers(
                tasks, partial(read_template, self.kept), self.wishes.quiet
            )
            return
        # What is laid out may hang: only a process of its own can be ended then.
        is_quick = len(tasks) == 1 and not isinstance(tasks[0], ShellJob | PaperJob)
        if self.wishes.workers <= 1 or is_quick:
            self.worker = self.worker or EventWorker(self.order)
            for task in tasks:
                yield task, self.worker.do(task)
            return
        if sys.platform == "linux":  # which forks its workers: what is loaded now is theirs
            preload(self.project.sources.root)
        yield from work(tasks, do, self.crew, patience=self.wishes.quiet, split=parted)

    def _is_wanted(self, item: str) -> bool:
        sites = {site.id for site in self.event.sites}
        items = set(self.wishes.only) - sites
        return not items or item in items

    def _is_asked(self, one: Planned) -> bool:
        only = set(self.wishes.only)
        if not only:
            return True
        site = one.piece.site
        sites = only & {site.id for site in self.event.sites}
        return self._is_wanted(one.piece.item.id) and (
            not sites or (site is not None and site.id in sites)
        )
