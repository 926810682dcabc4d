"""Which workers do a build's tasks, and what is loaded before they are forked."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, SupportsIndex

import pytest

from hrcpub.events.fulfil import dispatch
from hrcpub.events.fulfil.dispatch import Dispatcher
from hrcpub.events.fulfil.jobs import CopyJob, Failure, PaperJob, RunJob, ShellJob
from hrcpub.events.fulfil.outcome import EventOptions
from hrcpub.events.fulfil.tasks import results_of
from hrcpub.events.fulfil.work import EventTask
from hrcpub.events.manifest.event import Site
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Html
from hrcpub.problems import Problem
from hrcpub.units import Size
from tests.shared import events
from tests.shared.project import ROOT

SHELL = ShellJob("nothing", "press")
JOINED = CopyJob("site-0.pdf", SHELL, "no such template", events.site(0))
TYPESET = JOINED._replace(template="")
RUN = RunJob("run.pdf", SHELL, "no such template", ())
PAGE = Size(100, 100)
PAPER = PaperJob("list.pdf", 0, Html("", (), "", (), frozenset(), 1, PAGE, 0.0, 0.0))


def of_two(folder: Path) -> Dispatcher:
    """Return the two workers of an event without pieces."""
    project, event = Project(Sources(ROOT)), events.event((), ())
    return Dispatcher(project, event, EventOptions(2), folder, ByteStore(folder), "", print)


def test_workers_have_weasyprint_from_the_first_task_that_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[Path] = []
    are_forked = sys.platform == "linux"  # elsewhere each loads what it needs by itself
    monkeypatch.setattr(dispatch, "preload", loaded.append)
    dispatcher = of_two(tmp_path)

    def workers_of(tasks: Sequence[EventTask]) -> set[int | None]:
        """Have tasks done, which all fail; return the processes that are there then."""
        for task, answer in dispatcher.answers(tasks):
            failed = (
                [answer] if isinstance(task, ShellJob) else dict(results_of(task, answer)).values()
            )
            for failure in failed:
                assert isinstance(failure, Failure)
                assert all(isinstance(problem, Problem) for problem in failure.problems)
        return {child.pid for child in multiprocessing.active_children()}

    before = {child.pid for child in multiprocessing.active_children()}
    try:
        joining = workers_of([(JOINED,), (JOINED,)]) - before
        assert (len(joining), loaded) == (2, [])
        typesetting = workers_of([SHELL, SHELL]) - before
        assert (len(typesetting), loaded) == (2, [ROOT] * are_forked)
        # Others, which were forked with what was loaded.
        assert joining & typesetting == (set() if are_forked else joining)
        assert workers_of([(JOINED,), (JOINED,)]) - before == typesetting
        assert loaded == [ROOT] * are_forked
    finally:
        dispatcher.end()


class HomeSite(Site):
    """A site that does not travel."""

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        raise AssertionError("it was sent")


def test_run_files_are_made_of_sites_that_workers_know(tmp_path: Path) -> None:
    """Those of which nothing has changed, too: they are in no task before."""
    dispatcher = of_two(tmp_path)
    site = events.site(1)
    if sys.platform == "linux":  # elsewhere workers are not forked, and know nothing
        site = HomeSite(**{name: getattr(site, name) for name in Site.__match_args__})
    try:
        dispatcher.expect([site])
        first = list(dispatcher.answers([(JOINED,), (JOINED,)]))
        later = list(dispatcher.answers([RUN._replace(sites=(site,)) for _ in range(2)]))
    finally:
        dispatcher.end()
    assert len(first) == len(later) == 2
    for task, answer in later:
        [(_, failure)] = results_of(task, answer)
        assert isinstance(failure, Failure)
        assert "was sent" not in failure.problems[0].message
