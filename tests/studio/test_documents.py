"""What is saved: nothing that others wrote is overwritten, and all can be undone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from hrcpub.files.sources import Sources
from hrcpub.files.yaml_edits import Edit, Insert, Move, Put, Remove
from hrcpub.problems import HrcpubError
from hrcpub.studio.documents import ConflictError, OpenDocuments
from hrcpub.studio.history import FOLDER, History
from hrcpub.studio.notations import YamlNotation

PATH = "materials/brief.yaml"
TEXT = """\
# The brief.
title: Why?
words:
  lead: Because.  # short
  points:
    - opening: One
      text: first
    - opening: Two
      text: second
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "materials").mkdir()
    (tmp_path / PATH).write_text(TEXT)
    return tmp_path


def opened(root: Path) -> OpenDocuments:
    """Return the files as a window has them open that was just opened."""
    return OpenDocuments(Sources(root), History(root))


def on_disk(root: Path) -> str:
    return (root / PATH).read_text()


def test_a_saved_edit_is_in_the_file_and_its_comments_too(root: Path) -> None:
    documents = opened(root)
    before = documents.open(PATH)
    after = documents.save(PATH, before.digest, [Put(("words", "lead"), "Since it helps.")])
    assert on_disk(root) == TEXT.replace("Because.", "Since it helps.") == after.text
    assert documents.open(PATH) == after


def test_undo_and_redo_work_in_a_later_session(root: Path) -> None:
    documents = opened(root)
    digest = documents.open(PATH).digest
    for word in ("One.", "Two.", "Three."):
        digest = documents.save(PATH, digest, [Put(("words", "lead"), word)]).digest
    later = opened(root)
    assert "Two." in later.undo(PATH).text
    assert "One." in later.undo(PATH).text
    assert later.undo(PATH).text == TEXT == later.undo(PATH).text
    assert "One." in opened(root).redo(PATH).text
    assert "Two." in later.redo(PATH).text
    assert on_disk(root) == TEXT.replace("Because.", "Two.")


def test_what_is_written_after_an_undo_is_redone_rather_than_what_was_undone(root: Path) -> None:
    documents = opened(root)
    first = documents.save(PATH, documents.open(PATH).digest, [Put(("title",), "First")])
    documents.undo(PATH)
    other = documents.save(PATH, documents.open(PATH).digest, [Put(("title",), "Other")])
    documents.undo(PATH)
    assert documents.redo(PATH) == other != first
    titles = [documents.history.text(version.id) for version in documents.history.versions(PATH)]
    assert sum("First" in text for text in titles) == 1  # it can still be gone back to


def test_any_version_can_be_gone_back_to_and_that_can_be_undone(root: Path) -> None:
    documents = opened(root)
    after = documents.save(PATH, documents.open(PATH).digest, [Put(("title",), "New")])
    eldest = documents.history.versions(PATH)[-1]
    assert documents.go_back(PATH, eldest.id).text == TEXT
    assert documents.undo(PATH).text == after.text
    with pytest.raises(KeyError):
        documents.go_back(PATH, 999)


def test_an_edit_goes_into_what_another_program_wrote_elsewhere_in_the_file(root: Path) -> None:
    documents = opened(root)
    base = documents.open(PATH).digest
    (root / PATH).write_text(TEXT.replace("Why?", "Why not?"))
    documents.save(PATH, base, [Put(("words", "points", 1, "text"), "2nd")])
    assert on_disk(root) == TEXT.replace("Why?", "Why not?").replace("second", "2nd")


