"""The program `hrcpub`: its own options, the project that it is called for, its exit codes."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hrcpub import __version__
from hrcpub.cli.commands import Commands
from hrcpub.cli.ending import ReaderLeftError, code_when_told, missing_readers
from hrcpub.cli.show import show_bug, show_problems
from hrcpub.problems import ExitCode, HrcpubError

if TYPE_CHECKING:
    from hrcpub.files.sources import Sources

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
# A quantity beyond ten million is a slip of the finger.
QUANTITY = click.IntRange(1, 10_000_000)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="hrcpub")
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    show_default="the nearest one upwards from here",
    help="The folder of the project.",
)
@click.pass_context
def cli(ctx: click.Context, project: Path | None) -> None:
    """Make pamphlets: PDFs for print, office and screen from words in text files.

    \b
    Begin:        hrcpub init my-pamphlets
                  hrcpub list
                  hrcpub build
    Write:        hrcpub new brief my-brief
                  hrcpub build my-brief --watch
    Something is wrong:
                  hrcpub check
                  hrcpub doctor
    """
    ctx.obj = project


def open_project(ctx: click.Context) -> Sources:
    """Return the files of the project that a command was called for or in.

    Raises UsageError where there is none.
    """
    from hrcpub.files.sources import Sources

    start = ctx.find_root().obj or Path.cwd()
    for folder in (start, *start.resolve().parents):
        if (folder / "layouts").is_dir() and (folder / "materials").is_dir():
            return Sources(folder)
    raise click.UsageError(
        f"{start} is not in a project. A project's folder contains materials/ and layouts/.\n"
        "Change into that folder, or name it: hrcpub --project FOLDER …\n"
        "To begin a project: hrcpub init FOLDER"
    )


def completions(
    ctx: click.Context, names: Callable[[Sources], tuple[str, ...]], incomplete: str
) -> list[str]:
    """Return the names that begin with `incomplete`; none outside a project, without a message."""
    try:
        return [name for name in names(open_project(ctx)) if name.startswith(incomplete)]
    except click.UsageError:
        return []


def material_completions(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Complete a material's name in a shell."""
    from hrcpub.project.material import material_names

    return completions(ctx, material_names, incomplete)


def printer_completions(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Complete a print shop's name in a shell."""
    from hrcpub.project.printers import read_printers

    return completions(ctx, lambda sources: tuple(read_printers(sources)), incomplete)


def run() -> int:
    """Do what the words of the command say, and return the exit code."""
    try:
        with missing_readers():
            return _done()
    except ReaderLeftError:
        return ExitCode.READER_LEFT


def _done() -> int:
    try:
        return int(cli(standalone_mode=False) or ExitCode.DONE)
    except ReaderLeftError:
        raise
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return ExitCode.INTERRUPTED
    except HrcpubError as error:
        show_problems(error.problems)
        return ExitCode.PROBLEMS
    except Exception as error:
        if (code := code_when_told()) is not None:
            return code
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:  # as in `hrcpub list > file`
            click.echo("the output could not be written: the disk is full", err=True)
            return ExitCode.PROBLEMS
        show_bug(error)
        return ExitCode.OUR_BUG
