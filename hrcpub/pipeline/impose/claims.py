"""What a PDF says of itself, for the sheets that are made of it: output intent, XMP."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hrcpub.pipeline.impose.pypdf_values import number_of, resolved

if TYPE_CHECKING:
    from pypdf import PdfReader

    from hrcpub.pipeline.impose.artwork import Artwork


def agree(artwork: Artwork) -> bool:
    """Return whether all files are meant for the same printing condition."""
    return len({intents(reader) for reader in artwork.readers}) == 1


def intents(reader: PdfReader) -> tuple[tuple[str, str], ...]:
    """Return the kind and the condition of each of a file's output intents."""
    array = resolved(reader.root_object.get("/OutputIntents"))
    entries = [resolved(intent) for intent in array] if isinstance(array, list) else []
    return tuple(
        (str(intent.get("/S")), str(intent.get("/OutputConditionIdentifier")))
        for intent in entries
        if isinstance(intent, dict)
    )


def inks(reader: PdfReader) -> int | None:
    """Return how many colours a file's output intent has; None when it names no profile."""
    array = resolved(reader.root_object.get("/OutputIntents"))
    for reference in array if isinstance(array, list) else ():
        intent = resolved(reference)
        profile = resolved(intent.get("/DestOutputProfile")) if intent else None
        if isinstance(profile, dict):
            return int(number_of(profile.get("/N"), 4.0))
    return None


def metadata(reader: PdfReader) -> bytes | None:
    """Return a file's XMP, without the claims that its sheets cannot keep; None: it has none.

    Sheets have no tags, so PDF/A level A becomes B, and PDF/UA goes.
    """
    stream = resolved(reader.root_object.get("/Metadata"))
    if not hasattr(stream, "get_data"):
        return None
    text: bytes = stream.get_data()
    text = re.sub(rb"(<pdfaid:conformance>)A(</)", rb"\1B\2", text)
    text = re.sub(rb"(pdfaid:conformance=[\"'])A([\"'])", rb"\1B\2", text)
    text = re.sub(rb"<pdfuaid:part>[^<]*</pdfuaid:part>", b"", text)
    return re.sub(rb"pdfuaid:part=([\"'])[^\"']*\1", b"", text)
