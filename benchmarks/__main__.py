"""Measure speed and memory and print each figure beside its goal: `python -m benchmarks`."""

from __future__ import annotations

import argparse
import compileall
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import (
    comparing,
    copyfit,
    events,
    imposing,
    judging,
    memory,
    press,
    readback,
    speed,
    strangers,
    studio,
    words,
)
from benchmarks.clock import Figure, conditions, table
from benchmarks.project import BRIEF, CARD, ROOT

Section = Callable[[Path, bool], Iterator[Figure]]


def _commands(folder: Path, is_quick: bool) -> Iterator[Figure]:
    yield from speed.commands(folder, 3 if is_quick else 15)


def _many(folder: Path, is_quick: bool) -> Iterator[Figure]:
    yield speed.many(folder, 200, 4 if is_quick else 20)


def _watch(folder: Path, is_quick: bool) -> Iterator[Figure]:
    for name in (CARD, BRIEF):
        for editions in (("press",), speed.EDITIONS):
            inner = folder / name / str(len(editions))
            yield speed.rebuild(inner, 5 if is_quick else 25, name, editions)


def _memory(folder: Path, is_quick: bool) -> Iterator[Figure]:
    figure = memory.worker(folder, 300 if is_quick else 1000)
    if figure is None:
        print("memory: not measured, since this system has no /proc", file=sys.stderr)
    else:
        yield figure


def _press(folder: Path, is_quick: bool) -> Iterator[Figure]:
    yield press.cost(folder, 9 if is_quick else 41)


def _copyfit(folder: Path, is_quick: bool) -> Iterator[Figure]:
    yield from copyfit.cost(folder, 5 if is_quick else 25)
    yield from copyfit.layouts(folder)


def _imposing(folder: Path, is_quick: bool) -> Iterator[Figure]:
    yield from imposing.figures(folder, 3 if is_quick else 9)


def _preflight(folder: Path, is_quick: bool) -> Iterator[Figure]:
    yield from judging.pages(folder / "pages", 5 if is_quick else 25)
    yield judging.start(folder / "start", 5 if is_quick else 25)
    yield judging.memory(folder / "memory")


def _strangers(folder: Path, is_quick: bool) -> Iterator[Figure]:
    yield from strangers.cost(3 if is_quick else 15)


def _events(folder: Path, is_quick: bool) -> Iterator[Figure]:
    yield from events.making(folder / "making", 1 if is_quick else 5, 100 if is_quick else 400)
    yield from events.again(folder / "again", 2 if is_quick else 9)
    if Path("/proc/self/status").exists():
        long = (200, 2) if is_quick else (1000, 5)
        yield from events.lasting(folder / "lasting", *long)
    else:
        print("events: no memory measured, since this system has no /proc", file=sys.stderr)


def _readback(folder: Path, is_quick: bool) -> Iterator[Figure]:
    yield from readback.figures(folder, ("hi", "ar") if is_quick else tuple(readback.CODES))


def _comparing(folder: Path, is_quick: bool) -> Iterator[Figure]:
    yield from comparing.figures(folder, 3 if is_quick else 9)


def _words(folder: Path, is_quick: bool) -> Iterator[Figure]:
    yield from words.figures(folder, 555, 3 if is_quick else 9)


def _studio(folder: Path, is_quick: bool) -> Iterator[Figure]:
    yield from studio.keystrokes(folder / "keys", 30 if is_quick else 100)
    yield from studio.opening(folder / "opening", 3 if is_quick else 9)
    figure = studio.lasting(folder / "lasting", 2000 if is_quick else 20_000)
    if figure is None:
        print("studio: no memory measured, since this system has no /proc", file=sys.stderr)
    else:
        yield figure


SECTIONS: dict[str, Section] = {
    "commands": _commands,
    "many": _many,
    "watch": _watch,
    "memory": _memory,
    "press": _press,
    "copyfit": _copyfit,
    "imposing": _imposing,
    "preflight": _preflight,
    "strangers": _strangers,
    "events": _events,
    "readback": _readback,
    "comparing": _comparing,
    "words": _words,
    "studio": _studio,
}


def _compile() -> None:
    """Have hrcpub's bytecode written, as an installer does: WeasyPrint's is there, too."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(ROOT / "hrcpub", quiet=1)


def main() -> None:
    # A shell that runs this in the background has it, and all that it starts, ignore ^C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("only", nargs="*", help=f"of {', '.join(SECTIONS)}; else all")
    parser.add_argument("--quick", action="store_true", help="few runs: a rough idea")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    wanted = parser.parse_args()
    if unknown := set(wanted.only) - set(SECTIONS):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    _compile()
    before = conditions()
    figures: list[Figure] = []
    for name in wanted.only or SECTIONS:
        print(f"measuring: {name} …", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="hrcpub-bench-") as folder:
            # What commands keep for later ones begins empty, and is nobody's own.
            os.environ["XDG_CACHE_HOME"] = str(Path(folder, "caches"))
            found = list(SECTIONS[name](Path(folder), wanted.quick))
        figures += found
        if found and not wanted.json:
            print(f"\n{name}: {conditions()}\n{table(found)}\n", flush=True)
    if wanted.json:
        fields = {"before": before, "after": conditions(), "quick": wanted.quick}
        shown = fields | {"figures": [figure.as_json() for figure in figures]}
        print(json.dumps(shown, indent=1, ensure_ascii=False))
        return
    print("× is a multiple of the weasyprint command's time, or of its documents a second.")


if __name__ == "__main__":
    main()
