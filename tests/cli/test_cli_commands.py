"""The commands from outside: help, lists, completion, exit codes, and streams of every kind."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hrcpub import __version__
from hrcpub.cli.health import Finding, verdict
from hrcpub.cli.lists import layout_rows
from hrcpub.files.sources import Sources
from hrcpub.project.edition import EDITIONS
from tests.shared.project import DESIGNS, MATERIALS, Hrcpub

COMMANDS = (
    "init", "studio", "list", "build", "check", "words", "review", "sources", "due", "current",
    "diff", "approve", "send", "print", "printers", "export", "preflight", "impose", "new",
    "schema", "translate", "event", "labels", "calibrate", "fonts", "upgrade", "doctor", "explain",
)  # fmt: skip
SCRIPT = Path(sys.executable).with_name("hrcpub")


def test_the_module_and_the_installed_command_are_the_same(program: Hrcpub) -> None:
    wanted = f"hrcpub, version {__version__}\n"
    assert program("--version").stdout == wanted
    script = subprocess.run([SCRIPT, "--version"], capture_output=True, text=True, check=True)
    assert script.stdout == wanted


def test_help_names_every_command_in_the_order_people_meet_them(hrcpub: Hrcpub) -> None:
    done = hrcpub("--help")
    commands = done.stdout.partition("Commands:")[2]
    assert done.returncode == 0
    assert tuple(re.findall(r"^  (\w+) ", commands, re.MULTILINE)) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str, hrcpub: Hrcpub) -> None:
    done = hrcpub(command, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"Usage: hrcpub {command} ")
    assert done.stderr == ""


def test_defaults_stand_in_brackets_as_click_writes_them(hrcpub: Hrcpub) -> None:
    shown = " ".join(hrcpub("impose", "--help").stdout.split())
    assert "[default: (long for portrait sheets, short for landscape)]" in shown
    assert "[default: 10 mm]" in shown
    assert "; else " not in shown


WRONG = {
    "no such command": ["biuld"],
    "no such option": ["build", "--editon", "office"],
    "no such edition": ["build", "--edition", "ofice"],
    "no such paper": ["build", "--paper", "pink"],
    "no workers": ["build", "--jobs", "0"],
    "a thousand workers": ["build", "--jobs", "1000"],
    "no number": ["build", "--jobs", "many"],
    "watching in JSON": ["build", "--watch", "--json"],
    "no name": ["new", "card"],
    "days without end": ["due", "--within", "99999999999"],
    "no such project": ["--project", "/no/such/folder", "list"],
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_usage_ends_with_two_and_says_how_to_get_help(name: str, hrcpub: Hrcpub) -> None:
    done = hrcpub(*WRONG[name])
    assert (done.returncode, done.stdout) == (2, "")
    assert "Error: " in done.stderr
    assert "--help' for help." in done.stderr


@pytest.mark.parametrize("command", ["list", "build", "check", "upgrade"])
def test_outside_a_project_the_way_in_is_told(command: str, tmp_path: Path, hrcpub: Hrcpub) -> None:
    done = hrcpub(command, folder=tmp_path)
    assert done.returncode == 2
    assert f"{tmp_path} is not in a project" in done.stderr
    assert "hrcpub --project FOLDER" in done.stderr
    assert "hrcpub init FOLDER" in done.stderr


def test_outside_a_project_doctor_looks_at_what_came_with_hrcpub(
    tmp_path: Path, hrcpub: Hrcpub
) -> None:
    done = hrcpub("doctor", folder=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "LeagueGothic" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["project"]  # the fixture's own


def test_a_project_is_found_from_its_folders_and_by_its_name(project: Path, hrcpub: Hrcpub) -> None:
    here = hrcpub("list").stdout
    inside = hrcpub("list", folder=project / "layouts")
    named = hrcpub("--project", str(project), "list", folder=Path("/"))
    assert here == inside.stdout == named.stdout


def test_the_list_shows_materials_layouts_and_editions(hrcpub: Hrcpub) -> None:
    done = hrcpub("list")
    assert done.returncode == 0
    for name in (
        *MATERIALS,
        *DESIGNS,
        *EDITIONS,
    ):
        assert re.search(rf"^  {name}  ", done.stdout, re.MULTILINE), name


def test_the_list_of_languages_says_what_can_be_set(hrcpub: Hrcpub) -> None:
    found = json.loads(hrcpub("list", "--languages", "--json").stdout)["languages"]
    rows = {row["language"]: row for row in found}
    assert len(rows) >= 45
    assert rows["en"] | {"translated": ""} == {
        "language": "en", "name": "English", "english": "English", "script": "Latn",
        "direction": "ltr", "faces": "yes", "phrases": "yes", "lines": "yes", "translated": "",
    }  # fmt: skip
    assert (rows["ar"]["name"], rows["ar"]["direction"]) == ("العربية", "rtl")
    assert rows["ar"]["faces"] == "yes"
    shown = hrcpub("list", "--languages").stdout
    assert "ckb" in shown
    assert "Hmoob" in shown


def test_the_list_in_json_has_a_record_for_each(hrcpub: Hrcpub) -> None:
    done = hrcpub("list", "--json")
    found = json.loads(done.stdout)
    assert set(found) == {"materials", "layouts", "editions"}
    assert {one["name"] for one in found["materials"]} >= set(MATERIALS)
    assert {tuple(one) for one in found["materials"]} == {
        ("name", "layout", "language", "revised", "title", "translation", "approved")
    }
    assert {tuple(one) for one in found["layouts"]} == {("name", "trim", "about")}
    assert [one["name"] for one in found["editions"]] == list(EDITIONS)


def test_the_list_lives_with_broken_files_and_says_who_knows_more(
    project: Path, hrcpub: Hrcpub
) -> None:
    (project / "materials" / "broken.yaml").write_text("a: b: c\n", encoding="utf-8")
    (project / "materials" / "folder.yaml").mkdir()
    done = hrcpub("list")
    assert done.returncode == 0
    assert len(re.findall(r"^  (?:broken|folder) +\?", done.stdout, re.MULTILINE)) == 2
    assert done.stderr == "\n? = cannot be read: hrcpub check says why\n"


def complete(words: str, folder: Path) -> str:
    environment = os.environ | {
        "_HRCPUB_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    done = subprocess.run(
        [SCRIPT], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout


def test_a_shell_completes_commands_materials_layouts_and_editions(project: Path) -> None:
    assert complete("hrcpub bu", project) == "plain,build\n"
    assert complete("hrcpub build con", project).startswith("plain,contact-card\n")
    assert complete("hrcpub new ca", project) == "plain,card\n"
    assert complete("hrcpub build --edition sc", project) == "plain,screen\n"


def test_outside_a_project_a_shell_completes_nothing_and_says_nothing(tmp_path: Path) -> None:
    assert complete("hrcpub build con", tmp_path).strip() == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])  # click asks bash for its version
def test_the_shells_script_is_printed(shell: str) -> None:
    environment = os.environ | {"_HRCPUB_COMPLETE": f"{shell}_source"}
    done = subprocess.run([SCRIPT], env=environment, capture_output=True, text=True, check=True)
    assert "_HRCPUB_COMPLETE" in done.stdout


# Where Python would take ASCII, Click takes UTF-8.
ENCODINGS = {
    "the C locale": ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "☎ Ж"),
    "ASCII": ({"PYTHONIOENCODING": "ascii"}, "☎ Ж"),
    "Latin-1": ({"PYTHONIOENCODING": "latin-1"}, "? ?"),
}


@pytest.mark.slow(but=["ASCII"])
@pytest.mark.parametrize("name", ENCODINGS)
def test_what_a_terminal_cannot_show_becomes_a_question_mark(
    name: str, project: Path, program: Hrcpub
) -> None:
    text = "layout: card\ntitle: ☎ Ж\n"
    (project / "materials" / "mine.yaml").write_text(text, encoding="utf-8")
    variables, shown = ENCODINGS[name]
    done = program("list", environment=variables)
    assert done.returncode == 0
    assert re.search(rf"^  mine .*  {re.escape(shown)}$", done.stdout, re.MULTILINE)
    found = json.loads(program("list", "--json", environment=variables).stdout)
    assert "☎ Ж" in {one["title"] for one in found["materials"]}


def test_nothing_is_coloured_that_is_not_read_on_a_terminal(project: Path, hrcpub: Hrcpub) -> None:
    (project / "materials" / "mine.yaml").write_text("", encoding="utf-8")
    for command in ("check", "build", "doctor", "list"):
        done = hrcpub(command, *(["mine"] if command in ("check", "build") else []))
        assert "\x1b" not in done.stdout + done.stderr


def test_a_full_disk_under_the_output_stream_is_told(project: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "hrcpub", "list"],
            cwd=project,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "the output could not be written: the disk is full\n"


def test_doctor_finds_all_well_here(hrcpub: Hrcpub) -> None:
    done = hrcpub("doctor")
    assert done.returncode == 0
    assert not re.findall(r"^no ", done.stdout, re.MULTILINE)
    for name in ("Python", "weasyprint", "pango", "harfbuzz", "HarfBuzz's subsetter", "font text"):
        assert re.search(rf"^ok  {name}: ", done.stdout, re.MULTILINE), name
    assert done.stdout.splitlines()[-1].startswith("everything that is needed is there")


def test_doctors_last_line_says_what_is_wrong_and_what_is_only_useful() -> None:
    well, wrong = Finding("Python", True, "3.11"), Finding("disk", False, "3 MB free")
    extra = Finding("Ghostscript (optional)", False, "not installed", is_needed=False)
    assert verdict([well]) == "everything that is needed is there"
    assert verdict([well, extra]).endswith("is there; not there: Ghostscript (optional)")
    assert verdict([well, wrong, extra]) == "to be mended: disk"


def test_doctor_in_json_has_a_record_for_each_finding(hrcpub: Hrcpub) -> None:
    found = json.loads(hrcpub("doctor", "--json").stdout)
    assert len(found) > 10
    assert {tuple(one) for one in found} == {("name", "is_well", "found", "advice", "is_needed")}
    assert all(one["is_well"] is True for one in found if one["is_needed"])


def test_doctor_names_a_font_that_is_gone_and_one_that_is_none(
    project: Path, hrcpub: Hrcpub
) -> None:
    franklin = project / "fonts" / "libre-franklin"
    (franklin / "LibreFranklin-Bold.ttf").unlink()
    (franklin / "LibreFranklin-Italic.ttf").write_bytes(b"")
    done = hrcpub("doctor")
    assert done.returncode == 1
    path = "fonts/libre-franklin/LibreFranklin"
    assert (
        f"no  font italic: the font {path}-Italic.ttf cannot be read\n     restore the file\n"
    ) in done.stdout
    assert (
        f"no  font bold: there is no file {path}-Bold.ttf\n     restore the file\n"
    ) in done.stdout


def test_a_layout_is_listed_with_what_it_says_in_english(tmp_path: Path) -> None:
    for name, about in {"one": "{es: Una tarjeta, en: A card}", "two": "[a]"}.items():
        (tmp_path / f"layouts/{name}").mkdir(parents=True)
        (tmp_path / f"layouts/{name}/layout.yaml").write_text(f"about: {about}\n")
    found = [row["about"] for row in layout_rows(Sources(tmp_path))]
    assert found == ["A card", "?"]
