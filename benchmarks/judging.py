"""What preflight costs: milliseconds a page on the project's press files, memory on 1,000 pages.

The first is one process, warm; beside it stands what Ghostscript takes to draw the same plates.
The second are two processes of their own (`python -m benchmarks.judging FILE`). Between them is
what the command takes for one file, its start included.
"""

from __future__ import annotations

import io
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.clock import Figure, quartiles, run
from benchmarks.project import ROOT, copy_project

HRCPUB = Path(sys.executable).parent / "hrcpub"
MATERIALS = ("principles", "why-harm-reduction", "contact-card")
PAGES = 1000


def _built(folder: Path) -> list[Path]:
    """Build the press edition of the three materials in a copy of the project."""
    from hrcpub.build.batch import BatchOptions, BuildWorker
    from hrcpub.build.job import Job

    project = copy_project(folder / "project")
    bench = BuildWorker(BatchOptions(str(project), str(project / "output")))
    for name in MATERIALS:
        report = bench.do(Job(name, ("press",)))
        if report.failed:
            raise RuntimeError(str(report.problems))
    return sorted((project / "output" / "press").glob("*.pdf"))


def pages(folder: Path, rounds: int) -> Iterator[Figure]:
    """Yield milliseconds of processor time a page: every check, and with all ink drawn."""
    import pikepdf

    from hrcpub.loading import collect_seldom
    from hrcpub.pipeline.preflight import Expected, limits_of, preflight
    from hrcpub.pipeline.preflight.checks.total_ink import ink_peak
    from hrcpub.pipeline.preflight.page.bounded import Budget
    from hrcpub.pipeline.preflight.page.checked_page import CheckedPage
    from hrcpub.pipeline.preflight.page.interpreter import Library
    from hrcpub.pipeline.preflight.page.operators import OPERATORS

    collect_seldom()  # as every command does
    files = _built(folder)
    contents = [file.read_bytes() for file in files]
    expected = Expected(limits=limits_of("sheetfed"))

    def judge() -> int:
        for data in contents:
            if preflight(data, expected):
                raise RuntimeError("a press file has findings")
        return 2 * len(contents)

    def draw() -> int:
        for data in contents:
            with pikepdf.open(io.BytesIO(data)) as pdf:
                library = Library(Budget(), OPERATORS)
                for number, page in enumerate(pdf.pages, 1):
                    ink_peak(CheckedPage(number, page.obj, library))
        return 2 * len(contents)

    yield _figure("preflight, a page", judge, rounds, 3)
    drawn = _figure("walk and all ink drawn, a page", draw, max(3, rounds // 4), 100)
    yield drawn
    if shutil.which("gs"):
        spent = _ghostscript(files, folder) / (2 * len(files)) * 1000
        yield Figure(
            "all ink drawn, over Ghostscript's plates at 72 dpi", drawn.value / spent, "×", 1,
            note=f"Ghostscript {spent:.0f} ms a page, its start included",
        )  # fmt: skip


def _figure(name: str, work: Callable[[], int], rounds: int, goal: float) -> Figure:
    work()
    each = []
    for _ in range(rounds):
        started = time.process_time()
        count = work()
        each.append((time.process_time() - started) / count * 1000)
    low, high = quartiles(each)
    return Figure(name, statistics.median(each), "ms", goal, False, low, high, rounds)


def _ghostscript(files: list[Path], folder: Path) -> float:
    """Return the processor seconds that Ghostscript takes for the plates of all files."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for file in files:
        command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r72"]
        subprocess.run([*command, f"-sOutputFile={folder}/%d.tif", file], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def start(folder: Path, rounds: int) -> Figure:
    """Return the seconds of a whole `hrcpub preflight` of one file, beside pikepdf's import alone.

    Every other round goes the other way round, so that neither always follows the other.
    """
    file = _built(folder)[-1]
    commands = ([HRCPUB, "preflight", file], [sys.executable, "-c", "import pikepdf"])
    spent: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for which in (0, 1) if number % 2 else (1, 0):
            spent[which].append(run(commands[which], folder).wall)
    ours, theirs = (each[1:] for each in spent)  # the first time files come from the disk
    low, high = quartiles(ours)
    note = f"Python that imports pikepdf and ends, {statistics.median(theirs):.2f} s"
    return Figure(
        "hrcpub preflight, one file", statistics.median(ours), "s", 0.15, False, low, high, rounds,
        note=note,
    )  # fmt: skip


def memory(folder: Path) -> Figure:
    """Return the megabytes that 1,000 different pages take over what 10 take."""
    import pikepdf

    source = _built(folder)[-1]
    held = {}
    for count in (10, PAGES):
        with pikepdf.open(source) as pdf:
            kinds = len(pdf.pages)
            for number in range(kinds, count):
                pdf.pages.append(pdf.pages[number % kinds])
                page = pdf.pages[-1].obj
                page.Contents = pdf.make_stream(
                    page.Contents.read_bytes() + b"\n%% page %d" % number
                )
            path = folder / f"{count}.pdf"
            pdf.save(path)
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.judging", path],
            stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT,
        )  # fmt: skip
        held[count] = float(done.stdout)
    return Figure(
        f"preflight's growth, 10 to {PAGES} pages",
        held[PAGES] - held[10],
        "MiB",
        30,
        note=f"{held[10]:.0f} MiB to {held[PAGES]:.0f}, the file and its objects included",
    )


def _peak(path: Path) -> float:
    """Return the most memory, in MiB, that this process has held when a file is judged."""
    from hrcpub.pipeline.preflight import Expected, limits_of, preflight

    preflight(path.read_bytes(), Expected(limits=limits_of("sheetfed")))
    status = Path("/proc/self/status")
    if status.exists():  # Linux counts in `ru_maxrss` what the process that began this one held
        held = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
        if held:
            return int(held[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(_peak(Path(sys.argv[1])))
