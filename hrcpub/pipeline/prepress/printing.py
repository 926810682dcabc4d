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


def prefer_duplex(pdf: pydyf.PDF, is_upright: bool) -> None:
    """Ask for two sides at actual size, heads up: upright pages are flipped on the long edge."""
    edge = "Long" if is_upright else "Short"
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(
        {"Duplex": f"/DuplexFlip{edge}Edge", "PrintScaling": "/None"}
    )
