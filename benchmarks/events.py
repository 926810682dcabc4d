"""An event of thousands of personalised pieces, beside what else makes such pieces.

Every figure of `making` is of whole `hrcpub event build` commands, with the run files that hold
all sites' copies; stock pieces were typeset before, once. The peers' start-up is left out, except
the weasyprint command's, which is called anew for each document. `python -m benchmarks.events
PROJECT` is the process whose workers are watched.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import fair, peers
from benchmarks.clock import Figure, Spent, quartiles, run
from benchmarks.project import ROOT

HRCPUB = Path(sys.executable).parent / "hrcpub"
CORES = 2
MANY, FEW = 2000, 200  # sites, with one piece each and with ten
PIECES = 10
EARLY, EVERY = 500, 1000  # pieces


class Round(NamedTuple):
    """What one document takes, in one round: ours and the peers'."""

    ours: peers.Rate
    typst: peers.Rate  # the faster of its two ways
    warm: peers.Rate
    calls: peers.Rate


def making(folder: Path, rounds: int, sample: int) -> Iterator[Figure]:
    """Yield how many times more documents a second an event makes than its peers.

    Typst makes `sample` sites' documents in each of its ways, warm WeasyPrint some forty, and the
    command five; what the whole would take is worked out from them.
    """
    folder.mkdir()
    bench = folder / "peers"
    bench.mkdir()
    python = peers.write(bench, fair.sites(MANY))
    ten = fair.make_project(folder / "ten", FEW)
    one = fair.make_project(folder / "one", MANY, is_one_piece=True)
    for project in (ten, one):
        typeset_stock(project)
    found: dict[str, list[Round]] = {"ten": [], "one": []}
    for number in range(rounds):
        for name in list(found)[:: 1 if number % 2 else -1]:
            project, sites, pieces = (ten, FEW, PIECES) if name == "ten" else (one, MANY, 1)
            found[name].append(_round(project, sites, pieces, bench, python, sample))
    peers.refuse_difference(bench)
    name = f"{FEW} sites x {PIECES} pieces"
    yield _against(f"{name}, typst", [(r.ours, r.typst) for r in found["ten"]], 3)
    yield _against(f"{name}, warm weasyprint", [(r.ours, r.warm) for r in found["ten"]], 12)
    yield _against(f"{name}, weasyprint", [(r.ours, r.calls) for r in found["ten"]], 250)
    pairs = [(r.ours, r.typst) for r in found["one"]]
    yield _against(f"{MANY} sites x 1 piece, typst", pairs, 1)


