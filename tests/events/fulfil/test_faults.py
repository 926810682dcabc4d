"""An event's build among faults: what is good stays, what fails is told, and nothing hangs."""

from __future__ import annotations

import errno
import functools
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from hrcpub.build.store import Store
from hrcpub.cli import event_building
from hrcpub.events.fulfil.jobs import ShellJob
from hrcpub.events.fulfil.lock import NAME as LOCK
from hrcpub.events.fulfil.outcome import BuildProgress, EventOptions
from hrcpub.events.fulfil.run import build_event
from hrcpub.events.fulfil.shell_store import ShellStore, template_key
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.sources import Sources
from hrcpub.project.edition import EDITIONS
from tests.judges import tools
from tests.shared import forked
from tests.shared.fairs import (
    COMMAND,
    SITES,
    TWO,
    WORDS,
    build,
    build_apart,
    files,
    folder_of,
    make_fair,
    row,
    write_sites,
)
from tests.shared.once import made_once
from tests.shared.pictures import header_only

# Everything but the papers, which take most of the time, and what would be removed.
PIECES = ("--only", "what-postcard-office", "--only", "principles-office")
SHEET = PIECES[2:]
MOMENTS = 6
SILENT = BuildProgress(lambda step, total: None, lambda path: None, lambda line: None)


class Fair(NamedTuple):
    """A project whose event was built undisturbed, twice: what its folder held."""

    project: Path
    old: dict[str, str]  # what stands there now
    new: dict[str, str]  # what it would hold with other telephone numbers
    seconds: float  # that such a build takes


def build_fair(folder: Path) -> None:
    """Build the fair with either telephone numbers, and note what came of it."""
    project = make_fair(folder / "project")
    write_sites(project, tel=1)
    assert build(project).returncode == 0
    new = files(folder_of(project))
    write_sites(project)
    began = time.monotonic()
    assert build_apart(project).returncode == 0
    seconds = time.monotonic() - began
    old = files(folder_of(project))
    assert old.keys() == new.keys()
    assert sum(name.endswith(".pdf") for name in old) == 2 * (len(SITES) + 1) + 3
    assert not any(
        old[name] == new[name] for name in old if name.endswith(".pdf") and "/en/" in name
    )
    (folder / "made.json").write_text(json.dumps([old, new, seconds]), encoding="utf-8")


@pytest.fixture(scope="session")
def fair(tmp_path_factory: pytest.TempPathFactory) -> Fair:
    """Return the fair; only to be copied."""
    folder = made_once(tmp_path_factory, "fair", build_fair)
    return Fair(folder / "project", *json.loads((folder / "made.json").read_text("utf-8")))


@pytest.fixture
def project(fair: Fair, project: Path) -> Path:
    """Return a copy of the fair's project, for the test's own faults."""
    for path in ("materials/events/fair.yaml", "materials/sites.csv"):
        shutil.copy2(fair.project / path, project / path)
    shutil.copytree(fair.project / "output", project / "output", dirs_exist_ok=True)
    return project


def pieces(found: dict[str, str]) -> dict[str, str]:
    """Return what PIECES makes: copies and the files of all of them."""
    return {path: digest for path, digest in found.items() if is_piece(path)}


def is_piece(path: str) -> bool:
    return path.endswith("-run.pdf") or "/en/" in path


def assert_old_or_new(project: Path, fair: Fair) -> None:
    """Fail unless each file is there, as it was before or as it is to be."""
    found = files(folder_of(project))
    assert found.keys() == fair.old.keys()
    assert [name for name in found if found[name] not in (fair.old[name], fair.new[name])] == []


def drop_parts(project: Path) -> list[Path]:
    """Remove what a killed build left half written, as the next build does; return the paths."""
    parts = list(folder_of(project).rglob(".*.part"))
    for part in parts:
        part.unlink()
    return parts


