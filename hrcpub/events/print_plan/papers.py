"""A plan to its papers: the plan to hang up beside the printer, and the separators of its piles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from hrcpub.events.imprint import Imprint, ImprintLine, as_html, blocks, tab_box
from hrcpub.events.labels.lines import LabelBlock, contents_block, name_block
from hrcpub.events.labels.words import LabelContent
from hrcpub.events.manifest.event import Event
from hrcpub.events.paperwork import phrases
from hrcpub.events.print_plan.plan import Load, Print, PrintPlan, Separate, minutes
from hrcpub.events.print_plan.progress import PrintProgress
from hrcpub.files.project import Project
from hrcpub.pipeline.compose import compose_paperwork, paper_faces
from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.stages import Html
from hrcpub.project.layout import read_system
from hrcpub.project.sheets import SHEETS
from hrcpub.units import Rect, Size, css

OFFICE_FOLDER = "office/"  # which the head of the column names
SIDE = 27.0  # points, of a separator: its margin
TAB_ROOM = 110.0  # at the right, where the tab is
NAMES = (150.0, 130.0, 112.0, 96.0, 82.0, 70.0, 60.0, 51.0, 44.0, 38.0, 32.0, 26.0, 20.0, 14.0)
NAME_ROOM = 300.0
TEXTS = (20.0, 17.0, 15.0, 13.0, 11.0, 9.5, 8.5, 7.5)
SEPARATOR_NOTE = "Separator sheet. Its black tab is this pile's place in all stacks."


class PlanRow(NamedTuple):
    """A line of the plan, as its template shows it."""

    steps: str  # "2, 3": the pile's separator, and the file
    name: str  # whose pile, where one begins
    what: str
    path: str
    times: str
    sheets: str
    is_done: bool


class PlanPart(NamedTuple):
    """A paper and what is printed on it."""

    load: Load
    sheets: str
    reams: str
    minutes: str
    rows: tuple[PlanRow, ...]


class SeparatorSheet(NamedTuple):
    """A separator, as its template shows it."""

    name: str  # HTML
    text: str  # HTML
    tab: str  # its style


def plan_document(
    event: Event,
    plan: PrintPlan,
    project: Project,
    progress: PrintProgress | None = None,
    speed: float | None = None,
) -> Html:
    """Return the plan to be printed; `speed` is the printer's, in sides a minute."""
    done = progress or PrintProgress()
    context = {
        "event": event,
        "held": phrases.day(event.date),
        "due": phrases.day(event.delivery.due) if event.delivery.due else None,
        "sheets": phrases.several(plan.sheets, "sheet"),
        "minutes": told_minutes(minutes(plan.steps, speed)),
        "parts": list(_parts(plan, done, speed)),
    }
    return compose_paperwork("print-plan", context, project)


def told_minutes(count: float | None) -> str:
    """Return a time in words; nothing where it is not known."""
    if count is None:
        return ""
    whole = max(1, round(count))
    if whole < 120:
        return phrases.several(whole, "minute")
    return f"{whole // 60} h {whole % 60:02} min"


def _parts(plan: PrintPlan, done: PrintProgress, speed: float | None) -> Iterator[PlanPart]:
    for load in plan.loads:
        steps = [step for step in plan.printed if step.paper == load.paper]
        yield PlanPart(
            load,
            phrases.several(load.sheets, "sheet"),
            phrases.several(load.reams, "ream"),
            told_minutes(minutes(steps, speed)),
            tuple(_rows(steps, done)),
        )


def _rows(steps: Sequence[Separate | Print], done: PrintProgress) -> Iterator[PlanRow]:
    """Yield a row for each file; the first one of a pile has its separator's number too."""
    separator, last = None, ""
    for step in steps:
        if isinstance(step, Separate):
            separator = step
            continue
        numbers = [separator.number, step.number] if separator else [step.number]
        name = step.pile.name if step.pile.name != last else ""
        separator, last = None, step.pile.name
        yield _row(step, ", ".join(map(str, numbers)), name, is_done=done.is_done(step))


