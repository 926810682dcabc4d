"""A PDF that is damaged or encrypted to one that can be read; the file is not changed.

qpdf first: where a file's table of objects is lost, it looks for the objects themselves. It knows
every kind of encryption, of packing and of odd beginnings. What it cannot mend, pypdf may: it takes
a little more that is written amiss, such as words before the first object.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import BinaryIO

from hrcpub.pipeline.impose import problems as impose_problems
from hrcpub.problems import HrcpubError
from hrcpub.records import record


@record
class Rewritten:
    """A file that was written anew, without damage and encryption."""

    file: BinaryIO
    was_damaged: bool  # by what the program said of it that wrote it anew
    was_encrypted: bool
    may_print: bool  # by its author's word (ISO 32000-2 §7.6.4.2)


def rewritten(name: str, file: BinaryIO) -> Iterator[Rewritten]:
    """Yield a file written anew from what can be read of it, by one program after the other.

    Raises HrcpubError when it does not open without a password.
    """
    for mend in (_by_qpdf, _by_pypdf):
        copy = mend(name, file)
        if copy is not None:
            yield copy


def _by_qpdf(name: str, file: BinaryIO) -> Rewritten | None:
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


def _by_pypdf(name: str, file: BinaryIO) -> Rewritten | None:
    """Return what pypdf makes of a file that it finds pages in; it counts as damaged."""
    import pypdf
    from pypdf.errors import PyPdfError

    copy = io.BytesIO()
    remarks = logging.getLogger("pypdf")
    level = remarks.level
    remarks.setLevel(logging.CRITICAL)  # one Problem says all of it
    try:
        file.seek(0)
        writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(file))
        if not writer.pages:
            return None
        writer.write(copy)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError):
        return None  # whatever pypdf stumbles over
    finally:
        remarks.setLevel(level)
    return Rewritten(copy, was_damaged=True, was_encrypted=False, may_print=True)
