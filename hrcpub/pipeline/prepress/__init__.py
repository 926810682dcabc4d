"""`Typeset` and the `Demands` of an edition to its `Pdf`: boxes, colour, intent, identity, marks.

All is done in WeasyPrint's public `finisher` hook, on the objects that pydyf is about to write. So
all editions are written from one layout. `_steps` has the steps in the order in which they run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import field
from functools import partial
from typing import TYPE_CHECKING, Any

from hrcpub.pipeline.prepress import (
    boxes,
    colour,
    draft,
    drawn,
    identity,
    intent,
    paper,
    photographs,
    printers_marks,
    printing,
    reading_order,
    source_order,
    structure,
    tags,
    text_layer,
)
from hrcpub.pipeline.prepress.identity import Identity
from hrcpub.pipeline.prepress.inks import InkConversion, PaletteInk
from hrcpub.pipeline.stages import Pdf, Typeset
from hrcpub.project.condition import OutputCondition
from hrcpub.project.edition import Edition, PaperColour
from hrcpub.records import record

if TYPE_CHECKING:
    import pydyf
    from weasyprint.document import Document

    from hrcpub.pipeline.setting import Face

Step = Callable[["pydyf.PDF"], None]

__all__ = ["Demands", "Identity", "InkConversion", "PaletteInk", "Press", "identity", "prepress"]


@record
class Press:
    """What a press file needs beside its pages."""

    condition: OutputCondition
    inks: InkConversion
    identity: Identity
    facts: tuple[str, ...] = ()  # of the slug line
    face: Face | None = None  # of the slug line
    ppi: float = 300.0  # pixels to the inch that a shop asks for


@record
class Demands:
    """What an edition's file must be. Lengths in points.

    `paper` is how the paper gets its colour. `unprinted` are the colours that are printed
    only when paper is flooded with colour, and what they are else, as #rrggbb: papers are white.
    """

    edition: Edition
    paper: PaperColour
    bleed: float = 0.0
    unprinted: Mapping[str, str] = field(default_factory=dict)
    press: Press | None = None


def prepress(typeset: Typeset, demands: Demands) -> Pdf:
    """Return the edition's file, with one piece on each page."""
    steps = _steps(typeset, demands)
    is_tagged, options = demands.edition.is_tagged, _options(demands)
    document, kept = typeset.document, None if is_tagged else typeset.drawn
    if kept:
        pdf = drawn.taken(kept[0], document)
        _finish(pdf, steps)
        return Pdf(drawn.written(pdf, options))

    def finisher(document: Document, pdf: pydyf.PDF) -> None:
        if kept is not None:
            kept.append(drawn.kept(document, pdf))
        if is_tagged:
            structure.mend(pdf)
            reading_order.correct(document, pdf)
        _finish(pdf, steps)

    # What fonts know of another edition's texts would change this one's bytes.
    document.fonts.clear()
    with source_order.in_source_order(document) if is_tagged else nullcontext():
        return Pdf(document.write_pdf(finisher=finisher, **options))


def _finish(pdf: pydyf.PDF, steps: list[Step]) -> None:
    for step in steps:
        step(pdf)
    drawn.settle(pdf)


def _options(demands: Demands) -> dict[str, Any]:
    """Return WeasyPrint's options: its tags for the screen, a version for PDF/X-4 (ISO 15930-7)."""
    if demands.edition.is_tagged:
        return {"pdf_identifier": True, "pdf_variant": "pdf/ua-1", "pdf_tags": True}
    if demands.press:
        digest = demands.press.identity.digest[:32]
        return {"pdf_identifier": bytes.fromhex(digest), "pdf_version": "1.6"}
    return {"pdf_identifier": True}


def _steps(typeset: Typeset, demands: Demands) -> list[Step]:
    """Return the steps of an edition.

    Boxes come first, since marks are placed by them. Paper is unprinted before colours become inks:
    it is found by its screen colour. Marks come last, so that no step takes them for the art.
    """
    trim, edition, press = typeset.html.trim, demands.edition, demands.press
    slug = printers_marks.SLUG if press else 0.0
    steps: list[Step] = [
        partial(boxes.set_boxes, trim=trim, bleed=demands.bleed, slug=slug),
        identity.name_creator,
        partial(
            text_layer.correct,
            typeset.document,
            is_hyphen_soft=text_layer.HYPHEN not in typeset.html.text,
        ),
    ]
    if typeset.html.band:
        steps.append(partial(draft.draw, trim=trim, band=typeset.html.band))
    if demands.paper is not PaperColour.FLOOD:
        steps.append(partial(paper.unprint, colours=demands.unprinted))
    steps.append(partial(photographs.place, masters=typeset.photographs, needs=_needs(demands)))
    if edition.margin and edition.is_sheet(trim):
        steps.append(partial(boxes.keep_clear, trim=trim, margin=edition.margin))
    if not edition.has_links:
        steps.append(printing.drop_links)
    if edition.sheet:
        count, is_upright = len(typeset.document.pages), trim.width <= trim.height
        steps.append(partial(printing.prefer_sides, count=count, is_upright=is_upright))
    if typeset.html.is_right_to_left:
        steps.append(printing.read_from_the_right)
    if edition.is_tagged:
        steps += [tags.mark_artifacts, tags.name_groups]
    if press:
        steps += _press_steps(typeset, demands, press)
    return steps


def _needs(demands: Demands) -> photographs.Needs:
    """Return what an edition needs of photographs; what prints in black alone gets no colours."""
    edition, press = demands.edition, demands.press
    is_black = edition.is_grey or (press is not None and demands.paper is not PaperColour.FLOOD)
    ppi = max(edition.ppi, press.ppi) if press else edition.ppi
    return photographs.Needs(ppi, is_black, press.inks if press else None)


def _press_steps(typeset: Typeset, demands: Demands, press: Press) -> list[Step]:
    trim, sides = typeset.html.trim, len(typeset.document.pages)
    return [
        partial(colour.ink, inks=press.inks),
        partial(intent.set_intents, condition=press.condition, packed=press.inks.packed),
        partial(
            printers_marks.draw,
            trim=trim,
            bleed=demands.bleed,
            slugs=[_slug(press, side, sides) for side in range(1, sides + 1)],
            face=press.face,
            folds=typeset.html.folds,
        ),
        partial(identity.set_press_identity, identity=press.identity),
    ]


def _slug(press: Press, side: int, sides: int) -> list[printers_marks.SlugText]:
    """Return the slug line of a side: facts on all plates, the name of each plate only on it."""
    facts = [*press.facts, f"side {side} of {sides}"]
    lines = [printers_marks.SlugText(f"{fact}  ·", printers_marks.EVERY_PLATE) for fact in facts]
    spots = [ink.spot for ink in press.inks.palette.values() if ink.spot]
    plates = [*PROCESS, *((spot, f"/{colour.plate_name(spot)} cs 1 scn") for spot in spots)]
    return [*lines, *(printers_marks.SlugText(name, ink) for name, ink in plates)]


PROCESS = (
    ("Cyan", "1 0 0 0 k"),
    ("Magenta", "0 1 0 0 k"),
    ("Yellow", "0 0 1 0 k"),
    ("Black", "0 0 0 1 k"),
)
