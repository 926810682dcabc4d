"""What is kept between jobs, and files that are written whole or not at all."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hrcpub.files import cache
from hrcpub.files.cache import MOST_KEPT, Ahead, ParsedCache, write_whole
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError

pytestmark = pytest.mark.usefixtures("cold")


class Kitchen:
    """Makes a thing from a file and counts how often."""

    def __init__(self, path: str = "a") -> None:
        self.path, self.made = path, 0

    def __call__(self, sources: Sources) -> bytes:
        self.made += 1
        return sources.read(self.path)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "a").write_text("one")
    return tmp_path


def test_a_thing_is_made_once_while_its_files_are_the_same(root: Path) -> None:
    cache, make = ParsedCache(), Kitchen()
    assert [cache.get("k", Sources(root), make) for _ in range(3)] == [b"one"] * 3
    assert make.made == 1


def test_a_thing_is_made_again_when_its_file_changes(root: Path) -> None:
    cache, make = ParsedCache(), Kitchen()
    cache.get("k", Sources(root), make)
    (root / "a").write_text("two")
    assert cache.get("k", Sources(root), make) == b"two"
    assert make.made == 2


def test_what_a_kept_thing_was_made_from_is_recorded_for_each_who_takes_it(root: Path) -> None:
    cache, first, second = ParsedCache(), Sources(root), Sources(root)
    cache.get("k", first, Kitchen())
    cache.get("k", second, Kitchen())
    assert list(second.reads.files) == ["a"]
    assert second.reads == first.reads


def test_only_a_things_own_files_count(root: Path) -> None:
    cache, make, sources = ParsedCache(), Kitchen(), Sources(root)
    sources.has("b")
    cache.get("k", sources, make)
    (root / "b").touch()
    cache.get("k", Sources(root), make)
    assert make.made == 1


def test_what_cannot_be_made_is_not_kept_but_what_was_read_is_recorded(root: Path) -> None:
    cache, make, sources = ParsedCache(), Kitchen("b"), Sources(root)
    for _ in range(2):
        with pytest.raises(HrcpubError):
            cache.get("k", sources, make)
    assert make.made == 2
    assert sources.reads.files == {"b": None}


def test_a_cache_does_not_grow_for_ever(root: Path) -> None:
    cache, sources = ParsedCache(), Sources(root)
    makers = [Kitchen() for _ in range(MOST_KEPT + 1)]
    for number, make in enumerate(makers):
        cache.get(number, sources, make)
    cache.get(MOST_KEPT, sources, makers[MOST_KEPT])
    cache.get(0, sources, makers[0])
    assert makers[MOST_KEPT].made == 1
    assert makers[0].made == 2


def test_a_thing_that_is_made_again_pushes_no_other_out(root: Path) -> None:
    cache, sources = ParsedCache(), Sources(root)
    (root / "b").write_text("one")
    makers = [Kitchen(), *(Kitchen("b") for _ in range(MOST_KEPT - 1))]
    for number, make in enumerate(makers):
        cache.get(number, sources, make)
    (root / "b").write_text("another")
    cache.get(MOST_KEPT - 1, Sources(root), makers[-1])
    cache.get(0, Sources(root), makers[0])
    assert [makers[-1].made, makers[0].made] == [2, 1]


def test_a_file_is_written_with_its_folders_for_everyone_to_read(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "a.pdf"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [entry.name for entry in path.parent.iterdir()] == ["a.pdf"]


@pytest.mark.parametrize("more", [0, 1, 2, 5000])
def test_what_is_read_again_is_all_of_a_file(more: int, tmp_path: Path) -> None:
    """Also where it has become longer since."""
    data = bytes(range(256)) * 40
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        assert cache._read_again(descriptor, len(data) - more) == data
    finally:
        os.close(descriptor)


def test_a_link_in_a_files_place_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("keep me")
    (tmp_path / "a.pdf").symlink_to("other")
    write_whole(tmp_path / "a.pdf", b"new")
    assert (tmp_path / "other").read_text() == "keep me"
    assert not (tmp_path / "a.pdf").is_symlink()


def test_a_pipe_in_a_files_place_is_replaced_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    write_whole(tmp_path / "a.pdf", b"new")
    assert (tmp_path / "a.pdf").read_bytes() == b"new"


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow over `size` bytes: a full disk, for the superuser too."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_whole(path, b"old")
    with room_for(1000), pytest.raises(OSError, match="too large"):
        write_whole(path, b"x" * 5000)
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.pdf"]


def test_a_folder_in_a_files_place_leaves_no_rest(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_whole(tmp_path / "a.pdf", b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.pdf"]


def test_a_file_in_a_folders_place_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("not a folder")
    with pytest.raises(OSError, match=r"exists|directory"):
        write_whole(tmp_path / "output" / "a.pdf", b"new")
    assert (tmp_path / "output").read_text() == "not a folder"


def begun(path: Path, data: bytes) -> Ahead:
    ahead = Ahead(path, data)
    ahead.begin()
    return ahead


def test_a_file_written_ahead_takes_its_place_when_it_is_put_there(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.pdf"
    write_whole(path, b"old")
    ahead = begun(path, b"new")
    assert path.read_bytes() == b"old"
    ahead.put()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    ahead.drop()
    assert [entry.name for entry in path.parent.iterdir()] == ["a.pdf"]
    assert path.read_bytes() == b"new"


def test_a_file_written_ahead_is_safe_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    is_let, (sync, put) = threading.Event(), (os.fsync, os.replace)

    def synced(descriptor: int) -> None:
        is_let.wait(10)
        sync(descriptor)
        done.append("safe")

    def replaced(old: str, new: Path) -> None:
        done.append("put")
        put(old, new)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    ahead = begun(tmp_path / "a.pdf", b"new")
    done.append("something else")
    is_let.set()
    ahead.put()
    assert done == ["something else", "safe", "put"]


def test_a_file_that_is_not_put_in_its_place_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_whole(path, b"old")
    begun(path, b"new").drop()
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.pdf"]


def test_what_stops_a_file_ahead_is_told_when_it_is_put_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_whole(path, b"old")
    with room_for(1000):
        ahead = begun(path, b"x" * 5000)
        with pytest.raises(OSError, match="too large"):
            ahead.put()
        ahead.drop()
    assert path.read_bytes() == b"old"
    (tmp_path / "folder").mkdir()
    ahead = begun(tmp_path / "folder", b"new")
    with pytest.raises(OSError, match="directory"):
        ahead.put()
    ahead.drop()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.pdf", "folder"]


def test_a_file_whose_folder_goes_before_it_is_put_in_its_place_is_written_again(
    tmp_path: Path,
) -> None:
    path = tmp_path / "press" / "a.pdf"
    ahead = begun(path, b"new")
    while not any(entry.stat().st_size for entry in tmp_path.glob("press/.*")):
        time.sleep(0.001)
    shutil.rmtree(path.parent)
    ahead.put()
    ahead.drop()
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in path.parent.iterdir()] == ["a.pdf"]


def test_where_there_is_no_room_for_a_thread_a_file_is_written_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    ahead = begun(tmp_path / "a.pdf", b"new")
    ahead.put()
    ahead.drop()
    assert (tmp_path / "a.pdf").read_bytes() == b"new"


# Files are written, ahead and not, and each time the process is told to end at another moment.
TOLD = """
import pathlib, signal, sys, time
from hrcpub.files.cache import Ahead, write_whole
folder, ended = pathlib.Path(sys.argv[1]), 0
def end(number, frame):
    raise SystemExit
