"""The objects that pydyf is about to write: pages, streams, numbers.

How pydyf 0.13 and WeasyPrint 70 arrange them is known only in this file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

# A dictionary as pydyf holds it: its values are numbers, text, and the objects of pydyf.
PdfEntries = dict[str, Any]


def pages(pdf: pydyf.PDF) -> Iterator[PdfEntries]:
    """Yield the page dictionaries, first page first."""
    for number in pdf.pages["Kids"][::3]:  # a reference is three items: number, 0, "R"
        yield pdf.objects[number]


def resolve(pdf: pydyf.PDF, reference: bytes) -> Any:
    """Return the object that a reference (`b"12 0 R"`) names."""
    return pdf.objects[int(reference.split()[0])]


def element_kids(pdf: pydyf.PDF, element: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
    """Yield the structure elements in one, without its words and its links' annotations."""
    for kid in element.get("K", ()):
        if isinstance(kid, bytes) and (inner := resolve(pdf, kid)).get("Type") == "/StructElem":
            yield inner


def streams(pdf: pydyf.PDF) -> Iterator[pydyf.Stream]:
    """Yield all streams: contents, forms, pictures, fonts, metadata."""
    return (stream for stream in pdf.objects if isinstance(stream, pydyf.Stream))


def tidy(length: float) -> float:
    """Return a number with at most four decimals; a whole one as an integer."""
    rounded = round(length, 4)
    return int(rounded) if rounded == int(rounded) else rounded
