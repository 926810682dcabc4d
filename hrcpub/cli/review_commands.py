"""`review`, `sources`, `due` and `current`: whether one can stand behind what is printed."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hrcpub.cli.compare_commands import line_of, past_day
from hrcpub.cli.program import as_json, material_completions, open_project

if TYPE_CHECKING:
    from hrcpub.build.reviewing import Reviewer

ROLES = ("words", "medicine", "language", "design")  # those of project.reviewed, which a test holds


@click.command()
@click.argument("pieces", nargs=-1, shell_complete=material_completions)
@click.option("--as", "role", type=click.Choice(ROLES), help="As what: only this role.")
@click.option(
    "--sheet", "is_sheet", is_flag=True, help="Make a sheet to read and a table to fill in."
)
@click.option("--all", "is_whole", is_flag=True, help="With --sheet: all passages, not what waits.")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    show_default="output/review",
    help="Where the sheet goes.",
)
@click.option("--by", metavar="NAME", help="Keep that NAME has reviewed the piece as it is.")
@click.option("--is", "is_a", metavar="WHAT", help="What they are: a nurse of our clinic.")
@click.option("--note", metavar="TEXT", help="What they said.")
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="TABLE",
    help="Take the answers of a table that came back, .csv or .xlsx.",
)
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    show_default="today",
    help="The day of the review: year, month, day.",
)
@as_json
@click.pass_context
def review(ctx: click.Context, /, **options: Any) -> int:
    """Say what waits for whose review; make the sheet for it; keep what was said.

    Reviewers look at words, medicine, language or design. Each review is bound to the words as they
    were seen: a word that is changed asks for a review of its passage alone. Where a layout wants
    it, the draft band stands across a piece until somebody has reviewed its medicine.

    \b
    hrcpub review                                     what waits for whom?
    hrcpub review overdose --sheet                    a sheet for the nurse
    hrcpub review overdose --by "Ana Ruiz" --is "a nurse" --as medicine
    hrcpub review overdose --by "Ana Ruiz" --is "a nurse" --as medicine --answers table.csv
    """
    from hrcpub.cli import reviewing

    pieces, by, sources = options["pieces"], options["by"], open_project(ctx)
    _check(options)
    if options["is_sheet"]:
        return reviewing.write_sheets(
            sources, pieces, options["role"], options["output"], is_whole=options["is_whole"]
        )
    if by is None:
        return reviewing.list_reviews(sources, pieces, options["role"], as_json=options["as_json"])
    reviewer = _reviewer(options)
    if options["answers"]:
        (piece,) = pieces
        return reviewing.take(
            sources, piece, options["answers"], reviewer, as_json=options["as_json"]
        )
    return reviewing.keep(sources, pieces, reviewer, as_json=options["as_json"])


def _reviewer(options: dict[str, Any]) -> Reviewer:
    from hrcpub.build.reviewing import Reviewer

    return Reviewer(
        line_of(options["by"], "--by"),
        options["role"],
        line_of(options["is_a"], "--is"),
        past_day(options["on"]) or datetime.date.today(),
        line_of(options["note"], "--note") if options["note"] else "",
    )


def _check(options: dict[str, Any]) -> None:
    """Raise UsageError for what cannot be meant together."""
    if (options["is_sheet"] or options["by"] is not None) and not options["pieces"]:
        raise click.UsageError("name the piece: hrcpub review overdose …")
    if options["is_sheet"] and options["by"] is not None:
        raise click.UsageError("--sheet is made before anybody has reviewed: leave out --by")
    if options["by"] is None:
        for name in ("is_a", "note", "answers", "on"):
            if options[name] is not None:
                raise click.UsageError("say who has reviewed: --by NAME, with --as and --is")
    elif options["role"] is None or options["is_a"] is None:
        raise click.UsageError(
            'say as what, and what they are: --as medicine --is "a nurse of our clinic"'
        )
    if options["answers"] and len(options["pieces"]) != 1:
        raise click.UsageError("a table of answers is of one piece: name just that")


@click.command("sources")
@click.argument("pieces", nargs=-1, shell_complete=material_completions)
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the list as a web page instead, for a QR code to lead to.",
)
@as_json
@click.pass_context
def sources_(ctx: click.Context, pieces: tuple[str, ...], html: Path | None, as_json: bool) -> int:
    """List what the words rest on: each source, and the passages that name it.

    A passage names a source of materials/sources.yaml in braces: {cdc-naloxone}. The exit code is 1
    where a source is due to be looked at again, or a figure names none.
    """
    from hrcpub.cli.evidence import list_sources, write_page

    if html:
        return write_page(open_project(ctx), pieces, html)
    return list_sources(open_project(ctx), pieces, as_json=as_json)


@click.command()
@click.option(
    "--within",
    type=click.IntRange(0, datetime.timedelta.max.days),
    metavar="DAYS",
    help="Only what is due by then.",
)
@click.option(
    "--calendar",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.ics",
    help="Write all of it for a calendar, too.",
)
@as_json
@click.pass_context
def due(ctx: click.Context, within: int | None, calendar: Path | None, as_json: bool) -> int:
    """List the days on which somebody must look again: sources, offices, notices, photographs.

    Events are there too. The exit code is 1 where a day has come: those are marked with "!".
    """
    from hrcpub.cli import due_dates

    options = due_dates.DueOptions(within, calendar)
    return due_dates.due(open_project(ctx), options, as_json=as_json)


@click.command()
@click.argument("code")
@click.option("--month", metavar="MONTH", help="As the sheet has it: November 2026, or 2026-11.")
@click.option("--revision", metavar="REVISION", help="As large print has it: 3.")
@as_json
@click.pass_context
def current(
    ctx: click.Context, code: str, month: str | None, revision: str | None, as_json: bool
) -> int:
    """Say whether a printed sheet is current, by the CODE and the month at its foot.

    \b
    hrcpub current S1 --month "November 2026"
    hrcpub current "S1 · November 2026"

    The exit code is 0 if it is, and 1 if there is a newer one, or no such code.
    """
    from hrcpub.cli import currency

    sheet = currency.as_found(code, month, revision)
    return currency.current(open_project(ctx), sheet, as_json=as_json)
