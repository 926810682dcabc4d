"""What a press file costs over WeasyPrint's own PDF of the same pages, both warm.

One process: layout and writing, in turn, plain and as PDF/X-4 with PDF/A-2b.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.clock import Figure
from benchmarks.project import BRIEF, copy_project


def cost(folder: Path, rounds: int) -> Figure:
    """Return how many times a plain render's processor time a press file takes."""
    from hrcpub.build.batch import BatchOptions, BuildWorker
    from hrcpub.pipeline.compose import compose
    from hrcpub.pipeline.demands import demands_of
    from hrcpub.pipeline.prepress import prepress
    from hrcpub.pipeline.typeset import typeset
    from hrcpub.project.edition import EDITIONS, PaperColour
    from hrcpub.project.material import read_material
    from hrcpub.project.printers import HOUSE

    project = copy_project(folder / "project")
    bench = BuildWorker(BatchOptions(str(project), str(project / "output")))
    material = read_material(bench.project, BRIEF)
    html = compose(material, bench.project)
    edition = EDITIONS["press"]

    def plain() -> None:
        typeset(html, bench.project).document.write_pdf()

    def press() -> None:
        pages = typeset(html, bench.project)
        demands = demands_of(material, html, edition, PaperColour.FLOOD, HOUSE, bench.project)
        prepress(pages, demands)

    for warm_up in (plain, press):
        warm_up()
    ratios = []
    for number in range(rounds):
        order = (plain, press) if number % 2 else (press, plain)
        spent = {work: _spent(work) for work in order}
        ratios.append(spent[press] / spent[plain])
    low, middle, high = statistics.quantiles(ratios, n=4)
    return Figure("press over plain, warm", middle, "×", 1.10, low=low, high=high, runs=rounds)


def _spent(work: Callable[[], None]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
