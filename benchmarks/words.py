"""How long it takes to read many materials and to look at all of their words, as `words` does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clock import Figure, quartiles
from benchmarks.project import BRIEF, FOLDER, add_different, copy_project
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.project.facts import facts_of, two_ways
from hrcpub.project.house_style import style_of_words
from hrcpub.project.material import read_material


def figures(folder: Path, count: int, rounds: int) -> Iterator[Figure]:
    """Yield the processor time of materials in one process: reading, rules, facts, numbers."""
    project = copy_project(folder / "project")
    names = [
        *add_different(project, BRIEF, count // 2),
        *add_different(project, FOLDER, count - count // 2),
    ]
    took = [_looked_at(names, Project(Sources(project))) for _ in range(rounds)]
    low, high = quartiles([seconds for seconds, _, _ in took])
    middle, read, found = sorted(took)[len(took) // 2]
    note = f"{found} findings in {len(names)} materials; {read:.1f} s of it to read them"
    yield Figure("words of 555 materials", middle, "s", 3, False, low, high, rounds, middle, note)


def _looked_at(names: list[str], project: Project) -> tuple[float, float, int]:
    """Return the seconds of the processor in all and for reading, and how much was found."""
    started = time.process_time()
    materials = [read_material(project, name, is_draft=True) for name in names]
    read = time.process_time() - started
    found = len(two_ways(materials, project))
    for material in materials:
        found += len(style_of_words(material, project.sources).problems)
        found += len(facts_of(material, project))
    return time.process_time() - started, read, found
