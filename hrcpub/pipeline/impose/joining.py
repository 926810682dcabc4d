"""Several PDFs to one, page after page. Nothing is drawn anew."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pikepdf import ObjectStreamMode, Pdf


def joined(files: Sequence[bytes]) -> tuple[bytes, int]:
    """Return the files' pages in one file, and how many there are.

    The same files give the same bytes. Tags and links are not carried over.
    """
    whole, target = Pdf.new(), io.BytesIO()
    for data in files:
        with Pdf.open(io.BytesIO(data)) as part:
            whole.pages.extend(part.pages)
    pages = len(whole.pages)
    whole.save(target, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return target.getvalue(), pages
