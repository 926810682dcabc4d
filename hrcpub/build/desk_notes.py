"""An edition and its sheets to what the person at the printer must know: paper, sides, folds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hrcpub.pipeline.stages import Html
from hrcpub.project.edition import Edition, PaperColour
from hrcpub.project.material import Material
from hrcpub.units import Rect

if TYPE_CHECKING:
    from hrcpub.pipeline.impose import SheetLayout


def paper_of(material: Material, how: PaperColour) -> str | None:
    """Return the colour of the paper that a piece is printed on; None where it is printed."""
    if how is PaperColour.FLOOD:
        return None
    if how is PaperColour.WHITE:
        return "white"
    return material.layout.system.papers[material.colour].name


def together(sheets: SheetLayout) -> int:
    """Return how many of a piece come out of its sheets: as often as its rarest page is there."""
    pages = Counter(place.page for side in sheets.sides for place in side.placements)
    return min(pages.values(), default=1)


def around_pieces(sheets: SheetLayout) -> Rect | None:
    """Return what is around the pieces of every side of a piece's sheets."""
    boxes = [side.trim for side in sheets.sides if side.trim]
    if len(boxes) < len(sheets.sides):
        return None
    left, bottom, right, top = zip(*boxes, strict=True)
    return Rect(min(left), min(bottom), max(right), max(top))


def desk_note(
    material: Material,
    edition: Edition,
    how: PaperColour,
    html: Html,
    sheets: SheetLayout | None,
    count: int,
) -> str | None:
    """Return what the person at the printer must know."""
    if not edition.sheet:
        return None
    is_two_sided = sheets.has_backs if sheets else count > 1
    colour = paper_of(material, how)
    paper = f"on {colour} paper" if colour else "in colour"
    note = f"print {'two' if is_two_sided else 'one'}-sided {paper}"
    if is_two_sided:
        size = sheets.sheet if sheets else html.trim
        note += f", flip on the {'long' if size.width <= size.height else 'short'} edge"
    note += ", actual size"
    if sheets and sheets.up > 1:
        note += f", {sheets.up} to a sheet"
    if sheets and sheets.note:
        note += f"; {sheets.note}"
    if material.folding:
        note += f"; fold: {material.folding.name}"
    is_bound = sheets is not None and sheets.plan is not None and bool(sheets.plan.spines)
    if material.is_right_to_left and (material.folding or is_bound):
        note += "; it reads from right to left: the spine is at the right of the cover"
    return note
