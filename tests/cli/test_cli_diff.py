"""`hrcpub diff`: files and pieces are compared, and what differs is said, shown and counted."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.test_cli_approve import SENTENCE, change
from tests.shared.project import Hrcpub
from tests.shared.typed import lines, stroke, typed_pdf

BEFORE = [lines("Open Monday to Friday", "from 9 to 5"), stroke(20, 90, 200, 90)]
AFTER = [lines("Open Monday to Saturday", "from 9 to 5"), stroke(20, 300, 200, 300)]


@pytest.fixture
def pair(project: Path) -> Path:
    """Return a project's folder with two files that differ."""
    (project / "old.pdf").write_bytes(typed_pdf(BEFORE))
    (project / "new.pdf").write_bytes(typed_pdf(AFTER))
    return project


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org")
    subprocess.run(["git", "-C", folder, *who, *arguments], check=True, capture_output=True)


def test_two_files_are_compared_in_words_and_looks(hrcpub: Hrcpub, pair: Path) -> None:
    done = hrcpub("diff", "old.pdf", "new.pdf")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "new.pdf: differs from old.pdf: 1 word, page 1; looks, page 1",
        "  page 1",
        "    Open Monday to [-Friday-] {+Saturday+} from 9 to 5",
        "    looks: is drawn otherwise, 64 × 1 mm at 7, 31 mm from the upper left corner",
        "    looks: is drawn otherwise, 64 × 3 mm at 7, 104 mm from the upper left corner",
    ]
    assert done.stderr == "1 file compared: 1 differ, 0 the same\n"


def test_files_that_are_the_same_give_zero_outside_a_project_too(
    hrcpub: Hrcpub, tmp_path: Path
) -> None:
    for name, mark in (("a.pdf", ""), ("b.pdf", "other bytes")):
        (tmp_path / name).write_bytes(typed_pdf(BEFORE, mark=mark))
    done = hrcpub("diff", "a.pdf", "b.pdf", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "b.pdf: the same as a.pdf\n")


def test_programs_get_boxes_and_words(hrcpub: Hrcpub, pair: Path) -> None:
    done = hrcpub("diff", "old.pdf", "new.pdf", "--json")
    assert done.returncode == 1
    (found,) = json.loads(done.stdout)
    assert (found["before"], found["after"], found["same"]) == ("old.pdf", "new.pdf", False)
    (page,) = found["pages"]
    ((change,), looks) = page["words"], page["looks"]
    assert [word["text"] for word in change["removed"]] == ["Friday"]
    left, top, right, foot = change["added"][0]["box"]
    assert 80 < left < right < 140
    assert 20 < top < foot < 35
    assert [look["kind"] for look in looks] == ["words", "drawn", "drawn"]


def test_what_differs_is_shown_in_pictures_and_on_a_page_for_browsers(
    hrcpub: Hrcpub, pair: Path
) -> None:
    done = hrcpub("diff", "old.pdf", "new.pdf", "--png", "shown", "--html", "shown/all.html")
    assert "shown in shown/new-1.png" in done.stderr
    with Image.open(pair / "shown/new-1.png") as picture:
        assert picture.width > 1300, "three pages beside each other"
    text = (pair / "shown/all.html").read_text("utf-8")
    assert "<del><bdi>Friday</bdi></del> <ins><bdi>Saturday</bdi></ins>" in text
    assert text.count('src="data:image/png;base64,') == 3
    assert "http" not in text.replace("http-equiv", ""), "nothing is loaded from anywhere"


def test_a_page_for_browsers_takes_words_as_words(hrcpub: Hrcpub, project: Path) -> None:
    (project / "a.pdf").write_bytes(typed_pdf(lines("one")))
    (project / "b.pdf").write_bytes(typed_pdf(lines("<script>")))
    hrcpub("diff", "a.pdf", "b.pdf", "--html", "x.html")
    text = (project / "x.html").read_text("utf-8")
    assert "&lt;script&gt;" in text
    assert "<script" not in text


@pytest.mark.slow
def test_without_arguments_all_that_was_approved_is_compared(hrcpub: Hrcpub, project: Path) -> None:
    done = hrcpub("diff")
    assert done.returncode == 0
    assert "0 files compared" in done.stderr
    hrcpub("approve", "two-please", "what-postcard", "--by", "Ana", "--on", "2026-05-03")
    change(project, SENTENCE, "")
    done = hrcpub("diff")
    assert done.returncode == 1
    assert (
        "two-please, screen: differs from what was approved on 3 May 2026 by Ana: 7 words, page 6\n"
        "  page 6\n"
        "    breath of his own. [-He was angry, and then he cried.-] I stayed until they\n"
    ) in done.stdout
    assert "what-postcard, screen: the same as what was approved on 3 May" in done.stdout
    assert "4 files compared: 2 differ, 2 the same; " in done.stderr
    assert "pieces were never approved" in done.stderr
    assert hrcpub("diff", "what-postcard").returncode == 0
    only = hrcpub("diff", "two-please", "--edition", "large-print").stdout
    assert "two-please, large-print" in only
    assert "screen" not in only


