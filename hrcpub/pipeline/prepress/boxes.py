"""The pages of a document to their boxes: Media, Crop, Bleed and Trim (ISO 32000-2 §14.11.2).

Pages are laid out with the most bleed that any edition has; here each edition gets its own. The
origin stays at the trim's lower left corner, y grows upwards.
"""

from __future__ import annotations

import pydyf

from hrcpub.pipeline.prepress.objects import pages, resolve, tidy
from hrcpub.units import Size


def set_boxes(pdf: pydyf.PDF, trim: Size, bleed: float, slug: float = 0.0) -> None:
    """Set the boxes of all pages; `slug` is the space for marks around the bleed, in points."""
    media = _around(trim, bleed + slug)
    for page in pages(pdf):
        page["MediaBox"] = page["CropBox"] = media
        page["BleedBox"] = _around(trim, bleed)
        page["TrimBox"] = _around(trim, 0.0)


def _around(trim: Size, reach: float) -> pydyf.Array:
    edges = (-reach, -reach, trim.width + reach, trim.height + reach)
    return pydyf.Array([tidy(edge) for edge in edges])


def keep_clear(pdf: pydyf.PDF, trim: Size, margin: float) -> None:
    """Clip all pages to what office printers reach, so that each cuts off the same, and evenly."""
    width, height = tidy(trim.width - 2 * margin), tidy(trim.height - 2 * margin)
    clip = f"q {tidy(margin)} {tidy(margin)} {width} {height} re W n".encode()
    for page in pages(pdf):
        stream = resolve(pdf, page["Contents"])
        # At the very beginning: nothing of the page is drawn before it.
        stream.stream.insert(0, clip)
        stream.stream.append(b"Q")
