"""An event of thousands of personalised pieces, beside what else makes such pieces.

`making` counts whole processes of ours, start-up and the run files of all sites' copies with it,
until every piece is written; stock pieces were typeset before, once, and the papers (tickets,
lists, zips), which no peer makes, come after. Each round begins with what was kept when only the
stock was there: a build that finds the imprints of the one before sets none, and the peers set all
of theirs. Of the peers start-up is left out, except of the weasyprint command, which is called anew
for each document. `again` counts whole commands, papers and all.
`python -m benchmarks.events PROJECT` is the process that is watched. It loads hrcpub as the command
does, without looking for garbage meanwhile.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
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
KEPT, STOCK = "output/.cache/store", "output/stock"  # what builds keep; and as it was at first
EARLY = 500  # pieces, between two looks
CONTROLS, SUMS, WRITTEN, SIZE = 5, 60_000, 5, 120_000  # a copy has about so many bytes


class Round(NamedTuple):
    """What one document takes, in one round: ours and the peers'."""

    ours: peers.Rate
    typst: peers.Rate  # the faster of its two ways
    warm: peers.Rate
    calls: peers.Rate


class Seen(NamedTuple):
    """What stood after so many pieces: kilobytes of the largest worker, seconds since the start."""

    made: int
    resident: int
    wall: float
    cpu: float  # of the build and its workers
    control: float  # seconds of processor for work that is the same each time


def making(folder: Path, rounds: int, sample: int) -> Iterator[Figure]:
    """Yield how many times more documents a second an event makes than its peers.

    Typst makes `sample` documents in each of its ways, warm WeasyPrint forty, and the command
    five; what the whole would take is worked out from them.
    """
    bench = folder / "peers"
    bench.mkdir(parents=True)
    python = peers.write(bench, fair.sites(MANY))
    ten = fair.make_project(folder / "ten", FEW)
    one = fair.make_project(folder / "one", MANY, is_one_piece=True)
    found: dict[str, list[Round]] = {"ten": [], "one": []}
    for project in (ten, one):
        typeset_stock(project)
    for number in range(rounds):
        for name in list(found)[:: 1 if number % 2 else -1]:
            shape = (ten, FEW, PIECES) if name == "ten" else (one, MANY, 1)
            found[name].append(_round(*shape, bench, python, sample))
    peers.refuse_difference(bench)
    name = f"{FEW} sites x {PIECES} pieces"
    yield _against(f"{name}, typst", [(r.ours, r.typst) for r in found["ten"]], 3.5)
    yield _against(f"{name}, warm weasyprint", [(r.ours, r.warm) for r in found["ten"]], 12)
    yield _against(f"{name}, weasyprint", [(r.ours, r.calls) for r in found["ten"]], 250)
    pairs = [(r.ours, r.typst) for r in found["one"]]
    yield _against(f"{MANY} sites x 1 piece, typst", pairs, 2)


