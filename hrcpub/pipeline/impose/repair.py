"""A PDF that is damaged or encrypted to one that can be read, by qpdf; the file is not changed.

Why qpdf: where a file's table of objects is lost, it looks for the objects themselves. It knows
every kind of encryption, of packing and of odd beginnings.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO

from hrcpub.pipeline.impose import problems as impose_problems
from hrcpub.problems import HrcpubError


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file that qpdf wrote anew, without damage and encryption."""

    file: BinaryIO
    was_damaged: bool  # by what qpdf said of it
    was_encrypted: bool
    may_print: bool  # by its author's word (ISO 32000-2 §7.6.4.2)


def rewritten(name: str, file: BinaryIO) -> Rewritten | None:
    """Return a file written anew from what qpdf can read of it; None when that is nothing.

    Raises HrcpubError when it does not open without a password.
    """
    import pikepdf

    copy = io.BytesIO()
    try:
        file.seek(0)
        with pikepdf.open(file) as pdf:
            pdf.save(
                copy, deterministic_id=True, encryption=False
            )  # the same file, the same sheets
            return Rewritten(
                copy, bool(pdf.get_warnings()), pdf.is_encrypted, pdf.allow.print_lowres
            )
    except pikepdf.PasswordError:
        raise HrcpubError(impose_problems.encrypted(name)) from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return None
