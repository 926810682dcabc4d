"""`hrcpub approve`: what was approved is kept, and every later difference is told in words."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from tests.shared import forked
from tests.shared.once import made_once
from tests.shared.project import Hrcpub, copy_project

RECORD = "materials/approved/two-please.yaml"
SENTENCE = " He was angry, and then he cried."
# Of what was approved alone, by this process: another would have to load what it has.
BOTH = ("two-please", "--edition", "screen", "--edition", "large-print", "--jobs", "1")


def change(project: Path, was: str, now: str, name: str = "two-please") -> None:
    path = project / f"materials/{name}.yaml"
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, now, 1), encoding="utf-8")


def approve(project: Path) -> None:
    """Make a project in which a piece was approved."""
    words = ("approve", "two-please", "--by", "Ana Ruiz", "--on", "2026-05-03")
    done = forked.run(*words, cwd=copy_project(project))
    said = "two-please: screen, large-print approved by Ana Ruiz\n"
    assert (done.returncode, done.stdout) == (0, said), done.stderr


@pytest.fixture
def approved(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project in which a piece was approved."""
    once = made_once(tmp_path_factory, "approved", approve)
    for made in ("materials/approved", "output"):
        shutil.copytree(once / made, project / made, dirs_exist_ok=True)
    return project


def test_a_record_has_words_files_and_digests_and_a_person_can_read_it(approved: Path) -> None:
    text = (approved / RECORD).read_text("utf-8")
    record = yaml.load(text, yaml.BaseLoader)
    assert list(record) == ["hrcpub", "editions", "words", "made-from"]
    screen = record["editions"]["screen"]
    assert (screen["by"], screen["on"], screen["pages"]) == ("Ana Ruiz", "2026-05-03", "8")
    assert record["words"]["title"] == "Two, please"
    assert SENTENCE.strip() in record["words"]["words.pages.5.text"]
    assert "materials/two-please.yaml" in record["made-from"]
    for edition in ("screen", "large-print"):
        kept = approved / f"materials/approved/two-please/{edition}.pdf"
        assert kept.read_bytes() == (approved / f"output/{edition}/two-please.pdf").read_bytes()
    assert sum(line.startswith('  "words.') for line in text.splitlines()) > 10


def test_all_that_is_said_stays_as_it_was_while_nothing_changed(
    hrcpub: Hrcpub, approved: Path
) -> None:
    for command in ("build", "check"):
        assert "approved" not in hrcpub(command, "two-please").stderr
    done = hrcpub("build", "two-please")
    assert "4 already up to date" in done.stderr, "what was approved makes no file anew"
    assert re.search(r"two-please +zine .* Ana Ruiz, 2026-05-03  ", hrcpub("list").stdout)


@pytest.mark.slow(but=["check"])
@pytest.mark.parametrize("command", ["build", "check"])
def test_words_that_are_others_now_are_told_with_who_approved_them(
    hrcpub: Hrcpub, approved: Path, command: str
) -> None:
    change(approved, SENTENCE, "")
    change(approved, "It took me a year to add", "It took me two years to add")
    said = (
        "materials/two-please.yaml: note: differs from what was approved on 3 May 2026 by Ana Ruiz "
        '(screen and 1 more edition): 9 words, pages 2 and 6: "a year" is now "two years"; '
        '"He was angry, and then he cried." is gone [approved-differs]'
    )
    for _ in range(2):  # made, and up to date
        done = hrcpub(command, *BOTH)
        assert done.returncode == 0, "it is a note"
        assert said in done.stderr
    listed = hrcpub("list").stdout
    assert "Ana Ruiz, 2026-05-03, differs: 9 words, pages 2 and 6" in listed
    (row,) = [
        row
        for row in json.loads(hrcpub("list", "--json").stdout)["materials"]
        if row["name"] == "two-please"
    ]
    assert row["approved"]["state"] == "differs"


def test_a_list_says_that_something_changed_before_anybody_has_looked(
    hrcpub: Hrcpub, approved: Path
) -> None:
    change(approved, SENTENCE, "")
    assert "Ana Ruiz, 2026-05-03, changed since" in hrcpub("list").stdout


def test_a_list_says_what_a_comparison_has_found_until_something_changes_again(
    hrcpub: Hrcpub, approved: Path
) -> None:
    """The last build stays as it was approved: what is compared is built elsewhere."""
    change(approved, SENTENCE, "")
    assert hrcpub("diff", "two-please", "--edition", "screen").returncode == 1
    assert "Ana Ruiz, 2026-05-03, differs: 7 words, page 6" in hrcpub("list").stdout
    change(approved, "revised: ", "revised: 2026-12-01 # ")
    assert "Ana Ruiz, 2026-05-03, changed since" in hrcpub("list").stdout


def test_a_change_of_looks_alone_is_told_as_that(hrcpub: Hrcpub, approved: Path) -> None:
    css = approved / "layouts/zine/layout.css"
    css.write_text(css.read_text("utf-8") + "\n.by { border-top-width: 4pt }\n")
    done = hrcpub("build", "two-please", "--edition", "screen")
    assert re.search(r"by Ana Ruiz: (words moved, [^;]*; )?looks, page", done.stderr), done.stderr


def test_a_change_that_nobody_sees_leaves_it_approved(hrcpub: Hrcpub, approved: Path) -> None:
    """As another version of a program does: other bytes, the same words and looks."""
    css = approved / "layouts/zine/layout.css"
    css.write_text(css.read_text("utf-8") + "\n.by { word-spacing: 0.005pt }\n")
    was = (approved / "output/screen/two-please.pdf").read_bytes()
    done = hrcpub("build", *BOTH)
    assert (approved / "output/screen/two-please.pdf").read_bytes() != was
    assert "approved-differs" not in done.stderr
    assert "changed since" not in hrcpub("list").stdout


