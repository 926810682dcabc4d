"""What commands keep for later ones: made once, never when it is old or damaged, and in no way
that somebody else could put a program into."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from hrcpub.files import lasting
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources

PATH = "words.txt"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "pieces"
    folder.mkdir()
    (folder / PATH).write_text("first", encoding="utf-8")
    return folder


class Reader:
    """Reads the words, and counts how often."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, sources: Sources) -> list[str]:
        self.count += 1
        return [sources.text(PATH)]

    def asked(self, root: Path) -> list[str]:
        """Return the words, as a command of its own reads them."""
        return Project(Sources(root)).known("words", self)


def entries(kept: Path) -> list[Path]:
    return [path for path in kept.rglob("*") if path.is_file()]


def test_what_one_command_has_read_another_need_not(root: Path, kept: Path) -> None:
    read = Reader()
    assert [read.asked(root) for _ in range(3)] == [["first"]] * 3
    assert read.count == 1
    assert len(entries(kept)) == 1


def test_a_changed_file_is_seen(root: Path, kept: Path) -> None:
    read = Reader()
    read.asked(root)
    (root / PATH).write_text("second", encoding="utf-8")
    assert read.asked(root) == ["second"]
    (root / PATH).unlink()
    with pytest.raises(Exception, match="no file"):
        read.asked(root)
    assert entries(kept)


def test_what_it_was_made_from_is_in_the_record_all_the_same(root: Path, kept: Path) -> None:
    records = []
    for _ in range(2):
        sources = Sources(root)
        Project(sources).known("words", Reader())
        records.append(sources.reads)
    assert records[0] == records[1]
    assert records[0].files.keys() == {PATH}
    assert kept.is_dir()


def test_two_projects_are_not_taken_for_each_other(root: Path, kept: Path, tmp_path: Path) -> None:
    read, other = Reader(), tmp_path / "other"
    other.mkdir()
    (other / PATH).write_text("first", encoding="utf-8")
    for folder in (root, other, root, other):
        read.asked(folder)
    assert read.count == 2
    assert len(entries(kept)) == 2


def torn(data: bytes) -> bytes:
    return data[: len(data) // 2]


def changed(data: bytes) -> bytes:
    return data[:-3] + bytes([data[-3] ^ 1]) + data[-2:]


@pytest.mark.parametrize("harm", [torn, changed, lambda _: b"", lambda _: os.urandom(200)])
def test_a_damaged_entry_is_a_miss(harm: Callable[[bytes], bytes], root: Path, kept: Path) -> None:
    read = Reader()
    read.asked(root)
    (entry,) = entries(kept)
    entry.write_bytes(harm(entry.read_bytes()))
    assert read.asked(root) == ["first"]
    assert read.asked(root) == ["first"]
    assert read.count == 2


def test_what_no_longer_is_a_thing_of_ours_is_a_miss(kept: Path) -> None:
    lasting.keep("a key", b"cno_such_module\nno_such_class\n.")
    assert lasting.made_once("a key", lambda: "made") == "made"
    lasting.keep("a key", b"no pickle")
    assert lasting.made_once("a key", lambda: "made anew") == "made anew"
    assert lasting.made_once("a key", lambda: "not made") == "made anew"
    assert kept.is_dir()


def test_none_is_a_thing_as_well(kept: Path) -> None:
    made: list[None] = []
    for _ in range(2):
        assert lasting.made_once("nothing", lambda: made.append(None)) is None
    assert len(made) == 1
    assert kept.is_dir()


def test_other_programs_begin_anew(root: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Reader()
    read.asked(root)
    monkeypatch.setattr(lasting, "program_key", lambda: "another hrcpub")
    read.asked(root)
    assert read.count == 2
    assert len(entries(kept)) == 2


def nothing_is_kept(root: Path) -> bool:
    read = Reader()
    assert [read.asked(root) for _ in range(2)] == [["first"]] * 2
    return read.count == 2


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702])
def test_nothing_is_read_where_others_may_write(mode: int, root: Path, kept: Path) -> None:
    kept.mkdir(parents=True)
    kept.chmod(mode)
    assert nothing_is_kept(root)
    assert entries(kept) == []


def test_nothing_is_read_where_a_link_leads(root: Path, kept: Path, tmp_path: Path) -> None:
    """It may lead into a project, whose files are the user's own, but not by their hand."""
    (tmp_path / "a strangers").mkdir()
    kept.parent.mkdir()
    kept.symlink_to(tmp_path / "a strangers")
    assert nothing_is_kept(root)


def test_nothing_is_read_of_another_user(
    root: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.mkdir(parents=True, mode=0o700)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert nothing_is_kept(root)


def test_a_folder_that_it_makes_is_closed_to_others(root: Path, kept: Path) -> None:
    Reader().asked(root)
    assert kept.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("place", [os.devnull, "/proc/no/such/folder"])
def test_where_nothing_can_be_written_all_is_made_anew(
    place: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    assert nothing_is_kept(root)
    assert lasting.own_folder("fontconfig") is None


def test_a_path_that_is_not_whole_is_no_place_for_it(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would be in the folder that the command is called in: a project's."""
    monkeypatch.chdir(root)
    monkeypatch.setenv("HOME", str(tmp_path))
    for place in ("caches", "", "."):
        monkeypatch.setenv("XDG_CACHE_HOME", place)
        Reader().asked(root)
    assert {path.name for path in root.iterdir()} == {PATH}
    assert entries(tmp_path / ".cache/hrcpub")


def test_a_user_without_a_home_has_none(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    monkeypatch.setenv("XDG_CACHE_HOME", "")

    def homeless(kind: type[Path]) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", classmethod(homeless))
    assert nothing_is_kept(root)
    assert {path.name for path in root.iterdir()} == {PATH}


def test_what_was_not_used_for_long_goes(
    root: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lasting, "LIMIT", 50_000)
    lasting._store.cache_clear()
    lasting._tidy.cache_clear()
    old = kept / "00" / "old"
    old.parent.mkdir(parents=True)
    kept.chmod(0o700)
    old.write_bytes(bytes(60_000))
    os.utime(old, (1, 1))
    Reader().asked(root)
    assert not old.exists()
    assert len(entries(kept)) == 1
    lasting._store.cache_clear()


def test_a_pickle_of_a_layout_is_the_layout(project: Path, kept: Path) -> None:
    """All that is kept must come back as it was: of one layout nearly everything is in it."""
    from hrcpub.project.layout import layout_names, read_layout

    sources = Sources(project)
    for name in layout_names(sources):
        layout = read_layout(sources, name)
        assert pickle.loads(pickle.dumps(layout)) == layout
    assert not kept.exists()
