"""Many jobs: one that goes wrong, or dies, costs itself and no other."""

from __future__ import annotations

import heapq
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hrcpub import loading
from hrcpub.build.batch import MAX_JOBS, BatchOptions, life_of, preload, run
from hrcpub.build.job import Job
from hrcpub.cli.ending import tidy_ending
from tests.shared import forked
from tests.shared.pages import judge, texts

CARDS = 8


def make_cards(project: Path, revision: int = 1) -> list[str]:
    """Write many cards that differ; return their names."""
    card = (project / "materials/contact-card.yaml").read_text(encoding="utf-8")
    names = [f"card-{number}" for number in range(CARDS)]
    for name in names:
        text = card.replace("code: C1", f"code: {name}")
        text = text.replace("revised: 2026-11-22", f"revised: 2026-11-{21 + revision}")
        (project / "materials" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return names


def order(project: Path) -> BatchOptions:
    return BatchOptions(str(project), str(project / "output"))


@pytest.mark.parametrize("workers", [1, 2])
def test_every_job_is_reported_once(project: Path, workers: int) -> None:
    names = make_cards(project)
    jobs = [Job(name, ("screen",)) for name in names]
    reports = list(run(jobs, order(project), workers))
    assert sorted(report.material for report in reports) == names
    assert not any(report.failed for report in reports)
    assert all((project / "output/screen" / f"{name}.pdf").exists() for name in names)


@pytest.mark.parametrize("workers", [1, 2])
def test_one_bad_piece_stops_none(project: Path, workers: int) -> None:
    names = make_cards(project)
    (project / "materials/card-3.yaml").write_text("layout: card\nwords: [", encoding="utf-8")
    (project / "materials/card-5.yaml").write_bytes(b"\xff\xfe\x00")
    jobs = [Job(name, ("screen",)) for name in (*names, "no-such-material")]
    reports = {report.material: report for report in run(jobs, order(project), workers)}
    failed = sorted(name for name, report in reports.items() if report.failed)
    assert failed == ["card-3", "card-5", "no-such-material"]
    made = {path.stem for path in (project / "output/screen").glob("*.pdf")}
    assert made == set(names) - {"card-3", "card-5"}


def test_our_own_mistake_is_told_with_its_trace_and_costs_one_piece(project: Path) -> None:
    """A folder where the layout's template should be is a mistake that nobody foresees."""
    names = make_cards(project)
    (project / "layouts/slow").mkdir()
    jobs = [Job(name, ("no-such-edition",) if name == "card-2" else ("screen",)) for name in names]
    reports = {report.material: report for report in run(jobs, order(project), 2)}
    assert [name for name, report in reports.items() if report.failed] == ["card-2"]
    (problem,) = reports["card-2"].problems
    assert problem.code == "our-bug"
    assert "KeyError" in problem.message


# A layout whose template counts without end stands for a piece that takes too long. When all
# others are done, its worker is killed, and the next one too.
KILLER = """
import json, multiprocessing, os, signal, sys, threading, time
from hrcpub.build.batch import BatchOptions, run
from hrcpub.build.job import Job

def kill_workers():
    while True:
        done.wait()
        for child in multiprocessing.active_children():
            os.kill(child.pid, signal.SIGKILL)
        time.sleep(0.2)

if __name__ == "__main__":
    project, *names = sys.argv[1:]
    done = threading.Event()
    found = {}
    threading.Thread(target=kill_workers, daemon=True).start()
    jobs = [Job("endless", ("screen",)), *(Job(name, ("screen",)) for name in names)]
    for report in run(jobs, BatchOptions(project, project + "/output"), 2):
        found[report.material] = [problem.code for problem in report.problems]
        if len(found) == len(names):
            done.set()
    print(json.dumps(found))
"""


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_its_own_piece_alone(project: Path, tmp_path: Path) -> None:
    names = make_cards(project)[:3]  # as long as they take, the endless one works
    endless = project / "layouts/endless"
    endless.mkdir()
    for path in (project / "layouts/card").iterdir():
        (endless / path.name).write_bytes(path.read_bytes())
    template = (endless / "layout.html").read_text(encoding="utf-8")
    assert template.count("{% block sides %}") == 1
    counting = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    (endless / "layout.html").write_text(
        template.replace("{% block sides %}", "{% block sides %}" + counting), encoding="utf-8"
    )
    card = (project / "materials/contact-card.yaml").read_text(encoding="utf-8")
    (project / "materials/endless.yaml").write_text(
        card.replace("layout: card", "layout: endless"), encoding="utf-8"
    )
    script = tmp_path / "killer.py"
    script.write_text(KILLER, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script, project, *names],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found.pop("endless") == ["worker-died"]
    assert found == {name: [] for name in names}
    made = {path.stem for path in (project / "output/screen").glob("*.pdf")}
    assert made == set(names)


@pytest.mark.slow
def test_a_build_that_is_killed_leaves_every_file_old_or_new_but_whole(project: Path) -> None:
    names = make_cards(project)
    jobs = [Job(name, ("screen", "press")) for name in names]
    assert not any(report.failed for report in run(jobs, order(project), 1))
    files = sorted((project / "output").glob("*/card-*.pdf"))
    assert len(files) == 2 * CARDS
    old = {file: file.read_bytes() for file in files}
    make_cards(project, revision=2)
    building = forked.popen(
        *("build", *names, "--jobs", "2"),
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 60
        while all(file.read_bytes() == old[file] for file in files):
            assert time.monotonic() < deadline, "nothing was built"
            assert building.poll() is None
            time.sleep(0.005)
    finally:
        os.killpg(building.pid, signal.SIGKILL)
        building.wait()
    for file in files:
        judge("qpdf", "--check", file)
    assert any(file.read_bytes() != old[file] for file in files)
    reports = list(run(jobs, order(project), 1))
    assert not any(report.failed for report in reports)
    for name in names:
        assert len(texts(project / "output/screen" / f"{name}.pdf")) == 2


def lives(jobs: int, workers: int, chance: random.Random) -> list[int]:
    """Return how many jobs each process does; one that has done its part is replaced."""
    life = life_of(jobs, workers)
    done, at = [0] * workers, [(0.0, number) for number in range(workers)]
    for _ in range(jobs):
        time_, number = heapq.heappop(at)
        if done[number] == life:  # by another process
            done.append(0)
            number = len(done) - 1
        done[number] += 1
        heapq.heappush(at, (time_ + chance.uniform(0.8, 1.2), number))
    return done


@pytest.mark.parametrize("seed", range(40))
def test_no_worker_begins_for_little(seed: int) -> None:
    chance = random.Random(seed)
    workers = chance.randint(2, 12)
    jobs = chance.choice((chance.randint(workers, 500), chance.randint(500, 3000), 200))
    done = lives(jobs, workers, chance)
    assert sum(done) == jobs
    assert max(done) <= 1.65 * MAX_JOBS
    assert len(done) <= workers * max(1, round(jobs / workers / MAX_JOBS))
    assert min(done) >= 0.7 * max(done) or len(done) == workers


@pytest.mark.usefixtures("hangs_up")
@pytest.mark.parametrize(
    ("told", "raised"),
    [
        (signal.SIGINT, KeyboardInterrupt),
        (signal.SIGTERM, SystemExit),
        (signal.SIGHUP, SystemExit),
    ],
)
def test_an_interrupt_waits_until_all_libraries_are_loaded(
    told: signal.Signals,
    raised: type[BaseException],
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Raised in the midst of pikepdf, it ends the program with a core dump, or as a bug of ours."""
    loaded: list[str] = []

    def interrupted(name: str) -> None:
        signal.raise_signal(told)
        loaded.append(name)

    monkeypatch.setattr(loading, "load", interrupted)
    with tidy_ending(), pytest.raises(raised):
        preload(project)
    assert loaded[0] == "pikepdf"
    assert len(loaded) >= 4