def start(project: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a build as a terminal does: with a group of processes of its own."""
    return forked.popen(
        *WORDS,
        *arguments,
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def children(process: int) -> list[int]:
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(one) for one in text.split()]


def has_workers_or_ended(process: subprocess.Popen[str]) -> bool:
    return bool(children(process.pid)) or process.poll() is not None


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def noted(project: Path) -> int:
    """Return how many copies the ledger has."""
    ledger = folder_of(project) / ".ledger"
    return ledger.read_bytes().count(b"/en/") if ledger.exists() else 0


def codes(said: str) -> list[str]:
    """Return the codes of all Problems that a build with --json tells."""
    told = json.loads(said)
    failed = [one for problems in told["failed"].values() for one in problems]
    return sorted({one["code"] for one in (*failed, *told["problems"])})


# --- Killed --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_kill_at_random_moments_loses_no_good_file(fair: Fair, project: Path) -> None:
    """The whole build is killed, or a worker; the sites' telephone numbers change every time."""
    chance = random.Random(7)
    workers_killed = 0
    for moment in range(MOMENTS):
        write_sites(project, tel=(moment + 1) % 2)
        if moment % 3 == 0:
            shutil.rmtree(project / "output/.cache/store", ignore_errors=True)  # by workers
        is_worker = moment % 4 == 3
        is_short = moment % 2 and moment % 3
        process = start(project, *(PIECES if moment % 2 else ()))
        with process:
            if is_worker:
                wait_for(functools.partial(has_workers_or_ended, process))
                time.sleep(chance.uniform(0, fair.seconds / 5))
                for child in chance.sample(found := children(process.pid), min(1, len(found))):
                    os.kill(child, signal.SIGKILL)
                    workers_killed += 1
                _, said = process.communicate(timeout=120)
                assert process.returncode == 0, said
            else:
                time.sleep(chance.uniform(0.1, fair.seconds * (0.35 if is_short else 0.8)))
                os.killpg(process.pid, signal.SIGKILL)
        drop_parts(project)
        assert_old_or_new(project, fair)
    assert workers_killed
    write_sites(project)
    assert build(project).returncode == 0
    assert files(folder_of(project)) == fair.old


@pytest.mark.slow
def test_workers_do_not_hold_the_folder_when_their_build_is_killed(project: Path) -> None:
    write_sites(project, tel=1)
    shutil.rmtree(project / "output/.cache/store")
    with start(project, *SHEET) as process:
        wait_for(lambda: children(process.pid))
        os.kill(process.pid, signal.SIGKILL)  # its workers are left
    done = build_apart(project, *SHEET, timeout=60)
    assert done.returncode == 0
    assert list(folder_of(project).rglob(".*.part")) == []


def test_interrupted_it_stops_at_once_and_goes_on_where_it_was(fair: Fair, project: Path) -> None:
    shutil.rmtree(project / "output")
    (project / "output").mkdir()
    write_sites(project, tel=1)
    with start(project, *PIECES) as process:
        wait_for(lambda: children(process.pid))
        workers = children(process.pid)
        wait_for(lambda: noted(project))
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.splitlines()[-1] == "interrupted"
    assert "Traceback" not in said
    assert workers
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    assert list(folder_of(project).rglob(".*.part")) == []
    made = noted(project)
    done = build(project, *PIECES, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["cached"] >= made
    assert files(folder_of(project)) == pieces(fair.new)


# A template that counts without end stands for a piece that takes too long.
ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


def let_postcard_hang(project: Path) -> None:
    template = project / "layouts/postcard/layout.html"
    text = template.read_text(encoding="utf-8")
    assert text.count("{% block sides %}") == 1
    text = text.replace("{% block sides %}", "{% block sides %}" + ENDLESS)
    template.write_text(text, encoding="utf-8")


def test_interrupted_while_it_typesets_it_leaves_no_worker(project: Path) -> None:
    shutil.rmtree(project / "output/.cache/store")
    let_postcard_hang(project)  # else it may have ended by then
    with start(project) as process:
        wait_for(lambda: len(children(process.pid)) == 2)
        workers = children(process.pid)
        time.sleep(0.3)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.split() == ["interrupted"]
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


@pytest.mark.slow
def test_a_piece_that_hangs_costs_itself_alone(project: Path) -> None:
    let_postcard_hang(project)
    write_sites(project, tel=1)
    before = files(folder_of(project))
    only = ("what-postcard-office", "principles-office")
    options = EventOptions(workers=2, only=only, task_timeout=3.0, quiet=2.0)
    told: list[str] = []
    telling = SILENT._replace(tell=told.append)
    outcome = build_event(Sources(project), "fair", folder_of(project), options, telling)
    said = "no answer for 2 s: what-postcard.office; given up after 3 s, and tried once more"
    assert told == [said, said]  # of each of its two tries
    (problems,) = outcome.failed.values()
    assert [problem.code for problem in problems] == ["piece-lost"]
    after = files(folder_of(project))
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {path for path in pieces(before) if "principles" in path}


# --- Disks and folders ---------------------------------------------------------------------------


@pytest.mark.slow(but=["600"])
@pytest.mark.parametrize("most", [600, 20_000, 300_000])
def test_files_that_find_no_room_are_told_and_the_old_ones_stand(
    most: int, fair: Fair, project: Path
) -> None:
    write_sites(project, tel=1)
    done = build_apart(
        project,
        *PIECES,
        "--json",
        # What measures coverage writes a file of its own, for which there is no room either.
        env={name: value for name, value in os.environ.items() if "COVERAGE" not in name},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == (1 if most < 300_000 else 0), done.stderr
    assert drop_parts(project) == []
    assert_old_or_new(project, fair)
    assert build(project, *PIECES).returncode == 0
    assert pieces(files(folder_of(project))) == pieces(fair.new)


def test_a_full_disk_is_told_and_the_old_files_stand(fair: Fair, project: Path) -> None:
    """`/dev/full` refuses every byte: here it stands in the log's place, and the ledger's."""
    write_sites(project, tel=1)
    log = folder_of(project) / "build.log"
    log.unlink()
    log.symlink_to("/dev/full")
    assert build(project, *TWO, *PIECES).returncode == 0
    assert pieces(files(folder_of(project))) == pieces(fair.new)
    ledger = folder_of(project) / ".ledger"
    ledger.unlink()
    ledger.mkdir()
    write_sites(project)
    done = build(project, *TWO, *PIECES)
    assert done.returncode == 1
    assert "[output-not-written]" in done.stderr
    assert "Traceback" not in done.stderr
    assert_old_or_new(project, fair)


def test_a_disk_that_becomes_full_ends_with_what_is_wanted_to_go_on(
    fair: Fair, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A quota at the one door by which files are written: of what is larger in sum, no more."""
    room, replace = [400_000], os.replace

    def put(source: str, target: str | Path) -> None:
        room[0] -= Path(source).stat().st_size
        if room[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        replace(source, target)

    write_sites(project, tel=1)
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", put)
        code = event_building.build(
            Sources(project), "fair", None, EventOptions(zips="all"), as_json=False
        )
    shown, said = capsys.readouterr()
    assert code == 1
    assert [path for path in shown.splitlines() if not (project / path).exists()] == []
    assert "could not be written: the disk is full [disk-full]" in said
    last = re.fullmatch(
        r"INCOMPLETE: the disk is full: (\d+) files are made, and about (\d+) MB more room is "
        "wanted. Make room, then run: hrcpub event build fair",
        said.splitlines()[-1],
    )
    assert last
    assert 0 < int(last[1]) < 2 * len(SITES)
    written = sum(path.stat().st_size for path in folder_of(project).rglob("*.*"))
    assert 1_000_000 <= int(last[2]) * 1_000_000 <= 20 * written
    assert_old_or_new(project, fair)
    assert build(project).returncode == 0
    assert files(folder_of(project)) == fair.new


def test_a_link_to_a_disk_that_is_not_there_is_told_in_our_words(project: Path) -> None:
    shutil.rmtree(project / "output")
    (project / "output").symlink_to("/no/such/disk")
    done = build(project)
    assert done.returncode == 1
    assert f"{project}/output is a link to /no/such/disk, which is not there" in done.stderr
    assert "connect the disk that it is on, or delete the link" in done.stderr
    assert "File exists" not in done.stderr


def without_root() -> tuple[str, ...]:
    """Return what begins a command that may write only where its user may."""
    if os.geteuid():
        return ()
    lost = "-dac_override,-dac_read_search"
    return (tools.find("setpriv"), f"--bounding-set={lost}", f"--inh-caps={lost}")


def test_a_folder_that_may_not_be_written_to_is_told(fair: Fair, project: Path) -> None:
    write_sites(project, tel=1)
    folder = folder_of(project)
    closed = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for path in (*closed, folder / LOCK):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        done = subprocess.run(
            [*without_root(), *COMMAND, *PIECES],
            cwd=project,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        found = files(folder)
    finally:
        for path in closed:
            path.chmod(0o755)
    assert done.returncode == 1, done.stderr
    assert "could not be written: Permission denied" in done.stderr
    assert "[output-not-written]" in done.stderr
    assert found == fair.old


def test_an_item_whose_folder_is_a_file_costs_itself_alone(fair: Fair, project: Path) -> None:
    write_sites(project, tel=1)
    folder = folder_of(project) / "office/what-postcard-office"
    shutil.rmtree(folder)
    folder.write_text("not a folder")
    done = build(project, *TWO, *PIECES, "--json")
    assert done.returncode == 1, done.stderr
    assert codes(done.stdout) == ["output-not-written", "site-fiction"]
    assert folder.read_text() == "not a folder"
    made = {path for path in pieces(fair.new) if "principles" in path}
    found = files(folder_of(project))
    assert {path: found[path] for path in made} == {path: fair.new[path] for path in made}


# --- What earlier builds left --------------------------------------------------------------------

LEDGERS: dict[str, Callable[[bytes], bytes] | None] = {
    "empty": lambda data: b"",
    "gone": None,
    "garbage": lambda data: bytes(range(256)) * 40,
    "cut in a line": lambda data: data[: len(data) * 2 // 3],
    "other types": lambda data: data.replace(b'", "', b'", [], "').replace(b"[]]", b"7]"),
    "deep": lambda data: b"[" * 20_000 + b"\n" + data,
}


@pytest.mark.parametrize("name", LEDGERS)
def test_a_spoilt_ledger_costs_time_alone(name: str, fair: Fair, project: Path) -> None:
    ledger = folder_of(project) / ".ledger"
    spoil = LEDGERS[name]
    if spoil is None:
        ledger.unlink()
    else:
        ledger.write_bytes(spoil(ledger.read_bytes()))
    done = build(project, *PIECES)
    assert done.returncode == 0, done.stderr
    assert files(folder_of(project)) == fair.old


def test_a_spoilt_ledger_removes_nothing_outside_its_folder(project: Path) -> None:
    outside = project / "materials" / "principles.yaml"
    stamp = outside.stat().st_mtime_ns
    ledger = folder_of(project) / ".ledger"
    with ledger.open("a") as file:
        for path in (str(outside), "../../../materials/principles.yaml"):
            file.write(json.dumps([path, "", "", 0, 0, stamp, []]) + "\n")
    assert build(project).returncode == 0
    assert outside.exists()


SHELL = ShellJob("what-postcard", "office")
DAMAGES: dict[str, Callable[[bytes], bytes] | None] = {
    "gone": None,
    "empty": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "garbage": lambda data: b"\0\xff garbage" * 9,
    "one byte": lambda data: data[:-40] + bytes([data[-40] ^ 1]) + data[-39:],
}


def shells_of(project: Path, kept: ByteStore) -> ShellStore:
    return ShellStore(Store(project, project / "output"), Sources(project), kept)


@pytest.mark.parametrize("entry", ["shell", "template"])
@pytest.mark.parametrize("name", DAMAGES)
def test_a_spoilt_shell_is_a_miss(name: str, entry: str, fair: Fair, tmp_path: Path) -> None:
    assert SHELL.edition in EDITIONS
    shutil.copytree(fair.project / "output/.cache/store", tmp_path / "store")
    kept = ByteStore(tmp_path / "store")
    shells = shells_of(fair.project, kept)
    shell = shells.current(SHELL)
    assert shell, "the test spoils nothing"
    key = shells.key(SHELL) if entry == "shell" else template_key(shell.template_digest)
    damage = DAMAGES[name]
    if damage is None:
        kept.path(key).unlink()
    else:
        kept.path(key).write_bytes(damage(kept.path(key).read_bytes()))
    assert shells.current(SHELL) is None


def test_spoilt_entries_are_made_again(fair: Fair, project: Path) -> None:
    store = project / "output/.cache/store"
    entries = [path for path in store.rglob("*") if path.is_file()]
    assert len(entries) > 2 * 2  # shells, templates, imprints, parts of papers
    for number, path in enumerate(sorted(entries)):
        path.write_bytes((b"", path.read_bytes()[:-1], b"{")[number % 3])
    shutil.rmtree(folder_of(project) / "office")
    assert build(project).returncode == 0
    assert files(folder_of(project)) == fair.old


def test_a_build_leaves_no_more_in_the_store_than_its_limit(fair: Fair, project: Path) -> None:
    """And what the release before kept goes first, since nobody has used it for a year."""
    store = ByteStore(project / "output/.cache/store")
    old = store.path("what an earlier release kept")
    old.parent.mkdir(exist_ok=True)
    with old.open("wb") as file:
        file.truncate(store.limit)  # a file with a hole: it takes no room
    year_ago = time.time() - 365 * 86400
    os.utime(old, (year_ago, year_ago))
    write_sites(project, tel=1)
    assert build(project).returncode == 0
    assert not old.exists()
    assert shells_of(project, store).current(SHELL)
    assert files(folder_of(project)) == fair.new


# --- Rows and logos ------------------------------------------------------------------------------


@pytest.mark.slow
def test_poisoned_rows_are_told_with_their_lines_and_cost_themselves_alone(
    fair: Fair, project: Path
) -> None:
    bad = {
        "north": row("north", 1).replace("North Example", "#REF!\u202e"),
        "south": row("south", 2).replace("South Example Clinic", ""),
        "east": row("east", 3).replace("East Example", "東方" * 30),
        "west": row("west", 4).replace("4 Example Street", "4 Example Street, " * 40),
    }
    write_sites(project, tel=1, rows=bad)
    done = build(project, *TWO)
    assert done.returncode == 1
    for line in (2, 3, 4, 5):
        assert f"materials/sites.csv:{line}" in done.stderr
    assert "Traceback" not in done.stderr
    found = files(folder_of(project))
    for path in (path for path in pieces(fair.old) if "/en/" in path):
        wanted = fair.old if Path(path).stem in bad else fair.new
        assert found[path] == wanted[path], path
    assert_says_incomplete(project, done.stderr, "materials/sites.csv, line 2: ")
    write_sites(project, tel=1)
    done = build(project)
    assert done.returncode == 0, done.stderr
    assert "INCOMPLETE" not in done.stderr
    assert files(folder_of(project)) == fair.new


def assert_says_incomplete(project: Path, said: str, reason: str) -> None:
    """Fail unless papers, zips and the last line say that something is missing."""
    assert said.splitlines()[-1].startswith("INCOMPLETE: ")
    folder = folder_of(project)
    zips = {path.name for path in folder.glob("*.zip")}
    assert zips == {"fair-INCOMPLETE.zip", "fair-office-INCOMPLETE.zip"}
    for paper in ("contact-sheet.pdf", "office/job-ticket.pdf"):
        text = " ".join(tools.text(folder / paper).split())
        assert "INCOMPLETE" in text
        assert reason in text


def test_zips_are_made_when_they_are_asked_for_and_stay_while_they_are_right(
    project: Path,
) -> None:
    def zips(asked: str) -> set[str]:
        folder = folder_of(project)
        outcome = build_event(Sources(project), "fair", folder, EventOptions(zips=asked), SILENT)
        assert outcome.failed == {}
        return {path.name for path in folder.glob("*.zip")}

    assert zips("") == {"fair.zip", "fair-office.zip"}  # as they were made: nothing has changed
    write_sites(project, tel=1)
    assert zips("") == set()
    assert zips("printers") == {"fair-office.zip"}
    assert zips("all") == {"fair.zip", "fair-office.zip"}


DRAWING = """<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"/></svg>"""


def test_logos_that_cannot_be_printed_are_told_and_cost_their_sites_alone(
    fair: Fair, project: Path
) -> None:
    images = project / "materials/images"
    night = (images / "night-van.png").read_bytes()
    (images / "cut.png").write_bytes(night[: len(night) // 2])
    os.mkfifo(images / "pipe.png")
    (images / "wide.png").write_bytes(header_only(60_000, 60_000))
    (images / "drawing.svg").write_text(DRAWING, encoding="utf-8")
    logos = {
        "north": "cut.png",
        "south": "pipe.png",
        "east": "wide.png",
        "west": "drawing.svg",
        "van": "night-van.png",
    }
    rows = {
        site: row(site, SITES.index(site) + 1, 1)[:-2] + f",materials/images/{logo},A logo"
        for site, logo in logos.items()
    }
    write_sites(project, tel=1, rows=rows)
    done = build_apart(project, *PIECES, timeout=60)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for line in (2, 3, 4, 5):
        assert f"materials/sites.csv:{line}" in done.stderr
    found = files(folder_of(project))
    for path in (path for path in pieces(fair.old) if "/en/" in path):
        site = Path(path).stem
        if site == "van":
            assert found[path] not in (fair.old[path], fair.new[path])
            assert tools.images(folder_of(project) / path)
        else:
            wanted = fair.new if site == "library" else fair.old
            assert found[path] == wanted[path], path


# --- Only what has to be done --------------------------------------------------------------------


def stamps(project: Path) -> dict[str, int]:
    folder = folder_of(project)
    return {path: (folder / path).stat().st_mtime_ns for path in files(folder)}


def changes(before: dict[str, int], after: dict[str, int]) -> set[str]:
    return {path for path in before.keys() & after.keys() if before[path] != after[path]}


def is_of_all(path: str) -> bool:
    """Return whether a file shows all sites: those that hold everyone's pieces, and the papers."""
    return "/en/" not in path


def test_when_one_telephone_number_changes_its_own_files_are_new(fair: Fair, project: Path) -> None:
    write_sites(project, rows={"east": row("east", 3, tel=1)})
    before = stamps(project)
    assert build(project).returncode == 0
    after = stamps(project)
    assert after.keys() == before.keys()
    changed = changes(before, after)
    assert {path for path in changed if not is_of_all(path)} == {
        "office/what-postcard-office/en/east.pdf",
        "office/principles-office/en/east.pdf",
    }
    assert len([path for path in changed if path.endswith("-run.pdf")]) == 2
    found = files(folder_of(project))
    assert {found[path] for path in changed if "/en/" in path} <= set(fair.new.values())


def test_when_a_site_is_removed_its_files_go_and_no_other(project: Path) -> None:
    write_sites(project, rows={"east": ""})
    stray = folder_of(project) / "office/what-postcard-office/en/mine.pdf"
    stray.write_text("a file that somebody put there")
    before = stamps(project)
    assert build(project).returncode == 0
    after = stamps(project)
    assert before.keys() - after.keys() == {
        "office/what-postcard-office/en/east.pdf",
        "office/principles-office/en/east.pdf",
    }
    assert after.keys() <= before.keys()
    assert all(is_of_all(path) for path in changes(before, after))
    assert stray.exists()


def test_when_an_item_is_removed_its_folder_goes(project: Path) -> None:
    drop_principles(project)
    assert build(project).returncode == 0
    assert not (folder_of(project) / "office/principles-office").exists()
    assert len(list((folder_of(project) / "office/what-postcard-office/en").iterdir())) == 6


def drop_principles(project: Path) -> None:
    """Take the second item out of the manifest."""
    manifest = project / "materials/events/fair.yaml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text[: text.index("  - material: principles")], encoding="utf-8")


def is_of_principles(path: str) -> bool:
    return path.startswith("office/principles-office/")


def test_when_an_item_is_removed_its_folder_goes_though_another_cannot_be_made(
    fair: Fair, project: Path
) -> None:
    drop_principles(project)
    words = project / "materials/what-postcard.yaml"
    words.write_text(words.read_text(encoding="utf-8") + "mistake: here\n", encoding="utf-8")
    done = build(project)
    assert done.returncode == 1
    assert "INCOMPLETE" in done.stderr
    gone = {path for path in fair.old if is_of_principles(path)}
    assert fair.old.keys() - files(folder_of(project)).keys() - gone == {
        "fair-office.zip",
        "fair.zip",
    }
    assert not (folder_of(project) / "office/principles-office").exists()
    assert f"removed {len(gone) + 2} outdated files" in done.stderr
    # What could not be made now is as it was, and that is told.
    assert "[event-file-old]" in done.stderr
    assert "office/what-postcard-office/en/east.pdf" in done.stderr


def test_when_a_site_is_removed_its_files_go_though_an_item_cannot_be_made(
    fair: Fair, project: Path
) -> None:
    write_sites(project, rows={"east": ""})
    words = project / "materials/what-postcard.yaml"
    words.write_text(words.read_text(encoding="utf-8") + "mistake: here\n", encoding="utf-8")
    assert build(project).returncode == 1
    gone = fair.old.keys() - files(folder_of(project)).keys()
    assert {path for path in gone if not path.endswith(".zip")} == {
        "office/what-postcard-office/en/east.pdf",
        "office/principles-office/en/east.pdf",
    }


def test_a_removed_items_file_goes_after_a_copy_and_is_told_where_somebody_changed_it(
    project: Path,
) -> None:
    drop_principles(project)
    folder = folder_of(project) / "office/principles-office"
    for copied in folder.rglob("*.pdf"):
        os.utime(copied, (1_700_000_000, 1_700_000_000))  # as by a copy of the folder
    changed = folder / "en/east.pdf"
    changed.write_bytes(changed.read_bytes() + b"% a note")
    for _ in range(2):  # it is told as long as it is there
        done = build(project)
        assert done.returncode == 0
        assert "[event-file-changed]" in done.stderr
        assert [path for path in folder.rglob("*") if path.is_file()] == [changed]
    changed.unlink()
    assert "event-file-changed" not in build(project).stderr


ONLY: dict[str, Callable[[str], bool]] = {
    "what-postcard-office": lambda path: "what-postcard" in path,
    "east": lambda path: path.endswith("/east.pdf"),
}


@pytest.mark.parametrize("only", ONLY)
def test_only_makes_what_is_asked_for(only: str, fair: Fair, project: Path) -> None:
    write_sites(project, tel=1)
    assert build(project, "--only", only).returncode == 0
    found = files(folder_of(project))
    assert found.keys() == fair.old.keys()
    changed = {path for path in found if found[path] != fair.old[path]}
    assert changed == {path for path in pieces(fair.old) if ONLY[only](path)}
    assert all(found[path] == fair.new[path] for path in changed)


@pytest.mark.slow
def test_only_a_site_makes_the_files_of_all_sites_whole(fair: Fair, project: Path) -> None:
    """Where every other piece is current: a part of them would go to the printer as all."""
    write_sites(project, rows={"east": row("east", 3, tel=1)})
    assert build(project, "--only", "east").returncode == 0
    folder = folder_of(project)
    found = files(folder)
    changed = {path for path in found if found[path] != fair.old[path]}
    assert len(changed) == 4
    for path in changed:
        if path.endswith("-run.pdf"):
            words = " ".join(tools.text(folder / path).split())
            assert all(f"{site.title()} Example Clinic" in words for site in SITES)


def test_only_of_what_is_not_there_is_told(fair: Fair, project: Path) -> None:
    done = build(project, "--only", "eats")
    assert done.returncode == 1
    assert 'did you mean "east"?' in done.stderr
    assert files(folder_of(project)) == fair.old


@pytest.mark.parametrize("name", ["no-such-fair", "../fair", "Fair", "a/b", "fair.yaml", " "])
def test_an_unknown_event_leaves_no_folder_behind(name: str, project: Path) -> None:
    before = sorted((project / "output").rglob("*"))
    done = build(project, event=name)
    assert done.returncode == 1, done.stderr
    assert "[event-" in done.stderr
    assert sorted((project / "output").rglob("*")) == before


# --- Together, and elsewhere ---------------------------------------------------------------------


@pytest.mark.slow
def test_of_two_builds_the_second_waits_and_finds_everything_current(
    fair: Fair, project: Path
) -> None:
    write_sites(project, tel=1)
    shutil.rmtree(project / "output/.cache/store")
    said = project / "said"
    with start(project, *PIECES) as first, said.open("w") as errors:
        wait_for(lambda: (folder_of(project) / LOCK).read_text() == str(first.pid))
        os.killpg(first.pid, signal.SIGSTOP)  # until the second one has come
        try:
            command = [*COMMAND, *PIECES, "--json"]
            second = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=errors)
            wait_for(lambda: f"to finish (process {first.pid})" in said.read_text())
        finally:
            os.killpg(first.pid, signal.SIGCONT)
        first.communicate(timeout=60)
        answer, _ = second.communicate(timeout=60)
    assert first.returncode == 0
    assert second.returncode == 0
    told = json.loads(answer)
    assert (told["made"], told["cached"]) == (0, 2 * (len(SITES) + 1))
    assert pieces(files(folder_of(project))) == pieces(fair.new)


@pytest.mark.slow
def test_odd_letters_stand_in_names_and_paths(project: Path) -> None:
    odd = "Tom & <x>Ann's</x> \\ 100% {{ x }} (ltd) ·"
    rows = {"east": row("east", 3).replace("East Example Clinic", odd)}
    write_sites(project, rows=rows)
    shutil.rmtree(project / "output/events")
    output = project / 'out put\'s "Ä" $HOME {x} %s'
    done = build(project, "--output", str(output))
    assert done.returncode == 0, done.stderr
    assert not (project / "output/events").exists()
    folder = output / "events/fair"
    text = tools.text(folder / "office/what-postcard-office/en/east.pdf").replace("\n", " ")
    assert "Tom & <x>Ann’s</x> \\ 100% {{ x }} (ltd) ·" in text
    assert len(list(folder.rglob("*.pdf"))) == 2 * (len(SITES) + 1) + 3
