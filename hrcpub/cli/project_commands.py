"""`init` and `upgrade`: the commands that make a project and bring it up to date."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from hrcpub.cli.program import open_project
from hrcpub.cli.show import say
from hrcpub.problems import ExitCode
from hrcpub.project.sheets import DEFAULT, SHEETS


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option("--name", help="Your organisation's name, which signs every piece.")
@click.option("--language", help="Of your pieces, such as en.  [default: en]")
@click.option("--paper", type=click.Choice(list(SHEETS)), help="What your office prints on.")
def init(folder: Path, name: str | None, language: str | None, paper: str | None) -> int:
    """Begin a project in FOLDER, or here: layouts, fonts, and a first piece to build.

    Asks for the name and the paper where no option says them. Nothing is ever overwritten.
    """
    from hrcpub.cli.founding import FIRST, Founding, found, languages

    known = languages()
    is_asked = sys.stdin.isatty()
    if name is None and not is_asked:
        raise click.UsageError('say whose pieces they are: --name "Your Organisation"')
    name = _name(name or click.prompt("Your organisation's name, as it signs a pamphlet"))
    if paper is None and is_asked:
        paper = click.prompt(
            "Your office's paper", type=click.Choice(list(SHEETS)), default=DEFAULT.name
        )
    found(folder, Founding(name, _language(language, known), paper or DEFAULT.name))
    say(f"made a project for {name} in {folder.resolve()}\nNow type:\n")
    if folder != Path():
        say(f"    cd {click.format_filename(folder)}")
    say("    hrcpub build")
    say(
        f"\nThe first piece is output/screen/{FIRST}.pdf; its words are in "
        f"materials/{FIRST}.yaml.\nYour office's address is in materials/contacts.yaml: "
        "replace the example there."
    )
    return ExitCode.DONE


def _name(text: str) -> str:
    """Return a name with single spaces; raise UsageError where it cannot sign a piece."""
    from hrcpub.project.organisation import LONGEST

    name = " ".join(text.split())
    if len(name) > LONGEST:
        raise click.UsageError(f"a name has up to {LONGEST} characters; this one has {len(name)}")
    if not any(map(str.isalnum, name)) or not name.isprintable():
        raise click.UsageError("a name needs letters that can be printed")
    return name


def _language(language: str | None, known: tuple[str, ...]) -> str:
    """Return the language of a project's pieces; raise UsageError where the design lacks it."""
    language = language or known[0]
    if not {language, language.partition("-")[0]} & {*known}:
        raise click.UsageError(
            f'the design has no words of its own in "{language}" yet, only in {", ".join(known)}.\n'
            f"Begin with one of those; then, in the project: hrcpub translate new {language}"
        )
    return language


@click.command()
@click.option("--dry-run", "is_dry", is_flag=True, help="Show what would change, write nothing.")
@click.pass_context
def upgrade(ctx: click.Context, is_dry: bool) -> int:
    """Bring a project's layouts and fonts up to those that came with this hrcpub.

    Files that you changed are kept. Where hrcpub changed such a file too, you see what its version
    has otherwise.
    """
    from hrcpub.cli.upgrading import Fate, difference
    from hrcpub.cli.upgrading import upgrade as upgrade_project

    differing = upgrade_project(open_project(ctx).root, is_dry=is_dry)
    for change in differing:
        say(f"{change.fate.value}: {change.path}")
        if change.fate is Fate.BOTH:
            say(difference(change))
    if not differing:
        say("the layouts and fonts are those of this hrcpub")
    elif is_dry:
        say("\nnothing was written")
    return ExitCode.DONE
