"""`Typeset` and what an edition demands to its `Pdf`: boxes, colour, intent, identity, marks.

Everything is done in WeasyPrint's public `finisher` hook, on the objects that pydyf is about to
write; so one layout serves every edition. Steps stand in `_steps`, in the order they run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from hrcpub.pipeline.prepress import (
    boxes,
    colour,
    identity,
    intent,
    paper,
    printers_marks,
    printing,
    reading_order,
    tags,
)
from hrcpub.pipeline.prepress.identity import Identity
from hrcpub.pipeline.prepress.inks import InkConversion, PaletteInk
from hrcpub.pipeline.stages import Pdf, Typeset
from hrcpub.project.condition import OutputCondition
from hrcpub.project.edition import Edition, PaperColour

if TYPE_CHECKING:
    import pydyf
    from weasyprint.document import Document

    from hrcpub.pipeline.setting import Face

Step = Callable[["pydyf.PDF"], None]

__all__ = ["Demands", "Identity", "InkConversion", "PaletteInk", "Press", "identity", "prepress"]


@dataclass(frozen=True, slots=True)
class Press:
    """What a press file needs beside its pages."""

    condition: OutputCondition
    inks: InkConversion
    identity: Identity
    facts: tuple[str, ...] = ()  # of the slug line
    face: Face | None = None  # of the slug line


@dataclass(frozen=True, slots=True)
class Demands:
    """What an edition's file has to be. Lengths in points.

    `paper` is how the paper gets its colour; `papers` are the palette's papers as #rrggbb, which
    are printed only when the paper is flooded.
    """

    edition: Edition
    paper: PaperColour
    bleed: float = 0.0
    papers: tuple[str, ...] = ()
    press: Press | None = None


def prepress(typeset: Typeset, demands: Demands) -> Pdf:
    """Return the edition's file, one piece a page."""
    steps = _steps(typeset, demands)

    def finisher(document: Document, pdf: pydyf.PDF) -> None:
        if demands.edition.is_tagged:
            reading_order.mend(document, pdf)
        for step in steps:
            step(pdf)

    return Pdf(typeset.document.write_pdf(finisher=finisher, **_options(demands)))


def _options(demands: Demands) -> dict[str, Any]:
    """Return WeasyPrint's options: its tags for the screen, a version for PDF/X-4 (ISO 15930-7)."""
    if demands.edition.is_tagged:
        return {"pdf_identifier": True, "pdf_variant": "pdf/ua-1", "pdf_tags": True}
    if demands.press:
        digest = demands.press.identity.digest[:32]
        return {"pdf_identifier": bytes.fromhex(digest), "pdf_version": "1.6"}
    return {"pdf_identifier": True}


def _steps(typeset: Typeset, demands: Demands) -> list[Step]:
    trim, edition, press = typeset.html.trim, demands.edition, demands.press
    slug = printers_marks.SLUG if press else 0.0
    steps: list[Step] = [
        partial(boxes.set_boxes, trim=trim, bleed=demands.bleed, slug=slug),
        identity.name_creator,
    ]
    if demands.paper is not PaperColour.FLOOD:
        steps.append(partial(paper.unprint, papers=demands.papers))
    if edition.margin and edition.is_sheet(trim):
        steps.append(partial(boxes.keep_clear, trim=trim, margin=edition.margin))
    if not edition.has_links:
        steps.append(printing.drop_links)
    if edition.sheet:
        count, is_upright = len(typeset.document.pages), trim.width <= trim.height
        steps.append(partial(printing.prefer_sides, count=count, is_upright=is_upright))
    if edition.is_tagged:
        steps.append(tags.mark_artifacts)
    if press:
        steps += _press_steps(typeset, demands, press)
    return steps


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
    """Return a side's slug line: facts on every plate, each plate's name on its own."""
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
