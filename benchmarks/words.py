"""How long it takes to look at the words of many materials, and to read them for it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clock import Figure, quartiles
from benchmarks.project import BRIEF, FOLDER, add_different, copy_project
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.project.facts import facts_of
from hrcpub.project.house_style import style_of_words
from hrcpub.project.material import Material, read_material


def figures(folder: Path, count: int, rounds: int) -> Iterator[Figure]:
    """Yield the processor time of materials in one process: their rules, their facts, reading."""
    project = copy_project(folder / "project")
    names = [
        *add_different(project, BRIEF, count // 2),
        *add_different(project, FOLDER, count - count // 2),
    ]
    opened = Project(Sources(project))
    started = time.process_time()
    materials = [read_material(opened, name) for name in names]
    read = time.process_time() - started
    took = [_looked_at(materials, opened) for _ in range(rounds)]
    low, high = quartiles([seconds for seconds, _ in took])
    middle, found = sorted(took)[len(took) // 2]
    note = f"{found} findings in {len(materials)} materials; reading them took {read:.1f} s"
    yield Figure("words of 555 materials", middle, "s", 3, False, low, high, rounds, middle, note)


def _looked_at(materials: list[Material], project: Project) -> tuple[float, int]:
    """Return the seconds of the processor that all rules took, and how much they found."""
    started = time.process_time()
    found = 0
    for material in materials:
        found += len(style_of_words(material, project.sources).problems)
        found += len(facts_of(material, project))
    return time.process_time() - started, found
