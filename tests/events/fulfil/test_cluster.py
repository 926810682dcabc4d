"""A real scheduler and two workers that share nothing with the build: the same files come back."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrcpub.events.fulfil.cluster import Cluster
from hrcpub.problems import HrcpubError
from tests.events.fulfil.test_faults import wait_for
from tests.shared.fairs import build, files, folder_of

EVENT = """
name: A small fair
date: 2027-06-12
place: Here
contact: {name: Ana Reyes, tel: (510) 555-0100}
items:
  - material: what-postcard
    languages: {en: 20}
    edition: office
  - material: what-postcard
    languages: {en: 10}
    edition: press
    separators: yes
  - material: what-postcard
    languages: {en: 1}
    edition: screen
"""


@pytest.fixture
def fair(project: Path) -> Path:
    """Return a project with an event for two sites."""
    for path in (project / "materials/events").glob("*.yaml"):
        path.unlink()
    (project / "materials/events/fair.yaml").write_text(EVENT, encoding="utf-8")
    rows = "".join(
        f'site-{n},Site {n},"{n} Example Street; Oakland, CA 94612",(510) 555-010{n},'
        f"https://example.org/{n}\n"
        for n in (1, 2)
    )
    sites = project / "materials/sites.csv"
    sites.write_text(f"id,name,address,tel,url\n{rows}", encoding="utf-8")
    return project


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and two workers, each in a folder of its own; yield the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    with contextlib.ExitStack() as stack:
        _start(stack, tmp_path, "scheduler", "--host", "127.0.0.1", "--port", str(port))
        options = ("--nthreads", "1", "--local-directory", "here")
        workers = [
            _start(stack, tmp_path, "worker", address, *options, place=f"worker-{n}")
            for n in (1, 2)
        ]
        _wait_for(address, workers=2)
        yield address, workers


def _start(
    stack: contextlib.ExitStack, tmp_path: Path, *arguments: str, place: str = "scheduler"
) -> subprocess.Popen[bytes]:
    folder = tmp_path / place
    folder.mkdir()
    log = stack.enter_context((folder / "log").open("wb"))
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
        cwd=folder,
        env=os.environ | {"TMPDIR": str(folder)},
        stdout=log,
        stderr=log,
        start_new_session=True,
    )

    def end() -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    stack.callback(end)
    return process


def _wait_for(address: str, workers: int) -> None:
    script = (
        "import sys; from distributed import Client\n"
        "Client(sys.argv[1], timeout=30).wait_for_workers(int(sys.argv[2]), timeout=60)"
    )
    subprocess.run([sys.executable, "-c", script, address, str(workers)], check=True, timeout=120)


def start(project: Path, address: str) -> subprocess.Popen[str]:
    """Start a build of all that the cluster makes, as if nothing was made."""
    options = ("--force", "--cluster", address, "--zip", "all")
    return subprocess.Popen(
        [sys.executable, "-m", "hrcpub", "event", "build", "fair", *options],
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_a_cluster_makes_the_same_files_though_a_worker_is_killed(
    fair: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    here = build(fair)
    assert here.returncode == 0, here.stderr
    folder = folder_of(fair)
    expected = files(folder)
    assert sum(path.endswith("site-2.pdf") for path in expected) == 3

    shutil.rmtree(folder)
    there = start(fair, address)
    _, said = there.communicate(timeout=300)
    assert there.returncode == 0, said
    assert files(folder) == expected

    shutil.rmtree(folder)
    building = start(fair, address)
    wait_for(lambda: list(folder.rglob("site-*.pdf")), 120)
    os.killpg(workers[0].pid, signal.SIGKILL)
    assert building.poll() is None
    _, said = building.communicate(timeout=300)
    assert building.returncode == 0, said
    assert files(folder) == expected


def test_a_scheduler_that_does_not_answer_is_told() -> None:
    with pytest.raises(HrcpubError) as told:
        Cluster("tcp://127.0.0.1:9", connect_timeout=0.5)
    assert [problem.code for problem in told.value.problems] == ["cluster-unreachable"]


@pytest.mark.parametrize(
    "address", ["192.168.1.20", "tcp://host", "http://host:1", "tcp://h:99999"]
)
def test_what_is_no_schedulers_address_is_told(address: str) -> None:
    with pytest.raises(HrcpubError) as told:
        Cluster(address)
    (problem,) = told.value.problems
    assert problem.code == "cluster-unreachable"
    assert "write it like tcp://192.168.1.20:8786" in problem.message
