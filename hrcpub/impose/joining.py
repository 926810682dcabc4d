"""Files of one kind, one after the other, to one file: their pages as they are."""

from __future__ import annotations

import io
from collections.abc import Iterable

from hrcpub.stages import Pdf


def joined(files: Iterable[Pdf]) -> Pdf:
    """Return one file with all pages of some; what they say of themselves is the first one's."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    facts: dict[str, object] = {}
    for data in files:
        reader = PdfReader(io.BytesIO(data))
        facts = facts or dict(reader.metadata or {})
        writer.append(reader, import_outline=False)
    writer.add_metadata(facts)
    file = io.BytesIO()
    writer.write(file)
    return Pdf(file.getvalue())
