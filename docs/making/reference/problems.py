"""The codes of problems, with their explanations, to sections of a page."""

from __future__ import annotations

import importlib

from docs.making.reference.markdown import code
from hrcpub.cli.explaining import FIX, MODULES, explanations, fix_first

# The pages that explain them, by the room of the function that makes them; the first that fits.
CHAPTERS = {
    "words": (
        "files.",
        "project.",
        "build.start",
        "build.review",
        "cli.start",
        "cli.found",
        "cli.curren",
        "cli.online",
    ),
    "events": ("events.", "cli.labels"),
    "files": ("pipeline.preflight", "pipeline.impose", "pipeline.export"),
    "printing": ("printing.", "cli.print_"),
    "pages": ("pipeline.", "build.", "cli.", "studio.", "forking"),
}


def problems(chapter: str) -> str:
    """Return the problems of a chapter, each with what to do first."""
    return "\n".join(_section(name, text) for name, text in sorted(of_chapter(chapter).items()))


def of_chapter(chapter: str) -> dict[str, str]:
    """Return the codes of a chapter with their explanations."""
    chapters: dict[str, str] = {}  # of the last module that has a code, whose words explain it
    for name in MODULES:
        chapters |= dict.fromkeys(importlib.import_module(f"hrcpub.{name}").CODES, chapter_of(name))
    return {code: text for code, text in explanations().items() if chapters[code] == chapter}


def chapter_of(module: str) -> str:
    """Return the chapter that a module's problems stand in."""
    return next(name for name, rooms in CHAPTERS.items() if module.startswith(rooms))


def _section(name: str, text: str) -> str:
    fix, _, why = fix_first(text).partition("\n\n")
    fix = fix.removeprefix(FIX)
    return f"## {code(name)}\n\n{why}\n\n**What to do:** {fix}\n"
