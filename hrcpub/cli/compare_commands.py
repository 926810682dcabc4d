"""`diff` and `approve`: what differs, and what was approved."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hrcpub.cli.program import as_json, material_completions, open_project
from hrcpub.files.sources import Sources
from hrcpub.project.edition import EDITIONS

if TYPE_CHECKING:
    from hrcpub.cli.comparing import DiffOptions


of_editions = click.option(
    "--edition",
    "editions",
    multiple=True,
    type=click.Choice(list(EDITIONS)),
    help="Only this edition. May be given several times.",
)


@click.command()
@click.argument("sides", nargs=-1, metavar="[A] [B]", shell_complete=material_completions)
@of_editions
@click.option("--built", "is_with_built", is_flag=True, help="Compare with the last build.")
@click.option("--since", metavar="REV", help="Compare with a revision in git: main, v1.2, HEAD~3.")
@click.option(
    "--png",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write a picture of each page that differs: before, after, and only what changed.",
)
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write one page for a browser that shows all that differs.",
)
@as_json
@click.pass_context
def diff(ctx: click.Context, /, **options: Any) -> int:
    """Say what differs, page by page: words as words, looks as places on the page.

    Without A and B: all pieces, against what was approved of them. With one piece: that piece.
    With A and B, which are PDFs or pieces: B against A. How edges are smoothed does not count.

    \b
    hrcpub diff                          what is not as approved?
    hrcpub diff overdose --since main    what have I changed?
    hrcpub diff old.pdf new.pdf --html changes.html

    The exit code is 0 if nothing differs, and 1 if something does.
    """
    from hrcpub.cli import comparing

    sides, as_json = options.pop("sides"), options.pop("as_json")
    chosen = comparing.DiffOptions(**options)
    _check(sides, chosen)
    are_files = len(sides) == 2 and all(map(comparing.is_file, sides))
    sources: Sources | None = None if are_files else open_project(ctx)
    return comparing.diff(sources, sides, chosen, as_json=as_json)


def _check(sides: tuple[str, ...], options: DiffOptions) -> None:
    """Raise UsageError for what cannot be meant together."""
    from hrcpub.cli.comparing import is_file

    if options.is_with_built and options.since:
        raise click.UsageError("--built cannot be used together with --since")
    is_of_pieces = options.is_with_built or options.since or len(sides) != 2
    if is_of_pieces and any(map(is_file, sides)):
        raise click.UsageError("to compare PDFs, name two of them: hrcpub diff OLD.pdf NEW.pdf")
    if len(sides) > 2 and not (options.is_with_built or options.since):
        raise click.UsageError("give one piece, or two sides: hrcpub diff A B")


@click.command()
@click.argument("pieces", nargs=-1, required=True, shell_complete=material_completions)
@click.option("--by", metavar="NAME", help="Who approves.")
@click.option("--note", metavar="TEXT", help="What they said, or for what it is approved.")
@of_editions
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    show_default="today",
    help="The day: year, month, day.",
)
@click.option("--withdraw", "is_withdrawn", is_flag=True, help="Take approvals back.")
@as_json
@click.pass_context
def approve(
    ctx: click.Context,
    pieces: tuple[str, ...],
    by: str | None,
    note: str | None,
    editions: tuple[str, ...],
    on: datetime.datetime | None,
    is_withdrawn: bool,
    as_json: bool,
) -> int:
    """Keep pieces as somebody has approved them: their words, and how all pages look.

    From then on, build, check and list say when a piece differs from that, and in which words.
    What was approved is kept in materials/approved/, for git. Builds first what is not up to date.

    Without --edition: the one for screens, and large print. They have the words and the lines of
    all the others.
    """
    from hrcpub.build.approving import ApproveOptions
    from hrcpub.cli import approving

    if is_withdrawn:
        if by or note or editions or on:
            raise click.UsageError("--withdraw takes no other option: it takes all of it back")
        return approving.withdraw(open_project(ctx), pieces, as_json=as_json)
    options = ApproveOptions(
        line_of(by, "--by"), line_of(note, "--note") if note else None, editions, past_day(on)
    )
    return approving.approve(open_project(ctx), pieces, options, as_json=as_json)


def past_day(day: datetime.datetime | None) -> datetime.date | None:
    """Return the day of `--on`; raise UsageError for one that is still to come."""
    if day is not None and day.date() > datetime.date.today():
        raise click.UsageError(f"--on {day.date()} is still to come: give the day on which it was")
    return day and day.date()


def line_of(text: str | None, option: str) -> str:
    """Return a short text of one line; raise UsageError for any other."""
    from hrcpub.project.approval import LONGEST
    from hrcpub.unseen import INVISIBLE

    line = " ".join((text or "").split())
    if not line:
        raise click.UsageError(
            f"say who: {option} NAME" if option == "--by" else f"{option} is empty"
        )
    if len(line) > LONGEST or INVISIBLE.search(line):
        raise click.UsageError(f"{option} takes a line of up to {LONGEST} letters")
    return line
