"""What commands load when nothing has changed: nothing that they do not need."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "PIL", "babel", "fontTools", "jinja2", "markdown_it", "multiprocessing", "phonenumbers",
    "pikepdf", "pypdf", "rich", "tinycss2", "uharfbuzz", "weasyprint", "yaml",
)  # fmt: skip
COMMAND = f"""
import json, sys
from hrcpub.cli import main
try:
    main()
except SystemExit as done:
    print(json.dumps([done.code, sorted({{*{HEAVY!r}}} & sys.modules.keys()), len(sys.modules)]))
"""


def run(project: Path, *words: str) -> tuple[str, list[str]]:
    """Return what a command says, and which heavy libraries it has loaded.

    Its lines are not measured: who measures loads some itself.
    """
    alone = {name: at for name, at in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, *words],
        cwd=project,
        env=alone,
        capture_output=True,
        text=True,
        check=True,
    )
    *said, last = done.stdout.splitlines()
    code, heavy, _ = json.loads(last)
    assert code == 0, done.stderr
    return "\n".join(said), heavy


def test_help_loads_nothing(project: Path) -> None:
    said, heavy = run(project, "--help")
    assert "hrcpub init" in said
    assert heavy == []


@pytest.mark.slow(but=["words0"])
@pytest.mark.parametrize("words", [("list",), ("list", "--json"), ("list", "--figures")])
def test_a_list_is_known_until_something_changes(
    words: tuple[str, ...], project: Path, kept: Path
) -> None:
    first, loaded = run(project, *words)
    assert "yaml" in loaded
    again, heavy = run(project, *words)
    assert again == first
    assert heavy == []
    assert kept.is_dir()


def test_a_list_shows_what_was_changed_added_and_removed(project: Path, kept: Path) -> None:
    run(project, "list")
    card = project / "materials/contact-card.yaml"
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace("title: How to", "title: Where to"), encoding="utf-8")
    said, _ = run(project, "list")
    assert "Where to" in said
    shutil.copy(card, project / "materials/another-card.yaml")
    said, _ = run(project, "list")
    assert "another-card" in said
    (project / "materials/another-card.yaml").unlink()
    layout = project / "layouts/card/layout.yaml"
    text = layout.read_text(encoding="utf-8")
    layout.write_text(text.replace("about: ", "about: entirely "), encoding="utf-8")
    said, _ = run(project, "list")
    assert "another-card" not in said
    assert "entirely" in said
    assert kept.is_dir()


def test_two_lists_at_once_are_both_right(project: Path, kept: Path) -> None:
    command = [sys.executable, "-m", "hrcpub", "list"]
    both = [
        subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    first, second = (process.communicate()[0] for process in both)
    assert first == second
    assert "contact-card" in first
    assert run(project, "list") == (first.rstrip("\n"), [])
    assert kept.is_dir()


def test_an_unchanged_build_loads_nothing_even_without_its_order(
    built_project: Path, kept: Path
) -> None:
    """The order's answer is known as a rule (`standing.py`); without it, each file's report is."""
    words = ("build", "contact-card", "--edition", "screen")
    run(built_project, *words)
    for name in ("first, the editions are learnt", "then they are known"):
        shutil.rmtree(built_project / "output/.cache/store", ignore_errors=True)
        said, heavy = run(built_project, *words)
        assert "up to date" in said, name
    assert heavy == []
    said, heavy = run(built_project, *words)
    assert "up to date" in said
    assert heavy == []
    assert kept.is_dir()


@pytest.mark.slow
def test_a_changed_system_is_seen_by_the_next_build(project: Path, kept: Path) -> None:
    words = ("build", "contact-card", "--edition", "screen")
    run(project, *words)
    system = project / "layouts/system/system.yaml"
    text = system.read_text(encoding="utf-8")
    system.write_text(f"{text}\nno-such-key: 1\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "hrcpub", *words],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no-such-key" in done.stderr
    assert kept.is_dir()


def test_a_screen_edition_needs_nothing_of_imposing(project: Path) -> None:
    program = COMMAND.replace("len(sys.modules)", "'hrcpub.pipeline.impose' in sys.modules")
    command = [sys.executable, "-c", program, "build", "contact-card", "--edition", "screen"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True)
    code, _, is_loaded = json.loads(done.stdout.splitlines()[-1])
    assert (code, is_loaded) == (0, False)


def test_a_preflight_of_one_file_loads_what_judges_in_its_process_alone(
    built_project: Path,
) -> None:
    file = str(next((built_project / "output").rglob("contact-card.pdf")))
    assert run(built_project, "preflight", file)[1] == []
    assert "pikepdf" in run(built_project, "preflight", file, file)[1]


def test_what_explains_a_problem_is_known_after_the_first_time(project: Path, kept: Path) -> None:
    first, loaded = run(project, "explain", "css-ignored")
    assert "pikepdf" in loaded
    assert run(project, "explain", "css-ignored") == (first, [])
    assert kept.is_dir()


@pytest.mark.slow
def test_a_check_is_known_until_a_word_is_changed(project: Path, kept: Path) -> None:
    words = ("check", "contact-card", "--edition", "screen")
    first, loaded = run(project, *words)
    assert "weasyprint" in loaded
    run(project, *words)  # by now the programs are known
    again, heavy = run(project, *words)
    assert again == first
    assert heavy == []
    card = project / "materials/contact-card.yaml"
    text = card.read_text(encoding="utf-8").replace("verbatim: yes\n", "")
    card.write_text(text.replace("title: How to", "title: How addicts"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "hrcpub", *words],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "addict" in done.stderr
    assert kept.is_dir()
