"""Pages to press sheets: hrcpub beside pdfimpose on the same file, and the memory of many cards.

pdfimpose (AGPL, on PyMuPDF) is installed from PyPI into a virtual environment of its own, which
goes when the figures are there. Each program runs as a process of its own and times the work
inside, imports left out; whole commands are timed as well. `python -m benchmarks.imposing IN OUT
STOCK SCHEME` is hrcpub's process.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clock import Figure, quartiles, ratio, run
from benchmarks.project import CARD, copy_project

PDFIMPOSE = "pdfimpose==2.10.0"
PAGES, CARDS = 100, 5000
HRCPUB = Path(sys.executable).parent / "hrcpub"
THEIRS = """
import json, sys, time
from pdfimpose.schema import saddle
started = time.perf_counter(), time.process_time()
saddle.impose([sys.argv[1]], sys.argv[2], signature=(2, 1), group=0, last=1, mark=["crop"])
print(json.dumps([time.perf_counter() - started[0], time.process_time() - started[1]]))
"""


def figures(folder: Path, rounds: int) -> Iterator[Figure]:
    """Yield time and size of a booklet of 100 pages, and memory of 5,000 different cards."""
    venv.create(folder / "peer", with_pip=True)
    python = folder / "peer/bin/python"
    run([python, "-m", "pip", "install", "--quiet", PDFIMPOSE], folder)
    booklet = _booklet(folder)
    yield from _against(booklet, python, folder, rounds)
    if Path("/proc/self/status").exists():
        yield _memory(folder)


def _against(booklet: Path, python: Path, folder: Path, rounds: int) -> Iterator[Figure]:
    ours, theirs = folder / "ours.pdf", folder / "theirs.pdf"
    process = [sys.executable, "-m", "benchmarks.imposing", booklet, ours, "tabloid"]
    peer = [python, "-c", THEIRS, booklet, theirs]
    inside, whole_ours, whole_theirs = [], [], []
    options = ["--scheme", "saddle-stitch", "--stock", "tabloid", "-o", ours]
    command = [HRCPUB, "impose", booklet, *options]
    peers = [python, "-m", "pdfimpose", "saddle", "-s", "2x1", "-g", "0"]
    peers += ["-l", "1", "-k", "crop", "-o", theirs, booklet]
    for number in range(rounds):
        pair = [[*process, "saddle-stitch"], peer]
        found = [_inside(one) for one in (pair if number % 2 else pair[::-1])]
        mine, other = found if number % 2 else found[::-1]
        inside.append((mine[0] / other[0], mine[1] / other[1], mine[0], other[0]))
        whole_ours.append(run(command, folder))
        whole_theirs.append(run(peers, folder))
    walls, cpus, mine, others = (list(column) for column in zip(*inside, strict=True))
    low, high = quartiles(walls)
    note = f"{statistics.median(mine):.3f} s, pdfimpose {statistics.median(others):.2f} s"
    yield Figure(
        f"{PAGES} pages saddle-stitched",
        statistics.median(walls), "× pdfimpose", 0.05, False, low, high, rounds,
        statistics.median(cpus), note,
    )  # fmt: skip
    yield ratio("  the same as whole commands", whole_ours, whole_theirs, 0.15)
    size = booklet.stat().st_size
    note = f"{size / 1000:.0f} kB, pdfimpose {theirs.stat().st_size / size:.2f} ×"
    yield Figure("  file over its source's", ours.stat().st_size / size, "×", 1.1, note=note)


def _memory(folder: Path) -> Figure:
    """Return the megabytes that ten times as many cards take more, each card another."""
    held, sizes = [], []
    for count in (CARDS // 10, CARDS):
        cards = _cards(folder, count)
        sizes.append(cards.stat().st_size / 2**20)
        done = _inside(
            [sys.executable, "-m", "benchmarks.imposing", cards, folder / "c.pdf", "12 in x 18 in",
             "cut-and-stack"]
        )  # fmt: skip
        held.append(done[2] / 1024)
    note = f"{held[0]:.0f} to {held[1]:.0f} MiB, files of {sizes[0]:.0f} and {sizes[1]:.0f} MiB"
    return Figure(f"{CARDS} cards over {CARDS // 10}", held[1] - held[0], "MiB", 5, note=note)


def _inside(command: list[str | Path]) -> list[float]:
    """Return what a process printed of itself: seconds by clock and processor, peak kilobytes."""
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=root)
    return json.loads(done.stdout.splitlines()[-1])


def _work(source: str, output: str, stock: str, scheme: str) -> list[float]:
    import time

    from hrcpub.cli.imposing import _stock
    from hrcpub.pipeline.impose import Appearance, ImposeTask, Marks, laid_out, place, read

    started = time.perf_counter(), time.process_time()
    with Path(source).open("rb") as file, Path(output).open("wb") as sheets:
        artwork = read([(source, file)])
        task = ImposeTask(len(artwork.pages), artwork.piece, _stock(stock), bleed=artwork.bleed)
        place(artwork, laid_out(scheme, task), sheets, Appearance(Marks(slug="a booklet")))
    spent = [time.perf_counter() - started[0], time.process_time() - started[1]]
    return [*spent, _peak()]


def _peak() -> int:
    """Return this process's most resident kilobytes; what forked it does not count."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


# --- What is imposed -----------------------------------------------------------------------------


def _booklet(folder: Path) -> Path:
    """Return a file of 100 pages of real text, each with a drawing of its own, fonts shared."""
    return _many(_built(folder, "principles", "office"), folder / "booklet.pdf", PAGES)


def _cards(folder: Path, count: int) -> Path:
    return _many(_built(folder, CARD, "press"), folder / f"cards-{count}.pdf", 2 * count)


def _built(folder: Path, material: str, edition: str) -> Path:
    from hrcpub.build.batch import BatchOptions, BuildWorker
    from hrcpub.build.job import Job

    project = folder / material
    if not project.exists():
        copy_project(project)
        bench = BuildWorker(BatchOptions(str(project), str(project / "output")))
        bench.do(Job(material, (edition,)))
    return project / "output" / edition / f"{material}.pdf"


def _many(source: Path, output: Path, pages: int) -> Path:
    import pikepdf

    with pikepdf.open(source) as pdf:
        originals = [page.Contents.read_bytes() for page in pdf.pages]
        there = len(originals)
        for number in range(there, pages):
            pdf.pages.append(pdf.pages[number % there])
        for number, page in enumerate(pdf.pages):
            line = f"\n% page {number} of {pages}\n".encode()
            page.Contents = pdf.make_stream(originals[number % there] + line)
        pdf.save(output, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output


if __name__ == "__main__":
    print(json.dumps(_work(*sys.argv[1:])))
