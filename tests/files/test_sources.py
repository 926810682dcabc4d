"""The only door to a project's files: what it refuses, and what it remembers."""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hrcpub.files import sources as module
from hrcpub.files.sources import Reads, Sources
from hrcpub.problems import HrcpubError
from tests.shared.clock import clock

DAY = datetime.date(2026, 11, 22)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a small project with a neighbour that is none of its business."""
    folder = tmp_path / "project"
    (folder / "words").mkdir(parents=True)
    (folder / "words" / "a.yaml").write_text("a: b\n")
    (tmp_path / "project-secret").mkdir()
    (tmp_path / "project-secret" / "key").write_text("secret")
    (tmp_path / "secret").write_text("secret")
    return folder


def refusal(root: Path, path: str) -> tuple[str, str]:
    """Return the code and the message with which a file is refused."""
    with pytest.raises(HrcpubError) as caught:
        Sources(root).read(path)
    [problem] = caught.value.problems
    return problem.code, problem.message


def pipe(root: Path) -> str:
    os.mkfifo(root / "pipe")
    return "pipe"


def link(root: Path, name: str, target: Path | str) -> str:
    (root / name).symlink_to(target)
    return name


def sparse(root: Path) -> str:
    with (root / "large").open("wb") as file:
        file.truncate(module.LARGEST_FILE + 1)
    return "large"


REFUSED: dict[str, tuple[Callable[[Path], str], str]] = {
    "a path upwards": (lambda root: "../secret", "it is outside the project"),
    "a path down and upwards": (lambda root: "words/../../secret", "it is outside"),
    "a neighbour of like name": (lambda root: "../project-secret/key", "it is outside"),
    "a link that leaves": (lambda root: link(root, "x", root.parent / "secret"), "outside"),
    "a link that leaves by a relative path": (lambda root: link(root, "x", "../secret"), "outside"),
    "a file in a linked folder": (
        lambda root: link(root, "x", root.parent / "project-secret") + "/key",
        "outside",
    ),
    "a link through links": (
        lambda root: link(root, "y", link(root, "x", root.parent / "secret")),
        "outside",
    ),
    "a link to itself": (lambda root: link(root, "loop", "loop"), "symbolic links"),
    "a device": (lambda root: "../../../../../../../dev/zero", "outside"),
    "a link to a device": (lambda root: link(root, "zero", "/dev/zero"), "outside"),
    "a pipe that nobody writes to": (pipe, "not an ordinary file"),
    "a link to a pipe": (lambda root: link(root, "x", pipe(root)), "not an ordinary file"),
    "a folder": (lambda root: "words", "not an ordinary file"),
    "the project itself": (lambda root: "", "not an ordinary file"),
    "a name with NUL": (lambda root: "words/a.yaml\0.png", "a character that is not allowed"),
    "a name with a backslash": (lambda root: "words\\a.yaml", "a character that is not allowed"),
    "a file under a file": (lambda root: "words/a.yaml/b", "Not a directory"),
    "a name over 255 bytes": (lambda root: "x" * 256, "too long"),
    "a file over the size": (sparse, "it is over 64 MB"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_is_refused_that_no_pamphlet_is_made_of(case: str, root: Path) -> None:
    make, reason = REFUSED[case]
    code, message = refusal(root, make(root))
    assert code == "file-refused"
    assert reason in message
    assert "secret" not in message.replace("project-secret/key", "").replace("../secret", "")


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_remembered_to_be_asked_again(case: str, root: Path) -> None:
    path = REFUSED[case][0](root)
    sources = Sources(root)
    assert not sources.has(path)
    assert sources.reads.files == {path: None}
    assert Sources(root).still_holds(sources.reads)


def test_an_absolute_path_is_one_from_the_project(root: Path) -> None:
    assert refusal(root, "/etc/hostname")[0] == "file-missing"
    assert refusal(root, str(root / "words" / "a.yaml"))[0] == "file-missing"
    assert Sources(root).read("/words/a.yaml") == b"a: b\n"


def test_refusing_leaves_no_file_open(root: Path) -> None:
    opened = Path("/proc/self/fd")
    folder = opened if opened.is_dir() else Path("/dev/fd")
    sources = Sources(root)
    before = len(list(folder.iterdir()))
    for path in ("words", "words/a.yaml", pipe(root), sparse(root), "../secret", "absent"):
        sources.has(path)
    assert len(list(folder.iterdir())) == before


def test_the_limit_is_the_largest_size_that_is_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST_FILE", 5)
    assert Sources(root).read("words/a.yaml") == b"a: b\n"
    monkeypatch.setattr(module, "LARGEST_FILE", 4)
    assert refusal(root, "words/a.yaml")[0] == "file-refused"


def test_links_within_the_project_are_followed(root: Path) -> None:
    (root / "b.yaml").symlink_to("words/a.yaml")
    (root / "folder").symlink_to("words")
    sources = Sources(root)
    assert sources.read("b.yaml") == sources.read("folder/a.yaml") == b"a: b\n"
    assert sources.names("folder") == ("a.yaml",)


def test_a_project_may_itself_stand_behind_a_link(root: Path) -> None:
    door = root.parent / "door"
    door.symlink_to(root)
    assert Sources(door).read("words/a.yaml") == b"a: b\n"


def test_a_read_is_recorded_with_its_digest(root: Path) -> None:
    sources = Sources(root)
    sources.read("words/a.yaml")
    sources.text("words/a.yaml")
    digest = hashlib.sha256(b"a: b\n").hexdigest()
    assert sources.reads == Reads(files={"words/a.yaml": digest})


def test_an_absence_is_recorded_too(root: Path) -> None:
    sources = Sources(root)
    assert not sources.has("words/b.yaml")
    with pytest.raises(HrcpubError, match=r"there is no file words/c\.yaml"):
        sources.read("words/c.yaml")
    assert sources.reads.files == {"words/b.yaml": None, "words/c.yaml": None}


def test_a_listing_is_sorted_and_without_hidden_names(root: Path) -> None:
    for name in ("c.yaml", ".hidden.yaml", "_draft.yaml", "b.txt", "B.yaml"):
        (root / "words" / name).touch()
    sources = Sources(root)
    assert sources.names("words", ".yaml") == ("B.yaml", "a.yaml", "c.yaml")
    assert list(sources.reads.folders) == ["words"]


def test_an_absent_folder_lists_nothing(root: Path) -> None:
    sources = Sources(root)
    assert sources.names("nowhere") == ()
    assert sources.names("../") == ()
    assert list(sources.reads.folders) == ["nowhere", "../"]


DAYS = {DAY - datetime.timedelta(days=1): True, DAY: True, DAY + datetime.timedelta(days=1): False}


def test_a_date_is_recorded_with_whether_it_had_come(root: Path) -> None:
    sources = Sources(root, today=DAY)
    assert {day: sources.has_come(day) for day in DAYS} == DAYS
    assert sources.reads.dates == {day.isoformat(): has for day, has in DAYS.items()}


def test_a_day_is_over_from_the_next_one_and_the_last_of_all_never(root: Path) -> None:
    sources = Sources(root, today=DAY)
    assert [sources.is_over(day) for day in DAYS] == [True, False, False]
    assert not sources.is_over(datetime.date.max)
    assert Sources(root, today=datetime.date.max).is_over(DAY)


def test_what_stays_open_past_midnight_has_the_new_day_once_it_looks_at_the_clock(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [DAY]
    monkeypatch.setattr(module, "datetime", clock(lambda: days[-1]))
    stays, given = Sources(root), Sources(root, today=DAY)
    tomorrow = DAY + datetime.timedelta(days=1)
    begun = stays.recording()
    days.append(tomorrow)
    assert not stays.has_come(tomorrow)
    assert [each.is_of_yesterday() for each in (stays, given)] == [True, False]
    for each in (stays, given):
        each.look_at_clock()
    assert not stays.is_of_yesterday()
    later = stays.recording()
    told = [each.has_come(tomorrow) for each in (stays, later, begun, given)]
    assert told == [True, True, False, False]


def test_a_recording_starts_empty_and_leaves_the_other_alone(root: Path) -> None:
    sources = Sources(root, today=DAY)
    sources.read("words/a.yaml")
    other = sources.recording()
    assert other.reads == Reads()
    assert not other.has("words/b.yaml")
    assert list(sources.reads.files) == ["words/a.yaml"]
    assert other.has_come(DAY)
    sources.reads.add(other.reads)
    assert list(sources.reads.files) == ["words/a.yaml", "words/b.yaml"]
    assert sources.reads.dates == {"2026-11-22": True}


def _touch(root: Path) -> None:
    os.utime(root / "words" / "a.yaml", ns=(1, 1))


def _change(root: Path) -> None:
    (root / "words" / "a.yaml").write_text("a: c\n")


def _change_and_back(root: Path) -> None:
    _change(root)
    (root / "words" / "a.yaml").write_text("a: b\n")


def _remove_folder(root: Path) -> None:
    (root / "words" / "a.yaml").unlink()
    (root / "words").rmdir()


def _replace_by_pipe(root: Path) -> None:
    (root / "words" / "a.yaml").unlink()
    os.mkfifo(root / "words" / "a.yaml")


# What happens to a project, and whether all that was asked still has its answer.
CHANGES: dict[str, tuple[Callable[[Path], object], bool]] = {
    "nothing": (lambda root: None, True),
    "a file is touched": (_touch, True),
    "a file is changed": (_change, False),
    "a file is changed and changed back": (_change_and_back, True),
    "a file is removed": (lambda root: (root / "words" / "a.yaml").unlink(), False),
    "a file is a pipe now": (_replace_by_pipe, False),
    "a folder is removed": (_remove_folder, False),
    "a file appears that was looked for": (lambda root: (root / "b.yaml").touch(), False),
    "a folder of its name appears": (lambda root: (root / "b.yaml").mkdir(), True),
    "a file appears in a listing": (lambda root: (root / "words" / "b.yaml").touch(), False),
    "a hidden one does": (lambda root: (root / "words" / ".b").touch(), False),
    "one appears in a folder that was absent": (lambda root: (root / "none").mkdir(), True),
    "a file appears elsewhere": (lambda root: (root / "c.yaml").touch(), True),
    "the file is another's link": (
        lambda root: ((root / "c").write_text("a: b\n"), (root / "b.yaml").symlink_to("nowhere")),
        True,
    ),
}


@pytest.mark.parametrize("case", CHANGES)
@pytest.mark.parametrize("is_same_process", [True, False], ids=["same", "later"])
def test_a_record_holds_until_an_answer_changes(
    case: str, is_same_process: bool, root: Path
) -> None:
    change, holds = CHANGES[case]
    sources = Sources(root, today=DAY)
    sources.read("words/a.yaml")
    sources.has("b.yaml")
    sources.names("words")
    sources.names("none")
    assert sources.still_holds(sources.reads)
    change(root)
    again = sources if is_same_process else Sources(root, today=DAY)
    assert again.still_holds(sources.reads) is holds


@pytest.mark.parametrize(("days", "holds"), [(-40, True), (0, True), (1, False), (400, False)])
def test_a_record_holds_until_a_date_comes(days: int, holds: bool, root: Path) -> None:
    sources = Sources(root, today=DAY)
    assert not sources.has_come(DAY + datetime.timedelta(days=1))
    later = Sources(root, today=DAY + datetime.timedelta(days=days))
    assert later.still_holds(sources.reads) is holds


def test_a_refused_file_that_is_mended_is_news(root: Path) -> None:
    os.mkfifo(root / "picture")
    sources = Sources(root)
    assert not sources.has("picture")
    (root / "picture").unlink()
    (root / "picture").write_bytes(b"x")
    assert not sources.still_holds(sources.reads)


def test_a_record_in_json_is_sorted(root: Path) -> None:
    sources = Sources(root, today=DAY)
    sources.has("z")
    sources.has("b")
    assert list(sources.reads.as_json()["files"]) == ["b", "z"]
    assert Reads(**sources.reads.as_json()) == sources.reads


def test_text_is_utf_8_with_or_without_its_mark(root: Path) -> None:
    (root / "marked").write_bytes(b"\xef\xbb\xbfgr\xc3\xbcn")
    assert Sources(root).text("marked") == "grün"


BROKEN = {
    b"Caf\xe9": (1, 4, "Caf�"),
    b"one\ntwo\nth\xffree\nfour": (3, 3, "th�ree"),
    b"gr\xc3\xbcn \xfc": (1, 6, "grün �"),
    b"\r\nx\xe9\r\n": (2, 2, "x�"),
    b"cut \xc3": (1, 5, "cut �"),
}


@pytest.mark.parametrize("data", BROKEN)
def test_text_that_is_not_utf_8_is_told_with_its_place(data: bytes, root: Path) -> None:
    (root / "text").write_bytes(data)
    with pytest.raises(HrcpubError) as caught:
        Sources(root).text("text")
    [problem] = caught.value.problems
    assert problem.code == "file-encoding"
    assert problem.source is not None
    assert (problem.source.line, problem.source.column, problem.source.quote) == BROKEN[data]


def test_a_draft_stands_in_the_place_of_its_file(root: Path) -> None:
    files = Sources(root)
    drafted = files.with_drafts({"words/a.yaml": b"a: draft\n", "words/new.yaml": b"n: 1\n"})
    assert drafted.read("words/a.yaml") == b"a: draft\n"
    assert drafted.names("words") == ("a.yaml", "new.yaml")
    assert drafted.reads.files["words/a.yaml"] == hashlib.sha256(b"a: draft\n").hexdigest()
    assert drafted.still_holds(drafted.reads)
    assert drafted.recording().has("words/new.yaml")
    # What was made from a draft is not current for who reads the disk, nor the reverse.
    assert not files.still_holds(drafted.reads)
    files.read("words/a.yaml")
    assert files.names("words") == ("a.yaml",)
    assert not drafted.still_holds(files.reads)
