"""A material, laid out once in each form, to the proven files of its editions."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Generator, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from hrcpub import loading
from hrcpub.build.abreast import can_fork, finish_all
from hrcpub.build.desk_notes import around_pieces, desk_note, paper_of, together
from hrcpub.build.findings import Findings
from hrcpub.build.job import Job
from hrcpub.build.store import Store, versions
from hrcpub.files.cache import Ahead
from hrcpub.files.project import Project
from hrcpub.pipeline.blame import blamed, of_editions
from hrcpub.pipeline.compose import compose_slugs
from hrcpub.pipeline.copyfit import copyfit
from hrcpub.pipeline.demands import demands_of
from hrcpub.pipeline.fullness import fullness
from hrcpub.pipeline.preflight import Expected, limits_of, preflight
from hrcpub.pipeline.preflight.scanning import unread_codes
from hrcpub.pipeline.prepress import Demands, prepress
from hrcpub.pipeline.stages import Fullness, Output, Pdf, Sheets, Typeset
from hrcpub.pipeline.typeset import failures, typeset, weasyprint_log, with_all_words
from hrcpub.pipeline.typeset.engine import library_versions
from hrcpub.problems import HrcpubError, Problem, stop_on_errors
from hrcpub.project.edition import Edition, PaperColour
from hrcpub.project.material import Material, read_material
from hrcpub.project.material.trace import trace_of
from hrcpub.project.placeholders import unfit_for
from hrcpub.project.printers import Printer, printer, read_printers
from hrcpub.units import Size

if TYPE_CHECKING:
    from hrcpub.pipeline.impose import ImposeTask, SheetLayout


class MadeEditions(NamedTuple):
    """The files that were made, why others were not, and how full the layout is."""

    outputs: list[Output]
    failures: tuple[Problem, ...]
    full: dict[str, Fullness]  # by form


def make_editions(
    job: Job,
    editions: list[str],
    project: Project,
    store: Store | Findings,
    *,
    is_alone: bool = False,
) -> MadeEditions:
    """Lay a material out once in each form, and make its editions.

    `is_alone`: no other piece is made meanwhile, so that two processes may share in the editions.
    Raises HrcpubError when none can be made.
    """
    material = read_material(project, job.material, is_draft=job.is_draft)
    shop = printer(job.printer, project.known("printers", read_printers))
    laid = _laid(material, editions, job, shop, project)
    tasks, full, refused = _drawn_once(laid.tasks), laid.full, laid.refused
    outputs: list[Output] = []
    finished = _finished(tasks, job, shop, project, store, is_alone=is_alone)
    with contextlib.closing(finished):
        for name, done, ahead in finished:
            try:
                if isinstance(done, HrcpubError):
                    raise done
                store.note_libraries()
                output = replace(done.output, fullness=full[tasks[name].edition.form])
                reads = project.sources.reads
                outputs.append(store.keep(job, output, done.data, reads, _versions(), ahead))
            except HrcpubError as error:
                refused[name] = error.problems
    told = [
        (name, problem)
        for name in editions
        if name in refused
        # What is doubtful about the words may be why.
        for problem in (*refused[name], *material.problems)
    ]
    return MadeEditions(outputs, tuple(of_editions(told, job.editions)), full)


class _LaidOut(NamedTuple):
    """The editions that can be finished, how full each form is, and why others cannot be."""

    tasks: dict[str, _EditionTask]
    full: dict[str, Fullness]
    refused: dict[str, tuple[Problem, ...]]


def _laid(
    material: Material, editions: list[str], job: Job, shop: Printer, project: Project
) -> _LaidOut:
    """Lay a material out, once for all editions of a form."""
    laid: dict[tuple[str, bool], Typeset] = {}
    found = _LaidOut({}, {}, {})
    for name in editions:
        edition = material.layout.edition(name)
        form, how = edition.form, PaperColour(job.paper) if job.paper else edition.paper
        try:
            if unfit := unfit_for(edition, material.problems):
                if job.is_usual:  # its warnings say that there is no such file
                    continue
                raise HrcpubError(*unfit)
            written = material.laid_for(edition)
            way = (form, written.spares_toner)
            if way not in laid:
                laid[way] = copyfit(written, project, form, shop.bleed, shop.safe)
                found.full[form] = fullness(written, laid[way], form)
            found.tasks[name] = _EditionTask(written, laid[way], edition, how)
        except HrcpubError as error:
            found.refused[name] = error.problems
    return found


class _EditionTask(NamedTuple):
    """One edition that is to be finished."""

    material: Material
    pages: Typeset
    edition: Edition
    how: PaperColour

    @property
    def is_imposed(self) -> bool:
        """Whether it goes onto sheets, with slugs that are typeset under it."""
        return bool(self.edition.sheet) and not self.edition.is_sheet(self.pages.html.trim)


def _drawn_once(tasks: dict[str, _EditionTask]) -> dict[str, _EditionTask]:
    """Return the tasks; those without tags that have the same pages draw them once."""
    plain = Counter(id(task.pages) for task in tasks.values() if not task.edition.is_tagged)
    once = {
        id(task.pages): replace(task.pages, drawn=[])
        for task in tasks.values()
        if plain[id(task.pages)] > 1
    }
    return {n: t._replace(pages=once.get(id(t.pages), t.pages)) for n, t in tasks.items()}


def _shared_out(tasks: Mapping[str, _EditionTask]) -> tuple[list[str], list[str]]:
    """Return the editions that this process finishes, and those for a forked one.

    Here is what has slugs, or what can be drawn once; the forked one has what takes as long.
    """
    imposed = [name for name, task in tasks.items() if task.is_imposed]
    ours = imposed or [name for name, task in tasks.items() if not task.edition.is_tagged]
    theirs = [name for name in tasks if name not in ours]
    return (ours, theirs) if ours else (theirs, [])


def _finished(
    tasks: Mapping[str, _EditionTask],
    job: Job,
    shop: Printer,
    project: Project,
    store: Store | Findings,
    *,
    is_alone: bool,
) -> Generator[tuple[str, FinishedEdition | HrcpubError, Ahead | None], None, None]:
    """Yield each edition as it is finished, or why it cannot be, with its file where it was begun.

    That is made safe while it is looked over. What is not put in its place is gone in the end.
    """
    begun: dict[str, Ahead | None] = {}

    def there(name: str) -> FinishedEdition:
        return finish(*tasks[name], shop, project)

    def here(name: str) -> FinishedEdition:
        file = written(*tasks[name], shop, project)
        begun[name] = store.ahead(job, name, file.data)
        return proven(file, project)

    ours, theirs = _shared_out(tasks) if is_alone and can_fork() else (list(tasks), [])
    if theirs:  # what looks the files over: loaded now, it is there in both processes
        loading.load("hrcpub.pipeline.preflight.judge")
    try:
        for name, done in finish_all(ours, theirs, there, project.sources, here):
            yield name, done, begun.get(name)
            if file := begun.pop(name, None):  # it may be large, and others may take long
                file.drop()
    finally:
        for file in filter(None, begun.values()):
            file.drop()


class WrittenEdition(NamedTuple):
    """One edition's file, which nobody has looked over yet, and what it is made of."""

    material: Material
    edition: Edition
    how: PaperColour
    shop: Printer
    data: Pdf | Sheets
    pieces: tuple[_WrittenPages, ...]  # its pages one-up, and those of the slugs under them
    sheets: SheetLayout | None  # where it is imposed