def _round(project: Path, sites: int, pieces: int, bench: Path, python: Path, sample: int) -> Round:
    """Measure each once: half of the peers before, half of them after our build."""
    some = max(2, sample // pieces)
    rate = {"compile": peers.typst(python, bench, "compile", some, pieces)}
    calls = peers.calls(bench, 3)
    spent = build(project, is_fresh=True)
    rate["Compiler"] = peers.typst(python, bench, "Compiler", some, pieces)
    warm = peers.warm(bench, max(2, 40 // pieces), pieces)
    calls += peers.calls(bench, 2)
    count = sites * pieces
    return Round(
        peers.Rate(spent.wall / count, spent.cpu / count),
        # Each by what it is better at, which no one way may be.
        peers.Rate(min(r.wall for r in rate.values()), min(r.cpu for r in rate.values())),
        warm,
        peers.Rate(*(statistics.median(column) for column in zip(*calls, strict=True))),
    )


def _against(name: str, pairs: list[tuple[peers.Rate, peers.Rate]], goal: float) -> Figure:
    walls = [theirs.wall / ours.wall for ours, theirs in pairs]
    low, high = quartiles(walls)
    mine, other = (statistics.median(pair[side].cpu * 1000 for pair in pairs) for side in (0, 1))
    rate = statistics.median(1 / ours.wall for ours, _ in pairs)
    return Figure(
        name,
        statistics.median(walls),
        "×",
        goal,
        is_floor=True,
        low=low,
        high=high,
        runs=len(pairs),
        by_cpu=statistics.median(theirs.cpu / ours.cpu for ours, theirs in pairs),
        note=f"{rate:.0f} documents a second; {mine:.1f} ms of processor each, theirs {other:.1f}",
    )


def again(folder: Path, rounds: int) -> Iterator[Figure]:
    """Yield what a second build takes: nothing changed, and one site's telephone changed."""
    project = fair.make_project(folder, FEW)
    build(project)
    same, changed = [], []
    rows = fair.sites(FEW)
    for number in range(rounds):
        same.append(build(project, expected=0))
        row = rows[number]
        rows[number] = row._replace(tel=row.tel.replace("555", "556"))
        fair.write_table(project, rows)
        # Its pieces, and the files that hold all sites' pieces.
        changed.append(build(project, expected=2 * PIECES))
    name = f"{FEW * PIECES} items,"
    yield _seconds(f"{name} nothing changed", same, 1.5)
    yield _seconds(f"{name} one telephone changed", changed, 3.0)


def _seconds(name: str, spent: list[Spent], goal: float) -> Figure:
    walls = [one.wall for one in spent]
    low, high = quartiles(walls)
    cpu = statistics.median(one.cpu for one in spent)
    return Figure(
        name, statistics.median(walls), "s", goal, False, low, high, len(walls), cpu,
    )  # fmt: skip


def lasting(folder: Path, sites: int) -> Iterator[Figure]:
    """Yield how a long build's workers change: their memory, and what a piece costs.

    Nothing where the system does not tell (only Linux has /proc).
    """
    project = fair.make_project(folder, sites)
    typeset_stock(project)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.events", project],
        stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    seen = [Seen(*one) for one in json.loads(done.stdout.splitlines()[-1])]
    early, late = seen[1], seen[-1]
    yield Figure(
        f"worker's growth, {early.made} to {late.made} pieces",
        (late.resident - early.resident) / 1024,
        "MiB",
        15,
        note=f"{early.resident / 1024:.0f} to {late.resident / 1024:.0f} MiB",
    )
    # What is set up once is in the first pieces' cost: they are not counted.
    first, last = _cost(seen, early.made), _cost(seen, late.made - EVERY)
    yield Figure(
        "a piece's cost at the end over the start's",
        last.wall / first.wall,
        "×",
        1.0,
        by_cpu=last.cpu / first.cpu,
        note=f"{first.cpu * 1000:.2f} and {last.cpu * 1000:.2f} ms of processor",
    )


class Seen(NamedTuple):
    """What stood after so many pieces: kilobytes of the largest worker, seconds since the start."""

    made: int
    resident: int
    wall: float
    cpu: float  # of the build and its workers


def _cost(seen: list[Seen], start: int) -> peers.Rate:
    """Return what a piece took in the thousand from `start` on."""
    a = next(one for one in seen if one.made >= start)
    b = next(one for one in reversed(seen) if one.made <= a.made + EVERY)
    return peers.Rate((b.wall - a.wall) / (b.made - a.made), (b.cpu - a.cpu) / (b.made - a.made))


def typeset_stock(project: Path) -> None:
    """Make an event's stock pieces, and nothing that is measured later."""
    build(project, "--only", "site-00001")
    shutil.rmtree(project / "output/events")


def build(
    project: Path, *options: str, is_fresh: bool = False, expected: int | None = None
) -> Spent:
    """Build the event; raise RuntimeError when it failed, or made other than `expected`."""
    if is_fresh:
        shutil.rmtree(project / "output/events", ignore_errors=True)
    log = project / "said.json"
    command = [HRCPUB, "event", "build", fair.EVENT, "--jobs", str(CORES), "--json", *options]
    spent = run(["sh", "-c", 'exec "$@" > said.json', "sh", *command], project)
    said: dict[str, Any] = json.loads(log.read_text(encoding="utf-8"))
    if said["failed"] or (expected is not None and said["made"] != expected):
        raise RuntimeError(f"{said['made']} made, failed: {said['failed']}")
    return spent


# --- The process that watches its workers --------------------------------------------------------


def _watch(project: Path) -> list[Seen]:
    """Build the event in this process; return what was seen every hundred pieces."""
    import multiprocessing

    from hrcpub.fulfil.run import FOLDER, Told, Wishes, build_event
    from hrcpub.sources import Sources

    seen: list[Seen] = []
    started, made, step = time.perf_counter(), 0, ""

    def begin(name: str, total: int) -> None:
        nonlocal step
        step = name

    def done(path: str) -> None:
        nonlocal made
        if step != "printing":
            return
        made += 1
        if made == 1 or made % EARLY == 0:
            workers = [child.pid for child in multiprocessing.active_children()]
            cpu = time.process_time() + sum(map(_processor, workers))
            resident = max(map(_resident, workers), default=0)
            seen.append(Seen(made, resident, time.perf_counter() - started, cpu))

    folder = project / "output" / FOLDER / fair.EVENT
    folder.mkdir(parents=True)
    told = Told(begin, done, lambda line: None)
    outcome = build_event(Sources(project), fair.EVENT, folder, Wishes(CORES), told)
    if outcome.failed:
        raise RuntimeError(str(outcome.failed))
    return seen


def _resident(process: int | None) -> int:
    """Return the kilobytes that a process holds in memory."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def _processor(process: int | None) -> float:
    """Return the seconds of processor that a process took: of its own, and the system's for it."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    print(json.dumps(_watch(Path(sys.argv[1]))))
