"""`hrcpub labels`: an event's boxes or sites to labels on die-cut sheets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hrcpub.cli.eventing import event_completions
from hrcpub.cli.program import as_json, completions, open_project
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.problems import ExitCode, HrcpubError, Problem, did_you_mean
from hrcpub.project.sheets import SHEETS

if TYPE_CHECKING:
    from hrcpub.events.labels import LabelOrder, LabelWords
    from hrcpub.events.manifest.event import Event
    from hrcpub.files.project import Project
    from hrcpub.files.sources import Sources
    from hrcpub.project.label_sheets import LabelSheet

# What is taken where no sheet is named: by what stands on it, and the family of the office's paper.
USUAL = {
    ("boxes", "letter"): "5164",
    ("boxes", "a4"): "l7165",
    ("addresses", "letter"): "5160",
    ("addresses", "a4"): "l7160",
}
FOLDER = "labels"  # in the event's


def _sheets(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Complete the number of a sheet in a shell."""
    from hrcpub.project.label_sheets import read_label_sheets

    return completions(ctx, lambda sources: tuple(read_label_sheets(sources)), incomplete)


@click.command()
@click.argument("event", required=False, shell_complete=event_completions)
@click.option(
    "--boxes", "kind", flag_value="boxes", default=True, help="A label for each box (the default)."
)
@click.option("--addresses", "kind", flag_value="addresses", help="One for each site's address.")
@click.option(
    "--sheet",
    metavar="NUMBER",
    shell_complete=_sheets,
    show_default="5164 or L7165 for boxes, 5160 or L7160 for addresses",
    help="The number on the box of label sheets: 5163, L7160, …",
)
@click.option(
    "--start",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="The first label that is still on a used sheet, counted along the rows.",
)
@click.option(
    "--each",
    type=click.IntRange(1, 100),
    default=1,
    show_default=True,
    help="How many of each label.",
)
@click.option("--printer", metavar="NAME", help="Only the boxes that this printer packs.")
@click.option("--only", multiple=True, metavar="SITE", help="Only these sites' addresses.")
@click.option("--outlines", is_flag=True, help="Show the labels' edges: a proof for plain paper.")
@click.option("--list", "is_list", is_flag=True, help="List the sheets that are known.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    show_default="labels/ in the event's folder",
    help="The PDF to write.",
)
@as_json
@click.pass_context
def labels(ctx: click.Context, /, event: str | None, **options: Any) -> int:
    """Print labels for an event's boxes, or for its sites' addresses.

    Print the file at actual size (100 %, no fitting). Try it once with --outlines on plain paper,
    and hold that against a sheet of labels.
    """
    sources = open_project(ctx)
    if options["is_list"]:
        return _list(sources, options["as_json"])
    if event is None:
        raise click.UsageError("name an event, or ask for the sheets that are known with --list")
    return _print(sources, event, options)


def _list(sources: Sources, as_json: bool) -> int:
    from hrcpub.cli.tables import table
    from hrcpub.project.label_sheets import read_label_sheets

    rows = [
        {
            "sheet": sheet.number.upper(),
            "paper": sheet.paper,
            "label": sheet.label_size,
            "about": sheet.about,
            "also": ", ".join(name.upper() for name in sheet.also),
        }
        for sheet in read_label_sheets(sources).values()
    ]
    if as_json:
        say_json(rows)
    else:
        say(table("Sheets of labels", rows, ("sheet", "paper", "label", "about", "also")))
    return ExitCode.DONE


