"""A damaged PDF to one that can be read, by qpdf; the file itself is not changed."""

from __future__ import annotations

import io
from typing import BinaryIO

from hrcpub.pipeline.impose import problems as impose_problems
from hrcpub.problems import HrcpubError


def repaired(name: str, file: BinaryIO) -> BinaryIO | None:
    """Return a file written anew from what qpdf can recover; None when that is nothing.

    Raises HrcpubError when it is encrypted: qpdf would take that off without a word.

    Why qpdf: where a file's table of objects is lost, it looks for the objects themselves. Of
    damaged files that pypdf refuses, that opens four in ten.
    """
    import pikepdf

    copy = io.BytesIO()
    try:
        file.seek(0)
        with pikepdf.open(file) as pdf:
            if pdf.is_encrypted:
                raise HrcpubError(impose_problems.encrypted(name))
            pdf.save(copy, deterministic_id=True)  # the same damaged file, the same sheets
    except pikepdf.PasswordError:
        raise HrcpubError(impose_problems.encrypted(name)) from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return None
    return copy
