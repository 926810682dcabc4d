"""A `ShellJob` to its `Shell`: typeset once, proven, and prepared for imprints to join."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.build.finishing import FinishedEdition, finish
from hrcpub.events.fulfil.jobs import Failure, Shell, ShellJob
from hrcpub.events.fulfil.problems import areas_differ
from hrcpub.events.imprint import Style
from hrcpub.events.manifest.event import PageView, PieceFacts
from hrcpub.events.shells import ImprintArea, ImprintSpot, prepare
from hrcpub.files.project import Project
from hrcpub.pipeline.copyfit import copyfit
from hrcpub.pipeline.stages import Typeset
from hrcpub.pipeline.typeset import Reserved, reserved
from hrcpub.problems import HrcpubError
from hrcpub.project.edition import Edition, PaperColour
from hrcpub.project.material import Material, read_material
from hrcpub.project.printers import Printer, printer, read_printers
from hrcpub.units import Size

if TYPE_CHECKING:
    from hrcpub.pipeline.impose import SheetLayout

IMPRINT_MARGIN = 4.0  # points of the piece around an imprint's picture


class LaidPiece(NamedTuple):
    """A piece's pages with what they were made from, as a worker keeps them."""

    material: Material
    pages: Typeset
    edition: Edition
    shop: Printer
    areas: list[Reserved]


def lay(job: ShellJob, project: Project) -> LaidPiece:
    """Return a piece laid out; raise HrcpubError with all that is wrong with it."""
    material = read_material(project, job.material)
    shop = printer(job.printer, project.known("printers", read_printers))
    edition = material.layout.edition(job.edition)
    material = material.laid_for(edition)
    pages = copyfit(material, project, edition.form, shop.bleed, shop.safe)
    areas = reserved(pages)
    sizes = {(round(rect.right - rect.left, 1), round(rect.height, 1)) for _, rect, _ in areas}
    if len(sizes) > 1:
        raise HrcpubError(areas_differ(material.layout.name, len(sizes)))
    return LaidPiece(material, pages, edition, shop, areas)


def make_shell(job: ShellJob, project: Project) -> Shell:
    """Return a piece, blank where an imprint goes; raise HrcpubError when it cannot be made."""
    return _made(job, project.recording())


def shell_or_failure(job: ShellJob, project: Project) -> Shell | Failure:
    """Return a piece, or why it cannot be made and what that was found from."""
    project = project.recording()
    try:
        return _made(job, project)
    except HrcpubError as error:
        return Failure(error.problems, project.sources.reads)


def _made(job: ShellJob, project: Project) -> Shell:
    laid = lay(job, project)
    edition = finish_laid(laid, job, project)
    area, style, facts = _area(laid), imprint_style(laid), _facts(laid, edition)
    template = b""
    if area and not laid.edition.is_tagged:
        sizes = (style.size, style.least, style.label)
        place = ImprintArea(area, *sizes, laid.edition.is_inked, laid.material.language)
        template = prepare(edition.data, _spots(laid, edition), place).packed()
    digest = hashlib.sha256(edition.data)
    digest.update(template + repr((area, style, facts)).encode())
    return Shell(
        job=job,
        pdf=edition.data,
        template=template,
        area=area,
        facts=facts,
        digest=digest.hexdigest(),
        problems=edition.output.problems,
        reads=project.sources.reads,
        template_digest=hashlib.sha256(template).hexdigest() if template else "",
    )


def finish_laid(laid: LaidPiece, job: ShellJob, project: Project) -> FinishedEdition:
    """Return the file of a piece that is laid out."""
    return finish(
        laid.material, laid.pages, laid.edition, laid.edition.paper, laid.shop, project,
        job.scheme,
    )  # fmt: skip


def imprint_style(laid: LaidPiece) -> Style:
    """Return how an imprint is set: as the grid's small text, under what stands there already."""
    label = laid.areas[0].label if laid.areas else 0.0
    form = laid.material.layout.form(laid.edition.form)
    size = max(form.grid.get("imprint-size", form.grid["small-size"]), form.format.imprint)
    return Style(size, form.format.imprint, label)


def _area(laid: LaidPiece) -> Size | None:
    for _, rect, _ in laid.areas:
        return Size(rect.right - rect.left, rect.height)
    return None


