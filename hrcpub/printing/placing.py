"""Pages of a file to sheets as a printer takes them: one size, upright, nothing left to guess.

CUPS turns, centres and scales pages by rules of its own, and which of a page's boxes counts depends
on the filter. So every page is placed here, on a sheet of exactly the paper's size that has a
MediaBox alone.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hrcpub.printing.kept_layers import keep_layers
from hrcpub.printing.queues import QueueMedia

if TYPE_CHECKING:
    import pikepdf

_BOXES = ("/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
_EDGE = "q 0 0.6 0.8 RG 0.5 w [4 3] 0 d {:.3f} {:.3f} {:.3f} {:.3f} re S Q"


def placed(
    pdf: Path, pages: Sequence[int], media: QueueMedia, is_edge_shown: bool = False
) -> bytes:
    """Return a PDF of sheets, a page of the file in the middle of each, at its own size.

    `pages` are counted from 1; 0 is a blank side. A page that is wider than high is turned to the
    left, as IPP turns landscape. `is_edge_shown` draws where the printer's reach ends. Filled-in
    fields and comments are printed as they are shown, and hidden layers are not.
    """
    import pikepdf

    with pikepdf.open(pdf) as source, pikepdf.new() as sheets:
        source.generate_appearance_streams()  # of fields that a program filled in
        source.flatten_annotations("print")
        forms: dict[int, pikepdf.Object] = {}
        for number in pages:
            sheet = sheets.add_blank_page(page_size=(media.width, media.height))
            if number:
                if number not in forms:
                    forms[number] = _form(sheets, source.pages[number - 1])
                _place(sheets, sheet, forms[number], media)
            if is_edge_shown:
                sheet.contents_add(_edge(media))
        keep_layers(sheets, source)
        file = io.BytesIO()
        sheets.save(file, deterministic_id=True)
    return file.getvalue()


def _form(sheets: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object:
    """Return a page as a form: all that a viewer shows of it, and upright."""
    page.obj["/MediaBox"] = page.cropbox
    for box in _BOXES:
        if box in page.obj:
            del page.obj[box]
    return sheets.copy_foreign(page.as_form_xobject())


def _place(
    sheets: pikepdf.Pdf, sheet: pikepdf.Page, form: pikepdf.Object, media: QueueMedia
) -> None:
    import pikepdf

    a, b, c, d, e, f = (float(each) for each in form.get("/Matrix", [1, 0, 0, 1, 0, 0]))
    left, bottom, right, top = (float(each) for each in form["/BBox"])
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    start, foot = (min(each) for each in zip(*corners, strict=True))
    wide, high = (max(each) - min(each) for each in zip(*corners, strict=True))
    if wide > high:  # its head to the left edge
        matrix = (0, 1, -1, 0, (media.width + high) / 2 + foot, (media.height - wide) / 2 - start)
    else:
        matrix = (1, 0, 0, 1, (media.width - wide) / 2 - start, (media.height - high) / 2 - foot)
    sheet.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=form))
    operands = " ".join(f"{value:.4f}" for value in matrix)
    sheet.obj["/Contents"] = sheets.make_stream(f"q {operands} cm /P Do Q".encode())


def _edge(media: QueueMedia) -> bytes:
    """Return the operators of a dashed line around what the printer reaches."""
    left, top, right, bottom = media.margins
    return _EDGE.format(
        left, bottom, media.width - left - right, media.height - bottom - top
    ).encode()


def joined_sheets(parts: Sequence[tuple[Path, Sequence[int], QueueMedia]]) -> bytes:
    """Return all jobs as one PDF to look at, with the edge of what the printer reaches."""
    import pikepdf

    with pikepdf.new() as whole:
        opened = []
        for pdf, pages, media in parts:
            part = pikepdf.open(io.BytesIO(placed(pdf, pages, media, is_edge_shown=True)))
            opened.append(part)
            whole.pages.extend(part.pages)
        keep_layers(whole, *opened)
        file = io.BytesIO()
        whole.save(file, deterministic_id=True)
        for part in opened:
            part.close()
    return file.getvalue()
