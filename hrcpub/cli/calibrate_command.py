"""`hrcpub calibrate`: a printer of one's own is measured once, and what is read is kept."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hrcpub.cli.program import open_project
from hrcpub.cli.show import say
from hrcpub.problems import ExitCode, HrcpubError
from hrcpub.project.sheets import SHEETS

if TYPE_CHECKING:
    from hrcpub.files.sources import Sources

PAGE_FOLDER = "calibration"  # in the project's output
# What is asked, in order: the key in printers.yaml, and the question.
QUESTIONS = (
    ("across", "Front. The bar across that says 100 mm or 4 in: how long is it"),
    ("down", "Front. The bar down that says 100 mm or 4 in: how long is it"),
    ("front.left", "Front. Mark A: how far is its upright line from the left edge"),
    ("front.top", "Front. Mark A: how far is its level line from the top"),
    ("back.left", "Back. Mark A: how far is its upright line from the left edge"),
    ("back.top", "Back. Mark A: how far is its level line from the top"),
    ("margins.left", "Front. The first number at the left edge whose line is there"),
    ("margins.top", "Front. The first number at the top whose line is there"),
    ("margins.right", "Front. The first number at the right edge whose line is there"),
    ("margins.bottom", "Front. The first number at the foot whose line is there"),
    ("speed", "How many sides does it print in a minute"),
)
_BARS = ("across", "down")
DOUBTFUL = "no printer is so far off: measure again, and look at the unit"
_BARE = "mm"  # a number without a unit


@click.command()
@click.argument("queue")
@click.option(
    "--sheet",
    type=click.Choice(list(SHEETS), case_sensitive=False),
    show_default="the project's paper-size, else letter",
    help="The paper that is measured on.",
)
@click.option("--measured", is_flag=True, help="Ask what you measured, and keep it.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    show_default="calibration/ in the project's output",
    help="The PDF to write.",
)
@click.pass_context
def calibrate(
    ctx: click.Context, queue: str, sheet: str | None, measured: bool, output: Path | None
) -> int:
    """Measure a printer once, so that what is printed on it lies where it should.

    Writes a page with rulers, bars and marks. Print it two-sided at actual size, measure it, then
    call this again with --measured. It asks one number after the other, and keeps them under
    office: in materials/printers.yaml. You may also type them there yourself.
    """
    sources = open_project(ctx)
    if not queue.strip():
        raise click.UsageError("name the printer's queue: lpstat -e lists them")
    if measured:
        return _keep(sources, queue)
    return _write_page(sources, queue, sheet, output)


def _write_page(sources: Sources, queue: str, sheet: str | None, output: Path | None) -> int:
    from hrcpub.build.store import not_written
    from hrcpub.events.paperwork import printed
    from hrcpub.events.paperwork.calibration_page import calibration_document
    from hrcpub.files.cache import write_whole
    from hrcpub.files.project import Project
    from hrcpub.project.paper_size import sheet_of

    project = Project(sources)
    paper = SHEETS[sheet] if sheet else sheet_of(project)
    name = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in queue)
    path = output or sources.root / "output" / PAGE_FOLDER / f"{name}-{paper.name}.pdf"
    made = printed(calibration_document(queue, paper, project), project)
    try:
        write_whole(path, made.pdf)
    except OSError as error:
        raise HrcpubError(not_written(str(path), error)) from None
    shown = path.relative_to(sources.root) if path.is_relative_to(sources.root) else path
    say(f"wrote {shown}")
    say("Print it two-sided (long edge) at actual size, 100 %, with no correction. Measure it.")
    say(f"Then run: hrcpub calibrate {shlex.quote(queue)} --measured")
    return ExitCode.DONE


def _keep(sources: Sources, queue: str) -> int:
    """Ask what was measured, write it, and read it again."""
    from hrcpub.files.sources import Sources as Reread
    from hrcpub.project.office_queues import PATH, office_queue, read_office_queues

    say("Measure in millimetres (19.6), or say the unit (0.77 in). Enter leaves a question out.")
    answers: dict[str, str] = {}
    for key, question in QUESTIONS:
        if answer := _asked(key, question):
            answers[key] = answer
    if not answers:
        say("nothing was typed, and nothing is changed")
        return ExitCode.DONE
    before = sources.text(PATH) if sources.has(PATH) else ""
    text = with_measures(before, queue, answers)
    path = sources.root / PATH
    _write_text(path, text)
    try:
        found = office_queue(queue, read_office_queues(Reread(sources.root)))
    except HrcpubError:
        _write_text(path, before)  # as it was: what is wrong is told
        raise
    say(f"wrote {PATH}: {found.name}")
    return ExitCode.DONE


def _asked(key: str, question: str) -> str:
    """Return an answer as the file has it, empty for none; asked again until it can be one."""
    while True:
        typed = click.prompt(question, default="", show_default=False, prompt_suffix="? ")
        try:
            return as_written(key, typed.strip())
        except ValueError as error:
            say(str(error) if str(error) == DOUBTFUL else "type a number, such as 19.6, or 0.77 in")


def as_written(key: str, typed: str) -> str:
    """Return what was typed as printers.yaml has it; raise ValueError where it is no measure."""
    from hrcpub import units
    from hrcpub.project.office_queues import (
        BARS,
        MARK,
        MOST_MARGIN,
        MOST_OFF,
        MOST_SHIFT,
        measured_share,
    )

    if not typed:
        return ""
    if key == "speed":
        if int(typed) < 1:
            raise ValueError(f"{typed} sides a minute")
        return typed
    text = typed.replace(",", ".")
    if text.replace(".", "", 1).isdigit():
        text = f"{text} {_BARE}"
    length = units.points(text)
    if key in _BARS:
        text = f"{text} of {BARS['in' if text.endswith(('in', chr(34))) else 'mm']}"
        is_doubtful = abs(measured_share(text) - 1) > MOST_OFF
    else:
        most = MOST_MARGIN if key.startswith("margins.") else MARK + MOST_SHIFT
        least = 0 if key.startswith("margins.") else MARK - MOST_SHIFT
        is_doubtful = not least <= length <= most
    if is_doubtful:
        raise ValueError(DOUBTFUL)
    return text


def with_measures(text: str, queue: str, answers: dict[str, str]) -> str:
    """Return the text of printers.yaml with what was measured of a queue; the rest stays."""
    from hrcpub.files.yaml_edits import Insert, Put, edited
    from hrcpub.files.yaml_spans import spans

    text = text if text.strip() else "office: []\n"
    plain = spans(text).plain
    entries = plain.get("office") if isinstance(plain, dict) else None
    known = [one for one in entries or () if isinstance(one, dict)]
    names = [one.get("queue") for one in known]
    if queue in names:
        number = names.index(queue)
        entry = _merged(known[number], answers)
        return edited(text, [Put(("office", number), entry)])
    entry = _merged({"queue": queue}, answers)
    if known:
        return edited(text, [Insert(("office", len(known)), entry)])
    return edited(text, [Put(("office",), [entry])])


def _merged(entry: dict[str, Any], answers: dict[str, str]) -> dict[str, Any]:
    """Return an entry with answers in it; those of a group join what is in it."""
    merged = {
        key: dict(value) if isinstance(value, dict) else value for key, value in entry.items()
    }
    for key, answer in answers.items():
        group, _, name = key.partition(".")
        if name:
            merged.setdefault(group, {})[name] = answer
        else:
            merged[group] = answer
    return merged


def _write_text(path: Path, text: str) -> None:
    from hrcpub.build.store import not_written
    from hrcpub.files.cache import write_whole

    try:
        if text:
            write_whole(path, text.encode())
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise HrcpubError(not_written(str(path), error)) from None
