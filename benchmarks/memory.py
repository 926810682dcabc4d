"""A batch of many different materials: how much memory its workers hold on the way.

A process of its own (`python -m benchmarks.memory PROJECT COUNT`), so that nothing else has been
loaded: it prints the most resident kilobytes of any worker in every hundred documents.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.clock import Figure
from benchmarks.project import BRIEF, CARD, add_different, copy_project

EVERY = 100
EDITIONS = ("press", "office", "screen")


def worker(folder: Path, count: int) -> Figure | None:
    """Return the megabytes that the largest worker gained since the first hundred documents.

    None where the system does not tell (only Linux has /proc).
    """
    if not Path("/proc/self/status").exists():
        return None
    project = copy_project(folder / "project")
    add_different(project, BRIEF, count // 2)
    add_different(project, CARD, count // 2)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory", project, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parent.parent,
    )
    held = [kilobytes / 1024 for kilobytes in json.loads(done.stdout)]
    return Figure(
        f"worker's growth, {EVERY} to {count} documents",
        held[-1] - held[0],
        "MiB",
        10,
        note=f"{held[0]:.0f} MiB to {held[-1]:.0f}, at most {max(held):.0f}",
    )


def _work(project: Path, count: int) -> list[int]:
    """Return the most resident kilobytes of any worker in each hundred documents."""
    import multiprocessing

    from hrcpub.build.batch import BatchOptions, run
    from hrcpub.build.job import Job

    jobs = [
        Job(f"{(BRIEF, CARD)[number % 2]}-{number // 2 + 1:04}", (EDITIONS[number // 2 % 3],))
        for number in range(count)
    ]
    held = [0] * (count // EVERY)
    order = BatchOptions(str(project), str(project / "output"))
    for number, report in enumerate(run(jobs, order, 2)):
        if report.failed:
            raise RuntimeError(str(report.problems))
        workers = [worker.pid for worker in multiprocessing.active_children()]
        held[number // EVERY] = max(held[number // EVERY], *map(resident, workers))
    return held


def resident(process: int | None) -> int:
    """Return the kilobytes that a process holds now; 0: it has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0  # it has just ended
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


if __name__ == "__main__":
    print(json.dumps(_work(Path(sys.argv[1]), int(sys.argv[2]))))
