"""`fonts`: what scripts a project can be set in, and how it gets the fonts of another."""

from __future__ import annotations

from pathlib import Path

import click

from hrcpub.cli.program import as_json, open_project
from hrcpub.cli.show import say, say_json
from hrcpub.problems import ExitCode

_WIDTHS = (6, 21, 13)


@click.group(invoke_without_command=True)
@click.pass_context
def fonts(ctx: click.Context) -> int:
    """Show the scripts that pieces can be set in, or add the fonts of a language.

    \b
    hrcpub fonts
    hrcpub fonts add ru
    hrcpub fonts add zh-Hans --from ~/Downloads/noto-sans-sc
    """
    if ctx.invoked_subcommand is None:
        return int(ctx.invoke(list_fonts))
    return ExitCode.DONE


@fonts.command("list")
@as_json
@click.pass_context
def list_fonts(ctx: click.Context, as_json: bool = False) -> int:
    """Show each script's faces: whether their files are here, their size and licence."""
    from hrcpub.cli.font_files import facts
    from hrcpub.project.layout import read_system

    sources = open_project(ctx)
    rows = facts(sources, read_system(sources))
    if as_json:
        from dataclasses import asdict

        say_json([asdict(row) for row in rows])
        return ExitCode.DONE
    for row in rows:
        size = f"{row.size / 1e6:.1f} MB" if row.size else ""
        cells = (row.key, row.name, row.state)
        head = "".join(f"{cell:<{wide}}" for cell, wide in zip(cells, _WIDTHS, strict=True))
        say(f"{head}{size:>6}  {' '.join(row.languages)}".rstrip())
    lacks = [path for row in rows for path in row.unlicensed]
    say("\nTo add a language's fonts: hrcpub fonts add LANGUAGE")
    say(
        f"without a licence: {', '.join(lacks)}" if lacks else "All have their licence beside them."
    )
    return ExitCode.DONE


@fonts.command("add")
@click.argument("languages", nargs=-1, required=True)
@click.option(
    "--from",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder that has the fonts and their licence, where there is no network.",
)
@click.pass_context
def add(ctx: click.Context, languages: tuple[str, ...], folder: Path | None) -> int:
    """Bring the fonts of LANGUAGES (ru, zh-Hans …) into the project.

    Most come with hrcpub. Those of Chinese, Japanese and Korean are fetched from npm's registry,
    28 to 57 MB each, and cut to the letters of their country's standard.
    """
    from hrcpub.build.beginning import tag_asked
    from hrcpub.cli.font_files import add_fonts
    from hrcpub.project.languages import in_english

    sources = open_project(ctx)
    for language in map(tag_asked, languages):
        added = add_fonts(sources, language, folder)
        for path in added.files:
            say(path)
        if not added.files:
            say(f"{in_english(language)}: nothing to add, its fonts are here")
        elif added.cut_to:
            say(f"They have the letters of {added.cut_to}.")
    return ExitCode.DONE
