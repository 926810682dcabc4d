"""What a document tells the program that prints it (ISO 32000-2 §12.2)."""

from __future__ import annotations

import pydyf

from hrcpub.pipeline.prepress.objects import pages, resolve


def drop_links(pdf: pydyf.PDF) -> None:
    """Take links out: paper has none, and PDF/X-4 allows no annotation inside the BleedBox.

    What was an annotation stays as an empty dictionary: pydyf 0.13 counts freed objects among
    those it writes, and every object after one would be another.
    """
    for page in pages(pdf):
        for reference in page.pop("Annots", []):
            resolve(pdf, reference).clear()


def prefer_sides(pdf: pydyf.PDF, count: int, is_upright: bool) -> None:
    """Ask for actual size, and for two sides where there are two pages or more.

    Upright pages are flipped on the long edge, so that heads stay up.
    """
    duplex = f"/DuplexFlip{'Long' if is_upright else 'Short'}Edge" if count > 1 else "/Simplex"
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"Duplex": duplex, "PrintScaling": "/None"})