def test_files_for_another_paper_or_shop_are_not_what_was_approved(
    hrcpub: Hrcpub, approved: Path
) -> None:
    done = hrcpub("build", "two-please", "--edition", "screen", "--paper", "white")
    assert "approved-differs" not in done.stderr


def test_approving_again_takes_the_new_words(hrcpub: Hrcpub, approved: Path) -> None:
    before = (approved / RECORD).read_text("utf-8").splitlines()
    change(approved, SENTENCE, "")
    assert hrcpub("approve", "two-please", "--by", "Ana Ruiz", "--note", "shorter").returncode == 0
    assert "approved-differs" not in hrcpub("build", *BOTH).stderr
    after = (approved / RECORD).read_text("utf-8").splitlines()
    assert '    note: "shorter"' in after
    gone = [line for line in before if line not in after]
    assert len(gone) < 10, "a change in git is small"


@pytest.mark.slow
def test_an_edition_is_approved_beside_the_others_as_long_as_they_say_the_same(
    hrcpub: Hrcpub, approved: Path
) -> None:
    hrcpub("approve", "two-please", "--by", "Luis", "--edition", "press")
    editions = yaml.load((approved / RECORD).read_text("utf-8"), yaml.BaseLoader)["editions"]
    assert {name: one["by"] for name, one in editions.items()} == {
        "large-print": "Ana Ruiz",
        "press": "Luis",
        "screen": "Ana Ruiz",
    }
    change(approved, SENTENCE, "")
    hrcpub("approve", "two-please", "--by", "Luis", "--edition", "press")
    assert list(yaml.load((approved / RECORD).read_text("utf-8"), yaml.BaseLoader)["editions"]) == [
        "press"
    ]
    kept = approved / "materials/approved/two-please"
    assert [path.name for path in kept.iterdir()] == ["press.pdf"]


def test_an_approval_is_taken_back_with_its_files(hrcpub: Hrcpub, approved: Path) -> None:
    done = hrcpub("approve", "two-please", "--withdraw")
    assert (done.returncode, done.stdout) == (0, "two-please: no longer approved\n")
    assert not (approved / "materials/approved").exists()
    done = hrcpub("approve", "two-please", "--withdraw")
    assert done.returncode == 1
    assert "nothing was approved of two-please [never-approved]" in done.stderr


def test_a_piece_with_mistakes_and_a_draft_are_refused_and_others_are_approved(
    hrcpub: Hrcpub, project: Path
) -> None:
    change(project, "layout: zine", "layout: zin")
    done = hrcpub("approve", "two-please", "overdose", "what-postcard", "--by", "Ana")
    assert done.returncode == 1
    assert "[layout-unknown]" in done.stderr
    assert "overdose is a draft: its words must be reviewed" in done.stderr
    folder = project / "materials/approved"
    assert sorted(path.name for path in folder.iterdir()) == ["what-postcard", "what-postcard.yaml"]


def test_words_of_a_sample_cannot_be_approved(hrcpub: Hrcpub, project: Path) -> None:
    assert hrcpub("new", "brief", "mine").returncode == 0
    done = hrcpub("approve", "mine", "--by", "Ana")
    assert done.returncode == 1
    assert "[approved-sample]" in done.stderr
    assert not (project / "materials/approved").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("two-please",), "say who: --by NAME"),
        (("two-please", "--by", "  "), "say who: --by NAME"),
        (("two-please", "--by", "A" * 121), "--by takes a line of up to 120 letters"),
        (("two-please", "--by", "A\u202eb"), "--by takes a line"),
        (("two-please", "--by", "A", "--withdraw"), "--withdraw takes no other option"),
        ((), "Missing argument"),
    ],
)
def test_a_command_that_says_too_little_says_what_is_missing(
    hrcpub: Hrcpub, project: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = hrcpub("approve", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (project / "materials/approved").exists()


def test_a_record_or_a_file_that_is_damaged_is_told_and_stops_nothing(
    hrcpub: Hrcpub, approved: Path
) -> None:
    kept = approved / "materials/approved/two-please/screen.pdf"
    kept.write_bytes(kept.read_bytes()[:-40])
    change(approved, SENTENCE, "")
    done = hrcpub("build", *BOTH)
    assert done.returncode == 0
    assert "screen.pdf is not the file that was approved [approval-lost]" in done.stderr
    (approved / RECORD).write_text("by: [", encoding="utf-8")
    done = hrcpub("check", *BOTH)
    assert done.returncode == 0
    assert "warning: " in done.stderr
    assert "?, ?" in hrcpub("list").stdout
    assert hrcpub("approve", "two-please", "--by", "Ana").returncode == 0
    assert "approv" not in hrcpub("build", *BOTH).stderr


def test_programs_get_what_was_approved(hrcpub: Hrcpub, project: Path) -> None:
    done = hrcpub("approve", "what-postcard", "--by", "Ana", "--on", "2026-05-03", "--json")
    (piece,) = json.loads(done.stdout)
    assert (piece["piece"], piece["path"]) == (
        "what-postcard",
        "materials/approved/what-postcard.yaml",
    )
    screen = piece["editions"]["screen"]
    assert (screen["by"], screen["on"], screen["note"]) == ("Ana", "2026-05-03", None)
    assert (project / screen["file"]).is_file()
