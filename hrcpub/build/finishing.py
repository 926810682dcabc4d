"""One edition of a material that is laid out: to its file, and from there to the proven file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.build.desk_notes import around_pieces, desk_note, paper_of, together
from hrcpub.files.project import Project
from hrcpub.pipeline.blame import blamed
from hrcpub.pipeline.compose import compose_slugs
from hrcpub.pipeline.copyfit import copyfit
from hrcpub.pipeline.demands import demands_of
from hrcpub.pipeline.preflight import Expected, limits_of, preflight
from hrcpub.pipeline.preflight.scanning import unread_codes
from hrcpub.pipeline.prepress import Demands, prepress
from hrcpub.pipeline.stages import Output, Pdf, Sheets, Typeset
from hrcpub.pipeline.typeset import failures, typeset, weasyprint_log, with_all_words
from hrcpub.problems import HrcpubError, Problem, stop_on_errors
from hrcpub.project.edition import Edition, PaperColour
from hrcpub.project.material import Material, read_material
from hrcpub.project.material.trace import trace_of
from hrcpub.project.printers import Printer, printer
from hrcpub.units import Size

if TYPE_CHECKING:
    from hrcpub.pipeline.impose import ImposeTask, SheetLayout


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
    problems = list(dict.fromkeys(problems))  # a picture is the same on its sheet
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
