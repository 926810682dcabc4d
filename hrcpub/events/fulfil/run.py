"""An event's build, from its manifest to folders that can be sent: the steps in their order.

Stock pieces are typeset first, then every site's copies, then the files of all copies, then the
papers. What is current is left; what fails is told, and stops nothing else.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Generator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar, cast

from hrcpub.build.batch import preload
from hrcpub.build.processes import Processes
from hrcpub.build.store import Store, not_written
from hrcpub.build.workers import LostTask, work
from hrcpub.events.fulfil.jobs import Copy, PaperJob, Shell, ShellJob
from hrcpub.events.fulfil.ledger import Ledger, LedgerEntry
from hrcpub.events.fulfil.outcome import BuildProgress, EventOptions, Outcome
from hrcpub.events.fulfil.papers import Document, Papers
from hrcpub.events.fulfil.parts import Bound, PartCache, made_from, unpacked
from hrcpub.events.fulfil.plan import Batch, Planned, batch, environment_of, run_job, stock_job
from hrcpub.events.fulfil.problems import unknown_only
from hrcpub.events.fulfil.sent import SentFiles
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
    started,
)
from hrcpub.events.manifest.event import Event
from hrcpub.events.manifest.manifest import read_event
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.cache import sweep, write_whole
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError

PlannedT = TypeVar("PlannedT")
CurrentT = TypeVar("CurrentT")

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
    for former in ("stock", "parts"):  # what earlier versions kept in other forms
        shutil.rmtree(build.kept.folder.parent / former, ignore_errors=True)
    try:
        build.everything()
    finally:
        build.pool.end()
        build.ledger.stop()
        if outcome.made:  # else next to nothing was kept, and a look at all files takes its time
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
        self.environment = environment_of(project.sources, self.store.engine)
        self.ledger = Ledger(outcome.folder)
        self.made: dict[str, LedgerEntry] = {}
        self.worker: EventWorker | None = None  # in this process
        self.stocked: dict[ShellJob, Shell] = {}
        self.order = WorkerPaths(
            str(project.sources.root), str(outcome.folder), str(self.kept.folder), self.environment
        )
        self.pool: Processes[EventTask, TaskResult] = Processes(
            wishes.workers, started, (self.order,), task_timeout=wishes.task_timeout
        )

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

    def _stale(
        self,
        step: str,
        planned: Sequence[PlannedT],
        current: Callable[[PlannedT], CurrentT | None],
        take: Callable[[PlannedT, CurrentT], None],
    ) -> list[PlannedT]:
        """Begin a step: take what is current, and return what is to be made."""
        stale = []
        for file in planned:
            known = None if self.wishes.force else current(file)
            if known is None:
                stale.append(file)
            else:
                take(file, known)
        self.told.begin(step, len(stale))
        return stale

    def _take_current(self, path: str, entry: LedgerEntry) -> None:
        """Note a piece, or a file of pieces, that needs no making."""
        self.made[path] = entry
        self.outcome.cached += 1
        self.outcome.problems += entry.problems

    # --- Stock pieces ---

    def stocks(self) -> dict[ShellJob, Shell]:
        """Return every piece typeset once; what cannot be is told with its items."""
        items = [(item, language) for item in self.event.items for language in item.materials]
        jobs = list(
            dict.fromkeys(stock_job(*pair) for pair in items if self._is_wanted(pair[0].id))
        )
        found: dict[ShellJob, Shell] = {}
        missing = self._stale("typesetting", jobs, self.shells.current, found.__setitem__)
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

    def batches(self, stocks: dict[ShellJob, Shell]) -> list[Batch]:
        """Return what is to be made of each item, where its stock piece could be."""
        return [
            batch(self.event, item, language, stocks[job], self.environment)
            for item in self.event.items
            for language in item.materials
            if (job := stock_job(item, language)) in stocks
        ]

    # --- Pieces ---

    def pieces(self, batches: Sequence[Batch]) -> None:
        """Make every copy that is not current."""
        pieces = [piece for batch in batches for piece in batch.pieces]
        for piece in pieces:
            # What is not asked for stays as it is, but a file of all sites' pieces needs it.
            path = piece.piece.path
            if not self._is_asked(piece) and (entry := self.ledger.current(path, piece.key)):
                self.made[path] = entry
        stale = self._stale(
            "printing",
            [piece for piece in pieces if self._is_asked(piece)],
            lambda piece: self.ledger.current(piece.piece.path, piece.key),
            lambda piece, entry: self._take_current(piece.piece.path, entry),
        )
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
        stale = self._stale(
            "gathering",
            [job for job, _ in planned],
            lambda job: self.ledger.current(job.path, keys[job.path]),
            lambda job, entry: self._take_current(job.path, entry),
        )
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
        cache = PartCache(self.kept, self.environment)
        papers = Papers(
            self.project,
            self.store.engine,
            self.event,
            self.outcome.runs,
            stocks,
            self.outcome.folder,
            cache,
        ).jobs
        self.outcome.papers += [paper.path for paper in papers]
        stale = self._stale(
            "papers",
            papers,
            lambda paper: self.ledger.current(paper.path, paper.key),
            lambda paper, entry: self.outcome.problems.extend(entry.problems),
        )
        parts = self._parts(stale, cache)
        for paper in stale:
            self._paper(paper, parts)
        wanted = {*self.made, *self.outcome.papers}
        if self.outcome.failed or any(one.is_error for one in self.outcome.problems):
            wanted |= self.ledger.entries.keys()  # a mistake must not cost what was good before
        self.outcome.removed += self.ledger.close(wanted)
        if self.outcome.made and hasattr(os, "sync"):
            os.sync()  # copies are not synced one by one

    def _parts(self, papers: Sequence[Document], cache: PartCache) -> dict[str, Bound]:
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
                bound.made_from.append(key := made_from(html))
                if (part := cache.find(key, "pdf")) is not None:
                    bound.parts[number] = unpacked(part)
                else:
                    jobs.append(PaperJob(paper.path, number, html))
        for task, answer in self._work(jobs):
            job = cast(PaperJob, task)
            (copy,) = copies_of(job, answer)
            found[job.path].take(job.part, copy, cache)
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

    @cached_property
    def sent_files(self) -> SentFiles:
        """What a cluster's workers are sent of the project."""
        return SentFiles(self.event, self.project)

    def _work(
        self, tasks: Sequence[EventTask]
    ) -> Generator[tuple[EventTask, TaskResult | LostTask], None, None]:
        """Yield tasks with their answers, by workers where there is enough to do."""
        if not tasks:
            return
        if self.wishes.cluster:
            yield from self.wishes.cluster.answers(
                tasks,
                self.sent_files,
                partial(read_template, self.kept),
                self.wishes.silence_timeout,
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
        yield from work(tasks, self.pool, split=parted)

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
