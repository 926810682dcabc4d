"""The commands of `hrcpub event`, and what `event check` prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hrcpub import loading
from hrcpub.cli.commands import InOrder
from hrcpub.cli.program import as_json, completions, open_project
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.problems import ExitCode, HrcpubError, Problem

if TYPE_CHECKING:
    from hrcpub.events.manifest.event import Event


@click.group(cls=InOrder)
def event() -> None:
    """Print for an event: one manifest for many pieces, languages and sites.

    \b
    Begin:        hrcpub event new my-fair
                  hrcpub event check my-fair
    """


def event_completions(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Complete an event's name in a shell."""
    from hrcpub.events.manifest.manifest import event_names

    return completions(ctx, event_names, incomplete)


output_folder = click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    show_default="the project's output/",
    help="The folder that holds events/NAME.",
)
some_events = click.argument("names", nargs=-1, shell_complete=event_completions)


@event.command()
@click.argument("name")
@click.pass_context
def new(ctx: click.Context, name: str) -> int:
    """Begin a new event: writes the manifest materials/events/NAME.yaml and explains each line.

    If there is no materials/sites.csv, that is written too, with one example row.
    """
    from hrcpub.cli.event_files import start_event

    for path in start_event(open_project(ctx), name):
        say(f"wrote {path}")
    say(f"Fill in what you need, then run: hrcpub event check {name}")
    return ExitCode.DONE


how_many = click.option(
    "--jobs",
    default="auto",
    show_default=True,
    help="How many processes work. auto: one for each core. 1: one file after the other.",
)


@event.command()
@some_events
@how_many
@as_json
@click.pass_context
def check(ctx: click.Context, names: tuple[str, ...], jobs: str, as_json: bool) -> int:
    """Look for mistakes in all events, or in those you name, and say how much will be printed.

    Says what build would say of the pieces: each is laid out and looked over, and each site's
    imprint is set. Writes none of an event's files.
    """
    from hrcpub.cli import event_building
    from hrcpub.events.manifest.manifest import event_names

    sources, workers = open_project(ctx), event_building.workers(jobs)
    events: dict[str, Event | None] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    for name in dict.fromkeys(names or event_names(sources)):
        try:
            outcome = event_building.check(sources, name, workers, as_json=as_json)
            events[name] = outcome.event
            problems[name] = tuple(event_building.distinct(outcome))
        except HrcpubError as error:
            events[name], problems[name] = None, error.problems
    all_problems = [problem for its_problems in problems.values() for problem in its_problems]
    if as_json:
        say_json([_as_json(name, event, problems[name]) for name, event in events.items()])
    else:
        show_problems(dict.fromkeys(all_problems))
        _show(list(events.values()), has_sites=bool(names))
    is_wrong = any(problem.is_error for problem in all_problems)
    return ExitCode.PROBLEMS if is_wrong else ExitCode.DONE


@event.command()
@click.argument("name", shell_complete=event_completions)
@click.option(
    "--only",
    multiple=True,
    metavar="ID",
    show_default="everything",
    help="Make only what this item or site needs. May be given several times.",
)
@how_many
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Let a Dask cluster do the work; the address of its scheduler: tcp://host:8786.",
)
@click.option(
    "--zip",
    "zips",
    type=click.Choice(("printers", "all")),
    show_default="none",
    help="Pack each printer's folder into a zip, ready to send; with all, everything into one too.",
)
@click.option("--force", is_flag=True, help="Rebuild files that are up to date, too.")
@output_folder
@as_json
@click.pass_context
def build(ctx: click.Context, /, name: str, **options: Any) -> int:
    """Make an event's files: a folder for each printer, with job tickets and lists.

    Files that are up to date are left alone. A failure does not stop the rest; run the same command
    again to make what is missing.
    """
    loading.load("hrcpub.cli.event_building")
    from hrcpub.cli import event_building
    from hrcpub.events.fulfil.outcome import EventOptions

    sources = open_project(ctx)
    asked = EventOptions(
        event_building.workers(options["jobs"]),
        options["force"],
        options["only"],
        options["zips"] or "",
    )
    if options["cluster"]:
        from hrcpub.events.fulfil.cluster import Cluster

        asked = asked._replace(cluster=Cluster(options["cluster"]))
    output, as_json = options["output"], options["as_json"]
    return event_building.build(sources, name, output, asked, as_json=as_json)


