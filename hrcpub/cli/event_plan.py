"""`hrcpub event plan`: an event's office part by paper, what of it is printed, and its papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hrcpub.cli.eventing import event, event_completions, output_folder
from hrcpub.cli.program import as_json, open_project
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.problems import ExitCode, HrcpubError

if TYPE_CHECKING:
    from hrcpub.events.fulfil.printable import EventPlan
    from hrcpub.events.print_plan import PlanStep, PrintPlan, PrintProgress, Separate
    from hrcpub.files.project import Project
    from hrcpub.files.sources import Sources

LOADED = "load"
_SIDES = {
    "one-sided": "one side",
    "two-sided-long-edge": "two sides, long edge",
    "two-sided-short-edge": "two sides, short edge",
}


@event.command()
@click.argument("name", shell_complete=event_completions)
@click.option(
    "--only",
    multiple=True,
    metavar="NAME",
    show_default="everything",
    help="Only this site, item or paper: an id, or yellow. May be given several times.",
)
@click.option("--from", "start", type=click.IntRange(1), metavar="STEP", help="From this step on.")
@click.option("--to", "end", type=click.IntRange(1), metavar="STEP", help="Up to this step.")
@click.option(
    "--first", type=click.IntRange(1), metavar="N", help="The first N files that are left to print."
)
@click.option("--all", "is_all", is_flag=True, help="With what is printed already.")
@click.option(
    "--mark-printed",
    "marked",
    multiple=True,
    metavar="STEP[:SHEETS]",
    help="Note that a step is printed, or so many sheets of it. May be given several times.",
)
@click.option("--queue", metavar="QUEUE", help="The printer whose speed is reckoned with.")
@output_folder
@as_json
@click.pass_context
def plan(ctx: click.Context, /, name: str, **options: Any) -> int:
    """Say what the office prints for an event, paper by paper: load yellow, 140 sheets; then pink.

    Writes the plan and the separators of its piles as PDFs beside the event's files. Build the
    event first. What is noted as printed is left out, so that you can stop and go on.
    """
    from hrcpub.events.fulfil.printable import event_plan
    from hrcpub.files.project import Project

    sources = open_project(ctx)
    folder = _folder(sources, name, options["output"])
    project = Project(sources)
    found = event_plan(project, name, folder)
    progress = _progress(found.plan, folder, options["marked"])
    shown = _shown(found.plan, progress, options)
    speed = _speed(sources, options["queue"])
    papers = _written(found, folder, project, progress, speed)
    if options["as_json"]:
        say_json(_as_json(shown, progress, speed, papers, found))
    else:
        show_problems(found.problems)
        for line in _lines(found, shown, progress, speed):
            say(line)
        for path in papers:
            say(f"wrote {_near(path, sources)}", err=True)
    return ExitCode.DONE


def _folder(sources: Sources, name: str, output: Path | None) -> Path:
    from hrcpub.events.fulfil.outcome import FOLDER
    from hrcpub.events.manifest.manifest import event_path

    event_path(sources, name)  # raises if there is no such event
    return (output.resolve() if output else sources.root / "output") / FOLDER / name


def _near(path: Path, sources: Sources) -> Path:
    return path.relative_to(sources.root) if path.is_relative_to(sources.root) else path


def _speed(sources: Sources, queue: str | None) -> float | None:
    """Return how many sides a minute are printed: by the queue that is named, or the only one."""
    from hrcpub.project.office_queues import office_queue, read_office_queues

    known = read_office_queues(sources)
    if queue is not None:
        return office_queue(queue, known).speed
    return known[0].speed if len(known) == 1 else None


def _progress(plan: PrintPlan, folder: Path, marked: Sequence[str]) -> PrintProgress:
    """Return what is printed by now, with what is marked; that is written."""
    from hrcpub.events.print_plan import read_progress

    progress = read_progress(folder)
    steps = {step.number: step for step in plan.printed}
    for text in marked:
        number, _, sheets = text.partition(":")
        if not number.isdigit() or not (sheets.isdigit() or ":" not in text):
            raise click.UsageError(f'--mark-printed takes 12, or 12:40, not "{text}"')
        if int(number) not in steps:
            raise click.UsageError(f"--mark-printed: step {number} prints nothing")
        progress = progress.noted(steps[int(number)], int(sheets) if sheets else None)
    return progress.written(folder) if marked else progress


def _shown(plan: PrintPlan, progress: PrintProgress, options: Mapping[str, Any]) -> PrintPlan:
    """Return the steps that are asked for; raise HrcpubError for a name that means nothing."""
    from hrcpub.events.print_plan import Choice, PrintProgress, chosen
    from hrcpub.events.print_plan.chosen import unknown_choices

    choice = Choice(options["only"], options["first"], options["start"], options["end"])
    if unknown := unknown_choices(plan, choice):
        raise HrcpubError(*unknown)
    return chosen(plan, choice, PrintProgress() if options["is_all"] else progress)


def _written(
    found: EventPlan, folder: Path, project: Project, progress: PrintProgress, speed: float | None
) -> list[Path]:
    """Write the papers of a whole plan; none where there is nothing to print."""
    from hrcpub.build.store import not_written
    from hrcpub.events.paperwork import printed
    from hrcpub.events.print_plan import PLAN, SEPARATORS, plan_document, separators_document
    from hrcpub.files.cache import write_whole

    if not found.plan.printed:
        return []
    documents = {
        PLAN: plan_document(found.event, found.plan, project, progress, speed),
        SEPARATORS: separators_document(found.event, found.plan, project),
    }
    paths = []
    for name, html in documents.items():
        if html is not None:
            paths.append(folder / name)
            try:
                write_whole(paths[-1], printed(html, project).pdf)
            except OSError as error:
                raise HrcpubError(not_written(str(paths[-1]), error)) from None
    return paths


def _lines(
    found: EventPlan, shown: PrintPlan, progress: PrintProgress, speed: float | None
) -> Iterator[str]:
    """Yield the plan as people read it."""
    from hrcpub.events.print_plan import Load

    if not found.plan.printed:
        # Without its files a plan is empty: that is told before.
        why = (
            "nothing is built that the office prints"
            if found.problems
            else "the office has nothing to print"
        )
        yield f"{found.event.id}: {why}"
        return
    yield _headline(found, shown, progress, speed)
    for step in shown.steps:
        if isinstance(step, Load):
            yield ""
        yield from _step(step, progress)


def _headline(
    found: EventPlan, shown: PrintPlan, progress: PrintProgress, speed: float | None
) -> str:
    """Return how much is left of what is shown, and how much of the whole is done."""
    from hrcpub.events.paperwork import phrases
    from hrcpub.events.print_plan import minutes
    from hrcpub.events.print_plan.papers import told_minutes

    left = sum(step.sheets - progress.done(step) for step in shown.printed)
    done = sum(progress.done(step) for step in found.plan.printed)
    papers = phrases.several(len(shown.loads), "paper")
    what = f"{phrases.several(left, 'sheet')} on {papers}" if left else "nothing is left to print"
    time = told_minutes(minutes(shown.steps, speed)) if left else ""
    about = f", about {time}" if time else ""
    printed = f"; {phrases.several(done, 'sheet')} printed already" if done else ""
    return f"{found.event.name}: {what}{about}{printed}"


def _step(step: PlanStep, progress: PrintProgress) -> Iterator[str]:
    from hrcpub.events.paperwork import phrases
    from hrcpub.events.print_plan import Load, Separate

    if isinstance(step, Load):
        paper = step.paper
        stock = f" ({paper.stock})" if paper.stock else ""
        sheets = phrases.several(step.sheets, "sheet")
        reams = phrases.several(step.reams, "ream")
        yield f"{step.number:>4}  Load {paper.colour}{stock}, {paper.sheet}: {sheets}, {reams}"
        return
    begun = progress.done(step)
    note = f"   {phrases.several(begun, 'sheet')} printed" if begun else ""
    if isinstance(step, Separate):
        yield f"{step.number:>4}    {step.pile.name}: separator{note}"
        return
    if begun == step.sheets:
        yield f"{step.number:>4}      {step.file.path}{note}"
        return
    times = phrases.several(progress.times_left(step), "time")
    sheets = phrases.several(step.sheets - begun, "sheet")
    yield f"{step.number:>4}      {step.file.path}   {times}, {sheets}, {_SIDES[step.sides]}{note}"


def _as_json(
    shown: PrintPlan,
    progress: PrintProgress,
    speed: float | None,
    papers: Sequence[Path],
    found: EventPlan,
) -> dict[str, Any]:
    from hrcpub.events.print_plan import minutes

    return {
        "event": shown.event,
        "sheets": shown.sheets,
        "minutes": minutes(shown.steps, speed),
        "papers": [str(path) for path in papers],
        "steps": [_step_json(step, progress) for step in shown.steps],
        "problems": [problem.as_json() for problem in found.problems],
    }


def _told(step: Separate) -> list[str]:
    return [f"{one.quantity} {one.what}" for one in step.contents]


def _step_json(step: PlanStep, progress: PrintProgress) -> dict[str, Any]:
    from hrcpub.events.print_plan import Load, Separate

    common = {"step": step.number, **step.paper._asdict(), "sheets": step.sheets}
    if isinstance(step, Load):
        return {"do": LOADED, **common, "reams": step.reams}
    common |= {"site": step.pile.site, "pile": step.pile.name, "done": progress.done(step)}
    if isinstance(step, Separate):
        return {"do": "separate", **common, "page": step.page, "contents": _told(step)}
    return {
        "do": "print",
        **common,
        "item": step.item,
        "what": step.what,
        "file": step.file.path,
        "times": step.times,
        "sides": str(step.sides),
        "pieces": step.pieces,
    }