sys.unraisablehook = lambda lost: None  # Python says where the end is lost: not our claim here
signal.signal(signal.SIGINT, end)
signal.signal(signal.SIGALRM, lambda number, frame: signal.raise_signal(signal.SIGINT))
for number in range(400):
    ahead = Ahead(folder / "a.pdf", b"new")
    try:
        signal.setitimer(signal.ITIMER_REAL, 1e-6 + number * 1e-6)
        ahead.begin()
        write_whole(folder / "b.pdf", b"new", sync=False)
        time.sleep(0.2)  # it is lost where it comes in what a weak reference calls
    except SystemExit:
        ended += 1
    finally:
        ahead.drop()
assert ended > 300
write_whole(folder / "b.pdf", b"new")
print("done")
"""


def test_whenever_a_process_is_told_to_end_no_half_of_a_file_stays(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TOLD, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
    assert [entry.name for entry in tmp_path.iterdir()] == ["b.pdf"]


@pytest.mark.parametrize("step", [1, 7, 10**6])
def test_a_file_is_proven_by_what_it_holds_however_little_is_written_at_once(
    step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, proven = os.write, list[bytes]()
    monkeypatch.setattr(os, "write", lambda file, data: there(file, data[:step]))
    data = bytes(range(100))
    write_whole(str(tmp_path / "new" / "file"), data, sync=False, prove=proven.append)
    assert proven == [data] == [(tmp_path / "new" / "file").read_bytes()]


def test_what_cannot_be_proven_takes_no_ones_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the prover refuses it, or what was written is not what is read."""
    path, there = tmp_path / "file", os.write
    path.write_bytes(b"old")

    def refuse(data: bytes) -> None:
        if data != b"sound":
            raise ValueError(data)

    with pytest.raises(ValueError, match="torn"):
        write_whole(path, b"torn", prove=refuse)
    monkeypatch.setattr(os, "write", lambda file, data: there(file, data + b"more") - 4)
    with pytest.raises(ValueError, match="soundmore"):
        write_whole(path, b"sound", prove=refuse)
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == b"old"
    monkeypatch.undo()
    write_whole(path, b"sound", prove=refuse)
    assert path.read_bytes() == b"sound"