@pytest.mark.parametrize(
    ("edit", "theirs"),
    [
        (Put(("words", "lead"), "Ours."), ("Because.", "Theirs.")),
        (Remove(("words", "lead")), ("Because.", "Theirs.")),
        (Put(("words", "points", 1, "text"), "2nd"), ("second", "zweite")),
        (Move(("words", "points"), 0, 1), ("first", "1st")),
        (Insert(("words", "points", 1), {"opening": "New"}), ("first", "1st")),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_an_edit_of_what_others_changed_is_a_conflict_and_writes_nothing(
    root: Path, edit: Put | Remove | Move | Insert, theirs: tuple[str, str]
) -> None:
    documents = opened(root)
    base = documents.open(PATH).digest
    (root / PATH).write_text(TEXT.replace(*theirs))
    with pytest.raises(ConflictError) as caught:
        documents.save(PATH, base, [edit])
    assert on_disk(root) == TEXT.replace(*theirs) == caught.value.document.text
    assert len(caught.value.conflicts) == 1
    # Who has seen what is there now may have their way.
    documents.save(PATH, caught.value.document.digest, [edit])


def test_an_edit_in_a_list_that_others_made_shorter_does_not_go_into_the_next_entry(
    root: Path,
) -> None:
    documents = opened(root)
    base = documents.open(PATH).digest
    shorter = TEXT.replace("    - opening: One\n      text: first\n", "")
    (root / PATH).write_text(shorter)
    with pytest.raises(ConflictError):
        documents.save(PATH, base, [Put(("words", "points", 0, "text"), "1st")])
    assert on_disk(root) == shorter


def test_a_conflict_says_what_was_seen_what_is_there_and_what_was_wanted(root: Path) -> None:
    documents = opened(root)
    base = documents.open(PATH).digest
    opened(root).save(PATH, base, [Put(("words", "lead"), "Window two.")])
    with pytest.raises(ConflictError) as caught:
        documents.save(PATH, base, [Put(("words", "lead"), "Window one.")])
    assert caught.value.conflicts == ((0, "words.lead", "Because.", "Window two.", "Window one."),)


def test_an_edit_of_a_text_that_nobody_has_seen_is_asked_about(root: Path) -> None:
    documents = opened(root)
    with pytest.raises(ConflictError) as caught:
        documents.save(PATH, "0" * 64, [Put(("title",), "New"), Put(("words", "lead"), "New")])
    told = [(one.slot, one.seen, one.theirs) for one in caught.value.conflicts]
    assert told == [("title", None, "Why?"), ("words.lead", None, "Because.")]
    assert on_disk(root) == TEXT


def test_a_save_whose_answer_was_lost_is_not_made_again_whatever_came_after_it(root: Path) -> None:
    documents = opened(root)
    base = documents.open(PATH).digest
    row = Insert(("words", "points", 2), {"opening": "Three", "text": "third"})
    after = documents.save(PATH, base, [row])
    others = documents.save(PATH, after.digest, [Put(("title",), "Theirs")])
    edits: list[Edit] = [row, Put(("words", "lead"), "Since it helps.")]
    assert documents.save(PATH, base, edits, unsure=1).text == others.text.replace(
        "Because.", "Since it helps."
    )


def test_an_edit_that_changes_nothing_is_no_version(root: Path) -> None:
    documents = opened(root)
    before = documents.open(PATH)
    assert documents.save(PATH, before.digest, [Put(("title",), "Why?")]) == before
    assert len(documents.history.versions(PATH)) == 1


def test_what_is_written_while_an_edit_is_made_is_not_overwritten(root: Path) -> None:
    class Slow(YamlNotation):
        def edited(self, text: str, edits: Sequence[Edit]) -> str:
            (root / PATH).write_text(TEXT.replace("Why?", "Theirs"))
            return super().edited(text, edits)

    documents = OpenDocuments(Sources(root), History(root), Slow())
    with pytest.raises(ConflictError):
        documents.save(PATH, documents.open(PATH).digest, [Put(("title",), "Ours")])
    assert on_disk(root) == TEXT.replace("Why?", "Theirs")


def test_undo_stops_at_what_another_program_wrote(root: Path) -> None:
    documents = opened(root)
    documents.save(PATH, documents.open(PATH).digest, [Put(("title",), "Ours")])
    (root / PATH).write_text(TEXT.replace("Why?", "Theirs"))
    with pytest.raises(HrcpubError) as caught:
        documents.undo(PATH)
    assert [problem.code for problem in caught.value.problems] == ["changed-outside"]
    assert "Theirs" in on_disk(root)


def test_a_folder_that_cannot_be_written_is_told_and_the_file_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = opened(root)
    base = documents.open(PATH).digest

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("hrcpub.studio.documents.write_whole", refuse)
    with pytest.raises(HrcpubError) as caught:
        documents.save(PATH, base, [Put(("title",), "New")])
    assert "Permission denied" in caught.value.problems[0].message
    assert on_disk(root) == TEXT
    assert documents.history.now(PATH) == documents.history.versions(PATH)[-1]


def test_a_byte_order_mark_and_line_ends_of_windows_stay(root: Path) -> None:
    (root / PATH).write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    documents = opened(root)
    documents.save(PATH, documents.open(PATH).digest, [Put(("title",), "New")])
    expected = TEXT.replace("Why?", "New").replace("\n", "\r\n")
    assert (root / PATH).read_bytes() == b"\xef\xbb\xbf" + expected.encode()
    base = documents.open(PATH).digest
    (root / PATH).write_bytes((root / PATH).read_bytes().replace(b"first", b"1st"))
    documents.save(PATH, base, [Put(("title",), "Newer")])  # its mark does not hide what was seen


def test_the_history_is_kept_out_of_what_is_shared(root: Path) -> None:
    opened(root).open(PATH)
    assert (root / FOLDER / ".gitignore").read_text().splitlines()[-1] == "*"


KILLED = """
import sys
from collections.abc import Sequence
from pathlib import Path
from hrcpub.files.sources import Sources
from hrcpub.files.yaml_edits import Put
from hrcpub.studio.documents import OpenDocuments
from hrcpub.studio.history import History
root = Path(sys.argv[1])
documents = OpenDocuments(Sources(root), History(root))
digest = documents.open("materials/brief.yaml").digest
for number in range(100_000):
    edit = Put(("title",), "title " * 200 + str(number))
    digest = documents.save("materials/brief.yaml", digest, [edit]).digest
    print(number, flush=True)
"""


@pytest.mark.parametrize("after", [1, 7, 20])
def test_a_save_that_is_killed_leaves_a_whole_file_and_its_history(root: Path, after: int) -> None:
    command = [sys.executable, "-c", KILLED, str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as saving:
        assert saving.stdout
        last = [int(saving.stdout.readline()) for _ in range(after)][-1]
        os.kill(saving.pid, signal.SIGKILL)
    documents = opened(root)
    now = documents.open(PATH)
    assert now.text.startswith("# The brief.\ntitle: >-\n")
    assert now.text.endswith("text: second\n")
    assert any(
        f"{last}\n" in documents.history.text(v.id) for v in documents.history.versions(PATH)
    )
