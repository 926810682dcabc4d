"""Whole processes to the time they took, and many times to one figure with its spread."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple


class Spent(NamedTuple):
    """Seconds by the clock, and seconds of the processor: the process's and its children's."""

    wall: float
    cpu: float


class Figure(NamedTuple):
    """One line of the table. `low` and `high` are its quartiles, `runs` how many went into it."""

    name: str
    value: float
    unit: str
    goal: float
    is_floor: bool = False  # the goal is the least, not the most
    low: float | None = None
    high: float | None = None
    runs: int = 1
    by_cpu: float | None = None  # the same figure by processor time
    note: str = ""

    @property
    def is_met(self) -> bool:
        return self.value >= self.goal if self.is_floor else self.value <= self.goal

    def as_json(self) -> dict[str, Any]:
        return self._asdict() | {"is_met": self.is_met}


def run(command: Sequence[str | Path], folder: Path) -> Spent:
    """Run a process to its end; raise RuntimeError with what it said when it failed."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    said = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.stdout:
        process.stdout.close()
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{said}")
    return Spent(wall, used.ru_utime + used.ru_stime)


def ratio(name: str, ours: list[Spent], theirs: list[Spent], goal: float, note: str = "") -> Figure:
    """Return the median of each round's ratio: what slows a whole round down cancels out."""
    walls = [a.wall / b.wall for a, b in zip(ours, theirs, strict=True)]
    cpus = [a.cpu / b.cpu for a, b in zip(ours, theirs, strict=True)]
    low, high = quartiles(walls)
    value, by_cpu = statistics.median(walls), statistics.median(cpus)
    seconds = f"{statistics.median(one.wall for one in ours):.2f} s"
    note = f"{seconds}, {note}" if note else seconds
    return Figure(name, value, "×", goal, False, low, high, len(walls), by_cpu, note)


def quartiles(values: list[float]) -> tuple[float, float]:
    """Return the quartiles, or the least and the most of fewer than four values."""
    if len(values) < 4:
        return min(values), max(values)
    first, _, third = statistics.quantiles(values, n=4, method="inclusive")
    return first, third


def table(figures: Sequence[Figure]) -> str:
    """Return figures as aligned text."""
    head = ("", "measured", "goal", "", "quartiles", "by CPU", "runs", "")
    rows = [head, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = []
    for row in rows:
        first, *cells, last = row
        middle = [f"{c:>{w}}" for c, w in zip(cells, widths[1:-1], strict=True)]
        lines.append("  ".join([f"{first:{widths[0]}}", *middle, last]).rstrip())
    return "\n".join(lines)


def _row(figure: Figure) -> tuple[str, ...]:
    def shown(value: float) -> str:
        return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"

    spread = ""
    if figure.low is not None and figure.high is not None:
        spread = f"{shown(figure.low)} to {shown(figure.high)}"
    return (
        figure.name,
        f"{shown(figure.value)} {figure.unit}",
        f"{'≥' if figure.is_floor else '≤'} {figure.goal:g} {figure.unit}",
        "met" if figure.is_met else "MISSED",
        spread,
        "" if figure.by_cpu is None else shown(figure.by_cpu),
        str(figure.runs),
        figure.note,
    )


def conditions() -> str:
    """Return what a reader must know to judge the figures."""
    cores = os.cpu_count()
    try:
        load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    except OSError:
        load = "unknown"
    return f"Python {sys.version.split()[0]}, {sys.platform}, {cores} cores, load average {load}"
