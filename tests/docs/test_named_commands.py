"""What pages name in passing is there: commands and options, of those that no test can run too."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from markdown_it import MarkdownIt

from docs.making.page import Command, steps
from docs.making.program import cli
from tests.shared.project import ROOT

PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(ROOT.glob("[!.]*/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
IN_TEXT = re.compile(r"(?:\.venv/bin/)?(hrcpub [a-z-].*)")


def named(page: Path) -> Iterator[str]:
    """Yield the command lines of hrcpub that a page names in its text, or shows without a run."""
    for token in MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8")):
        for child in token.children or ():
            if child.type == "code_inline" and (match := IN_TEXT.fullmatch(child.content)):
                yield match[1]
        if token.type in ("code_block", "fence"):
            lines = (line.strip().removeprefix("$ ") for line in token.content.splitlines())
            yield from (match[1] for line in lines if (match := IN_TEXT.fullmatch(line)))


def slips(line: str) -> list[str]:
    """Return what a command line names and hrcpub does not have."""
    words = shlex.split(line.replace("'", ""), comments=True)[1:]
    command: click.Command = cli
    unknown: list[str] = []
    known = {"--help", *(name for parameter in cli.params for name in parameter.opts)}
    for word in words:
        if isinstance(command, click.Group) and re.fullmatch(r"[a-z][a-z-]+", word):
            if word not in command.commands:
                return [word]
            command = command.commands[word]
            known |= {name for parameter in command.params for name in parameter.opts}
        elif word.startswith("--") and word.partition("=")[0] not in known:
            unknown.append(word)
    return unknown


def test_slips_are_found() -> None:
    assert slips("hrcpub bild") == ["bild"]
    assert slips("hrcpub event chek NAME") == ["chek"]
    assert slips("hrcpub build --edition phone --wach  # a remark") == ["--wach"]
    assert slips("hrcpub build my-brief --watch") == []
    assert slips("hrcpub --project FOLDER list") == []


def test_pages_name_many_commands() -> None:
    assert sum(len(list(named(page))) for page in PAGES) > 60


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_names_only_commands_and_options_that_there_are(page: Path) -> None:
    assert [(line, slips(line)) for line in named(page) if slips(line)] == []


def test_commands_that_are_not_run_are_read_too() -> None:
    page = ROOT / "docs/writers/index.md"
    unrun = [one.typed for one in steps(page) if isinstance(one, Command) and not one.is_run]
    assert unrun
    assert set(unrun) <= set(named(page))