@event.command()
@click.argument("name", shell_complete=event_completions)
@output_folder
@as_json
@click.pass_context
def status(ctx: click.Context, name: str, output: Path | None, as_json: bool) -> int:
    """Say how much of an event is made, out of date and missing."""
    from hrcpub.cli import event_building

    return event_building.status(open_project(ctx), name, output, as_json=as_json)


@event.command("list")
@as_json
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> int:
    """List all events with their day, title and place."""
    from hrcpub.cli.lists import event_rows
    from hrcpub.cli.tables import table

    rows = event_rows(open_project(ctx))
    if as_json:
        say_json(rows)
    else:
        say(table("Events", rows, ("name", "date", "title", "place")))
    return ExitCode.DONE


@event.command()
@click.option("--write", is_flag=True, help="Write it to materials/events/schema.json instead.")
@click.pass_context
def schema(ctx: click.Context, write: bool) -> int:
    """Print the manifests' JSON Schema. With it, an editor completes and checks them."""
    from hrcpub.cli.event_files import write_event_schema
    from hrcpub.events.manifest.schema import schema_text

    if write:
        say(f"wrote {write_event_schema(open_project(ctx))}")
    else:
        say(schema_text().rstrip())
    return ExitCode.DONE


def _show(events: Sequence[Event | None], *, has_sites: bool) -> None:
    """Print what is made for each event that could be read, with an empty line between two."""
    readable = [event for event in events if event is not None]
    for number, event in enumerate(readable):
        if number:
            say()
        _show_event(event, has_sites=has_sites)


def _show_event(event: Event, *, has_sites: bool) -> None:
    from hrcpub.cli.tables import table
    from hrcpub.events.manifest.item_rows import item_rows

    columns = ["item", "edition", "printer", "language", "each", "sites", "pieces", "copies"]
    columns += ["approved"] if event.tells_approvals else []
    rows = list(item_rows(event))
    heads = dict(zip(columns, columns, strict=True))
    shown = [heads, *({key: _shown(value) for key, value in row.items()} for row in rows)]
    say(table(f"{event.id}: {event.name}, {event.date}, {event.place}", shown, columns))
    if has_sites and event.sites:
        sites = [
            {"id": site.id, "name": site.name.text, "tel": str(site.tel or "")}
            for site in event.sites
        ]
        say()
        say(table("Sites", sites, ("id", "tel", "name")))
    say(_total(event, rows))


def _shown(value: str | int) -> str:
    return f"{value:,}" if isinstance(value, int) else value


def _total(event: Event, rows: Sequence[dict[str, Any]]) -> str:
    counts = {
        "item": len(event.items),
        "site": len(event.sites),
        "piece": sum(row["pieces"] for row in rows),
    }
    total = [f"{count:,} {name}{'s' * (count != 1)}" for name, count in counts.items()]
    printed = sum(row["copies"] for row in rows)
    return f"\n{', '.join(total)}; {printed:,} copies with spares"


def _as_json(name: str, event: Event | None, problems: Sequence[Problem]) -> dict[str, object]:
    """Return plain values for `--json`; `items` is None if the manifest cannot be used."""
    from hrcpub.events.manifest.item_rows import item_rows

    return {
        "event": name,
        "name": str(event.name) if event else None,
        "date": event.date.isoformat() if event else None,
        "items": list(item_rows(event)) if event else None,
        "sites": [
            {"id": site.id, "name": site.name.text, "line": site.source.line}
            for site in event.sites
        ]
        if event
        else None,
        "problems": [problem.as_json() for problem in problems],
    }
