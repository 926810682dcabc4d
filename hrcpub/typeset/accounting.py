"""Laid-out pages against the Html: what is not on a page is told.

Why: WeasyPrint drops it silently. Text past the foot of a block with a fixed height, of an absolute
box or of a float never reaches the PDF, and nothing is logged (WeasyPrint's #2798; by design for
fixed heights). Every private name of WeasyPrint that this leans on stands in this file.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from hrcpub.problems import Problem, Source
from hrcpub.stages import Html
from hrcpub.units import POINTS_PER_PIXEL

if TYPE_CHECKING:
    from weasyprint.document import Document

SLACK = 0.5  # points: rounding of a box's edge


def problems(document: Document, html: Html) -> list[Problem]:
    """Return a Problem for pages too many or too few, text not on any page, and lines cut off."""
    found = []
    if html.sides is not None and len(document.pages) != html.sides:
        found.append(wrong_pages(len(document.pages), html.sides))
    shown: Counter[str] = Counter()
    for number, page in enumerate(document.pages, 1):
        lines = list(_texts(page._page_box))
        for text, _ in lines:
            shown.update(_letters(text))
        found += _outside(lines, number, html)
    written: Counter[str] = Counter()
    _count(document._html.etree_element, written)
    if lost := written - shown:
        found.append(text_lost(lost.total(), _first_lost(document, html)))
    return found


def _texts(box: Any) -> list[tuple[str, Any]]:
    """Return the texts on a page with their boxes, in the order of the tree."""
    found = []
    todo = [box]
    while todo:
        box = getattr(todo[-1], "_box", todo[-1])  # absolute boxes stand in a placeholder
        todo.pop()
        # Margin boxes and generated content have no element, or a pseudo one: no author wrote them.
        is_written = box.element_tag is not None and "::" not in box.element_tag
        if is_written and getattr(box, "text", None) is not None:
            found.append((box.text, box))
        todo += reversed(getattr(box, "children", ()))
    return found


def _letters(text: str) -> str:
    return "".join(text.split()).replace("\u00ad", "")


def _count(element: Any, written: Counter[str]) -> None:
    """Add the letters that a document's body shows."""
    body = element.find("body")
    for text in body.itertext():
        written.update(_letters(text))


def _outside(lines: list[tuple[str, Any]], page: int, html: Html) -> list[Problem]:
    """Return a Problem for the first text of a page that comes too near to the trim."""
    for text, box in lines:
        left = box.position_x * POINTS_PER_PIXEL
        right = left + box.width * POINTS_PER_PIXEL
        foot = (box.position_y + box.baseline) * POINTS_PER_PIXEL
        # A letter's ink begins below its box's top; half of its size is a fair guess of a middle.
        head = foot - box.style["font_size"] * POINTS_PER_PIXEL / 2
        inner = (html.trim.width - html.safe, html.trim.height - html.safe)
        over = max(html.safe - left, right - inner[0])
        if over > SLACK and text.strip():
            # A big letter's side bearings may reach further than its ink does.
            before, after = _bearings(box)
            over = max(html.safe - left - before, right - after - inner[0])
        over = max(over, html.safe - head, foot - inner[1])
        if over > SLACK and text.strip():
            return [text_outside(text, over, page)]
    return []


def _bearings(box: Any) -> tuple[float, float]:
    """Return how far a text's ink begins after its box does, and ends before it, in points."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    box.pango_layout.reactivate(box.style)
    pango.pango_layout_line_get_extents(box.pango_layout.get_first_line()[0], ink, logical)
    box.pango_layout.deactivate()
    unit = FROM_UNITS * POINTS_PER_PIXEL
    return ink.x * unit, (logical.width - ink.x - ink.width) * unit


def _first_lost(document: Document, html: Html) -> Source | None:
    """Return where the first of the author's texts stands that is not whole on the pages."""
    pages = " ".join(text for page in document.pages for text, _ in _texts(page._page_box))
    flat = _letters(pages)
    for text, source in html.words:
        letters = _letters(text)
        if letters[-24:] not in flat and not any(sign in text for sign in "*_[\"'-\\"):
            return source
    return None


def wrong_pages(found: int, wanted: int) -> Problem:
    """The words take more or fewer pages than the layout has.

    Cut words where there are too many; a print shop prints a sheet's two sides, not a third.
    """
    return Problem(
        "page-count",
        f"this takes {found} pages; the layout has {wanted}",
        None,
        "cut words" if found > wanted else "the layout's template leaves a page out",
    )


def text_lost(letters: int, source: Source | None) -> Problem:
    """Words of the material would not be on the page: their place is full.

    Cut words until everything fits. Nothing is ever printed with words missing.
    """
    return Problem(
        "text-lost",
        f"{letters} letters find no place on the page",
        source,
        f"cut about {max(1, letters // 5)} words",
    )


def text_outside(text: str, over: float, page: int) -> Problem:
    """A line comes nearer to the edge than a knife or an office printer is exact.

    Text stays 0.125 in inside the trim, and on a sheet for the office printer 6 mm inside it.
    """
    words = " ".join(text.split())[:40]
    return Problem(
        "text-outside",
        f"«{words}» runs {over:.1f} pt out of the safe area",
        Source(page=page),
        "cut words, or ask the designer for more room",
    )


CODES = {"page-count": wrong_pages, "text-lost": text_lost, "text-outside": text_outside}
