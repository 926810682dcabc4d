"""`hrcpub init` makes a project that builds; `hrcpub upgrade` keeps what a designer changed."""

from __future__ import annotations

import json
import os
import pty
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from hrcpub.cli import starter
from hrcpub.cli.upgrading import Fate, changes
from hrcpub.files.sources import Sources
from hrcpub.project.layout import read_system
from hrcpub.project.organisation import read_organisation
from tests.shared import forked
from tests.shared.logos import write_logos
from tests.shared.project import ROOT, Hrcpub


@pytest.fixture
def begun(hrcpub: Hrcpub, tmp_path: Path) -> Path:
    done = hrcpub("init", "begun", "--name", "Night Van", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path / "begun"


@pytest.mark.slow
def test_every_layout_can_be_begun_and_checked_in_a_new_project(
    begun: Path, hrcpub: Hrcpub
) -> None:
    layouts = sorted(path.parent.name for path in (begun / "layouts").glob("*/layout.yaml"))
    assert layouts == sorted(path.parent.name for path in (ROOT / "layouts").glob("*/layout.yaml"))
    for layout in layouts:
        assert hrcpub("new", layout, f"my-{layout}", folder=begun).returncode == 0
    listed = json.loads(hrcpub("list", "--json", folder=begun).stdout)
    assert all("?" not in row.values() for row in listed["materials"])
    checked = hrcpub("check", "my-card", "first-piece", folder=begun)
    assert checked.returncode == 0, checked.stderr
    assert "telephone-fiction" in checked.stderr  # the example is told until it is replaced
    assert "contact-unknown" not in checked.stderr


def test_a_new_project_says_what_is_where_and_keeps_what_is_there(
    begun: Path, hrcpub: Hrcpub, tmp_path: Path
) -> None:
    text = (begun / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:materials|layouts|fonts)/[a-z.]*)`", text)
    assert len(named) >= 5
    assert [path for path in named if not (begun / path).exists()] == []
    assert (begun / ".gitignore").read_text(encoding="utf-8") == "/output/\n"
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "README.md").write_text("ours", encoding="utf-8")
    assert hrcpub("init", "mine", "--name", "Night Van", folder=tmp_path).returncode == 0
    assert (mine / "README.md").read_text(encoding="utf-8") == "ours"


def test_nothing_in_a_new_project_names_another_organisation(begun: Path) -> None:
    texts = [path for path in begun.rglob("*") if path.suffix in (".yaml", ".html", ".css")]
    assert len(texts) > 30
    assert [path for path in texts if "Coalition" in path.read_text(encoding="utf-8")] == []


def test_a_name_is_written_so_that_it_is_read_back(hrcpub: Hrcpub, tmp_path: Path) -> None:
    name = 'No: "1" # Ärger'
    assert hrcpub("init", "--name", name, folder=tmp_path).returncode == 0
    assert str(read_organisation(Sources(tmp_path)).name("en")) == name


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_examples_in_the_organisations_file_are_right(
    hrcpub: Hrcpub, tmp_path: Path, paper: str
) -> None:
    assert hrcpub("init", "--name", "Van", "--paper", paper, folder=tmp_path).returncode == 0
    path = tmp_path / "materials/organisation.yaml"
    text = path.read_text(encoding="utf-8")
    used = re.sub(r"^# (?=(logo|tel|text|url|email|colours): )", "", text, flags=re.MULTILINE)
    assert len(text) - len(used) == 6 * len("# ")
    path.write_text(used, encoding="utf-8")
    write_logos(tmp_path / "materials/images")
    (tmp_path / "materials/images/wide.svg").rename(tmp_path / "materials/images/logo.svg")
    organisation = read_organisation(Sources(tmp_path))
    address = organisation.address
    assert all((organisation.logo, address.calls, address.text, address.url, address.email))
    assert read_system(Sources(tmp_path)).accent


@pytest.mark.slow(but=["es"])
@pytest.mark.parametrize("language", ["es", "es-MX", "ar", "am", "km", "ru", "zh-Hans"])
def test_a_project_begins_in_any_language_that_the_design_speaks(
    hrcpub: Hrcpub, tmp_path: Path, language: str
) -> None:
    done = hrcpub("init", "--name", "Van", "--language", language, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "materials/first-piece.yaml").read_text(encoding="utf-8")
    assert f"\nlanguage: {language}\n" in text
    assert hrcpub("check", folder=tmp_path).returncode == 0


@pytest.mark.parametrize("taken", ["layouts", "fonts", "materials"])
def test_nothing_is_overwritten(hrcpub: Hrcpub, tmp_path: Path, taken: str) -> None:
    (tmp_path / "mine" / taken).mkdir(parents=True)
    done = hrcpub("init", "mine", "--name", "Night Van", folder=tmp_path)
    assert done.returncode == 1
    assert "[project-exists]" in done.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == [taken]


def test_half_of_a_project_is_taken_away_so_that_the_next_try_succeeds(
    hrcpub: Hrcpub, tmp_path: Path
) -> None:
    """No file may be larger than a small one: a disk that becomes full at the first font."""
    failed = forked.run(
        *("init", "mine", "--name", "Night Van"),
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)),
    )
    assert failed.returncode == 1
    assert "could not be written" in failed.stderr
    assert list((tmp_path / "mine").iterdir()) == []
    done = hrcpub("init", "mine", "--name", "Night Van", folder=tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--name"),
        (("--name", "x" * 61), "up to 60"),
        (("--name", " - "), "needs letters"),
        (("--name", "Night Van", "--language", "xx"), "hrcpub translate new xx"),
        (("--name", "Night Van", "--language", "zh"), "zh-Hans"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_written(
    hrcpub: Hrcpub, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = hrcpub("init", "mine", *arguments, folder=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize(
    ("mine", "installed", "before", "fate"),
    [
        ("a", "a", "a", None),
        ("a", "b", "a", Fate.REPLACED),
        ("mine", "a", "a", Fate.YOURS),
        ("mine", "b", "a", Fate.BOTH),
        ("b", "b", "a", None),
        ("mine", "b", None, Fate.BOTH),
        (None, "b", None, Fate.ADDED),
        (None, "a", "a", Fate.YOURS),
        (None, "b", "a", Fate.BOTH),
        ("a", None, "a", Fate.REMOVED),
        ("mine", None, "a", Fate.YOURS),
        (None, None, "a", None),
        ("mine", None, None, None),
    ],
)
def test_an_upgrade_goes_by_what_was_installed_before(
    mine: str | None, installed: str | None, before: str | None, fate: Fate | None
) -> None:
    def files(text: str | None) -> dict[str, bytes]:
        return {} if text is None else {"layouts/x.css": text.encode()}

    record = {path: starter.digest(data) for path, data in files(before).items()}
    fates = [change.fate for change in changes(files(mine), files(installed), record)]
    assert fates == ([] if fate is None else [fate])


def test_an_upgrade_keeps_and_shows_what_a_designer_changed(begun: Path, hrcpub: Hrcpub) -> None:
    mine, older = begun / "layouts/card/layout.css", begun / "layouts/brief/layout.css"
    mine.write_text("/* mine */\n", encoding="utf-8")
    older.write_text("/* of an older hrcpub */\n", encoding="utf-8")
    record = json.loads((begun / starter.RECORD).read_text(encoding="utf-8"))
    for path in (mine, older):  # as if both were installed otherwise
        name = path.relative_to(begun).as_posix()
        record["files"][name] = starter.digest(b"/* of an older hrcpub */\n")
    (begun / starter.RECORD).write_text(json.dumps(record), encoding="utf-8")
    told = hrcpub("upgrade", "--dry-run", folder=begun)
    assert "updated: layouts/brief/layout.css" in told.stdout
    assert older.read_text(encoding="utf-8") == "/* of an older hrcpub */\n"
    done = hrcpub("upgrade", folder=begun)
    assert "kept; hrcpub changed it too: layouts/card/layout.css" in done.stdout
    assert "-/* mine */\n" in done.stdout
    assert mine.read_text(encoding="utf-8") == "/* mine */\n"
    assert older.read_bytes() == (ROOT / "layouts/brief/layout.css").read_bytes()
    again = hrcpub("upgrade", folder=begun).stdout  # until somebody has looked at it
    assert "layouts/card/layout.css" in again
    assert "layouts/brief" not in again


def test_a_damaged_record_is_told(begun: Path, hrcpub: Hrcpub) -> None:
    (begun / starter.RECORD).write_text("[]", encoding="utf-8")
    done = hrcpub("upgrade", folder=begun)
    assert done.returncode == 1
    assert "[record-damaged]" in done.stderr


def test_a_person_at_a_terminal_is_asked(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    with os.fdopen(leader, "wb") as typed:
        process = subprocess.Popen(
            [sys.executable, "-m", "hrcpub", "init", "mine"],
            cwd=tmp_path,
            stdin=follower,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        typed.write(b"Night Van\na4\n")
        typed.flush()
        said, _ = process.communicate(timeout=120)
    os.close(follower)
    assert process.returncode == 0, said
    assert b"Your organisation's name" in said
    text = (tmp_path / "mine/materials/organisation.yaml").read_text(encoding="utf-8")
    assert 'name: "Night Van"\n' in text
    assert "paper-size: a4\n" in text


@pytest.mark.parametrize("command", ["impose", "preflight"])
def test_a_material_is_not_taken_for_a_pdf(begun: Path, hrcpub: Hrcpub, command: str) -> None:
    done = hrcpub(command, "first-piece", folder=begun)
    assert done.returncode == 2
    assert "output/press/first-piece.pdf" in done.stderr
