"""PDF files of one kind, one after the other, to one file: their pages as they are."""

from __future__ import annotations

import io
from collections.abc import Sequence

from hrcpub.pipeline.stages import Pdf


def bind(files: Sequence[Pdf]) -> Pdf:
    """Return one file with the pages of all; its title and other metadata are the first one's.

    The same files give the same bytes.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(files[0])) as bound:
        for data in files[1:]:
            with pikepdf.open(io.BytesIO(data)) as more:
                bound.pages.extend(more.pages)
        file = io.BytesIO()
        bound.save(
            file,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return Pdf(file.getvalue())