def _row(step: Print, steps: str, name: str, *, is_done: bool) -> PlanRow:
    many = f", for {phrases.several(len(step.shares), 'site')}" if step.shares else ""
    return PlanRow(
        steps,
        name,
        f"{step.kind}{many}",
        step.file.path.removeprefix(OFFICE_FOLDER),
        phrases.number(step.times),
        phrases.number(step.sheets),
        is_done,
    )


def separators_document(event: Event, plan: PrintPlan, project: Project) -> Html | None:
    """Return all separators of a whole plan, a page for each; None where it has none."""
    if not plan.separators:
        return None
    size = _size(plan)
    faces = _faces(plan, project)
    ink = project.known("system", read_system).ink.screen
    sheets = [_separator(step, size, faces, ink) for step in plan.separators]
    return compose_paperwork("separators", {"event": event, "sheets": sheets}, project, sheet=size)


def _size(plan: PrintPlan) -> Size:
    """Return the sheet that separators are made for: the smallest that piles are printed on."""
    names = {step.paper.sheet for step in plan.separators}
    sizes = [SHEETS[name].size for name in names if name in SHEETS]
    return min(sizes, key=lambda size: size.width * size.height)


def _faces(plan: PrintPlan, project: Project) -> Mapping[str, Face]:
    told = (f"{step.pile.name} {one.what}" for step in plan.separators for one in step.contents)
    said = " ".join(told)
    system = project.known("system", read_system)
    return paper_faces(escape(said), system, project)[1]


def _separator(step: Separate, size: Size, faces: Mapping[str, Face], ink: str) -> SeparatorSheet:
    measure = size.width - 2 * SIDE
    name = _name(step.pile.name, faces, measure).moved_down(SIDE)
    top = SIDE + name.height + 24.0
    room = size.height - SIDE - 24.0 - top
    text = _contents(step.contents, faces, measure - TAB_ROOM, room).moved_down(top)
    note = ImprintLine(SEPARATOR_NOTE, blocks.TEXT, 8.0, 0.0, size.height - SIDE)
    lines = [_right(line) for line in (*text.lines, note)]
    large = [_right(line) for line in name.lines]
    return SeparatorSheet(
        _html(large, size, faces, ink),
        _html(lines, size, faces, ink),
        _style(tab_box(size, step.pile.tab), size),
    )


def _right(line: ImprintLine) -> ImprintLine:
    """Return a line moved in from the sheet's edge."""
    return line._replace(x=line.x + SIDE)


def _html(lines: Sequence[ImprintLine], size: Size, faces: Mapping[str, Face], ink: str) -> str:
    return as_html(Imprint(size, tuple(lines)), faces, ink, lambda says: says)


def _name(text: str, faces: Mapping[str, Face], measure: float) -> LabelBlock:
    """Return a name as large as it goes: read from across the room."""
    tried = (name_block(text, faces, size, measure) for size in NAMES)
    fitting = (block for block in tried if block and block.height <= NAME_ROOM)
    return next(fitting, None) or LabelBlock((), 0.0)


def _contents(
    listed: Sequence[LabelContent], faces: Mapping[str, Face], width: float, room: float
) -> LabelBlock:
    """Return what is in a pile, as large as it goes; what has no room is in the packing list."""
    for size in TEXTS:
        block = contents_block(listed, faces, size, width)
        if block and block.height <= room:
            return block
    more = LabelContent("…", "and more: see the packing list")
    return _contents((*listed[: len(listed) // 2], more), faces, width, room)


def _style(box: Rect, size: Size) -> str:
    """Return where a tab is, y downwards; what runs off the sheet is not drawn."""
    return (
        f"left:{css(box.left)};top:{css(size.height - box.top)};"
        f"width:{css(size.width - box.left)};height:{css(box.height)}"
    )
