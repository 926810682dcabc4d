"""What the comparer takes, what it sees, and what it lets pass: for the figures that it goes by.

The smallest changes that matter are drawn in many places of the pixels; the same pages are drawn by
two versions of PDFium and by poppler. Another version of pypdfium2 comes from a virtual environment
of its own: name its Python in PDFIUM_PYTHON, or that part is left out.
"""

from __future__ import annotations

import functools
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image

from benchmarks.clock import Figure
from benchmarks.project import ROOT
from hrcpub.pipeline.compare import compare
from hrcpub.pipeline.compare.looks import THRESHOLD, differing_pixels
from hrcpub.pipeline.compare.reading import RESOLUTION
from tests.shared.typed import lines, stroke, typed, typed_pdf

PAIRS = ("17", ".,", "l1", "38", "56", "08", ":;")
PLACES = 36
OTHER = "PDFIUM_PYTHON"
_DRAW = """
import sys, pypdfium2
for path in sys.argv[3:]:
    for number, page in enumerate(pypdfium2.PdfDocument(path), 1):
        name = path.replace("/", "-")
        picture = page.render(scale=float(sys.argv[1]) / 72).to_pil()
        picture.save(f"{sys.argv[2]}/{name}-{number}.png")
"""


def figures(folder: Path, runs: int) -> Iterator[Figure]:
    """Yield times, the least that each change is seen by, and what two programs differ by."""
    yield from _times(runs)
    yield from _seen()
    pdfs = sorted(folder.glob("output/*/*.pdf")) or _built(folder)
    yield from _programs(folder, pdfs)


def _times(runs: int) -> Iterator[Figure]:
    pages = [lines(*[f"Line {n} of a page: call (212) 213-6376" for n in range(28)])] * 16
    one, other = typed_pdf(*pages), typed_pdf(*pages, mark="other bytes")
    changed = typed_pdf(*pages[:-1], lines("Another page"))
    for name, pair, goal in (
        ("bytes", (one, one), 20),
        ("pages", (one, other), 800),
        ("15 pages", (one, changed), 1000),
    ):
        work = functools.partial(compare, *pair)
        took, by_cpu = (_median(runs, work, clock) * 1000 for clock in _CLOCKS)
        said = f"16 pages, the same {name}"
        yield Figure(said, took, "ms", goal, runs=runs, by_cpu=by_cpu)


_CLOCKS = (time.perf_counter, time.process_time)


def _median(runs: int, work: Callable[[], object], clock: Callable[[], float]) -> float:
    took = []
    for _ in range(runs):
        started = clock()
        work()
        took.append(clock() - started)
    return statistics.median(took)


def _seen() -> Iterator[Figure]:
    """Yield by how much a pixel differs at the least, of all places, where it differs most."""
    for size in (9.5, 7.0):
        for was, now in PAIRS:
            least = min(_beyond(was, now, size, place) for place in range(PLACES))
            goal = THRESHOLD if size > 9 else 0  # smaller words are found by their letters
            yield Figure(f"{was} → {now} at {size:g} pt", least, "of 255", goal, is_floor=True)
    for width in (0, 0.25, 0.5, 1):
        least = min(
            _most(typed_pdf(stroke(20, 90 + at / 16, 200, 90 + at / 16, width)), typed_pdf(""))
            for at in range(8)
        )
        name = f"a line of {width:g} pt is gone"
        yield Figure(name, least, "of 255", THRESHOLD, is_floor=True)


def _beyond(was: str, now: str, size: float, place: int) -> int:
    x, y = 20 + place % 6 / 12, 40 + place // 6 / 12
    return _most(*(typed_pdf(typed(f"555{sign}", x, y, size)) for sign in (was, now)))


def _most(*pdfs: bytes) -> int:
    one, two = (_drawn(pdf) for pdf in pdfs)
    return int(differing_pixels(one, two).getextrema()[1])


def _drawn(pdf: bytes) -> Image.Image:
    return pypdfium2.PdfDocument(pdf)[0].render(scale=RESOLUTION / 72).to_pil().convert("RGB")


def _built(folder: Path) -> list[Path]:
    names = ("principles", "why-folder", "where-sheet", "carry-lleve", "harm-reduction",
             "contact-card", "contact-card-ar", "overdose-km", "overdose-zh-hans")  # fmt: skip
    command = (sys.executable, "-m", "hrcpub", "--project", str(ROOT), "build", *names)
    subprocess.run([*command, "--output", str(folder / "output")], check=False, capture_output=True)
    found = sorted(folder.glob("output/*/*.pdf"))
    assert found, "nothing was built"
    return found


def _programs(folder: Path, pdfs: Sequence[Path]) -> Iterator[Figure]:
    ours = _by_pdfium(sys.executable, folder / "ours", pdfs)
    theirs = {"poppler": _by_poppler(folder / "poppler", pdfs)}
    if os.environ.get(OTHER):
        python = os.environ[OTHER]
        asked = "import pypdfium2.version as v; print(v.PYPDFIUM_INFO, v.PDFIUM_INFO)"
        said = subprocess.run([python, "-c", asked], check=True, capture_output=True, text=True)
        name = f"pypdfium2 {said.stdout.strip()}"
        theirs[name] = _by_pdfium(python, folder / "other", pdfs)
    for name, pages in theirs.items():
        most = [_apart(one, two) for one, two in zip(ours, pages, strict=True)]
        seen = sum(value >= THRESHOLD for value in most)
        within = max((value for value in most if value < THRESHOLD), default=0)
        # What they do is drawn otherwise: seams, hairlines, marks over letters. It is no smoothing.
        share = 0.6 if name == "poppler" else 0.15
        yield Figure(f"pages that differ by {name}", seen, f"of {len(most)}", share * len(most))
        yield Figure(f"the most on the others, {name}", within, "of 255", THRESHOLD)


def _by_pdfium(python: str, folder: Path, pdfs: Sequence[Path]) -> list[Path]:
    folder.mkdir()
    command = (python, "-c", _DRAW, str(RESOLUTION), str(folder), *map(str, pdfs))
    subprocess.run(command, check=True, capture_output=True)
    return _in_order(folder)


def _by_poppler(folder: Path, pdfs: Sequence[Path]) -> list[Path]:
    folder.mkdir()
    for pdf in pdfs:
        name = folder / str(pdf).replace("/", "-")
        subprocess.run(["pdftoppm", "-png", "-r", str(RESOLUTION), pdf, name], check=True)
    return _in_order(folder)


def _in_order(folder: Path) -> list[Path]:
    def key(path: Path) -> tuple[str, int]:
        name, _, number = path.stem.rpartition("-")
        return name, int(number)

    return sorted(folder.glob("*.png"), key=key)


def _apart(one: Path, two: Path) -> int:
    pictures = [Image.open(path).convert("RGB") for path in (one, two)]
    size = tuple(min(sides) for sides in zip(*(picture.size for picture in pictures), strict=True))
    cut = [picture.crop((0, 0, *size)) for picture in pictures]
    return int(differing_pixels(*cut).getextrema()[1])
