"""Tasks to their answers, by this process, by worker processes, or by a cluster."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from hrcpub import loading
from hrcpub.build.batch import preload
from hrcpub.build.processes import Processes
from hrcpub.build.workers import LostTask, Quiet, work
from hrcpub.events import shells
from hrcpub.events.fulfil.jobs import PaperJob, ShellJob
from hrcpub.events.fulfil.outcome import EventOptions
from hrcpub.events.fulfil.sent import SentFiles
from hrcpub.events.fulfil.shell_store import read_template
from hrcpub.events.fulfil.tasks import is_typeset, named, parted
from hrcpub.events.fulfil.work import EventTask, EventWorker, TaskResult, WorkerPaths, started
from hrcpub.events.manifest.event import Event, Site
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.project import Project

if TYPE_CHECKING:
    from hrcpub.events.fulfil.remote import Parcel

# What workers typeset with, beside what builds of single pieces load.
TYPESETTERS = ("hrcpub.events.fulfil.typeset_copies", "hrcpub.events.paperwork.print_paper")

Answers = Generator[tuple[EventTask, TaskResult | LostTask], None, None]


class Dispatcher:
    """The workers of one build. Processes stay from one step to the next, until they are ended."""

    def __init__(
        self,
        project: Project,
        event: Event,
        options: EventOptions,
        folder: Path,
        store: ByteStore,
        environment: str,
        tell: Callable[[str], None],
    ) -> None:
        """Plan for workers that write into the event's `folder`; none is started yet.

        `tell` gets a line when some of them have not answered for a while.
        """
        self._tell = tell
        self._project, self._event, self._options = project, event, options
        self._store = store
        self._paths = WorkerPaths(
            str(project.sources.root),
            str(folder),
            str(store.folder),
            environment,
            options.only_check,
        )
        self._sites: list[Site] = []
        self._are_typesetters = False  # the processes: they were forked with WeasyPrint
        self._processes: Processes[EventTask, TaskResult] = Processes(
            options.workers,
            started,
            (self._paths,),
            task_timeout=options.task_timeout,
            quiet=Quiet(options.quiet, self._tell_quiet),
        )

    def expect(self, sites: Iterable[Site]) -> None:
        """Name sites of later tasks: processes that are forked from now on are sent none of them.

        Run files hold all sites, also where one alone has changed.
        """
        self._sites = list(sites)

    def answers(
        self, tasks: Sequence[EventTask], meanwhile: Callable[[], None] = lambda: None
    ) -> Answers:
        """Yield tasks with their answers, in any order; close it to give up those under way.

        `meanwhile` is done in this process, once; where there are workers, as soon as they have
        tasks.
        """
        if not tasks:
            meanwhile()
            return
        if self._options.cluster:
            meanwhile()
            template = partial(read_template, self._store)
            yield from self._options.cluster.answers(
                tasks,
                self._sent_files,
                template,
                self._options.silence_timeout,
                Quiet(self._options.quiet, self._tell_silent),
            )
            return
        # One task of copies is done before a process has started. Typesetting may hang, and only a
        # process can be ended then.
        is_quick = len(tasks) == 1 and not isinstance(tasks[0], ShellJob | PaperJob)
        if self._options.workers <= 1 or is_quick:
            meanwhile()
            for task in tasks:
                yield task, self._worker.do(task)
            return
        if sys.platform == "linux":  # which forks its workers: what is loaded now is theirs
            self._load(tasks)
        self._processes.foresee(tasks, self._sites)
        yield from work(tasks, self._processes, split=parted, meanwhile=meanwhile)

    def _load(self, tasks: Sequence[EventTask]) -> None:
        """Load what tasks need, once for all workers that are forked from now on.

        Copies that are joined need no WeasyPrint, and would wait for it: the papers that do come
        when the last piece is written, and get workers that have it.
        """
        if self._are_typesetters:
            return
        if any(map(is_typeset, tasks)):
            self._processes.end()
            preload(self._project.sources.root)
            for name in TYPESETTERS:
                loading.load(name)
            self._are_typesetters = True
        else:
            shells.preload()

    def _tell_quiet(self, tasks: Sequence[EventTask]) -> None:
        """Tell which tasks' workers do not answer."""
        limit = self._options.task_timeout
        then = f"; given up after {limit:g} s, and tried once more" if limit else ""
        for task in tasks:
            self._tell(f"no answer for {self._options.quiet:g} s: {named(task)}{then}")

    def _tell_silent(self, tasks: Sequence[Parcel]) -> None:
        """Tell that no worker of the cluster answers."""
        limit = self._options.silence_timeout
        then = f"; given up after {limit:g} s" if limit else ""
        first = named(tasks[0].task)
        more = f" and {len(tasks) - 1} more" if len(tasks) > 1 else ""
        self._tell(f"no worker has answered for {self._options.quiet:g} s: {first}{more}{then}")

    def end(self) -> None:
        """End the worker processes."""
        self._processes.end()

    @cached_property
    def _worker(self) -> EventWorker:
        """The worker in this process."""
        return EventWorker(self._paths)

    @cached_property
    def _sent_files(self) -> SentFiles:
        """What a cluster's workers are sent of the project."""
        return SentFiles(self._event, self._project)
