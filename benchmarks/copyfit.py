"""What copyfit costs: looking over the pages, breaking rags, and the layouts that fitting takes.

One process, warm; each as a share of the render it belongs to, in the same round.
"""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.clock import Figure, quartiles
from benchmarks.project import BRIEF, CARD, FOLDER, add_different, copy_project

LONGER = " It says more than there is room for, again and again, until the place is full."


def cost(folder: Path, rounds: int) -> Iterator[Figure]:
    """Yield what looking over its pages takes of each piece's render, and rags of a page."""
    from hrcpub.build.batch import BatchOptions, BuildWorker
    from hrcpub.project.material import read_material

    project = copy_project(folder / "project")
    bench = BuildWorker(BatchOptions(str(project), str(project / "output")))
    for name in (CARD, BRIEF, FOLDER):
        material = read_material(bench.project, name)
        shares = list(_shares(add_different(project, name, rounds + 1), bench))
        yield _figure(f"looking over {material.layout.title}, of a render", shares, "%", 6)
    material = read_material(bench.project, BRIEF)
    rag_all = _rags(material, bench)
    rag_all()
    rags = [1000 * _spent(rag_all) / material.layout.sides for _ in range(rounds)]
    yield _figure("the best rag, a page", rags, "ms", 2)


def _shares(names: list[str], bench: Any) -> Iterator[float]:
    """Yield which share of pieces' layout and PDF, in per cent, all judging of pages takes.

    Each has its words in another order, since most of what was laid out before is only given back.
    The first one is not counted.
    """
    from hrcpub.pipeline.compose import compose
    from hrcpub.pipeline.typeset import lay_out, verify
    from hrcpub.project.material import read_material

    shares = []
    for name in names:
        html = compose(read_material(bench.project, name), bench.project)
        started = time.process_time()
        document = lay_out(html, bench.project).document
        document.write_pdf()
        render = time.process_time() - started
        shares.append(100 * _spent(partial(verify.over, document, html)) / render)
    yield from shares[1:]


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
