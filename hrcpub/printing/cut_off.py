"""A page on a sheet to what a printer cannot reach of it: measured on what is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.printing.queues import SAME, QueueMedia
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.units import Rect

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfTextPage

RESOLUTION = 150  # dots to the inch at which a page is looked at
LEAST = 0.6  # points: what a printer's own drift takes, and nobody misses
LEAST_INK = 72 / 25.4  # a mark to cut by that loses 1 mm is still a mark
DARK = 24  # of 255: what is lighter than this much grey is paper
EDGES = ("left", "top", "right", "bottom")
Strip = tuple[float, float, float, float]  # left, top, right, bottom, y downwards


class PrintedPage(NamedTuple):
    """A page of a file, as a viewer shows it: upright, without what its crop box hides."""

    number: int  # from 1
    width: float
    height: float
    unit: float = 1.0  # points of its own coordinates (/UserUnit), which PDFium leaves out

    def fits_on(self, media: QueueMedia) -> bool:
        """Return whether it is no larger than a paper, whichever way up."""
        short, long = sorted((self.width, self.height))
        narrow, high = sorted((media.width, media.height))
        return short <= narrow + SAME and long <= high + SAME


class CutOff(NamedTuple):
    """What lies beyond the reach of a printer at one edge of the page as it is read."""

    page: int
    edge: str  # left, top, right, bottom
    depth: float  # how far the ink goes into what cannot be reached, in points
    words: str  # that stand there, whole or in part; nothing where it is ink alone


def printed_pages(pdf: Path) -> tuple[PrintedPage, ...]:
    """Return a file's pages; raise HrcpubError where it is no PDF that can be read."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf.read_bytes())
    except (OSError, pypdfium2.PdfiumError) as error:
        raise HrcpubError(unreadable(pdf, error)) from None
    try:
        return tuple(_sized(document, pdf))
    finally:
        document.close()


def _sized(document: PdfDocument, pdf: Path) -> Iterator[PrintedPage]:
    units = _units(pdf)
    for number in range(1, len(document) + 1):
        unit = units.get(number, 1.0)
        wide, high = document[number - 1].get_size()
        yield PrintedPage(number, wide * unit, high * unit, unit)


def _units(pdf: Path) -> dict[int, float]:
    """Return the units of pages that have one of their own (ISO 32000-2 §14.11.2, /UserUnit)."""
    import pikepdf

    try:
        with pikepdf.open(pdf) as file:
            said = {number: page.obj.get("/UserUnit") for number, page in enumerate(file.pages, 1)}
            return {number: float(unit) for number, unit in said.items() if unit is not None}
    except (OSError, TypeError, ValueError, pikepdf.PdfError, pikepdf.PasswordError):
        return {}


def reach_on(page: PrintedPage, media: QueueMedia) -> tuple[float, float, float, float]:
    """Return how far in from each edge of a page the printer begins: left, top, right, bottom.

    The page lies in the middle of the sheet; one that is wider than high is turned to the left.
    Less than 0: the page does not go so far.
    """
    left, top, right, bottom = media.margins
    wide, high = media.width, media.height
    if page.width > page.height:
        # Its head is at the left edge of the upright sheet.
        left, top, right, bottom = bottom, left, top, right
        wide, high = high, wide
    beside, above = (wide - page.width) / 2, (high - page.height) / 2
    return left - beside, top - above, right - beside, bottom - above


def cut_off(
    pdf: Path, page: PrintedPage, media: QueueMedia, pieces: Rect | None = None
) -> tuple[CutOff, ...]:
    """Return what of a page lies where the printer does not print; an entry for each edge.

    Words outside of `pieces` count as ink: nobody reads them once the sheet is cut.
    """
    reach = reach_on(page, media)
    if max(reach) <= LEAST:
        return ()
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf.read_bytes())
    try:
        if document.get_formtype() == pypdfium2.raw.FORMTYPE_ACRO_FORM:
            document.init_forms()  # else what was filled in is not drawn
        drawn = document[page.number - 1]
        scale = RESOLUTION / 72 * page.unit
        picture = drawn.render(scale=scale, grayscale=True).to_pil().convert("L")
        text = drawn.get_textpage()
        found = []
        for edge, inset in zip(EDGES, reach, strict=True):
            depth = ink_in(picture, edge, inset) if inset > LEAST else 0.0
            words = _words(text, page, _strip(page.width, page.height, edge, inset), pieces)
            if depth > (LEAST if words else LEAST_INK):
                found.append(CutOff(page.number, edge, depth, words))
        return tuple(found)
    finally:
        document.close()


def _words(text: PdfTextPage, page: PrintedPage, strip: Strip, pieces: Rect | None) -> str:
    """Return the words that reach into a strip, as far as readers see them: whole words.

    Those that follow one another are a phrase; between phrases stands a stroke.
    """
    left, top, right, bottom = strip
    box: Rect | None = Rect(left, page.height - bottom, right, page.height - top)
    box = box.meet(pieces) if box and pieces else box
    box = Rect(*(edge / page.unit for edge in box)) if box else box
    if box is None or box.width <= 0 or box.height <= 0 or not text.get_text_bounded(*box).strip():
        return ""
    phrases: list[str] = []
    last = -1
    for number, word in enumerate(re.finditer(r"\S+", text.get_text_range())):
        if any(_is_in(text, at, box) for at in range(*word.span())):
            if phrases and last == number - 1:
                phrases[-1] += f" {word.group()}"
            else:
                phrases.append(word.group())
            last = number
    return " / ".join(phrases)


def _is_in(text: PdfTextPage, at: int, box: Rect) -> bool:
    """Return whether a letter reaches into a box."""
    letter = Rect(*text.get_charbox(at))
    return letter.touches(box)


def _strip(wide: float, high: float, edge: str, inset: float) -> Strip:
    """Return the strip of a page at one edge: left, top, right, bottom, y downwards."""
    return {
        "left": (0, 0, inset, high),
        "top": (0, 0, wide, inset),
        "right": (wide - inset, 0, wide, high),
        "bottom": (0, high - inset, wide, high),
    }[edge]


def ink_in(picture: Image, edge: str, inset: float) -> float:
    """Return how far ink goes into the strip of a grey picture at one edge, in points; 0: none."""
    scale = RESOLUTION / 72
    strip = _strip(picture.width, picture.height, edge, inset * scale)
    part = picture.crop((round(strip[0]), round(strip[1]), round(strip[2]), round(strip[3])))
    box = part.point(lambda grey: 255 if grey < 255 - DARK else 0).getbbox()
    if box is None:
        return 0.0
    left, top, right, bottom = box
    inwards = {
        "left": part.width - left, "right": right, "top": part.height - top, "bottom": bottom,
    }  # fmt: skip
    return inwards[edge] / scale


def unreadable(pdf: Path, error: Exception) -> Problem:
    """A file cannot be printed, since it is no PDF, has no pages, is locked, or is not there.

    Fix: open it in a viewer to see whether it is whole. A PDF with a password must be saved
    without it first.
    """
    said, hint = getattr(error, "strerror", None), None
    if not said and "password" in str(error).lower():
        said, hint = "it has a password", "save it without the password first"
    elif not said:
        said, hint = "it is no PDF, or has no pages", "open it in a viewer: is it whole?"
    return Problem("print-unreadable", f"the file cannot be read: {said}", Source(str(pdf)), hint)


CODES = {"print-unreadable": unreadable}
