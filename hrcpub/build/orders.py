"""What somebody orders (pieces by their names, editions) to jobs, and those to Reports."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from hrcpub.build.abreast import can_fork
from hrcpub.build.batch import BatchOptions, preload, run
from hrcpub.build.job import FEW, BuildOptions, Job
from hrcpub.build.workers import LostTask
from hrcpub.files.project import Project
from hrcpub.files.sources import Reads, Sources
from hrcpub.pipeline.stages import Report
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.project.edition import EDITIONS, USUAL
from hrcpub.project.material import material_file, material_names, words_file

MANY = 40  # materials: to look at fewer takes less time than another process


def reports_in_silence(
    sources: Sources, names: Sequence[str], options: BuildOptions, folder: Path | None = None
) -> list[Report]:
    """Build what is not up to date, and return the Reports; None: into the project's `output/`."""
    project = Project(sources, sheet=options.sheet)
    check_printer(project, options.printer)
    todo = jobs_of(project, tuple(names), options)
    output = str(folder or sources.root / "output")
    batch = BatchOptions(str(sources.root), output, is_alone=is_alone(todo))
    return list(run(todo, batch, workers_for(todo), project.cache))


def check_printer(project: Project, name: str | None) -> None:
    """Raise HrcpubError if the project has no print shop of that name."""
    project.known(("is a printer", name), lambda sources: _is_printer(sources, name))


def _is_printer(sources: Sources, name: str | None) -> bool:
    from hrcpub.project.printers import printer, read_printers

    printer(name, read_printers(sources))
    return True


def workers_for(jobs: list[Job]) -> int:
    """Return one worker for each core, but only one for a few jobs: that is faster."""
    return os.cpu_count() or 1 if len(jobs) > FEW else 1


def is_alone(todo: list[Job], jobs: int | None = None) -> bool:
    """Return whether one job is done at a time, by as many processes as help it."""
    return jobs is None and workers_for(todo) == 1


def names_of(sources: Sources, materials: tuple[str, ...]) -> list[str]:
    """Return the materials that were asked for; raise HrcpubError for those that do not exist."""
    known = material_names(sources)
    # Shells complete a file's path, so materials/brief.yaml means brief.
    asked = [re.sub(r"\.ya?ml$", "", Path(name).name, flags=re.I) for name in materials]
    if unknown := [name for name in asked if name not in known]:
        from hrcpub.project.material_problems import unknown_material

        raise HrcpubError(*(unknown_material(name, known) for name in unknown))
    return list(dict.fromkeys(asked or known))


def jobs_of(
    project: Project, materials: tuple[str, ...], options: BuildOptions, jobs: int | None = None
) -> list[Job]:
    """Return the jobs that were asked for; `jobs` is how many are to be done at a time.

    If all materials were asked for, those that lack the edition are left out. Raises HrcpubError
    if one that was named lacks it.
    """
    names = tuple(names_of(project.sources, materials))
    if jobs != 1 and len(names) >= MANY and can_fork():
        found = _found_meanwhile(project, names, options, are_named=bool(materials))
        if found is not None:
            return found
    return _jobs_of(project, names, options, are_named=bool(materials))


def _found_meanwhile(
    project: Project, names: tuple[str, ...], options: BuildOptions, *, are_named: bool
) -> list[Job] | None:
    """Return the jobs, which another process finds while this one loads what is needed for them.

    Why: each of the two takes as long, and all cores but one would stand still. None where
    something is wrong: this process is to find it then.
    """
    from hrcpub.build.processes import Processes

    def started() -> Callable[[tuple[str, ...]], tuple[list[Job], Reads]]:
        return lambda names: (
            _jobs_of(project, names, options, are_named=are_named),
            project.sources.reads,
        )

    pool: Processes[tuple[str, ...], tuple[list[Job], Reads]] = Processes(1, started)
    with pool:
        pool.give(names)
        preload(project.sources.root)
        [answer] = pool.answers()
    if isinstance(answer.result, LostTask):
        return None
    found, reads = answer.result
    project.sources.reads.add(reads)
    return found


def _jobs_of(
    project: Project, names: tuple[str, ...], options: BuildOptions, *, are_named: bool
) -> list[Job]:
    """Return the jobs of materials; `are_named`: somebody asked for just these."""
    jobs, problems = [], []
    for name in names:
        if job := job_of(project, name, options):
            jobs.append(replace(job, may_be_open=not are_named))
        elif are_named:
            available = editions_of(project, name).available
            path = words_file(project.sources, name)
            problems.append(edition_missing(name, options.editions, available, path))
    if problems:
        raise HrcpubError(*problems)
    return jobs


def job_of(project: Project, name: str, options: BuildOptions) -> Job | None:
    """Return the job of one material; None if it has none of the editions."""
    has = editions_of(project, name)
    asked = options.editions
    editions = tuple(name for name in has.available if name in asked) if asked else has.usual
    if not editions:
        return None
    is_usual = not asked and not has.are_listed
    return Job(
        name,
        editions,
        options.paper,
        options.printer,
        options.sheet,
        is_usual,
        is_draft=options.is_draft,
    )


def edition_missing(
    name: str, editions: tuple[str, ...], available: tuple[str, ...], path: str
) -> Problem:
    """You asked for an edition that the material, or its layout, does not have.

    Fix: ask for one that it has: `editions:` in the material, and in its layout's
    `layout.yaml`, name them.
    """
    return Problem(
        "edition-missing",
        f"{name} has no {' or '.join(editions)} edition",
        Source(path),
        f"it has {', '.join(available)}",
    )


class PieceEditions(NamedTuple):
    """The editions that a material has, and those that are made where nobody asks."""

    available: tuple[str, ...] = tuple(EDITIONS)
    usual: tuple[str, ...] = USUAL
    are_listed: bool = False  # in the material


def editions_of(project: Project, name: str) -> PieceEditions:
    """Return a material's editions: it is not checked; if its file has mistakes, it has all."""
    return project.known(
        ("editions", name, project.sheet),
        lambda sources: _read_editions(replace(project, sources=sources), name),
    )


def _read_editions(project: Project, name: str) -> PieceEditions:
    # Not before: what was known of all materials is there sooner than all this is loaded.
    from hrcpub.files.yamlfile import read_yaml
    from hrcpub.project.material.reading import layout_of

    # As one who reads the material asks for its layout, so that it is read once.
    try:
        node = read_yaml(project.sources, material_file(project.sources, name))
        listed = (node.mapping or {}).get("editions")
        if listed is not None:
            named = tuple(item.text for item in listed.items or () if item.text in EDITIONS)
            return PieceEditions(named, named, are_listed=True) if named else PieceEditions()
        editions = layout_of(node, project).editions
    except HrcpubError:
        return PieceEditions()
    return PieceEditions(editions, tuple(name for name in editions if name in USUAL))


def usual_editions(project: Project, name: str) -> tuple[str, ...]:
    """Return one edition of each form: what is approved, and compared, where nobody says which.

    A piece is laid out once in each form, and every edition is written from that: who has seen one
    has seen the words and the lines of all. The one on screens has all that the others have.
    """
    by_form: dict[str, str] = {}
    for edition in editions_of(project, name).usual:
        form = EDITIONS[edition].form
        if form not in by_form or edition == "screen":
            by_form[form] = edition
    return tuple(by_form.values())


CODES = {"edition-missing": edition_missing}
