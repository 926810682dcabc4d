"""An event's build, from its manifest to folders that can be sent: the steps in their order.

Shells are typeset first, then come every site's copies, the run files, and the papers. A file that
is current is left. One that fails is reported, and stops no other.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from hrcpub.build.store import Store, not_written
from hrcpub.events.fulfil.approved import with_approvals
from hrcpub.events.fulfil.asked import AskedPieces
from hrcpub.events.fulfil.dispatch import Dispatcher
from hrcpub.events.fulfil.former import close_ledger
from hrcpub.events.fulfil.jobs import Failure, MadeFile, Shell, ShellJob
from hrcpub.events.fulfil.ledger import Ledger, sha256_of
from hrcpub.events.fulfil.outcome import BuildProgress, EventOptions, Outcome
from hrcpub.events.fulfil.parts import PartCache
from hrcpub.events.fulfil.plan import (
    Batch,
    PrintedSites,
    batch_of,
    environment_of,
    run_job,
    shell_job,
)
from hrcpub.events.fulfil.problems import no_imprint, unknown_only
from hrcpub.events.fulfil.room import room_wanted
from hrcpub.events.fulfil.shell_store import ShellStore
from hrcpub.events.fulfil.tasks import failure_of, results_of, run_of, stored, tasks_of, written
from hrcpub.events.fulfil.work import EventTask
from hrcpub.events.manifest.event import Event, FinishedFile
from hrcpub.events.manifest.manifest import read_event
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.cache import DAY, SYNCS_ALL, sweep, write_whole
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError

if TYPE_CHECKING:
    from hrcpub.events.fulfil.papers import Document, WrittenPaper
    from hrcpub.events.paperwork import Printed

PlannedT = TypeVar("PlannedT")
CurrentT = TypeVar("CurrentT")


def build_event(
    sources: Sources, name: str, folder: Path, options: EventOptions, progress: BuildProgress
) -> Outcome:
    """Build an event into its folder; raise HrcpubError when its manifest has mistakes."""
    project = Project(sources)
    event = read_event(project, name)
    event = with_approvals(event, project, Store(sources.root, sources.root / "output"))
    ids = [item.id for item in event.items] + [site.id for site in event.sites]
    if unknown := [name for name in options.only if name not in ids]:
        raise HrcpubError(*(unknown_only(name, ids) for name in unknown))
    outcome = Outcome(event, folder)
    outcome.problems += event.problems
    build = Build(project, event, options, progress, outcome)
    sweep(folder)
    sweep(build.bytestore.folder, DAY)  # where other events' builds may be at work
    for former in ("stock", "parts"):  # what earlier versions kept in other forms
        shutil.rmtree(build.bytestore.folder.parent / former, ignore_errors=True)
    try:
        build.everything()
    finally:
        build.workers.end()
        build.ledger.stop()
        if outcome.made:  # else next to nothing was kept, and a look at all files takes its time
            build.bytestore.evict()
        sweep(folder)
    return outcome


class Build:
    """The state of one build."""

    def __init__(
        self,
        project: Project,
        event: Event,
        options: EventOptions,
        progress: BuildProgress,
        outcome: Outcome,
    ) -> None:
        self.project, self.event, self.options = project, event, options
        self.progress, self.outcome = progress, outcome
        root = project.sources.root
        self.store = Store(root, root / "output")
        self.bytestore = ByteStore(root / "output" / ".cache" / "store")
        self.shell_store = ShellStore(self.store, project.sources, self.bytestore)
        self.environment = environment_of(project.sources, self.store.engine, event)
        self.ledger = Ledger(outcome.folder)
        self.asked = AskedPieces(options.only, event)
        self.made: dict[str, FinishedFile] = {}  # copies and run files, by their paths
        self._has_papers = False  # that were written now
        self.workers = Dispatcher(
            project, event, options, outcome.folder, self.bytestore, self.environment, progress.tell
        )

    def everything(self) -> None:
        """Do all steps."""
        batches = self.batches(self.shells())
        self.pieces(batches)
        self.runs(batches)
        self.outcome.runs += [run_of(batch, self.made) for batch in batches]
        self.papers(batches)
        self.outcome.room = room_wanted(self.outcome, batches)

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
            known = None if self.options.force else current(file)
            if known is None:
                stale.append(file)
            else:
                take(file, known)
        self.progress.begin(step, len(stale))
        return stale

    def _take_current(self, file: FinishedFile) -> None:
        """Note a copy or a run file that needs no making."""
        self.made[file.path] = file
        self.outcome.cached += 1
        self.outcome.problems += file.problems

    # --- Shells ---

    def shells(self) -> dict[ShellJob, Shell]:
        """Return every shell; one that cannot be made is reported."""
        items = [item for item in self.event.items if self.asked.is_item(item)]
        jobs = dict.fromkeys(
            shell_job(item, language) for item in items for language in item.materials
        )
        shells: dict[ShellJob, Shell] = {}
        if not self.options.force:
            refused = {job.name: self.shell_store.refused(job) for job in jobs}
            self.outcome.failed |= {
                name: known.problems for name, known in refused.items() if known
            }
        left = [job for job in jobs if job.name not in self.outcome.failed]
        missing = self._stale("typesetting", left, self.shell_store.current, shells.__setitem__)
        with contextlib.closing(self.workers.answers(missing)) as answers:
            for task, answer in answers:
                job = cast(ShellJob, task)
                result = self._kept(answer) if isinstance(answer, Shell) else answer
                if isinstance(result, Shell):
                    shells[job] = result
                else:
                    failure = failure_of(result, job.name)
                    self.outcome.failed[job.name] = failure.problems
                    self.shell_store.keep_refused(job, failure)
                self.progress.done(job.name)
        for shell in shells.values():
            self.outcome.problems += shell.problems
        return shells

    def _kept(self, shell: Shell) -> Shell | Failure:
        """Keep a shell for this build's workers and for the next builds."""
        try:
            self.shell_store.keep(shell)
        except HrcpubError as error:
            return Failure(error.problems)
        return shell

    def batches(self, shells: dict[ShellJob, Shell]) -> list[Batch]:
        """Return what is to be made of each item that has its shell; note who has no imprint."""
        sites = PrintedSites(self.event)
        batches = [
            batch_of(sites, item, language, shells[job], self.environment)
            for item in self.event.items
            for language in item.materials
            if (job := shell_job(item, language)) in shells
        ]
        alike = dict.fromkeys(
            batch.item.id for batch in batches if batch.item.sites and not batch.shell.is_local
        )
        if alike:
            self.outcome.problems.append(no_imprint(list(alike), self.event.path))
        return batches

    # --- Copies and run files ---

    def pieces(self, batches: Sequence[Batch]) -> None:
        """Make every copy that is not current."""
        asked = []
        for batch in batches:
            for piece in batch.pieces:
                if self.asked.is_piece(batch.item, piece.site):
                    asked.append(piece)
                # What is not asked for stays as it is, but a run file needs it.
                elif file := self.ledger.current(piece.path, piece.key):
                    self.made[piece.path] = file
        stale = self._stale(
            "printing",
            asked,
            lambda piece: self.ledger.current(piece.path, piece.key),
            lambda _, file: self._take_current(file),
        )
        keys = {piece.path: piece.key for piece in stale}
        copies = (piece.job for batch in batches for piece in batch.pieces)
        self.workers.expect(job.site for job in copies if job and job.site)
        for piece in stale:
            if piece.job is None:
                self._take(piece.path, written(self.outcome.folder, piece), keys)
        self._make(tasks_of([piece for piece in stale if piece.job]), keys)

    def runs(self, batches: Sequence[Batch]) -> None:
        """Make the run files that are not current."""
        complete = [batch for batch in batches if self._is_complete(batch)]
        # Pieces of one layout beside each other: they have the same imprints.
        complete.sort(key=lambda batch: batch.item.materials[batch.language].layout.name)
        planned = [run for batch in complete if (run := run_job(batch, self.made))]
        keys = {job.path: key for job, key in planned}
        stale = self._stale(
            "gathering",
            [job for job, _ in planned],
            lambda job: self.ledger.current(job.path, keys[job.path]),
            lambda _, file: self._take_current(file),
        )
        self._make(stale, keys)

    def _is_complete(self, batch: Batch) -> bool:
        """Return whether every copy was made or tried.

        After `--only` some may be neither: a run file of the others would seem to be of all.
        """
        paths = {piece.path for piece in batch.pieces}
        return paths <= self.made.keys() | self.outcome.failed.keys()

    def _make(self, tasks: Sequence[EventTask], keys: dict[str, str]) -> None:
        """Have files made, and note what became of them; `keys` are theirs by their paths."""
        with contextlib.closing(self.workers.answers(tasks)) as answers:
            for task, answer in answers:
                for path, result in results_of(task, answer):
                    if isinstance(result, MadeFile):
                        made = stored(self.outcome.folder, result) if result.data else result.file
                        self._take(path, made, keys)
                    else:
                        self._take(path, result, keys)

    def _take(self, path: str, result: FinishedFile | Failure, keys: dict[str, str]) -> None:
        """Note what became of a file."""
        self.progress.check_interrupt()
        if not isinstance(result, Failure):
            result = self._noted(result, keys[path])
        if isinstance(result, Failure):
            self.outcome.failed[path] = result.problems
        else:
            self.outcome.made += 1
            self.made[path] = result
            self.outcome.problems += result.problems
        self.progress.done(path)

    def _noted(self, file: FinishedFile, key: str) -> FinishedFile | Failure:
        """Write a file down as made; what cannot be is made again by the next build."""
        try:
            self.ledger.note(file, key)
        except HrcpubError as error:
            return Failure(error.problems)
        return file

    # --- Papers ---

    def papers(self, batches: Sequence[Batch]) -> None:
        """Write tickets, lists and zips, and remove files that are planned no more."""
        if self.options.only:  # what was not asked for stays as it is
            self.ledger.close(set(self.ledger.entries))
            return
        from hrcpub.events.fulfil.papers import Papers  # workers do without what these load

        cache = PartCache(self.bytestore, self.environment)
        papers = Papers(
            self.project,
            self.store.engine,
            self.event,
            self.outcome.runs,
            {batch.shell.job: batch.shell for batch in batches},
            self.outcome.folder,
            cache,
            self.outcome.missing,
        )
        self._write_papers("papers", papers.jobs, cache)
        # Only now is it known whether all papers are there.
        failed = self.outcome.failed
        archives = papers.archives(is_complete=not self.outcome.missing, failed=failed)
        asked = {"": [], "printers": archives[:-1], "all": archives}[self.options.zips]
        self._write_papers("zips", asked, cache)
        # Those that were asked for once stay as long as they are what they would be now.
        kept = {zip.path for zip in archives if self.ledger.current(zip.path, zip.key)}
        planned = {*self.made, *self.outcome.papers, *kept}
        close_ledger(self.ledger, planned, batches, self.made, self.outcome)
        if (self.outcome.made or self._has_papers) and SYNCS_ALL:
            os.sync()  # copies, run files and papers are not synced one by one

    def _write_papers(self, step: str, papers: Sequence[Document], cache: PartCache) -> None:
        """Write the papers of a step that are not current."""
        from hrcpub.events.fulfil.printing import PaperPrinter

        self.outcome.papers += [paper.path for paper in papers]
        stale = self._stale(
            step,
            papers,
            lambda paper: self.ledger.current(paper.path, paper.key),
            lambda _, file: self.outcome.problems.extend(file.problems),
        )
        asked = {paper.path: paper.begin for paper in stale if paper.begin}
        printed = PaperPrinter(cache, self.workers.answers).print_all(asked)
        for paper in stale:
            self._paper(paper, printed.get(paper.path))

    def _paper(self, paper: Document, printed: Printed | None) -> None:
        """Write a paper, and note what became of it."""
        path = paper.path
        target = self.outcome.folder / path
        try:
            if isinstance(printed, HrcpubError):
                raise printed
            if printed:
                write_whole(target, printed.pdf, sync=not SYNCS_ALL)
                made: WrittenPaper = (printed.pages, printed.problems)
            elif paper.write:
                made = paper.write(self.outcome.folder, path)
            self.progress.check_interrupt()
            size = target.stat().st_size
            pages, problems = made
            file = FinishedFile(path, sha256_of(target), size, pages, tuple(problems))
            self.ledger.note(file, paper.key)
            self._has_papers = True
            self.outcome.problems += problems
        except HrcpubError as error:
            self.outcome.failed[path] = error.problems
        except OSError as error:
            self.outcome.failed[path] = (not_written(path, error),)
        self.progress.done(path)