class _WrittenPages(NamedTuple):
    """Pages as a file of their own, with what WeasyPrint said while it was written."""

    pdf: Pdf
    pages: Typeset
    demands: Demands
    said: tuple[Problem, ...]


class FinishedEdition(NamedTuple):
    """One edition's file, which is proven, its report, and its sheets, where it is imposed."""

    data: Pdf | Sheets
    output: Output
    sheets: SheetLayout | None


def finish(
    material: Material,
    pages: Typeset,
    edition: Edition,
    how: PaperColour,
    shop: Printer,
    project: Project,
    scheme: str | None = None,
) -> FinishedEdition:
    """Return one edition's file; raise HrcpubError when preflight finds an error in it.

    `scheme` is how it is imposed where it is smaller than the edition's sheet; None: as its layout
    has it.
    """
    return proven(written(material, pages, edition, how, shop, project, scheme), project)


def written(
    material: Material,
    pages: Typeset,
    edition: Edition,
    how: PaperColour,
    shop: Printer,
    project: Project,
    scheme: str | None = None,
) -> WrittenEdition:
    """Return one edition's file as it is looked at while it is made: no preflight has seen it.

    Raises HrcpubError where it cannot be written.
    """
    html = pages.html
    if how != PaperColour.FLOOD:
        stop_on_errors(pages.unprinted)
    demands = demands_of(material, html, edition, how, shop, project)
    piece = _written(pages, demands)
    if not edition.sheet or edition.is_sheet(html.trim):
        return WrittenEdition(material, edition, how, shop, piece.pdf, (piece,), None)
    # Not before: most files have a piece on a page, and need none of it.
    from hrcpub.pipeline.impose import Appearance, has_room_below, impose, kept_clear

    task = _task(material, len(pages.document.pages), edition.sheet)
    sheets = _laid_out(scheme or material.layout.scheme, task)
    pieces: tuple[_WrittenPages, ...] = (piece,)
    under = None
    if has_room_below(sheets):
        sides, sheet = len(sheets.sides), sheets.sheet
        slugs = compose_slugs(material, edition, how, html, sheet, sides, sheets.has_backs, project)
        under = _written(with_all_words(typeset(slugs, project)), demands)
        pieces += (under,)
    clear = kept_clear(sheets, edition.margin)
    data = impose(piece.pdf, clear, Appearance(has_boxes=False), under and under.pdf)
    return WrittenEdition(material, edition, how, shop, data, pieces, sheets)


