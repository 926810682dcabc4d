"""A draft's band onto all pages: on the paper, under the art, so that it hides nothing.

It is an artifact, which screen readers skip. They read the title, which says the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import pydyf

from hrcpub.pipeline.prepress.objects import pages, resolve
from hrcpub.units import Size

_PIXEL = 4 / 3  # what WeasyPrint scales pages by, turned round


def draw(pdf: pydyf.PDF, trim: Size, band: str) -> None:
    """Draw a band on each page; `band` are operators from the trim's lower left corner."""
    for page in pages(pdf):
        content = resolve(pdf, page["Contents"]).stream
        place = _on_the_paper(content)
        # There WeasyPrint 70 counts in pixels from the upper left corner, downwards.
        back = f"{_PIXEL:.6f} 0 0 {-_PIXEL:.6f} 0 {trim.height * _PIXEL:.4f} cm"
        mark = "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC"
        # Each operator by itself: colours become inks by theirs.
        content[place:place] = [mark, "q", back, *band.split("\n"), "Q", "EMC"]


def _on_the_paper(content: Sequence[object]) -> int:
    """Return the place after the page's ground, which WeasyPrint 70 paints first."""
    filled = next(at for at, operator in enumerate(content) if operator in (b"f", "f"))
    place = next(at for at, operator in enumerate(content) if at > filled and operator in _ENDS) + 1
    # The ground is an artifact of its own in tagged files.
    return place + 1 if content[place] in (b"EMC", "EMC") else place


_ENDS = (b"Q", "Q")
