"""A page's Markdown to what a reader does there: files to write, commands to type.

What counts is how a block of code begins:

    ```console            commands behind `$ `, and under each what it prints, if that is shown
    ```console exit=1     the same; the last of them ends with this exit code
    ```console not-run    these would not end, or need the network: their names are checked
    ```{code-block} yaml
    :caption: FILE        the whole file, as the reader saves it
    <!-- run              commands, one a line, that no reader sees
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

PROMPT = "$ "
_EXIT = re.compile(r"\bexit=(\d+)")
_CAPTION = re.compile(r":caption: (\S+/\S+|\S+\.\w+)\n")  # other captions are words
_OPTION_LINE = re.compile(r":[\w-]+:.*\n?")


@dataclass(frozen=True, slots=True)
class Command:
    """What is typed into a shell; its place is a line of the page, from 1."""

    line: int
    typed: str
    printed: tuple[str, ...] = ()  # none: whatever it prints is right
    exit_code: int = 0
    is_run: bool = True


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file that is written in an editor; its path is below the folder one is in."""

    line: int
    path: str
    text: str


Step = Command | SavedFile


def steps(page: Path) -> list[Step]:
    """Return what a reader does on a page, in order."""
    tokens = MarkdownIt().parse(page.read_text(encoding="utf-8"))
    return [step for token in tokens for step in _steps_of(token)]


def _steps_of(token: Token) -> Iterator[Step]:
    line = token.map[0] + 1 if token.map else 0
    if token.type == "fence":
        language, _, rest = token.info.strip().partition(" ")
        if language == "console":
            yield from _commands(token.content, line + 1, rest)
        elif caption := _CAPTION.match(token.content):
            yield SavedFile(line, caption[1], _without_options(token.content))
    elif token.type == "html_block" and token.content.startswith("<!-- run\n"):
        typed = token.content.removeprefix("<!-- run\n").partition("-->")[0]
        for below, text in enumerate(typed.splitlines(), 1):
            yield Command(line + below, text)


def _commands(content: str, first: int, rest: str) -> Iterator[Command]:
    """Yield a block's commands; `rest` is what stands behind the block's language."""
    blocks = _split_at_prompts(content, first)
    code = _EXIT.search(rest)
    for number, (line, typed, printed) in enumerate(blocks, 1):
        is_last = number == len(blocks)
        yield Command(
            line,
            typed,
            tuple(printed),
            int(code[1]) if code and is_last else 0,
            "not-run" not in rest.split(),
        )


def _split_at_prompts(content: str, first: int) -> list[tuple[int, str, list[str]]]:
    """Return a block's commands: their lines in the page, what is typed, and what is printed."""
    blocks: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(content.splitlines(), first):
        if line.startswith(PROMPT):
            blocks.append((number, line.removeprefix(PROMPT), []))
        elif blocks and blocks[-1][1].endswith("\\"):  # a command goes on in the next line
            start, typed, _ = blocks.pop()
            blocks.append((start, f"{typed}\n{line}", []))
        elif blocks:
            blocks[-1][2].append(line)
    return blocks


def _without_options(content: str) -> str:
    """Return a directive's body: what stands below its options, and the empty line under them."""
    while option := _OPTION_LINE.match(content):
        content = content[option.end() :]
    return content.lstrip("\n")
