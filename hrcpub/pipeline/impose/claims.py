"""What a PDF says of itself, for the sheets that are made of it: output intent, XMP."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hrcpub.pipeline.impose.pdf_syntax import PdfValue, entries, items, number_of, string_of

if TYPE_CHECKING:
    from hrcpub.pipeline.impose.artwork import Artwork
    from hrcpub.pipeline.impose.pdf_file import PdfFile


def agree(artwork: Artwork) -> bool:
    """Return whether all files are meant for the same printing condition."""
    return len({intents(pdf) for pdf in artwork.files}) == 1


def intents(pdf: PdfFile) -> tuple[tuple[bytes, bytes], ...]:
    """Return the kind and the condition of each of a file's output intents."""
    found = []
    for intent in _intents(pdf):
        condition = pdf.resolved(intent.get(b"/OutputConditionIdentifier"))
        said = string_of(condition)
        kind = pdf.resolved(intent.get(b"/S"))
        found.append((kind, condition if said is None else said))
    return tuple(found)


def inks(pdf: PdfFile) -> int | None:
    """Return how many colours a file's output intent has; None when it names no profile."""
    for intent in _intents(pdf):
        if profile := entries(pdf.resolved(intent.get(b"/DestOutputProfile"))):
            return int(number_of(pdf.resolved(profile.get(b"/N")), 4.0))
    return None


def _intents(pdf: PdfFile) -> list[dict[bytes, PdfValue]]:
    array = items(pdf.resolved(pdf.root.get(b"/OutputIntents")))
    return [its for intent in array if (its := entries(pdf.resolved(intent)))]


def metadata(pdf: PdfFile) -> bytes | None:
    """Return a file's XMP, without the claims that its sheets cannot keep; None: it has none.

    Sheets have no tags, so PDF/A level A becomes B, and PDF/UA goes.
    """
    stream = pdf.stream(pdf.root.get(b"/Metadata"))
    if stream is None:
        return None
    text = pdf.unpacked(stream)
    text = re.sub(rb"(<pdfaid:conformance>)A(</)", rb"\1B\2", text)
    text = re.sub(rb"(pdfaid:conformance=[\"'])A([\"'])", rb"\1B\2", text)
    text = re.sub(rb"<pdfuaid:part>[^<]*</pdfuaid:part>", b"", text)
    return re.sub(rb"pdfuaid:part=([\"'])[^\"']*\1", b"", text)
