"""A document's pages to their boxes: Media, Crop, Bleed and Trim (ISO 32000-2 §14.11.2).

WeasyPrint 70 lays every page out with the most bleed that any edition has; here each edition gets
its own. The origin stays the trim's lower left corner, y grows upwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from hrcpub.units import Size


def pages(pdf: pydyf.PDF) -> Iterator[dict[str, Any]]:
    """Yield the page dictionaries, first page first."""
    for number in pdf.pages["Kids"][::3]:
        yield pdf.objects[number]


def resolve(pdf: pydyf.PDF, reference: bytes) -> Any:
    """Return the object that a reference (`b"12 0 R"`) names."""
    return pdf.objects[int(reference.split()[0])]


def set_boxes(pdf: pydyf.PDF, trim: Size, bleed: float) -> None:
    """Set every page's boxes: what lies beyond the bleed is outside the file's pages."""
    inner = pydyf.Array([0, 0, _tidy(trim.width), _tidy(trim.height)])
    outer = pydyf.Array(
        [_tidy(-bleed), _tidy(-bleed), _tidy(trim.width + bleed), _tidy(trim.height + bleed)]
    )
    for page in pages(pdf):
        page["MediaBox"] = page["CropBox"] = page["BleedBox"] = outer
        page["TrimBox"] = inner


def keep_clear(pdf: pydyf.PDF, trim: Size, margin: float) -> None:
    """Clip every page to what an office printer reaches, so that what is cut off is cut evenly."""
    width, height = _tidy(trim.width - 2 * margin), _tidy(trim.height - 2 * margin)
    clip = f"q {_tidy(margin)} {_tidy(margin)} {width} {height} re W n".encode()
    for page in pages(pdf):
        stream = resolve(pdf, page["Contents"])
        stream.stream.insert(0, clip)
        stream.stream.append(b"Q")


def _tidy(length: float) -> float:
    """Return a length with at most four decimals, a whole number as one."""
    rounded = round(length, 4)
    return int(rounded) if rounded == int(rounded) else rounded