def test_what_was_never_approved_and_a_piece_that_is_gone_are_told(
    hrcpub: Hrcpub, project: Path
) -> None:
    hrcpub("approve", "what-postcard", "--by", "Ana", "--edition", "screen")
    done = hrcpub("diff", "what-postcard", "--edition", "screen", "--edition", "phone")
    assert (done.returncode, done.stdout[:31]) == (1, "what-postcard, screen: the same")
    assert "these were: screen [diff-not-approved]" in done.stderr
    done = hrcpub("diff", "--edition", "phone")
    assert (done.returncode, done.stdout, "error" in done.stderr) == (0, "", False)
    (project / "materials/what-postcard.yaml").unlink()
    done = hrcpub("diff")
    assert done.returncode == 0
    assert "[approved-gone]" in done.stderr
    done = hrcpub("diff", "two-please")
    assert done.returncode == 1
    assert "[never-approved]" in done.stderr
    assert "[material-unknown]" in hrcpub("diff", "two-pleas").stderr


@pytest.mark.slow
def test_a_piece_is_compared_with_its_last_build_which_stays(hrcpub: Hrcpub, project: Path) -> None:
    assert "[diff-not-built]" in hrcpub("diff", "two-please", "--built").stderr
    hrcpub("build", "two-please", "--edition", "screen")
    path = project / "output/screen/two-please.pdf"
    before = path.read_bytes()
    assert hrcpub("diff", "two-please", "--built").returncode == 0
    hrcpub("approve", "two-please", "--by", "Ana", "--edition", "screen")
    change(project, SENTENCE, "")
    assert "differs from what was approved" in hrcpub("diff", "two-please").stdout
    done = hrcpub("diff", "two-please", "--built")
    assert done.returncode == 1
    assert "differs from the last build of two-please, screen: 7 words, page 6" in done.stdout
    assert path.read_bytes() == before


def test_a_piece_is_compared_with_a_revision_in_git(hrcpub: Hrcpub, project: Path) -> None:
    assert "[diff-revision]" in hrcpub("diff", "two-please", "--since", "HEAD").stderr
    git(project, "init", "-q")
    git(project, "add", "materials", "layouts", "fonts")
    git(project, "commit", "-qm", "one")
    change(project, SENTENCE, "")
    done = hrcpub("diff", "two-please", "--since", "HEAD", "--edition", "screen")
    assert done.returncode == 1
    assert "two-please, screen: differs from two-please, screen at " in done.stdout
    assert "[-He was angry, and then he cried.-]" in done.stdout
    for wrong in ("nowhere", "--output=x", "-x"):
        done = hrcpub("diff", "two-please", f"--since={wrong}")
        assert done.returncode == 1, wrong
        assert "[diff-revision]" in done.stderr
    (project / "materials/mine.yaml").write_bytes(
        (project / "materials/two-please.yaml").read_bytes()
    )
    done = hrcpub("diff", "mine", "--since", "HEAD")
    assert done.returncode == 0
    assert "[diff-new]" in done.stderr


def test_two_pieces_are_compared_as_they_are_on_screens(hrcpub: Hrcpub) -> None:
    done = hrcpub("diff", "what-postcard", "two-please")
    assert done.returncode == 1
    assert done.stdout.startswith("two-please (screen): differs from what-postcard (screen): ")
    done = hrcpub("diff", "what-postcard", "what-postcard")
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("old.pdf",), "name two of them"),
        (("old.pdf", "new.pdf", "third.pdf"), "name two of them"),
        (("a", "b", "c"), "give one piece, or two sides"),
        (("a", "--built", "--since", "main"), "--built cannot be used together with --since"),
        (("old.pdf", "--built"), "name two of them"),
    ],
)
def test_what_cannot_be_meant_is_said(
    hrcpub: Hrcpub, arguments: tuple[str, ...], said: str
) -> None:
    done = hrcpub("diff", *arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_file_that_is_not_there_or_no_pdf_is_told(hrcpub: Hrcpub, pair: Path) -> None:
    done = hrcpub("diff", "old.pdf", "nowhere.pdf")
    assert done.returncode == 1
    assert "nowhere.pdf cannot be opened: No such file" in done.stderr
    (pair / "text.pdf").write_text("words", encoding="utf-8")
    assert "text.pdf cannot be read: " in hrcpub("diff", "old.pdf", "text.pdf").stderr
