"""What copyfit costs: looking over the pages, breaking rags, and the layouts that fitting takes.

One process, warm, on the brief; each as a share of the render it belongs to, in the same round.
"""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.clock import Figure, quartiles
from benchmarks.project import BRIEF, copy_project

LONGER = " It says more than there is room for, again and again, until the place is full."


def cost(folder: Path, rounds: int) -> Iterator[Figure]:
    """Yield what accounting takes of a render, and what rags take for a page."""
    from hrcpub.build.batch import BatchOptions, BuildWorker
    from hrcpub.pipeline.compose import compose
    from hrcpub.pipeline.typeset import typeset, verify
    from hrcpub.project.material import read_material

    project = copy_project(folder / "project")
    bench = BuildWorker(BatchOptions(str(project), str(project / "output")))
    material = read_material(bench.project, BRIEF)
    html = compose(material, bench.project)
    document = typeset(html, bench.project).document
    shares, rags, rag_all = [], [], _rags(material, bench)
    rag_all()
    for _ in range(rounds):
        render = _spent(lambda: typeset(html, bench.project).document.write_pdf())
        shares.append(100 * _spent(lambda: verify.over(document, html)) / render)
        rags.append(1000 * _spent(rag_all) / len(document.pages))
    yield _figure("accounting, of a render", shares, "%", 5)
    yield _figure("the best rag, a page", rags, "ms", 2)


def _rags(material: Any, bench: Any) -> Callable[[], object]:
    """Return what breaks all paragraphs of a brief."""
    from hrcpub.pipeline.compose import read_face
    from hrcpub.pipeline.setting import rag

    system = material.layout.system
    face = read_face(bench.project.sources, system.faces["text"].file)
    size = material.layout.grid["text-size"]
    texts = [words.text for words in material.texts if len(words.text) > 60]

    def breaks() -> None:
        for text in texts:
            rag(text, [width * size for width in face.advances(text)], 377.5)

    return breaks


def layouts(folder: Path) -> Iterator[Figure]:
    """Yield how many layouts it takes to fit words that are too many, at the worst of lengths."""
    from hrcpub.files.project import Project
    from hrcpub.files.sources import Sources
    from hrcpub.pipeline import copyfit as room
    from hrcpub.problems import HrcpubError
    from hrcpub.project.material import read_material

    original = room.typeset
    project = copy_project(folder / "fitted")
    path = project / "materials" / "principles.yaml"
    layout = project / "layouts" / "sheet" / "layout.yaml"
    layout.write_text(layout.read_text(encoding="utf-8").replace("limit: 380", "limit: 2000"))
    words = path.read_text(encoding="utf-8").replace("verbatim: yes", "verbatim: no")
    seen: list[object] = []

    def counted(*given: Any) -> Any:
        seen.append(given)
        return original(*given)

    room.typeset, counts = counted, []
    for count in range(10, 50, 2):
        longer = " ".join((LONGER * 4).split()[:count])
        text = words.replace("along with the use itself.", f"along with the use itself. {longer}")
        path.write_text(text, encoding="utf-8")
        opened = Project(Sources(project))
        seen.clear()
        with contextlib.suppress(HrcpubError):
            room.copyfit(read_material(opened, "principles"), opened)
            counts.append(len(seen))
    room.typeset = original
    fitted = [count for count in counts if count > 1]
    note = f"of {', '.join(map(str, counts))}; at most {max(counts)}"
    name = "layouts that fitting takes, usually"
    yield Figure(name, statistics.median(fitted), "", 4, runs=len(counts), note=note)


def _figure(name: str, values: list[float], unit: str, goal: float) -> Figure:
    low, high = quartiles(values)
    return Figure(name, statistics.median(values), unit, goal, low=low, high=high, runs=len(values))


def _spent(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
