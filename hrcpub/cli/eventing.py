"""The commands of `hrcpub event`: a manifest written, looked over and listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hrcpub.cli import InOrder, completions, open_project
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.problems import ExitCode, HrcpubError, Problem

if TYPE_CHECKING:
    from hrcpub.events.manifest.event import Event, Item


@click.group(cls=InOrder)
def event() -> None:
    """Print for an event: many pieces, languages and sites from one manifest.

    \b
    Begin:        hrcpub event new health-fair
                  hrcpub event check health-fair
    """


def event_completions(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Complete an event's name in a shell."""
    from hrcpub.events.manifest.manifest import event_names

    return completions(ctx, event_names, incomplete)


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
some_events = click.argument("names", nargs=-1, shell_complete=event_completions)


@event.command()
@click.argument("name")
@click.pass_context
def new(ctx: click.Context, name: str) -> int:
    """Write a new manifest: materials/events/NAME.yaml, each line explained.

    Where there is no materials/sites.csv, that is written too, with one row to replace.
    """
    from hrcpub.cli.event_files import start_event

    for path in start_event(open_project(ctx), name):
        say(f"wrote {path}")
    say(f"write what you need into them, then: hrcpub event check {name}")
    return ExitCode.DONE


@event.command()
@some_events
@as_json
@click.pass_context
def check(ctx: click.Context, names: tuple[str, ...], as_json: bool) -> int:
    """Look for mistakes in all events, or those that are named, and say how much is printed.

    Manifest, table of sites and materials are read; nothing is laid out and no file written.
    """
    from hrcpub.events.manifest.manifest import event_names, read_event
    from hrcpub.files.project import Project

    project = Project(open_project(ctx))
    found: dict[str, Event | None] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    for name in dict.fromkeys(names or event_names(project.sources)):
        try:
            found[name] = one = read_event(project, name)
            problems[name] = one.problems
        except HrcpubError as error:
            found[name], problems[name] = None, error.problems
    if as_json:
        say_json([_as_json(name, one, problems[name]) for name, one in found.items()])
    else:
        show_problems(dict.fromkeys(problem for each in problems.values() for problem in each))
        _tell(list(found.values()), has_sites=bool(names))
    is_wrong = any(problem.is_error for each in problems.values() for problem in each)
    return ExitCode.PROBLEMS if is_wrong else ExitCode.DONE


@event.command()
@click.argument("name", shell_complete=event_completions)
@click.option("--only", multiple=True, metavar="ID", help="Only this item, or site; repeatable.")
@click.option("--jobs", default="auto", show_default=True, help="How many workers; 1: none.")
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler's address: tcp://host:8786.")
@click.option("--force", is_flag=True, help="Make everything anew.")
@click.option(
    "--output", type=click.Path(file_okay=False, path_type=Path), help="Instead of output/."
)
@as_json
@click.pass_context
def build(
    ctx: click.Context,
    name: str,
    only: tuple[str, ...],
    jobs: str,
    cluster: str | None,
    force: bool,
    output: Path | None,
    as_json: bool,
) -> int:
    """Make an event's files: a folder and a zip for each printer, with tickets and lists.

    What is current is left alone, and what fails stops nothing else; the same command again makes
    what is missing.
    """
    from hrcpub.cli import event_building
    from hrcpub.events.fulfil.outcome import EventOptions

    sources = open_project(ctx)
    wishes = EventOptions(event_building.workers(jobs), force, only)
    if cluster:
        from hrcpub.events.fulfil.cluster import Cluster

        wishes = wishes._replace(cluster=Cluster(cluster))
    return event_building.build(sources, name, output, wishes, as_json=as_json)


@event.command()
@click.argument("name", shell_complete=event_completions)
@click.option(
    "--output", type=click.Path(file_okay=False, path_type=Path), help="Instead of output/."
)
@as_json
@click.pass_context
def status(ctx: click.Context, name: str, output: Path | None, as_json: bool) -> int:
    """Say what is made of an event, what is out of date, and what is missing."""
    from hrcpub.cli import event_building

    return event_building.status(open_project(ctx), name, output, as_json=as_json)


@event.command("list")
@as_json
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> int:
    """List events: name, day, title and place."""
    from hrcpub.cli.lists import event_rows, table

    rows = event_rows(open_project(ctx))
    if as_json:
        say_json(rows)
    else:
        say(table("Events", rows, ("name", "date", "title", "place")))
    return ExitCode.DONE


@event.command()
@click.option("--write", is_flag=True, help="Write it to materials/events/schema.json.")
@click.pass_context
def schema(ctx: click.Context, write: bool) -> int:
    """Print the manifests' JSON Schema, by which an editor completes and checks them."""
    from hrcpub.cli.event_files import write_event_schema
    from hrcpub.events.manifest.schema import schema_text

    if write:
        say(f"wrote {write_event_schema(open_project(ctx))}")
    else:
        say(schema_text().rstrip())
    return ExitCode.DONE


def _tell(events: Sequence[Event | None], *, has_sites: bool) -> None:
    """Print what is made for each event, after an empty line between two."""
    from hrcpub.cli.lists import table

    columns = ("item", "edition", "printer", "language", "each", "sites", "pieces", "copies")
    is_first = True
    for one in events:
        if one is None:
            continue
        if not is_first:
            say()
        is_first = False
        rows = list(_rows(one))
        heads = dict(zip(columns, columns, strict=True))
        shown = [heads, *({key: _shown(value) for key, value in row.items()} for row in rows)]
        say(table(f"{one.id}: {one.name}, {one.date}, {one.place}", shown, columns))
        if has_sites and one.sites:
            lines = [
                {"id": site.id, "name": site.name.text, "tel": str(site.tel or "")}
                for site in one.sites
            ]
            say()
            say(table("Sites", lines, ("id", "tel", "name")))
        say(_total(one, rows))


def _shown(value: str | int) -> str:
    return f"{value:,}" if isinstance(value, int) else value


def _rows(one: Event) -> Iterator[dict[str, Any]]:
    """Yield a row for each item in each language."""
    for item in one.items:
        for language, quantity in item.quantities.items():
            yield {
                "item": item.id,
                "edition": item.edition,
                "printer": item.printer.name,
                "language": language,
                "each": quantity,
                "sites": len(item.sites),
                "pieces": max(1, len(item.sites)),
                "copies": _copies(item, quantity),
            }


def _copies(item: Item, quantity: int) -> int:
    """Return how many are printed for all sites together, with spares for all together."""
    from hrcpub.events.manifest.event import copies

    return copies(quantity * max(1, len(item.sites)), item.spares)


def _total(one: Event, rows: Sequence[dict[str, Any]]) -> str:
    counts = {
        "item": len(one.items),
        "site": len(one.sites),
        "piece": sum(row["pieces"] for row in rows),
    }
    said = [f"{many:,} {name}{'s' * (many != 1)}" for name, many in counts.items()]
    printed = sum(row["copies"] for row in rows)
    return f"\n{', '.join(said)}; {printed:,} copies with spares"


def _as_json(name: str, one: Event | None, problems: Sequence[Problem]) -> dict[str, Any]:
    """Return plain values; `items` is None where the manifest cannot be used."""
    return {
        "event": name,
        "name": str(one.name) if one else None,
        "date": one.date.isoformat() if one else None,
        "items": list(_rows(one)) if one else None,
        "sites": [
            {"id": site.id, "name": site.name.text, "line": site.source.line} for site in one.sites
        ]
        if one
        else None,
        "problems": [problem.as_json() for problem in problems],
    }
