"""Bytes on disk under keys: bounded, and nothing but a miss when something is wrong with them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hrcpub.files.bytestore import ByteStore, Stored
from hrcpub.files.cache import sweep
from hrcpub.files.sources import Reads

READS = Reads(files={"a.yaml": "12", "b.yaml": None}, folders={"fonts": "34"})


def held(store: ByteStore) -> int:
    """Return how many bytes a store's files take."""
    return sum(path.stat().st_size for path in store.folder.rglob("*") if path.is_file())


def age(store: ByteStore, key: str, hours: float) -> None:
    """Let an entry have been used last some hours ago."""
    used = time.time() - hours * 3600
    os.utime(store.path(key), (used, used))


@pytest.mark.parametrize("data", [b"", b"\n\n\0\xff", b"x" * 100_000])
def test_what_was_kept_is_found_with_what_it_was_made_from(tmp_path: Path, data: bytes) -> None:
    ByteStore(tmp_path).keep("a key", data, READS)
    assert ByteStore(tmp_path).find("a key") == Stored(data, READS)
    assert ByteStore(tmp_path).find("another") is None


def test_what_is_kept_last_is_found(tmp_path: Path) -> None:
    store = ByteStore(tmp_path)
    for data in (b"one", b"two"):
        store.keep("a key", data)
    assert store.find("a key") == Stored(b"two", Reads())


def test_a_full_store_takes_in_what_the_next_release_keeps(tmp_path: Path) -> None:
    """Else it would be full for ever: an upgrade changes every key."""
    store = ByteStore(tmp_path, limit=100_000)
    for number in range(500):
        store.keep(f"old {number}", b"x" * 900)
        age(store, f"old {number}", 600 - number)
    store.evict()
    for number in range(50):
        store.keep(f"new {number}", b"x" * 900)
    store.evict()
    assert held(store) <= 100_000
    assert all(store.find(f"new {number}") for number in range(50))
    old = [number for number in range(500) if store.find(f"old {number}")]
    assert old
    assert old == list(range(old[0], 500)), "the oldest go first"


def test_what_is_used_stays_longer_than_what_is_not(tmp_path: Path) -> None:
    store = ByteStore(tmp_path, limit=2500)
    for number, key in enumerate(("used", "left", "new")):
        store.keep(key, b"x" * 1000)
        age(store, key, 9 - number)
    assert store.find("used")
    store.evict()
    assert [bool(store.find(key)) for key in ("used", "left", "new")] == [True, False, True]


def test_evicting_leaves_what_others_are_writing(tmp_path: Path) -> None:
    store = ByteStore(tmp_path, limit=0)
    store.keep("a key", b"data")
    part = store.path("a key").with_name(".1234.part")
    part.write_bytes(b"half")
    store.evict()
    assert store.find("a key") is None
    assert part.read_bytes() == b"half"


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "cut at the digest": lambda data: data[:65],
    "one byte": lambda data: data[:-3] + bytes([data[-3] ^ 1]) + data[-2:],
    "garbage": lambda data: bytes(range(256)),
    "zeros": lambda data: bytes(len(data)),
    "what it was made from": lambda data: data.replace(b"b.yaml", b"c.yaml"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_is_a_miss_and_can_be_kept_again(tmp_path: Path, damage: str) -> None:
    store = ByteStore(tmp_path)
    store.keep("a key", b"some data", READS)
    path = store.path("a key")
    whole = path.read_bytes()
    path.write_bytes(DAMAGES[damage](whole))
    assert path.read_bytes() != whole
    assert store.find("a key") is None
    store.keep("a key", b"some data", READS)
    assert store.find("a key") == Stored(b"some data", READS)


def test_a_folder_in_an_entrys_place_is_a_miss(tmp_path: Path) -> None:
    store = ByteStore(tmp_path)
    store.path("a key").mkdir(parents=True)
    assert store.find("a key") is None
    store.evict()


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("not a folder")
    with pytest.raises(OSError, match=r".*"):
        ByteStore(tmp_path / "store").keep("a key", b"data")


WRITER = """
import itertools, sys
from pathlib import Path
from hrcpub.files.bytestore import ByteStore
store = ByteStore(Path(sys.argv[1]), limit=200_000)
print("ready", flush=True)
for turn in itertools.count():
    key = f"key {turn % 40}"
    store.keep(key, key.encode() * 2000)
    found = store.find(f"key {turn * 7 % 40}")
    assert found is None or found.data == f"key {turn * 7 % 40}".encode() * 2000
    if turn % 50 == 49:
        store.evict()
"""


def test_many_writers_that_are_killed_leave_whole_entries(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    for writer in writers:
        assert writer.stdout
        assert writer.stdout.readline() == b"ready\n"
    time.sleep(0.5)
    for writer in writers:
        writer.send_signal(signal.SIGKILL)  # at any moment
    assert [writer.communicate()[1] for writer in writers] == [b""] * 3, "none had failed by itself"
    store = ByteStore(tmp_path, limit=200_000)
    sweep(tmp_path)
    store.evict()
    assert held(store) <= 200_000
    entries = [key for key in (f"key {number}" for number in range(40)) if store.find(key)]
    assert entries
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(entries) == len(files), "what is there is whole"
