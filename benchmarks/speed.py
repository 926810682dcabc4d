"""How long commands take beside the `weasyprint` command, and a rebuild after an edit."""

from __future__ import annotations

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.baseline import WEASYPRINT, refuse_difference, write_page
from benchmarks.clock import Figure, Spent, quartiles, ratio, run
from benchmarks.project import BRIEF, CARD, add_different, copy_project

HRCPUB = Path(sys.executable).parent / "hrcpub"
EDITIONS = ("office", "screen", "press")
PATIENCE = 30.0  # seconds after which a rebuild counts as never


def commands(folder: Path, rounds: int) -> list[Figure]:
    """Return the ratios of single commands; every round runs each of them once.

    Every other round goes the other way round, so that none always follows the same one.
    """
    project = copy_project(folder / "project")
    page = write_page(project, BRIEF, folder)
    theirs, fresh, kept = folder / "theirs.pdf", folder / "fresh", folder / "kept"

    def build(output: Path, *options: str) -> Spent:
        return run([HRCPUB, "build", BRIEF, "--output", output, *options], project)

    def cold(*options: str) -> Spent:
        # The record of system libraries stays in the project, whatever the output folder is.
        for made in (fresh, project / "output"):
            shutil.rmtree(made, ignore_errors=True)
        return build(fresh, "--force", *options)

    def first(*options: str) -> Spent:
        # A cache of its own, empty: the other commands keep theirs.
        known = os.environ["XDG_CACHE_HOME"]
        os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(dir=folder)
        try:
            return cold(*options)
        finally:
            os.environ["XDG_CACHE_HOME"] = known

    one = ("--edition", "press")
    cases: dict[str, Callable[[], Spent]] = {
        "weasyprint": lambda: run([WEASYPRINT, page, theirs], project),
        "help": lambda: run([HRCPUB, "--help"], project),
        "list": lambda: run([HRCPUB, "list"], project),
        "unchanged": lambda: build(kept, *one),
        "three unchanged": lambda: build(kept),
        "one edition": lambda: cold(*one),
        "three editions": cold,
        "first": lambda: first(*one),
    }
    cases["weasyprint"]()
    build(kept)
    refuse_difference(kept / "press" / f"{BRIEF}.pdf", theirs)
    files = [path.stat().st_ino for path in sorted(kept.rglob("*.pdf"))]
    spent: dict[str, list[Spent]] = {name: [] for name in cases}
    for number in range(rounds):
        for name in list(cases)[:: 1 if number % 2 else -1]:
            spent[name].append(cases[name]())
    if files != [path.stat().st_ino for path in sorted(kept.rglob("*.pdf"))]:
        raise RuntimeError("nothing had changed, and still something was built")
    base = spent["weasyprint"]
    seconds = statistics.median(one.wall for one in base)
    return [
        ratio("build, cold: one edition", spent["one edition"], base, 0.85),
        ratio("build, cold: three editions", spent["three editions"], base, 1.1),
        ratio("one edition, the very first", spent["first"], base, 1.6),
        ratio("build, nothing changed", spent["unchanged"], base, 0.15),
        ratio("the same, three editions", spent["three unchanged"], base, 0.15),
        ratio("hrcpub --help", spent["help"], base, 0.1),
        ratio("hrcpub list", spent["list"], base, 0.12, f"weasyprint {seconds:.2f} s"),
    ]


def many(folder: Path, count: int, sample: int) -> Figure:
    """Return how many times more documents a second one `build` makes than weasyprint's calls.

    Half of the sample is measured before the build and half after it.
    """
    project = copy_project(folder / "project")
    names = add_different(project, BRIEF, count)
    pages = [write_page(project, name, folder) for name in names[:sample]]
    theirs: list[Spent] = []

    def call(page: Path) -> None:
        theirs.append(run([WEASYPRINT, page, page.with_suffix(".pdf")], project))

    for page in pages[::2]:
        call(page)
    wanted = ["--jobs", "2", "--edition", "press", "--output", folder / "made"]
    ours = run([HRCPUB, "build", *names, *wanted], project)
    for page in pages[1::2]:
        call(page)
    for page in pages:
        refuse_difference(folder / "made" / "press" / f"{page.stem}.pdf", page.with_suffix(".pdf"))
    each = [one.wall * count / ours.wall for one in theirs]
    low, high = quartiles(each)
    return Figure(
        f"{count} briefs, two workers",
        statistics.median(each),
        "×",
        16,
        is_floor=True,
        low=low,
        high=high,
        by_cpu=statistics.median(one.cpu for one in theirs) * count / ours.cpu,
        note=f"{count / ours.wall:.1f} documents a second; weasyprint called {sample} times",
    )


def rebuild(folder: Path, edits: int, name: str, editions: tuple[str, ...]) -> Figure:
    """Return the seconds from an edit of a piece, watched, to its last PDF's replacement."""
    project = copy_project(folder / "project")
    output = folder / "made"
    wanted = [option for one in editions for option in ("--edition", one)]
    watching = subprocess.Popen(
        [HRCPUB, "build", name, "--watch", "--output", output, *wanted],
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        files = [output / edition / f"{name}.pdf" for edition in editions]
        _wait(watching, lambda: all(file.exists() for file in files))
        material = project / "materials" / f"{name}.yaml"
        text = material.read_text(encoding="utf-8").replace("verbatim: yes", "verbatim: no")
        # The first two edits are not counted: they wait for what the first build put off.
        every = [_edit(watching, material, text, number, files) for number in range(edits + 2)]
    finally:
        watching.send_signal(signal.SIGINT)
        watching.wait(PATIENCE)
    seconds = every[2:]
    low, high = quartiles(seconds)
    many = "three editions" if len(editions) > 1 else "one edition"
    title = f"{'card' if name == CARD else 'brief'} after an edit, {many}"
    return Figure(title, statistics.median(seconds), "s", 0.15, low=low, high=high, runs=edits)


def _wait(process: subprocess.Popen[bytes], is_done: Callable[[], bool]) -> None:
    """Return as soon as something is done; raise RuntimeError when that takes too long."""
    started = time.perf_counter()
    while not is_done():
        if process.poll() is not None or time.perf_counter() - started > PATIENCE:
            raise RuntimeError("`hrcpub build --watch` ended, or builds nothing")
        time.sleep(0.001)


def _edit(
    process: subprocess.Popen[bytes], material: Path, text: str, number: int, files: list[Path]
) -> float:
    """Change a word, and return the seconds until every file is another one."""
    before = [file.stat().st_ino for file in files]
    time.sleep(0.3 + number % 7 / 100)  # edits come at any moment of the watcher's round
    who = ("We", "You", "They")[number % 3]
    started = time.perf_counter()
    changed = re.sub(r"title: (How|Why Do) \w+", rf"title: \1 {who}", text)
    material.write_text(changed, encoding="utf-8")
    _wait(process, lambda: all(f.stat().st_ino != b for f, b in zip(files, before, strict=True)))
    return time.perf_counter() - started
