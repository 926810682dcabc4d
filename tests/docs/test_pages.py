"""Every page's commands do what the page says, in a folder of their own, in its order."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.making.page import Command, steps
from docs.making.running import run_page
from tests.shared.project import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md"))


def runs(page: str) -> bool:
    return any(isinstance(step, Command) and step.is_run for step in steps(DOCS / page))


RUNNING = [page for page in PAGES if runs(page)]


def test_the_pages_that_people_follow_are_run() -> None:
    assert {"first-pamphlet.md", "install.md"} <= set(RUNNING)


@pytest.mark.parametrize("page", RUNNING)
def test_a_page_is_right_about_its_commands(page: str, tmp_path: Path) -> None:
    assert "\n".join(run_page(DOCS / page, tmp_path)) == ""


def test_a_page_shows_commands_only_where_they_are_run() -> None:
    """Other names for a shell's blocks would be passed over."""
    shells = {"sh", "bash", "shell", "shell-session", "zsh", "fish"}
    blocks = [
        (page, line)
        for page in PAGES
        for line in (DOCS / page).read_text(encoding="utf-8").splitlines()
        if line.lstrip().startswith("```")
    ]
    assert len(blocks) > 10
    named = [(page, line) for page, line in blocks if line.lstrip(" `{").split("}")[0] in shells]
    assert named == []
