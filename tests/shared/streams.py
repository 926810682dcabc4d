"""Small content streams by hand, and what preflight's interpreter makes of them."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from hrcpub.pipeline.preflight.page.bounded import Budget
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage
from hrcpub.pipeline.preflight.page.interpreter import Library
from hrcpub.pipeline.preflight.page.operators import OPERATORS

SIDE = 300  # points: the page is a square
_PATTERN = {"Type": Name.Pattern, "PatternType": 1, "TilingType": 1, "XStep": 10, "YStep": 10}


def helvetica(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return a font that is in no file, all of whose letters are half an em wide."""
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
            FirstChar=32,
            LastChar=126,
            Widths=Array([500] * 95),
        )
    )


def form(pdf: pikepdf.Pdf, content: bytes, box: tuple[float, ...], **fields: object) -> Stream:
    return pdf.make_indirect(
        Stream(pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=Array(box), **fields)
    )


def pattern(
    pdf: pikepdf.Pdf, content: bytes, resources: Dictionary, paint: int = 1, side: float = 10
) -> Stream:
    """Return a tiling pattern whose cell is a square; a `paint` of 2 has no colours of its own."""
    fields = {**_PATTERN, "XStep": side, "YStep": side, "PaintType": paint}
    box = Array([0, 0, side, side])
    return pdf.make_indirect(Stream(pdf, content, BBox=box, Resources=resources, **fields))


def one_page(pdf: pikepdf.Pdf, content: bytes, resources: Mapping[str, object]) -> bytes:
    """Return the file with one page of this content."""
    page = pdf.add_blank_page(page_size=(SIDE, SIDE)).obj
    page.Resources = Dictionary({f"/{kind}": things for kind, things in resources.items()})
    page.Contents = pdf.make_stream(content)
    file = io.BytesIO()
    pdf.save(file, static_id=True)
    return file.getvalue()


def checked(data: bytes) -> CheckedPage:
    """Return the first page of a file as checks see it, without anything broken."""
    pdf = pikepdf.open(io.BytesIO(data))
    page = CheckedPage(1, pdf.pages[0].obj, Library(Budget(), OPERATORS))
    page.notes["pdf"] = pdf  # its objects live as long as it does
    assert page.walk.complaints == {}
    return page
