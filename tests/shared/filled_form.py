"""A form field that a program filled in, black, over a part of a PDF's first page."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, String


def fill_in(pdf: pikepdf.Pdf, width: float = 300, height: float = 200) -> None:
    """Put a field at the first page's lower left corner."""
    box = Array([0, 0, width, height])
    seen = pdf.make_stream(f"0 g 0 0 {width} {height} re f".encode())
    seen.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": box})
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("Ana"),
            F=4, Rect=box, AP=Dictionary(N=seen),
        )
    )  # fmt: skip
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