def unproven(project: Project, name: str, edition_name: str) -> Pdf | Sheets:
    """Return a piece's file as it is, though it is a draft; no preflight has seen it."""
    material = read_material(project, name, is_draft=True)
    edition, shop = material.layout.edition(edition_name), printer(None, {})
    material = material.laid_for(edition)
    pages = copyfit(material, project, edition.form, shop.bleed, shop.safe)
    return written(material, pages, edition, edition.paper, shop, project).data


def proven(file: WrittenEdition, project: Project) -> FinishedEdition:
    """Return a written edition with its report; raise HrcpubError when it has an error."""
    material, edition, shop = file.material, file.edition, file.shop
    pages, sheets = file.pieces[0].pages, file.sheets
    html, count = pages.html, len(pages.document.pages)
    problems = [problem for piece in file.pieces for problem in _faults(piece, shop, project)]
    if sheets:
        expected = Expected(edition, len(sheets.sides), sheets.sheet, 0.0, html.families)
        problems += blamed(preflight(file.data, expected), pages, project)
    if edition.is_inked:
        problems += shop.problems
    stop_on_errors(problems)
    output = Output(
        edition=edition.name,
        path="",
        sha256="",
        size=0,
        sides=count,
        note=desk_note(material, edition, file.how, html, sheets, count),
        paper=paper_of(material, file.how) if edition.sheet else None,
        together=together(sheets) if sheets else 1,
        pieces=around_pieces(sheets) if sheets else None,
        problems=(*material.problems, *pages.problems, *problems),
        trace=trace_of(material),
    )
    return FinishedEdition(file.data, output, sheets)


def _task(material: Material, count: int, sheet: Size) -> ImposeTask:
    """Return how pieces of a material are imposed; `count` is that of their pages."""
    from hrcpub.pipeline.impose import Binding, ImposeTask

    layout = material.layout
    binding = Binding.RIGHT if material.is_right_to_left else Binding.LEFT
    task = ImposeTask(count, layout.trim, sheet, binding=binding)
    if layout.pieces:
        task = replace(task, sides=layout.sides, is_shared=True)
    if material.folding and layout.scheme == "cards":
        task = replace(task, folds=tuple(side.folds_x for side in material.folding.sides))
    return task


def _laid_out(scheme: str, task: ImposeTask) -> SheetLayout:
    from hrcpub.pipeline.impose import laid_out
    from hrcpub.pipeline.impose.problems import in_a_build

    try:
        return laid_out(scheme, task)
    except HrcpubError as error:
        raise HrcpubError(*map(in_a_build, error.problems)) from None


def _written(pages: Typeset, demands: Demands) -> _WrittenPages:
    """Return an edition's file, one piece a page."""
    with weasyprint_log.heard() as records, failures.told(pages.html):
        pdf = prepress(pages, demands)
    said = tuple(weasyprint_log.problems(records, pages.html))
    return _WrittenPages(pdf, pages, demands, said)


def _faults(file: _WrittenPages, shop: Printer, project: Project) -> list[Problem]:
    """Return all that is wrong with a file that has one piece a page."""
    demands, html = file.demands, file.pages.html
    expected = Expected(
        demands.edition,
        len(file.pages.document.pages),
        html.trim,
        demands.bleed,
        html.families,
        # Who gives a colour of the palette an ink of its own orders its plate.
        limits_of(shop.kind, shop, len(demands.press.inks.spots)) if demands.press else None,
        page_folds=html.folds,
        mail=html.mail,
        said=file.pages.said,
    )
    found = [*file.said, *preflight(file.pdf, expected)]
    return [*blamed(found, file.pages, project), *unread_codes(file.pdf, html.codes)]


@cache
def _versions() -> dict[str, str]:
    return versions() | library_versions()
