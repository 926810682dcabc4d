"""The commands of `hrcpub` by their names: where each is, and what the list of them says of it.

A command is loaded when it is asked for. Why: to read the arguments of all of them takes as long as
most answers. So the list has here what it says, which is how each command's docstring begins.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple

import click

from hrcpub.cli.ending import missing_readers


class CommandPlace(NamedTuple):
    """Where a command is: a module of this package, and its name there; and what it is for."""

    module: str
    function: str
    about: str  # the first sentence of its docstring


class InOrder(click.Group):
    """A group whose help lists commands in the order in which people need them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands as they were added."""
        return list(self.commands)


class Commands(InOrder):
    """All commands. Each stands for itself by its name, until it is asked for."""

    def __init__(self, **settings: Any) -> None:
        """Begin with what is known of commands that are not loaded."""
        super().__init__(**settings)
        for name, place in COMMANDS.items():
            self.add_command(click.Command(name, help=place.about))
        self._listed = InOrder(commands=dict(self.commands))
        self._unloaded = set(COMMANDS)

    def make_context(self, *arguments: Any, **settings: Any) -> click.Context:
        """Read the words of the command, which may print help."""
        with missing_readers():
            return super().make_context(*arguments, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        """Do what the command says."""
        with missing_readers():
            return super().invoke(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, loaded; None where there is none."""
        self.load(cmd_name)
        return super().get_command(ctx, cmd_name)

    def load(self, *names: str) -> None:
        """Put commands in the places that are kept for them."""
        for name in self._unloaded.intersection(names):
            place = COMMANDS[name]
            self.commands[name] = getattr(
                import_module(f"hrcpub.cli.{place.module}"), place.function
            )
            self._unloaded.remove(name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands; none is loaded for it."""
        self._listed.format_commands(ctx, formatter)


COMMANDS = {
    "init": CommandPlace(
        "project_commands",
        "init",
        "Begin a project in FOLDER, or here: layouts, fonts, and a first piece to build.",
    ),
    "studio": CommandPlace(
        "studio_command",
        "studio",
        "Open the studio: write words and see the real pages, in the browser.",
    ),
    "list": CommandPlace(
        "asking",
        "list_",
        "List the materials, layouts and editions of this project, its figures, or languages.",
    ),
    "build": CommandPlace(
        "build_commands", "build", "Make PDFs of all materials, or of those you name."
    ),
    "check": CommandPlace(
        "build_commands", "check", "Look for mistakes in all materials, or in those you name."
    ),
    "words": CommandPlace(
        "build_commands",
        "words",
        "Look whether the words are plain and respectful, and whether numbers and days can be "
        "right.",
    ),
    "review": CommandPlace(
        "review_commands",
        "review",
        "Say what waits for whose review; make the sheet for it; keep what was said.",
    ),
    "sources": CommandPlace(
        "review_commands",
        "sources_",
        "List what the words rest on: each source, and the passages that name it.",
    ),
    "due": CommandPlace(
        "review_commands",
        "due",
        "List the days on which somebody must look again: sources, offices, notices, photographs.",
    ),
    "current": CommandPlace(
        "review_commands",
        "current",
        "Say whether a printed sheet is current, by the CODE and the month at its foot.",
    ),
    "diff": CommandPlace(
        "compare_commands",
        "diff",
        "Say what differs, page by page: words as words, looks as places on the page.",
    ),
    "approve": CommandPlace(
        "compare_commands",
        "approve",
        "Keep pieces as somebody has approved them: their words, and how all pages look.",
    ),
    "send": CommandPlace(
        "shop_command", "send", "Pack all that a print shop needs into one zip, which you send."
    ),
    "print": CommandPlace(
        "print_commands",
        "print_",
        "Print pieces, events or PDFs on a printer of this computer, at actual size.",
    ),
    "printers": CommandPlace(
        "print_commands",
        "printers",
        "List the print shops of materials/printers.yaml, or the printers of this computer.",
    ),
    "export": CommandPlace(
        "build_commands",
        "export",
        "Make pictures of pages, for messages and posts, with their words beside them.",
    ),
    "preflight": CommandPlace(
        "pdf_commands",
        "preflight",
        "Check PDF files the way a print shop would, and say what to fix.",
    ),
    "impose": CommandPlace(
        "pdf_commands",
        "impose",
        "Place the pages of any PDFs on sheets, ready to print, cut, fold and stitch.",
    ),
    "new": CommandPlace(
        "build_commands",
        "new",
        "Begin a new material: writes materials/NAME.yaml and explains each slot of LAYOUT in it.",
    ),
    "schema": CommandPlace("build_commands", "schema", "Print LAYOUT's JSON Schema."),
    "translate": CommandPlace(
        "translating",
        "translate",
        "Bring pieces into other languages, with PO files, which translators know.",
    ),
    "event": CommandPlace(
        "event_plan",  # which has its last command, and loads the others
        "event",
        "Print for an event: one manifest for many pieces, languages and sites.",
    ),
    "labels": CommandPlace(
        "labels_command",
        "labels",
        "Print labels for an event's boxes, or for its sites' addresses.",
    ),
    "calibrate": CommandPlace(
        "calibrate_command",
        "calibrate",
        "Measure a printer once, so that what is printed on it lies where it should.",
    ),
    "fonts": CommandPlace(
        "fonting",
        "fonts",
        "Show the scripts that pieces can be set in, or add the fonts of a language.",
    ),
    "upgrade": CommandPlace(
        "project_commands",
        "upgrade",
        "Bring a project's layouts and fonts up to those that came with this hrcpub.",
    ),
    "doctor": CommandPlace(
        "asking",
        "doctor",
        "Check that everything hrcpub needs is installed, and say what is missing.",
    ),
    "explain": CommandPlace(
        "asking", "explain", "Explain the problem with this CODE, such as slot-limit."
    ),
}
