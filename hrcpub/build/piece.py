"""One `Job` to one `Report`: the steps in their order, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from hrcpub import loading
from hrcpub.build.findings import Findings
from hrcpub.build.job import Job
from hrcpub.build.refusals import Refusal, Refusals, is_of_project
from hrcpub.build.store import Store
from hrcpub.files.project import Project
from hrcpub.pipeline.stages import Fullness, Output, Report
from hrcpub.problems import HrcpubError, Problem, Severity, Source
from hrcpub.project.edition import EDITIONS
from hrcpub.project.names import APPROVED

if TYPE_CHECKING:
    from hrcpub.build.approvals import Approvals
    from hrcpub.build.editions import JobShare, MadeBeside
    from hrcpub.build.second import Second
    from hrcpub.files.sources import Sources


def check(job: Job, project: Project, store: Store, *, is_alone: bool = False) -> Report:
    """Return what `build` would say of a job: every file is made and proven, and none written."""
    report = build(job, project, Findings(store), is_alone=is_alone)
    return replace(report, outputs=(), problems=report.all_problems)


def build(
    job: Job,
    project: Project,
    store: Store | Findings,
    *,
    force: bool = False,
    is_alone: bool = False,
    second: Second[JobShare, MadeBeside] | None = None,
) -> Report:
    """Return what became of a job: files that are current are left, the others are made.

    `is_alone`: no other job is done meanwhile, so that two processes may share in its editions.
    `second` is one that is there already.
    A file is written only when everything about it is right; otherwise the one from before stays.
    """
    started = time.perf_counter()
    project = project.recording(job.sheet)
    # A record of its own: what was approved does not make a file, and must not make it anew.
    aside = project.sources.recording()
    approvals = _approvals(store, aside)
    outputs = [] if force else _current(job, project.sources, store, approvals, aside)
    there = {output.edition for output in outputs}
    stale = _wanted([name for name in job.editions if name not in there], outputs, job)
    refusal = Refusal((), {})
    known = Refusals(store).current(job, stale, project.sources) if stale and not force else None
    if known:
        refusal, reads = known
        project.sources.reads.add(reads)
    elif stale:
        made, refusal = _made(job, stale, outputs, project, store, is_alone=is_alone, second=second)
        outputs += made
    outputs.sort(key=lambda output: job.editions.index(output.edition))
    notes = approvals.notes(job, outputs, aside) if approvals else ()
    project.sources.reads.add(aside.reads)
    return Report(
        job.material,
        tuple(outputs),
        (*_told(refusal.problems, job), *notes),
        project.sources.reads,
        time.perf_counter() - started,
        _fullness(job, outputs, refusal.full),
    )


def _current(
    job: Job,
    sources: Sources,
    store: Store | Findings,
    approvals: Approvals | None,
    aside: Sources,
) -> list[Output]:
    """Return the files that are as a build would make them now."""
    outputs: list[Output] = []
    for edition in job.editions:
        current = store.current(job, edition, sources)
        if current and (approvals is None or approvals.can_tell(job, current[0], aside)):
            output, reads = current
            outputs.append(output)
            sources.reads.add(reads)
    return outputs


def _made(
    job: Job,
    stale: list[str],
    current: list[Output],
    project: Project,
    store: Store | Findings,
    *,
    is_alone: bool,
    second: Second[JobShare, MadeBeside] | None,
) -> tuple[list[Output], Refusal]:
    """Make the files that are not `current`; return them, and why others could not be made.

    Why not is remembered, where it will be the same until one of the project's files changes.
    """
    # Not before: a build with nothing to do is over sooner than all this is loaded.
    loading.load("hrcpub.build.editions")
    from hrcpub.build.editions import make_editions
    from hrcpub.project.material import words_file

    outputs: list[Output] = []
    full: dict[str, Fullness] = {}
    try:
        outputs, failures, full = make_editions(
            job, stale, project, store, is_alone=is_alone, second=second
        )
    except HrcpubError as error:
        failures = error.problems
    refusal = Refusal(_placed(failures, words_file(project.sources, job.material)), full)
    if is_of_project(failures):
        there = {output.edition for output in outputs}
        left = [name for name in stale if name not in there]
        left = _wanted(left, [*current, *outputs], job)
        Refusals(store).keep(job, left, refusal, project.sources.reads)
    return outputs, refusal


def _fullness(
    job: Job, outputs: list[Output], full: Mapping[str, Fullness]
) -> tuple[Fullness, ...]:
    """Return how full each form of a job is: `full` are those of which files were not made."""
    of_files = {EDITIONS[made.edition].form: made.fullness for made in outputs if made.fullness}
    known = {**full, **of_files}
    forms = dict.fromkeys(EDITIONS[name].form for name in job.editions)
    return tuple(known[form] for form in forms if form in known)


def _approvals(store: Store | Findings, sources: Sources) -> Approvals | None:
    """Return what was approved; nothing of that is loaded where nothing ever was."""
    if not sources.names(APPROVED):
        return None
    from hrcpub.build.approvals import Approvals

    return Approvals(store)


def _wanted(stale: list[str], outputs: list[Output], job: Job) -> list[str]:
    """Return the editions to make: what would be refused is left out where nobody asked for it.

    Other current files remember why. So a build with nothing to do stays one.
    """
    if not job.is_usual or not stale:
        return stale
    from hrcpub.project.placeholders import unfit_for

    said = [problem for output in outputs for problem in output.problems]
    return [name for name in stale if not unfit_for(EDITIONS[name], said)]


def _told(problems: tuple[Problem, ...], job: Job) -> tuple[Problem, ...]:
    """Return the Problems; that a translation is open is none where nobody asked for just it."""
    if not job.may_be_open or not problems:
        return problems
    from hrcpub.project.translations.wording import OPEN

    return tuple(
        problem.at(Severity.WARNING) if problem.code in OPEN else problem for problem in problems
    )


def _placed(problems: tuple[Problem, ...], path: str) -> tuple[Problem, ...]:
    """Return the Problems; those that name no file get the material's."""
    return tuple(
        problem
        if problem.source and problem.source.path
        else replace(problem, source=replace(problem.source or Source(), path=path))
        for problem in problems
    )
