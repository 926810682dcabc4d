"""`Typeset` and an `Edition` to the edition's `Pdf`: boxes, paper, links, identity, tags.

Everything is done in WeasyPrint's public `finisher` hook, on the objects that pydyf is about to
write; so one layout serves every edition. Steps stand in `_steps`, in the order they run.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from hrcpub.edition import Edition, Paper
from hrcpub.prepress import boxes, identity, paper, printing
from hrcpub.stages import Pdf, Typeset
from hrcpub.units import Size

if TYPE_CHECKING:
    from collections.abc import Callable

    import pydyf
    from weasyprint.document import Document


def prepress(typeset: Typeset, edition: Edition, how: Paper, papers: tuple[str, ...] = ()) -> Pdf:
    """Return the edition's file, one piece a page.

    `how` is how the paper gets its colour; `papers` are the palette's papers as #rrggbb, which
    are printed only when it is flooded.
    """
    steps = _steps(typeset.html.trim, edition, how, papers)

    def finisher(document: Document, pdf: pydyf.PDF) -> None:
        for step in steps:
            step(pdf)

    options: dict[str, Any] = {"pdf_identifier": True}
    if edition.is_tagged:
        options |= {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
    return Pdf(typeset.document.write_pdf(finisher=finisher, **options))


def _steps(
    trim: Size, edition: Edition, how: Paper, papers: tuple[str, ...]
) -> list[Callable[[pydyf.PDF], None]]:
    steps: list[Callable[[pydyf.PDF], None]] = [
        partial(boxes.set_boxes, trim=trim, bleed=edition.bleed),
        identity.name_creator,
    ]
    if how is not Paper.FLOOD:
        steps.append(partial(paper.unprint, papers=papers))
    if edition.margin and trim == edition.sheet:
        steps.append(partial(boxes.keep_clear, trim=trim, margin=edition.margin))
    if not edition.has_links:
        steps.append(printing.drop_links)
    if edition.sheet:
        steps.append(printing.prefer_duplex)
    return steps