def _print(sources: Sources, name: str, options: Mapping[str, Any]) -> int:
    """Write the labels of an event, and say how many sheets they take."""
    from hrcpub.events.labels import LabelOrder, label_document, sheets_for
    from hrcpub.events.manifest.manifest import read_event
    from hrcpub.events.paperwork import printed
    from hrcpub.files.project import Project

    project = Project(sources)
    event = read_event(project, name)
    sheet = _sheet(project, options["kind"], options["sheet"])
    if options["start"] > sheet.count:
        raise click.UsageError(f"--start: a sheet of {sheet.number.upper()} has {sheet.count}")
    words = _words(event, options)
    order = LabelOrder(sheet, options["start"], options["each"], options["outlines"])
    paper = printed(label_document(event, words, order, project), project)
    problems = (*event.problems, *paper.problems)
    path = options["output"] or _path(sources, event, options["kind"], order)
    _write(path, paper.pdf)
    sheets = sheets_for(len(words), order)
    if options["as_json"]:
        facts = {"file": str(path), "sheet": sheet.number, "labels": len(words) * order.each}
        say_json(
            facts | {"sheets": sheets, "problems": [problem.as_json() for problem in problems]}
        )
    else:
        show_problems(problems)
        say(_told(path, sources, sheet, len(words) * order.each, sheets))
    is_wrong = any(problem.is_error for problem in problems)
    return ExitCode.PROBLEMS if is_wrong else ExitCode.DONE


def _sheet(project: Project, kind: str, name: str | None) -> LabelSheet:
    from hrcpub.project.label_sheets import label_sheet, read_label_sheets
    from hrcpub.project.paper_size import sheet_of

    usual = USUAL[kind, SHEETS[sheet_of(project).name].family]
    return label_sheet(name or usual, read_label_sheets(project.sources))


def _words(event: Event, options: Mapping[str, Any]) -> tuple[LabelWords, ...]:
    """Return what the labels say; raise HrcpubError where there is nothing to say."""
    from hrcpub.events.labels import address_labels, box_labels

    known = [site.id for site in event.sites]
    if unknown := [site for site in options["only"] if site not in known]:
        raise HrcpubError(*(unknown_site(site, known) for site in unknown))
    if options["kind"] == "addresses":
        words = address_labels(event, options["only"])
    else:
        makers = list(dict.fromkeys(item.vendor for item in event.items))
        if options["printer"] and options["printer"] not in makers:
            hint = did_you_mean(options["printer"], makers)
            raise click.UsageError(f'no item is made by "{options["printer"]}": {hint}')
        words = box_labels(event, options["printer"])
    if not words:
        raise HrcpubError(nothing_to_label(event.path))
    return words


def _path(sources: Sources, event: Event, kind: str, order: LabelOrder) -> Path:
    proof = "-outlines" if order.outlines else ""
    name = f"{kind}-{order.sheet.number}{proof}.pdf"
    return sources.root / "output" / "events" / event.id / FOLDER / name


def _write(path: Path, data: bytes) -> None:
    from hrcpub.build.store import not_written
    from hrcpub.files.cache import write_whole

    try:
        write_whole(path, data)
    except OSError as error:
        raise HrcpubError(not_written(str(path), error)) from None


def _told(path: Path, sources: Sources, sheet: LabelSheet, labels: int, sheets: int) -> str:
    shown = path.relative_to(sources.root) if path.is_relative_to(sources.root) else path
    many = f"{labels} label{'' if labels == 1 else 's'}"
    paper = f"{sheets} sheet{'' if sheets == 1 else 's'} of {sheet.number.upper()}"
    return f"{shown}: {many} on {paper}; print at 100 %"


def unknown_site(site: str, known: list[str]) -> Problem:
    """A site was named that the event does not have.

    Fix: look for a slip in its id. `hrcpub event check NAME` lists the sites of an event with their
    ids.
    """
    return Problem(
        "label-site-unknown", f'the event has no site "{site}"', None, did_you_mean(site, known)
    )


def nothing_to_label(path: str) -> Problem:
    """There is nothing to put labels on: the event has no sites, or nothing is printed for them.

    Fix: for addresses, name sites in the event's table. For boxes, let items be printed for them.
    """
    return Problem("label-nothing", f"{path} has nothing to put labels on")


CODES = {"label-site-unknown": unknown_site, "label-nothing": nothing_to_label}