def _spots(laid: LaidPiece, edition: FinishedEdition) -> list[ImprintSpot]:
    """Return where the imprint lies on the file's pages: on each, as often as the piece does."""
    trim = laid.pages.html.trim
    corners = [(page, rect.left, trim.height - rect.bottom) for page, rect, _ in laid.areas]
    if edition.sheets is None:
        return [ImprintSpot(page, (1.0, 0.0, 0.0, 1.0, x, y)) for page, x, y in corners]
    spots = []
    for number, side in enumerate(edition.sheets.sides, 1):
        for placement in side.placements:
            cosine, sine = placement.turn
            spots += [
                ImprintSpot(
                    number,
                    (
                        cosine,
                        sine,
                        -sine,
                        cosine,
                        placement.x + cosine * x - sine * y,
                        placement.y + sine * x + cosine * y,
                    ),
                )
                for page, x, y in corners
                if page == placement.page
            ]
    return spots


def _place(laid: LaidPiece, edition: FinishedEdition) -> PageView | None:
    """Return where the imprint can be seen; on a sheet, an upright one if there is any."""
    area = _area(laid)
    spots = sorted(_spots(laid, edition), key=lambda spot: -spot.matrix[0])
    if area is None or not spots:
        return None
    a, b, c, d, x, y = spots[0].matrix
    height = edition.sheets.sheet.height if edition.sheets else laid.pages.html.trim.height
    xs = [x + a * u + c * v for u in (0, area.width) for v in (0, area.height)]
    ys = [height - (y + b * u + d * v) for u in (0, area.width) for v in (0, area.height)]
    margin = IMPRINT_MARGIN
    box = (min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin)
    return PageView(spots[0].page, box, round(math.degrees(math.atan2(b, a))) % 360)


def _facts(laid: LaidPiece, edition: FinishedEdition) -> PieceFacts:
    trim, sheets = laid.pages.html.trim, edition.sheets
    folding = laid.material.layout.folding
    sides = edition.output.sides
    if sheets is None:
        paper, up = max(1, -(-sides // 2)), 1
        pages = sides
    else:
        paper = len(sheets.sides) // (2 if sheets.has_backs else 1)
        pages = len(sheets.sides)
        # A booklet's sheets, and a zine's, have one piece among them, however many pages lie side
        # by side. Entries that are a piece each are counted one by one.
        each = sheets.up if laid.material.layout.pieces else edition.output.together
        up = each if paper == 1 else 1
    flip = str(sheets.flip) if sheets and sheets.flip else None
    if sheets is None and laid.edition.sheet and sides > 1:
        flip = "long" if trim.width <= trim.height else "short"
    return PieceFacts(
        pages=pages,
        sides=sides,
        flat=sheets.sheet if sheets else trim,
        finished=folding.folded if folding else trim,
        up=up,
        sheets=paper,
        flip=flip,
        note=edition.output.note,
        colours=_colours(laid),
        place=_place(laid, edition),
        views=tuple(_views(pages, edition.sheets)),
        paper=_stock(laid),
    )


def _views(pages: int, sheets: SheetLayout | None) -> Iterator[PageView]:
    """Yield where each side can be seen: of pieces that are cut apart one, upright if there is one.

    Of other sheets it is what is trimmed out of them, without their marks.
    """
    if sheets is None:
        yield from (PageView(page) for page in range(1, pages + 1))
        return
    high = sheets.sheet.height
    for number, side in enumerate(sheets.sides, 1):
        shown = {placement.page for placement in side.placements}
        if len(shown) == 1:
            one = min(side.placements, key=lambda placement: placement.rotation)
            box, turn = one.clip, one.rotation
        else:
            box, turn = side.trim, 0
        if box is None:
            yield PageView(number, None, turn)
        else:
            yield PageView(number, (box.left, high - box.top, box.right, high - box.bottom), turn)


def _stock(laid: LaidPiece) -> str | None:
    if laid.edition.is_inked or laid.edition.paper is not PaperColour.STOCK:
        return None
    return laid.material.layout.system.papers[laid.material.colour].screen


def _colours(laid: LaidPiece) -> str:
    if laid.edition.is_inked:
        return "CMYK"
    colour = laid.material.layout.system.papers[laid.material.colour].name
    if laid.edition.paper is PaperColour.STOCK:
        return f"black on {colour} paper"
    return "RGB"
