"""What was found out: given back as long as programs and files are the same, never an error."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hrcpub.build.memory import Memory
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.sources import Reads, Sources

KEY = "what was asked"


@pytest.fixture
def store(tmp_path: Path) -> ByteStore:
    """Return a store that remembers two sides, found in one text."""
    (tmp_path / "a.yaml").write_text("one")
    store = ByteStore(tmp_path / "kept")
    memory(store).keep(KEY, {"sides": 2}, reads(tmp_path))
    return store


def memory(store: ByteStore, engine: str = "now") -> Memory:
    return Memory(store, SimpleNamespace(engine=engine))


def reads(root: Path) -> Reads:
    sources = Sources(root)
    sources.read("a.yaml")
    return sources.reads


def sides(found: dict[str, Any]) -> int:
    return int(found["sides"])


def recalled(store: ByteStore, root: Path, engine: str = "now") -> int | None:
    known = memory(store, engine).recall(KEY, Sources(root), sides)
    return known[0] if known else None


def test_what_was_found_comes_back_with_what_it_was_found_from(
    store: ByteStore, tmp_path: Path
) -> None:
    assert memory(store).recall(KEY, Sources(tmp_path), sides) == (2, reads(tmp_path))
    assert memory(store).recall("another", Sources(tmp_path), sides) is None


def test_what_other_programs_found_is_a_miss(store: ByteStore, tmp_path: Path) -> None:
    assert recalled(store, tmp_path, "later") is None
    memory(store, "later").keep(KEY, {"sides": 4}, reads(tmp_path))
    assert (recalled(store, tmp_path, "later"), recalled(store, tmp_path)) == (4, None)


def test_what_was_found_in_other_words_is_a_miss(store: ByteStore, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("two")
    assert recalled(store, tmp_path) is None


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b"\xff", b'{"sides": 2}', b'{"engine": "now"}',
     b'{"engine": "now", "sides": "few"}', b'{"engine": "now", "sides": null}'],
)  # fmt: skip
def test_what_cannot_be_read_is_a_miss(data: bytes, store: ByteStore, tmp_path: Path) -> None:
    assert recalled(store, tmp_path) == 2
    store.keep(KEY, data, reads(tmp_path))
    assert recalled(store, tmp_path) is None


def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("one")
    (tmp_path / "kept").write_text("in the folder's place")
    store = ByteStore(tmp_path / "kept")
    memory(store).keep(KEY, {"sides": 2}, reads(tmp_path))
    assert recalled(store, tmp_path) is None
