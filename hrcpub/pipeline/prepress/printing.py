"""What a document asks of the program that prints it (ISO 32000-2 §12.2)."""

from __future__ import annotations

import pydyf

from hrcpub.pipeline.prepress.objects import pages, resolve


def drop_links(pdf: pydyf.PDF) -> None:
    """Take out links: paper has none, and PDF/X-4 allows no annotation inside the BleedBox.

    Annotations stay as empty dictionaries. pydyf 0.13 leaves freed objects out but counts them, so
    that all objects after one would get a wrong number. May go with the release that does not.
    """
    for page in pages(pdf):
        for reference in page.pop("Annots", []):
            resolve(pdf, reference).clear()


def prefer_sides(pdf: pydyf.PDF, count: int, is_upright: bool) -> None:
    """Ask for actual size, and for two-sided printing of two pages or more.

    Portrait pages are flipped on the long edge, so that the heads of both sides are up.
    """
    duplex = f"/DuplexFlip{'Long' if is_upright else 'Short'}Edge" if count > 1 else "/Simplex"
    _prefer(pdf, {"Duplex": duplex, "PrintScaling": "/None"})


def read_from_the_right(pdf: pydyf.PDF) -> None:
    """Ask viewers to lay two pages side by side with the first at the right (table 147)."""
    _prefer(pdf, {"Direction": "/R2L"})


def _prefer(pdf: pydyf.PDF, preferences: dict[str, str]) -> None:
    pdf.catalog.setdefault("ViewerPreferences", pydyf.Dictionary()).update(preferences)
