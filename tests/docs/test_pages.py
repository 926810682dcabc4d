"""Every page's commands do what the page says, in a folder of their own, in its order."""

from __future__ import annotations

import pytest

from docs.making.page import Command, steps
from tests.docs.conftest import Runs
from tests.shared.project import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(page.relative_to(DOCS).with_suffix("").as_posix() for page in DOCS.rglob("*.md"))


def runs(page: str) -> bool:
    return any(isinstance(step, Command) and step.is_run for step in steps(DOCS / f"{page}.md"))


RUNNING = [page for page in PAGES if runs(page)]


def test_the_pages_that_people_follow_are_run() -> None:
    assert {"first-pamphlet", "install", "event-days", "writers/index"} <= set(RUNNING)


@pytest.mark.slow(but=["first-pamphlet", "install", "writers/index", "designers/first-layout"])
@pytest.mark.parametrize("page", RUNNING)
def test_a_page_is_right_about_its_commands(page: str, runs: Runs) -> None:
    assert (runs(page) / "slips").read_text(encoding="utf-8") == ""


def test_a_page_shows_commands_only_where_they_are_run() -> None:
    """Other names for a shell's blocks would be passed over."""
    shells = {"sh", "bash", "shell", "shell-session", "zsh", "fish"}
    blocks = [
        (page, line)
        for page in PAGES
        for line in (DOCS / f"{page}.md").read_text(encoding="utf-8").splitlines()
        if line.lstrip().startswith("```")
    ]
    assert len(blocks) > 10
    named = [(page, line) for page, line in blocks if line.lstrip(" `{").split("}")[0] in shells]
    assert named == []