def _round(project: Path, sites: int, each: int, bench: Path, python: Path, sample: int) -> Round:
    """Measure each once: half of the peers before, half of them after our build."""
    some = max(2, sample // each)
    rates = [peers.typst(python, bench, "Compiler", some, each)]
    calls = peers.calls(bench, 3)
    _begin_anew(project, bench)
    spent, _ = pieces(project)
    rates.append(peers.typst(python, bench, "compile", some, each))
    rates.append(peers.typst(python, bench, "Compiler", some, each))
    warm = peers.warm(bench, max(2, 40 // each), each)
    calls += peers.calls(bench, 2)
    count = sum(1 for _ in (project / "output/events").rglob("site-*.pdf"))
    if count != sites * each:
        raise RuntimeError(f"{count} pieces were made, not {sites * each}")
    return Round(
        peers.Rate(spent.wall / count, spent.cpu / count),
        # The best of each, which no one way need have.
        peers.Rate(min(one.wall for one in rates), min(one.cpu for one in rates)),
        warm,
        peers.Rate(*(statistics.median(column) for column in zip(*calls, strict=True))),
    )


def _begin_anew(project: Path, aside: Path) -> None:
    """Put aside all that an earlier round has made, and what it kept of its pieces."""
    for made in (project / "output/events", project / KEPT):
        if made.exists():
            # Not removed: without a journal ext4 passes over all inodes that were freed in the last
            # minute, for each new file, which takes as long as half of a piece.
            made.rename(Path(tempfile.mkdtemp(dir=aside)) / made.name)
    shutil.copytree(project / STOCK, project / KEPT)


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
    pieces(project)
    first = build(project)
    rows = fair.sites(FEW)
    same, changed, without = [], [], []
    for number in range(rounds):
        same.append(build(project, expected=0))
        _call_anew(project, rows, number)
        # Its pieces, and the files that hold all sites' pieces.
        changed.append(build(project, expected=2 * PIECES))
    for number in range(rounds, 2 * rounds):
        _call_anew(project, rows, number)
        without.append(pieces(project)[0])
    name = f"{FEW * PIECES} items,"
    note = f"writing all papers for the first time took {first.wall:.0f} s"
    yield _seconds(f"{name} nothing changed", same, 1.5)
    yield _seconds(f"{name} one telephone changed", changed, 1.5, note)
    yield _seconds("  the same without papers", without, 1.5)


def _call_anew(project: Path, rows: list[fair.Site], number: int) -> None:
    """Give a site another telephone."""
    rows[number] = rows[number]._replace(tel=rows[number].tel.replace("555", "556"))
    fair.write_table(project, rows)


def _seconds(name: str, spent: list[Spent], goal: float, note: str = "") -> Figure:
    walls = [one.wall for one in spent]
    low, high = quartiles(walls)
    cpu = statistics.median(one.cpu for one in spent)
    return Figure(
        name, statistics.median(walls), "s", goal, False, low, high, len(walls), cpu, note
    )


def lasting(folder: Path, sites: int, rounds: int) -> Iterator[Figure]:
    """Yield how long builds' workers change: their memory, and what a piece costs.

    A machine that slows down, or a disk that catches up with what was written, makes pieces dearer
    though nothing grows. So what a piece costs is measured against work that is the same each time,
    done within the same build, both by processor time.
    """
    project = fair.make_project(folder / "fair", sites)
    typeset_stock(project)
    seen, costs = pieces(project, is_watched=True)[1], []
    costs.append(_costs(seen))
    for _ in range(rounds - 1):
        _begin_anew(project, folder)
        costs.append(_costs(pieces(project, is_watched=True)[1]))
    early, late = seen[0], seen[-1]
    yield Figure(
        f"worker's growth, {early.made} to {late.made} pieces",
        (late.resident - early.resident) / 1024,
        "MiB",
        15,
        note=f"{early.resident / 1024:.0f} to {late.resident / 1024:.0f} MiB",
    )
    ratios = [last.cpu / first.cpu / (last.control / first.control) for first, last in costs]
    low, high = quartiles(ratios)
    clock, cpu, control = (
        statistics.median(getattr(last, name) / getattr(first, name) for first, last in costs)
        for name in ("wall", "cpu", "control")
    )
    mine = [statistics.median(pair[side].cpu * 1000 for pair in costs) for side in (0, 1)]
    yield Figure(
        "a piece's cost at the end over the start's",
        statistics.median(ratios),
        "×",
        1.0,
        low=low,
        high=high,
        runs=len(ratios),
        by_cpu=cpu,
        note=f"over that of a control, {control:.2f}; by the clock {clock:.2f}; "
        f"{mine[0]:.2f} and {mine[1]:.2f} ms of processor",
    )


class _Cost(NamedTuple):
    """What a piece takes, and the control: seconds."""

    wall: float
    cpu: float
    control: float


def _costs(seen: list[Seen]) -> tuple[_Cost, _Cost]:
    """Return what a piece took in the first third of a build, and in the last.

    What is set up once is in the cost of the pieces before the first look: they are not counted.
    """
    third = max(1, (len(seen) - 1) // 3)
    return _cost(seen[: third + 1]), _cost(seen[-third - 1 :])


def _cost(seen: list[Seen]) -> _Cost:
    """Return what a piece took between the first of some looks and the last."""
    first, last = seen[0], seen[-1]
    made, control = last.made - first.made, statistics.median(one.control for one in seen)
    return _Cost((last.wall - first.wall) / made, (last.cpu - first.cpu) / made, control)


def typeset_stock(project: Path) -> None:
    """Make an event's stock pieces, and nothing that is measured later but one site's imprint."""
    pieces(project, "site-00001")
    shutil.rmtree(project / "output/events")
    shutil.copytree(project / KEPT, project / STOCK)


def pieces(project: Path, *only: str, is_watched: bool = False) -> tuple[Spent, list[Seen]]:
    """Return what it takes to make all that is not current, papers left out, and what was seen.

    To be watched takes a build some time: it is looked at, and beside a control.
    """
    started = time.time()
    watched = ["--watched"] if is_watched else []
    command = [sys.executable, "-m", "benchmarks.events", project, *watched, *only]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    ended, cpu, seen = json.loads(done.stdout.splitlines()[-1])
    return Spent(ended - started, cpu), [Seen(*one) for one in seen]


def build(project: Path, expected: int | None = None) -> Spent:
    """Build the event by its command; raise RuntimeError unless so many pieces are made."""
    command = [HRCPUB, "event", "build", fair.EVENT, "--jobs", str(CORES), "--json"]
    spent = run(["sh", "-c", 'exec "$@" > said.json', "sh", *command], project)
    said: dict[str, Any] = json.loads((project / "said.json").read_text(encoding="utf-8"))
    if said["failed"] or (expected is not None and said["made"] != expected):
        raise RuntimeError(f"{said['made']} made, failed: {said['failed']}")
    return spent


# --- The process that is watched -----------------------------------------------------------------


class _Watch:
    """Looks at a build's workers on the way, and ends the process when the papers' turn comes."""

    def __init__(self, control: Path | None) -> None:
        """Begin; `control` is a file that may be written, beside those that the build writes.

        Without one nothing is looked at.
        """
        self.made, self.step, self.started = 0, "", time.perf_counter()
        self.seen: list[Seen] = []
        self._control, self._controls = control, 0.0

    def begin(self, step: str, total: int) -> None:
        self.step = step
        if step == "papers":
            self.end()
            os._exit(0)

    def done(self, path: str) -> None:
        import multiprocessing

        self.made += self.step == "printing"
        is_time = self.step == "printing" and self.made % EARLY == 0
        if is_time and self._control and Path("/proc/self/stat").exists():
            workers = [child.pid for child in multiprocessing.active_children()]
            cpu = time.process_time() - self._controls + sum(map(_processor, workers))
            resident, wall = max(map(_resident, workers), default=0), time.perf_counter()
            control = _control(self._control)
            self._controls += control
            self.seen.append(Seen(self.made, resident, wall - self.started, cpu, control))

    def end(self) -> None:
        """End the workers; print when it was, what all took of processor, and what was seen."""
        import multiprocessing

        used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        cpu = sum(one.ru_utime + one.ru_stime for one in used)
        for worker in multiprocessing.active_children():  # it counts when it has ended
            cpu += _processor(worker.pid)
            worker.kill()
        print(json.dumps([time.time(), cpu, self.seen]), flush=True)


def _control(file: Path) -> float:
    """Return what the same work takes of the processor: sums, and files written as copies are.

    Of a piece's processor time about a sixth is the system's, which writes its file.
    """
    started, data = time.process_time(), bytes(SIZE)
    for _ in range(CONTROLS):
        sum(number * number % 7 for number in range(SUMS))
        for _ in range(WRITTEN):
            file.with_suffix(".part").write_bytes(data)
            file.with_suffix(".part").replace(file)
    return time.process_time() - started


def _work(project: Path, only: list[str], *, is_watched: bool) -> None:
    """Build the event in this process, and its workers, as far as the papers."""
    from hrcpub import loading

    loading.collect_seldom()  # before all else is loaded, as the command does
    loading.load("hrcpub.events.fulfil.run")
    from hrcpub.events.fulfil.outcome import FOLDER, BuildProgress, EventOptions
    from hrcpub.events.fulfil.run import build_event
    from hrcpub.files.sources import Sources

    folder = project / "output" / FOLDER / fair.EVENT
    folder.mkdir(parents=True, exist_ok=True)
    watch = _Watch(project / "output" / "control" if is_watched else None)
    told = BuildProgress(watch.begin, watch.done, lambda line: None)
    outcome = build_event(
        Sources(project), fair.EVENT, folder, EventOptions(CORES, only=tuple(only)), told
    )
    if outcome.failed or not only:  # with `only` there are no papers, and it comes to its end
        raise RuntimeError(f"failed: {outcome.failed}")
    watch.end()


def _resident(process: int | None) -> int:
    """Return the kilobytes that a process holds in memory."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def _processor(process: int | None) -> float:
    """Return the seconds of processor that a process took, the system's for it included."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    words = [word for word in sys.argv[2:] if word != "--watched"]
    _work(Path(sys.argv[1]), words, is_watched="--watched" in sys.argv)
